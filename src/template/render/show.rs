//! How values are shown in a language: numbers and dates by CLDR through ICU4X, amounts by
//! [`super::money`].

use super::RenderValue;
use super::money;
use crate::template::moment::{Length, Part, Pattern};
use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{T, YMD, YMDE};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale;
use jiff::civil;
use jiff::tz::TimeZone;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt::Write as _;
use writeable::TryWriteable as _;

/// The most decimals that a number is shown with: CLDR's own default.
const MAX_DECIMALS: u32 = 3;

/// Shows values in one language and zone.
pub struct Formats {
    locale: Locale,
    zone: TimeZone,
    decimal: Option<DecimalFormatter>,
}

impl Default for Formats {
    fn default() -> Self {
        Self::new("und", TimeZone::UTC)
    }
}

/// Why a value cannot be shown.
pub type Fault = &'static str;

impl Formats {
    /// For a BCP 47 tag; an unknown language gets CLDR's root conventions.
    pub fn new(language: &str, zone: TimeZone) -> Self {
        Self {
            locale: Locale::try_from_str(language).unwrap_or(Locale::UNKNOWN),
            zone,
            decimal: None,
        }
    }

    /// The text of a value.
    ///
    /// # Errors
    ///
    /// If the value is unknown, or of a type that has no text.
    pub fn show(&mut self, value: &RenderValue) -> Result<String, Fault> {
        Ok(match value {
            RenderValue::Nil => return Err("a value that is shown is unknown"),
            RenderValue::Text(text) => text.clone(),
            RenderValue::Int(number) => self.number(Decimal::from(*number), 0)?,
            RenderValue::Decimal(number) => self.number(short(*number), 0)?,
            RenderValue::Percent(number) => {
                let digits = self.number(short(number.abs()), 0)?;
                money::percent(&self.locale, &digits, number.is_sign_negative())
            }
            RenderValue::Money { amount, currency } => {
                let places = u32::from(currency.exponent().unwrap_or(2));
                let rounded =
                    amount.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
                let digits = self.number(rounded.abs(), places)?;
                let negative = rounded.is_sign_negative() && !rounded.is_zero();
                money::amount(&self.locale, &digits, *currency, negative)
            }
            RenderValue::Date(_) => self.moment(value, &Pattern::Length(Length::Long))?,
            RenderValue::Time(_) => self.moment(value, &Pattern::Length(Length::Short))?,
            RenderValue::Instant(_) => self.moment(value, &Pattern::Length(Length::Long))?,
            RenderValue::Bool(_) => return Err("a yes or no has no text of its own"),
            RenderValue::Record(_) => return Err("a record has no text of its own"),
            RenderValue::List(_) => return Err("a list has no text of its own"),
        })
    }

    /// The digits of a number, with at least `places` decimals.
    fn number(&mut self, number: Decimal, places: u32) -> Result<String, Fault> {
        let written = number.to_string();
        let mut digits: fixed_decimal::Decimal = written
            .parse()
            .map_err(|_| "a number has too many digits to be shown")?;
        digits.absolute.pad_end(-i16::try_from(places).unwrap_or(2));
        if self.decimal.is_none() {
            let options = icu_decimal::options::DecimalFormatterOptions::default();
            self.decimal = DecimalFormatter::try_new((&self.locale).into(), options).ok();
        }
        match &self.decimal {
            Some(formatter) => Ok(formatter.format(&digits).to_string()),
            None => Err("there are no conventions for numbers in this language"),
        }
    }

    /// A date, time or instant in a form.
    ///
    /// # Errors
    ///
    /// If the value is none of these, or lies outside of the years that can be shown.
    pub fn moment(&self, value: &RenderValue, pattern: &Pattern) -> Result<String, Fault> {
        const WRONG: Fault = "this is not a date, a time or an instant";
        match value {
            RenderValue::Date(date) => match pattern {
                Pattern::Length(length) => self.date(*date, *length),
                Pattern::Form(parts) => self.form(date.at(0, 0, 0, 0), parts),
            },
            RenderValue::Time(time) => match pattern {
                Pattern::Length(length) => self.time(*time, *length),
                Pattern::Form(parts) => {
                    self.form(civil::date(2000, 1, 1).to_datetime(*time), parts)
                }
            },
            RenderValue::Instant(instant) => {
                let local = self.zone.to_datetime(*instant);
                match pattern {
                    Pattern::Length(length) => self.instant(local, *length),
                    Pattern::Form(parts) => self.form(local, parts),
                }
            }
            _ => Err(WRONG),
        }
    }

    fn date(&self, date: civil::Date, length: Length) -> Result<String, Fault> {
        let prefs = (&self.locale).into();
        let day = day(date)?;
        Ok(match length {
            Length::Full => {
                let formatter =
                    DateTimeFormatter::try_new(prefs, YMDE::long()).map_err(|_| NO_DATES)?;
                formatter.format(&day).to_string()
            }
            other => {
                let fields = match other {
                    Length::Short => YMD::short(),
                    Length::Medium => YMD::medium(),
                    _ => YMD::long(),
                };
                let formatter = DateTimeFormatter::try_new(prefs, fields).map_err(|_| NO_DATES)?;
                formatter.format(&day).to_string()
            }
        })
    }

    fn time(&self, time: civil::Time, length: Length) -> Result<String, Fault> {
        let fields = match length {
            Length::Short => T::hm(),
            _ => T::hms(),
        };
        let formatter =
            NoCalendarFormatter::try_new((&self.locale).into(), fields).map_err(|_| NO_DATES)?;
        Ok(formatter.format(&clock(time)?).to_string())
    }

    fn instant(&self, local: civil::DateTime, length: Length) -> Result<String, Fault> {
        let prefs = (&self.locale).into();
        let moment = DateTime {
            date: day(local.date())?,
            time: clock(local.time())?,
        };
        Ok(match length {
            Length::Full => {
                let fields = YMDE::long().with_time_hm();
                let formatter = DateTimeFormatter::try_new(prefs, fields).map_err(|_| NO_DATES)?;
                formatter.format(&moment).to_string()
            }
            other => {
                let fields = match other {
                    Length::Short => YMD::short(),
                    Length::Medium => YMD::medium(),
                    _ => YMD::long(),
                };
                let fields = fields.with_time_hm();
                let formatter = DateTimeFormatter::try_new(prefs, fields).map_err(|_| NO_DATES)?;
                formatter.format(&moment).to_string()
            }
        })
    }

    fn form(&self, moment: civil::DateTime, parts: &[Part]) -> Result<String, Fault> {
        let mut text = String::new();
        for part in parts {
            // Digits are shown plain, as in every Liquid; names are those of the language.
            let (date, time) = (moment.date(), moment.time());
            let hour12 = (time.hour() + 11) % 12 + 1;
            // Writing to memory does not fail.
            let _ = match part {
                Part::Text(plain) => write!(text, "{plain}"),
                Part::Day => write!(text, "{:02}", date.day()),
                Part::DayShort => write!(text, "{}", date.day()),
                Part::Month => write!(text, "{:02}", date.month()),
                Part::MonthShort => write!(text, "{}", date.month()),
                Part::Year => write!(text, "{:04}", date.year()),
                Part::YearShort => write!(text, "{:02}", date.year().rem_euclid(100)),
                Part::Hour => write!(text, "{:02}", time.hour()),
                Part::HourShort => write!(text, "{}", time.hour()),
                Part::Hour12 => write!(text, "{hour12:02}"),
                Part::Hour12Short => write!(text, "{hour12}"),
                Part::Minute => write!(text, "{:02}", time.minute()),
                Part::Second => write!(text, "{:02}", time.second()),
                // Beside a day the month is in the form that languages use there (genitive).
                Part::MonthName => {
                    let beside = parts
                        .iter()
                        .any(|part| matches!(part, Part::Day | Part::DayShort));
                    let name = self.name(if beside { "MMMM" } else { "LLLL" }, moment)?;
                    write!(text, "{name}")
                }
                Part::MonthAbbreviated => write!(text, "{}", self.name("MMM", moment)?),
                Part::WeekdayName => write!(text, "{}", self.name("EEEE", moment)?),
                Part::WeekdayAbbreviated => write!(text, "{}", self.name("EEE", moment)?),
                Part::HalfDay => write!(text, "{}", self.name("a", moment)?),
            };
        }
        Ok(text)
    }

    /// One field of a moment, by its letters in CLDR.
    fn name(&self, field: &str, moment: civil::DateTime) -> Result<String, Fault> {
        let date = moment.date();
        let moment = DateTime {
            date: Date::try_new_gregorian(
                i32::from(date.year()),
                u8::try_from(date.month()).unwrap_or(1),
                u8::try_from(date.day()).unwrap_or(1),
            )
            .map_err(|_| NO_DATES)?,
            time: clock(moment.time())?,
        };
        let pattern = DateTimePattern::try_from_pattern_str(field).map_err(|_| NO_DATES)?;
        let mut names: FixedCalendarDateTimeNames<Gregorian> =
            FixedCalendarDateTimeNames::try_new((&self.locale).into()).map_err(|_| NO_DATES)?;
        let formatter = names.include_for_pattern(&pattern).map_err(|_| NO_DATES)?;
        let shown = formatter.format(&moment);
        let text = shown.try_write_to_string();
        Ok(text.map_err(|_| NO_DATES)?.into_owned())
    }
}

const NO_DATES: Fault = "there are no conventions for dates in this language";

/// At most three decimals, and no zeros behind the last.
fn short(number: Decimal) -> Decimal {
    number
        .round_dp_with_strategy(MAX_DECIMALS, RoundingStrategy::MidpointNearestEven)
        .normalize()
}

fn day(date: civil::Date) -> Result<Date<icu_calendar::Iso>, Fault> {
    Date::try_new_iso(
        i32::from(date.year()),
        u8::try_from(date.month()).unwrap_or(1),
        u8::try_from(date.day()).unwrap_or(1),
    )
    .map_err(|_| NO_DATES)
}

fn clock(time: civil::Time) -> Result<Time, Fault> {
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    Time::try_new(
        part(time.hour()),
        part(time.minute()),
        part(time.second()),
        0,
    )
    .map_err(|_| NO_DATES)
}
