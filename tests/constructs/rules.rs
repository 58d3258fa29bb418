//! The rules of the grammar, and the variants of the tree.

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
        .filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .filter(|(_, body)| !body.starts_with('_'))
        .filter(|(name, _)| !name.starts_with("junk"))
        .filter(|(name, body)| !name.starts_with("no_") || *body != "{ \"\" }")
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

/// Variants that correct text never has.
const NEVER: &[(&str, &str)] = &[(
    "Broken",
    "what could not be read: the error is reported, and the declaration is left alone",
)];

/// The variants of the enums of the tree, as the source of `src/syntax/ast` declares them.
fn variants() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in ["decl", "expr", "journey", "policy", "step"] {
        let source = read(&format!("src/syntax/ast/{file}.rs"));
        for body in source.split("\npub enum ").skip(1) {
            let body = body.split("\n}").next().unwrap();
            for line in body.lines().skip(1) {
                let variant = line.strip_prefix("    ").unwrap_or_default();
                if variant.starts_with(|c: char| c.is_ascii_uppercase()) {
                    let end = variant.find(|c: char| !c.is_alphanumeric());
                    found.insert(variant[..end.unwrap_or(variant.len())].to_owned());
                }
            }
        }
    }
    found
}

/// A variant counts by its name: two enums that share one are told apart by the plan's forms.
#[test]
fn every_variant_of_the_tree_occurs() {
    let mut found = BTreeSet::new();
    for text in texts(".jalon") {
        let parsed = jalon::syntax::parse(jalon::source::FileId(0), &text);
        let tree = format!("{:?}", parsed.ast.decls);
        let words = tree.split(|c: char| !c.is_alphanumeric());
        found.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }
    assert_covered("variant of the tree", &variants(), &found, NEVER);
}
