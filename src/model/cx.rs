//! What is known of the whole project while bodies are checked: names, the schema, and the heads
//! of all declarations. It is complete before the first body and does not change after.

use super::Input;
use super::hir::{self, Field};
use super::ids::*;
use super::names::{Declared, Item, Named, Names};
use super::types::{ChannelKind, EventTy, JourneyEvent, PurposeKind, Ty};
use crate::diag::{NameIndex, nearest_of};
use crate::source::{FileId, Place, Span};
use crate::syntax::ast;
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::OnceLock;

/// The whole project, as a body sees it.
///
/// Mistakes in what it holds (an unknown profile, a wrong type of a parameter, an unknown kind)
/// are already reported by the schema pass: whoever checks a body does not report them again.
pub struct Cx<'a> {
    /// What the check reads.
    pub input: &'a Input<'a>,
    /// Every declaration by name; with its tree, but for messages and journeys.
    pub names: Names<'a>,
    /// By [`EnumId`].
    pub enums: Vec<hir::Enum>,
    /// By [`EntityId`].
    pub entities: Vec<hir::Entity>,
    /// By [`EventId`].
    pub events: Vec<EventHead>,
    /// By [`ChannelId`].
    pub channels: Vec<ChannelHead>,
    /// By [`PurposeId`]; `None` if the kind is wrong.
    pub purposes: Vec<Option<PurposeKind>>,
    /// By [`MessageId`].
    pub messages: Vec<MessageHead>,
    /// By [`ActionId`].
    pub actions: Vec<ActionHead>,
    /// By [`SettingId`].
    pub settings: Vec<Ty>,
    /// By [`AudienceId`]: its profile and channel.
    pub audiences: Vec<(Option<EntityId>, Option<ChannelId>)>,
    /// By [`HoldoutId`]: its profile.
    pub holdouts: Vec<Option<EntityId>>,
    /// By [`SegmentId`]: its subject.
    pub segments: Vec<Option<EntityId>>,
    /// By [`MeasureId`].
    pub measures: Vec<MeasureHead>,
    /// By [`JourneyId`].
    pub journeys: Vec<JourneyHead>,
    /// The fields of each entity by name, by [`EntityId`].
    pub(super) fields: Vec<FxHashMap<SmolStr, u32>>,
    /// The enums that have a variant of this name.
    pub(super) variants: FxHashMap<SmolStr, Vec<(EnumId, u32)>>,
    /// The variants of each enum, prepared for suggestions at the first that is unknown.
    pub(super) variant_indexes: Vec<OnceLock<NameIndex>>,
    /// The record that answers for a channel and purpose of a profile.
    pub(super) records: FxHashMap<(EntityId, ChannelId, PurposeId), FieldId>,
}

/// The head of a declared event.
#[derive(Debug, Clone)]
pub struct EventHead {
    /// Whom or what it is about; `None` if that is wrong.
    pub subject: Option<EntityId>,
    /// The name of the subject: also the name of a field that leads to it.
    pub subject_name: SmolStr,
    /// Its own fields.
    pub fields: Vec<Field>,
    /// Their positions by name.
    pub(super) by_name: FxHashMap<SmolStr, u32>,
    /// Whether its declaration had a syntax error.
    pub broken: bool,
}

impl EventHead {
    /// The checked form of the event.
    #[must_use]
    pub fn checked(&self, item: &Item<'_, ast::Event>) -> hir::Event {
        hir::Event {
            name: item.name.text.clone(),
            place: item.place(),
            doc: item.doc.cloned(),
            subject: self.subject.unwrap_or(EntityId(u32::MAX)),
            fields: self.fields.clone(),
            broken: self.broken,
        }
    }
}

/// The head of a channel.
#[derive(Debug, Clone)]
pub struct ChannelHead {
    /// `None` if the kind is wrong.
    pub kind: Option<ChannelKind>,
    /// `None` if the profile is wrong.
    pub profile: Option<EntityId>,
}

/// The head of a message.
#[derive(Debug, Clone)]
pub struct MessageHead {
    /// The name.
    pub name: SmolStr,
    /// Where the name stands.
    pub place: Place,
    /// `None` if the profile is wrong.
    pub profile: Option<EntityId>,
    /// The parameters.
    pub params: Vec<Field>,
    /// Its own purpose, if it says one (and it exists).
    pub purpose: Option<PurposeId>,
    /// Whether a purpose is written, be it right or wrong.
    pub says_purpose: bool,
    /// The channels that any of its contents is for, in order of the names.
    pub channels: Vec<ChannelId>,
    /// Whether the contents live on a platform.
    pub external: bool,
    /// Whether its declaration had a syntax error: its contents may be incomplete.
    pub broken: bool,
}

/// The head of an action.
#[derive(Debug, Clone)]
pub struct ActionHead {
    /// The parameters.
    pub params: Vec<Field>,
    /// The fields of its result.
    pub returns: Vec<Field>,
    /// Whether its declaration had a syntax error.
    pub broken: bool,
}

/// The head of a measure.
#[derive(Debug)]
pub struct MeasureHead {
    /// Whose measure it is.
    pub entity: Option<EntityId>,
    /// Its type, once its expression is checked.
    pub(super) ty: OnceLock<Ty>,
}

/// The head of a journey.
#[derive(Debug, Clone)]
pub struct JourneyHead {
    /// The name.
    pub name: SmolStr,
    /// Whom it is about, as it is written.
    pub subject: ast::Subject,
    /// `None` if the profile is wrong.
    pub profile: Option<EntityId>,
    /// The parameters.
    pub params: Vec<Field>,
    /// Its default purpose, if it says one (and it exists).
    pub purpose: Option<PurposeId>,
    /// Whether an `enter` is written, be it right or wrong.
    pub has_enter: bool,
    /// Every label, by name, in the order of the source. Of two steps with one label the first.
    pub labels: IndexMap<SmolStr, Label>,
    /// The labelled sends, by [`SendId`].
    pub sends: Vec<SendHead>,
    /// Whether its declaration had a syntax error: labels may be missing.
    pub broken: bool,
}

/// A label of a journey.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    /// Where the label stands.
    pub span: Span,
    /// The send, if it labels one.
    pub send: Option<SendId>,
}

/// A labelled send.
#[derive(Debug, Clone)]
pub struct SendHead {
    /// Its label.
    pub label: SmolStr,
    /// What it sends; `None` if there is no such message.
    pub message: Option<MessageId>,
}

/// A field of an event, as its row is read.
#[derive(Debug, Clone)]
pub struct EventFieldTy {
    /// How it is read.
    pub field: hir::EventField,
    /// Its type.
    pub ty: Ty,
}

impl<'a> Cx<'a> {
    /// An entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&hir::Entity> {
        self.entities.get(id.index())
    }

    /// A field of an entity.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.entity(id.entity)?.fields.get(id.index as usize)
    }

    /// The field of an entity with this name.
    #[must_use]
    pub fn field_named(&self, entity: EntityId, name: &str) -> Option<FieldId> {
        let index = *self.fields.get(entity.index())?.get(name)?;
        Some(FieldId { entity, index })
    }

    /// The measure of an entity with this name.
    #[must_use]
    pub fn measure_named(&self, entity: EntityId, name: &str) -> Option<MeasureId> {
        let id: MeasureId = self.names.lookup(name)?;
        (self.measures.get(id.index())?.entity == Some(entity)).then_some(id)
    }

    /// The position of a variant of an enum.
    #[must_use]
    pub fn variant(&self, of: EnumId, name: &str) -> Option<u32> {
        self.variants
            .get(name)?
            .iter()
            .find(|(id, _)| *id == of)
            .map(|(_, index)| *index)
    }

    /// The variant of an enum that a word was probably meant to be.
    #[must_use]
    pub fn nearest_variant(&self, of: EnumId, word: &str) -> Option<&str> {
        let variants = &self.enums.get(of.index())?.variants;
        let index = self
            .variant_indexes
            .get(of.index())?
            .get_or_init(|| NameIndex::of(variants.iter().map(|(name, _)| name.as_str())));
        nearest_of(word, index, |position| {
            variants.get(position).map(|(name, _)| name.as_str())
        })
    }

    /// The record of consent that answers for a channel and purpose of a profile.
    #[must_use]
    pub fn record(
        &self,
        profile: EntityId,
        channel: ChannelId,
        purpose: PurposeId,
    ) -> Option<FieldId> {
        self.records.get(&(profile, channel, purpose)).copied()
    }

    /// The channels that a name stands for: one channel, or all channels of a kind.
    #[must_use]
    pub fn channels_named(&self, name: &str) -> Vec<ChannelId> {
        if let Some(id) = self.names.lookup::<ChannelId>(name) {
            return vec![id];
        }
        ChannelKind::from_word(name).map_or_else(Vec::new, |kind| self.channels_of(kind))
    }

    /// The channels of a kind, in order.
    #[must_use]
    pub fn channels_of(&self, kind: ChannelKind) -> Vec<ChannelId> {
        (0..)
            .map(ChannelId)
            .zip(&self.channels)
            .filter(|(_, head)| head.kind == Some(kind))
            .map(|(id, _)| id)
            .collect()
    }

    /// The purposes that a name stands for: one purpose, or all purposes of a kind.
    #[must_use]
    pub fn purposes_named(&self, name: &str) -> Vec<PurposeId> {
        if let Some(id) = self.names.lookup::<PurposeId>(name) {
            return vec![id];
        }
        PurposeKind::from_word(name).map_or_else(Vec::new, |kind| {
            (0..)
                .map(PurposeId)
                .zip(&self.purposes)
                .filter(|(_, of)| **of == Some(kind))
                .map(|(id, _)| id)
                .collect()
        })
    }

    /// The name of a declared thing of one list.
    #[must_use]
    pub fn channel_name(&self, id: ChannelId) -> &str {
        self.names
            .channels
            .get(id.index())
            .map_or("", |item| item.name.as_str())
    }

    /// The name of a message.
    #[must_use]
    pub fn message_name(&self, id: MessageId) -> &str {
        self.messages
            .get(id.index())
            .map_or("", |head| head.name.as_str())
    }

    /// The name of a journey.
    #[must_use]
    pub fn journey_name(&self, id: JourneyId) -> &str {
        self.journeys
            .get(id.index())
            .map_or("", |head| head.name.as_str())
    }

    /// The name of a profile or table.
    #[must_use]
    pub fn entity_name(&self, id: EntityId) -> &str {
        self.entity(id).map_or("", |entity| entity.name.as_str())
    }

    /// The name of an enum.
    #[must_use]
    pub fn enum_name(&self, id: EnumId) -> &str {
        self.enums
            .get(id.index())
            .map_or("", |found| found.name.as_str())
    }

    /// Where a field is declared.
    #[must_use]
    pub fn field_place(&self, id: FieldId) -> Option<Place> {
        self.field(id).map(|field| field.place)
    }

    /// The profile or table whose row an event is about; for what a channel or a journey
    /// reports, the profile of the message or journey if it is known.
    #[must_use]
    pub fn event_subject(&self, event: &EventTy) -> Option<EntityId> {
        match event {
            EventTy::Declared(id) => self.events.get(id.index())?.subject,
            EventTy::Channel { kind, message, .. } => match message {
                Some(message) => self.messages.get(message.index())?.profile,
                None => {
                    self.channels
                        .iter()
                        .find(|head| head.kind == Some(*kind))?
                        .profile
                }
            },
            EventTy::Journey(id, _) => self.journeys.get(id.index())?.profile,
        }
    }

    /// Looks a name up among all declarations, or says what to report.
    ///
    /// # Errors
    /// The name is unknown, or stands for a thing of another kind.
    pub fn resolve<I: Declared>(
        &self,
        name: &ast::Name,
        file: FileId,
    ) -> Result<I, Box<crate::diag::Diagnostic>> {
        self.names.resolve(name, file)
    }

    /// A type as it is written in the language.
    #[must_use]
    pub fn ty_name(&self, ty: &Ty) -> String {
        match ty {
            Ty::Error => "?".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Int(_) => "int".to_owned(),
            Ty::Decimal => "decimal".to_owned(),
            Ty::Percent => "percent".to_owned(),
            Ty::Text(None) => "text".to_owned(),
            Ty::Text(Some(bound)) => format!("text({bound})"),
            Ty::Date => "date".to_owned(),
            Ty::Time => "time".to_owned(),
            Ty::Instant => "instant".to_owned(),
            Ty::Duration => "duration".to_owned(),
            Ty::Money(currency) => format!("money({})", currency.code()),
            Ty::Email => "email".to_owned(),
            Ty::Phone => "phone".to_owned(),
            Ty::Url => "url".to_owned(),
            Ty::Country => "country".to_owned(),
            Ty::Language => "language".to_owned(),
            Ty::Timezone => "timezone".to_owned(),
            Ty::Channel(channels) => {
                let names: Vec<_> = channels.iter().map(|id| self.channel_name(*id)).collect();
                format!("channel({})", names.join(", "))
            }
            Ty::Consent(_) => "consent".to_owned(),
            Ty::Status => "consent status".to_owned(),
            Ty::Purpose => "purpose".to_owned(),
            Ty::Enum(id) => self.enum_name(*id).to_owned(),
            Ty::Row(id) => self.entity_name(*id).to_owned(),
            Ty::Event(event) => self.event_name(event),
            Ty::Result(id) => self
                .names
                .actions
                .get(id.index())
                .map_or_else(String::new, |item| format!("result of {}", item.name.text)),
            Ty::List(item) => format!("[{}]", self.ty_name(item)),
            Ty::Optional(inner) => format!("{}?", self.ty_name(inner)),
        }
    }

    /// An event as it is written in the language: `gift_made`, `thank_you.clicked`.
    #[must_use]
    pub fn event_name(&self, event: &EventTy) -> String {
        match event {
            EventTy::Declared(id) => self
                .names
                .events
                .get(id.index())
                .map_or_else(String::new, |item| item.name.text.to_string()),
            EventTy::Channel {
                kind,
                event,
                message,
            } => match message {
                Some(message) => format!("{}.{event}", self.message_name(*message)),
                None => format!("{}.{event}", kind.word()),
            },
            EventTy::Journey(id, event) => {
                format!("{}.{}", self.journey_name(*id), event.word())
            }
        }
    }

    /// What a name stands for, if it is a name at all.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Named> {
        self.names.get(name)
    }
}

impl JourneyEvent {
    /// All three, in the order of the language page.
    pub const ALL: [Self; 3] = [Self::Entered, Self::Left, Self::Converted];

    /// The word after the dot.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Left => "left",
            Self::Converted => "converted",
        }
    }

    /// The event that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}
