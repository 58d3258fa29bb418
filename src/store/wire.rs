//! Values on the wire: cells of a CSV file, members of a JSON object.
//!
//! An empty cell and `null` are unknown. Money is `"30.00 CAD"`, or a bare number or decimal text,
//! since the type fixes the currency. Durations are written as in the language, instants as in
//! RFC 3339, references as the key, lists as JSON arrays, enums and channels by name.
//!
//! A JSON number is read as the shortest decimal that is that number: up to 15 digits are exact.
//! Write more as a text.

use crate::engine::{Currency, Money, RowRef, Value};
use crate::plan::{Const, Duration, Plan, Type, Unit};
use crate::standards;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use smol_str::SmolStr;
use std::str::FromStr;

/// Why a value was not taken: half a sentence that follows the name of the field.
pub type Refused = String;

/// Reads a value of a type from a JSON value; `null` is unknown.
///
/// # Errors
/// What is wrong with it.
pub fn from_json(plan: &Plan, ty: &Type, json: &Json) -> Result<Option<Value>, Refused> {
    Ok(Some(match (ty, json) {
        (_, Json::Null) => return Ok(None),
        (Type::Bool, Json::Bool(value)) => Value::Bool(*value),
        (Type::List(inner), Json::Array(items)) => {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                let value = from_json(plan, inner, item)?;
                values.push(value.ok_or("has an unknown item in its list")?);
            }
            Value::List(values.into())
        }
        (_, Json::String(text)) => return from_text(plan, ty, text),
        (
            Type::Int { .. } | Type::Decimal | Type::Percent | Type::Money(_),
            Json::Number(number),
        ) => {
            return from_text(plan, ty, &plain(&number.to_string())?);
        }
        // A key may be a number in the system that it comes from.
        (Type::Text { .. } | Type::Row(_), Json::Number(number)) => {
            return from_text(plan, ty, &plain(&number.to_string())?);
        }
        _ => return Err(format!("is {}, not {}", kind(json), describe(plan, ty))),
    }))
}

/// Reads a value of a type from a text; the empty text is unknown.
///
/// # Errors
/// What is wrong with it.
pub fn from_text(plan: &Plan, ty: &Type, text: &str) -> Result<Option<Value>, Refused> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("is `{}`, not {}", shortened(text), describe(plan, ty));
    let decimal = |text: &str| Decimal::from_str_exact(text).map_err(|_| wrong());
    let word = |fits: bool| {
        fits.then(|| Value::Text(SmolStr::new(text)))
            .ok_or_else(wrong)
    };
    Ok(Some(match ty {
        Type::Bool => match text {
            "yes" | "true" => Value::Bool(true),
            "no" | "false" => Value::Bool(false),
            _ => return Err(wrong()),
        },
        Type::Int { range } => {
            let value: i64 = text.parse().map_err(|_| wrong())?;
            if let Some((low, high)) = range.filter(|(low, high)| value < *low || value > *high) {
                return Err(format!("is {value}, which is not in {low}..{high}"));
            }
            Value::Int(value)
        }
        Type::Decimal => Value::Decimal(decimal(text)?),
        Type::Percent => {
            Value::Percent(decimal(text.strip_suffix('%').unwrap_or(text).trim_end())?)
        }
        Type::Text { max } => {
            let length = text.chars().count();
            if let Some(max) = max.filter(|max| length > *max as usize) {
                return Err(format!("has {length} characters, more than {max}"));
            }
            Value::Text(text.into())
        }
        Type::Date => Value::Date(Date::from_str(text).map_err(|_| wrong())?),
        Type::Time => Value::Time(Time::from_str(text).map_err(|_| wrong())?),
        Type::Instant => Value::Instant(Timestamp::from_str(text).map_err(|_| wrong())?),
        Type::Duration => Value::Duration(duration(plan, text).ok_or_else(wrong)?),
        Type::Money(currency) => {
            let (amount, code) = match text.split_once(' ') {
                Some((amount, code)) => (amount, code),
                None => (text, currency.as_str()),
            };
            if code != currency.as_str() {
                let has_code =
                    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
                return Err(if has_code {
                    format!("is in {code}, not in {currency}")
                } else {
                    wrong()
                });
            }
            let currency = Currency::new(currency).ok_or_else(wrong)?;
            Value::Money(Money {
                amount: decimal(amount)?,
                currency,
            })
        }
        Type::Email => word(standards::is_email(text))?,
        Type::Phone => word(standards::is_phone(text))?,
        Type::Url => word(standards::is_url(text))?,
        Type::Country => word(standards::is_country(text))?,
        Type::Language => word(standards::is_language(text))?,
        Type::Timezone => word(standards::is_timezone(text))?,
        Type::Channel(channels) => {
            let named = |channel: &&u32| {
                plan.channels
                    .get(**channel as usize)
                    .is_some_and(|one| one.name == text)
            };
            Value::Channel(*channels.iter().find(named).ok_or_else(wrong)?)
        }
        Type::Enum(of) => {
            let variants = plan
                .enums
                .get(*of as usize)
                .map_or(&[][..], |one| &one.variants);
            let at = variants
                .iter()
                .position(|variant| variant == text)
                .ok_or_else(wrong)?;
            Value::Variant(u32::try_from(at).map_err(|_| wrong())?)
        }
        Type::Row(entity) => Value::Row(RowRef::new(*entity, text)),
        Type::List(_) => {
            let json: Json = serde_json::from_str(text).map_err(|_| wrong())?;
            return from_json(plan, ty, &json);
        }
        Type::Consent => return Err(wrong()),
    }))
}

/// Writes a stored value as a text that [`from_text`] reads back. Nothing for a consent, which is
/// more than one text, and for what no field can hold.
#[must_use]
pub fn to_text(plan: &Plan, ty: &Type, value: &Value) -> Option<String> {
    Some(match value {
        Value::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Value::Int(value) => value.to_string(),
        Value::Decimal(value) => value.to_string(),
        Value::Percent(value) => format!("{value}%"),
        Value::Text(value) => value.to_string(),
        Value::Date(value) => value.to_string(),
        Value::Time(value) => value.to_string(),
        Value::Instant(value) => value.to_string(),
        Value::Duration(value) => duration_text(plan, *value)?,
        Value::Money(value) => format!("{} {}", value.amount, value.currency),
        Value::Variant(variant) => variant_name(plan, ty, *variant)?.to_string(),
        Value::Channel(channel) => plan.channels.get(*channel as usize)?.name.to_string(),
        Value::Row(row) => row.key.to_string(),
        Value::List(items) => {
            let Type::List(inner) = ty else { return None };
            let texts = items
                .iter()
                .map(|item| to_text(plan, inner, item).map(Json::String));
            Json::Array(texts.collect::<Option<_>>()?).to_string()
        }
        Value::Purpose(_)
        | Value::Status(_)
        | Value::Event(_)
        | Value::Consent(_)
        | Value::Result(_) => return None,
    })
}

/// The name of a variant of an enum type.
#[must_use]
pub fn variant_name<'p>(plan: &'p Plan, ty: &Type, variant: u32) -> Option<&'p SmolStr> {
    let Type::Enum(of) = ty else { return None };
    plan.enums.get(*of as usize)?.variants.get(variant as usize)
}

/// `3 days`, `1 workday of fr`: as [`from_text`] reads it.
#[must_use]
pub fn duration_text(plan: &Plan, value: Duration) -> Option<String> {
    let unit = match value.unit {
        Unit::Second => "second",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
        Unit::Workday => "workday",
    };
    let plural = if value.count == 1 { "" } else { "s" };
    let mut text = format!("{} {unit}{plural}", value.count);
    if let Some(calendar) = value.calendar {
        text += &format!(" of {}", plan.calendars.get(calendar as usize)?.name);
    }
    Some(text)
}

/// The value of a constant of a plan.
#[must_use]
pub fn from_const(value: &Const) -> Option<Value> {
    Some(match value {
        Const::Bool(value) => Value::Bool(*value),
        Const::Int(value) => Value::Int(*value),
        Const::Decimal(value) => Value::Decimal(*value),
        Const::Percent(value) => Value::Percent(*value),
        Const::Text(text) => Value::Text(text.clone()),
        Const::Date(date) => Value::Date(*date),
        Const::Time(time) => Value::Time(*time),
        Const::Instant { date, time, zone } => {
            let zone = TimeZone::get(zone).ok()?;
            let local = DateTime::from_parts(*date, *time);
            Value::Instant(zone.to_ambiguous_timestamp(local).compatible().ok()?)
        }
        Const::Duration(duration) => Value::Duration(*duration),
        Const::Money { amount, currency } => Value::Money(Money {
            amount: *amount,
            currency: Currency::new(currency)?,
        }),
        Const::Variant { variant, .. } => Value::Variant(*variant),
        Const::Channel(channel) => Value::Channel(*channel),
        Const::Purpose(purpose) => Value::Purpose(*purpose),
        Const::Status(status) => Value::Status(*status),
        Const::List(items) => Value::List(items.iter().map(from_const).collect::<Option<_>>()?),
    })
}

/// `3 days`, `3 workdays of fr`
fn duration(plan: &Plan, text: &str) -> Option<Duration> {
    let mut words = text.split_whitespace();
    let count: i64 = words.next()?.parse().ok()?;
    let word = words.next()?;
    let unit = match word.strip_suffix('s').unwrap_or(word) {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "workday" => Unit::Workday,
        _ => return None,
    };
    let calendar = if unit == Unit::Workday {
        words.next().filter(|of| *of == "of")?;
        let name = words.next()?;
        let at = plan
            .calendars
            .iter()
            .position(|calendar| calendar.name == name)?;
        Some(u32::try_from(at).ok()?)
    } else {
        None
    };
    words.next().is_none().then_some(Duration {
        count,
        unit,
        calendar,
    })
}

/// A JSON number without an exponent.
fn plain(number: &str) -> Result<String, Refused> {
    if !number.contains(['e', 'E']) {
        return Ok(number.strip_suffix(".0").unwrap_or(number).to_owned());
    }
    let value = Decimal::from_scientific(number);
    value
        .map(|value| value.normalize().to_string())
        .map_err(|_| format!("is {number}, which is too large"))
}

const fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// The first characters of a text, for a message.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What a value of a type looks like.
fn describe(plan: &Plan, ty: &Type) -> String {
    let one_of = |names: Vec<&str>| format!("one of {}", names.join(", "));
    match ty {
        Type::Bool => "`yes` or `no`".into(),
        Type::Int { range: None } => "a whole number".into(),
        Type::Int {
            range: Some((low, high)),
        } => format!("a whole number in {low}..{high}"),
        Type::Decimal => "a decimal number like `12.5`".into(),
        Type::Percent => "a percentage like `12.5%`".into(),
        Type::Text { .. } => "a text".into(),
        Type::Date => "a date like `2026-12-25`".into(),
        Type::Time => "a time like `09:00`".into(),
        Type::Instant => "an instant in RFC 3339 like `2026-12-25T09:00:00Z`".into(),
        Type::Duration => "a duration like `3 days`".into(),
        Type::Money(currency) => format!("an amount like `30.00 {currency}`"),
        Type::Email => "an email address".into(),
        Type::Phone => "a phone number in E.164 like `+15145550123`".into(),
        Type::Url => "a URL like `https://example.org/`".into(),
        Type::Country => "a country of ISO 3166-1 like `CA`".into(),
        Type::Language => "a language of BCP 47 like `fr` or `fr-CA`".into(),
        Type::Timezone => "a time zone of IANA like `America/Toronto`".into(),
        Type::Channel(channels) => one_of(
            channels
                .iter()
                .filter_map(|channel| plan.channels.get(*channel as usize))
                .map(|channel| channel.name.as_str())
                .collect(),
        ),
        Type::Enum(of) => one_of(
            plan.enums
                .get(*of as usize)
                .map(|one| one.variants.iter().map(SmolStr::as_str).collect())
                .unwrap_or_default(),
        ),
        Type::Row(entity) => plan.entities.get(*entity as usize).map_or_else(
            || "a key".into(),
            |one| format!("the key of a `{}`", one.name),
        ),
        Type::Consent => "the status of a consent or an object".into(),
        Type::List(_) => "a list like `[\"a\", \"b\"]`".into(),
    }
}
