//! `jalon completions`: what a shell needs to complete the command line.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Console, Failure, Outcome};

/// Print a script that completes `jalon` in your shell
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "jalon", &mut script);
        console.result(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Clean)
    }
}
