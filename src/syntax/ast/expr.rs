//! Expressions, row sources and literals.

#![allow(
    missing_docs,
    reason = "fields are named by the grammar; each type shows its form"
)]

use super::{Name, Text};
use crate::source::Span;
use smol_str::SmolStr;

/// An expression and its place.
#[derive(Debug, Clone)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

/// The forms of an expression.
///
/// `or`, `and`, `+ -`, `* /` and `??` are n-ary: a chain of one precedence is one node, so a long
/// chain is wide and not deep.
#[derive(Debug, Clone)]
pub enum ExprKind {
    Literal(Literal),
    /// A bare name: a variable, a field of the row, a variant, a code.
    Name(Name),
    /// `base.field`, `base?.field`
    Field {
        base: Box<Expr>,
        optional: bool,
        name: Name,
    },
    /// `age(x)`, `today()`, `starts_with(a, b)`
    Call {
        function: Name,
        args: Vec<Expr>,
    },
    /// `permitted(thank_you by email, sms)`
    Permitted {
        message: Name,
        channels: Vec<Name>,
    },
    /// `any(S)`, `count(S)`, `sum(EXPR of S)`
    Aggregate {
        op: AggregateOp,
        op_span: Span,
        value: Option<Box<Expr>>,
        rows: Box<Rows>,
    },
    /// `first(S by F)`, `last(S by F)`
    Pick {
        last: bool,
        rows: Box<Rows>,
        by: Box<Expr>,
    },
    /// `top 10 S by F`
    Top {
        count: u32,
        rows: Box<Rows>,
        by: Box<Expr>,
    },
    Not(Box<Expr>),
    Negate(Box<Expr>),
    /// Two or more operands joined by `and`.
    And(Vec<Expr>),
    /// Two or more operands joined by `or`.
    Or(Vec<Expr>),
    /// `first op operand op operand ...`, all of one precedence, left to right.
    Arithmetic {
        first: Box<Expr>,
        rest: Vec<(ArithmeticOp, Expr)>,
    },
    /// Two or more operands joined by `??`.
    Coalesce(Vec<Expr>),
    Compare {
        op: CompareOp,
        op_span: Span,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `x in [a, b]`, `x not in 1..10`, `member in lapsing`
    In {
        negated: bool,
        item: Box<Expr>,
        set: Box<InSet>,
    },
    /// `x is known`, `x is unknown`, `x is fresh`
    Is {
        item: Box<Expr>,
        test: IsTest,
    },
    /// `30 days ago`
    Ago(Box<Expr>),
    /// `3 days from now`
    FromNow(Box<Expr>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `(x)`: kept, so that the formatter can print it.
    Paren(Box<Expr>),
    /// An expression that could not be read; the error is already reported.
    Broken,
}

/// What stands right of `in`.
#[derive(Debug, Clone)]
pub enum InSet {
    /// `1..10`; both ends belong to it.
    Range { low: Expr, high: Expr },
    /// A list, a segment, a journey, or an expression of type list.
    Expr(Expr),
}

/// A literal value, decoded.
#[derive(Debug, Clone)]
pub enum Literal {
    /// `yes`, `no`
    Bool(bool),
    Int(i64),
    /// The digits as written, without `_`: `12.5`.
    Decimal(SmolStr),
    /// The digits before `%`, without `_`.
    Percent(SmolStr),
    Text(Text),
    Date(DateLit),
    Time(TimeLit),
    /// `2026-12-25T09:00[Europe/Paris]`
    Instant {
        date: DateLit,
        time: TimeLit,
        zone: SmolStr,
    },
    Duration(DurationLit),
    /// `19.99 EUR`: the digits as written, without `_`, and the code.
    Money {
        amount: SmolStr,
        currency: SmolStr,
    },
}

/// `2026-12-25`; the parser has checked that the day exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateLit {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

/// `09:00` or `09:00:30`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeLit {
    pub hour: i8,
    pub minute: i8,
    pub second: i8,
    /// Whether seconds were written.
    pub has_seconds: bool,
}

/// `3 days`, `3 workdays of fr`
#[derive(Debug, Clone)]
pub struct DurationLit {
    pub count: i64,
    pub unit: Unit,
    /// The calendar of `workdays of CAL`.
    pub calendar: Option<Name>,
}

/// The units of a duration. Singular and plural are one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Unit {
    /// The word for the unit after a number: `1 day`, `3 days`.
    #[must_use]
    pub const fn word(self, count: i64) -> &'static str {
        match (self, count) {
            (Self::Second, 1) => "second",
            (Self::Second, _) => "seconds",
            (Self::Minute, 1) => "minute",
            (Self::Minute, _) => "minutes",
            (Self::Hour, 1) => "hour",
            (Self::Hour, _) => "hours",
            (Self::Day, 1) => "day",
            (Self::Day, _) => "days",
            (Self::Week, 1) => "week",
            (Self::Week, _) => "weeks",
            (Self::Month, 1) => "month",
            (Self::Month, _) => "months",
            (Self::Year, 1) => "year",
            (Self::Year, _) => "years",
            (Self::Workday, 1) => "workday",
            (Self::Workday, _) => "workdays",
        }
    }
}

/// `SOURCE [of ROW] [as NAME] [in last D] [where C]`
#[derive(Debug, Clone)]
pub struct Rows {
    /// A name or a path: `member.gifts`, `gift_made`, `email.clicked`, `ask.clicked`, `Gift`.
    pub source: Expr,
    /// `of ROW`
    pub of: Option<Expr>,
    /// `as NAME`
    pub bind: Option<Name>,
    /// `in last D`
    pub last: Option<Expr>,
    /// `where C`
    pub filter: Option<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateOp {
    Any,
    None,
    Count,
    All,
    Sum,
    Avg,
    Lowest,
    Highest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IsTest {
    Known,
    Unknown,
    Fresh,
}
