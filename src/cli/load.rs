//! `jalon load`: rows into a store.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::program::{self, Program};
use super::store;
use super::{Console, Failure, Outcome};
use crate::diag::codes::run as codes;
use crate::diag::{counted, nearest};
use crate::plan::Plan;
use crate::run::load::{LoadError, Loader};
use crate::source::disk;

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
        let plan: Arc<Plan> = match program::read(&self.project, console)? {
            Program::Ready(plan) => Arc::new(*plan),
            Program::Refused(outcome) => return Ok(outcome),
        };
        let position = position(&plan, &self.table)?;
        let ending = self
            .data
            .extension()
            .map(std::ffi::OsStr::to_ascii_lowercase);
        let is_csv = match ending.as_ref().and_then(|ending| ending.to_str()) {
            Some("csv") => true,
            Some("ndjson" | "jsonl") => false,
            _ => {
                return Err(Failure::new(format!(
                    "`{}` is neither .csv nor .ndjson",
                    self.data.display()
                ))
                .help("name the file after its form"));
            }
        };
        let data =
            disk::open(&self.data).map_err(|error| Failure::file(&self.data, "read", &error))?;
        let mut store = match store::open(&self.db, &plan, console)? {
            Ok(store) => store,
            Err(outcome) => return Ok(outcome),
        };
        let loader = Loader::new(&plan, &mut store, position)
            .ok_or_else(|| Failure::new("the table is not in the plan"))?;
        let loaded = if is_csv {
            loader.csv(data)
        } else {
            loader.ndjson(data)
        };
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(error) => {
                store.abandon();
                let what = format!("`{}`: {error}; nothing was loaded", self.data.display());
                return Err(match error {
                    LoadError::Columns(_) => Failure::new(what).help(format!(
                        "the first line names the fields of `{}`, in any order",
                        self.table
                    )),
                    LoadError::Read(_) | LoadError::Store(_) => Failure::new(what),
                });
            }
        };
        store
            .close()
            .map_err(|error| Failure::new(format!("`{}`: {error}", self.db.display())))?;
        console.line_findings(&codes::BAD_ROW, &self.data, &loaded.bad);
        let rows = counted(usize::try_from(loaded.rows).unwrap_or(usize::MAX), "row");
        console.say(&format!("loaded {rows} into `{}`", self.table));
        if loaded.bad.is_empty() {
            return Ok(Outcome::Clean);
        }
        console.say(&format!(
            "{} left out",
            counted(loaded.bad.len(), "bad row")
        ));
        Ok(Outcome::Findings)
    }
}

fn position(plan: &Plan, table: &str) -> Result<u32, Failure> {
    let at = plan.entities.iter().position(|entity| entity.name == table);
    if let Some(at) = at.and_then(|at| u32::try_from(at).ok()) {
        return Ok(at);
    }
    let names: Vec<&str> = plan
        .entities
        .iter()
        .map(|entity| entity.name.as_str())
        .collect();
    let failure = Failure::new(format!("the project has no profile or table `{table}`"));
    Err(match nearest(table, names.iter().copied()) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help(format!("it has {}", names.join(", "))),
    })
}
