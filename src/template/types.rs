//! What a template may name: the types of values, and the door through which the model tells
//! them.
//!
//! `template` is a lower room than `model`: it knows neither profiles nor messages. Whoever checks
//! a template answers the questions of [`Scope`].

use crate::source::Place;
use iso_currency::Currency;
use smol_str::SmolStr;

/// A profile, table or event as a template sees it: a number that the [`Scope`] gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub u32);

/// A closed list of names (an enum, a list of channels): a number that the [`Scope`] gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChoiceId(pub u32);

/// The type of a value in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `text`, with or without a bound.
    Text,
    /// `int`
    Int,
    /// `decimal`
    Decimal,
    /// `percent`
    Percent,
    /// `money(CAD)`, with its currency.
    Money(Currency),
    /// `date`
    Date,
    /// `time`
    Time,
    /// `instant`
    Instant,
    /// `duration`
    Duration,
    /// `bool`
    Bool,
    /// An `enum` or `channel(...)`: compared with its names, shown as its name.
    Choice(ChoiceId),
    /// `url`
    Url,
    /// `email`
    Email,
    /// `phone`
    Phone,
    /// `country`, `language`, `timezone`: shown as the code.
    Code,
    /// A person, a row or an event.
    Record(RecordId),
    /// `[T]`: rows of a relation, or plain values.
    List(Box<Type>),
    /// The type is not known because of an error that is already reported; nothing more is said.
    Unknown,
}

impl Type {
    /// Whether a value of this type is a text to Liquid: text filters take it, and it compares
    /// with a quoted text.
    #[must_use]
    pub fn is_textual(&self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Url
                | Self::Email
                | Self::Phone
                | Self::Code
                | Self::Choice(_)
                | Self::Unknown
        )
    }

    /// Whether filters can count with it.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Int | Self::Decimal | Self::Percent | Self::Money(_) | Self::Unknown
        )
    }

    /// The words a message uses for the type: "a text", "an amount in CAD".
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::Int => "a whole number".into(),
            Self::Decimal => "a decimal number".into(),
            Self::Percent => "a percentage".into(),
            Self::Money(currency) => format!("an amount in {}", currency.code()),
            Self::Date => "a date".into(),
            Self::Time => "a time of day".into(),
            Self::Instant => "an instant".into(),
            Self::Duration => "a duration".into(),
            Self::Bool => "a yes or no".into(),
            Self::Choice(_) => "one of a list of names".into(),
            Self::Url => "a URL".into(),
            Self::Email => "an e-mail address".into(),
            Self::Phone => "a phone number".into(),
            Self::Code => "a code".into(),
            Self::Record(_) => "a whole record".into(),
            Self::List(_) => "a list".into(),
            Self::Unknown => "a value".into(),
        }
    }
}

/// A thing that a template can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Var {
    /// Its type, without the `?`.
    pub ty: Type,
    /// Whether it may be unknown (`T?`).
    pub optional: bool,
    /// Whether it is `@sensitive`: it may not stand in a message.
    pub sensitive: bool,
    /// Where it is declared, for labels.
    pub declared: Option<Place>,
    /// How long it can get, as far as its declaration says more than its type.
    pub bound: Bound,
}

/// What a declaration says of the length of a value, or of each item of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bound {
    /// No more than its type.
    #[default]
    Type,
    /// `text(40)`: so many characters, of any kind.
    Chars(u32),
    /// So many characters, each a letter, digit or sign that every alphabet has: a code.
    Plain(u32),
    /// `int(0..10)`, both inclusive.
    Range(i64, i64),
}

impl Var {
    /// A value that is always known and not sensitive.
    #[must_use]
    pub fn known(ty: Type) -> Self {
        Self {
            ty,
            optional: false,
            sensitive: false,
            declared: None,
            bound: Bound::Type,
        }
    }

    /// A value that may be unknown.
    #[must_use]
    pub fn optional(ty: Type) -> Self {
        Self {
            optional: true,
            ..Self::known(ty)
        }
    }
}

/// What a template can name where it stands: for a message, its parameters and the person.
///
/// `unsubscribe` and `sender_address` are known to every template and need not be answered.
pub trait Scope {
    /// The variable of this name: a parameter of the message, or its subject (`member`).
    fn root(&self, name: &str) -> Option<Var>;

    /// A field of a record.
    fn field(&self, record: RecordId, name: &str) -> Option<Var>;

    /// Every name that [`Scope::root`] knows.
    fn names(&self) -> Vec<SmolStr>;

    /// Every name that [`Scope::field`] knows for the record.
    fn field_names(&self, record: RecordId) -> Vec<SmolStr>;

    /// The names that a choice may be.
    fn choices(&self, choice: ChoiceId) -> Vec<SmolStr>;

    /// What the record is called in the source: `Member`, `Gift`.
    fn record_name(&self, record: RecordId) -> SmolStr;
}

/// How a template's result is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Plain text: subjects, text bodies. Nothing is escaped.
    Text,
    /// A text message. Nothing is escaped, and the narrow spaces that CLDR puts into numbers are
    /// plain spaces, because one of them makes a message cost twice as much.
    Sms,
    /// HTML: every value is escaped.
    Html,
    /// MJML: checked as such, turned into HTML in the plan; every value is escaped.
    Mjml,
}

impl Format {
    /// Whether values are escaped.
    #[must_use]
    pub const fn escapes(self) -> bool {
        matches!(self, Self::Html | Self::Mjml)
    }
}
