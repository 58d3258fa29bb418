//! The store in memory: for tests, the simulator, and over it the overlay of a durable store.

mod events;
mod rows;
mod view;

use super::{Store, StoreError};
use crate::engine::{
    Effect, EventData, EventKind, Past, PastHandOver, PersonState, Row, RowRef, Value,
};
use crate::plan::{JourneyEvent, Plan};
use events::Timeline;
use jiff::Timestamp;
use rows::Rows;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything in memory; nothing survives the process.
#[derive(Debug, Default)]
pub struct MemoryStore {
    rows: Rows,
    declared: FxHashMap<(u32, RowRef), Timeline<EventData>>,
    channels: FxHashMap<RowRef, Timeline<EventData>>,
    journeys: FxHashMap<RowRef, Timeline<EventData>>,
    seen: FxHashSet<(SmolStr, SmolStr)>,
    past: FxHashMap<(u32, RowRef, SmolStr), Past>,
    inside: FxHashMap<(u32, RowRef), u32>,
    by_person: FxHashMap<RowRef, Timeline<PastHandOver>>,
    by_address: FxHashMap<SmolStr, Timeline<PastHandOver>>,
    settings: FxHashMap<u32, Value>,
    states: BTreeMap<RowRef, PersonState>,
}

impl MemoryStore {
    /// An empty store for a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self {
            rows: Rows::new(plan),
            ..Self::default()
        }
    }

    /// True if an event of this source and id was recorded.
    #[must_use]
    pub fn has_event(&self, event: &(SmolStr, SmolStr)) -> bool {
        self.seen.contains(event)
    }

    fn keep_event(&mut self, event: &Arc<EventData>) {
        match &event.kind {
            EventKind::Declared(declared) => {
                let key = (*declared, event.subject.clone());
                let timeline = self.declared.entry(key).or_default();
                timeline.add(Arc::clone(event), |event| event.time);
            }
            EventKind::Channel { .. } => {
                let timeline = self.channels.entry(event.subject.clone()).or_default();
                timeline.add(Arc::clone(event), |event| event.time);
            }
            EventKind::Journey {
                journey,
                event: what,
                key,
                entry,
            } => {
                let past = self
                    .past
                    .entry((*journey, event.subject.clone(), key.clone()))
                    .or_default();
                let inside = self
                    .inside
                    .entry((*journey, event.subject.clone()))
                    .or_default();
                match what {
                    JourneyEvent::Entered => {
                        past.entries = past.entries.max(*entry);
                        past.ended = None;
                        *inside += 1;
                    }
                    JourneyEvent::Left => {
                        past.ended = Some(event.time);
                        *inside = inside.saturating_sub(1);
                    }
                    JourneyEvent::Converted => {}
                }
                let timeline = self.journeys.entry(event.subject.clone()).or_default();
                timeline.add(Arc::clone(event), |event| event.time);
            }
        }
    }
}

impl MemoryStore {
    /// What rests for a person; nothing if nothing does.
    pub(super) fn state(&self, person: &RowRef) -> Option<&PersonState> {
        self.states.get(person)
    }
}

impl Store for MemoryStore {
    fn write_row(&mut self, id: &RowRef, row: Option<Arc<Row>>) -> Result<(), StoreError> {
        self.rows.write(id, row);
        Ok(())
    }

    fn record_event(&mut self, event: &Arc<EventData>) -> Result<bool, StoreError> {
        let new = self.seen.insert((event.source.clone(), event.id.clone()));
        if new {
            self.keep_event(event);
        }
        Ok(new)
    }

    fn write_setting(&mut self, setting: u32, value: Value) -> Result<(), StoreError> {
        self.settings.insert(setting, value);
        Ok(())
    }

    fn apply(&mut self, _at: Timestamp, effect: &Effect) -> Result<(), StoreError> {
        match effect {
            Effect::Write { row, fields, at } => {
                self.rows.change(row, fields, *at);
            }
            Effect::Event(event) => self.keep_event(event),
            Effect::HandOver(hand_over) => {
                let past = Arc::new(hand_over.past());
                let timeline = self.by_person.entry(past.person.clone()).or_default();
                timeline.add(Arc::clone(&past), |past| past.at);
                if let Some(address) = past.to.clone() {
                    let timeline = self.by_address.entry(address).or_default();
                    timeline.add(past, |past| past.at);
                }
            }
            Effect::Refusal(_) | Effect::Failed(_) => {}
        }
        Ok(())
    }

    fn save(&mut self, person: &RowRef, state: &PersonState) -> Result<(), StoreError> {
        if state.is_empty() {
            self.states.remove(person);
        } else {
            self.states.insert(person.clone(), state.clone());
        }
        Ok(())
    }

    fn saved(&self) -> Result<Vec<(RowRef, PersonState)>, StoreError> {
        Ok(self
            .states
            .iter()
            .map(|(person, state)| (person.clone(), state.clone()))
            .collect())
    }

    fn commit(&mut self, _at: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
