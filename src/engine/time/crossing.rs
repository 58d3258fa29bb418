//! When a comparison with the clock changes.
//!
//! `in last D` and `D ago` compare something with the instant that is D before now. That instant
//! does not always move evenly: a month's end clamps, so that on 29, 30 and 31 March it is three
//! times in February's last day, and a change of offset makes it jump. A condition is looked at
//! again at each instant that is found here; one too many costs an evaluation, none is missing.

use super::{Local, exact};
use crate::plan::{Duration, Unit};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Span, Timestamp};

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
        if duration.unit == Unit::Workday {
            // A weekend day and the workday before it are the same count of workdays after one:
            // the answer can change at each midnight, and each day at this time.
            let daily = self.time_after(now, self.civil(it).time());
            let midnight = self.midnight_after(now);
            return daily.into_iter().chain(midnight).min();
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

    /// When something that has left `in last duration` may be in it again: at the next midnight,
    /// because a month's end clamps, or at the next change of offset, which may repeat an hour.
    pub(in crate::engine) fn returns(
        &self,
        now: Timestamp,
        it: Timestamp,
        duration: Duration,
    ) -> Option<Timestamp> {
        if self.is_plain(duration) {
            return None;
        }
        let again = |at: &Timestamp| self.subtract(*at, duration).is_some_and(|start| it > start);
        let midnight = self
            .midnight_after(now)
            .filter(|_| self.clamps(duration))
            .filter(again);
        let change = self.zone.following(now).next();
        let change = change.map(|change| change.timestamp()).filter(again);
        midnight.into_iter().chain(change).min()
    }

    /// An instant so long before the start of a window that nothing before it can return.
    pub(in crate::engine) fn margin(
        &self,
        start: Timestamp,
        duration: Duration,
    ) -> Option<Timestamp> {
        match duration.unit {
            Unit::Workday => None,
            _ => start.checked_sub(SignedDuration::from_hours(24 * 5)).ok(),
        }
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
        // Near a change of offset it happens at a full or half hour.
        let hour = near.with().minute(0).second(0).subsec_nanosecond(0).build();
        let hour = hour.ok()?;
        for half_hours in 1..=8 {
            let local = hour
                .checked_add(Span::new().minutes(30 * half_hours))
                .ok()?;
            if local <= near {
                continue;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Calendar, Weekday};
    use jiff::tz::{TimeZone, TimeZoneDatabase};

    fn duration(count: i64, unit: Unit) -> Duration {
        let calendar = (unit == Unit::Workday).then_some(0);
        Duration {
            count,
            unit,
            calendar,
        }
    }

    fn zone() -> TimeZone {
        TimeZoneDatabase::bundled().get("America/Toronto").unwrap()
    }

    fn calendars() -> Vec<Calendar> {
        vec![Calendar {
            name: "week".into(),
            weekend: vec![Weekday::Saturday, Weekday::Sunday],
            holidays: Vec::new(),
        }]
    }

    /// Follows an instant through `in last D` from wake to wake, and holds that nothing changes
    /// in between, every quarter of an hour.
    fn follow(local: &Local<'_>, it: Timestamp, last: Duration) {
        let inside = |now: Timestamp| it > local.subtract(now, last).unwrap() && it <= now;
        let quarter = SignedDuration::from_mins(15);
        let end = it + SignedDuration::from_hours(24 * 50);
        let mut now = it;
        assert!(inside(now), "{it} is not in {last:?} when it happens");
        let mut left = false;
        while now < end {
            let here = inside(now);
            left |= !here;
            let wake = if here {
                local.leaves(now, it, last)
            } else {
                local.returns(now, it, last)
            };
            let until = wake.unwrap_or(end).min(end);
            assert!(until > now, "{it} {last:?}: no progress at {now}");
            let mut at = Timestamp::from_second((now.as_second() / 900 + 1) * 900).unwrap();
            while at < until {
                assert_eq!(
                    inside(at),
                    here,
                    "{it} in last {last:?} changes at {at}, between {now} and {until}"
                );
                at += quarter;
            }
            now = until;
        }
        assert!(left, "{it} never leaves {last:?}");
    }

    #[test]
    fn a_window_changes_only_when_it_is_looked_at() {
        let (zone, calendars) = (zone(), calendars());
        let local = Local {
            zone: &zone,
            calendars: &calendars,
        };
        let starts = [
            "2026-01-28T10:00:00-05:00",
            "2026-01-29T22:30:00-05:00",
            "2026-01-31T00:00:00-05:00",
            "2026-02-28T22:45:00-05:00",
            "2026-03-07T02:30:00-05:00",
            "2026-03-08T03:00:00-04:00",
            "2026-10-31T01:15:00-04:00",
            "2026-11-01T01:15:00-04:00",
            "2026-11-01T01:15:00-05:00",
        ];
        let windows = [
            duration(36, Unit::Hour),
            duration(1, Unit::Day),
            duration(7, Unit::Day),
            duration(1, Unit::Week),
            duration(1, Unit::Month),
            duration(3, Unit::Workday),
        ];
        for start in starts {
            for window in windows {
                follow(&local, start.parse().unwrap(), window);
            }
        }
    }

    #[test]
    fn a_month_end_leaves_at_the_first_instant_of_march() {
        let zone = zone();
        let local = Local {
            zone: &zone,
            calendars: &[],
        };
        let it = "2026-01-31T12:00:00-05:00".parse().unwrap();
        let month = duration(1, Unit::Month);
        let first = "2026-03-01T00:00:00-05:00".parse().unwrap();
        assert_eq!(local.leaves(it, it, month), Some(first));
    }

    #[test]
    fn a_sum_with_the_clock_reaches_an_instant() {
        let zone = zone();
        let local = Local {
            zone: &zone,
            calendars: &[],
        };
        let now = "2026-01-15T12:00:00-05:00".parse().unwrap();
        let it = "2026-02-28T12:00:00-05:00".parse().unwrap();
        let reached = "2026-01-28T12:00:00-05:00".parse().unwrap();
        let month = duration(1, Unit::Month);
        assert_eq!(local.reaches(now, it, month), Some(reached));
    }
}
