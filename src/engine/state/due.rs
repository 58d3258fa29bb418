//! What is next for a person, and the order of what is due in one instant.

use super::PersonState;
use crate::engine::Program;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happens first in an instant happens in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Phase {
    /// `leave when` and arms whose condition may have changed.
    Watch,
    /// Rests that end.
    Rest,
    /// Entries.
    Entry,
    /// Goals that no longer count.
    Tail,
}

/// Something due: ordered by instant, then phase, then the order of the journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub phase: Phase,
    /// The rank of the journey: by priority, then name.
    pub rank: u32,
}

impl PersonState {
    /// What is due first.
    #[must_use]
    pub fn due(&self, program: &Program) -> Option<Due> {
        let due = |at: Option<Timestamp>, phase: Phase, journey: u32| {
            at.map(|at| Due {
                at,
                phase,
                rank: program.rank(journey),
            })
        };
        let instances = self.instances.iter().flat_map(|instance| {
            let rest = &instance.rest;
            [
                due(rest.wake, Phase::Watch, instance.journey),
                due(rest.until, Phase::Rest, instance.journey),
            ]
        });
        let entries = self
            .entries
            .iter()
            .map(|entry| due(entry.at, Phase::Entry, entry.journey));
        let tails = self
            .tails
            .iter()
            .map(|tail| due(Some(tail.expires()), Phase::Tail, tail.journey));
        instances.chain(entries).chain(tails).flatten().min()
    }
}
