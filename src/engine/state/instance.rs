//! One person in one journey: where the instance rests, until when, and what it remembers.

use super::Foreign;
use crate::engine::Value;
use jiff::Timestamp;
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
    /// How many times a step has run in this entry, for those that have.
    pub runs: Vec<(u32, u32)>,
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
    /// The channels of `and` that are already done: handed over, or refused.
    pub done: Vec<(u32, bool)>,
    /// Whether a rule delays it while a condition holds, which is watched.
    pub watched: bool,
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
