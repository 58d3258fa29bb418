//! The engine's questions, answered from memory.

use super::MemoryStore;
use crate::engine::{EventData, Past, PastHandOver, Row, RowRef, Value, View};
use crate::plan::FieldRef;
use jiff::Timestamp;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::sync::Arc;

impl View for MemoryStore {
    fn row(&self, entity: u32, key: &str) -> Option<Arc<Row>> {
        self.rows.get(entity, key).cloned()
    }

    fn related(&self, via: FieldRef, key: &str) -> Vec<Arc<Row>> {
        self.rows.with(via, key)
    }

    fn indexed(&self, field: FieldRef, value: &Value) -> Vec<Arc<Row>> {
        self.rows.with(field, &value.key())
    }

    fn rows(&self, entity: u32) -> Vec<Arc<Row>> {
        self.rows.all(entity).cloned().collect()
    }

    fn events(
        &self,
        event: u32,
        subject: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]> {
        let timeline = self.declared.get(&(event, subject.clone()));
        Cow::Borrowed(timeline.map_or(&[], |timeline| timeline.after(after, |event| event.time)))
    }

    fn channel_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]> {
        let timeline = self.channels.get(person);
        Cow::Borrowed(timeline.map_or(&[], |timeline| timeline.after(after, |event| event.time)))
    }

    fn journey_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]> {
        let timeline = self.journeys.get(person);
        Cow::Borrowed(timeline.map_or(&[], |timeline| timeline.after(after, |event| event.time)))
    }

    fn past(&self, journey: u32, person: &RowRef, key: &str) -> Past {
        let id = (journey, person.clone(), SmolStr::new(key));
        self.past.get(&id).copied().unwrap_or_default()
    }

    fn inside(&self, journey: u32, person: &RowRef) -> u32 {
        let id = (journey, person.clone());
        self.inside.get(&id).copied().unwrap_or_default()
    }

    fn hand_overs(&self, person: &RowRef, after: Timestamp) -> Cow<'_, [Arc<PastHandOver>]> {
        let timeline = self.by_person.get(person);
        Cow::Borrowed(timeline.map_or(&[], |timeline| timeline.after(Some(after), |past| past.at)))
    }

    fn hand_overs_to(&self, address: &str, after: Timestamp) -> Cow<'_, [Arc<PastHandOver>]> {
        let timeline = self.by_address.get(address);
        Cow::Borrowed(timeline.map_or(&[], |timeline| timeline.after(Some(after), |past| past.at)))
    }

    fn setting(&self, setting: u32) -> Option<Value> {
        self.settings.get(&setting).cloned()
    }
}
