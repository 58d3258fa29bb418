//! The values that a text is rendered with, and how they travel through the liquid crate.
//!
//! Texts, whole numbers and yes-or-no are scalars of the crate. A decimal, percentage, amount,
//! date, time or instant is an object with the key `$`, which no record can have: it names the
//! type, and the other keys hold the value exactly, as text.

use crate::template::names::encode;
use indexmap::IndexMap;
use iso_currency::Currency;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use liquid_core::model::{Object, Value, ValueView};
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// A value for a template.
#[derive(Debug, Clone, PartialEq)]
pub enum RenderValue {
    /// Unknown.
    Nil,
    /// `bool`
    Bool(bool),
    /// `int`
    Int(i64),
    /// `decimal`
    Decimal(Decimal),
    /// `percent`: 12.5 for 12.5 %.
    Percent(Decimal),
    /// `money`, not rounded.
    Money {
        /// How much.
        amount: Decimal,
        /// Of what.
        currency: Currency,
    },
    /// `text`, and what is shown as it is: a URL, an address, a code, the name of a choice.
    Text(String),
    /// `date`
    Date(Date),
    /// `time`
    Time(Time),
    /// `instant`; shown in the zone of the context.
    Instant(Timestamp),
    /// A person, a row or an event, with every field that the template reads.
    Record(IndexMap<SmolStr, RenderValue>),
    /// Rows or plain values.
    List(Vec<RenderValue>),
}

const TAG: &str = "$";

impl RenderValue {
    /// The value as the liquid crate carries it.
    pub(super) fn to_liquid(&self) -> Value {
        match self {
            Self::Nil => Value::Nil,
            Self::Bool(value) => Value::scalar(*value),
            Self::Int(value) => Value::scalar(*value),
            Self::Text(value) => Value::scalar(value.clone()),
            Self::Decimal(value) => tagged("decimal", &value.to_string(), None),
            Self::Percent(value) => tagged("percent", &value.to_string(), None),
            Self::Money { amount, currency } => {
                tagged("money", &amount.to_string(), Some(currency.code()))
            }
            Self::Date(value) => tagged("date", &value.to_string(), None),
            Self::Time(value) => tagged("time", &value.to_string(), None),
            Self::Instant(value) => tagged("instant", &value.to_string(), None),
            Self::Record(fields) => {
                let mut object = Object::new();
                for (name, value) in fields {
                    object.insert(encode(name).as_str().to_owned().into(), value.to_liquid());
                }
                Value::Object(object)
            }
            Self::List(items) => Value::array(items.iter().map(Self::to_liquid)),
        }
    }

    /// Reads a value back. Records are not read: no filter opens one, they give `None`.
    pub(super) fn from_liquid(value: &dyn ValueView) -> Option<Self> {
        if value.is_nil() {
            return Some(Self::Nil);
        }
        if let Some(scalar) = value.as_scalar() {
            // A text that looks like a number stays a text: the type is asked for first.
            return match value.type_name() {
                "whole number" => scalar.to_integer().map(Self::Int),
                // A decimal literal of the template; the shortest text that reads back as the
                // same number is what was written.
                "fractional number" => {
                    let number = scalar.to_float()?;
                    number.to_string().parse().ok().map(Self::Decimal)
                }
                "boolean" => scalar.to_bool().map(Self::Bool),
                _ => Some(Self::Text(scalar.to_kstr().into_string())),
            };
        }
        if let Some(array) = value.as_array() {
            return array
                .values()
                .map(Self::from_liquid)
                .collect::<Option<_>>()
                .map(Self::List);
        }
        let object = value.as_object()?;
        let text = |key: &str| Some(object.get(key)?.to_kstr().into_string());
        let written = text("v")?;
        Some(match text(TAG)?.as_str() {
            "decimal" => Self::Decimal(written.parse().ok()?),
            "percent" => Self::Percent(written.parse().ok()?),
            "money" => Self::Money {
                amount: written.parse().ok()?,
                currency: Currency::from_code(&text("c")?)?,
            },
            "date" => Self::Date(written.parse().ok()?),
            "time" => Self::Time(written.parse().ok()?),
            "instant" => Self::Instant(written.parse().ok()?),
            _ => return None,
        })
    }
}

fn tagged(tag: &'static str, value: &str, currency: Option<&'static str>) -> Value {
    let mut object = Object::new();
    object.insert(TAG.into(), Value::scalar(tag));
    object.insert("v".into(), Value::scalar(value.to_owned()));
    if let Some(code) = currency {
        object.insert("c".into(), Value::scalar(code));
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_travel_exactly() {
        for value in [
            RenderValue::Nil,
            RenderValue::Bool(true),
            RenderValue::Int(i64::MAX),
            RenderValue::Text("12".into()),
            RenderValue::Text("2026-12-25".into()),
            RenderValue::Text("true".into()),
            RenderValue::Decimal("0.1000000000000000000000000001".parse().unwrap()),
            RenderValue::Percent("12.5".parse().unwrap()),
            RenderValue::Money {
                amount: "30.00".parse().unwrap(),
                currency: Currency::CAD,
            },
            RenderValue::Date("2026-12-25".parse().unwrap()),
            RenderValue::Time("09:00:30".parse().unwrap()),
            RenderValue::Instant("2026-12-25T14:00:00Z".parse().unwrap()),
            RenderValue::List(vec![RenderValue::Int(1), RenderValue::Nil]),
        ] {
            let carried = value.to_liquid();
            assert_eq!(RenderValue::from_liquid(carried.as_view()), Some(value));
        }
    }
}
