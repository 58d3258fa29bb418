//! How much memory the compiler asks for, counted by the allocator: `cargo bench --bench memory`.
//!
//! The figures are bytes that are in use at once, the peak of them, without what an allocator or
//! the system adds. They are the same in every profile.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench writes files, prints tables, and may stop at what cannot be"
)]

#[path = "../speed/generator/mod.rs"]
mod generator;

use jalon::pipeline::{Project, check};
use jalon::source::FileId;
use jalon::syntax::parse;
use peak_alloc::PeakAlloc;
use std::hint::black_box;
use std::io;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const FILES: usize = 1_000;

fn main() -> io::Result<()> {
    println!(
        "{:<34} {:>8} {:>10} {:>14}",
        "memory", "MB", "peak MB", "bytes a byte"
    );
    let files: Vec<String> = generator::project(FILES)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let whole = files.concat();
    row("parse, file by file, trees kept", whole.len(), || {
        let parsed = files.iter().map(|text| parse(FileId(0), text));
        black_box(parsed.collect::<Vec<_>>());
    });
    row("parse, the same as one file", whole.len(), || {
        black_box(parse(FileId(0), &whole));
    });
    let folder = tempfile::tempdir()?;
    generator::write(folder.path(), FILES)?;
    row("check, texts and all", whole.len(), || {
        let project = Project::load(folder.path()).expect("the project was just written");
        black_box(check(project));
    });
    Ok(())
}

/// One row: what `work` asks for at most, beside what is in use before it.
fn row(name: &str, bytes: usize, work: impl FnOnce()) {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    work();
    let peak = ALLOCATOR.peak_usage().saturating_sub(before);
    let each = peak as f64 / bytes as f64;
    println!(
        "{name:<34} {:>8.1} {:>10.1} {each:>14.1}",
        bytes as f64 / 1e6,
        peak as f64 / 1e6
    );
}
