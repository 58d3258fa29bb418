//! Checked promises and tests.

use super::{Const, Duration, Expr, Locals, On, Trigger};
use crate::model::ids::*;
use crate::source::{Place, Span};
use jiff::civil::Time;
use smol_str::SmolStr;

/// A promise.
#[derive(Debug, Clone)]
pub struct Promise {
    pub title: SmolStr,
    pub place: Place,
    /// Of all claims. A promise has no subject of its own: every subject among them is a name
    /// by which conditions call the person.
    pub locals: Locals,
    pub claims: Vec<Claim>,
    /// Its declaration had a syntax error, or a claim had to be left out: both are reported.
    pub broken: bool,
}

/// A claim, with its place.
#[derive(Debug, Clone)]
pub struct Claim {
    pub kind: ClaimKind,
    pub span: Span,
}

/// The claims; channels and purposes are resolved to the declared ones.
#[derive(Debug, Clone)]
pub enum ClaimKind {
    AtMost {
        count: i64,
        channels: Vec<ChannelId>,
        purposes: Vec<PurposeId>,
        per: Duration,
    },
    Never {
        channels: Vec<ChannelId>,
        purposes: Vec<PurposeId>,
        when: Option<Expr>,
        between: Option<(Time, Time)>,
    },
    After {
        on: On,
        message: MessageId,
        within: Duration,
        or_refused: bool,
    },
    EndsWithin {
        journey: JourneyId,
        within: Duration,
    },
    CostsAtMost {
        journey: JourneyId,
        /// A [`Const::Money`].
        amount: Const,
    },
    /// Nobody is in both at once.
    NeverWith {
        journey: JourneyId,
        other: JourneyId,
    },
}

/// A test.
#[derive(Debug, Clone)]
pub struct Test {
    pub title: SmolStr,
    pub place: Place,
    /// `None` only after an error.
    pub journey: Option<JourneyId>,
    /// Local 0 is the person, by the name that the journey gives them; then the rows that `as` names.
    pub locals: Locals,
    pub statements: Vec<TestStatement>,
    /// Its declaration had a syntax error, or a statement had to be left out: both are reported.
    pub broken: bool,
}

/// A statement of a test, with its place.
#[derive(Debug, Clone)]
pub struct TestStatement {
    pub kind: TestStatementKind,
    pub span: Span,
}

/// The statements of a test.
#[derive(Debug, Clone)]
pub enum TestStatementKind {
    GivenRow {
        entity: EntityId,
        /// It is the person of the test.
        person: bool,
        bind: Option<LocalId>,
        fields: Vec<Given>,
    },
    GivenSetting {
        setting: SettingId,
        value: Const,
    },
    /// A named split of the journey, and the label of one of its arms.
    GivenSplit {
        split: SmolStr,
        arm: SmolStr,
    },
    GivenDo {
        action: ActionId,
        /// `None`: it does not answer.
        result: Option<Vec<Given>>,
    },
    Clock(Const),
    After(Duration),
    Event {
        trigger: Trigger,
        /// `None`: the person of the test.
        subject: Option<Expr>,
        fields: Vec<Given>,
    },
    ExpectSent {
        negated: bool,
        message: MessageId,
        by: Option<ChannelId>,
        at: Option<Expr>,
    },
    ExpectRefused {
        message: MessageId,
        because: Option<Refusal>,
    },
    /// The label of a step.
    ExpectResting(SmolStr),
    ExpectLeft(Option<Leaving>),
    Expect(Expr),
}

/// A field that is given, by its position: among the fields of a row, an event or a result.
///
/// A consent is given by its status; a reference by a row, or by a constant that is its key.
#[derive(Debug, Clone)]
pub struct Given {
    pub field: u32,
    pub value: Expr,
}

/// Why a send is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Consent,
    Forbid,
    Limit,
    Address,
    Language,
    Holdout,
    Capacity,
    Budget,
    Late,
}

/// Why a person leaves a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    Goal,
    Leave,
    Replaced,
    /// An `exit` of this name.
    Exit(SmolStr),
}
