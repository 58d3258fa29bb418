//! Filters that count: exact, and an overflow is an error and not a wrong number.

use super::super::RenderValue;
use super::super::compare::number;
use super::super::state::State;
use super::plain;
use liquid_core::model::{Value, ValueView};
use rust_decimal::{Decimal, RoundingStrategy};

type Outcome = Result<Value, String>;

const OVERFLOW: &str = "a number of this text is too large";

/// Counts with whole numbers where both are whole, else with decimals, and keeps the unit.
fn count(
    input: &dyn ValueView,
    args: &[RenderValue],
    whole: fn(i64, i64) -> Option<i64>,
    exact: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Outcome {
    let left = plain(input)?;
    let Some(right) = args.first() else {
        return Err("an argument of a filter is missing".to_owned());
    };
    if left == RenderValue::Nil || *right == RenderValue::Nil {
        return Ok(Value::Nil);
    }
    if let (RenderValue::Int(a), RenderValue::Int(b)) = (&left, right) {
        let result = whole(*a, *b).ok_or(OVERFLOW)?;
        return Ok(Value::scalar(result));
    }
    let (Some(a), Some(b)) = (number(&left), number(right)) else {
        return Err("a filter counts with something that is no number".to_owned());
    };
    let result = exact(a, b).ok_or(OVERFLOW)?;
    Ok(with_unit(&left, right, result).to_liquid())
}

/// The result in the unit of the two.
fn with_unit(left: &RenderValue, right: &RenderValue, result: Decimal) -> RenderValue {
    match (left, right) {
        (RenderValue::Money { currency, .. }, _) | (_, RenderValue::Money { currency, .. }) => {
            RenderValue::Money {
                amount: result,
                currency: *currency,
            }
        }
        (RenderValue::Percent(_), _) => RenderValue::Percent(result),
        _ => RenderValue::Decimal(result),
    }
}

/// Applies something to the number, and keeps its type.
fn same(
    input: &dyn ValueView,
    whole: impl Fn(i64) -> Option<i64>,
    exact: impl Fn(Decimal) -> Decimal,
) -> Outcome {
    let value = match plain(input)? {
        RenderValue::Int(number) => RenderValue::Int(whole(number).ok_or(OVERFLOW)?),
        RenderValue::Decimal(number) => RenderValue::Decimal(exact(number)),
        RenderValue::Percent(number) => RenderValue::Percent(exact(number)),
        RenderValue::Money { amount, currency } => RenderValue::Money {
            amount: exact(amount),
            currency,
        },
        RenderValue::Nil => RenderValue::Nil,
        _ => return Err("a filter counts with something that is no number".to_owned()),
    };
    Ok(value.to_liquid())
}

pub fn plus(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    count(input, args, i64::checked_add, Decimal::checked_add)
}

pub fn minus(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    count(input, args, i64::checked_sub, Decimal::checked_sub)
}

/// A percentage multiplies as its hundredth.
pub fn times(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    let left = plain(input)?;
    if let Some(RenderValue::Percent(share)) = args.first() {
        if let RenderValue::Percent(_) = left {
            return Err("two percentages have no product".to_owned());
        }
        let part = RenderValue::Decimal(*share * Decimal::new(1, 2));
        let left = match left {
            RenderValue::Int(number) => RenderValue::Decimal(number.into()),
            other => other,
        };
        let input = left.to_liquid();
        return count(
            input.as_view(),
            &[part],
            i64::checked_mul,
            Decimal::checked_mul,
        );
    }
    if let (RenderValue::Percent(share), Some(RenderValue::Money { .. })) = (&left, args.first()) {
        let part = RenderValue::Decimal(*share * Decimal::new(1, 2)).to_liquid();
        return count(part.as_view(), args, i64::checked_mul, Decimal::checked_mul);
    }
    count(input, args, i64::checked_mul, Decimal::checked_mul)
}

/// Whole numbers divide to a whole number, rounded down, as in Liquid; by zero it is unknown.
pub fn divided_by(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    if args.first().and_then(number) == Some(Decimal::ZERO) {
        return Ok(Value::Nil);
    }
    count(
        input,
        args,
        |a, b| {
            let quotient = a.checked_div(b)?;
            let down = a.checked_rem(b)? != 0 && (a < 0) != (b < 0);
            quotient.checked_sub(i64::from(down))
        },
        Decimal::checked_div,
    )
}

/// The rest of a division, with the sign of the divisor as in Liquid; by zero it is unknown.
pub fn modulo(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    if args.first().and_then(number) == Some(Decimal::ZERO) {
        return Ok(Value::Nil);
    }
    count(
        input,
        args,
        |a, b| {
            let rest = a.checked_rem(b)?;
            if rest != 0 && (rest < 0) != (b < 0) {
                rest.checked_add(b)
            } else {
                Some(rest)
            }
        },
        |a, b| {
            let rest = a.checked_rem(b)?;
            if !rest.is_zero() && (rest.is_sign_negative() != b.is_sign_negative()) {
                rest.checked_add(b)
            } else {
                Some(rest)
            }
        },
    )
}

pub fn at_least(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    count(input, args, |a, b| Some(a.max(b)), |a, b| Some(a.max(b)))
}

pub fn at_most(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    count(input, args, |a, b| Some(a.min(b)), |a, b| Some(a.min(b)))
}

pub fn abs(input: &dyn ValueView, _: &[RenderValue], _: &mut State) -> Outcome {
    same(input, i64::checked_abs, |number| number.abs())
}

pub fn ceil(input: &dyn ValueView, _: &[RenderValue], _: &mut State) -> Outcome {
    same(input, Some, |number| number.ceil())
}

pub fn floor(input: &dyn ValueView, _: &[RenderValue], _: &mut State) -> Outcome {
    same(input, Some, |number| number.floor())
}

/// Rounds half to even, to whole numbers or to as many decimals as the argument says.
pub fn round(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    let places = match args.first() {
        Some(RenderValue::Int(places)) => u32::try_from(*places).unwrap_or(0).min(28),
        _ => 0,
    };
    same(input, Some, |number| {
        number.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
    })
}
