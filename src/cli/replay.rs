//! `jalon replay`: a plan on recorded events, with what it would have sent.

use std::path::PathBuf;

use clap::Args;

use super::program::{self, Program};
use super::{Console, Failure, Outcome};

/// Run a project on recorded events and print what is sent, to whom and why
#[derive(Debug, Args)]
pub struct Replay {
    /// The folder of a project, or a plan
    #[arg(value_name = "DIR|PLAN", default_value = ".")]
    project: PathBuf,
    /// The store that `jalon load` filled
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// The events: CloudEvents in JSON, one a line
    #[arg(long, value_name = "EVENTS")]
    events: PathBuf,
    /// The instant of deployment [default: the first event's time]
    #[arg(long, value_name = "INSTANT")]
    from: Option<String>,
    /// The instant at which the clock stops [default: the last event's time]
    #[arg(long, value_name = "INSTANT")]
    until: Option<String>,
    /// Write the outbox to a file instead of standard output
    #[arg(long, value_name = "OUTBOX")]
    out: Option<PathBuf>,
}

impl Replay {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let _plan = match program::read(&self.project, console)? {
            Program::Ready(plan) => plan,
            Program::Refused(outcome) => return Ok(outcome),
        };
        Err(Failure::new("`jalon replay` is not there yet"))
    }
}
