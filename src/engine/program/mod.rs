//! A linked plan: the plan with everything worked out that running it looks up.

mod heard;
mod inactive;
mod links;
mod reads;

pub use inactive::Inactive;
pub(super) use links::{EntryLink, JourneyLinks};
pub(super) use reads::{Reads, reads_slot};

use super::time::{Local, Zones};
use super::{EventKind, Row, RowRef, Value};
use crate::plan::{Field, FieldRef, Journey, Plan, Type};
use heard::Heard;
use jiff::tz::TimeZone;
use std::cmp::Reverse;

/// A plan, ready to run.
#[derive(Debug)]
pub struct Program {
    plan: Plan,
    /// The journeys in their order: by priority, highest first, then by name.
    order: Vec<u32>,
    /// The place of each journey in that order.
    rank: Vec<u32>,
    /// Whether each journey runs.
    active: Vec<bool>,
    inactive: Vec<Inactive>,
    /// What each journey listens to and watches.
    links: Vec<JourneyLinks>,
    /// For each entity, its fields that refer to rows.
    references: Vec<Vec<u32>>,
    heard: Heard,
    zones: Zones,
}

impl Program {
    /// Links a plan that `plan::load` accepted or the compiler made.
    ///
    /// Journeys that use what the engine does not run yet are left out; [`Program::inactive`]
    /// names them.
    #[must_use]
    pub fn link(plan: Plan) -> Self {
        let mut order: Vec<u32> = (0..).take(plan.journeys.len()).collect();
        order.sort_by_key(|&journey| {
            plan.journeys
                .get(journey as usize)
                .map(|journey| (Reverse(journey.priority), journey.name.clone()))
        });
        let mut rank = vec![0; order.len()];
        for (place, &journey) in (0..).zip(&order) {
            if let Some(slot) = rank.get_mut(journey as usize) {
                *slot = place;
            }
        }
        let inactive = inactive::find(&plan);
        let mut active = vec![true; order.len()];
        for found in &inactive {
            if let Some(slot) = active.get_mut(found.journey as usize) {
                *slot = false;
            }
        }
        let links: Vec<JourneyLinks> = plan
            .journeys
            .iter()
            .map(|journey| JourneyLinks::of(&plan, journey))
            .collect();
        let heard = Heard::of(&plan, &links);
        let references = plan
            .entities
            .iter()
            .map(|entity| {
                (0..)
                    .zip(&entity.fields)
                    .filter(|(_, field)| {
                        field.relation.is_none() && matches!(field.ty, Type::Row(_))
                    })
                    .map(|(position, _)| position)
                    .collect()
            })
            .collect();
        Self {
            plan,
            order,
            rank,
            active,
            inactive,
            links,
            references,
            heard,
            zones: Zones::new(),
        }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The journeys that do not run, and why.
    #[must_use]
    pub fn inactive(&self) -> &[Inactive] {
        &self.inactive
    }

    /// The place of a journey in the order in which journeys go: by priority, then name.
    #[must_use]
    pub fn rank(&self, journey: u32) -> u32 {
        self.rank.get(journey as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whether a journey runs.
    #[must_use]
    pub fn runs(&self, journey: u32) -> bool {
        self.active.get(journey as usize) == Some(&true)
    }

    /// The journeys that run, in their order.
    pub fn journeys(&self) -> impl Iterator<Item = (u32, &Journey)> {
        self.order
            .iter()
            .filter(|&&journey| self.runs(journey))
            .filter_map(|&journey| Some((journey, self.journey(journey)?)))
    }

    /// A journey.
    #[must_use]
    pub fn journey(&self, journey: u32) -> Option<&Journey> {
        self.plan.journeys.get(journey as usize)
    }

    /// What a journey listens to and watches.
    pub(super) fn links(&self, journey: u32) -> Option<&JourneyLinks> {
        self.links.get(journey as usize)
    }

    /// Whether anything listens to an event of a channel or a journey, or reads it in a watched
    /// condition.
    pub(super) fn is_heard(&self, kind: &EventKind) -> bool {
        self.heard.hears(kind)
    }

    /// A declared field.
    #[must_use]
    pub fn field(&self, field: FieldRef) -> Option<&Field> {
        let entity = self.plan.entities.get(field.entity as usize)?;
        entity.fields.get(field.field as usize)
    }

    /// Whether a row refers to a person.
    pub(super) fn leads_to(&self, row: &Row, person: &RowRef) -> bool {
        self.led_to(row).any(|id| id == person)
    }

    /// The rows that a row refers to.
    pub fn led_to<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = &'a RowRef> {
        let fields = self.references.get(row.id.entity as usize);
        fields
            .into_iter()
            .flatten()
            .filter_map(|field| match row.field(*field) {
                Some(Value::Row(id)) => Some(id),
                _ => None,
            })
    }

    /// Whether an entity is a profile.
    #[must_use]
    pub fn is_profile(&self, entity: u32) -> bool {
        let entity = self.plan.entities.get(entity as usize);
        entity.is_some_and(|entity| entity.profile)
    }

    /// A zone by its name.
    pub(super) fn zone(&self, name: &str) -> TimeZone {
        self.zones.get(name)
    }

    /// A person's zone; UTC if the person is not there.
    #[must_use]
    pub fn zone_of(&self, row: Option<&Row>) -> TimeZone {
        let name = row.and_then(|row| {
            let entity = self.plan.entities.get(row.id.entity as usize)?;
            match row.field(entity.timezone?)? {
                Value::Text(name) => Some(name),
                _ => None,
            }
        });
        name.map_or(TimeZone::UTC, |name| self.zones.get(name))
    }

    /// The calendar of a zone.
    pub(super) fn local<'a>(&'a self, zone: &'a TimeZone) -> Local<'a> {
        Local {
            zone,
            calendars: &self.plan.calendars,
        }
    }
}
