//! `jalon show`: one thing of a project, and where it is used.

use std::path::PathBuf;

use clap::Args;

use super::list::{of, unprintable};
use super::targets::Format;
use super::{Console, Failure, Outcome};
use crate::inventory::{self, Detail, Fact, Kind};
use crate::measure::{self, Scale};
use crate::pipeline::{self, Checked, Project};

/// Show one thing: what it says, its source, and every place where it is used
#[derive(Debug, Args)]
pub struct Show {
    /// A name (`gift_made`), a field, parameter, variant or labelled step after the name of its
    /// owner (`Member.email`, `welcome.thanks`), or the title of a promise or test
    #[arg(value_name = "NAME")]
    name: String,
    /// The folder of a project
    #[arg(long, value_name = "DIR", default_value = ".")]
    project: PathBuf,
}

impl Show {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let checked = pipeline::check(Project::load(&self.project)?);
        let mut item = match of(&checked).show(self.name.trim()) {
            Ok(item) => item,
            Err(unknown) => {
                console.errors(&checked);
                return Err(Failure::new(unknown.message).help(unknown.help));
            }
        };
        if item.kind == Kind::Message {
            let values = sizes(&checked, &item.name);
            if !values.is_empty() {
                let name = "size";
                item.facts.push(Fact { name, values });
            }
        }
        if console.asks_for(Format::Json) {
            console.result(&inventory::json(vec![item]).map_err(unprintable)?)?;
        } else {
            let text = inventory::text(&[item], Detail::Show, console.width());
            console.styled_result(&text)?;
        }
        Ok(console.errors(&checked))
    }
}

/// How long each part of a message gets, and what it costs, as `jalon measure` says it. Nothing is
/// measured in a project with errors.
fn sizes(checked: &Checked, name: &str) -> Vec<String> {
    if checked.has_errors() {
        return Vec::new();
    }
    let project = &checked.project;
    let scale = Scale::new(&checked.model, &project.sources, &project.manifest);
    let mut messages = checked.model.messages.iter();
    let message = messages.find(|message| message.name == name);
    let parts = message.into_iter().flat_map(|one| scale.message(one));
    parts.map(|part| measure::line(&part)).collect()
}
