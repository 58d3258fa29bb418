//! The rules of the grammar.

use crate::{assert_covered, read, texts};
use pest::Parser as _;
use std::collections::BTreeSet;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/jalon.pest"]
struct Grammar;

/// Rules that correct text never has, but for those whose names start with `no_` and `junk`.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("flat_step", "a step of a block that lacks its `{`"),
    ("flat_send", "a send of such a block"),
    ("flat_wait", "a wait of such a block"),
];

/// Every rule that gives a node: not silent, and not there for what is missing or unreadable.
fn wanted() -> BTreeSet<String> {
    let grammar = read("grammar/jalon.pest");
    grammar
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .filter(|(name, body)| {
            !body.starts_with('_')
                && !(name.starts_with("no_") && *body == "{ \"\" }")
                && !name.starts_with("junk")
                && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        })
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn every_rule_of_the_grammar_occurs() {
    let (wanted, mut found) = (wanted(), BTreeSet::new());
    for text in texts(".jalon") {
        for pair in Grammar::parse(Rule::chunk, &text).unwrap().flatten() {
            found.insert(format!("{:?}", pair.as_rule()));
        }
    }
    let broken: Vec<&String> = found
        .iter()
        .filter(|name| !wanted.contains(*name) && name.as_str() != "EOI")
        .collect();
    assert!(broken.is_empty(), "{broken:?} in an example");
    assert_covered("rule", &wanted, &found, EXCEPTIONS);
}
