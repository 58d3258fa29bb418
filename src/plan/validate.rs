//! Whether a plan holds together: every position leads somewhere.

mod claims;
mod journeys;
mod values;

use super::{Duration, Expr, Field, FieldRef, Plan, Rows, Source, Trigger, Type};
use std::collections::BTreeSet;

/// One thing that is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `journey welcome, step ask`.
    pub part: String,
    /// What: `leads to step 12, which is not there`.
    pub what: String,
}

/// The most slots that a frame has, so that a forged number cannot ask for all memory.
const MOST_SLOTS: u32 = 1 << 16;

/// Everything that is wrong with a plan, in its order, at most 100 faults.
#[must_use]
pub fn faults(plan: &Plan) -> Vec<Fault> {
    let mut check = Check {
        plan,
        part: String::new(),
        slots: 0,
        sends: 0,
        faults: Vec::new(),
    };
    check.declarations();
    for journey in &plan.journeys {
        check.journey(journey);
    }
    check.claims();
    check.faults.truncate(100);
    check.faults
}

/// The walk over a plan.
struct Check<'p> {
    plan: &'p Plan,
    /// What is being looked at, for the messages.
    part: String,
    /// How many slots the frame of the declaration has.
    slots: usize,
    /// How many labelled sends the journey has.
    sends: usize,
    faults: Vec<Fault>,
}

impl<'p> Check<'p> {
    fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(Fault {
            part: self.part.clone(),
            what: what.into(),
        });
    }

    fn enter(&mut self, kind: &str, name: &str, slots: u32) {
        self.part = format!("{kind} `{name}`");
        self.slots = slots as usize;
        if slots > MOST_SLOTS {
            self.fault(format!("has {slots} slots: {MOST_SLOTS} are the most"));
        }
    }

    /// Checks that a position leads into a list.
    fn within(&mut self, position: u32, length: usize, what: &str) {
        if position as usize >= length {
            self.fault(format!(
                "names {what} {position}, but there are only {length}"
            ));
        }
    }

    fn names<'n>(&mut self, kind: &str, names: impl Iterator<Item = &'n str>) {
        let mut before: Option<&str> = None;
        for name in names {
            if before.is_some_and(|before| before >= name) {
                self.part = format!("{kind} `{name}`");
                self.fault("stands twice or out of order: the lists are sorted by name");
            }
            before = Some(name);
        }
    }

    /// Checks that names differ in more than their capitals: a database takes them for one.
    fn told_apart<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        let mut before = BTreeSet::new();
        for name in names {
            if !before.insert(name.to_lowercase()) {
                self.fault(format!("has the name `{name}` twice, capitals aside"));
            }
        }
    }

    fn declarations(&mut self) {
        let plan = self.plan;
        self.names("enum", plan.enums.iter().map(|one| one.name.as_str()));
        self.names("entity", plan.entities.iter().map(|one| one.name.as_str()));
        let entities = plan.entities.iter().map(|one| one.name.as_str());
        self.told_apart(entities);
        self.names("event", plan.events.iter().map(|one| one.name.as_str()));
        self.names("channel", plan.channels.iter().map(|one| one.name.as_str()));
        self.names("purpose", plan.purposes.iter().map(|one| one.name.as_str()));
        self.names("message", plan.messages.iter().map(|one| one.name.as_str()));
        self.names("journey", plan.journeys.iter().map(|one| one.name.as_str()));
        for entity in &plan.entities {
            self.enter("entity", &entity.name, 0);
            let count = entity.fields.len();
            self.within(entity.key, count, "field");
            for field in [entity.occurred, entity.timezone, entity.language]
                .into_iter()
                .flatten()
            {
                self.within(field, count, "field");
            }
            if entity.profile && entity.timezone.is_none() {
                self.fault("is a profile without a time zone");
            }
            self.told_apart(entity.fields.iter().map(|field| field.name.as_str()));
            self.fields(&entity.fields);
        }
        for event in &plan.events {
            self.enter("event", &event.name, 0);
            self.within(event.subject, plan.entities.len(), "entity");
            self.fields(&event.fields);
        }
        for setting in &plan.settings {
            self.enter("setting", &setting.name, 0);
            self.ty(&setting.ty);
            self.constant(&setting.value);
        }
        self.policy();
        for derived in plan.segments.iter().chain(&plan.measures) {
            self.enter("segment or measure", &derived.name, derived.slots);
            self.within(derived.entity, plan.entities.len(), "entity");
            self.expr(&derived.value);
        }
        self.cycles();
    }

    fn policy(&mut self) {
        let plan = self.plan;
        let entities = plan.entities.len();
        for channel in &plan.channels {
            self.enter("channel", &channel.name, channel.slots);
            self.profile(channel.profile);
            channel
                .address
                .iter()
                .for_each(|address| self.expr(address));
            channel.cost.iter().for_each(|cost| self.money(cost));
            channel.lead.iter().for_each(|lead| self.duration(*lead));
            channel
                .capacity
                .iter()
                .for_each(|capacity| self.duration(capacity.per));
            channel
                .shares
                .iter()
                .for_each(|shared| self.field(shared.field));
        }
        for block in &plan.consents {
            self.enter("consent", &block.name, block.slots);
            self.profile(block.profile);
            block.filter.iter().for_each(|filter| self.expr(filter));
            for rule in &block.rules {
                self.rule(rule);
            }
        }
        for holdout in &plan.holdouts {
            self.enter("holdout", &holdout.name, 0);
            self.profile(holdout.profile);
            self.each(&holdout.purposes, plan.purposes.len(), "purpose");
        }
        for message in &plan.messages {
            self.enter("message", &message.name, 0);
            self.profile(message.profile);
            self.fields(&message.params);
            message
                .purpose
                .iter()
                .for_each(|one| self.within(*one, plan.purposes.len(), "purpose"));
            for part in message.contents.iter().flat_map(|content| &content.parts) {
                self.each(&part.channels, plan.channels.len(), "channel");
            }
        }
        for action in &plan.actions {
            self.enter("action", &action.name, 0);
            self.fields(&action.params);
            self.fields(&action.returns);
            self.duration(action.timeout);
        }
        for audience in &plan.audiences {
            self.enter("audience", &audience.name, 0);
            self.within(audience.profile, entities, "entity");
            self.within(audience.via, plan.channels.len(), "channel");
        }
    }

    fn each(&mut self, positions: &[u32], length: usize, what: &str) {
        positions
            .iter()
            .for_each(|position| self.within(*position, length, what));
    }

    fn profile(&mut self, position: u32) {
        if !self
            .plan
            .entities
            .get(position as usize)
            .is_some_and(|entity| entity.profile)
        {
            self.fault(format!(
                "names entity {position} as its profile, which is none"
            ));
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.ty(&field.ty);
            field.default.iter().for_each(|value| self.constant(value));
            field
                .relation
                .iter()
                .for_each(|relation| self.field(*relation));
            for length in [field.refreshed, field.expires].into_iter().flatten() {
                self.duration(length);
            }
            if let Some(covers) = &field.consent {
                self.each(&covers.channels, self.plan.channels.len(), "channel");
                self.each(&covers.purposes, self.plan.purposes.len(), "purpose");
            } else if field.ty == Type::Consent {
                self.fault(format!("field `{}` is a consent for nothing", field.name));
            }
        }
    }

    fn field(&mut self, field: FieldRef) {
        let entity = self.plan.entities.get(field.entity as usize);
        if entity.is_none_or(|entity| field.field as usize >= entity.fields.len()) {
            self.fault(format!(
                "names field {} of entity {}, which is not there",
                field.field, field.entity
            ));
        }
    }

    fn duration(&mut self, duration: Duration) {
        if let Some(calendar) = duration.calendar {
            self.within(calendar, self.plan.calendars.len(), "calendar");
        } else if duration.unit == super::Unit::Workday {
            self.fault("counts workdays of no calendar");
        }
    }

    fn slot(&mut self, slot: u32) {
        self.within(slot, self.slots, "slot");
    }

    fn rows(&mut self, rows: &Rows) {
        self.slot(rows.slot);
        rows.last.iter().for_each(|last| self.duration(*last));
        rows.filter.iter().for_each(|filter| self.expr(filter));
        let plan = self.plan;
        match &rows.source {
            Source::Relation { of, via } => {
                self.expr(of);
                self.field(*via);
            }
            Source::Events { event, of } => {
                self.expr(of);
                self.within(*event, plan.events.len(), "event");
            }
            Source::ChannelEvents { channel, of, .. } => {
                self.expr(of);
                self.within(*channel, plan.channels.len(), "channel");
            }
            Source::MessageEvents { message, of, .. } => {
                self.expr(of);
                self.within(*message, plan.messages.len(), "message");
            }
            Source::SendEvents { send, .. } => self.within(*send, self.sends, "send"),
            Source::JourneyEvents { journey, of, .. } => {
                self.expr(of);
                self.within(*journey, plan.journeys.len(), "journey");
            }
            Source::Table(entity) => self.within(*entity, plan.entities.len(), "entity"),
            Source::One(row) => self.expr(row),
        }
    }

    fn trigger(&mut self, trigger: &Trigger) {
        let plan = self.plan;
        match trigger {
            Trigger::Event(event) => self.within(*event, plan.events.len(), "event"),
            Trigger::Channel { channel, .. } => {
                self.within(*channel, plan.channels.len(), "channel");
            }
            Trigger::Message { message, .. } => {
                self.within(*message, plan.messages.len(), "message");
            }
            Trigger::Send { send, .. } => self.within(*send, self.sends, "send"),
            Trigger::Journey { journey, .. } => {
                self.within(*journey, plan.journeys.len(), "journey");
            }
        }
    }

    /// Segments and measures must not read themselves, or evaluation would not end.
    fn cycles(&mut self) {
        let segments = self.plan.segments.len();
        let all: Vec<&Expr> = (self.plan.segments.iter().chain(&self.plan.measures))
            .map(|derived| &derived.value)
            .collect();
        let reads: Vec<BTreeSet<usize>> = all
            .iter()
            .map(|value| values::derived_read(value, segments))
            .collect();
        let mut left: BTreeSet<usize> = (0..all.len()).collect();
        loop {
            let free: Vec<usize> = left
                .iter()
                .copied()
                .filter(|one| reads.get(*one).is_none_or(|read| read.is_disjoint(&left)))
                .collect();
            if free.is_empty() {
                break;
            }
            for one in free {
                left.remove(&one);
            }
        }
        if let Some(first) = left.first() {
            let all = self.plan.segments.iter().chain(&self.plan.measures);
            let name = all
                .map(|one| one.name.as_str())
                .nth(*first)
                .unwrap_or_default()
                .to_owned();
            self.enter("segment or measure", &name, 0);
            self.fault("reads itself, directly or through others");
        }
    }
}
