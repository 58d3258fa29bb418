//! What a watched condition reads, so that it is looked at again only when that changes.

use crate::engine::{EventKind, Input};
use crate::plan::visit::{Node, walk};
use crate::plan::{Expr, FieldRef, Function, Plan, RuleKind, Source};
use rustc_hash::FxHashSet;

/// What a condition reads, whoever's it is. It is a summary: it may say too much, never too
/// little.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Reads {
    /// Fields of rows that are there.
    fields: FxHashSet<FieldRef>,
    /// Entities whose rows may appear, disappear or lead elsewhere.
    entities: FxHashSet<u32>,
    /// Declared events.
    events: FxHashSet<u32>,
    /// Whether it reads what channels report, and hand-overs.
    channels: bool,
    /// Journeys, by what happens in them.
    journeys: FxHashSet<u32>,
    settings: FxHashSet<u32>,
    /// Whether the answer depends on the clock.
    pub clock: bool,
    seen_segments: FxHashSet<u32>,
    seen_measures: FxHashSet<u32>,
}

impl Reads {
    /// What an expression about a person of a profile reads.
    pub(super) fn of(plan: &Plan, profile: u32, expr: &Expr) -> Self {
        let mut reads = Self::default();
        reads.add(plan, profile, expr);
        reads
    }

    /// Adds what an expression reads.
    pub(super) fn add(&mut self, plan: &Plan, profile: u32, expr: &Expr) {
        let mut inner: Vec<&Expr> = Vec::new();
        walk(expr, &mut |node| match node {
            Node::Expr(expr) => match expr {
                Expr::Field { field, .. } => {
                    self.fields.insert(*field);
                    let declared = plan
                        .entities
                        .get(field.entity as usize)
                        .and_then(|entity| entity.fields.get(field.field as usize));
                    if declared.is_some_and(|field| field.expires.is_some()) {
                        self.clock = true;
                    }
                }
                Expr::Setting(setting) => {
                    self.settings.insert(*setting);
                }
                Expr::InSegment { segment, .. } if self.seen_segments.insert(*segment) => {
                    let derived = plan.segments.get(*segment as usize);
                    inner.extend(derived.map(|derived| &derived.value));
                }
                Expr::Measure { measure, .. } if self.seen_measures.insert(*measure) => {
                    let derived = plan.measures.get(*measure as usize);
                    inner.extend(derived.map(|derived| &derived.value));
                }
                Expr::InJourney { journey, .. } => {
                    self.journeys.insert(*journey);
                }
                Expr::Permitted { .. } => {
                    self.channels = true;
                    self.clock = true;
                    inner.extend(gate(plan, profile));
                    self.consents(plan, profile);
                }
                Expr::Call { function, .. } => {
                    self.clock |=
                        matches!(function, Function::Age | Function::Today | Function::Now);
                }
                Expr::IsFresh(_) | Expr::Ago(_) | Expr::FromNow(_) => self.clock = true,
                _ => {}
            },
            Node::Rows(rows) => {
                self.clock |= rows.last.is_some();
                match &rows.source {
                    Source::Relation { via, .. } => {
                        self.entities.insert(via.entity);
                        self.occurred(plan, via.entity, rows.last.is_some());
                    }
                    Source::Table(entity) => {
                        self.entities.insert(*entity);
                        self.occurred(plan, *entity, rows.last.is_some());
                    }
                    Source::Events { event, .. } => {
                        self.events.insert(*event);
                    }
                    Source::ChannelEvents { .. }
                    | Source::MessageEvents { .. }
                    | Source::SendEvents { .. } => self.channels = true,
                    Source::JourneyEvents { journey, .. } => {
                        self.journeys.insert(*journey);
                    }
                    Source::One(_) => {}
                }
            }
        });
        for expr in inner {
            self.add(plan, profile, expr);
        }
        if self.clock {
            self.timezone(plan, profile);
        }
    }

    /// Adds what every rule of the gate for a profile reads.
    pub(super) fn add_gate(&mut self, plan: &Plan, profile: u32) {
        self.clock = true;
        self.channels = true;
        for expr in gate(plan, profile) {
            self.add(plan, profile, expr);
        }
        self.consents(plan, profile);
        self.timezone(plan, profile);
    }

    /// Adds the zone of the person, for what happens at a time of the day.
    pub(super) fn add_zone(&mut self, plan: &Plan, profile: u32) {
        self.timezone(plan, profile);
    }

    /// The time of the rows, if there is a window.
    fn occurred(&mut self, plan: &Plan, entity: u32, windowed: bool) {
        let occurred = plan
            .entities
            .get(entity as usize)
            .and_then(|entity| entity.occurred);
        if let (true, Some(field)) = (windowed, occurred) {
            self.fields.insert(FieldRef { entity, field });
        }
    }

    fn consents(&mut self, plan: &Plan, profile: u32) {
        let Some(entity) = plan.entities.get(profile as usize) else {
            return;
        };
        for (field, declared) in (0..).zip(&entity.fields) {
            if declared.consent.is_some() {
                self.fields.insert(FieldRef {
                    entity: profile,
                    field,
                });
            }
        }
    }

    /// The person's zone, which moves everything that depends on the clock.
    fn timezone(&mut self, plan: &Plan, profile: u32) {
        let zone = plan
            .entities
            .get(profile as usize)
            .and_then(|entity| entity.timezone);
        if let Some(field) = zone {
            self.fields.insert(FieldRef {
                entity: profile,
                field,
            });
        }
    }

    /// Whether it reads what channels report.
    pub(super) const fn channels(&self) -> bool {
        self.channels
    }

    /// The journeys that it asks about.
    pub(super) fn journeys(&self) -> impl Iterator<Item = u32> {
        self.journeys.iter().copied()
    }

    /// Whether an input may change the answer.
    pub(in crate::engine) fn touched_by(&self, input: &Input) -> bool {
        match input {
            Input::Row { id, before, after } => {
                let entity = id.entity;
                let (Some(before), Some(after)) = (before, after) else {
                    return self.entities.contains(&entity)
                        || self.fields.iter().any(|field| field.entity == entity);
                };
                let changed = (0..).zip(before.fields.iter().zip(&after.fields));
                changed.filter(|(_, (before, after))| before != after).any(
                    |(field, (before, after))| {
                        let leads = |value: &Option<crate::engine::Value>| {
                            matches!(value, Some(crate::engine::Value::Row(_)))
                        };
                        self.fields.contains(&FieldRef { entity, field })
                            || (self.entities.contains(&entity) && (leads(before) || leads(after)))
                    },
                )
            }
            Input::Event(event) => match &event.kind {
                EventKind::Declared(event) => self.events.contains(event),
                EventKind::Channel { .. } => self.channels,
                EventKind::Journey { journey, .. } => self.journeys.contains(journey),
            },
            Input::Setting(setting) => self.settings.contains(setting),
            Input::Deployed | Input::Clock => false,
        }
    }
}

/// The conditions of every rule for a profile.
fn gate(plan: &Plan, profile: u32) -> Vec<&Expr> {
    let mut found = Vec::new();
    for block in plan
        .consents
        .iter()
        .filter(|block| block.profile == profile)
    {
        found.extend(&block.filter);
        for rule in &block.rules {
            match &rule.kind {
                RuleKind::Permit { when, .. } | RuleKind::Forbid { when, .. } => found.extend(when),
                RuleKind::Limit { key, .. } => found.extend(key),
            }
        }
    }
    for channel in plan.channels.iter().filter(|it| it.profile == profile) {
        found.extend(&channel.address);
    }
    found
}

/// Whether an expression reads a slot.
pub(in crate::engine) fn reads_slot(expr: &Expr, slot: u32) -> bool {
    let mut found = false;
    walk(expr, &mut |node| {
        if let Node::Expr(Expr::Slot(read)) = node {
            found |= *read == slot;
        }
    });
    found
}
