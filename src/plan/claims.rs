//! Promises and tests of a plan: what is claimed, and what is to be tried.

use super::{Const, Duration, Expr, On, Trigger};
use jiff::civil::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// Claims about every person and every history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    pub title: SmolStr,
    /// How many slots the frame of the conditions has.
    pub slots: u32,
    /// The slots by which the conditions call the person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonSlot>,
    pub claims: Vec<Claim>,
}

/// A slot that holds the person, and the profile they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonSlot {
    pub slot: u32,
    pub profile: u32,
}

/// A claim. Times are those of the hand-over; every length is exact: a day is 24 hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Claim {
    /// Over all journeys together, nobody gets more than `count` in any window as long as `per`.
    AtMost {
        count: i64,
        channels: Vec<u32>,
        purposes: Vec<u32>,
        per: Duration,
    },
    /// Nobody gets such a message while `when` holds and the person's clock is in `between`.
    Never {
        channels: Vec<u32>,
        purposes: Vec<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<Expr>,
        /// Times of the person's day; the end does not belong to it; over midnight if not ascending.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<(String, String)>")]
        between: Option<(Time, Time)>,
    },
    /// After every such event the message goes out in time, counted from the event's arrival.
    After {
        on: On,
        message: u32,
        within: Duration,
        /// A refusal in time is enough.
        or_refused: bool,
    },
    EndsWithin {
        journey: u32,
        within: Duration,
    },
    /// For everybody who enters.
    CostsAtMost {
        journey: u32,
        /// A [`Const::Money`].
        amount: Const,
    },
    /// Nobody is in both journeys at once.
    NeverWith {
        journey: u32,
        other: u32,
    },
}

/// A story of one journey, and what must come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Test {
    pub title: SmolStr,
    pub journey: u32,
    /// The names of the slots of the test's frame, for people; slot 0 is the person, then come the
    /// rows that have a name. An unnamed slot holds a row of an expression.
    pub slots: Vec<SmolStr>,
    pub statements: Vec<TestStatement>,
}

/// A statement of a test. What is given and what happens is done in order; an `expect` is about
/// the moment that the test has come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TestStatement {
    GivenRow {
        entity: u32,
        /// The row is the person of the test.
        #[serde(default, skip_serializing_if = "super::schema::is_false")]
        person: bool,
        /// The slot that holds the row from here on, if it has a name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<u32>,
        /// A field that is left out takes its default, else it is unknown.
        fields: Vec<Given>,
    },
    GivenSetting {
        setting: u32,
        value: Const,
    },
    /// The person falls into this arm of a named split of the journey.
    GivenSplit {
        split: SmolStr,
        arm: SmolStr,
    },
    GivenDo {
        action: u32,
        /// The answer; left out, there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<Vec<Given>>,
    },
    /// A [`Const::Instant`].
    Clock(Const),
    /// Time passes, in the person's calendar.
    After(Duration),
    /// An event happens. A trigger of a journey does not stand here.
    Event {
        trigger: Trigger,
        /// Whom a declared event is about; left out, the person of the test.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Expr>,
        /// Of what a channel reports, fields may be left out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<Given>,
    },
    ExpectSent {
        /// The message was not sent (by this channel, at this time).
        #[serde(default, skip_serializing_if = "super::schema::is_false")]
        negated: bool,
        message: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<u32>,
        /// A time of the person's day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Expr>,
    },
    ExpectRefused {
        message: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Refusal>,
    },
    /// The person rests at the step with this label.
    ExpectResting(SmolStr),
    ExpectLeft {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Leaving>,
    },
    Expect(Expr),
}

/// A field of a row, an event or a result that is given, by its position among the fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    pub field: u32,
    /// For a consent, its status; for a reference, a row or the key as a constant.
    pub value: Expr,
}

/// Why a send is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    Goal,
    Leave,
    Replaced,
    /// An `exit` of this name.
    Exit(SmolStr),
}
