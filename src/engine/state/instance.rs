//! One person in one journey: where the instance rests, until when, and what it remembers.

use super::Foreign;
use crate::engine::Value;
use crate::plan::Duration;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// An instance between two moments. It always rests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Position in the plan.
    pub journey: u32,
    /// The value of `one per` as text; left out, the person's key.
    pub key: SmolStr,
    /// Which entry of that key, from 1.
    pub entry: u32,
    /// When it entered.
    pub entered: Timestamp,
    /// What is bound: parameters, events, rows, results, by slot.
    pub slots: Vec<(u32, Value)>,
    /// Whether the goal was reached.
    pub converted: bool,
    /// Where it rests.
    pub rest: Rest,
}

/// A rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rest {
    /// The step.
    pub step: u32,
    /// Since when.
    pub since: Timestamp,
    /// When it ends, if nothing else ends it before.
    pub until: Option<Timestamp>,
    /// When a watched condition (`leave when`, an arm, the date that is followed) may change.
    pub wake: Option<Timestamp>,
    /// What they read of others.
    pub foreign: Foreign,
    /// What it waits for.
    pub kind: RestKind,
}

/// What a rest waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RestKind {
    /// A time.
    Time,
    /// A date that may move, at most until then.
    Moment {
        /// The end of `within`.
        deadline: Timestamp,
    },
    /// The first of several arms.
    Arms,
    /// The gate.
    Send(Box<SendRest>),
}

/// A send that must wait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendRest {
    /// The arguments, as they were when the step was reached.
    pub args: Vec<Option<Value>>,
    /// When it is refused because late.
    pub deadline: Timestamp,
    /// The longest `up to` of the rules that have delayed it.
    pub up_to: Option<Duration>,
    /// The channels that are delayed: one, or several of an `and`.
    pub waiting: Vec<u32>,
    /// The channels of `and` that are already done, and whether they were handed over.
    pub done: Vec<(u32, bool)>,
}

/// An entry that has ended and whose goal still counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tail {
    /// Position in the plan.
    pub journey: u32,
    /// The key of the instance.
    pub key: SmolStr,
    /// Which entry of that key.
    pub entry: u32,
    /// When it entered.
    pub entered: Timestamp,
    /// What is bound.
    pub slots: Vec<(u32, Value)>,
    /// The last instant at which a goal counts.
    pub until: Timestamp,
}

impl Tail {
    /// The first instant at which no goal counts any more.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        let tick = SignedDuration::from_nanos(1);
        self.until.checked_add(tick).unwrap_or(Timestamp::MAX)
    }
}

impl Rest {
    /// A rest at no step, for an instance that has not come to one.
    pub(in crate::engine) const fn none(since: Timestamp) -> Self {
        Self {
            step: 0,
            since,
            until: None,
            wake: None,
            foreign: None,
            kind: RestKind::Time,
        }
    }
}
