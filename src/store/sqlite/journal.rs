//! The journal: what was recorded, in order, one row a durable batch.

use super::{CLOCK, SqliteStore, damaged, database, tables};
use crate::engine::{Effect, EventData, PersonState, Row, RowRef, Value};
use crate::store::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::sync::Arc;

/// One thing that was recorded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Record {
    /// A row was written or deleted.
    Row {
        /// Which.
        id: RowRef,
        /// As it is now.
        row: Option<Arc<Row>>,
    },
    /// An event arrived.
    Event(Arc<EventData>),
    /// An operator changed a setting.
    Setting {
        /// Position in the plan.
        setting: u32,
        /// Its value.
        value: Value,
    },
    /// The engine decided something.
    Effect {
        /// When.
        at: Timestamp,
        /// What.
        effect: Effect,
    },
    /// What rests for a person.
    State {
        /// Who.
        person: RowRef,
        /// What.
        state: PersonState,
    },
    /// A line of the outbox.
    Line(String),
    /// A change of rows that came as an event, or an event that was set aside.
    Seen {
        /// Who sent it.
        source: SmolStr,
        /// Unique within the source.
        id: SmolStr,
        /// Why it was set aside, if it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        aside: Option<String>,
    },
}

impl SqliteStore {
    /// Makes all that is pending durable, in one transaction.
    pub(super) fn append(&mut self) -> Result<(), StoreError> {
        let mut people: Vec<RowRef> = self.unsaved.drain().collect();
        people.sort_unstable();
        for person in people {
            let state = self.memory.state(&person).cloned().unwrap_or_default();
            self.record(Record::State { person, state });
        }
        if self.pending.is_empty() {
            return Ok(());
        }
        let payload = serde_json::to_vec(&self.pending)
            .map_err(|error| damaged(format!("a record cannot be written: {error}")))?;
        let transaction = self.connection.transaction().map_err(database)?;
        transaction
            .execute("insert into jalon_journal (payload) values (?1)", [payload])
            .map_err(database)?;
        if let Some(clock) = self.clock {
            tables::set_word(&transaction, CLOCK, &clock.to_string())?;
        }
        transaction.commit().map_err(database)?;
        self.pending.clear();
        self.batches += 1;
        Ok(())
    }

    /// Reads the tables and then the journal into memory.
    pub(super) fn recover(&mut self) -> Result<(), StoreError> {
        self.read_tables()?;
        let mut batches: Vec<Vec<u8>> = Vec::new();
        {
            let mut select = self
                .connection
                .prepare("select payload from jalon_journal order by position")
                .map_err(database)?;
            let rows = select.query_map((), |row| row.get(0)).map_err(database)?;
            for row in rows {
                batches.push(row.map_err(database)?);
            }
        }
        for batch in batches {
            let records: Vec<Record> = serde_json::from_slice(&batch)
                .map_err(|error| damaged(format!("a batch of the journal: {error}")))?;
            for record in records {
                self.note(&record);
                self.replay(record)?;
            }
            self.batches += 1;
        }
        Ok(())
    }

    /// Brings one record into memory.
    pub(super) fn replay(&mut self, record: Record) -> Result<(), StoreError> {
        self.index(&record);
        use crate::store::Store as _;
        match record {
            Record::Row { id, row } => self.memory.write_row(&id, row),
            Record::Event(event) => self.memory.record_event(&event).map(|_| ()),
            Record::Setting { setting, value } => self.memory.write_setting(setting, value),
            Record::Effect { at, effect } => self.memory.apply(at, &effect),
            Record::State { person, state } => self.memory.save(&person, &state),
            Record::Line(_) | Record::Seen { .. } => Ok(()),
        }
    }
}
