//! Comparing two values, exactly.

use super::RenderValue;
use crate::template::liquid::Comparator;
use liquid_core::model::{State, Value, ValueView};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Whether `left comparator right` holds. What cannot be compared is neither equal nor ordered.
pub fn holds(left: &dyn ValueView, comparator: Comparator, right: &dyn ValueView) -> bool {
    if comparator == Comparator::Contains {
        return contains(left, right);
    }
    if let Value::State(state) = right.to_value() {
        let is = is_state(left, state);
        return match comparator {
            Comparator::Equal => is,
            Comparator::NotEqual => !is,
            _ => false,
        };
    }
    let (Some(left), Some(right)) = (
        RenderValue::from_liquid(left),
        RenderValue::from_liquid(right),
    ) else {
        return comparator == Comparator::NotEqual;
    };
    let order = order(&left, &right);
    match comparator {
        Comparator::Equal => order == Some(Ordering::Equal),
        Comparator::NotEqual => order != Some(Ordering::Equal),
        Comparator::Less => order == Some(Ordering::Less),
        Comparator::LessEqual => order.is_some_and(Ordering::is_le),
        Comparator::Greater => order == Some(Ordering::Greater),
        Comparator::GreaterEqual => order.is_some_and(Ordering::is_ge),
        Comparator::Contains => false,
    }
}

/// Whether a value alone holds: it is known, and not a no.
pub fn truth(value: &dyn ValueView) -> bool {
    !value.is_nil()
        && value
            .as_scalar()
            .is_none_or(|scalar| scalar.to_bool() != Some(false))
}

fn is_state(value: &dyn ValueView, state: State) -> bool {
    let empty_list = value.as_array().is_some_and(|list| list.size() == 0);
    let text = |blank: bool| {
        value.as_scalar().is_some_and(|scalar| {
            let text = scalar.to_kstr();
            if blank {
                text.trim().is_empty()
            } else {
                text.is_empty()
            }
        })
    };
    match state {
        State::Empty => empty_list || text(false),
        State::Blank => value.is_nil() || empty_list || text(true),
        _ => value.query_state(state),
    }
}

fn contains(left: &dyn ValueView, right: &dyn ValueView) -> bool {
    let Some(needle) = right.as_scalar() else {
        return false;
    };
    let needle = needle.to_kstr();
    if let Some(list) = left.as_array() {
        return list.values().any(|item| item.to_kstr() == needle);
    }
    left.as_scalar()
        .is_some_and(|text| text.to_kstr().contains(needle.as_str()))
}

fn order(left: &RenderValue, right: &RenderValue) -> Option<Ordering> {
    match (left, right) {
        (RenderValue::Nil, RenderValue::Nil) => Some(Ordering::Equal),
        (RenderValue::Text(a), RenderValue::Text(b)) => Some(a.cmp(b)),
        (RenderValue::Bool(a), RenderValue::Bool(b)) => Some(a.cmp(b)),
        (RenderValue::Date(a), RenderValue::Date(b)) => Some(a.cmp(b)),
        (RenderValue::Date(a), RenderValue::Text(b)) => Some(a.cmp(&b.parse().ok()?)),
        (RenderValue::Time(a), RenderValue::Time(b)) => Some(a.cmp(b)),
        (RenderValue::Time(a), RenderValue::Text(b)) => Some(a.cmp(&b.parse().ok()?)),
        (RenderValue::Instant(a), RenderValue::Instant(b)) => Some(a.cmp(b)),
        (
            RenderValue::Money {
                amount: a,
                currency,
            },
            RenderValue::Money {
                amount: b,
                currency: other,
            },
        ) => (currency == other).then(|| a.cmp(b)),
        (a, b) => Some(number(a)?.cmp(&number(b)?)),
    }
}

/// What a number is without its unit: `amount > 50` means 50 of its currency.
pub fn number(value: &RenderValue) -> Option<Decimal> {
    match value {
        RenderValue::Int(number) => Some(Decimal::from(*number)),
        RenderValue::Decimal(number)
        | RenderValue::Percent(number)
        | RenderValue::Money { amount: number, .. } => Some(*number),
        _ => None,
    }
}
