//! The forms that a plan can hold: the published schema is walked with the examples' plans. Every
//! alternative, every value of an enumeration and every property occurs; a yes-or-no is yes once.

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

struct Schema(Value);

impl Schema {
    fn named<'s>(&'s self, node: &'s Value) -> Option<(&'s str, &'s Value)> {
        let name = node["$ref"].as_str()?.strip_prefix("#/$defs/")?;
        Some((name, &self.0["$defs"][name]))
    }

    /// What a node asks for, under a name; what it refers to is asked for by itself.
    fn want(&self, node: &Value, name: &str, wanted: &mut BTreeSet<String>) {
        for value in words(node) {
            wanted.insert(format!("{name}={value}"));
        }
        for (key, property) in node["properties"].as_object().into_iter().flatten() {
            wanted.insert(format!("{name}.{key}"));
            self.want(property, &format!("{name}.{key}"), wanted);
        }
        for alternative in alternatives(node) {
            self.want(alternative, name, wanted);
        }
        if node["items"].is_object() {
            self.want(&node["items"], name, wanted);
        }
    }

    /// Notes what a value has of what its node asks for.
    fn find(&self, node: &Value, value: &Value, name: &str, found: &mut BTreeSet<String>) {
        if let Some((name, node)) = self.named(node) {
            return self.find(node, value, name, found);
        }
        for word in words(node) {
            if value.as_str() == Some(word) {
                found.insert(format!("{name}={word}"));
            }
        }
        for (key, property) in node["properties"].as_object().into_iter().flatten() {
            let value = &value[key.as_str()];
            if value.is_null() || value == &Value::Bool(false) {
                continue;
            }
            found.insert(format!("{name}.{key}"));
            self.find(property, value, &format!("{name}.{key}"), found);
        }
        for alternative in alternatives(node) {
            if self.fits(alternative, value) {
                self.find(alternative, value, name, found);
            }
        }
        for item in value.as_array().into_iter().flatten() {
            if node["items"].is_object() {
                self.find(&node["items"], item, name, found);
            }
        }
    }

    /// Whether a value is of this alternative, by its outer form.
    fn fits(&self, node: &Value, value: &Value) -> bool {
        if let Some((_, node)) = self.named(node) {
            return !value.is_null() && (alternatives(node).is_empty() || !node["type"].is_null())
                || alternatives(node).iter().any(|it| self.fits(it, value));
        }
        match value {
            Value::String(text) => words(node).contains(&text.as_str()),
            Value::Object(fields) => {
                let known = &node["properties"];
                let required = node["required"].as_array();
                let mut required = required.into_iter().flatten();
                known.is_object()
                    && required.all(|key| fields.contains_key(key.as_str().unwrap()))
                    && fields.keys().all(|key| !known[key.as_str()].is_null())
            }
            _ => false,
        }
    }
}

fn alternatives(node: &Value) -> Vec<&Value> {
    let lists = [&node["oneOf"], &node["anyOf"]];
    let all = lists.into_iter().filter_map(Value::as_array).flatten();
    all.filter(|it| it["type"] != "null").collect()
}

/// The words that a node allows.
fn words(node: &Value) -> Vec<&str> {
    let list = node["enum"].as_array().into_iter().flatten();
    let all = list.chain(std::iter::once(&node["const"]));
    all.filter_map(Value::as_str).collect()
}

#[test]
fn every_form_of_a_plan_occurs() {
    let schema = Schema(serde_json::from_str(&read("docs/reference/plan.schema.json")).unwrap());
    let (mut wanted, mut found) = (BTreeSet::new(), BTreeSet::new());
    schema.want(&schema.0, "Plan", &mut wanted);
    for (name, node) in schema.0["$defs"].as_object().unwrap() {
        schema.want(node, name, &mut wanted);
    }
    for plan in plans() {
        schema.find(&schema.0, &plan, "Plan", &mut found);
    }
    assert_covered("form", &wanted, &found, EXCEPTIONS);
}
