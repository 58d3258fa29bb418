//! Declarations of the schema and of the house: everything but policy and journeys.

#![allow(
    missing_docs,
    reason = "fields are named by the grammar; each type shows its form"
)]

use super::{Annotation, ConsentBlock, Expr, Holdout, Journey, Name, Promise, Subject, Test, Text};
use crate::source::Span;

/// A top-level declaration.
#[derive(Debug, Clone)]
pub struct Decl {
    /// The `///` lines above, joined by line breaks, each without its slashes and one space.
    pub doc: Option<String>,
    /// Annotations before the keyword (`@ordered`).
    pub annotations: Vec<Annotation>,
    /// What is declared.
    pub kind: DeclKind,
    /// From the first annotation or the keyword to the closing token; without `doc`.
    pub span: Span,
    /// Whether a syntax error was reported inside it.
    pub broken: bool,
}

/// What a declaration declares.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each variant is documented by its payload")]
pub enum DeclKind {
    Enum(Enum),
    Profile(Entity),
    Table(Entity),
    Event(Event),
    Channel(Channel),
    Purpose(Purpose),
    Consent(ConsentBlock),
    Segment(Derived),
    Measure(Derived),
    Message(Message),
    Action(Action),
    Audience(Audience),
    Calendar(Calendar),
    Setting(Setting),
    Holdout(Holdout),
    Journey(Box<Journey>),
    Promise(Promise),
    Test(Test),
}

/// `enum Stage { discovery, loyalty }`
#[derive(Debug, Clone)]
pub struct Enum {
    pub name: Name,
    pub variants: Vec<Name>,
}

/// `profile Member { ... }` or `table Gift { ... }`
#[derive(Debug, Clone)]
pub struct Entity {
    pub name: Name,
    pub fields: Vec<Field>,
}

/// A field of a profile, table, event or result, or a parameter of a message, action or journey.
#[derive(Debug, Clone)]
pub struct Field {
    pub doc: Option<String>,
    pub name: Name,
    pub ty: TypeExpr,
    /// `by Gift.member`: the row type and its field that refers back.
    pub by: Option<Path2>,
    /// `= fr`
    pub default: Option<Expr>,
    pub annotations: Vec<Annotation>,
    pub span: Span,
}

/// `Gift.member`: two names with a dot.
#[derive(Debug, Clone)]
pub struct Path2 {
    pub first: Name,
    pub second: Name,
}

/// A type as written.
#[derive(Debug, Clone)]
pub struct TypeExpr {
    pub kind: TypeKind,
    /// Whether a `?` follows.
    pub optional: bool,
    pub span: Span,
}

/// The forms a type may take.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// `bool`, `int`, `text`, `email`, `Stage`, `Gift`...
    Named(Name),
    /// `int(0..10)`; both ends belong to it.
    IntRange { low: i64, high: i64 },
    /// `text(40)`: at most so many characters.
    TextBound(u32),
    /// `money(CAD)`
    Money(Name),
    /// `channel(email, sms)`
    Channel(Vec<Name>),
    /// `consent(email for fundraising, research)`
    Consent {
        channels: Vec<Name>,
        purposes: Vec<Name>,
    },
    /// `[Gift]`
    List(Box<TypeExpr>),
    /// A type that could not be read; the error is already reported.
    Broken,
}

/// `event gift_made for member: Member { ... }`
#[derive(Debug, Clone)]
pub struct Event {
    pub name: Name,
    pub subject: Subject,
    pub fields: Vec<Field>,
}

/// `channel email for member: Member { ... }`
#[derive(Debug, Clone)]
pub struct Channel {
    pub name: Name,
    /// The kind after the colon; left out, the name is the kind.
    pub kind: Option<Name>,
    pub subject: Subject,
    pub clauses: Vec<ChannelClause>,
}

/// A clause of a channel, with its place.
#[derive(Debug, Clone)]
pub struct ChannelClause {
    pub kind: ChannelClauseKind,
    pub span: Span,
}

/// The clauses of a channel.
#[derive(Debug, Clone)]
pub enum ChannelClauseKind {
    Address(Expr),
    Sender(Text),
    Cost(Expr),
    Lead(Expr),
    /// `capacity 500 per 1 day`
    Capacity {
        count: Expr,
        per: Expr,
    },
    /// `shares email, hashed phone`
    Shares(Vec<SharedField>),
}

/// A field that leaves the house.
#[derive(Debug, Clone)]
pub struct SharedField {
    pub hashed: bool,
    /// A path like `member.email`, or a bare field name.
    pub field: Expr,
}

/// `purpose receipts: service because "..."`
#[derive(Debug, Clone)]
pub struct Purpose {
    pub name: Name,
    pub kind: Name,
    pub because: Option<Text>,
}

/// `segment lapsing of member: Member = ...` or `measure ...`
#[derive(Debug, Clone)]
pub struct Derived {
    pub name: Name,
    pub subject: Subject,
    pub value: Expr,
}

/// `message thank_you(amount: money(CAD)) for member: Member { ... }`
#[derive(Debug, Clone)]
pub struct Message {
    pub name: Name,
    pub params: Vec<Field>,
    pub subject: Subject,
    pub clauses: Vec<MessageClause>,
}

/// A clause of a message.
#[derive(Debug, Clone)]
pub enum MessageClause {
    /// `purpose receipts`
    Purpose { purpose: Name, span: Span },
    /// `external`: the contents live on a platform.
    External { span: Span },
    /// `content fr only { ... }`
    Content(Content),
}

/// The content of one language.
#[derive(Debug, Clone)]
pub struct Content {
    /// `fr`, or a text like `"fr-CA"` given as a name.
    pub language: Name,
    /// Whether the language was written as a text (`"fr-CA"`).
    pub language_is_text: bool,
    pub only: bool,
    pub parts: Vec<ContentPart>,
    pub span: Span,
}

/// What one channel or kind shows.
#[derive(Debug, Clone)]
pub struct ContentPart {
    /// A kind or a channel: `email`, `sms`.
    pub channel: Name,
    pub body: ContentBody,
    pub span: Span,
}

/// The two forms of a part.
#[derive(Debug, Clone)]
pub enum ContentBody {
    /// `sms "..."` or `sms file "..."`
    Plain(Template),
    /// `email { subject "..." body file "..." }`
    Slots(Vec<ContentSlot>),
}

/// `subject "..."`, `body text "..."`, `preheader "..."`, `title "..."`.
#[derive(Debug, Clone)]
pub struct ContentSlot {
    pub name: Name,
    /// `mjml`, `html` or `text` between the slot's name and the template.
    pub format: Option<Name>,
    pub template: Template,
    pub span: Span,
}

/// A template: inline, or in a file of the project's `templates` folder.
#[derive(Debug, Clone)]
pub enum Template {
    /// The Liquid source itself.
    Inline(Text),
    /// `file "thank_you.fr.mjml"`
    File(Text),
}

/// `action coupon(value: percent) returns { code: text } { post "https://..." }`
#[derive(Debug, Clone)]
pub struct Action {
    pub name: Name,
    pub params: Vec<Field>,
    pub returns: Option<Vec<Field>>,
    pub clauses: Vec<ActionClause>,
}

/// A clause of an action.
#[derive(Debug, Clone)]
pub enum ActionClause {
    Post(Text),
    Timeout { duration: Expr, span: Span },
    Secret { variable: Name, span: Span },
}

/// `audience lapsed_buyers for member: Member via meta`
#[derive(Debug, Clone)]
pub struct Audience {
    pub name: Name,
    pub subject: Subject,
    pub via: Name,
}

/// `calendar fr { weekend saturday, sunday   holidays 2026-12-25 }`
#[derive(Debug, Clone)]
pub struct Calendar {
    pub name: Name,
    pub clauses: Vec<CalendarClause>,
}

/// A clause of a calendar.
#[derive(Debug, Clone)]
pub enum CalendarClause {
    Weekend { days: Vec<Name>, span: Span },
    Holidays { dates: Vec<Expr>, span: Span },
}

/// `setting discount: percent = 10%`
#[derive(Debug, Clone)]
pub struct Setting {
    pub name: Name,
    pub ty: TypeExpr,
    pub value: Expr,
}
