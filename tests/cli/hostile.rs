//! Files that are no source: a diagnostic each, never a panic.

use super::{MANIFEST, jalon, project};

/// The names of what is found in a file with these bytes.
fn names(bytes: &[u8]) -> Vec<String> {
    let folder = project(&[("jalon.toml", MANIFEST)]);
    std::fs::write(folder.path().join("a.jalon"), bytes).unwrap();
    let ran = jalon(folder.path(), &["check", "--format", "json"]);
    assert!(ran.code <= 2, "{}", ran.stderr);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let name = |finding: &serde_json::Value| finding["name"].as_str().unwrap().to_owned();
    findings.iter().map(name).collect()
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    assert_eq!(
        names(b"\xef\xbb\xbfenum Stage { discovery, loyalty }\r\n"),
        [""; 0]
    );
    assert!(names(b"enum Stage { \xff }").contains(&"invalid-utf8".to_owned()));
    assert!(names(b"enum Stage { a\0 }").contains(&"nul-byte".to_owned()));
    assert_eq!(
        names("// \u{202e}\nenum Stage { a, b }\n".as_bytes()),
        ["bidi-control"]
    );
    assert_eq!(names(&vec![b' '; (64 << 20) + 1]), ["file-too-large"]);
}

#[test]
fn a_folder_named_like_a_source_is_a_folder() {
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon/b.jalon", super::SCHEMA)]);
    assert_eq!(jalon(folder.path(), &["check"]).code, 0);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_only() {
    use std::os::unix::fs::symlink;
    let folder = project(&[("jalon.toml", MANIFEST), ("b.jalon", super::SCHEMA)]);
    symlink(folder.path(), folder.path().join("loop")).unwrap();
    symlink("b.jalon", folder.path().join("a.jalon")).unwrap();
    let ran = jalon(folder.path(), &["check", "--format", "concise"]);
    // The same declaration is read twice.
    assert!(ran.stdout.contains("duplicate-name"), "{}", ran.stdout);
    std::fs::remove_file(folder.path().join("b.jalon")).unwrap();
    let ran = jalon(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stdout
            .contains("`a.jalon` cannot be read: it is a link"),
        "{}",
        ran.stdout
    );
}
