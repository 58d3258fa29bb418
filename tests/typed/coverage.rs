//! How much of the grammar, and of what a plan can hold, the projects reach.

use std::collections::BTreeSet;

use pest::Parser as _;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use jalon::pipeline::{self, Project};
use jalon::plan;

use crate::forms::Schema;
use crate::project::{Made, make};
use crate::shape;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/jalon.pest"]
struct Grammar;

/// The projects that are looked at, and the part that they reach at the least.
const PROJECTS: usize = 120;
const FLOOR: f64 = 0.99;

/// The same projects on every run.
fn projects() -> Vec<Made> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let shapes = (0..PROJECTS).map(|_| shape().new_tree(&mut runner).unwrap().current());
    shapes.map(|shape| make(&shape)).collect()
}

#[test]
fn the_projects_reach_most_of_the_grammar() {
    let mut reached = BTreeSet::new();
    for made in projects() {
        for (path, bytes) in &made.files {
            if path.extension().is_some_and(|end| end == "jalon") {
                let text = String::from_utf8_lossy(bytes);
                let pairs =
                    Grammar::parse(Rule::chunk, &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
                reached.extend(pairs.flatten().map(|pair| format!("{:?}", pair.as_rule())));
            }
        }
    }
    assert_most("rules", &rules(), &reached);
}

#[test]
fn the_projects_reach_most_of_what_a_plan_can_hold() {
    let schema = include_str!("../../docs/reference/plan.schema.json");
    let schema = Schema(serde_json::from_str(schema).unwrap());
    let mut reached = BTreeSet::new();
    for made in projects() {
        let checked = pipeline::check(Project::in_memory(&made.files));
        let plan = plan::lower(&checked.model, &checked.project.manifest).unwrap();
        schema.found(&serde_json::to_value(&plan).unwrap(), &mut reached);
    }
    assert_most("forms", &schema.wanted(), &reached);
}

fn assert_most(what: &str, all: &BTreeSet<String>, reached: &BTreeSet<String>) {
    let missing: Vec<&String> = all.difference(reached).collect();
    let part = 1.0 - missing.len() as f64 / all.len() as f64;
    assert!(
        part >= FLOOR,
        "{part:.3} of {} {what}; not reached: {missing:#?}",
        all.len()
    );
}

/// The rules that make a node, those of mistakes left out.
fn rules() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in include_str!("../../grammar/jalon.pest").lines() {
        let Some((name, rest)) = line.split_once(" = ") else {
            continue;
        };
        let shown = !rest.starts_with('_') && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let mistake =
            name.starts_with("no_") || name.starts_with("junk") || name.starts_with("flat_");
        if shown && !mistake {
            found.insert(name.to_owned());
        }
    }
    found
}
