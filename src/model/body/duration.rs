//! Lengths of time that must be known when the project is checked.

use super::Body;
use crate::diag::Diagnostic;
use crate::diag::codes::types::WRONG_LENGTH;
use crate::model::hir::Duration;
use crate::model::ids::CalendarId;
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, Literal, Unit};

/// The longest length, in seconds: a thousand years.
const LONGEST: i64 = 1000 * 366 * 86_400;

/// How a length of time is counted, which decides the units that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// In the person's calendar: every unit, workdays too, and 0. Waits, entries, `in last`,
    /// `ago`, `reenter after`, `lead`, `@refreshed`, `@expires`.
    Calendar,
    /// In exact time, where a day is 24 hours: no month, year or workday, and more than 0.
    /// `limit`, `within`, `for D`, promises, `capacity`, `admit`, `timeout`.
    Exact,
}

impl Body<'_, '_> {
    /// The length that an expression says. It must be a literal.
    pub fn duration(&mut self, expr: &ast::Expr, rule: Length) -> Option<Duration> {
        let literal = match &expr.kind {
            ExprKind::Literal(Literal::Duration(literal)) => literal,
            ExprKind::Paren(inner) => return self.duration(inner, rule),
            ExprKind::Broken => return None,
            other => {
                let (message, help) = match other {
                    ExprKind::Literal(Literal::Int(count)) => (
                        format!("`{count}` is no length of time without a unit"),
                        format!("write the unit, like `{count} days`"),
                    ),
                    ExprKind::Name(name) if UNITS.contains(&name.as_str()) => (
                        format!("`{}` is no length of time without a number", name.text),
                        format!("write `1 {}`", name.text),
                    ),
                    ExprKind::Literal(Literal::Text(text)) if is_length(&text.value) => (
                        "a length of time stands without quotes".to_owned(),
                        format!("write `{}`", text.value),
                    ),
                    _ => (
                        "a length of time is written out here".to_owned(),
                        "write a number and a unit, like `3 days`".to_owned(),
                    ),
                };
                let place = self.place(expr.span);
                self.report(Diagnostic::new(&WRONG_LENGTH, place, message).help(help));
                return None;
            }
        };
        let calendar = self.workday_calendar(literal)?;
        let duration = Duration {
            count: literal.count,
            unit: literal.unit,
            calendar,
        };
        self.duration_fits(duration, rule, expr.span)
            .then_some(duration)
    }

    /// The calendar of `workdays of CAL`; `None` inside for the other units.
    fn workday_calendar(&mut self, literal: &ast::DurationLit) -> Option<Option<CalendarId>> {
        match &literal.calendar {
            Some(name) => Some(Some(self.resolve::<CalendarId>(name)?)),
            None => Some(None),
        }
    }

    pub(super) fn duration_fits(&mut self, duration: Duration, rule: Length, span: Span) -> bool {
        let exact = seconds(duration.unit);
        let place = self.place(span);
        if rule == Length::Exact {
            let unit = match duration.unit {
                Unit::Month => Some("a month has no fixed length"),
                Unit::Year => Some("a year has no fixed length"),
                Unit::Workday => Some("a workday has no fixed length"),
                _ => None,
            };
            if let Some(why) = unit {
                self.report(
                    Diagnostic::new(
                        &WRONG_LENGTH,
                        place,
                        format!("{why}, and this rule counts exact time"),
                    )
                    .help("write it in weeks, days or hours; a day is 24 hours here"),
                );
                return false;
            }
            if duration.count <= 0 {
                self.report(
                    Diagnostic::new(&WRONG_LENGTH, place, "this length of time is 0")
                        .help("write a length of at least 1 second"),
                );
                return false;
            }
        }
        let total = duration.count.checked_mul(exact);
        if duration.count < 0 || total.is_none_or(|total| total > LONGEST) {
            self.report(
                Diagnostic::new(&WRONG_LENGTH, place, "this length of time is too long")
                    .help("write a length of at most 1,000 years"),
            );
            return false;
        }
        true
    }
}

/// About how many seconds a unit has; exact up to the week.
fn seconds(unit: Unit) -> i64 {
    match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3600,
        Unit::Day | Unit::Workday => 86_400,
        Unit::Week => 7 * 86_400,
        Unit::Month => 30 * 86_400,
        Unit::Year => 366 * 86_400,
    }
}

/// The units that need no calendar, for one.
const UNITS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// Whether a text reads like `3 days`.
fn is_length(text: &str) -> bool {
    let mut words = text.split(' ');
    let number = words.next().is_some_and(|word| word.parse::<u32>().is_ok());
    let unit = words.next().map(|word| word.trim_end_matches('s'));
    number && unit.is_some_and(|unit| UNITS.contains(&unit)) && words.next().is_none()
}
