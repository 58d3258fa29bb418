//! Consent blocks, holdouts, promises and tests.

#![allow(
    missing_docs,
    reason = "fields are named by the grammar; each type shows its form"
)]

use super::{Expr, Name, Step, Subject, Text};
use crate::source::Span;

/// `consent canada for member: Member where C under ca_casl { ... }`
#[derive(Debug, Clone)]
pub struct ConsentBlock {
    pub name: Name,
    pub subject: Subject,
    pub filter: Option<Expr>,
    pub under: Vec<Name>,
    pub rules: Vec<ConsentRule>,
}

/// One `permit`, `forbid` or `limit`.
#[derive(Debug, Clone)]
pub struct ConsentRule {
    pub doc: Option<String>,
    pub channels: Vec<Name>,
    pub purposes: Vec<Name>,
    pub kind: ConsentRuleKind,
    pub span: Span,
}

/// What a rule of a consent block says.
#[derive(Debug, Clone)]
pub enum ConsentRuleKind {
    /// `permit CHANNELS for PURPOSES by BASIS [when C] [because TEXT]`
    Permit {
        basis: Name,
        when: Option<Expr>,
        because: Option<Text>,
    },
    /// `forbid CHANNELS for PURPOSES [when C] [between T and T] [on ...] [else ...]`
    Forbid {
        when: Option<Expr>,
        between: Option<(Expr, Expr)>,
        on: Option<DayRule>,
        otherwise: Option<Otherwise>,
    },
    /// `limit CHANNELS for PURPOSES to N per D [per EXPR] else ...`
    Limit {
        count: Expr,
        per: Expr,
        per_key: Option<Expr>,
        otherwise: Option<Otherwise>,
    },
}

/// The days of a `forbid ... on`.
#[derive(Debug, Clone)]
pub enum DayRule {
    Weekdays(Vec<Name>),
    /// `on holidays of CAL`
    Holidays(Name),
}

/// `else skip`, `else delay`, `else delay up to D`
#[derive(Debug, Clone)]
pub enum Otherwise {
    Skip { span: Span },
    Delay { up_to: Option<Expr>, span: Span },
}

/// `holdout control of member: Member 5% for fundraising redrawn every year`
#[derive(Debug, Clone)]
pub struct Holdout {
    pub name: Name,
    pub subject: Subject,
    pub share: Expr,
    pub purposes: Vec<Name>,
    /// `redrawn every year`
    pub redrawn: bool,
}

/// `promise "..." { ... }`
#[derive(Debug, Clone)]
pub struct Promise {
    pub title: Text,
    pub claims: Vec<Claim>,
}

/// One claim of a promise, with its place.
#[derive(Debug, Clone)]
pub struct Claim {
    pub kind: ClaimKind,
    pub span: Span,
}

/// The claims.
#[derive(Debug, Clone)]
pub enum ClaimKind {
    /// `at most N CHANNELS for PURPOSES per D`
    AtMost {
        count: Expr,
        channels: Vec<Name>,
        purposes: Vec<Name>,
        per: Expr,
    },
    /// `never CHANNELS for PURPOSES [when C] [between T and T]`
    Never {
        channels: Vec<Name>,
        purposes: Vec<Name>,
        when: Option<Expr>,
        between: Option<(Expr, Expr)>,
    },
    /// `after EVENT [where C] always M within D [or refused]`
    After {
        event: Expr,
        filter: Option<Expr>,
        message: Name,
        within: Expr,
        or_refused: bool,
    },
    /// `J ends within D`
    EndsWithin { journey: Name, within: Expr },
    /// `J costs at most MONEY`
    CostsAtMost { journey: Name, amount: Expr },
    /// `never J with K`
    NeverWith { journey: Name, other: Name },
}

/// `test "..." of J { ... }`
#[derive(Debug, Clone)]
pub struct Test {
    pub title: Text,
    pub journey: Name,
    pub statements: Vec<TestStatement>,
}

/// One statement of a test, with its place.
#[derive(Debug, Clone)]
pub struct TestStatement {
    pub kind: TestStatementKind,
    pub span: Span,
}

/// The statements of a test.
#[derive(Debug, Clone)]
pub enum TestStatementKind {
    /// `given member { ... }`, `given Gift { ... }`, `given Member as friend { ... }`
    GivenRow {
        entity: Name,
        bind: Option<Name>,
        fields: Vec<Argument>,
    },
    /// `given setting NAME = V`
    GivenSetting { name: Name, value: Expr },
    /// `given split NAME = ARM`
    GivenSplit { name: Name, arm: Name },
    /// `given do A { ... }`, or with `result: None`, `given do A silent`
    GivenDo {
        action: Name,
        result: Option<Vec<Argument>>,
    },
    /// `clock INSTANT`
    Clock(Expr),
    /// `after D`
    After(Expr),
    /// `gift_made(amount: 30 CAD)`, `ask.clicked(link: "answer")`
    Event { event: Expr, args: Vec<Argument> },
    /// `expect sent M [by CH] [at TIME]`, `expect not sent ...`
    ExpectSent {
        negated: bool,
        message: Name,
        by: Option<Name>,
        at: Option<Expr>,
    },
    /// `expect refused M [because ...]`
    ExpectRefused {
        message: Name,
        because: Option<Name>,
    },
    /// `expect resting at LABEL`
    ExpectResting(Name),
    /// `expect left [because ...]`
    ExpectLeft(Option<Name>),
    /// `expect COND`
    Expect(Expr),
}

/// `amount: 30 CAD` in a call or a record.
#[derive(Debug, Clone)]
pub struct Argument {
    pub name: Name,
    pub value: Expr,
}

/// A block of steps and the place of its braces.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub steps: Vec<Step>,
    /// From `{` to `}`.
    pub span: Span,
}
