//! What the engine reads: a snapshot of rows, events and history.

use super::{EventData, Row, RowRef, Value};
use crate::plan::FieldRef;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::sync::Arc;

/// A read-only snapshot. Everything that it returns is in the order that is said, so that the
/// same history gives the same result over every store.
///
/// Where a method takes `after`, entries at or before that instant may be left out; the engine
/// filters again, so returning more is correct and only slower.
pub trait View {
    /// A row by its key.
    fn row(&self, entity: u32, key: &str) -> Option<Arc<Row>>;

    /// The rows of `via.entity` whose reference `via` leads to the row with this key, by
    /// ascending key.
    fn related(&self, via: FieldRef, key: &str) -> Vec<Arc<Row>>;

    /// The rows whose `@index` field has this value, by ascending key.
    fn indexed(&self, field: FieldRef, value: &Value) -> Vec<Arc<Row>>;

    /// All rows of an entity, by ascending key.
    fn rows(&self, entity: u32) -> Vec<Arc<Row>>;

    /// The declared events of one kind about a subject, by time, those of one instant in the
    /// order of their arrival.
    fn events(
        &self,
        event: u32,
        subject: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]>;

    /// What all channels reported about a person, by time, those of one instant in the order of
    /// their arrival.
    fn channel_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]>;

    /// What happened to a person in all journeys, by time, those of one instant in the order in
    /// which they were recorded.
    fn journey_events(
        &self,
        person: &RowRef,
        after: Option<Timestamp>,
    ) -> Cow<'_, [Arc<EventData>]>;

    /// What is known of the earlier entries of a key into a journey.
    fn past(&self, journey: u32, person: &RowRef, key: &str) -> Past;

    /// How many instances of a journey a person is inside of (several only with `one per`).
    fn inside(&self, journey: u32, person: &RowRef) -> u32;

    /// The hand-overs to a person, by time.
    fn hand_overs(&self, person: &RowRef, after: Timestamp) -> Cow<'_, [Arc<PastHandOver>]>;

    /// The hand-overs to an address, whoever the person was, by time.
    fn hand_overs_to(&self, address: &str, after: Timestamp) -> Cow<'_, [Arc<PastHandOver>]>;

    /// The value that an operator gave a setting; nothing if it has that of the plan.
    fn setting(&self, setting: u32) -> Option<Value>;
}

/// The earlier entries of one key into one journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Past {
    /// How many times the key has entered.
    pub entries: u32,
    /// When its last entry ended; nothing while it is inside, or if it never entered.
    pub ended: Option<Timestamp>,
}

/// A hand-over as limits count it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastHandOver {
    /// The outbox id.
    pub id: SmolStr,
    /// When it was handed over.
    pub at: Timestamp,
    /// To whom.
    pub person: RowRef,
    /// Position in the plan.
    pub channel: u32,
    /// Position in the plan.
    pub purpose: u32,
    /// The address.
    pub to: Option<SmolStr>,
    /// For each limit with `per EXPR` that counts it: the rule's name (`house#2`) and the value.
    pub keys: Vec<(SmolStr, SmolStr)>,
}
