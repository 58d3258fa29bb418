//! `jalon man`: the manual pages, made from the command line itself.

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};

use super::{Cli, Console, Failure, Outcome};
use crate::diag::{counted, did_you_mean};
use crate::source::disk;

/// Print a manual page, or write all of them
#[derive(Debug, Args)]
pub struct Man {
    /// The verb whose page to print [default: the page of jalon itself]
    #[arg(value_name = "VERB", conflicts_with = "dir")]
    verb: Option<String>,
    /// Write every page into a folder: jalon.1, jalon-check.1, ...
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let mut all = Cli::command().disable_help_subcommand(true);
        all.build();
        if let Some(folder) = &self.dir {
            return write(&all, folder, console);
        }
        let command = match &self.verb {
            None => &all,
            Some(verb) => all
                .find_subcommand(verb)
                .ok_or_else(|| unknown(verb, &all))?,
        };
        console.result(&page(command)?)?;
        Ok(Outcome::Clean)
    }
}

fn write(all: &Command, folder: &Path, console: &Console) -> Result<Outcome, Failure> {
    disk::make_folder(folder).map_err(|error| Failure::file(folder, "written", &error))?;
    let commands: Vec<&Command> = std::iter::once(all).chain(all.get_subcommands()).collect();
    for command in &commands {
        let path = folder.join(format!("{}.1", title(command)));
        disk::write(&path, &page(command)?)
            .map_err(|error| Failure::file(&path, "written", &error))?;
    }
    let count = counted(commands.len(), "page");
    console.say(&format!("wrote {count} into `{}`", folder.display()));
    Ok(Outcome::Clean)
}

/// `jalon`, `jalon-check`
fn title(command: &Command) -> &str {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
}

/// A page in roff. It has no date: the same program gives the same page.
fn page(command: &Command) -> Result<String, Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone())
        .source(concat!("Jalon ", env!("CARGO_PKG_VERSION")))
        .render(&mut text)
        .map_err(|error| Failure::new(format!("the page cannot be made: {error}")))?;
    // The missing date must have its place, or the version is taken for one.
    let text = String::from_utf8_lossy(&text);
    Ok(text.replacen(" 1  \"Jalon", " 1 \"\" \"Jalon", 1))
}

fn unknown(verb: &str, all: &Command) -> Failure {
    let verbs = all.get_subcommands().map(Command::get_name);
    let failure = Failure::new(format!("there is no verb `{verb}`"));
    match did_you_mean(verb, verbs) {
        Some(help) => failure.help(help),
        None => failure.help("`jalon --help` lists all"),
    }
}
