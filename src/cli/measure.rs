//! `jalon measure`: how long messages get, and what they cost.

use std::path::PathBuf;

use clap::Args;

use super::targets::Format;
use super::{Console, Failure, Outcome};
use crate::diag::did_you_mean;
use crate::measure::{self, Measured, Scale};
use crate::pipeline::{self, Project};

/// Measure messages: segments of text messages, subjects and sizes of emails, what a send costs
#[derive(Debug, Args)]
pub struct Measure {
    /// Measure only this message
    #[arg(value_name = "MESSAGE")]
    message: Option<String>,
    /// The folder of a project
    #[arg(long, value_name = "DIR", default_value = ".")]
    project: PathBuf,
}

impl Measure {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let checked = pipeline::check(Project::load(&self.project)?);
        if checked.has_errors() {
            return console.findings(&checked.findings, &checked.project.sources);
        }
        let messages = &checked.model.messages;
        let wanted = |name: &str| self.message.as_ref().is_none_or(|wanted| wanted == name);
        if let Some(name) = &self.message
            && !messages.iter().any(|message| message.name == *name)
        {
            let known = messages.iter().map(|message| message.name.as_str());
            let failure = Failure::new(format!("there is no message `{name}`"));
            return Err(match did_you_mean(name, known) {
                Some(help) => failure.help(help),
                None => failure.help("run `jalon measure` for all of them"),
            });
        }
        let project = &checked.project;
        let scale = Scale::new(&checked.model, &project.sources, &project.manifest);
        let measured: Vec<Measured> = messages
            .iter()
            .filter(|message| wanted(&message.name))
            .flat_map(|message| scale.message(message))
            .collect();
        if console.asks_for(Format::Json) {
            let mut text = serde_json::to_string_pretty(&measured).map_err(|error| {
                Failure::new(format!("the measures cannot be written: {error}"))
            })?;
            text.push('\n');
            console.result(&text)?;
        } else if measured.is_empty() {
            console.say("nothing to measure: the messages have no contents for a channel");
        } else {
            console.result(&measure::table(&measured))?;
        }
        Ok(Outcome::Clean)
    }
}
