//! `jalon check`: which files it reads, what it says, how it ends.

use super::{MANIFEST, SCHEMA, jalon, project};

#[test]
fn a_clean_project_passes() {
    let folder = project(&[("jalon.toml", MANIFEST), ("schema/stages.jalon", SCHEMA)]);
    let ran = jalon(folder.path(), &["check"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_eq!(ran.stderr, "checked 1 file: no problems\n");
}

#[test]
fn mistakes_in_the_manifest_are_shown_where_they_stand() {
    let manifest = "[project]\nname = \"shop\"\nsender_adress = \"1 rue Espoir\"\nsources = [\"schema\", \"../x\"]\nlate_rows = \"1 month\"\n\n[lints]\nunused-alow = \"warn\"\n";
    let folder = project(&[("jalon.toml", manifest), ("schema/stages.jalon", SCHEMA)]);
    let ran = jalon(folder.path(), &["check"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn the_project_is_found_from_any_folder_in_it() {
    let manifest = "[project]\nname = \"shop\"\ntemplate = \"x\"\n";
    let folder = project(&[("jalon.toml", manifest), ("a/b/stages.jalon", SCHEMA)]);
    let place = |from: &str, args: &[&str]| {
        let args = [&["check", "--format", "concise"], args].concat();
        let ran = jalon(&folder.path().join(from), &args);
        ran.stdout.split(": ").next().unwrap().to_owned()
    };
    assert_eq!(place("", &[]), "jalon.toml:3:1");
    assert_eq!(place("a/b", &[]), "../../jalon.toml:3:1");
    assert_eq!(
        place("a", &["b"]),
        "jalon.toml:3:1".replace("jalon", "../jalon")
    );
    assert_eq!(place("", &["./a/b/"]), "jalon.toml:3:1");
    assert_eq!(place("", &["jalon.toml"]), "jalon.toml:3:1");
}

#[test]
fn without_a_project_it_says_what_to_write() {
    let folder = project(&[("notes.txt", "")]);
    let ran = jalon(folder.path(), &["check"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr);
    let ran = jalon(folder.path(), &["check", "nowhere"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.stderr);
}

#[test]
fn a_file_outside_any_project_is_checked_on_its_own() {
    let folder = project(&[("stages.jalon", SCHEMA)]);
    let ran = jalon(folder.path(), &["check", "stages.jalon"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_file_that_its_project_leaves_out_is_refused() {
    let manifest = "[project]\nname = \"shop\"\nsources = [\"schema\"]\n";
    let folder = project(&[
        ("jalon.toml", manifest),
        ("schema/stages.jalon", SCHEMA),
        ("drafts/stages.jalon", SCHEMA),
    ]);
    let ran = jalon(folder.path(), &["check", "schema/stages.jalon"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = jalon(folder.path(), &["check", "drafts/stages.jalon"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("`drafts/stages.jalon` does not belong"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_empty_project_is_an_error() {
    let folder = project(&[("jalon.toml", MANIFEST)]);
    let ran = jalon(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stdout.contains("error[G009 empty-project]"),
        "{}",
        ran.stdout
    );
}

#[test]
fn json_is_one_document_on_standard_output() {
    let folder = project(&[("jalon.toml", "[project]\nname = 1\n"), ("a.jalon", SCHEMA)]);
    let ran = jalon(folder.path(), &["check", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, ""));
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["findings"][0]["name"], "wrong-setting");
    let schema = include_str!("../../docs/reference/diagnostics.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &document));
}

#[test]
fn many_findings_are_cut_and_counted() {
    let keys: String = (0..150).map(|n| format!("key_{n} = 1\n")).collect();
    let folder = project(&[
        ("jalon.toml", &format!("{MANIFEST}{keys}")),
        ("a.jalon", SCHEMA),
    ]);
    let lines = |args: &[&str]| {
        let args = [&["check", "--format", "concise"], args].concat();
        let text = jalon(folder.path(), &args).stdout;
        let last = text.lines().last().unwrap().to_owned();
        (text.lines().count(), last)
    };
    assert_eq!(
        lines(&[]),
        (
            101,
            "and 50 more; `--max-diagnostics 0` prints all".to_owned()
        )
    );
    assert_eq!(lines(&["--max-diagnostics", "3"]).0, 4);
    assert_eq!(lines(&["--max-diagnostics", "0"]).0, 150);
}
