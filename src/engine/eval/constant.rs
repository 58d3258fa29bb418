//! Constants of the plan as values.

use super::Context;
use crate::engine::{Currency, Money, Value};
use crate::plan::Const;

impl Context<'_> {
    /// The value of a constant.
    pub(in crate::engine) fn constant(&self, value: &Const) -> Option<Value> {
        self.program.constant(value)
    }
}

impl crate::engine::Program {
    /// The value of a constant; nothing if the plan is damaged.
    #[must_use]
    pub fn constant(&self, value: &Const) -> Option<Value> {
        Some(match value {
            Const::Bool(value) => Value::Bool(*value),
            Const::Int(value) => Value::Int(*value),
            Const::Decimal(value) => Value::Decimal(*value),
            Const::Percent(value) => Value::Percent(*value),
            Const::Text(value) => Value::Text(value.clone()),
            Const::Date(value) => Value::Date(*value),
            Const::Time(value) => Value::Time(*value),
            Const::Instant { date, time, zone } => {
                let zone = self.zone(zone);
                let local = self.local(&zone);
                Value::Instant(local.instant(date.to_datetime(*time))?)
            }
            Const::Duration(value) => Value::Duration(*value),
            Const::Money { amount, currency } => Value::Money(Money {
                amount: *amount,
                currency: Currency::new(currency)?,
            }),
            Const::Variant { variant, .. } => Value::Variant(*variant),
            Const::Channel(value) => Value::Channel(*value),
            Const::Purpose(value) => Value::Purpose(*value),
            Const::Status(value) => Value::Status(*value),
            Const::List(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.constant(item))
                    .collect::<Option<Vec<_>>>()?
                    .into(),
            ),
        })
    }
}
