//! Which blocks always leave the journey, and the steps that are therefore never reached.

use crate::diag::codes::flow::UNREACHABLE_STEP;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::hir::{Step, StepKind, Wait, visit};
use crate::source::FileId;

/// Whether everyone who runs these steps leaves the journey in them.
#[must_use]
pub fn leave(steps: &[Step]) -> bool {
    steps.iter().any(leaves)
}

/// Whether everyone who runs this step leaves the journey in it.
///
/// A block may run the same question again for what is inside it, but blocks nest at most as deep
/// as the parser allows, so the cost stays linear in the size of the journey.
#[must_use]
pub fn leaves(step: &Step) -> bool {
    match &step.kind {
        StepKind::Exit(_) => true,
        StepKind::If {
            branches,
            otherwise,
        } => leave_all(branches.iter().map(|(_, block)| block), otherwise),
        StepKind::Match {
            arms, otherwise, ..
        } => {
            // Without `else` a match is exhaustive.
            (!arms.is_empty() || otherwise.is_some())
                && arms.iter().all(|(_, block)| leave(block))
                && otherwise.as_ref().is_none_or(|block| leave(block))
        }
        StepKind::Split(split) => {
            !split.arms.is_empty() && split.arms.iter().all(|arm| leave(&arm.steps))
        }
        StepKind::Repeat { steps, .. } => leave(steps),
        StepKind::Wait(wait) => match &**wait {
            Wait::Until {
                then: Some(then),
                otherwise,
                ..
            } => leave_all(std::iter::once(then), otherwise),
            Wait::UpTo {
                arms, otherwise, ..
            } => leave_all(arms.iter().map(|arm| &arm.steps), otherwise),
            _ => false,
        },
        _ => false,
    }
}

/// Whether everyone leaves in these blocks and in the one for all others.
fn leave_all<'s>(
    mut blocks: impl Iterator<Item = &'s Vec<Step>>,
    otherwise: &Option<Vec<Step>>,
) -> bool {
    otherwise.as_ref().is_some_and(|block| leave(block)) && blocks.all(|block| leave(block))
}

/// Reports the first step of each block that nobody reaches.
pub fn report_unreachable(steps: &[Step], file: FileId, out: &mut Diagnostics) {
    let end = steps.iter().position(leaves);
    if let Some(end) = end
        && let Some([last, next, ..]) = steps.get(end..)
    {
        out.push(
            Diagnostic::new(
                &UNREACHABLE_STEP,
                next.span.in_file(file),
                "nobody reaches this step",
            )
            .label("never runs")
            .other(
                last.span.in_file(file),
                "everyone leaves the journey in this step",
            )
            .help("remove the step, or let a branch before it go on"),
        );
    }
    let reached = end.map_or(steps.len(), |end| end + 1);
    for step in steps.iter().take(reached) {
        visit::blocks(step, |block| report_unreachable(block, file, out));
    }
}
