//! `jalon fmt`: one canonical layout.
//!
//! The formatter copies the tokens of its input in their order (`printer`), guided by the tree:
//! a file for each part of the language says where lines break and what belongs together, and
//! `document` chooses the breaks. What it gives is held to what it was given before anybody
//! sees it: the same tokens, tree and comments, and nothing left to format.

mod block_text;
mod brackets;
mod declarations;
mod document;
mod expressions;
mod journeys;
mod parts;
mod policy;
mod printer;
mod steps;
mod tokens;

use crate::diag::codes::run::UNFAITHFUL_FORMAT;
use crate::diag::{Diagnostic, Diagnostics, Level};
use crate::source::{FileId, Span};
use crate::syntax::ast::Ast;
use crate::syntax::parse;
use printer::{Printed, Printer};
use std::borrow::Cow;

/// Why a text was not formatted.
#[derive(Debug)]
pub enum FormatError {
    /// The text has syntax errors: what was found in it, warnings included.
    Syntax(Diagnostics),
    /// What came out did not say the same as the text, or had more to format. This is a defect of
    /// Jalon, whatever the text is.
    Unfaithful(Box<Diagnostic>),
}

/// The canonical layout of a text. See [`format_file`].
///
/// # Errors
/// As for [`format_file`]; the places are those of file 0.
pub fn format(text: &str) -> Result<String, FormatError> {
    format_file(FileId(0), text)
}

/// The canonical layout of the text of a file.
///
/// The result parses to the same tree as the text, places aside, has the same comments in the same
/// order, and is its own layout. Line ends become line feeds, and a byte order mark is dropped.
///
/// # Errors
/// The text has a syntax error, or the result failed the check of what is promised here.
pub fn format_file(file: FileId, text: &str) -> Result<String, FormatError> {
    let plain = plain(text);
    let Some(first) = lay_out(&plain) else {
        // The places that are shown are those of the text as it was given.
        return Err(FormatError::Syntax(parse(file, text).diagnostics));
    };
    if first.text == plain {
        return Ok(first.text);
    }
    let second = lay_out(&first.text);
    if second.is_some_and(|second| second.shape == first.shape && second.text == first.text) {
        return Ok(first.text);
    }
    Err(FormatError::Unfaithful(Box::new(unfaithful(file))))
}

/// The text without a byte order mark, its line ends being line feeds.
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Lays out a text, if it has no syntax error.
fn lay_out(text: &str) -> Option<Printed> {
    let parsed = parse(FileId(0), text);
    let wrong = |found: &Diagnostic| found.code.level == Level::Error;
    if parsed.diagnostics.iter().any(wrong) {
        return None;
    }
    Some(print(text, &parsed.ast))
}

fn print(text: &str, ast: &Ast) -> Printed {
    let mut printer = Printer::new(text);
    printer.file(ast);
    printer.finish()
}

fn unfaithful(file: FileId) -> Diagnostic {
    Diagnostic::new(
        &UNFAITHFUL_FORMAT,
        Span::at(0).in_file(file),
        "the layout of this file would have changed what it says, so it was left untouched",
    )
    .help("please report this as a defect of Jalon, with the file if you may share it")
}
