//! `--format sarif`: held to the schema of the standard, which `serde-sarif` carries, and to its types.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use serde_sarif::sarif::Sarif;
use tempfile::TempDir;

use super::{MANIFEST, SCHEMA, jalon, project};

/// The schema of SARIF 2.1.0, from the source of the crate that is tested with.
fn schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|one| one["name"] == "serde-sarif");
    let manifest = package.unwrap()["manifest_path"].as_str().unwrap();
    let schema = Path::new(manifest).with_file_name("src/schema.json");
    let text = std::fs::read_to_string(schema).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // The published patterns of languages have a bracket too many, so they are no patterns at all.
    // Jalon writes no language.
    for object in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][object]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern");
    }
    schema
}

/// The document, when it is what the standard says.
fn valid(text: &str) -> Value {
    let document: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema())
        .unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let typed: Sarif = serde_json::from_str(text).unwrap();
    assert_eq!(typed.runs.len(), 1);
    document
}

/// A project with a mistake of each stage that `check` has.
fn of_every_stage() -> TempDir {
    let source = r#"profile Member {
  id: text @key
  first_name: text(40)? @personal
  email: email? @personal
  timezone: timezone = "Europe/Paris"
  email_consent: consent(email for appeals)
}

event gift_made for member: Member {
  amount: money(EUR)
}

channel email for member: Member {
  address member.email
  sender "Merci <merci@example.org>"
}

purpose appeals: fundraising

consent house for member: Member {
  permit email for appeals by consent
}

message hello for member: Member {
  purpose appeals
  content en {
    email {
      subject "Hello {{ member.first_name }}"
      body text "{{ nonsense }} {{ sender_address }} {{ unsubscribe }}"
    }
  }
}

journey Again for member: Member {
  title "été 🎁"
  purpose appeals
  enter on gift_made as gift
  reenter never

  ask: send hello by email
  answer: wait up to 2 days {
    on ask.clicked where link == 3 {
      send goodbye by email
    }
    else {
      exit silent
    }
  }
}

journey later for member: Member {
  title "Later"
  purpose appeals
  enter on gift_made as gift
  reenter never

  ask: send hello by email
  answer: wait up to 2 days {
    on ask.clicked {
      exit glad
    }
    else {
      exit silent
    }
  }
}
"#;
    let manifest = "[project]\nname = \"x\"\nsender_adress = \"x\"\nunsubscribe_url = \"https://example.org/u\"\nsender_address = \"1 rue Espoir\"\n";
    let broken = "enum Stage { discovery } nonsense\n";
    project(&[
        ("jalon.toml", manifest),
        ("all.jalon", source),
        ("broken.jalon", broken),
    ])
}

fn results(document: &Value) -> &Vec<Value> {
    document["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn findings_of_every_stage_are_valid() {
    let folder = of_every_stage();
    let ran = jalon(folder.path(), &["check", "--format", "sarif"]);
    let document = valid(&ran.stdout);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let run = &document["runs"][0];
    assert_eq!(run["invocations"][0]["exitCode"], 2);
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut stages: Vec<&str> = Vec::new();
    for result in results(&document) {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let id = result["ruleId"].as_str().unwrap();
        stages.push(&id[..1]);
        let page = format!("docs/codes/{}.md", rule["name"].as_str().unwrap());
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let page = std::fs::read_to_string(page).unwrap();
        assert_eq!(rule["help"]["markdown"], page.as_str(), "{id}");
    }
    stages.sort_unstable();
    stages.dedup();
    assert_eq!(stages, ["F", "G", "L", "M", "N", "S", "T"]);
    let related = results(&document)
        .iter()
        .filter_map(|result| result["relatedLocations"].as_array());
    assert!(related.count() > 0);
}

#[test]
fn without_findings_there_is_a_run_all_the_same() {
    let folder = project(&[("jalon.toml", MANIFEST), ("a.jalon", SCHEMA)]);
    let ran = jalon(folder.path(), &["check", "--format", "sarif"]);
    let document = valid(&ran.stdout);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(results(&document).is_empty());
    assert_eq!(document["runs"][0]["invocations"][0]["exitCode"], 0);
}

/// A place of the first result: file, base, and the columns of its region.
fn place(document: &Value) -> (String, Option<String>, [u64; 4]) {
    let location = &results(document)[0]["locations"][0]["physicalLocation"];
    let region = &location["region"];
    let file = &location["artifactLocation"];
    (
        file["uri"].as_str().unwrap().to_owned(),
        file["uriBaseId"].as_str().map(ToOwned::to_owned),
        ["startLine", "startColumn", "endLine", "endColumn"]
            .map(|name| region[name].as_u64().unwrap()),
    )
}

#[test]
fn paths_are_those_of_the_repository_and_columns_those_of_editors() {
    let folder = project(&[
        (".git/HEAD", ""),
        ("mes parcours/jalon.toml", MANIFEST),
        (
            "mes parcours/été 100%.jalon",
            "// 🎁\npurpose a: service because \"é🎁\" nonsense\n",
        ),
    ]);
    let inside = folder.path().join("mes parcours");
    for (from, args) in [
        (folder.path(), &["mes parcours"][..]),
        (inside.as_path(), &[]),
    ] {
        let args = [&["check", "--format", "sarif"], args].concat();
        let document = valid(&jalon(from, &args).stdout);
        let (uri, base, [line, start, _, end]) = place(&document);
        assert_eq!(uri, "mes%20parcours/%C3%A9t%C3%A9%20100%25.jalon");
        assert_eq!(base.as_deref(), Some("SRCROOT"));
        // Before `nonsense` stand 32 characters, which are 33 units of UTF-16.
        assert_eq!((line, start, end), (2, 34, 42));
    }
}

#[test]
fn a_file_outside_the_repository_has_an_absolute_address() {
    let folder = project(&[
        ("work/.git/HEAD", ""),
        ("work/jalon.toml", MANIFEST),
        ("work/a.jalon", SCHEMA),
        ("a b.jalon", "nonsense\n"),
    ]);
    // No repository above: paths are relative to where one stands.
    let args = ["check", "--format", "sarif", "../a b.jalon"];
    let document = valid(&jalon(&folder.path().join("work"), &args).stdout);
    let (uri, base, _) = place(&document);
    assert!(
        uri.starts_with("file:///") && uri.ends_with("/a%20b.jalon"),
        "{uri}"
    );
    assert_eq!(base, None);
}

/// The fingerprints of the results, as they stand.
fn fingerprints(folder: &Path) -> Vec<(String, String)> {
    let ran = jalon(folder, &["check", "--format", "sarif"]);
    let document = valid(&ran.stdout);
    let each = results(&document).iter().map(|result| {
        let of = |name: &str| {
            result["partialFingerprints"][name]
                .as_str()
                .unwrap()
                .to_owned()
        };
        (of("primaryLocationLineHash"), of("jalonFinding/v1"))
    });
    each.collect()
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let folder = of_every_stage();
    let before = fingerprints(folder.path());
    let path: PathBuf = folder.path().join("all.jalon");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("// one\n// two\n\n{text}")).unwrap();
    let after = fingerprints(folder.path());
    assert_eq!(before, after);
    let mut distinct: Vec<_> = before.iter().map(|(_, own)| own).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len());
}

#[test]
fn an_upper_bound_that_was_asked_for_is_said_in_the_file() {
    let folder = of_every_stage();
    let args = ["check", "--format", "sarif", "--max-diagnostics", "2"];
    let document = valid(&jalon(folder.path(), &args).stdout);
    assert_eq!(results(&document).len(), 2);
    let note = &document["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert!(
        note["message"]["text"]
            .as_str()
            .unwrap()
            .contains("not printed")
    );
}
