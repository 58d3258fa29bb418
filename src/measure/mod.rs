//! What messages measure and cost: each part of each language, on each channel.
//!
//! The room joins what a template can get to ([`crate::template::measure`]) with what a channel is
//! billed by. Lints ask it about one part; `jalon measure` about all of them.

mod cost;
mod part;
mod show;

pub use cost::Cost;
pub use part::{Email, Kind, Measured, TextMessage};
pub use show::{line, table};

use crate::config::Manifest;
use crate::model::check::message_scope::MessageScope;
use crate::model::hir::{self, Content, Message, Model, Part, Slot};
use crate::model::types::ChannelKind;
use crate::source::{FileId, Sources};
use crate::template::measure::{Measure, Measurer, Settings};
use crate::template::{Format, PlaceMap, liquid, mjml_to_html};

/// Measures the messages of a checked project. Shared between threads.
#[derive(Debug)]
pub struct Scale<'a> {
    model: &'a Model,
    sources: &'a Sources,
    measurer: Measurer,
}

impl<'a> Scale<'a> {
    /// A scale for a project without errors.
    #[must_use]
    pub fn new(model: &'a Model, sources: &'a Sources, manifest: &Manifest) -> Self {
        let text = |setting: &Option<String>| setting.clone().unwrap_or_default();
        Self {
            model,
            sources,
            measurer: Measurer::new(Settings {
                unsubscribe_url: text(&manifest.unsubscribe_url),
                sender_address: text(&manifest.sender_address),
            }),
        }
    }

    /// The kind of the channels that use a part; `None` if the project has no such channel.
    #[must_use]
    pub fn kind_of(&self, part: &Part) -> Option<ChannelKind> {
        let id = part.channels.first()?;
        Some(self.model.channels.get(id.index())?.kind)
    }

    /// The text of a file of the project.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.sources.text(file)
    }

    /// Where the text of a template was written.
    #[must_use]
    pub fn places(&self, slot: &Slot) -> PlaceMap {
        if slot.file.is_some() {
            return PlaceMap::file(slot.place.file);
        }
        let file = self.sources.text(slot.place.file);
        PlaceMap::literal(slot.place.file, file, slot.place.span, &slot.source)
    }

    /// How long a template can get, as it is shown. MJML is measured as the HTML it becomes; `None`
    /// if it does not.
    #[must_use]
    pub fn slot(
        &self,
        message: &Message,
        content: &Content,
        kind: ChannelKind,
        slot: &Slot,
    ) -> Option<Measure> {
        // Nothing is reported here: the check has done that, at the right places.
        let places = PlaceMap::file(slot.place.file);
        let html;
        let (text, format) = match slot.format {
            hir::Format::Mjml => {
                html = mjml_to_html(&slot.source, &places).ok()?;
                (html.as_str(), Format::Html)
            }
            hir::Format::Html => (&*slot.source, Format::Html),
            hir::Format::Text => (&*slot.source, text_format(kind)),
        };
        let parsed = liquid::parse(text, &places);
        let scope = MessageScope::of(self.model, message);
        let (tree, language) = (&parsed.tree, &content.language);
        Some(self.measurer.measure(text, tree, format, language, &scope))
    }

    /// How long a text can get that was parsed already: a slot of [`hir::Format::Text`].
    #[must_use]
    pub fn text_slot(
        &self,
        message: &Message,
        content: &Content,
        kind: ChannelKind,
        (slot, tree): (&Slot, &liquid::Tree),
    ) -> Measure {
        let scope = MessageScope::of(self.model, message);
        let (text, format) = (&*slot.source, text_format(kind));
        self.measurer
            .measure(text, tree, format, &content.language, &scope)
    }
}

const fn text_format(kind: ChannelKind) -> Format {
    match kind {
        ChannelKind::Sms => Format::Sms,
        _ => Format::Text,
    }
}

/// The slot of a part with this name.
#[must_use]
pub fn slot_named<'p>(part: &'p Part, name: &str) -> Option<&'p Slot> {
    part.slots.iter().find(|slot| slot.name == name)
}
