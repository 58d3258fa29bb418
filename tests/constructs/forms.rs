//! The published schema of the plan, walked with plans: what a plan can hold, and what it holds.

use serde_json::Value;
use std::collections::BTreeSet;

/// The schema, as `docs/reference/plan.schema.json` has it.
pub struct Schema(pub Value);

impl Schema {
    /// Every form there is: alternatives, values of enumerations, properties; each by its name.
    pub fn wanted(&self) -> BTreeSet<String> {
        let mut wanted = BTreeSet::new();
        self.want(&self.0, "Plan", &mut wanted);
        for (name, node) in self.0["$defs"].as_object().into_iter().flatten() {
            self.want(node, name, &mut wanted);
        }
        wanted
    }

    /// Notes the forms that a plan has. A yes-or-no counts when it is yes, a property when it is
    /// not null.
    pub fn found(&self, plan: &Value, found: &mut BTreeSet<String>) {
        self.find(&self.0, plan, "Plan", found);
    }

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
