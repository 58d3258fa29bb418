//! See `tests/fuzzed/targets/project.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("project", bytes));
