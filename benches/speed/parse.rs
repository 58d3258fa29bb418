//! From text to the tree, on one core.
//!
//! Four texts: the page of the language and the file with every construct, under the same names
//! again and again until they are 8 MB; a generated project file by file, as `check` reads it;
//! and the same project as one text. Each declaration is far below 64 KB.

use crate::generator;
use crate::timing::{best, heads, row};
use jalon::source::FileId;
use jalon::syntax::parse;
use std::hint::black_box;

const BYTES: usize = 8 << 20;
const FILES: usize = 5_000;
const RUNS: usize = 10;

const PAGE: &str = include_str!("../../tests/syntax/page.jalon");
const EVERYTHING: &str = include_str!("../../tests/syntax/everything.jalon");

pub fn table() {
    heads("parse");
    for (name, source) in [("page", PAGE), ("everything", EVERYTHING)] {
        let source = source.split("// expect").next().unwrap_or(source);
        measure(name, &[source.repeat(BYTES / source.len())]);
    }
    let files: Vec<String> = generator::project(FILES)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    measure("project, by file", &files);
    measure("project, in one file", &[files.concat()]);
}

fn measure(name: &str, texts: &[String]) {
    let best = best(RUNS, || {
        for text in texts {
            let parsed = black_box(parse(FileId(0), black_box(text)));
            assert!(parsed.diagnostics.is_empty());
        }
    });
    row(name, texts, best);
}
