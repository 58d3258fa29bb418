//! Bytes to text to tree.

use jalon::diag::{Diagnostics, Level};
use jalon::source::FileId;
use jalon::syntax::{decode, parse};

use super::{chosen, findings, trees};

/// Decodes and parses: every place lies in the text, and what has no error is whole.
pub fn run(bytes: &[u8]) {
    let (text, found) = decode(FileId(0), bytes);
    findings::in_text(&found, &text);
    let parsed = parse(FileId(0), &text);
    findings::in_text(&parsed.diagnostics, &text);
    let ast = &parsed.ast;
    let broken = ast.decls.iter().any(|decl| decl.broken);
    assert!(
        !broken || wrong(&parsed.diagnostics),
        "broken, but nothing is said"
    );
    for pair in ast.decls.windows(2) {
        assert!(pair[0].span.start <= pair[1].span.start, "out of order");
    }
    for pair in ast.comments.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "out of order");
    }
    for comment in &ast.comments {
        let text = comment.span.text(&text);
        assert!(text.starts_with("//") && !text.contains('\n'), "{text:?}");
    }
    if chosen(bytes, 4) {
        trees::places_are_within(ast, &text);
    }
    if chosen(bytes, 16) {
        let again = parse(FileId(0), &text);
        assert_eq!(format!("{parsed:?}"), format!("{again:?}"));
    }
}

fn wrong(found: &Diagnostics) -> bool {
    found.iter().any(|found| found.code.level == Level::Error)
}
