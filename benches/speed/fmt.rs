//! The layout of files, on one core.
//!
//! A generated project, file by file: first in the canonical layout, which is laid out once, then
//! without its indentation, which is laid out and held to its own layout.

use crate::generator;
use crate::timing::{best, heads, row};
use jalon::format::format;
use std::hint::black_box;

const FILES: usize = 1_000;
const RUNS: usize = 10;

pub fn table() {
    let laid_out: Vec<String> = generator::project(FILES)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let flat: Vec<String> = laid_out.iter().map(|text| without_indents(text)).collect();
    heads("fmt");
    measure("in the layout", &laid_out, &laid_out);
    measure("without indentation", &flat, &laid_out);
}

/// The text with its lines at column 1, except for those of `"""` texts, which mean something.
fn without_indents(text: &str) -> String {
    let mut flat = String::new();
    let mut in_block_text = false;
    for line in text.lines() {
        flat += if in_block_text {
            line
        } else {
            line.trim_start()
        };
        flat += "\n";
        in_block_text ^= line.contains("\"\"\"");
    }
    flat
}

fn measure(name: &str, texts: &[String], expected: &[String]) {
    let best = best(RUNS, || {
        for (text, expected) in texts.iter().zip(expected) {
            let formatted = format(black_box(text)).expect("the text has no errors");
            assert_eq!(&formatted, expected);
        }
    });
    row(name, texts, best);
}
