//! When a comparison with the clock changes.
//!
//! `in last D` and `D ago` compare something with the instant that is D before now. That instant
//! does not always move evenly: a month's end clamps, so that on 29, 30 and 31 March it is three
//! times in February's last day, and a change of offset makes it jump. A condition is looked at
//! again at each instant that is found here; one too many costs an evaluation, none is missing.

use super::{Local, exact};
use crate::plan::{Duration, Unit};
use jiff::civil::{DateTime, Time};
use jiff::{Span, Timestamp};

impl Local<'_> {
    /// When an instant that is later than `now - duration` no longer is: the first instant later
    /// than `now` at which it leaves `in last duration`.
    pub(in crate::engine) fn leaves(
        &self,
        now: Timestamp,
        it: Timestamp,
        duration: Duration,
    ) -> Option<Timestamp> {
        if !self.clamps(duration) && self.is_plain(duration) {
            return it.checked_add(exact(duration)?).ok();
        }
        let base = self.shift(self.civil(it), duration)?;
        self.crossing(now, base, |at| {
            self.subtract(at, duration).is_some_and(|start| start >= it)
        })
    }

    /// When `now + duration` reaches an instant that it has not reached.
    pub(in crate::engine) fn reaches(
        &self,
        now: Timestamp,
        it: Timestamp,
        duration: Duration,
    ) -> Option<Timestamp> {
        if self.is_plain(duration) {
            return it.checked_sub(exact(duration)?).ok();
        }
        let base = self.shift(self.civil(it), super::negated(duration)?)?;
        self.crossing(now, base, |at| {
            self.add(at, duration).is_some_and(|end| end >= it)
        })
    }

    /// When something that has left `in last duration` may be in it again, because a month's end
    /// clamps: the next midnight.
    pub(in crate::engine) fn returns(
        &self,
        now: Timestamp,
        it: Timestamp,
        duration: Duration,
    ) -> Option<Timestamp> {
        if !self.clamps(duration) {
            return None;
        }
        let midnight = self.midnight_after(now)?;
        let start = self.subtract(midnight, duration)?;
        (it > start).then_some(midnight)
    }

    /// Whether a duration is the same at any time.
    fn is_plain(&self, duration: Duration) -> bool {
        matches!(duration.unit, Unit::Second | Unit::Minute | Unit::Hour)
    }

    /// Whether two days can be the same duration after one.
    fn clamps(&self, duration: Duration) -> bool {
        matches!(duration.unit, Unit::Month | Unit::Year | Unit::Workday)
    }

    /// The first instant later than `now` at which something holds, near a local time.
    fn crossing(
        &self,
        now: Timestamp,
        near: DateTime,
        holds: impl Fn(Timestamp) -> bool,
    ) -> Option<Timestamp> {
        let check = |local: DateTime| {
            self.instant_after(local, now)
                .filter(|at| *at > now && holds(*at))
        };
        let hour_before = near.checked_sub(Span::new().hours(1)).ok();
        if let Some(found) = hour_before.and_then(check).or_else(|| check(near)) {
            return Some(found);
        }
        for half_hours in 1..=8 {
            let local = near
                .checked_add(Span::new().minutes(30 * half_hours))
                .ok()?;
            if let Some(found) = check(local) {
                return Some(found);
            }
        }
        let mut date = near.date();
        for _ in 0..40 {
            date = date.tomorrow().ok()?;
            let starts = [
                date.to_datetime(Time::midnight()),
                date.to_datetime(near.time()),
            ];
            if let Some(found) = starts.into_iter().find_map(check) {
                return Some(found);
            }
        }
        self.midnight_after(now)
    }
}
