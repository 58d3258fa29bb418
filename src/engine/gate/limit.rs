//! Limits: rolling windows over hand-overs, counted exactly.
//!
//! A hand-over counts from its instant until D later, when it no longer does: of `7 days` any 168
//! hours. Hand-overs to the person count, and those to the same address, whoever it was.

use crate::engine::RowRef;
use crate::engine::eval::Context;
use crate::engine::time::exact;
use crate::plan::{Duration, Rule};
use jiff::Timestamp;
use smol_str::SmolStr;

/// What a limit counts.
pub(super) struct Counted<'a> {
    pub rule: &'a Rule,
    /// The rule's name and the value of its `per EXPR`.
    pub key: Option<&'a (SmolStr, SmolStr)>,
    pub per: Duration,
}

impl Counted<'_> {
    /// When the hand-overs happened that count now, earliest first.
    pub(super) fn times(
        &self,
        context: &Context<'_>,
        person: &RowRef,
        to: Option<&str>,
    ) -> Vec<Timestamp> {
        let start = exact(self.per)
            .and_then(|length| context.now.checked_sub(length).ok())
            .unwrap_or(Timestamp::MIN);
        let mut times: Vec<Timestamp> = context
            .snapshot
            .hand_overs(person, to, start)
            .iter()
            .filter(|past| {
                self.rule.channels.contains(&past.channel)
                    && self.rule.purposes.contains(&past.purpose)
                    && self.key.is_none_or(|key| past.keys.contains(key))
            })
            .map(|past| past.at)
            .collect();
        times.sort_unstable();
        times
    }
}

/// Whether so many hand-overs exhaust a limit of `count`, and when it no longer is: never, if
/// the limit is 0.
#[allow(
    clippy::option_option,
    reason = "not exhausted, exhausted for ever, exhausted until then"
)]
pub(super) fn exhausted(
    times: &[Timestamp],
    count: i64,
    per: Duration,
) -> Option<Option<Timestamp>> {
    let allowed = usize::try_from(count).unwrap_or(0);
    let over = times.len().checked_sub(allowed)?;
    // When the last of the oldest `over + 1` leaves, one fewer than allowed is left.
    let leaves = times
        .get(over)
        .and_then(|oldest| oldest.checked_add(exact(per)?).ok());
    Some(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Unit;

    #[test]
    fn a_limit_is_exhausted_until_its_oldest_leaves() {
        let week = Duration {
            count: 7,
            unit: Unit::Day,
            calendar: None,
        };
        let at = |day: i64| Timestamp::from_second(day * 86_400).unwrap();
        assert_eq!(exhausted(&[], 1, week), None);
        assert_eq!(exhausted(&[at(1)], 1, week), Some(Some(at(8))));
        assert_eq!(exhausted(&[at(1), at(2)], 3, week), None);
        assert_eq!(
            exhausted(&[at(1), at(2), at(3)], 3, week),
            Some(Some(at(8)))
        );
        // More than the limit allows now, because the limit was lowered.
        assert_eq!(
            exhausted(&[at(1), at(2), at(3)], 2, week),
            Some(Some(at(9)))
        );
        assert_eq!(exhausted(&[], 0, week), Some(None));
    }
}
