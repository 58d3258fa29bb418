//! Journeys: the header clauses. The steps are in `step`.

#![allow(
    missing_docs,
    reason = "fields are named by the grammar; each type shows its form"
)]

use super::{Block, Expr, Field, Name, Rows, Step, Subject, Text};
use crate::source::Span;

/// `journey welcome(param: text) for member: Member { clauses, then steps }`
#[derive(Debug, Clone)]
pub struct Journey {
    pub name: Name,
    pub params: Vec<Field>,
    pub subject: Subject,
    pub clauses: Vec<JourneyClause>,
    pub steps: Vec<Step>,
    /// `finally { ... }`; more than one is reported by the parser's caller.
    pub finally: Vec<Finally>,
    /// From `{` to `}`.
    pub body: Span,
}

/// `finally { ... }`
#[derive(Debug, Clone)]
pub struct Finally {
    pub block: Block,
    pub span: Span,
    /// How many steps of the journey stand before it; more after it is an error.
    pub after_steps: usize,
}

/// A header clause and its place.
#[derive(Debug, Clone)]
pub struct JourneyClause {
    pub kind: JourneyClauseKind,
    pub span: Span,
    /// How many steps of the journey stand before it; more than none is an error.
    pub after_steps: usize,
}

/// The header clauses.
#[derive(Debug, Clone)]
pub enum JourneyClauseKind {
    Title(Text),
    Owner(Text),
    Objective(Name),
    Purpose(Name),
    Priority(Expr),
    Enter(Box<Enter>),
    /// `one per EXPR[, latest wins]`
    OnePer {
        key: Expr,
        latest_wins: bool,
    },
    Reenter(Reenter),
    /// `leave when C [for D]`
    LeaveWhen {
        when: Expr,
        held: Option<Box<Expr>>,
    },
    /// `leave on EVENT [where C]`
    LeaveOn {
        event: Expr,
        filter: Option<Box<Expr>>,
    },
    /// `goal EVENT [where C] [within D] [worth EXPR]`
    Goal {
        event: Expr,
        filter: Option<Box<Expr>>,
        within: Option<Box<Expr>>,
        worth: Option<Box<Expr>>,
    },
    Holdout(Name),
    /// `active DATE to DATE`
    Active {
        from: Expr,
        to: Box<Expr>,
    },
    /// `admit N per D [by FIELD]`
    Admit {
        count: Expr,
        per: Box<Expr>,
        by: Option<Box<Expr>>,
    },
    /// `budget MONEY[, MONEY per D]`
    Budget {
        total: Expr,
        rate: Option<Box<(Expr, Expr)>>,
    },
    /// `renamed LABEL to LABEL`
    Renamed {
        from: Name,
        to: Name,
    },
    /// `removed LABEL to LABEL`, or `removed LABEL to exit`
    Removed {
        from: Name,
        to: RemovedTo,
    },
}

/// Where people at a removed label go.
#[derive(Debug, Clone)]
pub enum RemovedTo {
    Label(Name),
    Exit(Span),
}

/// The forms of `enter`.
#[derive(Debug, Clone)]
pub enum Enter {
    /// `enter on EVENT [as NAME] [for each ROWS as NAME] [where C] [no later than D]`
    On {
        event: Expr,
        bind: Option<Name>,
        each: Option<Box<(Rows, Name)>>,
        filter: Option<Expr>,
        no_later_than: Option<Expr>,
    },
    /// `enter when C [for D] [including those already]`
    When {
        when: Expr,
        held: Option<Expr>,
        including_those_already: bool,
    },
    /// `enter every day|WEEKDAY|month on day N at TIME [where C]`
    Every {
        schedule: Schedule,
        at: Expr,
        filter: Option<Expr>,
    },
    /// `enter every year on DATE at TIME`, `enter every year D before DATE at TIME`
    Yearly {
        offset: Option<Offset>,
        date: Expr,
        at: Expr,
        filter: Option<Expr>,
    },
    /// `enter D before|after DATE [as NAME] at TIME [where C]`
    Dated {
        offset: Offset,
        date: Expr,
        bind: Option<Name>,
        at: Expr,
        filter: Option<Expr>,
    },
}

/// When an `enter every` comes round.
#[derive(Debug, Clone)]
pub enum Schedule {
    Day,
    /// `monday`...
    Weekday(Name),
    /// `month on day 1`
    MonthDay(u32),
}

/// `3 days before`, `1 week after`
#[derive(Debug, Clone)]
pub struct Offset {
    pub duration: Expr,
    pub before: bool,
}

/// `reenter never | always | after D`
#[derive(Debug, Clone)]
pub enum Reenter {
    Never,
    Always,
    After(Expr),
}
