//! The plan from outside: its schema, its bytes, and what loading refuses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

#[path = "plan/claims.rs"]
mod claims;

const PROJECT: &str = r#"
enum Stage { discovery, loyalty }

profile Member {
  id: text @key
  email: email? @personal
  timezone: timezone = "America/Toronto"
  language: language = fr
  stage: Stage = discovery
}

event gift_made for member: Member {
  amount: money(CAD)
}

channel email for member: Member {
  address member.email
}

purpose receipts: service because "a receipt for a gift"

consent all for member: Member {
  permit email for service by contract
}

message thank_you(amount: money(CAD)) for member: Member {
  purpose receipts
  content fr {
    email {
      subject "Merci !"
      body text "Merci pour {{ amount }}."
    }
  }
}

journey welcome for member: Member {
  enter on gift_made as gift
  reenter always

  rest: wait 3 days at 10:00
  if member.stage == loyalty {
    exit known
  } else if gift.amount > 100 CAD {
    set member.stage = loyalty
  }
  thanks: send thank_you(amount: gift.amount) by email else {
    exit unreachable
  }
}
"#;

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("jalon.toml"),
        "[project]\nname = \"p\"\n",
    )
    .unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn jalon(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("jalon")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn plan_of(files: &[(&str, &str)]) -> String {
    let folder = project(files);
    let (code, out, errors) = jalon(folder.path(), &["plan"]);
    assert_eq!(code, 0, "{errors}");
    out
}

/// Puts the fingerprint right after a change, as someone would who knows the format.
fn sealed(mut plan: Value) -> String {
    plan["fingerprint"] = json!("");
    let text = plan.to_string();
    match serde_json::from_str::<jalon::plan::Plan>(&text) {
        Ok(parsed) => plan["fingerprint"] = json!(jalon::plan::fingerprint(&parsed)),
        Err(_) => plan["fingerprint"] = json!("sha256:"),
    }
    plan.to_string()
}

fn refusal(text: &str) -> Vec<(String, String)> {
    let found = jalon::plan::load(jalon::source::FileId(0), text).unwrap_err();
    found
        .iter()
        .map(|one| (one.code.name.to_owned(), one.message.clone()))
        .collect()
}

#[test]
fn the_published_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference/plan.schema.json");
    let now = jalon::plan::schema();
    if std::env::var_os("JALON_BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        now,
        "run with JALON_BLESS=1"
    );
}

#[test]
fn a_plan_is_valid_under_its_schema_and_loads() {
    let text = plan_of(&[("all.jalon", PROJECT)]);
    let schema: Value = serde_json::from_str(&jalon::plan::schema()).unwrap();
    let instance: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&instance)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let plan = jalon::plan::load(jalon::source::FileId(0), &text).unwrap();
    assert_eq!(plan.journeys.len(), 1);
}

#[test]
fn the_order_and_number_of_files_layout_and_comments_change_no_byte() {
    let (schema, rest) = PROJECT.split_once("event gift_made").unwrap();
    let rest = format!("event gift_made{rest}");
    let whole = plan_of(&[("all.jalon", PROJECT)]);
    assert_eq!(whole, plan_of(&[("a.jalon", &rest), ("b.jalon", schema)]));
    let noisy = PROJECT
        .replace(
            "  reenter always",
            "  // as often as they like\n\n\n      reenter     always",
        )
        .replace('\n', "\r\n");
    assert_eq!(whole, plan_of(&[("all.jalon", &noisy)]));
    let other = PROJECT.replace("wait 3 days", "wait 4 days");
    assert_ne!(whole, plan_of(&[("all.jalon", &other)]));
}

#[test]
fn steps_are_named_after_their_labels() {
    let plan: Value = serde_json::from_str(&plan_of(&[("all.jalon", PROJECT)])).unwrap();
    let steps = plan["journeys"][0]["steps"].as_array().unwrap();
    let ids: Vec<&str> = steps
        .iter()
        .map(|step| step["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "rest",
            "rest+1",
            "rest+1.then+1",
            "rest+1.else_if1",
            "rest+1.else_if1.then+1",
            "thanks",
            "thanks.else+1"
        ]
    );
    assert_eq!(
        steps[1]["kind"]["if"],
        json!({
            "when": steps[1]["kind"]["if"]["when"], "then": 2, "otherwise": 3
        })
    );
    assert_eq!(steps[3]["kind"]["if"]["otherwise"], json!(5));
    assert_eq!(steps[4]["kind"]["set"]["next"], json!(5));
}

#[test]
fn loading_refuses_what_is_not_whole() {
    let text = plan_of(&[("all.jalon", PROJECT)]);
    let plan: Value = serde_json::from_str(&text).unwrap();

    assert_eq!(refusal("{")[0].0, "unreadable-plan");
    assert_eq!(refusal("[]")[0].0, "unreadable-plan");
    assert_eq!(refusal("{}")[0].0, "unknown-plan-version");

    let mut other = plan.clone();
    other["format_version"] = json!(2);
    assert_eq!(refusal(&other.to_string())[0].0, "unknown-plan-version");

    let mut other = plan.clone();
    other["surprise"] = json!(1);
    assert_eq!(refusal(&other.to_string())[0].0, "unreadable-plan");

    let mut other = plan.clone();
    other["journeys"][0]["steps"][0]["kind"]["wait"]["duration"]["count"] = json!(1);
    assert_eq!(refusal(&other.to_string())[0].0, "tampered-plan");

    let mut other = plan.clone();
    other["journeys"][0]["steps"][0]["kind"]["wait"]["next"] = json!(99);
    let found = refusal(&sealed(other));
    assert_eq!(found[0].0, "invalid-plan");
    assert!(
        found[0].1.contains("journey `welcome`, step `rest`"),
        "{found:?}"
    );
    assert!(found[0].1.contains("step 99"), "{found:?}");

    let mut other = plan;
    other["journeys"][0]["steps"][4]["kind"]["set"]["next"] = json!(1);
    let found = refusal(&sealed(other));
    assert!(found[0].1.contains("circle"), "{found:?}");
}

#[test]
fn a_project_with_errors_has_no_plan() {
    let folder = project(&[("all.jalon", &PROJECT.replace("gift.amount", "gift.amont"))]);
    let (code, out, errors) = jalon(folder.path(), &["plan"]);
    assert_eq!(code, 1);
    assert_eq!(out, "");
    assert!(errors.contains("amont"), "{errors}");
}
