//! The types of filters that count.

use crate::template::Type;
use crate::template::filters::Count;

/// What counting with two numbers gives, or why they do not go together.
pub fn count(how: Count, left: &Type, right: &Type) -> Result<Type, &'static str> {
    use Type::{Decimal, Int, Money, Percent, Unknown};
    Ok(match (how, left, right) {
        (_, Unknown, _) | (_, _, Unknown) => Unknown,
        (_, Int, Int) => Int,
        (_, Int | Decimal, Int | Decimal) => Decimal,
        (Count::Alike, Percent, Percent) => Percent,
        (Count::Alike, Money(a), Money(b)) if a == b => Money(*a),
        (Count::Alike, Money(_), Money(_)) => return Err("they are in two currencies"),
        (Count::Alike, Money(_), _) => {
            return Err("an amount counts with an amount of the same currency");
        }
        (Count::Times, Money(a), Int | Decimal | Percent)
        | (Count::Times, Int | Decimal | Percent, Money(a))
        | (Count::Divide, Money(a), Int | Decimal) => Money(*a),
        (Count::Times, Int | Decimal, Percent) => Decimal,
        (Count::Times | Count::Divide, Percent, Int | Decimal) => Percent,
        (Count::Times, Money(_), Money(_)) => return Err("two amounts have no product"),
        _ => return Err("they are of different kinds"),
    })
}
