//! Checked declarations other than journeys.

use super::{Const, Duration, Expr, Journey, Promise, Test};
use crate::model::ids::*;
use crate::model::types::{ChannelKind, LocalKind, PurposeKind, Ty};
use crate::source::{Place, Span};
use jiff::civil::{Date, Time, Weekday};
use smol_str::SmolStr;
use std::sync::Arc;

/// The variables of a declaration, by [`LocalId`].
#[derive(Debug, Clone, Default)]
pub struct Locals(pub Vec<Local>);

/// One variable.
#[derive(Debug, Clone)]
pub struct Local {
    /// Empty for the unnamed row of an aggregate.
    pub name: SmolStr,
    pub kind: LocalKind,
    pub ty: Ty,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub struct Enum {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub ordered: bool,
    pub variants: Vec<(SmolStr, Span)>,
    pub broken: bool,
}

/// A profile or a table.
#[derive(Debug, Clone)]
pub struct Entity {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub profile: bool,
    pub fields: Vec<Field>,
    /// Position of the `@key` field.
    pub key: Option<u32>,
    /// Position of the `@occurred` field.
    pub occurred: Option<u32>,
    /// Position of a profile's field of type `timezone`.
    pub timezone: Option<u32>,
    /// Position of a profile's field of type `language`.
    pub language: Option<u32>,
    pub broken: bool,
}

/// A field of a profile, table, event or result, or a parameter.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub ty: Ty,
    /// For `gifts: [Gift] by Gift.member`: the reference that leads back. Such a field stores nothing.
    pub relation: Option<FieldId>,
    pub default: Option<Const>,
    /// Whether a default is written, be it right or wrong.
    pub has_default: bool,
    pub annotations: Annotations,
    /// For a consent record: what it answers for.
    pub consent: Option<ConsentField>,
}

/// What annotations say of a field.
#[derive(Debug, Clone, Default)]
pub struct Annotations {
    pub key: bool,
    pub fixed: bool,
    pub personal: bool,
    pub sensitive: bool,
    pub occurred: bool,
    pub index: bool,
    pub refreshed: Option<Duration>,
    pub expires: Option<Duration>,
    pub source: Option<SmolStr>,
}

/// The channels and purposes that a consent record answers for.
#[derive(Debug, Clone)]
pub struct ConsentField {
    pub channels: Vec<ChannelId>,
    pub purposes: Vec<PurposeId>,
}

#[derive(Debug, Clone)]
pub struct Event {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub subject: EntityId,
    pub fields: Vec<Field>,
    pub broken: bool,
}

#[derive(Debug, Clone)]
pub struct Channel {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub kind: ChannelKind,
    pub profile: EntityId,
    /// Local 0 is the person.
    pub locals: Locals,
    pub address: Option<Expr>,
    pub sender: Option<SmolStr>,
    pub cost: Option<Const>,
    pub lead: Option<Duration>,
    pub capacity: Option<(i64, Duration)>,
    pub shares: Vec<(FieldId, bool)>,
    pub broken: bool,
}

#[derive(Debug, Clone)]
pub struct Purpose {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub kind: PurposeKind,
    pub because: Option<SmolStr>,
}

/// A consent block.
#[derive(Debug, Clone)]
pub struct ConsentBlock {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub profile: EntityId,
    pub locals: Locals,
    pub filter: Option<Expr>,
    pub under: Vec<SmolStr>,
    pub rules: Vec<Rule>,
}

/// A rule of a consent block; channels and purposes are resolved to the declared ones.
#[derive(Debug, Clone)]
pub struct Rule {
    pub span: Span,
    /// The rule as written, on one line, for reports and refusals.
    pub text: String,
    pub channels: Vec<ChannelId>,
    pub purposes: Vec<PurposeId>,
    pub kind: RuleKind,
}

#[derive(Debug, Clone)]
pub enum RuleKind {
    Permit {
        basis: Basis,
        when: Option<Expr>,
        because: Option<SmolStr>,
    },
    Forbid {
        when: Option<Expr>,
        between: Option<(Time, Time)>,
        days: Option<Days>,
        otherwise: Otherwise,
    },
    Limit {
        count: i64,
        per: Duration,
        per_key: Option<Expr>,
        otherwise: Otherwise,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    Consent,
    DoubleOptIn,
    SoftOptIn,
    ImpliedBusiness,
    ImpliedInquiry,
    ImpliedNonprofit,
    Contract,
    LegitimateInterest,
    Exempt,
}

#[derive(Debug, Clone)]
pub enum Days {
    Weekdays(Vec<Weekday>),
    Holidays(CalendarId),
}

#[derive(Debug, Clone)]
pub enum Otherwise {
    Skip,
    Delay { up_to: Option<Duration> },
}

/// A segment (`value` is a `bool`) or a measure.
#[derive(Debug, Clone)]
pub struct Derived {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub entity: EntityId,
    /// Local 0 is the subject.
    pub locals: Locals,
    pub value: Expr,
    pub broken: bool,
}

#[derive(Debug, Clone)]
pub struct Message {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub profile: EntityId,
    /// The name that stands for the person.
    pub subject: SmolStr,
    pub params: Vec<Field>,
    pub purpose: Option<PurposeId>,
    pub external: bool,
    pub contents: Vec<Content>,
    /// Its declaration had a syntax error, or a part of it had to be left out: both are reported.
    pub broken: bool,
}

/// The content of one language.
#[derive(Debug, Clone)]
pub struct Content {
    pub language: SmolStr,
    pub only: bool,
    pub parts: Vec<Part>,
    pub span: Span,
}

/// What one channel or kind shows.
#[derive(Debug, Clone)]
pub struct Part {
    /// The channels that use it.
    pub channels: Vec<ChannelId>,
    /// By slot name; a plain part (`sms "..."`) has one slot, `body`.
    pub slots: Vec<Slot>,
    pub span: Span,
}

/// One template of a part.
#[derive(Debug, Clone)]
pub struct Slot {
    pub name: SmolStr,
    pub format: Format,
    /// The Liquid source, decoded.
    pub source: Arc<str>,
    /// Where it stands: the text literal, or the whole template file.
    pub place: Place,
    /// For a template file: its name as written.
    pub file: Option<SmolStr>,
    /// The names of its links, each once.
    pub links: Vec<SmolStr>,
    /// What it shows or asks about, each path once, with where that stands first.
    pub shows: Vec<(Shown, Place)>,
    /// Whether it shows `{{ unsubscribe }}`.
    pub has_unsubscribe: bool,
    /// Whether it shows `{{ sender_address }}`.
    pub has_sender_address: bool,
}

/// A value that a template reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// A parameter of the message, by position.
    Param(u32),
    /// A field of the person, or of a row that leads on from there.
    Field(FieldId),
}

/// What a template is written in, besides Liquid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Text,
    Html,
    Mjml,
}

#[derive(Debug, Clone)]
pub struct Action {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub params: Vec<Field>,
    pub returns: Vec<Field>,
    pub post: Option<SmolStr>,
    pub timeout: Option<Duration>,
    pub secret: Option<SmolStr>,
    pub broken: bool,
}

#[derive(Debug, Clone)]
pub struct Audience {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub profile: EntityId,
    pub via: ChannelId,
}

#[derive(Debug, Clone)]
pub struct Calendar {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub weekend: Vec<Weekday>,
    pub holidays: Vec<Date>,
}

#[derive(Debug, Clone)]
pub struct Setting {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub ty: Ty,
    pub value: Const,
}

#[derive(Debug, Clone)]
pub struct Holdout {
    pub name: SmolStr,
    pub place: Place,
    pub doc: Option<String>,
    pub profile: EntityId,
    /// In percent.
    pub share: rust_decimal::Decimal,
    pub purposes: Vec<PurposeId>,
    pub redrawn: bool,
}

/// Everything a project declares. Each list of things with a name is sorted by it; ids are positions
/// in it.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub enums: Vec<Enum>,
    pub entities: Vec<Entity>,
    pub events: Vec<Event>,
    pub channels: Vec<Channel>,
    pub purposes: Vec<Purpose>,
    pub consents: Vec<ConsentBlock>,
    pub segments: Vec<Derived>,
    pub measures: Vec<Derived>,
    pub messages: Vec<Message>,
    pub actions: Vec<Action>,
    pub audiences: Vec<Audience>,
    pub calendars: Vec<Calendar>,
    pub settings: Vec<Setting>,
    pub holdouts: Vec<Holdout>,
    pub journeys: Vec<Journey>,
    /// In the order of files and places, like the tests.
    pub promises: Vec<Promise>,
    pub tests: Vec<Test>,
}
