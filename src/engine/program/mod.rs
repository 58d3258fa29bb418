//! A linked plan: the plan with everything worked out that running it looks up.

mod inactive;

pub use inactive::Inactive;

use crate::plan::{Journey, Plan};
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
        Self {
            plan,
            order,
            rank,
            active,
            inactive,
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

    /// The journeys that run, in their order.
    pub fn journeys(&self) -> impl Iterator<Item = (u32, &Journey)> {
        self.order
            .iter()
            .filter(|&&journey| self.active.get(journey as usize) == Some(&true))
            .filter_map(|&journey| Some((journey, self.journey(journey)?)))
    }

    /// A journey.
    #[must_use]
    pub fn journey(&self, journey: u32) -> Option<&Journey> {
        self.plan.journeys.get(journey as usize)
    }
}
