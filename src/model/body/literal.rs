//! Literals and codes: what is written, read as the type that is expected.

use super::Body;
use crate::diag::Diagnostic;
use crate::diag::codes::names::UNKNOWN_STANDARD_CODE;
use crate::diag::codes::types::{OUT_OF_RANGE, WRONG_VALUE};
use crate::model::codes;
use crate::model::hir::{Const, Duration, Expr, ExprKind as Typed};
use crate::model::ids::CalendarId;
use crate::model::types::Ty;
use crate::source::Span;
use crate::standards;
use crate::syntax::ast::{DateLit, Literal, Text, TimeLit};
use iso_currency::Currency;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use smol_str::SmolStr;

impl Body<'_, '_> {
    /// A literal; `expected` says how a text, a whole number or `no` is read.
    pub(super) fn literal(&mut self, literal: &Literal, expected: Option<&Ty>, span: Span) -> Expr {
        let read = match literal {
            Literal::Bool(value) => Some(match expected {
                // `no` is Norwegian where a language is expected.
                Some(Ty::Language) if !value => {
                    (Const::Language(SmolStr::new_static("no")), Ty::Language)
                }
                _ => (Const::Bool(*value), Ty::Bool),
            }),
            Literal::Int(value) => Some(match expected {
                Some(Ty::Decimal) => (Const::Decimal(Decimal::from(*value)), Ty::Decimal),
                _ => (Const::Int(*value), Ty::Int(Some((*value, *value)))),
            }),
            Literal::Decimal(digits) => self
                .decimal(digits, span)
                .map(|value| (Const::Decimal(value), Ty::Decimal)),
            Literal::Percent(digits) => self
                .decimal(digits, span)
                .map(|value| (Const::Percent(value), Ty::Percent)),
            Literal::Text(text) => self.text(text, expected),
            Literal::Date(date) => self
                .date(*date, span)
                .map(|date| (Const::Date(date), Ty::Date)),
            Literal::Time(time) => self
                .time(*time, span)
                .map(|time| (Const::Time(time), Ty::Time)),
            Literal::Instant { date, time, zone } => self.instant(*date, *time, zone, span),
            Literal::Duration(literal) => self.duration_literal(literal, span),
            Literal::Money { amount, currency } => self.money(amount, currency, span),
        };
        match read {
            Some((constant, ty)) => Expr {
                kind: Typed::Const(constant),
                ty,
                span,
            },
            None => Self::erroneous(span),
        }
    }

    fn decimal(&mut self, digits: &str, span: Span) -> Option<Decimal> {
        let value = Decimal::from_str_exact(digits).ok();
        if value.is_none() {
            self.error_with(
                &OUT_OF_RANGE,
                span,
                "this number has more than 28 significant digits",
                "write a shorter number",
            );
        }
        value
    }

    fn text(&mut self, text: &Text, expected: Option<&Ty>) -> Option<(Const, Ty)> {
        let value = &text.value;
        match expected {
            Some(Ty::Email) => self.valid(
                text,
                standards::is_email(value),
                "an email address",
                "marie@example.org",
                (Const::Email(value.clone()), Ty::Email),
            ),
            Some(Ty::Phone) => self.valid(
                text,
                standards::is_phone(value),
                "a phone number in the form of E.164",
                "+15145550123",
                (Const::Phone(value.clone()), Ty::Phone),
            ),
            Some(Ty::Url) => self.valid(
                text,
                standards::is_url(value),
                "a web address",
                "https://example.org",
                (Const::Url(value.clone()), Ty::Url),
            ),
            Some(Ty::Timezone) => self
                .zone(value, text.span)
                .then(|| (Const::Timezone(value.clone()), Ty::Timezone)),
            Some(Ty::Language) => {
                if standards::is_language(value) {
                    return Some((Const::Language(value.clone()), Ty::Language));
                }
                self.unknown_language(text.span, value);
                None
            }
            Some(Ty::Country) => {
                if standards::is_country(value) {
                    return Some((Const::Country(value.clone()), Ty::Country));
                }
                self.unknown_country(text.span, value);
                None
            }
            _ => {
                let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
                Some((Const::Text(value.clone()), Ty::Text(Some(length))))
            }
        }
    }

    fn valid(
        &mut self,
        text: &Text,
        valid: bool,
        what: &str,
        example: &str,
        value: (Const, Ty),
    ) -> Option<(Const, Ty)> {
        if !valid {
            self.error_with(
                &WRONG_VALUE,
                text.span,
                format!("`{}` is not {what}", text.value),
                format!("write it like `\"{example}\"`"),
            );
        }
        valid.then_some(value)
    }

    /// Reports a country that ISO 3166-1 does not have.
    pub(super) fn unknown_country(&mut self, span: Span, word: &str) {
        let near = codes::nearest_country(word);
        self.unknown_code(
            span,
            word,
            "a country of ISO 3166-1",
            "its two capitals, like `CA`",
            near,
        );
    }

    /// Reports a language that BCP 47 does not have.
    pub(super) fn unknown_language(&mut self, span: Span, word: &str) {
        let near = codes::nearest_language(word);
        self.unknown_code(
            span,
            word,
            "a language of BCP 47",
            "`fr` or `\"fr-CA\"`",
            near.as_deref(),
        );
    }

    /// Reports a time zone that is none of IANA's, or not written as a text.
    pub(super) fn unknown_zone(&mut self, span: Span, word: &str) {
        let near = codes::nearest_timezone(word).map(|near| format!("\"{near}\""));
        self.unknown_code(
            span,
            word,
            "a time zone of IANA",
            "one like `\"America/Toronto\"`",
            near.as_deref(),
        );
    }

    fn unknown_code(&mut self, span: Span, word: &str, what: &str, form: &str, near: Option<&str>) {
        let place = self.place(span);
        self.report(
            Diagnostic::new(
                &UNKNOWN_STANDARD_CODE,
                place,
                format!("`{word}` is not {what}"),
            )
            .help(near.map_or_else(
                || format!("write {form}"),
                |near| format!("did you mean `{near}`?"),
            )),
        );
    }

    /// Whether a time zone is one of IANA's; reported if not.
    fn zone(&mut self, name: &str, span: Span) -> bool {
        if standards::is_timezone(name) {
            return true;
        }
        self.unknown_zone(span, name);
        false
    }

    fn date(&mut self, date: DateLit, span: Span) -> Option<Date> {
        let read = Date::new(date.year, date.month, date.day).ok();
        if read.is_none() {
            self.error_with(
                &WRONG_VALUE,
                span,
                "there is no such day",
                "write a day of the calendar, like `2026-12-25`",
            );
        }
        read
    }

    fn time(&mut self, time: TimeLit, span: Span) -> Option<Time> {
        let read = Time::new(time.hour, time.minute, time.second, 0).ok();
        if read.is_none() {
            self.error_with(
                &WRONG_VALUE,
                span,
                "there is no such time of day",
                "write a time from 00:00 to 23:59",
            );
        }
        read
    }

    fn instant(
        &mut self,
        date: DateLit,
        time: TimeLit,
        zone: &SmolStr,
        span: Span,
    ) -> Option<(Const, Ty)> {
        let date = self.date(date, span)?;
        let time = self.time(time, span)?;
        self.zone(zone, span).then(|| {
            let zone = zone.clone();
            (Const::Instant { date, time, zone }, Ty::Instant)
        })
    }

    fn duration_literal(
        &mut self,
        literal: &crate::syntax::ast::DurationLit,
        span: Span,
    ) -> Option<(Const, Ty)> {
        let calendar = match &literal.calendar {
            Some(name) => Some(self.resolve::<CalendarId>(name)?),
            None => None,
        };
        let duration = Duration {
            count: literal.count,
            unit: literal.unit,
            calendar,
        };
        self.duration_fits(duration, super::Length::Calendar, span)
            .then_some((Const::Duration(duration), Ty::Duration))
    }

    fn money(&mut self, amount: &str, code: &str, span: Span) -> Option<(Const, Ty)> {
        let Some(currency) = Currency::from_code(code) else {
            self.unknown_code(
                span,
                code,
                "a currency of ISO 4217",
                "its three capitals, like `CAD`",
                None,
            );
            return None;
        };
        let amount = self.decimal(amount, span)?;
        Some((Const::Money { amount, currency }, Ty::Money(currency)))
    }
}
