//! The parser on whole files.

use jalon::source::FileId;

#[test]
fn the_page_parses() {
    let text = std::fs::read_to_string("tests/syntax/page.jalon").unwrap();
    let parsed = jalon::syntax::parse(FileId(0), &text);
    for d in parsed.diagnostics.iter() {
        println!(
            "{} {:?} {:?}",
            d.message,
            d.primary.place.span,
            d.primary.place.span.text(&text)
        );
    }
    assert!(parsed.diagnostics.is_empty());
    assert_eq!(parsed.ast.decls.len(), 18);
}
