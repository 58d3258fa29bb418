//! `jalon plan`: the project as one self-contained program.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Failure, Outcome};
use crate::pipeline::{self, Project};

/// Check a project and print its plan
#[derive(Debug, Args)]
pub struct Plan {
    /// The folder of a project
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Write the plan to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Plan {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let checked = pipeline::check(Project::load(&self.folder)?);
        let outcome = console.findings(&checked.findings, &checked.project.sources)?;
        if checked.has_errors() {
            return Ok(outcome);
        }
        Err(Failure::new("`jalon plan` is not there yet"))
    }
}
