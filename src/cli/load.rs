//! `jalon load`: rows into a store.

use std::path::PathBuf;

use clap::Args;

use super::program::{self, Program};
use super::{Console, Failure, Outcome};

/// Load rows of a profile or table, each validated against the schema
#[derive(Debug, Args)]
pub struct Load {
    /// The store; created if it does not exist
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// The folder of a project, or a plan
    #[arg(long, value_name = "DIR|PLAN", default_value = ".")]
    project: PathBuf,
    /// The profile or table
    #[arg(value_name = "TABLE")]
    table: String,
    /// The rows: .csv with a header line, or .ndjson with one object a line
    #[arg(value_name = "DATA")]
    data: PathBuf,
}

impl Load {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let _plan = match program::read(&self.project, console)? {
            Program::Ready(plan) => plan,
            Program::Refused(outcome) => return Ok(outcome),
        };
        Err(Failure::new("`jalon load` is not there yet"))
    }
}
