//! The next such moment: times of the day, days of the week and month, workdays, anniversaries.

use super::{Local, weekday};
use crate::plan::{Duration, Weekday};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// How many days a search for a day looks ahead.
const DAYS: usize = 3_660;

impl Local<'_> {
    /// The first such time of the day at or after an instant.
    pub(in crate::engine) fn time_from(&self, from: Timestamp, time: Time) -> Option<Timestamp> {
        self.first_day(from, |_| true, time, |at| at >= from)
    }

    /// The next such time of the day, later than an instant.
    pub(in crate::engine) fn time_after(&self, after: Timestamp, time: Time) -> Option<Timestamp> {
        self.first_day(after, |_| true, time, |at| at > after)
    }

    /// The next such day of the week at a time, later than an instant.
    pub(in crate::engine) fn weekday_after(
        &self,
        after: Timestamp,
        day: Weekday,
        time: Time,
    ) -> Option<Timestamp> {
        let is_day = |date: Date| date.weekday() == weekday(day);
        self.first_day(after, is_day, time, |at| at > after)
    }

    /// The next such day of the month at a time, later than an instant; in a shorter month its
    /// last day.
    pub(in crate::engine) fn month_day_after(
        &self,
        after: Timestamp,
        day: u32,
        time: Time,
    ) -> Option<Timestamp> {
        let is_day = |date: Date| {
            let last = date.days_in_month();
            let wanted = i8::try_from(day).map_or(last, |day| day.min(last));
            date.day() == wanted
        };
        self.first_day(after, is_day, time, |at| at > after)
    }

    /// The next workday at a time, later than an instant.
    pub(in crate::engine) fn workday_after(
        &self,
        after: Timestamp,
        calendar: u32,
        time: Time,
    ) -> Option<Timestamp> {
        let is_day = |date: Date| self.is_workday(date, Some(calendar));
        self.first_day(after, is_day, time, |at| at > after)
    }

    /// The first day, from that of an instant, that fits, at a time, if the instant fits too.
    fn first_day(
        &self,
        from: Timestamp,
        day: impl Fn(Date) -> bool,
        time: Time,
        fits: impl Fn(Timestamp) -> bool,
    ) -> Option<Timestamp> {
        let mut date = self.civil(from).date();
        for _ in 0..DAYS {
            if day(date)
                && let Some(at) = self.instant(date.to_datetime(time))
                && fits(at)
            {
                return Some(at);
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The first instant of a day.
    pub(in crate::engine) fn start_of(&self, date: Date) -> Option<Timestamp> {
        self.instant(date.to_datetime(Time::midnight()))
    }

    /// The start of the day after that of an instant.
    pub(in crate::engine) fn midnight_after(&self, at: Timestamp) -> Option<Timestamp> {
        self.start_of(self.civil(at).date().tomorrow().ok()?)
    }

    /// The instant that is a duration away from a date, at a time.
    pub(in crate::engine) fn dated(
        &self,
        date: Date,
        offset: Option<Duration>,
        time: Time,
    ) -> Option<Timestamp> {
        let at = date.to_datetime(time);
        let at = match offset {
            Some(offset) => self.shift(at, offset)?,
            None => at,
        };
        self.instant(at)
    }

    /// The first anniversary of a date, the date itself included, that is a duration away from
    /// the day of the anniversary at a time and fits. 29 February is 28 February in other years.
    pub(in crate::engine) fn anniversary(
        &self,
        date: Date,
        offset: Option<Duration>,
        time: Time,
        from: Timestamp,
        fits: impl Fn(Timestamp) -> bool,
    ) -> Option<Timestamp> {
        let start = self.civil(from).date().year().saturating_sub(2);
        let first = start.max(date.year());
        for year in first..=first.saturating_add(12) {
            let day = anniversary_in(date, year)?;
            if let Some(at) = self.dated(day, offset, time)
                && fits(at)
            {
                return Some(at);
            }
        }
        None
    }
}

/// The anniversary of a date in a year.
fn anniversary_in(date: Date, year: i16) -> Option<Date> {
    let first = Date::new(year, date.month(), 1).ok()?;
    Date::new(year, date.month(), date.day().min(first.days_in_month())).ok()
}
