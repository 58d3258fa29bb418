//! What the engine wants done, in this order, in the transaction that stores the new state.

use super::{EventData, PastHandOver, RowRef, SendRef, Value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::sync::Arc;

/// One consequence of an input. Those of one moment are recorded together or not at all.
///
/// A message's content is rendered when its [`Effect::HandOver`] is applied, on the data as the
/// effects before it left them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// `set`, `grant`, `withdraw` or an opt-out wrote fields of a row.
    Write {
        /// Which row.
        row: RowRef,
        /// The fields, by position, and their new values.
        fields: Vec<(u32, Option<Value>)>,
        /// When.
        at: Timestamp,
    },
    /// The engine recorded an event: a channel's `sent`, a journey's `entered`, `left` or
    /// `converted`. A `left` ends the entry: it is what [`super::View::past`] counts from.
    Event(Arc<EventData>),
    /// A message goes out.
    HandOver(Box<HandOver>),
    /// A send was refused.
    Refusal(Box<Refusal>),
    /// An instance was ended by an error in its journey.
    Failed(Box<Failure>),
}

/// A hand-over. Only the gate makes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HandOver {
    /// When.
    pub at: Timestamp,
    /// To whom.
    pub person: RowRef,
    /// The send: its id, journey, step, message, purpose, channel, address and parameters.
    pub send: Arc<SendRef>,
    /// BCP 47: the language of the content, or of the person if the message is external.
    pub language: Option<SmolStr>,
    /// Position of the content in the message; nothing if the message is external.
    pub content: Option<u32>,
    /// For each limit with `per EXPR` that counts it: the rule's name and the value.
    pub keys: Vec<(SmolStr, SmolStr)>,
    /// The permits that let it pass, one for each block that speaks for it: `canada#2`.
    pub permits: Vec<SmolStr>,
}

impl HandOver {
    /// The hand-over as limits count it.
    #[must_use]
    pub fn past(&self) -> PastHandOver {
        PastHandOver {
            id: self.send.id.clone(),
            at: self.at,
            person: self.person.clone(),
            channel: self.send.channel,
            purpose: self.send.purpose,
            to: self.send.to.clone(),
            keys: self.keys.clone(),
        }
    }
}

/// A refused send: one for each channel that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// The outbox id that the hand-over would have had; its channel is `none` if none was left to try.
    pub id: SmolStr,
    /// When.
    pub at: Timestamp,
    /// To whom.
    pub person: RowRef,
    /// Position in the plan.
    pub journey: u32,
    /// Position of the step in the journey.
    pub step: u32,
    /// Position in the plan.
    pub message: u32,
    /// Position in the plan; nothing if the person chose no channel and none was left to try.
    pub channel: Option<u32>,
    /// The address, if it is known.
    pub to: Option<SmolStr>,
    /// Why.
    pub reason: Reason,
    /// The rule that refused it (`house#2`), or the block without a permit that holds (`canada`).
    pub rule: Option<SmolStr>,
}

/// Why a send was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The address is unknown, or bounced hard, or complained.
    Address,
    /// No block speaks for it, or a speaking block has no permit that holds.
    Consent,
    /// A rule forbids it.
    Forbid,
    /// A limit is exhausted.
    Limit,
    /// There is no content in the person's language, and no fallback.
    Language,
    /// It rested as long as it may.
    Late,
}

impl Reason {
    /// The word after `because`, and in the outbox.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Consent => "consent",
            Self::Forbid => "forbid",
            Self::Limit => "limit",
            Self::Language => "language",
            Self::Late => "late",
        }
    }
}

/// An instance that could not go on. Nothing of the moment in which it failed is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// Whose.
    pub person: RowRef,
    /// Position in the plan.
    pub journey: u32,
    /// The key of the instance; empty if it failed at the door.
    pub key: SmolStr,
    /// The id of the step, or the clause.
    pub place: SmolStr,
    /// One lower-case sentence: what went wrong.
    pub what: String,
}

/// Why an instance ended, as `left` events say it in their only field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Because {
    /// The last step was done.
    Done,
    /// `exit`, with its name.
    Exit(Option<SmolStr>),
    /// The goal was reached.
    Goal,
    /// `leave`.
    Leave,
    /// An error in the journey.
    Failed,
}

impl Because {
    /// The word after `because`.
    #[must_use]
    pub fn word(&self) -> SmolStr {
        match self {
            Self::Done => SmolStr::new_static("done"),
            Self::Exit(name) => name.clone().unwrap_or(SmolStr::new_static("exit")),
            Self::Goal => SmolStr::new_static("goal"),
            Self::Leave => SmolStr::new_static("leave"),
            Self::Failed => SmolStr::new_static("failed"),
        }
    }
}
