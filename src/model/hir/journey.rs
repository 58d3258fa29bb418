//! Checked journeys.

use super::{Const, Duration, Expr, Field, Locals, Rows};
use crate::model::ids::*;
use crate::model::types::JourneyEvent;
use crate::source::{Place, Span};
use crate::syntax::ast::SetOp;
use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;
use smol_str::SmolStr;

#[derive(Debug, Clone)]
pub struct Journey {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub profile: EntityId,
    pub params: Vec<Field>,
    /// Local 0 is the person, then the parameters, then what is bound.
    pub locals: Locals,
    /// The labelled sends, by [`SendId`]: label and message.
    pub sends: Vec<(SmolStr, MessageId)>,
    pub title: Option<SmolStr>,
    pub owner: Option<SmolStr>,
    pub objective: Option<SmolStr>,
    pub purpose: Option<PurposeId>,
    pub priority: i64,
    pub enters: Vec<(Enter, Span)>,
    pub one_per: Option<OnePer>,
    /// `None` only in a broken journey.
    pub reenter: Option<Reenter>,
    pub leaves: Vec<(Leave, Span)>,
    pub goals: Vec<Goal>,
    pub holdout: Option<HoldoutId>,
    pub active: Option<(Date, Date)>,
    pub admit: Option<Admit>,
    pub budget: Option<Budget>,
    pub renamed: Vec<(SmolStr, SmolStr)>,
    /// To another label, or to the exit.
    pub removed: Vec<(SmolStr, Option<SmolStr>)>,
    pub steps: Vec<Step>,
    pub finally: Option<Vec<Step>>,
    pub broken: bool,
}

/// What triggers an entry, an arm, a `leave` or a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    Event(EventId),
    Channel {
        channel: ChannelId,
        event: &'static str,
    },
    Message {
        message: MessageId,
        event: &'static str,
    },
    Send {
        send: SendId,
        event: &'static str,
    },
    Journey {
        journey: JourneyId,
        event: JourneyEvent,
    },
}

/// A trigger, the variable that holds its event, and its condition.
#[derive(Debug, Clone)]
pub struct On {
    pub trigger: Trigger,
    /// Holds the event in `filter` and, if it was named, in what follows.
    pub event: LocalId,
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone)]
pub enum Enter {
    On {
        on: On,
        each: Option<(Rows, LocalId)>,
        /// How to get from the event's subject (or the `for each` row) to the person.
        person: Expr,
        no_later_than: Option<Duration>,
    },
    When {
        when: Expr,
        held: Option<Duration>,
        including_those_already: bool,
    },
    Every {
        schedule: Schedule,
        at: Expr,
        filter: Option<Expr>,
    },
    /// `date` is of the person; negative offsets are `before`.
    Yearly {
        offset: Option<(Duration, bool)>,
        date: Expr,
        at: Expr,
        filter: Option<Expr>,
    },
    /// With `row`, `date` and `filter` read that row and `person` leads from it to the person.
    Dated {
        /// The length and whether it is before.
        offset: (Duration, bool),
        date: Expr,
        row: Option<(EntityId, LocalId)>,
        person: Expr,
        at: Expr,
        filter: Option<Expr>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    Day,
    Weekday(Weekday),
    /// 1 to 31; a month without that day: its last day.
    MonthDay(u32),
}

#[derive(Debug, Clone)]
pub struct OnePer {
    pub key: Expr,
    pub latest_wins: bool,
}

#[derive(Debug, Clone)]
pub enum Reenter {
    Never,
    Always,
    After(Duration),
}

#[derive(Debug, Clone)]
pub enum Leave {
    When { when: Expr, held: Option<Duration> },
    On(On),
}

#[derive(Debug, Clone)]
pub struct Goal {
    pub on: On,
    pub within: Option<Duration>,
    pub worth: Option<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Admit {
    pub count: i64,
    pub per: Duration,
    pub by: Option<Expr>,
}

#[derive(Debug, Clone)]
pub struct Budget {
    pub total: Const,
    pub rate: Option<(Const, Duration)>,
}

/// A step, with its label if it has one.
#[derive(Debug, Clone)]
pub struct Step {
    pub label: Option<SmolStr>,
    pub kind: StepKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum StepKind {
    Send(Box<Send>),
    Wait(Box<Wait>),
    If {
        branches: Vec<(Expr, Vec<Step>)>,
        otherwise: Option<Vec<Step>>,
    },
    Match {
        value: Expr,
        arms: Vec<(Vec<Const>, Vec<Step>)>,
        otherwise: Option<Vec<Step>>,
    },
    Split(Box<Split>),
    Repeat {
        times: u32,
        every: Option<Duration>,
        until: Option<Expr>,
        steps: Vec<Step>,
    },
    Set {
        field: FieldId,
        of: Expr,
        op: SetOp,
        value: Expr,
    },
    Grant {
        field: FieldId,
        of: Expr,
        from: Trigger,
    },
    Withdraw {
        field: FieldId,
        of: Expr,
        from: Trigger,
    },
    AddTo(AudienceId),
    RemoveFrom(AudienceId),
    Do {
        action: ActionId,
        args: Vec<Expr>,
        result: Option<LocalId>,
        no_answer: Option<Vec<Step>>,
    },
    Start {
        journey: JourneyId,
        args: Vec<Expr>,
    },
    Exit(Option<SmolStr>),
}

#[derive(Debug, Clone)]
pub struct Send {
    pub message: MessageId,
    /// In the order of the message's parameters.
    pub args: Vec<Expr>,
    /// Alternatives in order, each one or several channels used together.
    pub by: Vec<Vec<SendChannel>>,
    /// The nearest: the send's, the message's, the journey's. `None` only after an error.
    pub purpose: Option<PurposeId>,
    pub within: Option<Duration>,
    pub refused: Option<Vec<Step>>,
    /// Set if the send has a label.
    pub id: Option<SendId>,
    /// From the message's name to the last channel.
    pub head: Span,
}

#[derive(Debug, Clone)]
pub enum SendChannel {
    Channel(ChannelId),
    /// An expression of type `channel(...)`; unknown means: not this alternative.
    Dynamic(Expr),
}

#[derive(Debug, Clone)]
pub enum Wait {
    For {
        duration: Duration,
        at: Option<Expr>,
    },
    /// A time of the person's day.
    Time {
        time: Expr,
    },
    Weekday {
        day: Weekday,
        at: Option<Expr>,
    },
    Workday {
        calendar: CalendarId,
        at: Option<Expr>,
    },
    /// A date or an instant.
    Until {
        moment: Expr,
        at: Option<Expr>,
        within: Option<Duration>,
        then: Option<Vec<Step>>,
        otherwise: Option<Vec<Step>>,
    },
    UpTo {
        limit: Duration,
        arms: Vec<Arm>,
        otherwise: Option<Vec<Step>>,
    },
}

#[derive(Debug, Clone)]
pub struct Arm {
    pub kind: ArmKind,
    pub steps: Vec<Step>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ArmKind {
    On(On),
    When(Expr),
}

#[derive(Debug, Clone)]
pub struct Split {
    pub name: Option<SmolStr>,
    pub drawn_each_time: bool,
    pub best: Option<Best>,
    pub arms: Vec<SplitArm>,
    pub rest: bool,
}

#[derive(Debug, Clone)]
pub struct Best {
    pub by: BestBy,
    pub after: Duration,
    pub people: Option<i64>,
    pub keeping: Option<Decimal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BestBy {
    Clicked,
    Goal,
    Worth,
}

#[derive(Debug, Clone)]
pub struct SplitArm {
    pub share: Decimal,
    pub label: Option<SmolStr>,
    pub steps: Vec<Step>,
}
