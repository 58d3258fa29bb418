//! `jalon explain`.

use std::path::Path;

use super::jalon;

#[test]
fn a_page_is_printed_plainly() {
    for word in ["unexplained-allow", "G012", "g012"] {
        let ran = jalon(Path::new("."), &["explain", word]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        assert!(
            ran.stdout.starts_with("unexplained-allow (G012)\n"),
            "{}",
            ran.stdout
        );
        assert!(!ran.stdout.contains("```"));
        assert!(ran.stdout.lines().all(|line| line.chars().count() <= 100));
    }
}

#[test]
fn all_codes_are_listed() {
    let ran = jalon(Path::new("."), &["explain"]);
    let codes = jalon::diag::codes::all().count();
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, codes));
}

#[test]
fn an_unknown_name_is_corrected() {
    let ran = jalon(Path::new("."), &["explain", "unexplaned-allow"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("did you mean `unexplained-allow`?"),
        "{}",
        ran.stderr
    );
}
