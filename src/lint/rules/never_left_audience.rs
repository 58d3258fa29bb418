//! `never-left-audience`: people are added to a list at a third party and never taken off it.

use crate::diag::codes::lint::NEVER_LEFT_AUDIENCE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::ids::AudienceId;
use crate::model::names::Named;
use crate::model::uses::{How, Thing};

/// Compares what journeys do with each audience.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    for (id, audience) in (0..).map(AudienceId).zip(&whole.model.audiences) {
        let thing = Thing::Declared(Named::Audience(id));
        if whole.marks.any(thing, &[How::Add]) && !whole.marks.any(thing, &[How::Remove]) {
            out.push(
                Diagnostic::new(
                    &NEVER_LEFT_AUDIENCE,
                    audience.place,
                    format!("people are added to `{}` and never removed", audience.name),
                )
                .help(format!(
                    "write `remove from {}` where somebody no longer belongs there, for example \
                     in the `finally` of the journey that adds them",
                    audience.name
                )),
            );
        }
    }
}
