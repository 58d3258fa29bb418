//! How each thing of a project is used at all, a few bits each.

use super::{How, Sink, Thing, User, each_use};
use crate::model::hir::Model;
use crate::model::names::Named;
use crate::source::Place;

/// For each thing the ways in which it is used.
#[derive(Debug, Default)]
pub struct Marks {
    bits: Vec<u32>,
    starts: Starts,
}

/// Where the bits of each kind of thing start; those of members, where those of their owner do.
#[derive(Debug, Default)]
struct Starts {
    enums: usize,
    entities: usize,
    events: usize,
    channels: usize,
    purposes: usize,
    consents: usize,
    segments: usize,
    measures: usize,
    messages: usize,
    actions: usize,
    audiences: usize,
    calendars: usize,
    settings: usize,
    holdouts: usize,
    journeys: usize,
    variants: Vec<usize>,
    fields: Vec<usize>,
    event_fields: Vec<usize>,
    message_params: Vec<usize>,
    action_params: Vec<usize>,
    results: Vec<usize>,
    journey_params: Vec<usize>,
    sends: Vec<usize>,
    end: usize,
}

impl Starts {
    fn of(model: &Model) -> Self {
        let mut next = 0;
        let mut take = |count: usize| {
            let start = next;
            next += count;
            start
        };
        let mut starts = Self {
            enums: take(model.enums.len()),
            entities: take(model.entities.len()),
            events: take(model.events.len()),
            channels: take(model.channels.len()),
            purposes: take(model.purposes.len()),
            consents: take(model.consents.len()),
            segments: take(model.segments.len()),
            measures: take(model.measures.len()),
            messages: take(model.messages.len()),
            actions: take(model.actions.len()),
            audiences: take(model.audiences.len()),
            calendars: take(model.calendars.len()),
            settings: take(model.settings.len()),
            holdouts: take(model.holdouts.len()),
            journeys: take(model.journeys.len()),
            variants: model
                .enums
                .iter()
                .map(|it| take(it.variants.len()))
                .collect(),
            fields: model
                .entities
                .iter()
                .map(|it| take(it.fields.len()))
                .collect(),
            event_fields: model
                .events
                .iter()
                .map(|it| take(it.fields.len()))
                .collect(),
            message_params: model
                .messages
                .iter()
                .map(|it| take(it.params.len()))
                .collect(),
            action_params: model
                .actions
                .iter()
                .map(|it| take(it.params.len()))
                .collect(),
            results: model
                .actions
                .iter()
                .map(|it| take(it.returns.len()))
                .collect(),
            journey_params: model
                .journeys
                .iter()
                .map(|it| take(it.params.len()))
                .collect(),
            sends: model
                .journeys
                .iter()
                .map(|it| take(it.sends.len()))
                .collect(),
            end: 0,
        };
        starts.end = next;
        starts
    }

    /// The position of a thing's bits.
    fn position(&self, thing: Thing) -> Option<usize> {
        let member = |starts: &[usize], owner: usize, index: u32| {
            starts.get(owner).map(|start| start + index as usize)
        };
        match thing {
            Thing::Declared(named) => Some(self.declared(named)),
            Thing::Variant(of, index) => member(&self.variants, of.index(), index),
            Thing::Field(id) => member(&self.fields, id.entity.index(), id.index),
            Thing::EventField(of, index) => member(&self.event_fields, of.index(), index),
            Thing::MessageParam(of, index) => member(&self.message_params, of.index(), index),
            Thing::ActionParam(of, index) => member(&self.action_params, of.index(), index),
            Thing::JourneyParam(of, index) => member(&self.journey_params, of.index(), index),
            Thing::ResultField(of, index) => member(&self.results, of.index(), index),
            Thing::Send(of, send) => member(&self.sends, of.index(), send.0),
        }
    }

    fn declared(&self, named: Named) -> usize {
        match named {
            Named::Enum(id) => self.enums + id.index(),
            Named::Profile(id) | Named::Table(id) => self.entities + id.index(),
            Named::Event(id) => self.events + id.index(),
            Named::Channel(id) => self.channels + id.index(),
            Named::Purpose(id) => self.purposes + id.index(),
            Named::Consent(id) => self.consents + id.index(),
            Named::Segment(id) => self.segments + id.index(),
            Named::Measure(id) => self.measures + id.index(),
            Named::Message(id) => self.messages + id.index(),
            Named::Action(id) => self.actions + id.index(),
            Named::Audience(id) => self.audiences + id.index(),
            Named::Calendar(id) => self.calendars + id.index(),
            Named::Setting(id) => self.settings + id.index(),
            Named::Holdout(id) => self.holdouts + id.index(),
            Named::Journey(id) => self.journeys + id.index(),
        }
    }
}

impl Marks {
    /// The ways in which the things of a model are used.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let starts = Starts::of(model);
        let mut marks = Self {
            bits: vec![0; starts.end],
            starts,
        };
        each_use(model, &mut marks);
        marks
    }

    /// Whether a thing is used in one of these ways.
    #[must_use]
    pub fn any(&self, thing: Thing, ways: &[How]) -> bool {
        let bits = self.starts.position(thing).and_then(|at| self.bits.get(at));
        let asked = ways.iter().fold(0, |bits, how| bits | *how as u32);
        bits.is_some_and(|bits| bits & asked != 0)
    }
}

impl Sink for Marks {
    fn found(&mut self, thing: Thing, how: How, by: User, _: Place) {
        // What a thing says of itself is no use: a segment cannot, a journey may.
        if thing_is(thing, by) {
            return;
        }
        if let Some(bits) = self
            .starts
            .position(thing)
            .and_then(|at| self.bits.get_mut(at))
        {
            *bits |= how as u32;
        }
    }
}

fn thing_is(thing: Thing, by: User) -> bool {
    matches!((thing, by), (Thing::Declared(thing), User::Declared(by)) if thing == by)
}
