//! The durable store: everything in memory, and behind it one SQLite file.
//!
//! What is recorded goes to an append-only *journal*, one transaction a batch of moments
//! (`synchronous=FULL`): appending was measured at seventeen times the speed of rewriting rows.
//! A *fold* then writes the rows that changed into the tables of the schema, what happened into
//! `jalon_history`, what rests into `jalon_resting`, and empties the journal. Opening reads the
//! tables and the journal after them, so that a process that was killed loses nothing that it had
//! made durable.
//!
//! The tables of the schema hold texts that people can read (`30.00 CAD`), one column a field.

mod fold;
mod journal;
mod tables;

use super::{MemoryStore, Store, StoreError};
use crate::engine::{
    Effect, EventData, Past, PastHandOver, PersonState, Row, RowRef, SendRef, Value, View,
};
use crate::plan::{FieldRef, Plan};
use jiff::Timestamp;
use journal::Record;
use rusqlite::{Connection, OptionalExtension};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The version of the file's own layout.
const LAYOUT: &str = "1";
/// The word that says up to which instant the plan ran.
const CLOCK: &str = "clock";
/// So many records are made durable together.
const BATCH: usize = 4_096;
/// The journal is folded when it holds so many batches.
const FOLD_AFTER: u32 = 64;

/// Why a store could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is damaged, or not a store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Journeys ran on it under another plan.
    #[error("journeys already ran on this store under another plan (`{0}`)")]
    OtherPlan(String),
}

/// Makes the line of the outbox for an effect that has one, on the data as they are just before
/// the effect is applied. The store keeps the line with the moment that made it.
pub type LineOf = fn(&Plan, &dyn View, &Effect) -> Option<String>;

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// It counts.
    Used,
    /// It was set aside, for this reason.
    SetAside(&'a str),
}

/// A store in a file.
#[derive(Debug)]
pub struct SqliteStore {
    plan: Arc<Plan>,
    memory: MemoryStore,
    connection: Connection,
    /// Recorded, not yet durable.
    pending: Vec<Record>,
    /// Those whose state changed since the last batch: a batch is durable as a whole, so only the
    /// last state of each is written.
    unsaved: FxHashSet<RowRef>,
    /// Where the next lines of the ledger and the history stand.
    next_line: i64,
    next_history: i64,
    batches: u32,
    /// Changed since the last fold.
    rows: BTreeSet<RowRef>,
    states: BTreeMap<RowRef, PersonState>,
    history: Vec<Record>,
    line_of: LineOf,
    /// The hand-overs, by outbox id: to whom, and what events about them carry.
    sends: FxHashMap<SmolStr, (RowRef, Arc<SendRef>)>,
    /// The changes of rows that came as events and the events that were set aside, with the reason,
    /// by source and id.
    seen: FxHashMap<(SmolStr, SmolStr), Option<String>>,
    /// The latest instant of a commit.
    clock: Option<Timestamp>,
    /// While a unit is open nothing becomes durable.
    unit: bool,
}

impl SqliteStore {
    /// Opens a store for a plan, or makes one.
    ///
    /// # Errors
    /// The file cannot be used, is no store, or belongs to people who rest in journeys of
    /// another plan.
    pub fn open(path: &Path, plan: &Arc<Plan>, line_of: LineOf) -> Result<Self, OpenError> {
        let connection = Connection::open(path).map_err(database)?;
        connection
            .pragma_update(None, "journal_mode", "WAL")
            .and_then(|()| connection.pragma_update(None, "synchronous", "FULL"))
            .and_then(|()| connection.execute_batch(tables::OWN))
            .map_err(database)?;
        let mut store = Self {
            plan: Arc::clone(plan),
            memory: MemoryStore::new(plan),
            connection,
            pending: Vec::new(),
            unsaved: FxHashSet::default(),
            next_line: 1,
            next_history: 1,
            batches: 0,
            rows: BTreeSet::new(),
            states: BTreeMap::new(),
            history: Vec::new(),
            line_of,
            sends: FxHashMap::default(),
            seen: FxHashMap::default(),
            clock: None,
            unit: false,
        };
        store.claim()?;
        tables::prepare(&store.connection, &store.plan)?;
        store.recover()?;
        let clock = store.word(CLOCK)?;
        let clock = clock.map(|clock| clock.parse::<Timestamp>()).transpose();
        store.clock = clock.map_err(|_| damaged("its clock is no instant"))?;
        Ok(store)
    }

    /// Checks the layout and the plan that the file says, or writes them into a new file.
    fn claim(&self) -> Result<(), OpenError> {
        let layout = self.word("layout")?;
        if let Some(layout) = layout.filter(|layout| layout != LAYOUT) {
            return Err(damaged(format!(
                "it has layout {layout}, this program reads {LAYOUT}"
            ))
            .into());
        }
        let ran: bool = self
            .connection
            .query_row(
                "select exists(select 1 from jalon_history) or exists(select 1 from jalon_journal)
                 or exists(select 1 from jalon_resting)",
                (),
                |row| row.get(0),
            )
            .map_err(database)?;
        let plan = self.word("plan")?;
        if let Some(plan) = plan.filter(|plan| ran && *plan != self.plan.fingerprint) {
            return Err(OpenError::OtherPlan(plan));
        }
        tables::set_word(&self.connection, "layout", LAYOUT)?;
        tables::set_word(&self.connection, "plan", &self.plan.fingerprint)?;
        Ok(())
    }

    /// A word that the file says about itself.
    fn word(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row(
                "select value from jalon_word where name = ?1",
                [name],
                |row| row.get(0),
            )
            .optional()
            .map_err(database)
    }

    /// Takes all back that was recorded since the last commit that was made durable. The store
    /// must not be used afterwards.
    pub fn abandon(mut self) {
        self.pending.clear();
    }

    /// Makes all that was recorded durable, and folds it.
    ///
    /// # Errors
    /// The store cannot write.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.append()?;
        self.fold()
    }

    /// The instant at which the plan was deployed on this store and up to which it ran, if it did.
    #[must_use]
    pub const fn clock(&self) -> Option<Timestamp> {
        self.clock
    }

    /// Begins a unit that is made durable as a whole by [`SqliteStore::end_unit`].
    pub const fn begin_unit(&mut self) {
        self.unit = true;
    }

    /// Ends a unit and makes it durable.
    ///
    /// # Errors
    /// The store cannot write.
    pub fn end_unit(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.unit = false;
        self.clock = Some(at);
        self.append()
    }

    /// What became of an event that came before, by source and id; nothing if it is new.
    #[must_use]
    pub fn fate(&self, source: &SmolStr, id: &SmolStr) -> Option<Fate<'_>> {
        let event = (source.clone(), id.clone());
        match self.seen.get(&event) {
            Some(Some(why)) => Some(Fate::SetAside(why)),
            Some(None) => Some(Fate::Used),
            None => self.memory.has_event(&event).then_some(Fate::Used),
        }
    }

    /// Remembers a change of rows that came as an event, or, with the reason, an event that is set
    /// aside. What is recorded next becomes durable with it.
    pub fn remember(&mut self, source: &SmolStr, id: &SmolStr, aside: Option<&str>) {
        self.record(Record::Seen {
            source: source.clone(),
            id: id.clone(),
            aside: aside.map(str::to_owned),
        });
    }

    /// A hand-over by its outbox id: to whom it went, and what events about it carry.
    #[must_use]
    pub fn send(&self, id: &str) -> Option<&(RowRef, Arc<SendRef>)> {
        self.sends.get(id)
    }

    /// Calls `each` for every line of the outbox, in order.
    ///
    /// # Errors
    /// The store cannot read or write, or `each` fails.
    pub fn lines<E: From<StoreError>>(
        &mut self,
        mut each: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        self.append()?;
        self.fold()?;
        let mut select = self
            .connection
            .prepare("select line from jalon_outbox order by position")
            .map_err(database)?;
        let mut rows = select.query(()).map_err(database)?;
        while let Some(row) = rows.next().map_err(database)? {
            let line = row.get_ref(0).map_err(database)?;
            each(
                line.as_str()
                    .map_err(|_| damaged("a line of the outbox is not a text"))?,
            )?;
        }
        Ok(())
    }

    fn record(&mut self, record: Record) {
        self.note(&record);
        self.pending.push(record);
    }

    /// Remembers what the next fold must write.
    fn note(&mut self, record: &Record) {
        self.index(record);
        match record {
            Record::Row { id, .. } => {
                self.rows.insert(id.clone());
            }
            Record::Effect {
                effect: Effect::Write { row, .. },
                ..
            } => {
                self.rows.insert(row.clone());
            }
            Record::State { person, state } => {
                self.states.insert(person.clone(), state.clone());
            }
            Record::Event(_)
            | Record::Seen { .. }
            | Record::Setting { .. }
            | Record::Line(_)
            | Record::Effect { .. } => self.history.push(record.clone()),
        }
    }

    /// Remembers what is looked up by id.
    fn index(&mut self, record: &Record) {
        match record {
            Record::Effect {
                effect: Effect::HandOver(hand_over),
                ..
            } => {
                let send = (hand_over.person.clone(), Arc::clone(&hand_over.send));
                self.sends.insert(hand_over.send.id.clone(), send);
            }
            Record::Seen { source, id, aside } => {
                let event = (source.clone(), id.clone());
                self.seen.insert(event, aside.clone());
            }
            Record::Row { .. }
            | Record::Event(_)
            | Record::Setting { .. }
            | Record::State { .. }
            | Record::Line(_)
            | Record::Effect { .. } => {}
        }
    }
}

pub(super) fn database(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => damaged("it is not an SQLite file"),
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            StoreError::Database("another process is using it".into())
        }
        _ => StoreError::Database(error.to_string()),
    }
}

pub(super) fn damaged(what: impl Into<String>) -> StoreError {
    StoreError::Damaged(what.into())
}

impl View for SqliteStore {
    fn row(&self, entity: u32, key: &str) -> Option<Arc<Row>> {
        self.memory.row(entity, key)
    }

    fn related(&self, via: FieldRef, key: &str) -> Vec<Arc<Row>> {
        self.memory.related(via, key)
    }

    fn indexed(&self, field: FieldRef, value: &Value) -> Vec<Arc<Row>> {
        self.memory.indexed(field, value)
    }

    fn rows(&self, entity: u32) -> Vec<Arc<Row>> {
        self.memory.rows(entity)
    }

    fn events(
        &self,
        event: u32,
        subject: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]> {
        self.memory.events(event, subject, after)
    }

    fn channel_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]> {
        self.memory.channel_events(person, after)
    }

    fn journey_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]> {
        self.memory.journey_events(person, after)
    }

    fn past(&self, journey: u32, person: &RowRef, key: &str) -> Past {
        self.memory.past(journey, person, key)
    }

    fn inside(&self, journey: u32, person: &RowRef) -> u32 {
        self.memory.inside(journey, person)
    }

    fn hand_overs(&self, person: &RowRef, after: Timestamp) -> Cow<'_, [Arc<PastHandOver>]> {
        self.memory.hand_overs(person, after)
    }

    fn hand_overs_to(&self, address: &str, after: Timestamp) -> Cow<'_, [Arc<PastHandOver>]> {
        self.memory.hand_overs_to(address, after)
    }

    fn setting(&self, setting: u32) -> Option<Value> {
        self.memory.setting(setting)
    }
}

impl Store for SqliteStore {
    fn write_row(&mut self, id: &RowRef, row: Option<Arc<Row>>) -> Result<(), StoreError> {
        self.record(Record::Row {
            id: id.clone(),
            row: row.clone(),
        });
        self.memory.write_row(id, row)
    }

    fn record_event(&mut self, event: &Arc<EventData>) -> Result<bool, StoreError> {
        let new = self.memory.record_event(event)?;
        if new {
            self.record(Record::Event(Arc::clone(event)));
        }
        Ok(new)
    }

    fn write_setting(&mut self, setting: u32, value: Value) -> Result<(), StoreError> {
        self.record(Record::Setting {
            setting,
            value: value.clone(),
        });
        self.memory.write_setting(setting, value)
    }

    fn apply(&mut self, at: Timestamp, effect: &Effect) -> Result<(), StoreError> {
        if let Some(line) = (self.line_of)(&self.plan, &self.memory, effect) {
            self.record(Record::Line(line));
        }
        self.record(Record::Effect {
            at,
            effect: effect.clone(),
        });
        self.memory.apply(at, effect)
    }

    fn save(&mut self, person: &RowRef, state: &PersonState) -> Result<(), StoreError> {
        let unchanged = match self.memory.state(person) {
            Some(known) => known == state,
            None => state.is_empty(),
        };
        if unchanged {
            return Ok(());
        }
        self.unsaved.insert(person.clone());
        self.memory.save(person, state)
    }

    fn saved(&self) -> Result<Vec<(RowRef, PersonState)>, StoreError> {
        self.memory.saved()
    }

    fn commit(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.clock = self.clock.max(Some(at));
        if self.unit || self.pending.len() + self.unsaved.len() < BATCH {
            return Ok(());
        }
        self.append()?;
        if self.batches >= FOLD_AFTER {
            self.fold()
        } else {
            Ok(())
        }
    }
}
