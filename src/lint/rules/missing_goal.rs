//! `missing-goal`: a journey that asks people for something, and does not say what.

use crate::diag::codes::lint::MISSING_GOAL;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Journey, StepKind, visit};
use crate::model::types::PurposeKind;

/// A journey that sends nothing, only what is owed for a `service`, or only what keeps up a
/// `relationship` (a wish, a newsletter), has nothing to reach. One that another journey starts is
/// a part of that one.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    if !journey.goals.is_empty() || journey.enters.is_empty() {
        return;
    }
    let mut asks = false;
    visit::each_step(&journey.steps, &mut |step| {
        if let StepKind::Send(send) = &step.kind {
            asks |= whole.purpose_kind(send).is_some_and(asks_for_something);
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

const fn asks_for_something(kind: PurposeKind) -> bool {
    match kind {
        PurposeKind::Service | PurposeKind::Relationship => false,
        PurposeKind::Marketing
        | PurposeKind::Fundraising
        | PurposeKind::Political
        | PurposeKind::Research
        | PurposeKind::Advertising
        | PurposeKind::Tracking => true,
    }
}
