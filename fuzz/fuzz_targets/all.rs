//! The targets, as `tests/fuzzed` has them, for the programs of the fuzzer.

#[path = "../../tests/fuzzed/targets/mod.rs"]
mod targets;

pub use targets::run;
