//! The examples use every construct of the language: every rule of the grammar, every form that a
//! plan can hold, every word of the closed lists. A construct that is added without an example
//! makes this fail; what no example can show stands in a list of exceptions, each with its reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod forms;
mod plans;
mod rules;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The texts of all files of the examples whose names end so, in the order of their paths.
fn texts(ending: &str) -> Vec<String> {
    fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, ending, found);
            } else if path.to_str().unwrap().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join("examples"), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no example has a file `*{ending}`");
    let read = |path: PathBuf| std::fs::read_to_string(path).unwrap();
    found.into_iter().map(read).collect()
}

/// Fails if something wanted is neither found nor an exception, or an exception is not needed.
fn assert_covered(
    what: &str,
    wanted: &BTreeSet<String>,
    found: &BTreeSet<String>,
    but: &[(&str, &str)],
) {
    assert!(!wanted.is_empty(), "there is no {what}");
    let excepted = |name: &str| but.iter().any(|(it, _)| *it == name);
    let missing: Vec<&String> = wanted
        .iter()
        .filter(|name| !found.contains(*name) && !excepted(name))
        .collect();
    assert!(
        missing.is_empty(),
        "no example has this {what}: {missing:#?}"
    );
    for (name, reason) in but {
        assert!(wanted.contains(*name), "`{name}` ({reason}) is no {what}");
        assert!(
            !found.contains(*name),
            "`{name}` ({reason}) is in an example"
        );
    }
}
