//! Journeys of a plan: header clauses and a graph of steps.
//!
//! An [`Edge`] leads to a step of the same journey, by position; without one, the journey (or its
//! `finally`) ends there.

use super::{Const, Duration, Expr, Field, FieldRef, JourneyEvent, Rate, Rows, Weekday};
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The step that follows, or none: the end.
pub type Edge = Option<u32>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    pub name: SmolStr,
    pub profile: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<u32>,
    /// Higher goes first.
    pub priority: i64,
    pub params: Vec<Field>,
    /// The names of the slots of the journey's frame, for people; slot 0 is the person, then come
    /// the parameters. An unnamed slot holds a row of an expression.
    pub slots: Vec<SmolStr>,
    pub enter: Vec<Enter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_per: Option<OnePer>,
    pub reenter: Reenter,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave: Vec<Leave>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holdout: Option<u32>,
    /// First and last day of entry, in the person's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<(String, String)>")]
    pub active: Option<(Date, Date)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admit: Option<Admit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<Renamed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// The steps with a label that send, by position in `steps`: what conditions call `ask.clicked`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sends: Vec<u32>,
    pub steps: Vec<Step>,
    /// The first step.
    pub first: Edge,
    /// The first step of `finally`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finally: Edge,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    pub from: SmolStr,
    pub to: SmolStr,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    pub from: SmolStr,
    /// Left out: people there leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<SmolStr>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnePer {
    pub key: Expr,
    pub latest_wins: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reenter {
    Never,
    Always,
    /// Counted from the end.
    After(Duration),
}

/// An event that something waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A declared event.
    Event(u32),
    Channel {
        channel: u32,
        event: SmolStr,
    },
    /// An event about any send of a message.
    Message {
        message: u32,
        event: SmolStr,
    },
    /// An event about a labelled send of the instance, by position in `sends`.
    Send {
        send: u32,
        event: SmolStr,
    },
    Journey {
        journey: u32,
        event: JourneyEvent,
    },
}

/// A trigger with its condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct On {
    pub trigger: Trigger,
    /// The slot that receives the event.
    pub slot: u32,
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Expr>,
}

/// A way in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Enter {
    On {
        on: On,
        /// Once for each of these rows, written into their slot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        each: Option<Rows>,
        /// The person, read from the event's subject, the event or the row: evaluated with slot 0
        /// holding the event's subject.
        person: Expr,
        /// An older event starts nothing.
        no_later_than: Duration,
    },
    When {
        when: Expr,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held: Option<Duration>,
        including_those_already: bool,
    },
    Every {
        schedule: Schedule,
        at: Expr,
        #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
        filter: Option<Expr>,
    },
    Yearly {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offset: Option<Offset>,
        date: Expr,
        at: Expr,
        #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
        filter: Option<Expr>,
    },
    Dated {
        offset: Offset,
        date: Expr,
        /// The date is of a row: its entity, its slot, and the person it leads to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<DatedRow>,
        at: Expr,
        #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
        filter: Option<Expr>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedRow {
    pub entity: u32,
    pub slot: u32,
    pub person: Expr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    Day,
    Weekday(Weekday),
    /// 1 to 31; in a shorter month, its last day.
    MonthDay(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    pub duration: Duration,
    pub before: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Leave {
    When {
        when: Expr,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        held: Option<Duration>,
    },
    On(On),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub on: On,
    /// Counted from entry, runs on after the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worth: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    pub rate: Rate,
    /// Smallest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// A [`Const::Money`].
    pub total: Const,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<(Const, Duration)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Unique in the journey: the label, or a name made from the labels around it (`ask.else+1`).
    pub id: SmolStr,
    /// Whether the id is a label, which keeps people in their place over versions.
    #[serde(default, skip_serializing_if = "super::schema::is_false")]
    pub labelled: bool,
    pub kind: StepKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Send(Box<Send>),
    /// Rests so long, then to `at` if it is given.
    Wait {
        duration: Duration,
        at: Option<Expr>,
        next: Edge,
    },
    /// Rests until the next such moment.
    WaitMoment {
        moment: Moment,
        next: Edge,
    },
    /// Rests until a date or instant, and follows it.
    WaitUntil {
        moment: Expr,
        at: Option<Expr>,
        within: Duration,
        /// When it has come.
        reached: Edge,
        /// When it was already past, or `within` ran out.
        missed: Edge,
    },
    /// Rests until the first arm happens.
    WaitUpTo {
        limit: Duration,
        arms: Vec<Arm>,
        timeout: Edge,
    },
    If {
        when: Expr,
        then: Edge,
        otherwise: Edge,
    },
    Match {
        value: Expr,
        arms: Vec<MatchArm>,
        otherwise: Edge,
    },
    Split(Box<Split>),
    /// Runs `body` up to `times` times; the body's last steps lead back here.
    Repeat {
        times: u32,
        every: Option<Duration>,
        until: Option<Expr>,
        body: Edge,
        next: Edge,
    },
    Set {
        of: Expr,
        field: FieldRef,
        op: SetOp,
        value: Expr,
        next: Edge,
    },
    /// Writes `granted` with the time and proof of the latest such event.
    Grant {
        of: Expr,
        field: FieldRef,
        from: Trigger,
        next: Edge,
    },
    Withdraw {
        of: Expr,
        field: FieldRef,
        from: Trigger,
        next: Edge,
    },
    AddTo {
        audience: u32,
        next: Edge,
    },
    RemoveFrom {
        audience: u32,
        next: Edge,
    },
    Do {
        action: u32,
        args: Vec<Expr>,
        slot: Option<u32>,
        next: Edge,
        no_answer: Edge,
    },
    Start {
        journey: u32,
        args: Vec<Expr>,
        next: Edge,
    },
    Exit {
        name: Option<SmolStr>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    pub message: u32,
    /// In the order of the message's parameters.
    pub args: Vec<Expr>,
    /// Alternatives in order; each is one or several channels used together.
    pub by: Vec<Vec<SendChannel>>,
    pub purpose: u32,
    /// The longest rest. Left out: 1 day, or what the delaying rule says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
    /// After the hand-over.
    pub next: Edge,
    /// After a refusal.
    pub refused: Edge,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SendChannel {
    Channel(u32),
    /// A channel read from the person; unknown: this alternative is not taken.
    Dynamic(Expr),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The next such time of the person's day.
    Time(Expr),
    Weekday {
        day: Weekday,
        at: Option<Expr>,
    },
    Workday {
        calendar: u32,
        at: Option<Expr>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    On { on: On, next: Edge },
    When { when: Expr, next: Edge },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchArm {
    pub values: Vec<Const>,
    pub next: Edge,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The name under which draws are stored.
    pub name: SmolStr,
    pub drawn_each_time: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
    pub arms: Vec<SplitArm>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Best {
    pub by: BestBy,
    pub after: Duration,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// In percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub keeping: Option<Decimal>,
    /// Whether those who fall in no arm wait for the winner.
    pub rest: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BestBy {
    Clicked,
    Goal,
    Worth,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitArm {
    /// The label, or the arm's position from 1.
    pub name: SmolStr,
    /// In percent.
    #[schemars(with = "String")]
    pub share: Decimal,
    pub next: Edge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SetOp {
    Assign,
    Add,
    Subtract,
}
