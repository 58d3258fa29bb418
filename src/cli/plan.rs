//! `jalon plan`: the project as one self-contained program.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Failure, Outcome, program};
use crate::pipeline::{self, Project};
use crate::{plan, source};

/// Check a project and print its plan
#[derive(Debug, Args)]
pub struct Plan {
    /// The folder of a project
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Write the plan to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the JSON Schema of the format instead
    #[arg(long, exclusive = true)]
    schema: bool,
}

impl Plan {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        if self.schema {
            console.result(&plan::schema())?;
            return Ok(Outcome::Clean);
        }
        let checked = pipeline::check(Project::load(&self.folder)?);
        let outcome = console.findings(&checked.findings, &checked.project.sources)?;
        if checked.has_errors() {
            return Ok(outcome);
        }
        let text = plan::to_json(&program::lowered(&checked)?);
        match &self.out {
            None => console.result(&text)?,
            Some(path) => source::disk::write(path, &text)
                .map_err(|error| Failure::file(path, "written", &error))?,
        }
        Ok(outcome)
    }
}
