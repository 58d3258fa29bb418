//! Channels, purposes, consent blocks, holdouts, messages and what else the house declares.

use super::{Const, Coverage, Duration, Expr, Field, FieldRef, Type, Weekday};
use jiff::civil::Time;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub name: SmolStr,
    pub kind: ChannelKind,
    pub profile: u32,
    /// How many slots the frame of `address` has.
    pub slots: u32,
    /// Unknown means unreachable. Left out for kinds without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Expr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<SmolStr>,
    /// A [`Const::Money`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Const>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Duration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Rate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Shared>,
    /// What the channel reports, by the language's table of its kind.
    pub events: Vec<ChannelEvent>,
}

/// One event that a channel reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelEvent {
    /// `clicked`
    pub name: SmolStr,
    /// Its own fields; the time, the purpose and the message's parameters come from the send.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// So many per so long.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    pub count: i64,
    pub per: Duration,
}

/// A field that leaves the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    pub field: FieldRef,
    pub hashed: bool,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    Email,
    Sms,
    Push,
    InApp,
    Whatsapp,
    Web,
    Print,
    Call,
    Wallet,
    Audience,
    Webhook,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    pub name: SmolStr,
    pub kind: PurposeKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<SmolStr>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PurposeKind {
    Service,
    Relationship,
    Marketing,
    Fundraising,
    Political,
    Research,
    Advertising,
    Tracking,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentBlock {
    pub name: SmolStr,
    pub profile: u32,
    pub slots: u32,
    /// To whom the block applies; left out, to everyone.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Expr>,
    /// The regimes it must be at least as strict as.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<SmolStr>,
    pub rules: Vec<Rule>,
}

/// A rule; it is named by its block and its position from 1: `canada#2`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// As written, on one line without comments: for people.
    pub text: SmolStr,
    pub channels: Vec<u32>,
    pub purposes: Vec<u32>,
    pub kind: RuleKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    Permit {
        by: Basis,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Expr>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<SmolStr>,
    },
    Forbid {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Expr>,
        /// Times of the person's day; the end does not belong to it; over midnight if not ascending.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<(String, String)>")]
        between: Option<(Time, Time)>,
        /// The day on which the window begins.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Days>,
        otherwise: Otherwise,
    },
    Limit {
        count: i64,
        /// Rolling; a day is 24 hours.
        per: Duration,
        /// What the limit is counted apart for, besides the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<Expr>,
        otherwise: Otherwise,
    },
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Consent,
    DoubleOptIn,
    SoftOptIn,
    ImpliedBusiness,
    ImpliedInquiry,
    ImpliedNonprofit,
    Contract,
    LegitimateInterest,
    Exempt,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    Weekdays(Vec<Weekday>),
    /// The holidays of a calendar.
    Holidays(u32),
}

/// What happens to a send that a rule stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    Skip,
    /// It rests until the rule lets it pass.
    Delay {
        /// Replaces the day that a send without `within` may rest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        up_to: Option<Duration>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holdout {
    pub name: SmolStr,
    pub profile: u32,
    /// In percent.
    #[schemars(with = "String")]
    pub share: Decimal,
    pub purposes: Vec<u32>,
    pub redrawn_every_year: bool,
}

/// A segment (a `bool`) or a measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    pub name: SmolStr,
    pub entity: u32,
    pub slots: u32,
    pub value: Expr,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    pub name: SmolStr,
    pub profile: u32,
    /// The name by which templates call the person.
    pub subject: SmolStr,
    pub params: Vec<Field>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<u32>,
    /// The contents live on a platform.
    #[serde(default, skip_serializing_if = "super::schema::is_false")]
    pub external: bool,
    pub contents: Vec<Content>,
}

/// The content of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// BCP 47.
    pub language: SmolStr,
    /// On the first content: there is no fallback to it.
    #[serde(default, skip_serializing_if = "super::schema::is_false")]
    pub only: bool,
    pub parts: Vec<Part>,
}

/// What one or more channels show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub channels: Vec<u32>,
    pub slots: Vec<Slot>,
}

/// One prepared template of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// `subject`, `body`, `preheader`...
    pub name: SmolStr,
    pub format: Format,
    /// Liquid, with MJML already made into HTML.
    pub template: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Text,
    Html,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub name: SmolStr,
    pub params: Vec<Field>,
    pub returns: Vec<Field>,
    pub post: SmolStr,
    /// All attempts together.
    pub timeout: Duration,
    /// The name of the environment variable that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SmolStr>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    pub name: SmolStr,
    pub profile: u32,
    pub via: u32,
}

impl Coverage {
    /// Whether a channel and a purpose are covered.
    #[must_use]
    pub fn covers(&self, channel: u32, purpose: u32) -> bool {
        self.channels.contains(&channel) && self.purposes.contains(&purpose)
    }
}

impl Type {
    /// Whether values of the type are lists of rows or plain values.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }
}
