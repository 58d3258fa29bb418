//! Typed expressions and row sources.

use crate::model::ids::*;
use crate::model::types::{ChannelKind, JourneyEvent, Ty};
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, ArithmeticOp, CompareOp, IsTest, Unit};
use iso_currency::Currency;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// An expression with its type and its place in the file of the declaration.
#[derive(Debug, Clone)]
pub struct Expr {
    pub kind: ExprKind,
    pub ty: Ty,
    pub span: Span,
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Const {
    Bool(bool),
    Int(i64),
    Decimal(Decimal),
    /// 12.5 for `12.5%`.
    Percent(Decimal),
    Text(SmolStr),
    Date(Date),
    Time(Time),
    /// A local date and time in an IANA zone, unresolved.
    Instant {
        date: Date,
        time: Time,
        zone: SmolStr,
    },
    Duration(Duration),
    Money {
        amount: Decimal,
        currency: Currency,
    },
    /// ISO 3166-1 alpha-2.
    Country(SmolStr),
    /// BCP 47.
    Language(SmolStr),
    /// IANA.
    Timezone(SmolStr),
    Email(SmolStr),
    Phone(SmolStr),
    Url(SmolStr),
    /// The position of a variant in its enum.
    Variant(EnumId, u32),
    Channel(ChannelId),
    Purpose(PurposeId),
    Status(Status),
    /// The default of a field that is a list of plain values.
    List(Vec<Const>),
}

/// A length of time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    pub count: i64,
    pub unit: Unit,
    /// Only with [`Unit::Workday`].
    pub calendar: Option<CalendarId>,
}

impl Duration {
    /// The family of units that it can be compared in, and its length in the smallest of them: an hour
    /// and a day have no fixed relation, nor have a week and a month.
    #[must_use]
    pub fn measured(&self) -> (Unit, Option<i64>) {
        let (unit, times) = match self.unit {
            Unit::Second => (Unit::Second, 1),
            Unit::Minute => (Unit::Second, 60),
            Unit::Hour => (Unit::Second, 3600),
            Unit::Day => (Unit::Day, 1),
            Unit::Week => (Unit::Day, 7),
            Unit::Month => (Unit::Month, 1),
            Unit::Year => (Unit::Month, 12),
            Unit::Workday => (Unit::Workday, 1),
        };
        (unit, self.count.checked_mul(times))
    }

    /// As people read it, without its calendar: `3 days`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", self.count, self.unit.word(self.count))
    }

    /// Whether it is never longer than another; `None` where that depends on the calendar.
    #[must_use]
    pub fn is_at_most(&self, other: &Self) -> Option<bool> {
        let ((unit, length), (other_unit, other_length)) = (self.measured(), other.measured());
        let comparable = unit == other_unit && self.calendar == other.calendar;
        comparable.then_some(length? <= other_length?)
    }
}

/// The status of a consent record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    NeverAsked,
    Requested,
    Granted,
    Refused,
    Withdrawn,
    Expired,
    Objected,
}

/// The forms of a typed expression.
#[derive(Debug, Clone)]
pub enum ExprKind {
    Const(Const),
    Local(LocalId),
    /// A field of a row. If `of` is optional (through `?.`) so is the result.
    Field {
        of: Box<Expr>,
        field: FieldId,
    },
    /// A field of an event.
    EventField {
        of: Box<Expr>,
        field: EventField,
    },
    /// A field of an action's result, by position.
    ResultField {
        of: Box<Expr>,
        index: u32,
    },
    /// A part of a consent record.
    ConsentPart {
        of: Box<Expr>,
        part: ConsentPart,
    },
    Setting(SettingId),
    Measure {
        measure: MeasureId,
        of: Box<Expr>,
    },
    InSegment {
        item: Box<Expr>,
        segment: SegmentId,
        negated: bool,
    },
    InJourney {
        item: Box<Expr>,
        journey: JourneyId,
        negated: bool,
    },
    InList {
        item: Box<Expr>,
        list: Box<Expr>,
        negated: bool,
    },
    InRange {
        item: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    List(Vec<Expr>),
    Call {
        function: Function,
        args: Vec<Expr>,
    },
    Permitted {
        message: MessageId,
        channels: Vec<ChannelId>,
        person: Box<Expr>,
    },
    Aggregate {
        op: AggregateOp,
        value: Option<Box<Expr>>,
        rows: Box<Rows>,
    },
    /// `first` / `last` by: a row or event, optional.
    Pick {
        last: bool,
        rows: Box<Rows>,
        by: Box<Expr>,
    },
    Top {
        count: u32,
        rows: Box<Rows>,
        by: Box<Expr>,
    },
    Not(Box<Expr>),
    Negate(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Arithmetic {
        op: ArithmeticOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Coalesce(Vec<Expr>),
    Compare {
        op: CompareOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Is {
        item: Box<Expr>,
        test: IsTest,
    },
    /// `D ago`. The type says what it is: an `instant`, or a `date` where one is expected.
    Ago(Box<Expr>),
    FromNow(Box<Expr>),
    /// No value: an optional parameter that the arguments leave out.
    Unknown,
    /// The value that a narrowing proved known: same value, type without the `?`.
    Known(Box<Expr>),
    /// An error that is already reported.
    Error,
}

/// What of an event is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventField {
    /// The row that a declared event is about (`gift.member`), under the name of its subject.
    Subject,
    /// A declared field, or a field of the channel's event, by position.
    Field(u32),
    /// When it happened.
    Time,
    /// The purpose of the send that a channel's event is about.
    Purpose,
    /// A parameter of the message, by position.
    Param(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConsentPart {
    Status,
    Since,
    Basis,
    Source,
    Proof,
}

/// The closed list of functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// A row source with its conditions.
#[derive(Debug, Clone)]
pub struct Rows {
    pub source: Source,
    /// The variable that holds the row inside `filter`, `by` and the aggregated expression.
    pub row: LocalId,
    /// `in last D`, counted back from now.
    pub last: Option<Duration>,
    pub filter: Option<Expr>,
    pub span: Span,
}

/// Where rows come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Rows whose reference `via` points at `of`.
    Relation { of: Box<Expr>, via: FieldId },
    /// Declared events for `of`.
    Events { event: EventId, of: Box<Expr> },
    /// What a channel reported about sends to `of`.
    ChannelEvents {
        channel: ChannelId,
        event: &'static str,
        of: Box<Expr>,
    },
    /// What any channel reported about sends of a message to `of`.
    MessageEvents {
        message: MessageId,
        kind: Option<ChannelKind>,
        event: &'static str,
        of: Box<Expr>,
    },
    /// What was reported about one labelled send of the instance.
    SendEvents { send: SendId, event: &'static str },
    /// What happened to `of` in a journey.
    JourneyEvents {
        journey: JourneyId,
        event: JourneyEvent,
        of: Box<Expr>,
    },
    /// All rows of a table.
    Table(EntityId),
    /// A path to one row (only in `for each`).
    One(Box<Expr>),
}
