//! Where rows, events, history and what rests are kept.
//!
//! A store answers the engine's questions ([`View`]) and records what the engine decides. All
//! stores keep the same contract and pass the same tests.

mod host;
mod memory;
mod sqlite;
pub mod wire;

pub use host::{Host, Outbox};
pub use memory::MemoryStore;
pub use sqlite::{Fate, LineOf, OpenError, SqliteStore};

use crate::engine::{Effect, EventData, PersonState, Row, RowRef, Value, View};
use jiff::Timestamp;
use std::sync::Arc;

/// A store that cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database refuses to read or write.
    #[error("the database: {0}")]
    Database(String),
    /// What was read is not what was written.
    #[error("the database is damaged: {0}")]
    Damaged(String),
}

/// A store.
///
/// What is recorded is seen by the view at once. [`Store::commit`] ends a unit that is durable
/// as a whole or not at all. A view cannot report that reading fails: the store keeps the
/// error and returns it from the next call that can.
pub trait Store: View {
    /// Writes or deletes a row.
    ///
    /// # Errors
    /// The store cannot write.
    fn write_row(&mut self, id: &RowRef, row: Option<Arc<Row>>) -> Result<(), StoreError>;

    /// Records an event; false if the same source and id was recorded before, and nothing is done.
    ///
    /// # Errors
    /// The store cannot write.
    fn record_event(&mut self, event: &Arc<EventData>) -> Result<bool, StoreError>;

    /// Gives a setting another value.
    ///
    /// # Errors
    /// The store cannot write.
    fn write_setting(&mut self, setting: u32, value: Value) -> Result<(), StoreError>;

    /// Applies one effect of the engine.
    ///
    /// # Errors
    /// The store cannot write.
    fn apply(&mut self, at: Timestamp, effect: &Effect) -> Result<(), StoreError>;

    /// Keeps what rests for a person.
    ///
    /// # Errors
    /// The store cannot write.
    fn save(&mut self, person: &RowRef, state: &PersonState) -> Result<(), StoreError>;

    /// Everything that rests, by person. Called once, at the start.
    ///
    /// # Errors
    /// The store cannot read.
    fn saved(&self) -> Result<Vec<(RowRef, PersonState)>, StoreError>;

    /// Makes what was recorded since the last call durable together, in due time.
    ///
    /// # Errors
    /// The store cannot write.
    fn commit(&mut self, at: Timestamp) -> Result<(), StoreError>;
}
