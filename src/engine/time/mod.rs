//! Calendar arithmetic in a person's zone.
//!
//! - A local time that a change of offset skips happens at the first instant after the gap; one
//!   that occurs twice, the first time.
//! - Day, week, month and year move the local date and keep the local time; month ends clamp.
//! - Where the language counts exactly (limits, `within`, `for D`) a day is 24 hours.

mod crossing;
mod moments;

use crate::plan::{Calendar, Duration, Unit};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Span, Timestamp};

/// The farthest that a count of workdays looks.
const FARTHEST: i64 = 40_000;

/// The zones of the bundled database, looked up once.
#[derive(Debug)]
pub(super) struct Zones {
    database: TimeZoneDatabase,
}

impl Zones {
    pub(super) fn new() -> Self {
        Self {
            database: TimeZoneDatabase::bundled(),
        }
    }

    /// The zone of a name; UTC if there is none, which loading does not let pass.
    pub(super) fn get(&self, name: &str) -> TimeZone {
        self.database.get(name).unwrap_or(TimeZone::UTC)
    }
}

/// A zone, with the calendars of workdays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local<'a> {
    pub zone: &'a TimeZone,
    pub calendars: &'a [Calendar],
}

impl Local<'_> {
    /// The local date and time of an instant.
    pub(super) fn civil(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// The instant of a local date and time.
    pub(super) fn instant(&self, at: DateTime) -> Option<Timestamp> {
        match self.zone.to_ambiguous_timestamp(at).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(at).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(at).ok(),
            AmbiguousOffset::Gap { after, .. } => {
                let earlier = after.to_timestamp(at).ok()?;
                let transition = self.zone.following(earlier).next()?;
                Some(transition.timestamp())
            }
        }
    }

    /// The first instant of a local date and time that is later than another; it differs from
    /// [`Local::instant`] in a repeated hour.
    pub(super) fn instant_after(&self, at: DateTime, after: Timestamp) -> Option<Timestamp> {
        let first = self.instant(at)?;
        if first > after {
            return Some(first);
        }
        match self.zone.to_ambiguous_timestamp(at).offset() {
            AmbiguousOffset::Fold { after: second, .. } => second
                .to_timestamp(at)
                .ok()
                .filter(|second| *second > after),
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => None,
        }
    }

    /// An instant and a duration, in the calendar. Nothing if it is out of range.
    pub(super) fn add(&self, at: Timestamp, duration: Duration) -> Option<Timestamp> {
        if duration.count == 0 {
            return Some(at);
        }
        if let Unit::Second | Unit::Minute | Unit::Hour = duration.unit {
            return at.checked_add(exact(duration)?).ok();
        }
        self.instant(self.shift(self.civil(at), duration)?)
    }

    /// An instant less a duration, in the calendar. Nothing if it is out of range.
    pub(super) fn subtract(&self, at: Timestamp, duration: Duration) -> Option<Timestamp> {
        self.add(at, negated(duration)?)
    }

    /// An instant and a duration of which a day is 24 hours; what has no exact length counts in
    /// the calendar.
    pub(super) fn add_exact(&self, at: Timestamp, duration: Duration) -> Option<Timestamp> {
        match exact(duration) {
            Some(length) => at.checked_add(length).ok(),
            None => self.add(at, duration),
        }
    }

    /// A local date and time and a duration.
    pub(super) fn shift(&self, at: DateTime, duration: Duration) -> Option<DateTime> {
        let count = duration.count;
        let span = match duration.unit {
            Unit::Second => Span::new().try_seconds(count),
            Unit::Minute => Span::new().try_minutes(count),
            Unit::Hour => Span::new().try_hours(count),
            Unit::Day => Span::new().try_days(count),
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
            Unit::Workday => {
                let date = self.workdays(at.date(), count, duration.calendar)?;
                return Some(date.to_datetime(at.time()));
            }
        };
        at.checked_add(span.ok()?).ok()
    }

    /// The date so many workdays away.
    fn workdays(&self, from: Date, count: i64, calendar: Option<u32>) -> Option<Date> {
        let mut date = from;
        let mut left = count.unsigned_abs();
        let mut looked = 0;
        while left > 0 {
            date = if count > 0 {
                date.tomorrow().ok()?
            } else {
                date.yesterday().ok()?
            };
            looked += 1;
            if looked > FARTHEST {
                return None;
            }
            if self.is_workday(date, calendar) {
                left -= 1;
            }
        }
        Some(date)
    }

    /// Whether a day is neither weekend nor holiday. Without a calendar every day is a workday.
    pub(super) fn is_workday(&self, date: Date, calendar: Option<u32>) -> bool {
        let Some(calendar) = calendar.and_then(|it| self.calendars.get(it as usize)) else {
            return true;
        };
        !calendar.holidays.contains(&date)
            && !calendar
                .weekend
                .iter()
                .any(|day| weekday(*day) == date.weekday())
    }
}

/// The day of the week of the plan as jiff's.
pub(super) const fn weekday(day: crate::plan::Weekday) -> jiff::civil::Weekday {
    use crate::plan::Weekday as Day;
    match day {
        Day::Monday => jiff::civil::Weekday::Monday,
        Day::Tuesday => jiff::civil::Weekday::Tuesday,
        Day::Wednesday => jiff::civil::Weekday::Wednesday,
        Day::Thursday => jiff::civil::Weekday::Thursday,
        Day::Friday => jiff::civil::Weekday::Friday,
        Day::Saturday => jiff::civil::Weekday::Saturday,
        Day::Sunday => jiff::civil::Weekday::Sunday,
    }
}

/// The length of a duration of which a day is 24 hours; months, years and workdays have none.
pub(super) fn exact(duration: Duration) -> Option<SignedDuration> {
    let seconds = match duration.unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::Day => 86_400,
        Unit::Week => 604_800,
        Unit::Month | Unit::Year | Unit::Workday => return None,
    };
    duration
        .count
        .checked_mul(seconds)
        .map(SignedDuration::from_secs)
}

/// The same duration backwards.
pub(super) fn negated(duration: Duration) -> Option<Duration> {
    Some(Duration {
        count: duration.count.checked_neg()?,
        ..duration
    })
}
