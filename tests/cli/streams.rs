//! Colours, exit codes of wrong use, a reader that goes away.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{MANIFEST, SCHEMA, jalon, jalon_with, project};

#[test]
fn wrong_use_ends_with_2() {
    for args in [
        &[][..],
        &["chekc"],
        &["check", "--format", "pretty"],
        &["load"],
    ] {
        let ran = jalon(Path::new("."), args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!ran.stderr.is_empty());
    }
    assert_eq!(jalon(Path::new("."), &["--help"]).code, 0);
    assert_eq!(jalon(Path::new("."), &["--version"]).code, 0);
}

#[test]
fn colours_follow_the_option_then_the_variables() {
    let folder = project(&[("jalon.toml", "[project]\n"), ("a.jalon", SCHEMA)]);
    let colored = |args: &[&str], variables: &[(&str, &str)]| {
        let args = [&["check"], args].concat();
        jalon_with(folder.path(), &args, variables)
            .stderr
            .contains('\u{1b}')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_reader_that_goes_away_is_not_an_error() {
    let keys: String = (0..5000).map(|n| format!("key_{n} = 1\n")).collect();
    let folder = project(&[
        ("jalon.toml", &format!("{MANIFEST}{keys}")),
        ("a.jalon", SCHEMA),
    ]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .args(["check", "--format", "json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), stderr.as_str()),
        (Some(2), "")
    );
}
