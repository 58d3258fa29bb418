//! What there is to say of each kind of declaration.

mod journey;
mod message;
mod policy;
mod schema;

use super::item::Facts;
use super::{Inventory, Item, Kind};
use crate::model::hir::{Const, Duration, Expr};
use crate::model::ids::*;
use crate::model::names::Named;
use crate::model::uses::{self, How, Thing};
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, DeclKind};

impl Inventory<'_> {
    /// The things of one kind, in the order of their names; promises and tests in that of the files.
    #[must_use]
    pub fn list(&self, kind: Kind) -> Vec<Item> {
        self.all(kind)
            .into_iter()
            .filter_map(|which| self.item(which))
            .map(|mut item| {
                item.uses.retain(|found| found.how != How::Type.words());
                item
            })
            .collect()
    }

    /// The declarations of a kind.
    pub(super) fn all(&self, kind: Kind) -> Vec<Which> {
        let model = self.model;
        let named = |count: usize, named: fn(u32) -> Named| -> Vec<Which> {
            let ids = 0..u32::try_from(count).unwrap_or(u32::MAX);
            ids.map(|id| Which::Named(named(id))).collect()
        };
        match kind {
            Kind::Journey => named(model.journeys.len(), |id| Named::Journey(JourneyId(id))),
            Kind::Message => named(model.messages.len(), |id| Named::Message(MessageId(id))),
            Kind::Event => named(model.events.len(), |id| Named::Event(EventId(id))),
            Kind::Channel => named(model.channels.len(), |id| Named::Channel(ChannelId(id))),
            Kind::Purpose => named(model.purposes.len(), |id| Named::Purpose(PurposeId(id))),
            Kind::Consent => named(model.consents.len(), |id| Named::Consent(ConsentId(id))),
            Kind::Segment => named(model.segments.len(), |id| Named::Segment(SegmentId(id))),
            Kind::Measure => named(model.measures.len(), |id| Named::Measure(MeasureId(id))),
            Kind::Enum => named(model.enums.len(), |id| Named::Enum(EnumId(id))),
            Kind::Audience => named(model.audiences.len(), |id| Named::Audience(AudienceId(id))),
            Kind::Action => named(model.actions.len(), |id| Named::Action(ActionId(id))),
            Kind::Calendar => named(model.calendars.len(), |id| Named::Calendar(CalendarId(id))),
            Kind::Setting => named(model.settings.len(), |id| Named::Setting(SettingId(id))),
            Kind::Holdout => named(model.holdouts.len(), |id| Named::Holdout(HoldoutId(id))),
            Kind::Profile | Kind::Table => (0..)
                .map(EntityId)
                .zip(&model.entities)
                .filter(|(_, entity)| entity.profile == (kind == Kind::Profile))
                .map(|(id, _)| Which::Named(uses::entity(model, id)))
                .collect(),
            Kind::Promise => (0..)
                .zip(&model.promises)
                .map(|(id, _)| Which::Promise(id))
                .collect(),
            Kind::Test => (0..)
                .zip(&model.tests)
                .map(|(id, _)| Which::Test(id))
                .collect(),
            Kind::Field | Kind::Parameter | Kind::Variant | Kind::Result | Kind::Step => Vec::new(),
        }
    }

    /// All there is to say of one declaration, but its source.
    pub(super) fn item(&self, which: Which) -> Option<Item> {
        let mut facts = Facts::default();
        let (kind, name, place, things) = match which {
            Which::Named(named) => {
                let place = self.facts(named, &mut facts)?;
                let name = self.name(named).to_owned();
                (Kind::of(named), name, place, vec![Thing::Declared(named)])
            }
            Which::Promise(id) => {
                let promise = self.model.promises.get(id as usize)?;
                let claims = promise.claims.iter();
                facts.many(
                    "claims",
                    claims.map(|it| self.line(promise.place.file, it.span)),
                );
                (
                    Kind::Promise,
                    promise.title.to_string(),
                    promise.place,
                    Vec::new(),
                )
            }
            Which::Test(id) => {
                let test = self.model.tests.get(id as usize)?;
                let journey = test
                    .journey
                    .map(|id| self.name(Named::Journey(id)).to_owned());
                facts.one("of", journey);
                (Kind::Test, test.title.to_string(), test.place, Vec::new())
            }
        };
        let doc = self.decl_at(place).and_then(|decl| decl.doc.clone());
        Some(Item {
            kind,
            name,
            place: self.locate(place),
            doc,
            facts: facts.0,
            uses: self.uses_of(&things),
            source: None,
        })
    }

    /// The facts of a declaration with a name, and the place of that name.
    pub(super) fn facts(&self, named: Named, facts: &mut Facts) -> Option<Place> {
        match named {
            Named::Journey(id) => self.journey(id, facts),
            Named::Message(id) => self.message(id, facts),
            Named::Channel(id) => self.channel(id, facts),
            Named::Purpose(id) => self.purpose(id, facts),
            Named::Consent(id) => self.consent(id, facts),
            Named::Holdout(id) => self.holdout(id, facts),
            Named::Audience(id) => self.audience(id, facts),
            Named::Enum(id) => self.enumeration(id, facts),
            Named::Profile(id) | Named::Table(id) => self.entity(id, facts),
            Named::Event(id) => self.event(id, facts),
            Named::Segment(id) => self.derived(self.model.segments.get(id.index())?, facts),
            Named::Measure(id) => self.derived(self.model.measures.get(id.index())?, facts),
            Named::Action(id) => self.action(id, facts),
            Named::Calendar(id) => self.calendar(id, facts),
            Named::Setting(id) => self.setting(id, facts),
        }
    }

    /// The text of an expression.
    fn expr(&self, file: FileId, expr: &Expr) -> String {
        self.line(file, expr.span)
    }

    /// The fields, or the parameters, of the declaration with a name at this place, as written.
    fn fields(&self, place: Place, pick: fn(&DeclKind) -> &[ast::Field]) -> Vec<String> {
        let fields = self.decl_at(place).map(|decl| pick(&decl.kind));
        fields
            .unwrap_or_default()
            .iter()
            .map(|field| self.line(place.file, field.span))
            .collect()
    }

    fn channel_names(&self, channels: &[ChannelId]) -> String {
        let names = channels.iter().map(|id| self.name(Named::Channel(*id)));
        names.collect::<Vec<_>>().join(", ")
    }

    fn purpose_names(&self, purposes: &[PurposeId]) -> String {
        let names = purposes.iter().map(|id| self.name(Named::Purpose(*id)));
        names.collect::<Vec<_>>().join(", ")
    }

    fn duration(&self, duration: &Duration) -> String {
        let text = duration.words();
        match duration.calendar {
            Some(id) => format!("{text} of {}", self.name(Named::Calendar(id))),
            None => text,
        }
    }
}

/// A declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// One with a name.
    Named(Named),
    /// A promise, by its position.
    Promise(u32),
    /// A test, by its position.
    Test(u32),
}

/// An amount as it is written; other constants have no cost.
fn money(value: &Const) -> Option<String> {
    match value {
        Const::Money { amount, currency } => Some(format!("{amount} {}", currency.code())),
        _ => None,
    }
}

/// The text of a clause without the word that it starts with.
fn after(word: &str, clause: String) -> String {
    match clause.strip_prefix(word) {
        Some(rest) if rest.starts_with(' ') => rest.trim_start().to_owned(),
        _ => clause,
    }
}
