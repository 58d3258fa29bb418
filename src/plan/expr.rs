//! Expressions of a plan: typed by construction, variables resolved to slots.
//!
//! An expression is evaluated in a *frame*: the values of the slots of the declaration it stands
//! in. Slot 0 is the person (or the row) that the declaration is about. A row source writes each
//! row into its own slot while its filter and its value are evaluated.

use super::{Duration, FieldRef};
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A constant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Const {
    Bool(bool),
    Int(i64),
    Decimal(#[schemars(with = "String")] Decimal),
    /// `"12.5"` for 12.5%.
    Percent(#[schemars(with = "String")] Decimal),
    /// Also email, phone, url, country, language and timezone.
    Text(SmolStr),
    Date(#[schemars(with = "String")] Date),
    Time(#[schemars(with = "String")] Time),
    /// A local date and time in an IANA zone.
    Instant {
        #[schemars(with = "String")]
        date: Date,
        #[schemars(with = "String")]
        time: Time,
        zone: SmolStr,
    },
    Duration(Duration),
    Money {
        #[schemars(with = "String")]
        amount: Decimal,
        currency: SmolStr,
    },
    Variant {
        #[serde(rename = "enum")]
        of: u32,
        variant: u32,
    },
    Channel(u32),
    Purpose(u32),
    Status(Status),
    List(Vec<Const>),
}

/// The status of a consent record.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    NeverAsked,
    Requested,
    Granted,
    Refused,
    Withdrawn,
    Expired,
    Objected,
}

/// An expression. Where a value is unknown the result is unknown, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    Const(Const),
    /// No value: an optional parameter that the arguments leave out.
    Unknown,
    /// The value of a slot of the frame.
    Slot(u32),
    /// A field of a row; unknown if the row is not there.
    Field {
        of: Box<Expr>,
        field: FieldRef,
    },
    /// A declared field of an event, or a field of a channel's event, by position.
    EventField {
        of: Box<Expr>,
        field: u32,
    },
    /// The row that a declared event is about.
    EventSubject(Box<Expr>),
    /// When an event happened.
    EventTime(Box<Expr>),
    /// The purpose of the send that a channel's event is about.
    EventPurpose(Box<Expr>),
    /// A parameter of the message that a channel's event is about, by position.
    EventParam {
        of: Box<Expr>,
        param: u32,
    },
    /// A field of the result of an action.
    ResultField {
        of: Box<Expr>,
        field: u32,
    },
    /// A part of a consent record.
    Consent {
        of: Box<Expr>,
        part: ConsentPart,
    },
    Setting(u32),
    Measure {
        measure: u32,
        of: Box<Expr>,
    },
    InSegment {
        segment: u32,
        item: Box<Expr>,
    },
    /// Whether a person is inside a journey.
    InJourney {
        journey: u32,
        item: Box<Expr>,
    },
    InList {
        item: Box<Expr>,
        list: Box<Expr>,
    },
    /// Both ends belong to the range.
    InRange {
        item: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    List(Vec<Expr>),
    Call {
        function: Function,
        args: Vec<Expr>,
    },
    /// Whether the gate would let a message pass now, by one of these channels.
    Permitted {
        message: u32,
        channels: Vec<u32>,
        person: Box<Expr>,
    },
    Any(Box<Rows>),
    None(Box<Rows>),
    Count(Box<Rows>),
    /// Whether the filter holds for every row of the source and its window.
    All(Box<Rows>),
    /// 0 of its type if there is no row: `zero`.
    Sum {
        value: Box<Expr>,
        rows: Box<Rows>,
        zero: Const,
    },
    Avg {
        value: Box<Expr>,
        rows: Box<Rows>,
    },
    Lowest {
        value: Box<Expr>,
        rows: Box<Rows>,
    },
    Highest {
        value: Box<Expr>,
        rows: Box<Rows>,
    },
    /// The row with the smallest `by`; of equals the first.
    First {
        by: Box<Expr>,
        rows: Box<Rows>,
    },
    /// The row with the largest `by`; of equals the last.
    Last {
        by: Box<Expr>,
        rows: Box<Rows>,
    },
    /// The rows with the largest `by`, largest first.
    Top {
        count: u32,
        by: Box<Expr>,
        rows: Box<Rows>,
    },
    Not(Box<Expr>),
    Negate(Box<Expr>),
    /// Left to right, stops at the first that is false.
    And(Vec<Expr>),
    /// Left to right, stops at the first that is true.
    Or(Vec<Expr>),
    Arithmetic {
        op: ArithmeticOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Compare {
        op: CompareOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// The first that is known.
    Coalesce(Vec<Expr>),
    /// Never unknown.
    IsKnown(Box<Expr>),
    /// Whether a field was written within its `refreshed`; never unknown.
    IsFresh(Box<Expr>),
    /// An instant: now less a duration, in the person's calendar.
    Ago(Box<Expr>),
    /// An instant: now plus a duration, in the person's calendar.
    FromNow(Box<Expr>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentPart {
    Status,
    Since,
    Basis,
    Source,
    Proof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArithmeticOp {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompareOp {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// The closed list of functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    Age,
    Lower,
    Upper,
    Trim,
    Contains,
    StartsWith,
    Length,
    Round,
    AtLeast,
    AtMost,
    Today,
    Now,
}

/// Rows or events, with a window and a filter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    pub source: Source,
    /// The slot that holds the row.
    pub slot: u32,
    /// Only rows that happened at most so long ago, and not in the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Duration>,
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Box<Expr>>,
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The rows whose reference `via` leads to `of`.
    Relation { of: Box<Expr>, via: FieldRef },
    /// The declared events about `of`.
    Events { event: u32, of: Box<Expr> },
    /// What a channel reported about `of`.
    ChannelEvents {
        channel: u32,
        event: SmolStr,
        of: Box<Expr>,
    },
    /// What was reported about any send of a message to `of`.
    MessageEvents {
        message: u32,
        event: SmolStr,
        of: Box<Expr>,
    },
    /// What was reported about a labelled send of this instance.
    SendEvents { send: u32, event: SmolStr },
    /// What happened to `of` in a journey, other than this entry of this instance.
    JourneyEvents {
        journey: u32,
        event: JourneyEvent,
        of: Box<Expr>,
    },
    /// All rows of an entity.
    Table(u32),
    /// One row.
    One(Box<Expr>),
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum JourneyEvent {
    Entered,
    Left,
    Converted,
}
