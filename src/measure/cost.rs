//! What handing a message over costs.

use crate::model::hir::{Channel, Const};
use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::Serialize;

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// How much, exact.
    pub amount: Decimal,
    /// Its ISO 4217 code.
    #[serde(serialize_with = "code")]
    pub currency: Currency,
}

fn code<S: serde::Serializer>(currency: &Currency, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(currency.code())
}

impl Cost {
    /// What one unit costs on a channel: an email, a segment of a text message. `None` if the
    /// channel does not say.
    #[must_use]
    pub fn of(channel: &Channel) -> Option<Self> {
        match channel.cost {
            Some(Const::Money { amount, currency }) => Some(Self { amount, currency }),
            _ => None,
        }
    }

    /// So many units; `None` if that is more than can be counted.
    #[must_use]
    pub fn times(self, units: u64) -> Option<Self> {
        let amount = self.amount.checked_mul(Decimal::from(units))?;
        Some(Self { amount, ..self })
    }
}

/// `0.02 CAD`
impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount.normalize(), self.currency.code())
    }
}
