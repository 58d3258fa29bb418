//! The parser on whole files.

use jalon::source::FileId;

#[test]
fn valid_files_have_no_findings() {
    for name in ["page", "everything"] {
        let text = std::fs::read_to_string(format!("tests/syntax/{name}.jalon")).unwrap();
        let parsed = jalon::syntax::parse(FileId(0), &text);
        let found: Vec<_> = parsed.diagnostics.iter().collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
        assert!(parsed.ast.decls.iter().all(|decl| !decl.broken));
    }
}

#[test]
fn documentation_is_attached() {
    let text =
        "/// One.\n///  Two.\n@ordered // x\nenum A { b }\n\n/// Far.\n// near\nenum C { d }";
    let parsed = jalon::syntax::parse(FileId(0), text);
    let docs: Vec<_> = parsed.ast.decls.iter().map(|d| d.doc.as_deref()).collect();
    assert_eq!(docs, [Some("One.\n Two."), None]);
    assert_eq!(parsed.ast.comments.len(), 5);
}
