//! The closed list of functions.

use super::{Answer, Context, Fault, Frame};
use crate::engine::{Money, Value};
use crate::plan::{Expr, Function};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use smol_str::SmolStr;
use std::cmp::Ordering;

impl Context<'_> {
    pub(super) fn call(&self, frame: &mut Frame, function: Function, args: &[Expr]) -> Answer {
        match function {
            Function::Today => {
                self.wake_each_day();
                return Ok(Some(Value::Date(self.local.civil(self.now).date())));
            }
            Function::Now => {
                self.wake_each_minute();
                return Ok(Some(Value::Instant(self.now)));
            }
            _ => {}
        }
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            let Some(value) = self.eval(frame, arg)? else {
                return Ok(None);
            };
            values.push(value);
        }
        let mut values = values.into_iter();
        let (Some(first), second) = (values.next(), values.next()) else {
            return Err(Fault::Plan("a function without arguments"));
        };
        Ok(match (function, first, second) {
            (Function::Age, Value::Date(date), None) => {
                self.wake_each_day();
                Some(Value::Int(age(date, self.local.civil(self.now).date())))
            }
            (Function::Age, Value::Instant(at), None) => {
                self.wake_each_day();
                let civil = |at| self.local.civil(at).date();
                Some(Value::Int(age(civil(at), civil(self.now))))
            }
            (Function::Lower, Value::Text(text), None) => {
                Some(Value::Text(SmolStr::from(text.to_lowercase())))
            }
            (Function::Upper, Value::Text(text), None) => {
                Some(Value::Text(SmolStr::from(text.to_uppercase())))
            }
            (Function::Trim, Value::Text(text), None) => Some(Value::Text(text.trim().into())),
            (Function::Contains, Value::Text(text), Some(Value::Text(part))) => {
                Some(Value::Bool(text.contains(part.as_str())))
            }
            (Function::Contains, Value::List(items), Some(item)) => {
                let mut found = false;
                for other in items.iter() {
                    found |= self.equal(other, &item)?;
                }
                Some(Value::Bool(found))
            }
            (Function::StartsWith, Value::Text(text), Some(Value::Text(part))) => {
                Some(Value::Bool(text.starts_with(part.as_str())))
            }
            (Function::Length, Value::Text(text), None) => Some(count(text.chars().count())),
            (Function::Length, Value::List(items), None) => Some(count(items.len())),
            (Function::Round, value, digits) => Some(round(value, digits)?),
            (Function::AtLeast, left, Some(right)) => {
                let smaller = self.order(&left, &right)? == Some(Ordering::Less);
                Some(if smaller { right } else { left })
            }
            (Function::AtMost, left, Some(right)) => {
                let larger = self.order(&left, &right)? == Some(Ordering::Greater);
                Some(if larger { right } else { left })
            }
            _ => return Err(Fault::Plan("a function of other arguments")),
        })
    }
}

fn count(length: usize) -> Value {
    Value::Int(i64::try_from(length).unwrap_or(i64::MAX))
}

/// Full years; who is born on 29 February is a year older on 28 February of other years.
fn age(born: Date, today: Date) -> i64 {
    let years = i64::from(today.year()) - i64::from(born.year());
    let last = today.days_in_month();
    let birthday = if born.month() == today.month() {
        (born.month(), born.day().min(last))
    } else {
        (born.month(), born.day())
    };
    if (today.month(), today.day()) < birthday {
        years - 1
    } else {
        years
    }
}

/// Half-even, to a number of decimals; without one a decimal to a whole number, and an amount to
/// the minor unit of its currency.
fn round(value: Value, digits: Option<Value>) -> Result<Value, Fault> {
    let places = match &digits {
        Some(Value::Int(digits)) => u32::try_from(*digits).unwrap_or(0).min(28),
        _ => 0,
    };
    let rounded = |value: Decimal| {
        value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
    };
    Ok(match value {
        Value::Decimal(value) if digits.is_none() => {
            Value::Int(rounded(value).to_i64().ok_or(Fault::Overflow)?)
        }
        Value::Decimal(value) => Value::Decimal(rounded(value)),
        Value::Int(value) if digits.is_some() => Value::Decimal(value.into()),
        Value::Percent(value) => Value::Percent(rounded(value)),
        Value::Money(money) => {
            let unit = iso_currency::Currency::from_code(money.currency.code());
            let minor = unit.and_then(|unit| unit.exponent()).map_or(2, u32::from);
            let half_even = RoundingStrategy::MidpointNearestEven;
            Value::Money(Money {
                amount: money.amount.round_dp_with_strategy(minor, half_even),
                ..money
            })
        }
        other => other,
    })
}
