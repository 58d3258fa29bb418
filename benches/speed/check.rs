//! A whole project, from its files to its findings, on all cores, as `jalon check` does it.
//!
//! Projects of 100, 1,000 and 10,000 files are written to a temporary folder.

use crate::generator;
use crate::timing::{best, heads, row};
use jalon::pipeline::{Project, check};
use std::io;

const RUNS: usize = 5;

pub fn table() -> io::Result<()> {
    heads("check");
    for files in [100, 1_000, 10_000] {
        let folder = tempfile::tempdir()?;
        generator::write(folder.path(), files)?;
        let best = best(RUNS, || {
            let project = Project::load(folder.path()).expect("the project was just written");
            let checked = check(project);
            assert!(!checked.has_errors(), "{:#?}", checked.findings);
            checked
        });
        let texts: Vec<String> = generator::project(files)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let lines: usize = texts.iter().map(|text| text.lines().count()).sum();
        row(&format!("{files} files, {lines} lines"), &texts, best);
    }
    Ok(())
}
