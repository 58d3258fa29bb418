//! How much of the grammar the projects reach.

use std::collections::BTreeSet;

use pest::Parser as _;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::project::make;
use crate::shape;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/jalon.pest"]
struct Grammar;

/// The projects that are looked at, and the part of the rules that they reach at the least.
const PROJECTS: usize = 60;
const FLOOR: f64 = 0.97;

#[test]
fn the_projects_reach_most_of_the_grammar() {
    let mut reached = BTreeSet::new();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for _ in 0..PROJECTS {
        let made = make(&shape().new_tree(&mut runner).unwrap().current());
        for (path, bytes) in &made.files {
            if path.extension().is_some_and(|end| end == "jalon") {
                let text = String::from_utf8_lossy(bytes);
                let pairs =
                    Grammar::parse(Rule::chunk, &text).unwrap_or_else(|e| panic!("{e}\n{text}"));
                reached.extend(pairs.flatten().map(|pair| format!("{:?}", pair.as_rule())));
            }
        }
    }
    let missing: Vec<String> = rules()
        .into_iter()
        .filter(|rule| !reached.contains(rule))
        .collect();
    let all = rules().len();
    let part = 1.0 - missing.len() as f64 / all as f64;
    assert!(
        part >= FLOOR,
        "{part:.2} of {all} rules; not reached: {missing:?}"
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
