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
mod report;
mod scan;
mod text;

use crate::diag::Diagnostics;
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
    let parsed = parse_as_it_is(file, text);
    if parsed.diagnostics.is_empty() {
        return parsed;
    }
    match conflict::settled(file, text) {
        Some((text, conflicts)) => {
            // What two versions of the same lines say together is not worth a word.
            let mut parsed = parse_as_it_is(file, &text);
            let found = conflicts.into_iter().chain(parsed.diagnostics.into_vec());
            parsed.diagnostics = Diagnostics::default();
            found.for_each(|found| parsed.diagnostics.push(found));
            parsed.diagnostics.sort_by_place();
            parsed
        }
        None => parsed,
    }
}

fn parse_as_it_is(file: FileId, text: &str) -> Parsed {
    let scan = scan::scan(text);
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
        found.append(&mut lower.found.into_vec());
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
