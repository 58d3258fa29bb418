//! `jalon fmt`: the one layout.

use std::path::PathBuf;

use clap::Args;

use super::{Console, Failure, Outcome};

/// Lay out files in the one canonical way
#[derive(Debug, Args)]
pub struct Fmt {
    /// Folders or files; `-` reads standard input and writes standard output
    #[arg(value_name = "DIR|FILES|-", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Write nothing; fail if a file is not in the canonical layout
    #[arg(long)]
    check: bool,
    /// Write nothing; print what would change
    #[arg(long)]
    diff: bool,
}

impl Fmt {
    pub(super) fn run(self, _console: &mut Console) -> Result<Outcome, Failure> {
        Err(Failure::new("`jalon fmt` is not there yet"))
    }
}
