//! Times at which a rule forbids: `between 21:00 and 09:00`, `on sunday`, `on holidays of fr`.
//!
//! A window begins on a local day and is compared with local times: in an hour that occurs
//! twice, an instant is inside if its local time is, whichever reading of it is meant. The end
//! does not belong to it. A window that is not ascending ends on the day after; without
//! `between` it is the whole day. `on` says on which days it begins.

use crate::engine::time::{Local, weekday};
use crate::plan::Days;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

/// How many windows after another are looked at.
const FARTHEST: usize = 400;

/// The window of a rule.
pub(super) struct Window<'a> {
    pub between: Option<(Time, Time)>,
    pub on: Option<&'a Days>,
}

impl Window<'_> {
    /// Whether an instant is inside.
    pub(super) fn holds(&self, local: &Local<'_>, at: Timestamp) -> bool {
        self.end_around(local, local.civil(at)).is_some()
    }

    /// The first instant after one inside that is not.
    pub(super) fn ends(&self, local: &Local<'_>, at: Timestamp) -> Option<Timestamp> {
        let mut now = at;
        for _ in 0..FARTHEST {
            let end = self.end_around(local, local.civil(now))?;
            now = local.instant_after(end, now)?;
            if !self.holds(local, now) {
                return Some(now);
            }
        }
        None
    }

    /// The next beginning of a window, later than an instant.
    pub(super) fn begins(&self, local: &Local<'_>, at: Timestamp) -> Option<Timestamp> {
        let mut date = local.civil(at).date();
        for _ in 0..FARTHEST {
            if self.starts_on(local, date)
                && let Some(start) = local.instant_after(self.bounds(date)?.0, at)
            {
                return Some(start);
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The end of the window that a local time is inside of: that of this day or of the last.
    fn end_around(&self, local: &Local<'_>, at: DateTime) -> Option<DateTime> {
        let today = at.date();
        let days = [Some(today), today.yesterday().ok()];
        days.into_iter().flatten().find_map(|day| {
            let (start, end) = self.bounds(day)?;
            (start <= at && at < end && self.starts_on(local, day)).then_some(end)
        })
    }

    /// The beginning and end of the window that begins on a day.
    fn bounds(&self, day: Date) -> Option<(DateTime, DateTime)> {
        let (from, to) = self.between.unwrap_or((Time::midnight(), Time::midnight()));
        let last = if from < to { day } else { day.tomorrow().ok()? };
        Some((day.to_datetime(from), last.to_datetime(to)))
    }

    fn starts_on(&self, local: &Local<'_>, day: Date) -> bool {
        match self.on {
            None => true,
            Some(Days::Weekdays(days)) => days.iter().any(|it| weekday(*it) == day.weekday()),
            Some(Days::Holidays(calendar)) => local
                .calendars
                .get(*calendar as usize)
                .is_some_and(|calendar| calendar.holidays.contains(&day)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Weekday;
    use jiff::civil::time;
    use jiff::tz::TimeZoneDatabase;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn with_zone(test: impl Fn(Local<'_>)) {
        let zone = TimeZoneDatabase::bundled().get("America/Toronto").unwrap();
        test(Local {
            zone: &zone,
            calendars: &[],
        });
    }

    fn night() -> Window<'static> {
        Window {
            between: Some((time(21, 0, 0, 0), time(9, 0, 0, 0))),
            on: None,
        }
    }

    #[test]
    fn a_night_crosses_midnight_and_its_end_is_outside() {
        with_zone(|local| {
            let night = night();
            assert!(!night.holds(&local, at("2026-01-10T20:59:59-05:00")));
            assert!(night.holds(&local, at("2026-01-10T21:00:00-05:00")));
            assert!(night.holds(&local, at("2026-01-11T03:00:00-05:00")));
            assert!(!night.holds(&local, at("2026-01-11T09:00:00-05:00")));
            assert_eq!(
                night.ends(&local, at("2026-01-10T23:00:00-05:00")),
                Some(at("2026-01-11T09:00:00-05:00"))
            );
            assert_eq!(
                night.begins(&local, at("2026-01-10T12:00:00-05:00")),
                Some(at("2026-01-10T21:00:00-05:00"))
            );
        });
    }

    #[test]
    fn the_day_of_on_is_the_day_on_which_the_window_begins() {
        with_zone(|local| {
            let days = Days::Weekdays(vec![Weekday::Saturday]);
            let window = Window {
                between: Some((time(21, 0, 0, 0), time(9, 0, 0, 0))),
                on: Some(&days),
            };
            // 10 January 2026 is a Saturday.
            assert!(window.holds(&local, at("2026-01-11T08:00:00-05:00")));
            assert!(!window.holds(&local, at("2026-01-10T08:00:00-05:00")));
            assert!(!window.holds(&local, at("2026-01-11T22:00:00-05:00")));
        });
    }

    #[test]
    fn whole_days_end_at_the_first_midnight_that_is_free() {
        with_zone(|local| {
            let days = Days::Weekdays(vec![Weekday::Saturday, Weekday::Sunday]);
            let window = Window {
                between: None,
                on: Some(&days),
            };
            assert_eq!(
                window.ends(&local, at("2026-01-10T10:00:00-05:00")),
                Some(at("2026-01-12T00:00:00-05:00"))
            );
        });
    }

    #[test]
    fn an_end_that_a_change_of_offset_skips_is_the_first_instant_after_the_gap() {
        with_zone(|local| {
            let window = Window {
                between: Some((time(21, 0, 0, 0), time(2, 30, 0, 0))),
                on: None,
            };
            // On 8 March 2026 the clocks go from 02:00 to 03:00.
            assert_eq!(
                window.ends(&local, at("2026-03-07T23:00:00-05:00")),
                Some(at("2026-03-08T03:00:00-04:00"))
            );
        });
    }

    #[test]
    fn both_readings_of_a_repeated_hour_are_inside() {
        with_zone(|local| {
            let window = Window {
                between: Some((time(0, 0, 0, 0), time(1, 30, 0, 0))),
                on: None,
            };
            // On 1 November 2026 the hour from 01:00 to 02:00 occurs twice.
            assert!(window.holds(&local, at("2026-11-01T01:15:00-04:00")));
            assert!(!window.holds(&local, at("2026-11-01T01:45:00-04:00")));
            assert!(window.holds(&local, at("2026-11-01T01:15:00-05:00")));
            assert_eq!(
                window.ends(&local, at("2026-11-01T01:15:00-05:00")),
                Some(at("2026-11-01T01:30:00-05:00"))
            );
        });
    }

    #[test]
    fn a_window_of_the_whole_day_every_day_never_ends() {
        with_zone(|local| {
            let window = Window {
                between: Some((time(9, 0, 0, 0), time(9, 0, 0, 0))),
                on: None,
            };
            assert_eq!(window.ends(&local, at("2026-01-10T10:00:00-05:00")), None);
        });
    }
}
