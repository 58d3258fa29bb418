//! The longest time that somebody can rest at the waits of a journey.

use crate::model::hir::{Duration, Step, StepKind, Wait};
use crate::syntax::ast::Unit;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// In seconds, with months and years at their longest; `None` where workdays are counted, whose
/// length no calendar bounds. Messages that must rest before they go out may add to it.
pub(super) fn of_steps(steps: &[Step]) -> Option<i64> {
    steps
        .iter()
        .try_fold(0, |sum: i64, step| Some(sum.saturating_add(of_step(step)?)))
}

fn of_step(step: &Step) -> Option<i64> {
    match &step.kind {
        StepKind::Wait(wait) => of_wait(wait),
        StepKind::Send(send) => longest(&send.refused),
        StepKind::If {
            branches,
            otherwise,
        } => longest(branches.iter().map(|(_, block)| block).chain(otherwise)),
        StepKind::Match {
            arms, otherwise, ..
        } => longest(arms.iter().map(|(_, block)| block).chain(otherwise)),
        StepKind::Split(split) => longest(split.arms.iter().map(|arm| &arm.steps)),
        StepKind::Repeat {
            times,
            every,
            steps,
            ..
        } => {
            let times = i64::from(*times);
            let every = every.as_ref().map_or(Some(0), seconds)?;
            let passes = of_steps(steps)?.saturating_mul(times);
            Some(passes.saturating_add(every.saturating_mul((times - 1).max(0))))
        }
        StepKind::Do { no_answer, .. } => longest(no_answer),
        StepKind::Set { .. }
        | StepKind::Grant { .. }
        | StepKind::Withdraw { .. }
        | StepKind::AddTo(_)
        | StepKind::RemoveFrom(_)
        | StepKind::Start { .. }
        | StepKind::Exit(_) => Some(0),
    }
}

fn of_wait(wait: &Wait) -> Option<i64> {
    match wait {
        Wait::For { duration, at } => {
            let until_then = if at.is_some() { DAY } else { 0 };
            Some(seconds(duration)?.saturating_add(until_then))
        }
        Wait::Time { .. } => Some(DAY),
        Wait::Weekday { .. } => Some(7 * DAY),
        Wait::Workday { .. } => None,
        Wait::Until {
            within,
            then,
            otherwise,
            ..
        } => {
            let rest = within.as_ref().map_or(Some(366 * DAY), seconds)?;
            Some(rest.saturating_add(longest(then.iter().chain(otherwise))?))
        }
        Wait::UpTo {
            limit,
            arms,
            otherwise,
        } => {
            let blocks = arms.iter().map(|arm| &arm.steps).chain(otherwise);
            Some(seconds(limit)?.saturating_add(longest(blocks)?))
        }
    }
}

fn longest<'a>(blocks: impl IntoIterator<Item = &'a Vec<Step>>) -> Option<i64> {
    blocks
        .into_iter()
        .try_fold(0, |most, block| Some(most.max(of_steps(block)?)))
}

fn seconds(duration: &Duration) -> Option<i64> {
    let unit = match duration.unit {
        Unit::Second => 1,
        Unit::Minute => MINUTE,
        Unit::Hour => HOUR,
        Unit::Day => DAY,
        Unit::Week => 7 * DAY,
        Unit::Month => 31 * DAY,
        Unit::Year => 366 * DAY,
        Unit::Workday => return None,
    };
    Some(duration.count.saturating_mul(unit))
}

/// A length in the largest unit that people would use for it, rounded up.
pub(super) fn words(seconds: i64) -> String {
    let (unit, word) = match seconds {
        ..HOUR => (MINUTE, "minute"),
        HOUR..DAY => (HOUR, "hour"),
        _ => (DAY, "day"),
    };
    let count = seconds.saturating_add(unit - 1) / unit;
    crate::diag::counted(usize::try_from(count).unwrap_or(0), word)
}
