//! What rests: everything that the engine must remember about one person between inputs.

mod due;
mod instance;

pub use due::{Due, Phase};
pub use instance::{Instance, Rest, RestKind, SendRest, Tail};

use super::RowRef;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The state of one person in all journeys. The default is someone the engine has never seen.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PersonState {
    /// Who is inside, by journey in their order (priority, then name), then by key.
    pub instances: Vec<Instance>,
    /// Ended entries whose goal still counts.
    pub tails: Vec<Tail>,
    /// The entries that are watched for this person, by journey, entry and row.
    pub entries: Vec<EntryWatch>,
    /// Addresses that bounced hard or complained, by channel.
    pub unreachable: Vec<(u32, SmolStr)>,
}

/// A way in that is not an event: a condition, a schedule or a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryWatch {
    /// Position in the plan.
    pub journey: u32,
    /// Position among the journey's entries.
    pub enter: u32,
    /// For a date of a row: the row's key.
    pub row: Option<SmolStr>,
    /// For a condition: its last value.
    pub truth: bool,
    /// When it enters (a schedule, a date), or when its value may change (a condition).
    pub at: Option<Timestamp>,
    /// What it read of others.
    pub foreign: Foreign,
}

/// What a watched condition read that is not the person's own.
pub type Foreign = Option<Box<[Dep]>>;

/// Something whose change makes a condition worth another look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dep {
    /// A row.
    Row(RowRef),
    /// The rows that lead to a row: the referring entity, and the row.
    Related(u32, RowRef),
    /// All rows of an entity.
    Table(u32),
    /// The events about someone or something.
    Events(RowRef),
}

impl PersonState {
    /// Whether nothing is remembered, so that the state need not be stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.instances.is_empty()
            && self.tails.is_empty()
            && self.entries.is_empty()
            && self.unreachable.is_empty()
    }

    /// Everything that this person's conditions read of others, in no particular order, perhaps
    /// more than once.
    pub fn foreign(&self) -> impl Iterator<Item = &Dep> {
        let rests = self.instances.iter().map(|instance| &instance.rest.foreign);
        let entries = self.entries.iter().map(|entry| &entry.foreign);
        rests.chain(entries).flatten().flat_map(|deps| deps.iter())
    }
}
