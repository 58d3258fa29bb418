//! The short form of the fuzzer: its targets over what was found before, over seeds that are made
//! of the repository's own sources, and over random changes of both. The same on every run.
//!
//! `FUZZED=20000 FUZZED_SEED=7 cargo test --test fuzzed` tries more, and others.
//! `FUZZED_TARGET=parser` tries one target alone.
//! `FUZZED_SEEDS=FOLDER cargo test --test fuzzed seeds_are_written` writes the seeds, for `fuzz/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    missing_docs,
    reason = "a test stops at the first thing that is not as it must be"
)]

#[path = "../markdown/mod.rs"]
mod markdown;
#[path = "../mutations/mutate.rs"]
mod mutate;
mod seeds;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutate::{Dice, mutate};
use targets::TARGETS;

/// How long one try may take: a wait without end, and not a busy machine. The fuzzer's own bound,
/// for a build with optimizations, is five seconds.
const PATIENCE: Duration = Duration::from_secs(60);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

fn wanted(target: &str) -> bool {
    std::env::var("FUZZED_TARGET").map_or(true, |wanted| wanted == target)
}

/// Runs one try; says where its bytes are if it fails.
fn attempt(target: &str, what: &str, bytes: &[u8]) -> bool {
    let run = || {
        let started = Instant::now();
        targets::run(target, bytes);
        let took = started.elapsed();
        assert!(took < PATIENCE, "took {took:?}");
    };
    let held = catch_unwind(AssertUnwindSafe(run)).is_ok();
    if !held {
        let folder = std::env::temp_dir().join("jalon-fuzzed");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{target}-{}", what.replace(['/', ' '], "-")));
        fs::write(&path, bytes).unwrap();
        eprintln!(
            "{target}: {what} fails, its bytes are in {}",
            path.display()
        );
    }
    held
}

/// The files of a folder, by path.
fn kept(folder: &str, target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed");
    let Ok(entries) = fs::read_dir(root.join(folder).join(target)) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

#[test]
fn what_was_found_stays_fixed() {
    let mut failed = 0;
    for (target, _) in TARGETS {
        for (path, bytes) in kept("findings", target) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            failed += u32::from(!attempt(target, &name, &bytes));
        }
    }
    assert_eq!(failed, 0);
}

/// Not all seeds are run each time: the sources of the repository are read by other tests.
#[test]
fn seeds_and_changes_of_them_hold() {
    let first = number("FUZZED_SEED", 1) << 32;
    let tries = number("FUZZED", 60);
    let mut failed = 0;
    for (target, _) in TARGETS {
        if !wanted(target) {
            continue;
        }
        let mut seeds = seeds::of(target);
        let found = kept("findings", target);
        seeds.extend(found.into_iter().map(|(_, bytes)| bytes));
        assert!(!seeds.is_empty(), "{target} has no seed");
        for seed in first..first + tries {
            let mut dice = Dice::new(seed);
            let mut bytes = dice.pick(&seeds).unwrap().clone();
            for _ in 0..dice.below(4) {
                bytes = changed(&bytes, &mut dice);
            }
            failed += u32::from(!attempt(target, &format!("seed {seed}"), &bytes));
        }
    }
    assert_eq!(failed, 0);
}

fn changed(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    match str::from_utf8(bytes) {
        Ok(text) if dice.below(8) > 0 => mutate(text, dice).into_bytes(),
        _ => {
            let mut bytes = bytes.to_vec();
            let at = dice.below(bytes.len() + 1);
            let byte = dice.below(256) as u8;
            match bytes.get_mut(at) {
                Some(old) => *old = byte,
                None => bytes.push(byte),
            }
            bytes
        }
    }
}

#[test]
fn seeds_are_written() {
    let Some(folder) = std::env::var_os("FUZZED_SEEDS") else {
        return;
    };
    for (target, _) in TARGETS {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        let found = kept("findings", target).into_iter().map(|(_, bytes)| bytes);
        for (number, bytes) in seeds::of(target).into_iter().chain(found).enumerate() {
            fs::write(folder.join(format!("seed-{number:04}")), bytes).unwrap();
        }
    }
}

/// The fuzzer's own programs are not built here: they need a nightly toolchain and a C++ compiler.
#[test]
fn every_target_has_a_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let (manifest, script) = (read("Cargo.toml"), read("run.sh"));
    for (target, _) in TARGETS {
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")),
            "{target}"
        );
        assert!(read(&format!("fuzz_targets/{target}.rs")).contains(&format!("run(\"{target}\"")));
        assert!(script.contains(target), "{target}");
    }
}
