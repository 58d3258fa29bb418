//! Values at run time.
//!
//! A value that may be unknown is an `Option<Value>`: `None` is unknown. Enums, channels and
//! purposes are positions in the lists of the plan.

use super::EventData;
use crate::plan;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;
use std::fmt;
use std::sync::Arc;

/// A known value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// `yes` or `no`.
    Bool(bool),
    /// `int`
    Int(i64),
    /// `decimal`
    Decimal(Decimal),
    /// `percent`: 12.5 for 12.5%.
    Percent(Decimal),
    /// `text`, `email`, `phone`, `url`, `country`, `language`, `timezone`.
    Text(SmolStr),
    /// `date`
    Date(Date),
    /// `time`
    Time(Time),
    /// `instant`
    Instant(Timestamp),
    /// `duration`
    Duration(plan::Duration),
    /// `money(CAD)`
    Money(Money),
    /// A variant of an enum, by its position in the enum.
    Variant(u32),
    /// A channel.
    Channel(u32),
    /// A purpose.
    Purpose(u32),
    /// The status of a consent.
    Status(plan::Status),
    /// A reference to a row, which may not be there.
    Row(RowRef),
    /// An event.
    Event(Arc<EventData>),
    /// A record of consent.
    Consent(Arc<ConsentRecord>),
    /// A list of plain values or of rows.
    List(Arc<[Value]>),
    /// The result of an action: its fields, by position.
    Result(Arc<[Option<Value>]>),
}

/// An amount in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Exact, in units of the currency (not minor units).
    pub amount: Decimal,
    /// ISO 4217.
    pub currency: Currency,
}

/// An ISO 4217 code: three capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of a code of three ASCII capitals; nothing for any other text.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(bytes))
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = SmolStr::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| serde::de::Error::custom("not a currency code"))
    }
}

/// A row by entity and key. A person is a row of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowRef {
    /// Position in the entities of the plan.
    pub entity: u32,
    /// The key as text: an `int` in decimal digits, a `date` as `2026-12-25`.
    pub key: SmolStr,
}

impl RowRef {
    /// A reference.
    #[must_use]
    pub fn new(entity: u32, key: impl Into<SmolStr>) -> Self {
        Self {
            entity,
            key: key.into(),
        }
    }
}

/// A stored row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Which row.
    pub id: RowRef,
    /// The values, by position among the entity's fields; relations store nothing and are unknown.
    pub fields: Box<[Option<Value>]>,
    /// When the fields with `refreshed` were last written, by position.
    pub written: Vec<(u32, Timestamp)>,
}

impl Row {
    /// A field's value, if it is known.
    #[must_use]
    pub fn field(&self, field: u32) -> Option<&Value> {
        self.fields.get(field as usize)?.as_ref()
    }

    /// When a field with `refreshed` was last written.
    #[must_use]
    pub fn written(&self, field: u32) -> Option<Timestamp> {
        self.written
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, instant)| *instant)
    }

    /// Writes a field, and when it was written if that is kept.
    pub fn write(&mut self, field: u32, value: Option<Value>, refreshed_at: Option<Timestamp>) {
        if let Some(place) = self.fields.get_mut(field as usize) {
            *place = value;
        }
        if let Some(at) = refreshed_at {
            self.written.retain(|(other, _)| *other != field);
            self.written.push((field, at));
        }
    }
}

/// The record of one permission. A field of type consent without a value is `never_asked`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// As stored: whether a grant has expired is found when it is read.
    pub status: plan::Status,
    /// Since when the status holds.
    pub since: Option<Timestamp>,
    /// The basis that was claimed.
    pub basis: Option<SmolStr>,
    /// What wrote it: the name of an event, for `grant`, `withdraw` and opt-outs.
    pub source: Option<SmolStr>,
    /// What proves it: the source and id of an event, for `grant`, `withdraw` and opt-outs.
    pub proof: Option<SmolStr>,
}

impl ConsentRecord {
    /// A record of which only the status is known.
    #[must_use]
    pub const fn of(status: plan::Status) -> Self {
        Self {
            status,
            since: None,
            basis: None,
            source: None,
            proof: None,
        }
    }
}

impl Value {
    /// A value as the text of a key: of a row, or of an instance (`one per`).
    ///
    /// Values of one type that differ give texts that differ.
    #[must_use]
    pub fn key(&self) -> SmolStr {
        match self {
            Self::Bool(value) => SmolStr::new_static(if *value { "yes" } else { "no" }),
            Self::Int(value) => smol_str::format_smolstr!("{value}"),
            Self::Decimal(value) => smol_str::format_smolstr!("{}", value.normalize()),
            Self::Percent(value) => smol_str::format_smolstr!("{}%", value.normalize()),
            Self::Text(value) => value.clone(),
            Self::Date(value) => smol_str::format_smolstr!("{value}"),
            Self::Time(value) => smol_str::format_smolstr!("{value}"),
            Self::Instant(value) => smol_str::format_smolstr!("{value}"),
            Self::Duration(value) => smol_str::format_smolstr!("{} {:?}", value.count, value.unit),
            Self::Money(value) => {
                smol_str::format_smolstr!("{} {}", value.amount.normalize(), value.currency)
            }
            Self::Variant(value) | Self::Channel(value) | Self::Purpose(value) => {
                smol_str::format_smolstr!("{value}")
            }
            Self::Status(value) => smol_str::format_smolstr!("{value:?}"),
            Self::Row(row) => row.key.clone(),
            Self::Event(event) => smol_str::format_smolstr!("{}/{}", event.source, event.id),
            Self::Consent(record) => smol_str::format_smolstr!("{:?}", record.status),
            Self::List(items) => {
                let keys: Vec<SmolStr> = items.iter().map(Self::key).collect();
                SmolStr::from(keys.join(","))
            }
            Self::Result(_) => SmolStr::default(),
        }
    }
}
