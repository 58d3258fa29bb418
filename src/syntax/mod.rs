//! Text to tree: the only room that names pest.
//!
//! [`parse`] always gives a tree. The file is first cut at its declarations (`scan`), then each
//! declaration is parsed by the grammar and lowered to the tree, so an error in one leaves the
//! others whole.

pub mod ast;
mod grammar;
mod lower;
mod report;
mod scan;

use crate::diag::Diagnostics;
use crate::source::FileId;
use ast::Ast;

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
    use pest::Parser as _;
    let scan = scan::scan(text);
    let mut ast = Ast::default();
    let mut diagnostics = Diagnostics::default();
    for piece in &scan.pieces {
        let end = piece.too_deep.unwrap_or(piece.span.end);
        let source = crate::source::Span::new(piece.span.start, end).text(text);
        let comments = scan
            .comments
            .partition_point(|comment| comment.span.end <= piece.span.end);
        let mut lower = lower::Lower {
            file,
            text: source,
            whole: text,
            base: piece.span.start,
            comments: scan.comments.get(..comments).unwrap_or_default(),
            found: Diagnostics::default(),
        };
        match grammar::Grammar::parse(grammar::Rule::chunk, source) {
            Ok(pairs) => {
                for chunk in pairs {
                    lower.chunk(chunk, &mut ast.decls);
                }
            }
            Err(error) => report::unread(&mut lower, &error),
        }
        diagnostics.append(lower.found);
    }
    ast.comments = scan.comments;
    Parsed { ast, diagnostics }
}
