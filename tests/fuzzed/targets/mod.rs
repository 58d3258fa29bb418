//! What is done with the bytes of a fuzzer, and what must hold whatever they are.
//!
//! A target takes any bytes and stops at the first thing that is not as it must be. The fuzzer
//! (`fuzz/`) runs each as a program of its own; `tests/fuzzed` runs all of them over seeds, over
//! what was found before, and over random changes of both.

pub mod archive;
mod asked;
mod findings;
mod fixes;
mod formatter;
mod grammar;
mod intake;
mod manifest;
mod parser;
mod plans;
mod printed;
mod project;
pub mod samples;
mod snippet;
mod templates;
mod trees;
mod typed;

/// A target: its name and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by name.
pub const TARGETS: [Target; 11] = [
    ("fixes", fixes::run),
    ("formatter", formatter::run),
    ("grammar", grammar::run),
    ("intake", intake::run),
    ("manifest", manifest::run),
    ("parser", parser::run),
    ("plans", plans::run),
    ("project", project::run),
    ("snippet", snippet::run),
    ("templates", templates::run),
    ("typed", typed::run),
];

/// Runs the target of this name.
///
/// # Panics
/// There is no such target, or something is not as it must be.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    target.expect("a target of this name").1(bytes);
}

/// Whether a thorough and costly look is taken at these bytes: at one of `every` texts, always the
/// same ones.
fn chosen(bytes: &[u8], every: u32) -> bool {
    let sum = bytes
        .iter()
        .fold(7_u32, |sum, byte| sum.rotate_left(5) ^ u32::from(*byte));
    sum.wrapping_mul(0x9e37_79b9) % every == 0
}
