//! Arithmetic and comparisons: exact, half-even, checked.

use super::{Answer, Context, Fault, Frame};
use crate::engine::{Money, Value};
use crate::plan::{ArithmeticOp, CompareOp, Duration, Expr, Unit};
use jiff::SignedDuration;
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;

/// Hundred, for percentages.
const HUNDRED: Decimal = Decimal::from_parts(100, 0, 0, false, 0);

impl Context<'_> {
    pub(super) fn negate(&self, frame: &mut Frame, item: &Expr) -> Answer {
        Ok(match self.eval(frame, item)? {
            Some(Value::Int(value)) => {
                Some(Value::Int(value.checked_neg().ok_or(Fault::Overflow)?))
            }
            Some(Value::Decimal(value)) => Some(Value::Decimal(-value)),
            Some(Value::Percent(value)) => Some(Value::Percent(-value)),
            Some(Value::Money(money)) => Some(Value::Money(Money {
                amount: -money.amount,
                ..money
            })),
            Some(Value::Duration(duration)) => {
                let back = crate::engine::time::negated(duration).ok_or(Fault::Overflow)?;
                Some(Value::Duration(back))
            }
            _ => None,
        })
    }

    /// Both operands are known; what is divided by zero is unknown.
    pub(in crate::engine) fn arithmetic(
        &self,
        op: ArithmeticOp,
        left: Value,
        right: Value,
    ) -> Answer {
        use Value as V;
        match (left, right) {
            (V::Int(left), V::Int(right)) => integers(op, left, right),
            (V::Money(left), V::Money(right)) => moneys(op, left, right),
            (V::Money(money), right) => {
                let Some(factor) = factor(&right) else {
                    return Err(Fault::Plan("money meets something that is not a number"));
                };
                let amount = decimals(op, money.amount, factor)?;
                Ok(amount.map(|amount| V::Money(Money { amount, ..money })))
            }
            (left, V::Money(money)) if op == ArithmeticOp::Multiply => {
                self.arithmetic(op, V::Money(money), left)
            }
            (V::Percent(left), V::Percent(right)) => {
                let value = match op {
                    ArithmeticOp::Add | ArithmeticOp::Subtract => decimals(op, left, right)?,
                    ArithmeticOp::Multiply => {
                        let product = decimals(op, left, right)?;
                        product.and_then(|product| product.checked_div(HUNDRED))
                    }
                    ArithmeticOp::Divide => return Ok(decimals(op, left, right)?.map(V::Decimal)),
                };
                Ok(value.map(V::Percent))
            }
            (V::Percent(percent), V::Int(number)) if op == ArithmeticOp::Divide => {
                Ok(decimals(op, percent, Decimal::from(number))?.map(V::Percent))
            }
            (V::Percent(percent), V::Decimal(number)) if op == ArithmeticOp::Divide => {
                Ok(decimals(op, percent, number)?.map(V::Percent))
            }
            (V::Time(time), V::Duration(duration)) => {
                let duration = signed(op, duration)?;
                let length = crate::engine::time::exact(duration);
                Ok(length.map(|length| V::Time(time.wrapping_add(length))))
            }
            (V::Time(left), V::Time(right)) if op == ArithmeticOp::Subtract => Ok(Some(span(
                left.duration_since(right).as_secs(),
                Unit::Second,
            ))),
            // `3 days ago` where a date stands is that day.
            (V::Date(left), V::Instant(right)) => {
                let right = self.local.civil(right).date();
                self.arithmetic(op, V::Date(left), V::Date(right))
            }
            (V::Instant(left), V::Date(right)) => {
                let left = self.local.civil(left).date();
                self.arithmetic(op, V::Date(left), V::Date(right))
            }
            (V::Date(date), V::Duration(duration)) => {
                let duration = signed(op, duration)?;
                let at = date.to_datetime(jiff::civil::Time::midnight());
                let at = self.local.shift(at, duration).ok_or(Fault::Overflow)?;
                Ok(Some(V::Date(at.date())))
            }
            (V::Instant(at), V::Duration(duration)) => {
                let at = self.local.add(at, signed(op, duration)?);
                Ok(Some(V::Instant(at.ok_or(Fault::Overflow)?)))
            }
            (V::Duration(left), right @ (V::Date(_) | V::Instant(_)))
                if op == ArithmeticOp::Add =>
            {
                self.arithmetic(op, right, V::Duration(left))
            }
            (V::Date(left), V::Date(right)) if op == ArithmeticOp::Subtract => {
                let days = left
                    .since((jiff::Unit::Day, right))
                    .map_err(|_| Fault::Overflow)?;
                Ok(Some(span(i64::from(days.get_days()), Unit::Day)))
            }
            (V::Instant(left), V::Instant(right)) if op == ArithmeticOp::Subtract => {
                let seconds = left.duration_since(right).as_secs();
                Ok(Some(span(seconds, Unit::Second)))
            }
            (V::Duration(left), V::Duration(right)) => durations(op, left, right),
            (V::Duration(duration), V::Int(number)) | (V::Int(number), V::Duration(duration))
                if op == ArithmeticOp::Multiply =>
            {
                let count = duration.count.checked_mul(number);
                let count = count.ok_or(Fault::Overflow)?;
                Ok(Some(V::Duration(Duration { count, ..duration })))
            }
            (left, right) => {
                let (Some(left), Some(right)) = (factor(&left), factor(&right)) else {
                    return Err(Fault::Plan("an operation on values that have none"));
                };
                Ok(decimals(op, left, right)?.map(V::Decimal))
            }
        }
    }

    pub(super) fn comparison(
        &self,
        frame: &mut Frame,
        op: CompareOp,
        left: &Expr,
        right: &Expr,
    ) -> Answer {
        let (Some(left), Some(right)) = self.sides(frame, left, right)? else {
            return Ok(None);
        };
        let holds = match op {
            CompareOp::Equal => self.equal(&left, &right)?,
            CompareOp::NotEqual => !self.equal(&left, &right)?,
            CompareOp::Less => self.order(&left, &right)?.is_some_and(Ordering::is_lt),
            CompareOp::LessEqual => self.order(&left, &right)?.is_some_and(Ordering::is_le),
            CompareOp::Greater => self.order(&left, &right)?.is_some_and(Ordering::is_gt),
            CompareOp::GreaterEqual => self.order(&left, &right)?.is_some_and(Ordering::is_ge),
        };
        Ok(Some(Value::Bool(holds)))
    }

    pub(super) fn in_range(
        &self,
        frame: &mut Frame,
        item: &Expr,
        low: &Expr,
        high: &Expr,
    ) -> Answer {
        let (item_low, low) = self.sides(frame, item, low)?;
        let (item_high, high) = self.sides(frame, item, high)?;
        let (Some(item_low), Some(low), Some(item_high), Some(high)) =
            (item_low, low, item_high, high)
        else {
            return Ok(None);
        };
        let above = self.order(&item_low, &low)?.is_some_and(Ordering::is_ge);
        let below = self.order(&item_high, &high)?.is_some_and(Ordering::is_le);
        Ok(Some(Value::Bool(above && below)))
    }

    /// Whether two values are the same.
    pub(in crate::engine) fn equal(&self, left: &Value, right: &Value) -> Result<bool, Fault> {
        Ok(match (left, right) {
            (Value::Event(left), Value::Event(right)) => {
                left.source == right.source && left.id == right.id
            }
            (Value::Consent(record), Value::Status(status))
            | (Value::Status(status), Value::Consent(record)) => record.status == *status,
            (Value::List(left), Value::List(right)) => {
                let mut same = left.len() == right.len();
                for (left, right) in left.iter().zip(right.iter()) {
                    same = same && self.equal(left, right)?;
                }
                same
            }
            _ => match self.order(left, right)? {
                Some(order) => order.is_eq(),
                None => left == right,
            },
        })
    }

    /// The order of two values; an instant compares with a date by its day in the person's zone.
    pub(in crate::engine) fn order(
        &self,
        left: &Value,
        right: &Value,
    ) -> Result<Option<Ordering>, Fault> {
        Ok(match (left, right) {
            (Value::Date(left), Value::Instant(right)) => {
                Some(left.cmp(&self.local.civil(*right).date()))
            }
            (Value::Instant(left), Value::Date(right)) => {
                Some(self.local.civil(*left).date().cmp(right))
            }
            _ => compare(left, right)?,
        })
    }
}

/// The order of two values of one type, if the type has one.
pub(in crate::engine) fn compare(left: &Value, right: &Value) -> Result<Option<Ordering>, Fault> {
    use Value as V;
    Ok(Some(match (left, right) {
        (V::Bool(left), V::Bool(right)) => left.cmp(right),
        (V::Int(left), V::Int(right)) => left.cmp(right),
        (V::Percent(left), V::Percent(right)) => left.cmp(right),
        (V::Text(left), V::Text(right)) => left.cmp(right),
        (V::Date(left), V::Date(right)) => left.cmp(right),
        (V::Time(left), V::Time(right)) => left.cmp(right),
        (V::Instant(left), V::Instant(right)) => left.cmp(right),
        (V::Duration(left), V::Duration(right)) => length(*left).cmp(&length(*right)),
        (V::Money(left), V::Money(right)) => {
            if left.currency != right.currency {
                return Err(Fault::Currencies);
            }
            left.amount.cmp(&right.amount)
        }
        (V::Variant(left), V::Variant(right)) => left.cmp(right),
        (V::Int(_) | V::Decimal(_), V::Int(_) | V::Decimal(_)) => {
            match (factor(left), factor(right)) {
                (Some(left), Some(right)) => left.cmp(&right),
                _ => return Ok(None),
            }
        }
        _ => return Ok(None),
    }))
}

/// A number as a decimal: 12.5% is 0.125.
fn factor(value: &Value) -> Option<Decimal> {
    match value {
        Value::Int(value) => Some(Decimal::from(*value)),
        Value::Decimal(value) => Some(*value),
        Value::Percent(value) => value.checked_div(HUNDRED),
        _ => None,
    }
}

/// Rounds to 28 significant digits, half-even.
pub(super) fn rounded(value: Decimal) -> Decimal {
    let digits = value
        .mantissa()
        .unsigned_abs()
        .checked_ilog10()
        .unwrap_or(0)
        + 1;
    if digits <= 28 || value.scale() == 0 {
        return value;
    }
    value.round_dp_with_strategy(value.scale() - 1, RoundingStrategy::MidpointNearestEven)
}

fn integers(op: ArithmeticOp, left: i64, right: i64) -> Answer {
    let value = match op {
        ArithmeticOp::Add => left.checked_add(right),
        ArithmeticOp::Subtract => left.checked_sub(right),
        ArithmeticOp::Multiply => left.checked_mul(right),
        ArithmeticOp::Divide => {
            let quotient = decimals(op, Decimal::from(left), Decimal::from(right))?;
            return Ok(quotient.map(Value::Decimal));
        }
    };
    value
        .map(|value| Some(Value::Int(value)))
        .ok_or(Fault::Overflow)
}

fn decimals(op: ArithmeticOp, left: Decimal, right: Decimal) -> Result<Option<Decimal>, Fault> {
    let value = match op {
        ArithmeticOp::Add => left.checked_add(right),
        ArithmeticOp::Subtract => left.checked_sub(right),
        ArithmeticOp::Multiply => left.checked_mul(right),
        ArithmeticOp::Divide if right.is_zero() => return Ok(None),
        ArithmeticOp::Divide => left.checked_div(right),
    };
    value
        .map(|value| Some(rounded(value)))
        .ok_or(Fault::Overflow)
}

fn moneys(op: ArithmeticOp, left: Money, right: Money) -> Answer {
    if left.currency != right.currency {
        return Err(Fault::Currencies);
    }
    let value = decimals(op, left.amount, right.amount)?;
    Ok(match op {
        ArithmeticOp::Add | ArithmeticOp::Subtract => {
            value.map(|amount| Value::Money(Money { amount, ..left }))
        }
        ArithmeticOp::Divide => value.map(Value::Decimal),
        ArithmeticOp::Multiply => return Err(Fault::Plan("money times money")),
    })
}

fn signed(op: ArithmeticOp, duration: Duration) -> Result<Duration, Fault> {
    match op {
        ArithmeticOp::Add => Ok(duration),
        ArithmeticOp::Subtract => crate::engine::time::negated(duration).ok_or(Fault::Overflow),
        ArithmeticOp::Multiply | ArithmeticOp::Divide => {
            Err(Fault::Plan("a date is multiplied or divided"))
        }
    }
}

fn durations(op: ArithmeticOp, left: Duration, right: Duration) -> Answer {
    let same = left.unit == right.unit && left.calendar == right.calendar;
    let (a, b, unit, calendar) = if same {
        (left.count, right.count, left.unit, left.calendar)
    } else {
        let seconds = |duration| length(duration).as_secs();
        (seconds(left), seconds(right), Unit::Second, None)
    };
    let count = match op {
        ArithmeticOp::Add => a.checked_add(b),
        ArithmeticOp::Subtract => a.checked_sub(b),
        ArithmeticOp::Divide => {
            let quotient = decimals(op, Decimal::from(a), Decimal::from(b))?;
            return Ok(quotient.map(Value::Decimal));
        }
        ArithmeticOp::Multiply => return Err(Fault::Plan("a duration times a duration")),
    };
    let count = count.ok_or(Fault::Overflow)?;
    Ok(Some(Value::Duration(Duration {
        count,
        unit,
        calendar,
    })))
}

fn span(count: i64, unit: Unit) -> Value {
    Value::Duration(Duration {
        count,
        unit,
        calendar: None,
    })
}

/// A length for comparisons: a month counts as 30.436875 days, a year as twelve of them, a
/// workday as a day.
fn length(duration: Duration) -> SignedDuration {
    let seconds = match duration.unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::Day | Unit::Workday => 86_400,
        Unit::Week => 604_800,
        Unit::Month => 2_629_746,
        Unit::Year => 31_556_952,
    };
    SignedDuration::from_secs(duration.count.saturating_mul(seconds))
}
