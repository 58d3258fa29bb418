//! The forms that a plan can hold: the published schema is walked with the examples' plans. Every
//! alternative, every value of an enumeration and every property occurs; a yes-or-no is yes once.

use crate::forms::Schema;
use crate::{assert_covered, read, root};
use serde_json::Value;
use std::collections::BTreeSet;

const EXCEPTIONS: &[(&str, &str)] = &[];

pub fn plans() -> Vec<Value> {
    let mut folders: Vec<_> = std::fs::read_dir(root().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("jalon.toml").is_file())
        .collect();
    folders.sort();
    let plan = |folder: &std::path::PathBuf| {
        let mut command = assert_cmd::Command::cargo_bin("jalon").unwrap();
        let output = command.arg("plan").arg(folder).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {errors}", folder.display());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    folders.iter().map(plan).collect()
}

#[test]
fn every_form_of_a_plan_occurs() {
    let schema = Schema(serde_json::from_str(&read("docs/reference/plan.schema.json")).unwrap());
    let mut found = BTreeSet::new();
    for plan in plans() {
        schema.found(&plan, &mut found);
    }
    assert_covered("form", &schema.wanted(), &found, EXCEPTIONS);
}
