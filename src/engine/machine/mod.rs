//! The state machine of one person: what an input does, in the order that the language fixes.
//!
//! One input is applied in this order: rows and consent; goals; `leave`; the rest's arms in
//! source order; timers due; entries. Journeys go by priority, then name. What an input causes (a
//! field that is set, a `sent`, an `entered`) is an input of the same instant, applied after it.

mod end;
mod enter;
mod hear;
mod rest;
mod run;
mod schedule;
mod send;
mod write;

use super::eval::{Asking, Context, Fault, Frame, Watch, bind};
use super::program::Program;
use super::snapshot::Snapshot;
use super::{
    Effect, EventData, EventKind, Failure, Input, Instance, PersonState, Row, RowRef, Value, View,
};
use crate::plan::Journey;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use smol_str::{SmolStr, format_smolstr};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// The most inputs that one input may cause; the compiler refuses circles, so that nothing comes
/// near it.
const MOST: usize = 10_000;

/// Applies an input to one person at an instant, and returns what is to be done.
///
/// The view already holds the input. The state is that of this person, and becomes the state
/// after the input; nothing else is changed. Instants never go back: `now` is at or after that of
/// every earlier call.
#[must_use]
pub fn step(
    program: &Program,
    view: &dyn View,
    person: &RowRef,
    state: &mut PersonState,
    input: Input,
    now: Timestamp,
) -> Vec<Effect> {
    let row = view.row(person.entity, &person.key);
    if row.is_none() {
        let mut effects = Vec::new();
        forget(program, person, state, now, &mut effects);
        return effects;
    }
    let mut moment = Moment {
        program,
        view,
        person,
        now,
        zone: program.zone_of(row.as_deref()),
        state,
        effects: Vec::new(),
        queue: VecDeque::from([input]),
        running: None,
    };
    if matches!(moment.queue.front(), Some(Input::Clock | Input::Deployed)) {
        // A watch of a journey that no longer runs would be due for ever.
        let runs = |watch: &super::EntryWatch| program.runs(watch.journey);
        moment.state.entries.retain(runs);
    }
    let mut applied = 0;
    while let Some(input) = moment.queue.pop_front() {
        applied += 1;
        if applied > MOST {
            let journey = moment.running.unwrap_or_default();
            moment.failed(
                journey,
                "",
                "enter",
                "its consequences go in a circle".into(),
            );
            break;
        }
        moment.apply(&input);
    }
    moment.effects
}

/// Applies what was reported about one person before the deployment: an opt-out withdraws, a hard
/// bounce or a complaint makes an address unreachable. No journey sees it.
///
/// The view already holds the event. The effects are nothing but writes.
#[must_use]
pub fn past(
    program: &Program,
    view: &dyn View,
    person: &RowRef,
    state: &mut PersonState,
    event: &Arc<EventData>,
) -> Vec<Effect> {
    let row = view.row(person.entity, &person.key);
    let mut moment = Moment {
        program,
        view,
        person,
        now: event.time,
        zone: program.zone_of(row.as_deref()),
        state,
        effects: Vec::new(),
        queue: VecDeque::new(),
        running: None,
    };
    moment.absorb(&Input::Event(Arc::clone(event)));
    moment.effects
}

/// A person who is not there leaves every journey, without `finally`.
fn forget(
    program: &Program,
    person: &RowRef,
    state: &mut PersonState,
    now: Timestamp,
    effects: &mut Vec<Effect>,
) {
    let gone = std::mem::take(state);
    for instance in gone.instances {
        let because = Some(Value::Text(SmolStr::new_static("deleted")));
        let event = journey_event(
            program,
            person,
            &instance,
            crate::plan::JourneyEvent::Left,
            because,
            now,
        );
        effects.push(Effect::Event(Arc::new(event)));
    }
}

/// One input, and what it causes, for one person at one instant.
struct Moment<'a> {
    program: &'a Program,
    view: &'a dyn View,
    person: &'a RowRef,
    now: Timestamp,
    zone: TimeZone,
    state: &'a mut PersonState,
    effects: Vec<Effect>,
    /// What the effects cause in turn.
    queue: VecDeque<Input>,
    /// The journey that ran last.
    running: Option<u32>,
}

/// An instance between being taken from the state and resting again or ending.
struct Run {
    instance: Instance,
    frame: Frame,
}

/// How far the effects were at an instant to which a failure goes back.
#[derive(Clone, Copy)]
struct Checkpoint {
    effects: usize,
    queue: usize,
}

impl Moment<'_> {
    fn apply(&mut self, input: &Input) {
        self.absorb(input);
        self.goals(input);
        self.leaves(input);
        self.arms(input);
        self.timers();
        self.entries(input);
        let now = self.now;
        self.state.tails.retain(|tail| tail.expires() > now);
    }

    /// What expressions are evaluated in.
    fn context<'b>(
        &'b self,
        asking: Option<Asking<'b>>,
        watch: Option<&'b RefCell<Watch>>,
    ) -> Context<'b> {
        Context {
            program: self.program,
            snapshot: Snapshot {
                view: self.view,
                effects: &self.effects,
            },
            now: self.now,
            person: self.person,
            local: self.program.local(&self.zone),
            asking,
            unreachable: &self.state.unreachable,
            watch,
        }
    }

    fn for_instance<'b>(&'b self, instance: &'b Instance) -> Context<'b> {
        self.context(Some(asking(instance)), None)
    }

    /// The instances that are there, in the order in which journeys go.
    fn present(&self) -> Vec<(u32, SmolStr)> {
        self.state
            .instances
            .iter()
            .map(|instance| (instance.journey, instance.key.clone()))
            .collect()
    }

    fn instance(&self, journey: u32, key: &str) -> Option<&Instance> {
        self.state
            .instances
            .iter()
            .find(|it| it.journey == journey && it.key == key)
    }

    /// Takes an instance out of the state, to run or to end.
    fn take(&mut self, journey: u32, key: &str) -> Option<Run> {
        let place = self
            .state
            .instances
            .iter()
            .position(|it| it.journey == journey && it.key == key)?;
        let instance = self.state.instances.remove(place);
        let frame = self.frame(journey, &instance.slots);
        Some(Run { instance, frame })
    }

    /// Puts an instance that rests into the state.
    fn put(&mut self, instance: Instance) {
        let rank = |it: &Instance| self.program.rank(it.journey);
        let place = self
            .state
            .instances
            .partition_point(|it| (rank(it), &it.key) < (rank(&instance), &instance.key));
        self.state.instances.insert(place, instance);
    }

    /// The frame of a journey: the person, and what is bound.
    fn frame(&self, journey: u32, slots: &[(u32, Value)]) -> Frame {
        let size = self
            .program
            .journey(journey)
            .map_or(1, |journey| journey.slots.len().max(1));
        let mut frame = vec![None; size];
        bind(&mut frame, 0, Some(Value::Row(self.person.clone())));
        for (slot, value) in slots {
            bind(&mut frame, *slot, Some(value.clone()));
        }
        frame
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            effects: self.effects.len(),
            queue: self.queue.len(),
        }
    }

    fn roll_back(&mut self, to: Checkpoint) {
        self.effects.truncate(to.effects);
        self.queue.truncate(to.queue);
        self.refresh_zone();
    }

    fn refresh_zone(&mut self) {
        let row = self.person_row();
        self.zone = self.program.zone_of(row.as_deref());
    }

    fn person_row(&self) -> Option<Arc<Row>> {
        let snapshot = self.context(None, None).snapshot;
        snapshot.row(self.person.entity, &self.person.key)
    }

    fn failed(&mut self, journey: u32, key: &str, place: &str, what: String) {
        self.effects.push(Effect::Failed(Box::new(Failure {
            at: self.now,
            person: self.person.clone(),
            journey,
            key: SmolStr::new(key),
            place: SmolStr::new(place),
            what,
        })));
    }

    /// Records an event of the engine's own, and lets the journeys hear it.
    fn record(&mut self, event: EventData) {
        let event = Arc::new(event);
        self.effects.push(Effect::Event(Arc::clone(&event)));
        if self.program.is_heard(&event.kind) {
            self.queue.push_back(Input::Event(event));
        }
    }
}

fn asking(instance: &Instance) -> Asking<'_> {
    Asking {
        journey: instance.journey,
        key: &instance.key,
        entry: instance.entry,
    }
}

/// `JOURNEY/KEY/ENTRY`: the beginning of every id of an instance.
fn instance_id(journey: &Journey, key: &str, entry: u32) -> SmolStr {
    format_smolstr!("{}/{key}/{entry}", journey.name)
}

fn journey_event(
    program: &Program,
    person: &RowRef,
    instance: &Instance,
    what: crate::plan::JourneyEvent,
    field: Option<Value>,
    now: Timestamp,
) -> EventData {
    use crate::plan::JourneyEvent as Happened;
    let word = match what {
        Happened::Entered => "entered",
        Happened::Left => "left",
        Happened::Converted => "converted",
    };
    let id = program
        .journey(instance.journey)
        .map(|journey| instance_id(journey, &instance.key, instance.entry))
        .unwrap_or_default();
    EventData {
        source: SmolStr::new_static("jalon"),
        id: format_smolstr!("{id}/{word}"),
        time: now,
        subject: person.clone(),
        kind: EventKind::Journey {
            journey: instance.journey,
            event: what,
            key: instance.key.clone(),
            entry: instance.entry,
        },
        fields: Box::new([field]),
        send: None,
    }
}

/// What went wrong, as a sentence.
fn sentence(fault: &Fault) -> String {
    fault.to_string()
}
