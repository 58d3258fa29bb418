//! Whom an input may concern, without looking at everyone.

use super::eval::{Context, bind};
use super::program::Program;
use super::snapshot::Snapshot;
use super::{Dep, EventKind, Input, Row, RowRef, Value, View};
use crate::plan::{Enter, Expr, Trigger};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Whom an input may concern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// These people, whatever they wait for.
    pub people: BTreeSet<RowRef>,
    /// Whoever has a condition that reads one of these ([`super::PersonState::foreign`]).
    pub readers: Vec<Dep>,
    /// Everyone: a setting has changed.
    pub everyone: bool,
}

/// Finds whom an input may concern. The view already holds the input.
#[must_use]
pub fn reach(program: &Program, view: &dyn View, input: &Input, now: Timestamp) -> Reach {
    let mut found = Reach::default();
    match input {
        Input::Row { id, before, after } => {
            if program.is_profile(id.entity) {
                found.people.insert(id.clone());
            }
            found.readers.push(Dep::Row(id.clone()));
            found.readers.push(Dep::Table(id.entity));
            for row in [before, after].into_iter().flatten() {
                refer(program, row, &mut found);
            }
            if after.is_some() {
                dated(program, view, id, now, &mut found);
            }
        }
        Input::Event(event) => {
            let subject = &event.subject;
            found.readers.push(Dep::Events(subject.clone()));
            if program.is_profile(subject.entity) {
                found.people.insert(subject.clone());
            }
            if matches!(event.kind, EventKind::Declared(_)) {
                entering(program, view, event, now, &mut found);
            }
        }
        Input::Setting(_) => found.everyone = true,
        Input::Deployed | Input::Clock => {}
    }
    found
}

/// Those to whom a row refers, and those who read the rows that refer to what it refers to.
fn refer(program: &Program, row: &Row, found: &mut Reach) {
    for id in program.led_to(row) {
        if program.is_profile(id.entity) {
            found.people.insert(id.clone());
        }
        found.readers.push(Dep::Related(row.id.entity, id.clone()));
    }
}

/// Those whom a row with a date leads into a journey.
fn dated(program: &Program, view: &dyn View, id: &RowRef, now: Timestamp, found: &mut Reach) {
    for (position, journey) in program.journeys() {
        for clause in &journey.enter {
            if let Enter::Dated { row: Some(row), .. } = clause
                && row.entity == id.entity
            {
                let value = Value::Row(id.clone());
                let size = program.journey(position).map_or(0, |it| it.slots.len());
                let bound = [(row.slot, value)];
                found
                    .people
                    .extend(person(program, view, &row.person, size, &bound, now));
            }
        }
    }
}

/// Those whom an event about something leads into a journey.
fn entering(
    program: &Program,
    view: &dyn View,
    event: &std::sync::Arc<super::EventData>,
    now: Timestamp,
    found: &mut Reach,
) {
    for (_, journey) in program.journeys() {
        for clause in &journey.enter {
            if let Enter::On {
                on, person: led_to, ..
            } = clause
                && matches!(
                    (&on.trigger, &event.kind),
                    (Trigger::Event(wanted), EventKind::Declared(happened)) if wanted == happened
                )
            {
                let bound = [
                    (0, Value::Row(event.subject.clone())),
                    (on.slot, Value::Event(event.clone())),
                ];
                let size = journey.slots.len();
                found
                    .people
                    .extend(person(program, view, led_to, size, &bound, now));
            }
        }
    }
}

/// The person that an expression leads to.
fn person(
    program: &Program,
    view: &dyn View,
    led_to: &Expr,
    size: usize,
    bound: &[(u32, Value)],
    now: Timestamp,
) -> Option<RowRef> {
    let nobody = RowRef::new(u32::MAX, "");
    let zone = program.zone_of(None);
    let context = Context {
        program,
        snapshot: Snapshot { view, effects: &[] },
        now,
        person: &nobody,
        local: program.local(&zone),
        asking: None,
        unreachable: &[],
        watch: None,
    };
    let mut frame = vec![None; size.max(1)];
    for (slot, value) in bound {
        bind(&mut frame, *slot, Some(value.clone()));
    }
    match context.eval(&mut frame, led_to) {
        Ok(Some(Value::Row(person))) if program.is_profile(person.entity) => Some(person),
        _ => None,
    }
}
