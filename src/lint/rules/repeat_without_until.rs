//! `repeat-without-until`: reminders that go on after the person has done what they ask for.
//!
//! What ends a loop early: `until`, an `exit` inside it, or the journey's `goal` or `leave`, other
//! than a `leave` on an opt-out, which the gate heeds anyway.

use crate::diag::codes::lint::REPEAT_WITHOUT_UNTIL;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Journey, Leave, Step, StepKind, Trigger, visit};
use crate::source::Span;

/// Looks at the loops of a journey that nothing else ends.
pub(crate) fn check(_: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    if !journey.goals.is_empty() || journey.leaves.iter().any(|(leave, _)| is_answer(leave)) {
        return;
    }
    visit::each_step(&journey.steps, &mut |step| {
        let StepKind::Repeat {
            until: None, steps, ..
        } = &step.kind
        else {
            return;
        };
        let mut sends = false;
        visit::each_step(steps, &mut |step| {
            sends |= matches!(step.kind, StepKind::Send(_));
        });
        if !sends || exits(steps) {
            return;
        }
        let start = step.span.start;
        let length = step
            .label
            .as_ref()
            .map_or("repeat".len(), |label| label.len());
        let word = Span::new(start, start + u32::try_from(length).unwrap_or_default());
        out.push(
            Diagnostic::new(
                &REPEAT_WITHOUT_UNTIL,
                word.in_file(journey.place.file),
                "nothing ends these reminders when the person has done what they ask for",
            )
            .help("write `until` and the condition, like `until any(ask.clicked)`, before the `{`"),
        );
    });
}

/// Whether a `leave` is about more than an opt-out or a dead address.
fn is_answer(leave: &Leave) -> bool {
    let Leave::On(on) = leave else { return true };
    match on.trigger {
        Trigger::Channel { event, .. }
        | Trigger::Message { event, .. }
        | Trigger::Send { event, .. } => !matches!(
            event,
            "unsubscribed" | "stopped" | "complained" | "bounced" | "failed"
        ),
        Trigger::Event(_) | Trigger::Journey { .. } => true,
    }
}

/// Whether somebody can leave from inside, other than because a send was refused or an action did
/// not answer.
fn exits(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Exit(_) => true,
        StepKind::Send(_) | StepKind::Do { .. } => false,
        StepKind::Wait(_)
        | StepKind::If { .. }
        | StepKind::Match { .. }
        | StepKind::Split(_)
        | StepKind::Repeat { .. }
        | StepKind::Set { .. }
        | StepKind::Grant { .. }
        | StepKind::Withdraw { .. }
        | StepKind::AddTo(_)
        | StepKind::RemoveFrom(_)
        | StepKind::Start { .. } => {
            let mut any = false;
            visit::blocks(step, |block| any |= exits(block));
            any
        }
    })
}
