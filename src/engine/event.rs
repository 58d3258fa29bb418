//! Events at run time: declared ones, what a channel reports, what happens in journeys.

use super::{RowRef, Value};
use crate::plan::JourneyEvent;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::sync::Arc;

/// One event. The same source and id is the same event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventData {
    /// Who sent it; `jalon` for what the engine itself records.
    pub source: SmolStr,
    /// Unique within the source.
    pub id: SmolStr,
    /// When it happened.
    pub time: Timestamp,
    /// Whom or what it is about; for a channel's and a journey's event the person.
    pub subject: RowRef,
    /// What happened.
    pub kind: EventKind,
    /// Its own fields, by position as declared (for a channel's event as `channel_events` lists
    /// them). A field left out is unknown.
    pub fields: Box<[Option<Value>]>,
    /// The send that a channel's event is about, if it is about one.
    pub send: Option<Arc<SendRef>>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A declared event, by position in the plan.
    Declared(u32),
    /// What a channel reports.
    Channel {
        /// Position in the plan.
        channel: u32,
        /// `sent`, `clicked`...
        event: SmolStr,
    },
    /// Something about an instance.
    Journey {
        /// Position in the plan.
        journey: u32,
        /// What.
        event: JourneyEvent,
        /// The key of the instance.
        key: SmolStr,
        /// Which entry of that key, from 1.
        entry: u32,
    },
}

/// A hand-over as the events about it refer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendRef {
    /// The outbox id.
    pub id: SmolStr,
    /// Position in the plan.
    pub journey: u32,
    /// The key of the instance.
    pub key: SmolStr,
    /// Which entry of that key, from 1.
    pub entry: u32,
    /// Position of the step in the journey.
    pub step: u32,
    /// Position in the plan.
    pub message: u32,
    /// Position in the plan.
    pub purpose: u32,
    /// Position in the plan.
    pub channel: u32,
    /// The address it went to.
    pub to: Option<SmolStr>,
    /// The values of the message's parameters.
    pub params: Box<[Option<Value>]>,
}
