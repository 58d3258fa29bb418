//! Who uses what: every use of a declared thing, found by one walk over the checked form.
//!
//! [`each_use`] is the walk. [`Marks`] keeps of it how each thing is used at all, which is what
//! lints ask; [`Index`] keeps every use with its place, for people who ask about one thing.

mod index;
mod journeys;
mod marks;
mod schema;
mod walk;

pub use index::{Index, Use};
pub use marks::Marks;
pub use walk::each_use;

use super::hir::Model;
use super::ids::*;
use super::names::Named;
use crate::source::Place;

/// A thing that a project declares and that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A declaration with a name.
    Declared(Named),
    /// A variant of an enum, by position.
    Variant(EnumId, u32),
    /// A field of a profile or table.
    Field(FieldId),
    /// A field of an event, by position.
    EventField(EventId, u32),
    /// A parameter of a message, by position.
    MessageParam(MessageId, u32),
    /// A parameter of an action, by position.
    ActionParam(ActionId, u32),
    /// A parameter of a journey, by position.
    JourneyParam(JourneyId, u32),
    /// A field of an action's result, by position.
    ResultField(ActionId, u32),
    /// A labelled send of a journey.
    Send(JourneyId, SendId),
}

/// How a thing is used; each is a bit of a [`Marks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u32)]
pub enum How {
    /// Its value, its rows or its answer is read.
    Read = 1,
    /// A step writes it: `set`, `grant`, `withdraw`.
    Write = 1 << 1,
    /// A type, a subject or a relation names it.
    Type = 1 << 2,
    /// A template shows or reads it.
    Show = 1 << 3,
    /// A message is sent, a channel or a purpose is sent by or for.
    Send = 1 << 4,
    /// An entry waits for it.
    Enter = 1 << 5,
    /// An arm, a `leave` or a goal waits for it, or its past events are counted.
    Listen = 1 << 6,
    /// A value is given for it: an argument.
    Argument = 1 << 7,
    /// `add to`
    Add = 1 << 8,
    /// `remove from`
    Remove = 1 << 9,
    /// `do`
    Do = 1 << 10,
    /// `start`
    Start = 1 << 11,
    /// A rule of a consent block, a holdout or a consent record speaks about it.
    Rule = 1 << 12,
    /// A message or a journey names it as its purpose.
    Purpose = 1 << 13,
    /// An audience leads there.
    Via = 1 << 14,
    /// A channel gives it to its provider.
    Share = 1 << 15,
    /// A journey compares itself with it.
    Compare = 1 << 16,
    /// A promise is about it.
    Promise = 1 << 17,
    /// A test gives it a value, or makes it happen.
    Given = 1 << 18,
    /// A test expects it, or is about it.
    Expect = 1 << 19,
    /// A record of consent keeps it as its proof.
    Prove = 1 << 20,
    /// A reference: the rows that have it are gone through, by a relation.
    Follow = 1 << 21,
}

impl How {
    /// The words for it before what uses the thing: `sent by`, `read by`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Read => "read by",
            Self::Write => "written by",
            Self::Type => "named by",
            Self::Show => "shown by",
            Self::Send => "sent by",
            Self::Enter => "starts",
            Self::Listen => "heard by",
            Self::Argument => "given by",
            Self::Add => "added to by",
            Self::Remove => "removed from by",
            Self::Do => "done by",
            Self::Start => "started by",
            Self::Rule => "rules",
            Self::Purpose => "purpose of",
            Self::Via => "way to",
            Self::Share => "shared by",
            Self::Compare => "compared by",
            Self::Promise => "promises",
            Self::Given => "given by",
            Self::Expect => "tests",
            Self::Prove => "proof in",
            Self::Follow => "followed by",
        }
    }
}

/// The declaration in which a use stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum User {
    /// A declaration with a name.
    Declared(Named),
    /// A promise, by its position in the model.
    Promise(u32),
    /// A test, by its position in the model.
    Test(u32),
}

/// The name for the kind of an entity: a profile, or a table.
#[must_use]
pub fn entity(model: &Model, id: EntityId) -> Named {
    match model.entities.get(id.index()) {
        Some(entity) if entity.profile => Named::Profile(id),
        _ => Named::Table(id),
    }
}

/// A list's ids, from the first.
pub(super) fn ids(count: usize) -> std::ops::Range<u32> {
    0..u32::try_from(count).unwrap_or(u32::MAX)
}

/// What the walk is given to report uses to.
pub trait Sink {
    /// A thing is used, by a declaration, in a way, at a place.
    fn found(&mut self, thing: Thing, how: How, by: User, place: Place);
}
