//! `missing-goal`: a journey that asks people for something, and does not say what.

use crate::diag::codes::lint::MISSING_GOAL;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Journey, StepKind, visit};

/// A journey that sends nothing, or only what is owed for a `service`, has nothing to reach. One
/// that another journey starts is a part of that one.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    if !journey.goals.is_empty() || journey.enters.is_empty() {
        return;
    }
    let mut asks = false;
    visit::each_step(&journey.steps, &mut |step| {
        if let StepKind::Send(send) = &step.kind {
            asks |= !whole.is_service(send);
        }
    });
    if asks {
        out.push(
            Diagnostic::new(
                &MISSING_GOAL,
                journey.place,
                format!("journey `{}` has no goal", journey.name),
            )
            .help("write `goal EVENT within D`, with the event that shows that it worked"),
        );
    }
}
