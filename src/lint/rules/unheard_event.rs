//! `unheard-event`: an event that no journey, rule or segment listens to.

use crate::diag::codes::lint::UNHEARD_EVENT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::ids::EventId;
use crate::model::names::Named;
use crate::model::uses::{How, Thing};

/// What listens to an event: entries, arms, `leave`, goals, what counts it, consent that it writes,
/// promises. A test that makes it happen does not.
pub(super) const HEARD: &[How] = &[How::Enter, How::Listen, How::Prove, How::Promise];

/// Looks at each declared event.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    for (id, event) in (0..).map(EventId).zip(&whole.model.events) {
        if !whole.marks.any(Thing::Declared(Named::Event(id)), HEARD) {
            out.push(
                Diagnostic::new(
                    &UNHEARD_EVENT,
                    event.place,
                    format!("nothing listens to `{}`", event.name),
                )
                .help("use it, or remove it and stop delivering it"),
            );
        }
    }
}
