//! Literals: numbers with their units, dates, times and texts, read by hand from one token each.

use super::{Lower, Node};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{DateLit, DurationLit, Expr, ExprKind, Literal, TimeLit, Unit};
use crate::syntax::grammar::Rule;
use crate::syntax::report;
use smol_str::SmolStr;

/// The words for units of time.
pub(in crate::syntax) const UNITS: [(&str, Unit); 16] = [
    ("second", Unit::Second),
    ("seconds", Unit::Second),
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
    ("workday", Unit::Workday),
    ("workdays", Unit::Workday),
];

impl<'a> Lower<'a> {
    /// A `number` or `bare` token: whatever begins with a digit.
    pub fn number(&mut self, node: &Node<'a>) -> Expr {
        let span = self.at(node);
        let written = node.as_str();
        let literal = if node.as_rule() == Rule::bare {
            self.plain_number(written, span)
        } else {
            self.literal(written, span)
        };
        Expr {
            kind: literal.map_or(ExprKind::Broken, ExprKind::Literal),
            span,
        }
    }

    fn literal(&mut self, written: &str, span: Span) -> Option<Literal> {
        let digits = written
            .find(|c: char| !c.is_ascii_digit() && c != '_')
            .unwrap_or(written.len());
        let (head, tail) = written.split_at_checked(digits)?;
        match tail.as_bytes().first() {
            None => self.plain_number(written, span),
            Some(b'-') => self.date_or_instant(written, span),
            Some(b':') => self.time(written, span).map(Literal::Time),
            Some(_) => {
                let fraction = tail.strip_prefix('.').map_or(0, |rest| {
                    1 + rest
                        .find(|c: char| !c.is_ascii_digit() && c != '_')
                        .unwrap_or(rest.len())
                });
                let amount = written.get(..head.len() + fraction)?;
                let suffix = written.get(head.len() + fraction..)?;
                self.with_suffix(amount, suffix, span)
            }
        }
    }

    /// A number and what stands right behind it.
    fn with_suffix(&mut self, amount: &str, suffix: &str, span: Span) -> Option<Literal> {
        if suffix.is_empty() {
            return self.plain_number(amount, span);
        }
        if suffix == "%" {
            self.amount(amount, span)?;
            return Some(Literal::Percent(clean(amount)));
        }
        if suffix.starts_with(|c: char| unicode_ident::is_xid_continue(c)) {
            report::glued(self, amount, suffix, span);
            return None;
        }
        let word = self.unit_word(suffix);
        if let Some(&(_, unit)) = UNITS.iter().find(|(name, _)| *name == word) {
            let count = self.count(amount, span)?;
            let calendar = self.unit_calendar(unit, suffix, span)?;
            return Some(Literal::Duration(DurationLit {
                count,
                unit,
                calendar,
            }));
        }
        self.amount(amount, span)?;
        Some(Literal::Money {
            amount: clean(amount),
            currency: word.into(),
        })
    }

    /// The first word of `suffix`, behind white space and comments.
    fn unit_word<'s>(&self, suffix: &'s str) -> &'s str {
        suffix
            .lines()
            .filter_map(|line| line.split("//").next())
            .flat_map(|line| line.split([' ', '\t', '\r', ';']))
            .map(|word| word.trim_matches(char::is_whitespace))
            .find(|word| !word.is_empty())
            .unwrap_or("")
    }

    /// The calendar of `workdays of CAL`: present exactly for that unit.
    fn unit_calendar(
        &mut self,
        unit: Unit,
        suffix: &str,
        span: Span,
    ) -> Option<Option<crate::syntax::ast::Name>> {
        if unit != Unit::Workday {
            return Some(None);
        }
        let name = self.last_word(suffix, span, 0);
        if matches!(name.as_str(), "workday" | "workdays") && !name.quoted {
            self.push(
                Diagnostic::new(
                    &codes::MISSING_PART,
                    span.in_file(self.file),
                    format!("`{}` of which calendar", name.text),
                )
                .help(format!("write `{} of CALENDAR`", self.source(span))),
            );
            return None;
        }
        Some(Some(name))
    }

    fn plain_number(&mut self, written: &str, span: Span) -> Option<Literal> {
        if written.contains('.') {
            self.amount(written, span)?;
            return Some(Literal::Decimal(clean(written)));
        }
        self.count(written, span).map(Literal::Int)
    }

    /// A whole number of 64 bits.
    fn count(&mut self, written: &str, span: Span) -> Option<i64> {
        if written.contains('.') {
            self.bad_number(
                span,
                format!(
                    "{} is not a whole number",
                    report::quoted(self.source(span))
                ),
            )
            .map(|()| 0)?;
        }
        match clean(written).parse() {
            Ok(number) => Some(number),
            Err(_) => {
                self.bad_number(span, format!("`{written}` is larger than any `int`"))?;
                None
            }
        }
    }

    /// Holds a decimal to the 28 digits that Jalon computes with.
    fn amount(&mut self, written: &str, span: Span) -> Option<()> {
        let digits = written.bytes().filter(u8::is_ascii_digit);
        if digits.skip_while(|b| *b == b'0').count() > 28 {
            return self.bad_number(span, format!("`{written}` has more than 28 digits"));
        }
        Some(())
    }

    fn bad_number(&mut self, span: Span, message: String) -> Option<()> {
        self.report(&codes::BAD_NUMBER, span, message);
        None
    }

    fn date_or_instant(&mut self, written: &str, span: Span) -> Option<Literal> {
        let Some((date, rest)) = written.split_once('T') else {
            return self.date(written, span).map(Literal::Date);
        };
        let date = self.date(date, span)?;
        let (time, zone) = match rest.split_once('[') {
            Some((time, zone)) => (time, zone.strip_suffix(']').unwrap_or(zone)),
            None => (rest, ""),
        };
        if zone.is_empty() || !rest.ends_with(']') {
            self.push(
                Diagnostic::new(
                    &codes::BAD_DATE,
                    span.in_file(self.file),
                    format!("`{written}` does not say in which time zone"),
                )
                .help("name the zone in brackets, as in `2026-12-25T09:00[Europe/Paris]`"),
            );
            return None;
        }
        let time = self.time(time, span)?;
        Some(Literal::Instant {
            date,
            time,
            zone: zone.into(),
        })
    }

    fn date(&mut self, written: &str, span: Span) -> Option<DateLit> {
        let mut parts = written.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let shaped = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let date = match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) if shaped => {
                jiff::civil::Date::new(year, month, day).ok()
            }
            _ => None,
        };
        let Some(date) = date else {
            let help = if shaped {
                report::date_help(year, month)
            } else {
                report::day_first(year, month, day)
            };
            let fix = report::as_helped(self, span, &help);
            self.push(
                Diagnostic::new(
                    &codes::BAD_DATE,
                    span.in_file(self.file),
                    format!("there is no day `{written}`"),
                )
                .help(help)
                .fix_if(fix),
            );
            return None;
        };
        Some(DateLit {
            year: date.year(),
            month: date.month(),
            day: date.day(),
        })
    }

    fn time(&mut self, written: &str, span: Span) -> Option<TimeLit> {
        let mut parts = written.split(':');
        let (hour, minute, second) = (parts.next()?, parts.next().unwrap_or(""), parts.next());
        let shaped = [Some(hour), Some(minute), second]
            .into_iter()
            .flatten()
            .all(|part| part.len() == 2)
            && parts.next().is_none();
        let number = |part: &str, below: i8| part.parse::<i8>().ok().filter(|n| *n < below);
        let time = match (
            number(hour, 24),
            number(minute, 60),
            second.map_or(Some(0), |s| number(s, 60)),
        ) {
            (Some(hour), Some(minute), Some(seconds)) if shaped => Some(TimeLit {
                hour,
                minute,
                second: seconds,
                has_seconds: second.is_some(),
            }),
            _ => None,
        };
        if time.is_none() {
            report::bad_time(self, written, span);
        }
        time
    }
}

/// Digits without `_`.
pub(super) fn clean(written: &str) -> SmolStr {
    if written.contains('_') {
        written.chars().filter(|c| *c != '_').collect()
    } else {
        written.into()
    }
}
