//! `jalon fmt` as it is used: what it prints where, what it writes, how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test"
)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

const MESSY: &str = "purpose a:service because \"x\" // why\npurpose b : marketing\n";
const TIDY: &str = "purpose a: service because \"x\" // why\npurpose b: marketing\n";
const BROKEN: &str = "purpose a: service because \"x\"\njourney {\n";

/// Runs `jalon fmt` in a folder; gives the exit code, standard output and standard error.
fn fmt(folder: &Path, args: &[&str], input: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("jalon")
        .unwrap()
        .current_dir(folder)
        .arg("fmt")
        .args(args)
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn files_are_written_in_place() {
    let folder = folder(&[("a.jalon", MESSY), ("b/c.jalon", TIDY)]);
    let (code, out, err) = fmt(folder.path(), &[], "");
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "formatted 1 file, 1 already in the layout\n");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.jalon")).unwrap(),
        TIDY
    );
    let (code, _, err) = fmt(folder.path(), &["."], "");
    assert_eq!((code, err.as_str()), (0, "2 files already in the layout\n"));
}

#[test]
fn check_writes_nothing_and_names_the_files() {
    let folder = folder(&[("a.jalon", MESSY), ("b.jalon", TIDY)]);
    let (code, out, err) = fmt(folder.path(), &["--check"], "");
    assert_eq!((code, out.as_str()), (1, "a.jalon\n"));
    assert_eq!(err, "would format 1 file, 1 already in the layout\n");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.jalon")).unwrap(),
        MESSY
    );
    assert_eq!(fmt(folder.path(), &["--check", "b.jalon"], "").0, 0);
}

#[test]
fn diff_shows_what_would_change() {
    let folder = folder(&[("a.jalon", MESSY)]);
    let (code, out, _) = fmt(folder.path(), &["--diff"], "");
    assert_eq!(code, 1);
    let diff =
        "-purpose a:service because \"x\" // why\n-purpose b : marketing\n+purpose a: service";
    assert!(out.contains(diff), "{out}");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.jalon")).unwrap(),
        MESSY
    );
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = folder(&[]);
    assert_eq!(
        fmt(folder.path(), &["-"], MESSY),
        (0, TIDY.to_owned(), String::new())
    );
    assert_eq!(
        fmt(folder.path(), &["-"], TIDY),
        (0, TIDY.to_owned(), String::new())
    );
    assert_eq!(fmt(folder.path(), &["-", "--check"], MESSY).0, 1);
    assert_eq!(fmt(folder.path(), &["-", "--check"], TIDY).0, 0);
    assert_eq!(fmt(folder.path(), &["-", "a.jalon"], TIDY).0, 2);
}

#[test]
fn a_file_with_a_syntax_error_is_left_untouched_and_the_others_are_not() {
    let folder = folder(&[("a.jalon", BROKEN), ("b.jalon", MESSY)]);
    let (code, out, err) = fmt(folder.path(), &["."], "");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("a.jalon:2"), "{err}");
    assert!(err.contains("left 1 file untouched"), "{err}");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.jalon")).unwrap(),
        BROKEN
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("b.jalon")).unwrap(),
        TIDY
    );
    let (code, out, _) = fmt(folder.path(), &["-"], BROKEN);
    assert_eq!((code, out.as_str()), (1, ""));
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    let folder = folder(&[]);
    fs::write(folder.path().join("a.jalon"), b"purpose \xff").unwrap();
    let (code, _, err) = fmt(folder.path(), &[], "");
    assert_eq!(code, 2);
    assert!(err.contains("not UTF-8"), "{err}");
    assert_eq!(fmt(folder.path(), &["missing.jalon"], "").0, 2);
    fs::remove_file(folder.path().join("a.jalon")).unwrap();
    assert_eq!(fmt(folder.path(), &[], "").0, 2);
}
