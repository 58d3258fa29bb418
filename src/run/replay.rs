//! Replay: a plan on recorded events, with the clock of the events.

use super::intake::events::{self, Incoming, What, sentences};
use super::intake::rows;
use crate::engine::{Failure, HandOver, Program, Refusal, RowRef, Value, View};
use crate::store::{Fate, Host, Outbox, SqliteStore, Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read};
use std::sync::Arc;

/// The longest line of events, in bytes.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// From when to when.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// The instant of deployment; left out, the first event's.
    pub from: Option<Timestamp>,
    /// The instant at which the clock stops; left out, the last event's.
    pub until: Option<Timestamp>,
}

/// What a replay did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Lines that were used.
    pub used: u64,
    /// Events that the store knew already.
    pub known: u64,
    /// Events after the end.
    pub later: u64,
    /// Lines that were set aside, with the reason.
    pub set_aside: Vec<(u64, String)>,
    /// Fields of events that the project does not declare: the event's type and the field.
    pub left_out: BTreeSet<(String, String)>,
    /// Instances that an error ended: one sentence each.
    pub failed: Vec<String>,
    /// Messages handed over in this run.
    pub sent: u64,
    /// Sends refused in this run.
    pub refused: u64,
    /// Where the clock stopped; nothing if it never ran.
    pub clock: Option<Timestamp>,
}

/// Why a replay stopped.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The events cannot be read.
    #[error("the events cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// The store cannot go on.
    #[error("the store cannot go on: {0}")]
    Store(#[from] StoreError),
}

/// Replays events over a store. `progress` is told how many bytes were read.
///
/// The clock is the latest time of an event. Events before the deployment are history: they count
/// in conditions, opt-outs and hard bounces among them in the gate, and start nothing. A store on which the plan ran before goes on from there, and
/// events that it knows change nothing, so a replay that was interrupted can be run again.
///
/// # Errors
/// The events cannot be read, or the store cannot go on.
pub fn replay(
    program: &Program,
    store: SqliteStore,
    events: impl BufRead,
    span: Span,
    progress: &mut dyn FnMut(u64),
) -> Result<(SqliteStore, Report), ReplayError> {
    let clock = store.clock();
    let start = clock.unwrap_or(Timestamp::MIN);
    let late_rows = i64::try_from(program.plan().project.late_rows).unwrap_or(i64::MAX);
    let mut run = Run {
        program,
        host: Host::new(program, store, start)?,
        deployed: clock.is_some(),
        span,
        patience: SignedDuration::from_secs(late_rows),
        tally: Tally::default(),
        report: Report::default(),
        read_up_to: Timestamp::MIN,
        held: BTreeMap::new(),
        held_for: FxHashMap::default(),
    };
    run.read(events, progress)?;
    run.finish()
}

/// Who is told what goes out: it counts, the store keeps the lines.
#[derive(Debug, Default)]
struct Tally {
    sent: u64,
    refused: u64,
    failed: Vec<Failure>,
}

impl Outbox for Tally {
    fn hand_over(&mut self, _view: &dyn View, _hand_over: &HandOver) {
        self.sent += 1;
    }

    fn refusal(&mut self, _refusal: &Refusal) {
        self.refused += 1;
    }

    fn failure(&mut self, failure: &Failure) {
        self.failed.push(failure.clone());
    }
}

struct Run<'p> {
    program: &'p Program,
    host: Host<'p, SqliteStore>,
    deployed: bool,
    span: Span,
    patience: SignedDuration,
    tally: Tally,
    report: Report,
    /// The latest time among the lines read. Patience is counted on it and not on the clock, which
    /// in a replay that is run again is ahead of the lines.
    read_up_to: Timestamp,
    /// Events about rows that are not there yet, by the end of their patience and their line.
    held: BTreeMap<(Timestamp, u64), (RowRef, Incoming)>,
    held_for: FxHashMap<RowRef, BTreeSet<(Timestamp, u64)>>,
}

impl Run<'_> {
    fn read(
        &mut self,
        mut events: impl BufRead,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), ReplayError> {
        let mut number = 0;
        let mut done = 0;
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let read = events
                .by_ref()
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut bytes)?;
            if read == 0 {
                return Ok(());
            }
            number += 1;
            done += u64::try_from(read).unwrap_or(0);
            progress(done);
            let line = bytes
                .strip_prefix(b"\xef\xbb\xbf")
                .unwrap_or(&bytes)
                .trim_ascii();
            if line.is_empty() {
                continue;
            }
            let incoming = match std::str::from_utf8(line) {
                Ok(text) => events::read(self.program.plan(), text),
                Err(_) => Err("is not text in UTF-8".to_owned()),
            };
            match incoming {
                Ok(incoming) => self.arrive(number, incoming)?,
                Err(what) => self.set_aside(number, what),
            }
        }
    }

    fn set_aside(&mut self, line: u64, what: impl Into<String>) {
        self.report.set_aside.push((line, what.into()));
    }

    /// Sets aside an event for what the store says now. It stays so when the replay is run again,
    /// although the store may then know the row or the send.
    fn set_event_aside(&mut self, line: u64, incoming: &Incoming, what: String) {
        let store = self.host.store_mut();
        store.remember(&incoming.source, &incoming.id, Some(&what));
        self.set_aside(line, what);
    }

    fn arrive(&mut self, line: u64, incoming: Incoming) -> Result<(), StoreError> {
        if self.span.until.is_some_and(|until| incoming.time > until) {
            self.report.later += 1;
            return Ok(());
        }
        if !self.deployed {
            let from = self.span.from.unwrap_or(incoming.time);
            if incoming.time >= from {
                self.deploy(from)?;
            }
        }
        self.read_up_to = self.read_up_to.max(incoming.time);
        if self.deployed {
            // What the event is about (a send, a row) may happen only on the way to its time.
            self.host.advance_before(incoming.time, &mut self.tally)?;
            self.lose_patience();
        }
        let patience = self.read_up_to.saturating_add(self.patience);
        self.take(line, incoming, patience.unwrap_or(Timestamp::MAX))
    }

    fn deploy(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.host.store_mut().begin_unit();
        self.date_loaded_rows(at)?;
        self.host.deploy(at, &mut self.tally)?;
        self.host.store_mut().end_unit(at)?;
        self.deployed = true;
        Ok(())
    }

    /// Loaded rows count as there at the deployment: that is when their `@refreshed` values are from.
    fn date_loaded_rows(&mut self, at: Timestamp) -> Result<(), StoreError> {
        for (position, entity) in (0_u32..).zip(&self.program.plan().entities) {
            if entity.fields.iter().all(|field| field.refreshed.is_none()) {
                continue;
            }
            for row in self.host.store().rows(position) {
                if row
                    .written
                    .iter()
                    .all(|(_, written)| *written != Timestamp::MIN)
                {
                    continue;
                }
                let mut dated = (*row).clone();
                for (_, written) in &mut dated.written {
                    *written = (*written).max(at);
                }
                let id = dated.id.clone();
                self.host
                    .store_mut()
                    .write_row(&id, Some(Arc::new(dated)))?;
            }
        }
        Ok(())
    }

    /// Uses an event, or holds it, until `end` at most.
    fn take(&mut self, line: u64, incoming: Incoming, end: Timestamp) -> Result<(), StoreError> {
        match self.host.store().fate(&incoming.source, &incoming.id) {
            None => {}
            Some(Fate::Used) => {
                self.report.known += 1;
                return Ok(());
            }
            Some(Fate::SetAside(why)) => {
                let why = why.to_owned();
                self.set_aside(line, why);
                return Ok(());
            }
        }
        if let Some(missing) = self.missing(&incoming) {
            let held_for = self.held_for.entry(missing.clone()).or_default();
            held_for.insert((end, line));
            self.held.insert((end, line), (missing, incoming));
            return Ok(());
        }
        let left_out = incoming
            .ignored
            .iter()
            .map(|field| (incoming.name(self.program.plan()), field.clone()));
        self.report.left_out.extend(left_out);
        match &incoming.what {
            What::Upserted(patch) => {
                let before = self.host.store().row(patch.id.entity, &patch.id.key);
                let row =
                    rows::applied(self.program.plan(), patch, before.as_deref(), incoming.time);
                match row {
                    Ok(row) => self.row(&incoming, &patch.id, Some(Arc::new(row))),
                    Err(problems) => {
                        let what = format!("is about a bad row: {}", sentences(&problems));
                        self.set_event_aside(line, &incoming, what);
                        Ok(())
                    }
                }
            }
            What::Deleted(id) => {
                if self.host.store().row(id.entity, &id.key).is_none() {
                    let what = format!("deletes the row `{}`, which is not there", id.key);
                    self.set_event_aside(line, &incoming, what);
                    return Ok(());
                }
                self.row(&incoming, id, None)
            }
            What::Declared { .. } => self.event(line, &incoming),
            What::Channel { .. } => self.event(line, &incoming),
        }
    }

    /// The first row that an event is about and that is not there.
    fn missing(&self, incoming: &Incoming) -> Option<RowRef> {
        let fields = match &incoming.what {
            What::Declared { fields, .. } | What::Channel { fields, .. } => fields,
            What::Upserted(_) | What::Deleted(_) => return None,
        };
        let named = fields.iter().filter_map(|field| match field {
            Some(Value::Row(id)) => Some(id),
            _ => None,
        });
        let absent = |id: &&RowRef| self.host.store().row(id.entity, &id.key).is_none();
        incoming
            .about()
            .into_iter()
            .chain(named)
            .find(absent)
            .cloned()
    }

    fn row(
        &mut self,
        incoming: &Incoming,
        id: &RowRef,
        row: Option<Arc<crate::engine::Row>>,
    ) -> Result<(), StoreError> {
        let store = self.host.store_mut();
        store.remember(&incoming.source, &incoming.id, None);
        self.report.used += 1;
        if self.deployed {
            self.host.row(id, row, incoming.time, &mut self.tally)?;
        } else {
            self.host.store_mut().write_row(id, row)?;
        }
        for key in self.held_for.remove(id).unwrap_or_default() {
            if let Some((_, waiting)) = self.held.remove(&key) {
                self.take(key.1, waiting, key.0)?;
            }
        }
        Ok(())
    }

    fn event(&mut self, line: u64, incoming: &Incoming) -> Result<(), StoreError> {
        let mut about = None;
        if let What::Channel {
            channel,
            person,
            send: Some(id),
            ..
        } = &incoming.what
        {
            match self.host.store().send(id) {
                Some((to, send)) if to == person && send.channel == *channel => {
                    about = Some(Arc::clone(send));
                }
                Some((to, _)) => {
                    let what = format!("is about the send `{id}`, which went to `{}`", to.key);
                    self.set_event_aside(line, incoming, what);
                    return Ok(());
                }
                None => {
                    let what = format!("is about the send `{id}`, which was never handed over");
                    self.set_event_aside(line, incoming, what);
                    return Ok(());
                }
            }
        }
        let Some(event) = incoming.event(about).map(Arc::new) else {
            return Ok(());
        };
        let new = if self.deployed {
            self.host.event(&event, &mut self.tally)?
        } else {
            self.host.history(&event)?
        };
        if new {
            self.report.used += 1;
        } else {
            self.report.known += 1;
        }
        Ok(())
    }

    /// Sets aside the events whose row has not come in time.
    fn lose_patience(&mut self) {
        while let Some(entry) = self.held.first_entry() {
            let key = *entry.key();
            if key.0 >= self.read_up_to {
                return;
            }
            let (missing, incoming) = entry.remove();
            if let Some(waiting) = self.held_for.get_mut(&missing) {
                waiting.remove(&key);
            }
            let what = self.never_loaded(&missing);
            self.set_event_aside(key.1, &incoming, what);
        }
    }

    fn never_loaded(&self, missing: &RowRef) -> String {
        let entity = self.program.plan().entities.get(missing.entity as usize);
        let entity = entity.map_or("row", |entity| entity.name.as_str());
        format!(
            "is about the {entity} `{}`, which was never loaded",
            missing.key
        )
    }

    fn finish(mut self) -> Result<(SqliteStore, Report), ReplayError> {
        if !self.deployed
            && let Some(from) = self.span.from.or(self.span.until)
        {
            self.deploy(from)?;
        }
        if self.deployed {
            let end = self.span.until.unwrap_or_else(|| self.host.clock());
            if end >= self.host.clock() {
                self.host.advance(end, &mut self.tally)?;
            }
            self.report.clock = Some(self.host.clock());
        }
        // More events may follow with the rows that these wait for: the store does not remember.
        while let Some((key, (missing, _))) = self.held.pop_first() {
            let what = self.never_loaded(&missing);
            self.set_aside(key.1, what);
        }
        self.report.set_aside.sort();
        self.report.sent = self.tally.sent;
        self.report.refused = self.tally.refused;
        self.report.failed = self
            .tally
            .failed
            .iter()
            .map(|failure| self.sentence(failure))
            .collect();
        Ok((self.host.into_store(), self.report))
    }

    fn sentence(&self, failure: &Failure) -> String {
        let journey = self.program.plan().journeys.get(failure.journey as usize);
        let journey = journey.map_or("", |journey| journey.name.as_str());
        format!(
            "journey `{journey}`, `{}`, of `{}` at {}: {}",
            failure.place, failure.person.key, failure.at, failure.what
        )
    }
}
