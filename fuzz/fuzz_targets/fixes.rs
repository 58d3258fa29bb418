//! See `tests/fuzzed/targets/fixes.rs`.
#![no_main]

#[path = "../../tests/fuzzed/targets/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::run("fixes", bytes));
