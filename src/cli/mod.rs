//! The command line: one file a verb.
//!
//! Exit codes: 0 clean, or warnings only (`--deny-warnings` turns them into 1); 1 errors or
//! findings; 2 usage, configuration, or a file that cannot be read or written; 101 an internal
//! error; 130 interrupted (the system's own answer to an interrupt). Results go to standard
//! output, findings and progress to standard error; machine formats of `check` to standard output.

mod check;
mod completions;
mod console;
mod explain;
mod failure;
mod fix;
mod fmt;
mod init;
mod list;
mod load;
mod man;
mod measure;
mod panic;
mod plan;
mod program;
mod replay;
mod show;
mod store;
mod targets;
mod watch;

pub use console::Console;
pub use failure::Failure;
pub use targets::{Format, Numbered, Reports, Sink, Target, Targets};

use std::path::PathBuf;
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
    /// How findings are printed; may be repeated, each with its `--output` [default: human]
    #[arg(long, global = true, value_parser = targets::format(), help_heading = "Output")]
    format: Vec<Numbered<Format>>,
    /// Write the format before it to a file instead of a stream; `-` is standard output
    #[arg(long, global = true, value_name = "FILE", value_parser = targets::output(), help_heading = "Output")]
    output: Vec<Numbered<PathBuf>>,
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
    /// Print so many findings at most; 0 prints all [default: 100 for people, else all]
    #[arg(long, global = true, value_name = "N", help_heading = "Output")]
    max_diagnostics: Option<usize>,
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
    Init(init::Init),
    Check(check::Check),
    Fmt(fmt::Fmt),
    Plan(plan::Plan),
    List(list::List),
    Show(show::Show),
    Measure(measure::Measure),
    Load(load::Load),
    Replay(replay::Replay),
    Explain(explain::Explain),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Verb {
    /// What it has to say about sources.
    const fn reports(&self) -> Reports {
        match self {
            Self::Check(check) => check.reports(),
            Self::Init(_) | Self::Fmt(_) | Self::Plan(_) | Self::Load(_) | Self::Replay(_) => {
                Reports::Aside
            }
            Self::List(_)
            | Self::Show(_)
            | Self::Measure(_)
            | Self::Explain(_)
            | Self::Completions(_)
            | Self::Man(_) => Reports::Nothing,
        }
    }
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

impl Outcome {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Misconfigured => 2,
            Self::Defect => 101,
        }
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    panic::report_internal_errors();
    let cli = Cli::parse();
    let globals = &cli.globals;
    let targets = Targets::of(&globals.format, &globals.output, cli.verb.reports());
    let mut console = Console::new(globals, targets.clone().unwrap_or_default());
    let result = targets.and_then(|_| match cli.verb {
        Verb::Init(verb) => verb.run(&mut console),
        Verb::Check(verb) => verb.run(&mut console),
        Verb::Fmt(verb) => verb.run(&mut console),
        Verb::Plan(verb) => verb.run(&mut console),
        Verb::List(verb) => verb.run(&mut console),
        Verb::Show(verb) => verb.run(&mut console),
        Verb::Measure(verb) => verb.run(&mut console),
        Verb::Load(verb) => verb.run(&mut console),
        Verb::Replay(verb) => verb.run(&mut console),
        Verb::Explain(verb) => verb.run(&mut console),
        Verb::Completions(verb) => verb.run(&mut console),
        Verb::Man(verb) => verb.run(&mut console),
    });
    match result {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(2)
        }
    }
}
