//! The steps of a journey.

#![allow(
    missing_docs,
    reason = "fields are named by the grammar; each type shows its form"
)]

use super::{Argument, Block, Expr, Name};
use crate::source::Span;

/// A step, with its label if it has one.
#[derive(Debug, Clone)]
pub struct Step {
    pub label: Option<Name>,
    pub kind: StepKind,
    /// From the label or the keyword to the end.
    pub span: Span,
}

/// The steps. What is large is boxed: most of the memory of a tree are its steps.
#[derive(Debug, Clone)]
pub enum StepKind {
    Send(Box<Send>),
    Wait(Box<Wait>),
    If(If),
    Match(Box<Match>),
    Split(Box<Split>),
    Repeat(Box<Repeat>),
    /// `set member.field = EXPR`, `+=`, `-=`
    Set {
        target: Box<Expr>,
        op: SetOp,
        value: Box<Expr>,
    },
    /// `grant member.email_consent from EVENT`
    Grant {
        target: Box<Expr>,
        from: Box<Expr>,
    },
    /// `withdraw member.email_consent from EVENT`
    Withdraw {
        target: Box<Expr>,
        from: Box<Expr>,
    },
    AddTo(Name),
    RemoveFrom(Name),
    Do(Box<Do>),
    /// `start J(args)`
    Start {
        journey: Name,
        args: Vec<Argument>,
    },
    Exit(Option<Name>),
}

/// `send M(args) by CHANNELS [for P] [within D] [else { }]`
#[derive(Debug, Clone)]
pub struct Send {
    pub message: Name,
    pub args: Vec<Argument>,
    /// Alternatives in order; each is one channel or several joined by `and`. Empty if `by` is missing.
    pub by: Vec<SendTarget>,
    pub purpose: Option<Name>,
    pub within: Option<Expr>,
    pub refused: Option<Block>,
}

/// One alternative of `by`: one or more channels (names or paths), all of which are used.
#[derive(Debug, Clone)]
pub struct SendTarget {
    pub channels: Vec<Expr>,
}

/// The forms of `wait`.
#[derive(Debug, Clone)]
pub enum Wait {
    /// `wait D [at TIME]`
    For { duration: Expr, at: Option<Expr> },
    /// `wait until WEEKDAY [at TIME]`
    Weekday { day: Name, at: Option<Expr> },
    /// `wait until workday of CAL [at TIME]`
    Workday { calendar: Name, at: Option<Expr> },
    /// `wait until EXPR [at TIME] [within D] [{ } [else { }]]`, a TIME, a date or an instant
    Until {
        moment: Expr,
        at: Option<Expr>,
        within: Option<Expr>,
        then: Option<Block>,
        otherwise: Option<Block>,
    },
    /// `wait up to D { arms }`
    UpTo {
        limit: Expr,
        arms: Vec<Arm>,
        otherwise: Option<Block>,
    },
    /// `wait up to D for EVENT [where C]`
    UpToFor {
        limit: Expr,
        event: Expr,
        filter: Option<Expr>,
    },
}

/// An arm of `wait up to`.
#[derive(Debug, Clone)]
pub struct Arm {
    pub kind: ArmKind,
    pub block: Block,
    pub span: Span,
}

/// What an arm waits for.
#[derive(Debug, Clone)]
pub enum ArmKind {
    /// `on EVENT [as N] [where C]`
    On {
        event: Expr,
        bind: Option<Name>,
        filter: Option<Expr>,
    },
    /// `when C`
    When(Expr),
}

/// `if C { } else if C { } else { }`
#[derive(Debug, Clone)]
pub struct If {
    /// The conditions and their blocks, in order; at least one.
    pub branches: Vec<(Expr, Block)>,
    pub otherwise: Option<Block>,
}

/// `match EXPR { a { } b, c { } else { } }`
#[derive(Debug, Clone)]
pub struct Match {
    pub value: Expr,
    pub arms: Vec<MatchArm>,
    pub otherwise: Option<Block>,
}

/// `b, c { ... }`; `yes` and `no` are names here.
#[derive(Debug, Clone)]
pub struct MatchArm {
    /// A variant, `Stage.loyalty`, a channel, `yes` or `no`.
    pub patterns: Vec<Expr>,
    pub block: Block,
    pub span: Span,
}

/// `split [NAME] [drawn each time] { 50% [label] { } ... }` and `split NAME best by ...`
#[derive(Debug, Clone)]
pub struct Split {
    pub name: Option<Name>,
    pub drawn_each_time: bool,
    pub best: Option<Best>,
    pub arms: Vec<SplitArm>,
    /// `rest`, for `best by`.
    pub rest: Option<Span>,
}

/// `best by clicked|goal|worth after D [or N people] [keeping P%]`
#[derive(Debug, Clone)]
pub struct Best {
    pub by: Name,
    pub after: Expr,
    pub people: Option<Expr>,
    pub keeping: Option<Expr>,
}

/// `50% label { ... }`
#[derive(Debug, Clone)]
pub struct SplitArm {
    pub share: Expr,
    pub label: Option<Name>,
    pub block: Block,
    pub span: Span,
}

/// `repeat up to N times [every D] [until C] { }`
#[derive(Debug, Clone)]
pub struct Repeat {
    pub times: Expr,
    pub every: Option<Expr>,
    pub until: Option<Expr>,
    pub block: Block,
}

/// How `set` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOp {
    Assign,
    Add,
    Subtract,
}

/// `do coupon(value: 10%) as c [else { }]`
#[derive(Debug, Clone)]
pub struct Do {
    pub action: Name,
    pub args: Vec<Argument>,
    pub bind: Option<Name>,
    pub no_answer: Option<Block>,
}

impl Step {
    /// The blocks directly inside, in the order of the source.
    pub fn for_each_block<'s>(&'s self, f: &mut impl FnMut(&'s Block)) {
        match &self.kind {
            StepKind::Send(send) => send.refused.iter().for_each(f),
            StepKind::Wait(wait) => match wait.as_ref() {
                Wait::Until {
                    then, otherwise, ..
                } => then.iter().chain(otherwise).for_each(f),
                Wait::UpTo {
                    arms, otherwise, ..
                } => arms
                    .iter()
                    .map(|arm| &arm.block)
                    .chain(otherwise)
                    .for_each(f),
                _ => {}
            },
            StepKind::If(it) => it
                .branches
                .iter()
                .map(|(_, block)| block)
                .chain(&it.otherwise)
                .for_each(f),
            StepKind::Match(it) => it
                .arms
                .iter()
                .map(|arm| &arm.block)
                .chain(&it.otherwise)
                .for_each(f),
            StepKind::Split(it) => it.arms.iter().map(|arm| &arm.block).for_each(f),
            StepKind::Repeat(it) => f(&it.block),
            StepKind::Do(it) => it.no_answer.iter().for_each(f),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn a_step_is_small() {
        assert!(size_of::<Step>() <= 120, "{}", size_of::<Step>());
    }
}
