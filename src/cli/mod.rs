//! The command line: one file a verb.
//!
//! Exit codes: 0 clean, or warnings only (`--deny-warnings` turns them into 1); 1 errors or
//! findings; 2 usage, configuration, or a file that cannot be read or written; 101 an internal
//! error; 130 interrupted (the system's own answer to an interrupt). Results go to standard
//! output, findings and progress to standard error; machine formats of `check` to standard output.

mod check;
mod console;
mod explain;
mod failure;
mod fix;
mod fmt;
mod load;
mod panic;
mod plan;
mod program;
mod replay;
mod store;

pub use console::Console;
pub use failure::Failure;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Customer journeys as code: checked before they run.
#[derive(Debug, Parser)]
#[command(
    name = "jalon",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
#[command(
    after_help = "Exit codes: 0 clean or warnings only, 1 errors or findings, \
    2 usage, configuration or files, 101 internal error, 130 interrupted."
)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    verb: Verb,
}

/// Options of every verb.
#[derive(Debug, Clone, Args)]
pub struct Globals {
    /// How findings are printed
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    format: Format,
    /// Whether findings are coloured; `auto` heeds NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    color: Color,
    /// Let warnings fail the command, like errors
    #[arg(long, global = true, help_heading = "Output")]
    deny_warnings: bool,
    /// Print so many findings at most; 0 prints all [default: 100; for json, all]
    #[arg(long, global = true, value_name = "N", help_heading = "Output")]
    max_diagnostics: Option<usize>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines they are about, for people
    #[default]
    Human,
    /// One line each, for editors and logs
    Concise,
    /// One document, for programs; its schema is docs/reference/diagnostics.schema.json
    Json,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Check(check::Check),
    Fmt(fmt::Fmt),
    Plan(plan::Plan),
    Load(load::Load),
    Replay(replay::Replay),
    Explain(explain::Explain),
}

/// How a verb ended, when it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about: exit code 0.
    Clean,
    /// There are errors or findings: exit code 1.
    Findings,
    /// The configuration or a file of the project is wrong: exit code 2.
    Misconfigured,
    /// Jalon found a defect of its own: exit code 101.
    Defect,
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    panic::report_internal_errors();
    let cli = Cli::parse();
    let mut console = Console::new(&cli.globals);
    let result = match cli.verb {
        Verb::Check(verb) => verb.run(&mut console),
        Verb::Fmt(verb) => verb.run(&mut console),
        Verb::Plan(verb) => verb.run(&mut console),
        Verb::Load(verb) => verb.run(&mut console),
        Verb::Replay(verb) => verb.run(&mut console),
        Verb::Explain(verb) => verb.run(&mut console),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Misconfigured) => ExitCode::from(2),
        Ok(Outcome::Defect) => ExitCode::from(101),
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(2)
        }
    }
}
