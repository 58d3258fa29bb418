//! From a checked project to a plan, and back from its JSON.
//!
//! The project is checked once, outside of what is measured: lowering with the fingerprint, the
//! writing of the JSON, and the reading with every validation, on one core.

use crate::generator;
use crate::timing::{Cost, best};
use jalon::pipeline::{Project, check};
use jalon::plan;
use jalon::source::FileId;
use std::io;

const RUNS: usize = 5;

pub fn table() -> io::Result<()> {
    println!(
        "\n{:<26} {:>6} {:>10} {:>10} {:>10}",
        "plan (cpu)", "MB", "lower", "write", "load"
    );
    for files in [1_000, 10_000] {
        let folder = tempfile::tempdir()?;
        generator::write(folder.path(), files)?;
        let checked = check(Project::load(folder.path()).expect("the project was just written"));
        let manifest = &checked.project.manifest;
        let lower = || plan::lower(&checked.model, manifest).expect("the project has no errors");
        let lowered = lower();
        let text = plan::to_json(&lowered);
        let lowering = best(RUNS, lower);
        let writing = best(RUNS, || plan::to_json(&lowered));
        let loading = best(RUNS, || {
            plan::load(FileId(0), &text).expect("the plan is whole")
        });
        let name = format!("{files} files");
        let megabytes = text.len() as f64 / 1e6;
        let [lowering, writing, loading] =
            [lowering, writing, loading].map(|Cost { wall, cpu }| cpu.unwrap_or(wall));
        println!("{name:<26} {megabytes:>6.1} {lowering:>10.1?} {writing:>10.1?} {loading:>10.1?}");
    }
    Ok(())
}
