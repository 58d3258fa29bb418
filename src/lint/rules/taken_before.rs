//! `taken-before`: a goal for events that the goal before it takes all of.

use crate::diag::codes::lint::TAKEN_BEFORE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Duration, Goal, Journey};

/// Looks at the goals of a journey.
pub(crate) fn check(_: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let file = journey.place.file;
    for (at, goal) in journey.goals.iter().enumerate() {
        let mut before = journey.goals.iter().take(at).rev();
        let Some(first) = before.find(|first| takes_all(first, goal)) else {
            continue;
        };
        out.push(
            Diagnostic::new(
                &TAKEN_BEFORE,
                goal.span.in_file(file),
                "this goal never counts: the one before it takes all these events",
            )
            .other(first.span.in_file(file), "takes every one of them")
            .help("remove one of them, or say with `where` which events each of them counts"),
        );
    }
}

/// Whether the first of two takes every event of the second, as far as can be seen.
fn takes_all(first: &Goal, second: &Goal) -> bool {
    let lasts = match (&first.within, &second.within) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(first), Some(second)) => same_unit(first, second) && first.count >= second.count,
    };
    first.on.filter.is_none() && first.on.trigger == second.on.trigger && lasts
}

fn same_unit(first: &Duration, second: &Duration) -> bool {
    first.unit == second.unit && first.calendar == second.calendar
}
