//! What happens to the engine.

use super::{EventData, Row, RowRef};
use std::sync::Arc;

/// One input. The view that the engine is given with it already holds it: the row is written, the
/// event is recorded.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A row appeared, changed or disappeared.
    Row {
        /// Which row.
        id: RowRef,
        /// As it was; nothing if it is new.
        before: Option<Arc<Row>>,
        /// As it is; nothing if it was deleted.
        after: Option<Arc<Row>>,
    },
    /// A declared event, what a channel reported, or what happened in a journey.
    Event(Arc<EventData>),
    /// An operator changed a setting.
    Setting(u32),
    /// The plan starts to run for a person who is already there.
    Deployed,
    /// The clock has reached the instant of something that this person waits for.
    Clock,
}
