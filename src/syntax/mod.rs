//! Text to tree: the only room that names pest.
//!
//! [`parse`] always gives a tree. The file is first cut at its declarations (`scan`), then each
//! declaration is parsed by the grammar and lowered to the tree, so an error in one leaves the
//! others whole.

pub mod ast;
mod conflict;
/// The parser of the grammar by itself, for the tests that hold it to pest's own.
#[doc(hidden)]
pub mod grammar;
mod lower;
mod open_text;
mod report;
mod scan;
mod text;
mod verify;

use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use ast::Ast;
use pest::Parser as _;

pub use text::{MAX_FILE, decode};

/// What one file says, and what is wrong with how it says it.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The tree: everything that could be read.
    pub ast: Ast,
    /// The findings, in the order of the file.
    pub diagnostics: Diagnostics,
}

/// Parses one file.
///
/// `text` is as [`crate::source::Sources`] keeps it: UTF-8 without a byte order mark. Places are
/// byte offsets in it. Never fails and never panics, whatever the text.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    if text.len() > MAX_FILE {
        // The decoder has reported it; offsets have 32 bits.
        return Parsed::default();
    }
    let parsed = parse_whole(file, text);
    if parsed.diagnostics.is_empty() {
        return parsed;
    }
    match conflict::settled(file, text) {
        // What two versions of the same lines say together is not worth a word.
        Some((text, conflicts)) => with(parse_whole(file, &text), conflicts),
        None => parsed,
    }
}

/// Parses a text without conflicts.
fn parse_whole(file: FileId, text: &str) -> Parsed {
    let scan = scan::scan(text);
    if scan.open_texts.is_empty() {
        return parse_scanned(file, text, scan, true);
    }
    // Behind a `"""` that was forgotten all is inside out: it is not worth a word, either.
    let (text, found) = open_text::settled(file, text, &scan.open_texts);
    let mut parsed = parse_scanned(file, &text, scan::scan(&text), true);
    for decl in &mut parsed.ast.decls {
        let inside = |at: u32| decl.span.start <= at && at < decl.span.end;
        decl.broken |= found
            .iter()
            .any(|found| inside(found.primary.place.span.start));
    }
    with(parsed, found)
}

/// What was parsed, with more findings.
fn with(mut parsed: Parsed, more: Vec<Diagnostic>) -> Parsed {
    more.into_iter()
        .for_each(|found| parsed.diagnostics.push(found));
    parsed.diagnostics.sort_by_place();
    parsed
}

/// Parses what was scanned; `verify` reads what has fixes again, with them.
fn parse_scanned(file: FileId, text: &str, scan: scan::Scan, verify: bool) -> Parsed {
    let mut ast = Ast::default();
    let mut found = Vec::new();
    let mut skipped = scan.skipped.as_slice();
    for piece in &scan.pieces {
        let comments = scan
            .comments
            .partition_point(|comment| comment.span.end <= piece.span.end);
        let comments = scan.comments.get(..comments).unwrap_or_default();
        let end = piece.end_to_parse(text);
        let mut lower = lower::Lower {
            file,
            text: Span::new(piece.span.start, end).text(text),
            whole: text,
            base: piece.span.start,
            comments,
            found: Diagnostics::default(),
            state: report::State::of(piece, end),
        };
        let here = skipped.partition_point(|span| span.start < piece.span.end);
        let (mine, later) = skipped.split_at_checked(here).unwrap_or_default();
        skipped = later;
        report::limits(&mut lower, piece);
        let first = ast.decls.len();
        match grammar::Grammar::parse(grammar::Rule::chunk, lower.text) {
            Ok(pairs) => {
                for chunk in pairs {
                    lower.chunk(chunk, &mut ast.decls);
                }
            }
            Err(error) => report::unread(&mut lower, &error),
        }
        if piece.too_deep.is_some() || piece.span.end > end {
            let decls = ast.decls.get_mut(first..).unwrap_or_default();
            decls.iter_mut().for_each(|decl| decl.broken = true);
        }
        report::skipped(&mut lower, mine);
        let mut mine = lower.found.into_vec();
        if verify && piece.too_deep.is_none() && piece.span.len() <= verify::LONGEST {
            verify::fixes(&mut mine, text, piece.span, |changed| {
                let again = parse_scanned(file, changed, scan::scan(changed), false);
                verify::left(again.diagnostics.iter())
            });
        }
        found.append(&mut mine);
    }
    // A growing list makes room for more, and a declaration is large.
    ast.decls.shrink_to_fit();
    // What is reported late in a declaration may stand early in it.
    found.sort_by_key(|diagnostic| diagnostic.primary.place.span.start);
    let mut diagnostics = Diagnostics::default();
    found.into_iter().for_each(|found| diagnostics.push(found));
    ast.comments = scan.comments;
    Parsed { ast, diagnostics }
}
