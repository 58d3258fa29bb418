//! The longest time that somebody can rest at the waits of a journey.

use crate::model::hir::{Duration, Step, StepKind, Wait, visit};
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
    let mut inside = Some(0);
    visit::blocks(step, |block| {
        inside = inside.and_then(|most: i64| Some(most.max(of_steps(block)?)));
    });
    let inside = inside?;
    match &step.kind {
        StepKind::Wait(wait) => Some(of_wait(wait)?.saturating_add(inside)),
        StepKind::Repeat { times, every, .. } => {
            let times = i64::from(*times);
            let every = every.as_ref().map_or(Some(0), seconds)?;
            let passes = inside.saturating_mul(times);
            Some(passes.saturating_add(every.saturating_mul((times - 1).max(0))))
        }
        _ => Some(inside),
    }
}

/// The rest itself, without the blocks behind it.
fn of_wait(wait: &Wait) -> Option<i64> {
    match wait {
        Wait::For { duration, at } => {
            let until_then = if at.is_some() { DAY } else { 0 };
            Some(seconds(duration)?.saturating_add(until_then))
        }
        Wait::Time { .. } => Some(DAY),
        Wait::Weekday { .. } => Some(7 * DAY),
        Wait::Workday { .. } => None,
        Wait::Until { within, .. } => within.as_ref().map_or(Some(366 * DAY), seconds),
        Wait::UpTo { limit, .. } => seconds(limit),
    }
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
