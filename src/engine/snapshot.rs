//! A view with the effects of the running step on top: own writes are visible.

use super::{Effect, EventData, EventKind, Past, PastHandOver, Row, RowRef, Value, View};
use crate::plan::{FieldRef, JourneyEvent};
use jiff::Timestamp;
use std::borrow::Cow;
use std::sync::Arc;

/// What the engine reads: the view, then what it has decided since.
#[derive(Clone, Copy)]
pub(super) struct Snapshot<'a> {
    pub view: &'a dyn View,
    pub effects: &'a [Effect],
}

impl<'a> Snapshot<'a> {
    pub(super) fn row(&self, entity: u32, key: &str) -> Option<Arc<Row>> {
        let row = self.view.row(entity, key)?;
        Some(self.written(row))
    }

    /// A row with the writes of this step.
    fn written(&self, row: Arc<Row>) -> Arc<Row> {
        let mut row = row;
        for effect in self.effects {
            if let Effect::Write {
                row: id,
                fields,
                at,
            } = effect
                && *id == row.id
            {
                let row = Arc::make_mut(&mut row);
                for (field, value) in fields {
                    row.write(*field, value.clone(), Some(*at));
                }
            }
        }
        row
    }

    pub(super) fn related(&self, via: FieldRef, key: &str) -> Vec<Arc<Row>> {
        let rows = self.view.related(via, key);
        self.all_written(rows)
    }

    pub(super) fn indexed(&self, field: FieldRef, value: &Value) -> Vec<Arc<Row>> {
        let rows = self.view.indexed(field, value);
        self.all_written(rows)
    }

    pub(super) fn rows(&self, entity: u32) -> Vec<Arc<Row>> {
        let rows = self.view.rows(entity);
        self.all_written(rows)
    }

    fn all_written(&self, rows: Vec<Arc<Row>>) -> Vec<Arc<Row>> {
        if self.effects.is_empty() {
            return rows;
        }
        rows.into_iter().map(|row| self.written(row)).collect()
    }

    pub(super) fn events(
        &self,
        event: u32,
        subject: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'a, [Arc<EventData>]> {
        self.view.events(event, subject, after)
    }

    pub(super) fn channel_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'a, [Arc<EventData>]> {
        let events = self.view.channel_events(person, after);
        self.with_own(events, person, |kind| {
            matches!(kind, EventKind::Channel { .. })
        })
    }

    pub(super) fn journey_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'a, [Arc<EventData>]> {
        let events = self.view.journey_events(person, after);
        self.with_own(events, person, |kind| {
            matches!(kind, EventKind::Journey { .. })
        })
    }

    /// Events with those that this step recorded: they happened now, so they are the last.
    fn with_own(
        &self,
        events: Cow<'a, [Arc<EventData>]>,
        person: &RowRef,
        wanted: impl Fn(&EventKind) -> bool,
    ) -> Cow<'a, [Arc<EventData>]> {
        let mut events = events;
        for effect in self.effects {
            if let Effect::Event(event) = effect
                && event.subject == *person
                && wanted(&event.kind)
            {
                events.to_mut().push(Arc::clone(event));
            }
        }
        events
    }

    /// What this step recorded about a journey of a person.
    fn own_journey<'b>(
        &'b self,
        journey: u32,
        person: &'b RowRef,
    ) -> impl Iterator<Item = (&'b EventData, JourneyEvent, &'b str, u32)> {
        self.effects.iter().filter_map(move |effect| {
            let Effect::Event(event) = effect else {
                return None;
            };
            let EventKind::Journey {
                journey: of,
                event: what,
                key,
                entry,
            } = &event.kind
            else {
                return None;
            };
            (*of == journey && event.subject == *person).then_some((
                &**event,
                *what,
                key.as_str(),
                *entry,
            ))
        })
    }

    pub(super) fn past(&self, journey: u32, person: &RowRef, key: &str) -> Past {
        let mut past = self.view.past(journey, person, key);
        for (event, what, of, entry) in self.own_journey(journey, person) {
            if of != key {
                continue;
            }
            match what {
                JourneyEvent::Entered => {
                    past.entries = past.entries.max(entry);
                    past.ended = None;
                }
                JourneyEvent::Left => past.ended = Some(event.time),
                JourneyEvent::Converted => {}
            }
        }
        past
    }

    /// Whether a person is inside a journey.
    pub(super) fn inside(&self, journey: u32, person: &RowRef) -> bool {
        let mut count = i64::from(self.view.inside(journey, person));
        for (_, what, _, _) in self.own_journey(journey, person) {
            match what {
                JourneyEvent::Entered => count += 1,
                JourneyEvent::Left => count -= 1,
                JourneyEvent::Converted => {}
            }
        }
        count > 0
    }

    /// The hand-overs to a person or to an address, later than an instant.
    pub(super) fn hand_overs(
        &self,
        person: &RowRef,
        address: Option<&str>,
        after: Timestamp,
    ) -> Vec<Arc<PastHandOver>> {
        let mut found: Vec<Arc<PastHandOver>> = self.view.hand_overs(person, after).into_owned();
        if let Some(address) = address {
            let others = self.view.hand_overs_to(address, after);
            found.extend(
                others
                    .iter()
                    .filter(|other| other.person != *person)
                    .cloned(),
            );
        }
        for effect in self.effects {
            if let Effect::HandOver(hand_over) = effect {
                found.push(Arc::new(hand_over.past()));
            }
        }
        found.retain(|past| past.at > after);
        found
    }

    pub(super) fn setting(&self, setting: u32) -> Option<Value> {
        self.view.setting(setting)
    }
}
