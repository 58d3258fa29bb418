//! `jalon check --fix`.

use std::fs;

use super::{MANIFEST, jalon, project};

/// A profile to be used by what is wrong.
const MEMBER: &str = "profile Member {\n  id: text @key\n  timezone: timezone = \"Europe/Paris\"\n  points: int = 0\n}\n";
/// A segment with two mistakes that are fixed.
const WRONG: &str = "segment s of m: Member =\n  m.points = 3 && m.points > 1\n";
const RIGHT: &str = "segment s of m: Member =\n  m.points == 3 and m.points > 1\n";

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn fixes_are_written_and_told() {
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("a.jalon", MEMBER),
        ("b.jalon", WRONG),
    ]);
    let ran = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stderr,
        "fixed b.jalon: 2 foreign-operator\nchecked 2 files: no problems\nfixed 2 of 2 findings\n"
    );
    assert_eq!(read(&folder, "a.jalon"), MEMBER);
    assert_eq!(read(&folder, "b.jalon"), RIGHT);
    let again = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(again.code, 0);
    assert_eq!(
        again.stderr,
        "checked 2 files: no problems\nnothing to fix\n"
    );
}

#[test]
fn what_remains_is_printed() {
    let wrong = format!("{WRONG}\nsegment t of m: Member =\n  m.colour == 3\n");
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("a.jalon", MEMBER),
        ("b.jalon", &wrong),
    ]);
    let ran = jalon(folder.path(), &["check", "--fix", "--format", "concise"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.starts_with("b.jalon:5:5: error[N001"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr.ends_with("fixed 2 of 3 findings\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_diff_is_printed_and_nothing_written() {
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("a.jalon", MEMBER),
        ("b.jalon", WRONG),
    ]);
    for args in [&["check", "--diff"][..], &["check", "--fix", "--diff"]] {
        let ran = jalon(folder.path(), args);
        assert_eq!(ran.code, 1);
        assert_eq!(
            ran.stdout,
            "--- b.jalon\n+++ b.jalon\n@@ -1,2 +1,2 @@\n segment s of m: Member =\n-  m.points = 3 && m.points > 1\n+  m.points == 3 and m.points > 1\n"
        );
        assert!(ran.stderr.ends_with("would fix 2 of 2 findings\n"));
        assert_eq!(read(&folder, "b.jalon"), WRONG);
    }
    fs::write(folder.path().join("b.jalon"), RIGHT).unwrap();
    let ran = jalon(folder.path(), &["check", "--diff"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
}

#[test]
fn only_named_files_are_fixed() {
    let other = WRONG.replace("segment s", "segment t");
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("a.jalon", MEMBER),
        ("b.jalon", WRONG),
        ("c.jalon", &other),
    ]);
    let ran = jalon(folder.path(), &["check", "--fix", "b.jalon"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(&folder, "b.jalon"), RIGHT);
    assert_eq!(read(&folder, "c.jalon"), other);
}

#[test]
fn files_of_no_project_are_fixed_too() {
    let whole = format!("{MEMBER}\n{WRONG}");
    let folder = project(&[("a.jalon", &whole)]);
    let ran = jalon(folder.path(), &["check", "--fix", "a.jalon"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(&folder, "a.jalon"), format!("{MEMBER}\n{RIGHT}"));
}

#[test]
fn line_ends_and_the_mark_stay() {
    let text = format!("\u{feff}{MEMBER}\n{WRONG}").replace('\n', "\r\n");
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", &text)]);
    let ran = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let wanted = format!("\u{feff}{MEMBER}\n{RIGHT}").replace('\n', "\r\n");
    assert_eq!(read(&folder, "a.jalon"), wanted);
}

#[test]
fn a_read_only_file_stops_everything() {
    let folder = project(&[
        ("jalon.toml", MANIFEST),
        ("a.jalon", MEMBER),
        ("b.jalon", WRONG),
        ("c.jalon", &WRONG.replace("segment s", "segment t")),
    ]);
    let path = folder.path().join("c.jalon");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let ran = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("`c.jalon` may not be written: it is read-only"),
        "{}",
        ran.stderr
    );
    assert_eq!(read(&folder, "b.jalon"), WRONG);
    let ran = jalon(folder.path(), &["check", "--fix", "b.jalon"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(&folder, "b.jalon"), RIGHT);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = project(&[
        (
            "jalon.toml",
            "[project]\nname = \"shop\"\nsources = [\"src\"]\n",
        ),
        ("src/a.jalon", MEMBER),
        ("elsewhere/b.jalon", WRONG),
    ]);
    let target = folder.path().join("elsewhere/b.jalon");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("src/b.jalon");
    symlink(&target, &link).unwrap();
    let ran = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(read(&folder, "elsewhere/b.jalon"), RIGHT);
    let mode = fs::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let left: Vec<_> = fs::read_dir(folder.path().join("elsewhere"))
        .unwrap()
        .collect();
    assert_eq!(left.len(), 1, "nothing is left beside the file");
}

#[test]
fn unsafe_fixes_are_made_on_demand_only() {
    let ran = jalon(project(&[]).path(), &["check", "--unsafe-fixes"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("stands without `--fix`"));
    let text = format!("{MEMBER}  \nsegment s of m: Member =\n  m.points is empty\n");
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", &text)]);
    let ran = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .contains("to fix 1 of them: jalon check --fix --unsafe-fixes\n"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.ends_with("fixed none of 1 finding\n"),
        "{}",
        ran.stderr
    );
    let ran = jalon(folder.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(read(&folder, "a.jalon").contains("m.points is unknown"));
}

#[test]
fn what_is_allowed_is_not_fixed() {
    let text = format!(
        "{MEMBER}\n// jalon: allow(always-known) because it was asked for\nsegment s of m: Member = m.points is known\n"
    );
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", &text)]);
    let ran = jalon(folder.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(&folder, "a.jalon"), text);
}

#[test]
fn a_text_message_is_written_in_its_alphabet() {
    const WRONG: &str = r#"
profile Member {
  id: text @key
  phone: phone?
  language: language = fr
  timezone: timezone = "America/Toronto"
}

channel sms for member: Member {
  address member.phone
}

purpose receipts: service because "a receipt for a gift"

message thanks for member: Member {
  purpose receipts
  content fr {
    sms "L’équipe de la fondation « Rivage » vous remercie… Votre geste a aidé «\u{a0}douze\u{a0}» familles – merci !"
  }
}
"#;
    let right = WRONG.replace(
        "L’équipe de la fondation « Rivage » vous remercie…",
        "L'équipe de la fondation \\\"Rivage\\\" vous remercie...",
    );
    let right = right.replace(
        "aidé «\\u{a0}douze\\u{a0}» familles –",
        "aidé \\\"douze\\\" familles -",
    );
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", WRONG)]);
    let ran = jalon(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(read(&folder, "a.jalon"), right);
}
