//! Types of values, as the checker sees them.

use super::ids::{
    ActionId, ChannelId, EntityId, EnumId, EventId, FieldId, JourneyId, MessageId, SendId,
};
use iso_currency::Currency;
use std::sync::Arc;

/// The type of an expression.
///
/// `Optional` never nests, and never stands inside `List`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ty {
    /// An error that is already reported: compatible with everything, reported no further.
    Error,
    /// `bool`
    Bool,
    /// `int`, with the inclusive range that is known of it.
    Int(Option<(i64, i64)>),
    /// `decimal`
    Decimal,
    /// `percent`
    Percent,
    /// `text`, with the greatest number of characters that is known of it.
    Text(Option<u32>),
    /// `date`
    Date,
    /// `time`
    Time,
    /// `instant`
    Instant,
    /// `duration`
    Duration,
    /// `money(CAD)`
    Money(Currency),
    /// `email`
    Email,
    /// `phone`
    Phone,
    /// `url`
    Url,
    /// `country`
    Country,
    /// `language`
    Language,
    /// `timezone`
    Timezone,
    /// `channel(email, sms)`: one of these, in order of declaration in the type.
    Channel(Arc<[ChannelId]>),
    /// The consent record of a field.
    Consent(FieldId),
    /// The status of a consent record.
    Status,
    /// A purpose (the `purpose` of a channel's event).
    Purpose,
    /// A declared enum.
    Enum(EnumId),
    /// A row of a profile or table, or a reference to one.
    Row(EntityId),
    /// An event.
    Event(EventTy),
    /// The result of an action.
    Result(ActionId),
    /// A list of plain values, or of rows.
    List(Arc<Ty>),
    /// May be unknown.
    Optional(Arc<Ty>),
}

/// What a bound event or the row of an event source is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventTy {
    /// A declared event.
    Declared(EventId),
    /// An event of a channel; with `message`, one about a send of that message.
    Channel {
        /// The kind of the channel (decides the fields).
        kind: ChannelKind,
        /// `clicked`, `unsubscribed`...
        event: &'static str,
        /// The message whose parameters the event carries, if it is reached by message or label.
        message: Option<MessageId>,
    },
    /// `welcome.entered`, `.left`, `.converted`.
    Journey(JourneyId, JourneyEvent),
}

/// The events of a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JourneyEvent {
    /// A person entered.
    Entered,
    /// A person left, for whatever reason.
    Left,
    /// A person reached the goal.
    Converted,
}

/// The kinds of channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the word of the language")]
pub enum ChannelKind {
    Email,
    Sms,
    Push,
    InApp,
    Whatsapp,
    Web,
    Print,
    Call,
    Wallet,
    Audience,
    Webhook,
}

/// The kinds of purposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the word of the language")]
pub enum PurposeKind {
    Service,
    Relationship,
    Marketing,
    Fundraising,
    Political,
    Research,
    Advertising,
    Tracking,
}

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalKind {
    /// The person (or the row) that the declaration is about.
    Subject,
    /// A parameter of a message, action or journey.
    Param,
    /// An event, row or result bound by `enter`, an arm or `do`: kept by the instance.
    Bound,
    /// The row of an aggregate, of a `where`, a `by` or a `worth`: lives in the expression.
    Row,
}

/// One send with a label, as conditions name it (`ask.clicked`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendRef {
    /// The send's position among the labelled sends of its journey.
    pub id: SendId,
    /// What it sends.
    pub message: MessageId,
}

impl Ty {
    /// Whether a value may be unknown.
    #[must_use]
    pub const fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// Whether it is an error that is already reported.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self, Self::Error)
    }

    /// The type of the value if it is known.
    #[must_use]
    pub fn known(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner,
            ty => ty,
        }
    }

    /// The type of a value that may be unknown. An erroneous one stays so.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Optional(_) | Self::Error => self,
            ty => Self::Optional(Arc::new(ty)),
        }
    }

    /// A list of this.
    #[must_use]
    pub fn list(self) -> Self {
        Self::List(Arc::new(self))
    }
}
