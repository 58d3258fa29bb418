//! The longest forms in which a type is shown in a language.
//!
//! Nothing is estimated: the values that can be longest are shown as a message shows them, and
//! the texts are measured. For numbers these are the largest of each number of decimals; for dates,
//! each weekday, month and number of digits in years of each form; for times, each hour.

use super::Extent;
use crate::template::Format;
use crate::template::moment::Pattern;
use crate::template::render::{Formats, RenderValue, escaped, plain_spaces};
use iso_currency::Currency;
use jiff::civil::{self, DateTime};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Mutex;

/// What is shown: a type and, for a moment, in which form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shown {
    /// Between two whole numbers, both inclusive.
    Int(i64, i64),
    /// A decimal number.
    Decimal,
    /// A percentage.
    Percent,
    /// An amount.
    Money(Currency),
    /// A date, in the form between the quotes of `date:`, or as it is.
    Date(Option<SmolStr>),
    /// A time of day.
    Time(Option<SmolStr>),
    /// An instant in the person's zone.
    Instant(Option<SmolStr>),
}

/// How long something can get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// With usual values: numbers below a million where their type has no range, dates of these
    /// years, and of the forms of a value one that stays in the short alphabet, if there is one.
    pub usual: Extent,
    /// With any value at all.
    pub most: Extent,
}

impl Reach {
    /// The same in both.
    #[must_use]
    pub const fn same(extent: Extent) -> Self {
        Self {
            usual: extent,
            most: extent,
        }
    }
}

/// Finds the longest forms, and keeps what it found. Shared between threads.
#[derive(Debug, Default)]
pub struct Longest {
    known: Mutex<FxHashMap<(SmolStr, Format, Shown), Reach>>,
}

impl Longest {
    /// The longest forms of a type in a language and format.
    pub fn of(&self, language: &str, format: Format, shown: &Shown) -> Reach {
        let key = (SmolStr::new(language), format, shown.clone());
        if let Ok(known) = self.known.lock()
            && let Some(reach) = known.get(&key)
        {
            return *reach;
        }
        let mut samples = Samples {
            formats: Formats::new(language, TimeZone::UTC),
            format,
            usual: Extent::NONE,
            most: Extent::NONE,
        };
        samples.take(shown);
        let reach = Reach {
            usual: samples.usual.shortest_alphabet(),
            most: samples.most,
        };
        if let Ok(mut known) = self.known.lock() {
            known.insert(key, reach);
        }
        reach
    }
}

/// The largest number that counts as usual where a type has no range.
const USUAL_NUMBER: i64 = 999_999;

/// An end of a range that is larger than this is none that anybody declared.
const DECLARED: u64 = 1_000_000_000_000_000;

/// Years of each form: as many digits as there can be, none, and before our era. All lie whole
/// periods of 400 years from each other, in which the weekdays of all dates come again.
const YEARS: [i16; 7] = [2026, 1626, 826, 26, -374, -9974, 9626];

struct Samples {
    formats: Formats,
    format: Format,
    usual: Extent,
    most: Extent,
}

impl Samples {
    fn take(&mut self, shown: &Shown) {
        match shown {
            Shown::Int(least, most) => {
                let usual = |end: i64| {
                    if end.unsigned_abs() > DECLARED {
                        end.clamp(0, USUAL_NUMBER)
                    } else {
                        end
                    }
                };
                for number in within(usual(*least), usual(*most)) {
                    self.add(&RenderValue::Int(number), true);
                }
                for number in within(*least, *most) {
                    self.add(&RenderValue::Int(number), false);
                }
            }
            Shown::Decimal => self.numbers(3, RenderValue::Decimal),
            Shown::Percent => self.numbers(3, RenderValue::Percent),
            Shown::Money(currency) => {
                let places = u32::from(currency.exponent().unwrap_or(2));
                self.numbers(places, |amount| RenderValue::Money {
                    amount,
                    currency: *currency,
                });
            }
            Shown::Date(form) => {
                let form = self.pattern(form.as_ref(), &crate::template::Type::Date);
                for (day, usual) in days() {
                    self.moment(&RenderValue::Date(day), form.as_ref(), usual);
                }
            }
            Shown::Time(form) => {
                let form = self.pattern(form.as_ref(), &crate::template::Type::Time);
                for time in times() {
                    self.moment(&RenderValue::Time(time), form.as_ref(), true);
                }
            }
            Shown::Instant(form) => {
                let form = self.pattern(form.as_ref(), &crate::template::Type::Instant);
                for time in self.widest_times(form.as_ref()) {
                    for (day, usual) in days() {
                        if let Some(value) = instant(day.to_datetime(time)) {
                            self.moment(&value, form.as_ref(), usual);
                        }
                    }
                }
            }
        }
    }

    /// A wrong form is reported by the check; then the value counts as it is shown without one.
    #[expect(
        clippy::unused_self,
        reason = "it reads as a part of taking the samples of one type"
    )]
    fn pattern(&self, form: Option<&SmolStr>, ty: &crate::template::Type) -> Option<Pattern> {
        form.and_then(|form| Pattern::read(form, ty).ok())
    }

    /// The largest numbers with each number of digits and of decimals up to `places`, of both
    /// signs: a separator that only large ones have may leave the short alphabet.
    fn numbers(&mut self, places: u32, of: impl Fn(Decimal) -> RenderValue) {
        let one = |decimals: u32| 10_i64.pow(decimals.min(9));
        for decimals in 0..=places.min(9) {
            let usual = (USUAL_NUMBER + 1) * one(decimals) - 1;
            self.add(&of(Decimal::new(usual, decimals)), true);
            let mut digits = Decimal::MAX.mantissa();
            while digits > 0 {
                for mantissa in [digits, -digits] {
                    let number = Decimal::try_from_i128_with_scale(mantissa, decimals);
                    if let Ok(number) = number {
                        self.add(&of(number), false);
                    }
                }
                // From the largest to 9...9 of one digit less.
                digits = 10_i128.pow(digits.ilog10()) - 1;
            }
        }
    }

    /// The times of a day that are longest in this form, in each alphabet.
    fn widest_times(&mut self, form: Option<&Pattern>) -> Vec<civil::Time> {
        let day = civil::date(2026, 12, 23);
        let mut widest: [Option<(u64, civil::Time)>; 2] = [None, None];
        for time in times() {
            let Some(text) = instant(day.to_datetime(time)).and_then(|at| self.text(&at, form))
            else {
                continue;
            };
            let extent = Extent::of(&text);
            for (kept, size) in widest.iter_mut().zip([extent.short, extent.wide]) {
                if let Some(size) = size
                    && kept.is_none_or(|(length, _)| length < size.bytes)
                {
                    *kept = Some((size.bytes, time));
                }
            }
        }
        widest.into_iter().flatten().map(|(_, time)| time).collect()
    }

    fn moment(&mut self, value: &RenderValue, form: Option<&Pattern>, usual: bool) {
        if let Some(text) = self.text(value, form) {
            self.add_text(&text, usual);
        }
    }

    fn add(&mut self, value: &RenderValue, usual: bool) {
        if let Some(text) = self.text(value, None) {
            self.add_text(&text, usual);
        }
    }

    /// What cannot be shown ends the message, so it is in none.
    fn text(&mut self, value: &RenderValue, form: Option<&Pattern>) -> Option<String> {
        let text = match form {
            Some(form) => self.formats.moment(value, form).ok()?,
            None => self.formats.show(value).ok()?,
        };
        Some(shown_in(self.format, text))
    }

    fn add_text(&mut self, text: &str, usual: bool) {
        let extent = Extent::of(text);
        self.most = self.most.or(extent);
        if usual {
            self.usual = self.usual.or(extent);
        }
    }
}

/// A text of a value as the format shows it.
pub fn shown_in(format: Format, text: String) -> String {
    match format {
        Format::Text => text,
        Format::Sms => plain_spaces(text),
        Format::Html | Format::Mjml => escaped(&text),
    }
}

/// The ends of a range, and in it the largest numbers of each number of digits, of both signs.
fn within(least: i64, most: i64) -> Vec<i64> {
    let nines = (0..19).map(|digits| 10_i64.saturating_pow(digits) - 1);
    let mut found: Vec<i64> = nines
        .flat_map(|number| [number, -number])
        .filter(|number| (least..=most).contains(number))
        .collect();
    found.extend([least, most]);
    found
}

/// Each weekday with each month and number of digits, in years of each form; those of today are
/// the usual ones.
fn days() -> impl Iterator<Item = (civil::Date, bool)> {
    YEARS.into_iter().flat_map(|year| {
        let usual = year == 2026;
        (1..=12).flat_map(move |month| {
            (1..=7)
                .chain(22..=28)
                .map(move |day| (civil::date(year, month, day), usual))
        })
    })
}

/// Each hour, with minutes and seconds of two digits.
fn times() -> impl Iterator<Item = civil::Time> {
    (0..24).flat_map(|hour| [0, 59].map(|minute| civil::time(hour, minute, minute, 0)))
}

fn instant(at: DateTime) -> Option<RenderValue> {
    let zoned = at.to_zoned(TimeZone::UTC).ok()?;
    Some(RenderValue::Instant(zoned.timestamp()))
}
