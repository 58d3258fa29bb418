//! See `tests/fuzzed/targets/templates.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::run("templates", bytes));
