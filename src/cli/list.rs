//! `jalon list`: what a project contains.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::targets::Format;
use super::{Console, Failure, Outcome};
use crate::inventory::{self, Detail, Inventory, Kind};
use crate::pipeline::{self, Checked, Project};

/// List what a project contains: journeys, messages, events and so on, with where each is used
#[derive(Debug, Args)]
pub struct List {
    /// What to list; left out, the names of everything
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(kinds()))]
    kind: Option<String>,
    /// The folder of a project
    #[arg(long, value_name = "DIR", default_value = ".")]
    project: PathBuf,
}

fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::LISTED.iter().map(|kind| kind.plural())
}

impl List {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let checked = pipeline::check(Project::load(&self.project)?);
        let inventory = of(&checked);
        let kind = self.kind.as_deref().and_then(Kind::of_plural);
        if console.asks_for(Format::Json) {
            let kinds = kind.map_or(Kind::LISTED.to_vec(), |kind| vec![kind]);
            let items = kinds.into_iter().flat_map(|kind| inventory.list(kind));
            console.result(&inventory::json(items.collect()).map_err(unprintable)?)?;
        } else if let Some(kind) = kind {
            let items = inventory.list(kind);
            if items.is_empty() {
                console.say(&format!("there are no {}", kind.plural()));
            }
            let text = inventory::text(&items, Detail::List, console.width());
            console.styled_result(&text)?;
        } else {
            console.styled_result(&inventory::overview(&inventory, console.width()))?;
        }
        Ok(console.errors(&checked))
    }
}

/// The inventory of a project that was checked, whatever was found.
pub(super) fn of(checked: &Checked) -> Inventory<'_> {
    Inventory::new(&checked.model, &checked.project.sources)
}

pub(super) fn unprintable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("the list cannot be printed: {error}"))
}
