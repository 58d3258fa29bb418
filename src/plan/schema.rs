//! The data schema of a plan: types, profiles, tables, events, settings, calendars.

use super::Const;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The type of a stored value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    Bool,
    /// Both ends belong to the range.
    Int {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<(i64, i64)>,
    },
    Decimal,
    Percent,
    Text {
        /// The greatest number of characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
    },
    Date,
    Time,
    Instant,
    Duration,
    /// An ISO 4217 code.
    Money(SmolStr),
    Email,
    /// E.164.
    Phone,
    Url,
    /// ISO 3166-1 alpha-2.
    Country,
    /// BCP 47.
    Language,
    /// IANA.
    Timezone,
    /// One of these channels.
    Channel(Vec<u32>),
    /// A consent record.
    Consent,
    /// A variant of this enum.
    Enum(u32),
    /// A reference to a row of this entity, by key.
    Row(u32),
    /// A list of plain values; for a relation, of rows.
    List(Box<Type>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enum {
    pub name: SmolStr,
    /// Whether `<` compares the variants, in this order.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ordered: bool,
    pub variants: Vec<SmolStr>,
}

/// A profile or a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    pub name: SmolStr,
    /// A profile; else a table.
    #[serde(default, skip_serializing_if = "is_false")]
    pub profile: bool,
    pub fields: Vec<Field>,
    /// Position of the key among the fields.
    pub key: u32,
    /// Position of the field that says when a row happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred: Option<u32>,
    /// Position of a profile's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<u32>,
    /// Position of a profile's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<u32>,
}

/// A field of an entity, an event or a result, or a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: SmolStr,
    #[serde(rename = "type")]
    pub ty: Type,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Const>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub fixed: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub personal: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub index: bool,
    /// How stale the value may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refreshed: Option<Duration>,
    /// After how long a consent expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Duration>,
    /// Who owns the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SmolStr>,
    /// The field stores nothing: it is the rows whose reference leads here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<FieldRef>,
    /// What a consent record answers for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Coverage>,
}

/// A field of an entity.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct FieldRef {
    pub entity: u32,
    pub field: u32,
}

/// Channels and purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    pub channels: Vec<u32>,
    pub purposes: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub name: SmolStr,
    /// The entity whose key is the event's subject.
    pub subject: u32,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    pub name: SmolStr,
    #[serde(rename = "type")]
    pub ty: Type,
    pub value: Const,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    pub name: SmolStr,
    pub weekend: Vec<Weekday>,
    #[schemars(with = "Vec<String>")]
    pub holidays: Vec<Date>,
}

/// A length of time. Day, week, month, year and workday are of the person's calendar where the
/// language says so, else a day is 24 hours and a week 7 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    pub count: i64,
    pub unit: Unit,
    /// The calendar of workdays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<u32>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Workday,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// For `skip_serializing_if`.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
pub(super) fn is_false(value: &bool) -> bool {
    !*value
}
