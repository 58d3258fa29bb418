//! `jalon load`: rows of one table from a CSV or NDJSON file into a store.

use super::intake::events::sentences;
use super::intake::rows::{self, Patch, Problem};
use crate::plan::{Entity, Plan};
use crate::store::{Store, StoreError};
use jiff::Timestamp;
use std::io::{BufRead, Read};
use std::sync::Arc;

/// The longest line of NDJSON, in bytes.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// What a load did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Rows that were written.
    pub rows: u64,
    /// Rows that were not, each with its line and the reason.
    pub bad: Vec<(u64, String)>,
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// Its columns do not fit the table.
    #[error("{0}")]
    Columns(String),
    /// The store cannot go on.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads one table into a store. Each row is validated; good ones are written even where others
/// are bad. Nothing is durable before the caller closes the store.
pub struct Loader<'a, S> {
    plan: &'a Plan,
    store: &'a mut S,
    position: u32,
    entity: &'a Entity,
    loaded: Loaded,
}

impl<'a, S: Store> Loader<'a, S> {
    /// A loader of the table at this position of the plan.
    pub fn new(plan: &'a Plan, store: &'a mut S, position: u32) -> Option<Self> {
        let entity = plan.entities.get(position as usize)?;
        Some(Self {
            plan,
            store,
            position,
            entity,
            loaded: Loaded::default(),
        })
    }

    /// Loads CSV (RFC 4180) with a line of column names.
    ///
    /// # Errors
    /// The file cannot be read, a column is not of the table, or the store cannot go on. Then the
    /// store must not be kept.
    pub fn csv(mut self, data: impl Read) -> Result<Loaded, LoadError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(data);
        let header = reader.headers().map_err(unreadable)?.clone();
        let mut columns = Vec::with_capacity(header.len());
        let mut wrong: Vec<Problem> = Vec::new();
        for name in &header {
            let name = name.trim_start_matches('\u{feff}');
            match rows::column(self.entity, name) {
                Ok(column) if columns.contains(&column) => wrong.push(Problem {
                    field: name.into(),
                    what: "stands twice".into(),
                }),
                Ok(column) => columns.push(column),
                Err(problem) => wrong.push(problem),
            }
        }
        if !wrong.is_empty() {
            return Err(LoadError::Columns(format!("column {}", sentences(&wrong))));
        }
        let mut record = csv::StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(self.loaded),
                Ok(true) => {
                    let line = record.position().map_or(line, csv::Position::line);
                    if record.len() == columns.len() {
                        let cells = record.iter();
                        let patch = rows::from_cells(self.plan, self.position, &columns, cells);
                        self.take(line, patch)?;
                    } else {
                        let what = format!(
                            "has {} cells, but there are {} columns",
                            record.len(),
                            columns.len()
                        );
                        self.loaded.bad.push((line, what));
                    }
                }
                Err(error) if error.is_io_error() => return Err(unreadable(error)),
                Err(error) => {
                    let line = error.position().map_or(line, csv::Position::line);
                    self.loaded
                        .bad
                        .push((line, "is not text in UTF-8".to_owned()));
                }
            }
        }
    }

    /// Loads JSON objects, one a line; empty lines are passed over.
    ///
    /// # Errors
    /// The file cannot be read, or the store cannot go on. Then the store must not be kept.
    pub fn ndjson(mut self, mut data: impl BufRead) -> Result<Loaded, LoadError> {
        let mut number = 0;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if data
                .by_ref()
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut bytes)?
                == 0
            {
                return Ok(self.loaded);
            }
            number += 1;
            let text = bytes
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&bytes)
                .trim_ascii();
            if text.is_empty() {
                continue;
            }
            match serde_json::from_slice::<serde_json::Value>(text) {
                Ok(serde_json::Value::Object(object)) => {
                    let patch = rows::from_object(self.plan, self.position, &object);
                    self.take(number, patch)?;
                }
                Ok(_) => self
                    .loaded
                    .bad
                    .push((number, "is not a JSON object".to_owned())),
                Err(error) => {
                    self.loaded
                        .bad
                        .push((number, format!("is not JSON: {error}")));
                }
            }
        }
    }

    fn take(&mut self, line: u64, patch: Result<Patch, Vec<Problem>>) -> Result<(), LoadError> {
        let outcome = patch.and_then(|patch| {
            let before = self.store.row(patch.id.entity, &patch.id.key);
            // When a loaded value was written is not known before the deployment.
            let row = rows::applied(self.plan, &patch, before.as_deref(), Timestamp::MIN)?;
            Ok((patch.id, row))
        });
        match outcome {
            Ok((id, row)) => {
                self.store.write_row(&id, Some(Arc::new(row)))?;
                self.loaded.rows += 1;
            }
            Err(problems) => self.loaded.bad.push((line, sentences(&problems))),
        }
        Ok(())
    }
}

fn unreadable(error: csv::Error) -> LoadError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => LoadError::Read(error),
        csv::ErrorKind::Utf8 { .. } => {
            LoadError::Columns("the line of column names is not text in UTF-8".into())
        }
        other => LoadError::Columns(format!("{other:?}")),
    }
}
