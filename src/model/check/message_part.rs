//! The parts of a content: which channels each is for, and its templates.

use super::clauses::{Clauses, missing};
use super::message_scope::MessageScope;
use super::message_slots::{self, SlotRule, slots_of};
use super::missing_template::missing_template;
use super::reach::{foreign_channel, unknown_word};
use crate::diag::Diagnostic;
use crate::diag::codes::consent::CLAUSE_NOT_FOR_KIND;
use crate::model::body::Body;
use crate::model::hir;
use crate::model::ids::{ChannelId, EntityId};
use crate::model::types::ChannelKind;
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, ContentBody, ContentPart, Template};
use crate::template::{self, PlaceMap};
use std::cell::Cell;
use std::sync::Arc;

/// What the parts of one message have in common.
pub(super) struct Parts<'s> {
    /// What templates can name.
    pub(super) scope: &'s MessageScope<'s>,
    pub(super) profile: Option<EntityId>,
    pub(super) file: FileId,
    /// Set when a part or a template had to be left out, which is reported.
    pub(super) incomplete: Cell<bool>,
}

impl Parts<'_> {
    /// Checks the parts of one content. A part that is keyed by a channel takes that channel out
    /// of the part that is keyed by its kind.
    pub(super) fn check(&self, body: &mut Body<'_, '_>, content: &ast::Content) -> Vec<hir::Part> {
        let mut clauses = Clauses::default();
        let mut own: Vec<ChannelId> = Vec::new();
        for part in &content.parts {
            if ChannelKind::from_word(&part.channel.text).is_none() {
                own.extend(body.cx.names.lookup::<ChannelId>(&part.channel.text));
            }
        }
        let mut parts = Vec::with_capacity(content.parts.len());
        for part in &content.parts {
            let Some((kind, mut channels)) = self.channels(body, part) else {
                self.incomplete.set(true);
                continue;
            };
            if !clauses.first(body, &part.channel.text, part.channel.span) {
                continue;
            }
            if ChannelKind::from_word(&part.channel.text).is_some() {
                channels.retain(|id| !own.contains(id));
            }
            parts.push(hir::Part {
                channels,
                slots: self.slots(body, kind, part),
                span: part.span,
            });
        }
        parts
    }

    /// The kind of a part and the channels that use it.
    fn channels(
        &self,
        body: &mut Body<'_, '_>,
        part: &ContentPart,
    ) -> Option<(ChannelKind, Vec<ChannelId>)> {
        let cx = body.cx;
        let word = &part.channel;
        let profile_of = |id: ChannelId| cx.channels.get(id.index()).and_then(|head| head.profile);
        let (kind, channels) = if let Some(kind) = ChannelKind::from_word(&word.text) {
            let mut channels = cx.channels_of(kind);
            channels.retain(|id| self.profile.is_none() || profile_of(*id) == self.profile);
            (kind, channels)
        } else if cx.named(&word.text).is_some() {
            let id = body.resolve::<ChannelId>(word)?;
            let theirs = profile_of(id);
            if theirs.is_some() && self.profile.is_some() && theirs != self.profile {
                foreign_channel(body, word, id, self.profile);
                return None;
            }
            (cx.channels.get(id.index())?.kind?, vec![id])
        } else {
            let mut known: Vec<&str> = ChannelKind::words().collect();
            known.extend(cx.names.of_kind::<ChannelId>());
            let message = format!("there is no channel and no kind of channel `{}`", word.text);
            body.unknown(word, message, known);
            return None;
        };
        if slots_of(kind).is_empty() {
            let diagnostic = Diagnostic::new(
                &CLAUSE_NOT_FOR_KIND,
                body.place(word.span),
                format!("a channel of kind `{}` shows no content", kind.word()),
            )
            .help("leave this part out");
            body.report(diagnostic);
            return None;
        }
        Some((kind, channels))
    }

    fn slots(
        &self,
        body: &mut Body<'_, '_>,
        kind: ChannelKind,
        part: &ContentPart,
    ) -> Vec<hir::Slot> {
        let rules = slots_of(kind);
        let mut clauses = Clauses::default();
        let mut slots = Vec::new();
        match &part.body {
            ContentBody::Plain(template) => {
                let rule = rules.iter().find(|rule| rule.name == "body");
                let others = rules
                    .iter()
                    .any(|rule| rule.required && rule.name != "body");
                match rule {
                    Some(rule) if !others => {
                        clauses.first(body, rule.name, part.span);
                        slots.extend(self.complete(body, kind, rule, None, template));
                    }
                    _ => {
                        self.lacking(body, kind, part, &clauses);
                        return slots;
                    }
                }
            }
            ContentBody::Slots(written) => {
                for slot in written {
                    let Some(rule) = rules.iter().find(|rule| slot.name.text == rule.name) else {
                        let what = format!("a part of `{}`", kind.word());
                        let words = rules.iter().map(|rule| rule.name);
                        unknown_word(body, &slot.name, &what, words);
                        continue;
                    };
                    if !clauses.first(body, rule.name, slot.span) {
                        continue;
                    }
                    let format = slot.format.as_ref();
                    slots.extend(self.complete(body, kind, rule, format, &slot.template));
                }
            }
        }
        self.lacking(body, kind, part, &clauses);
        slots.shrink_to_fit();
        slots
    }

    /// Reports the required slots that a part does not have.
    fn lacking(
        &self,
        body: &mut Body<'_, '_>,
        kind: ChannelKind,
        part: &ContentPart,
        clauses: &Clauses,
    ) {
        let rules = slots_of(kind).iter();
        let lacking: Vec<_> = rules
            .filter(|rule| rule.required && !clauses.has(rule.name))
            .map(|rule| format!("`{}`", rule.name))
            .collect();
        if lacking.is_empty() {
            return;
        }
        let word = &part.channel.text;
        missing(
            body,
            part.channel.span,
            format!("`{word}` has no {} here", lacking.join(" and no ")),
            format!(
                "write `{word} {{ ... }}` with {} in it",
                lacking.join(" and ")
            ),
        );
    }

    /// One template, noting whether it had to be left out.
    fn complete(
        &self,
        body: &mut Body<'_, '_>,
        kind: ChannelKind,
        rule: &SlotRule,
        word: Option<&ast::Name>,
        written: &Template,
    ) -> Option<hir::Slot> {
        let slot = self.slot(body, kind, rule, word, written);
        if slot.is_none() {
            self.incomplete.set(true);
        }
        slot
    }

    /// One template: read, checked against what it can name.
    fn slot(
        &self,
        body: &mut Body<'_, '_>,
        kind: ChannelKind,
        rule: &SlotRule,
        word: Option<&ast::Name>,
        written: &Template,
    ) -> Option<hir::Slot> {
        let cx = body.cx;
        if let Template::File(name) = written
            && !cx.input.templates.contains_key(name.value.as_str())
        {
            missing_template(body, name);
            return None;
        }
        let format = message_slots::format(body, rule, word, written);
        let (source, place, places, file): (Arc<str>, Place, PlaceMap, _) = match written {
            Template::Inline(text) => {
                let file = cx.input.sources.text(self.file);
                let places = PlaceMap::literal(self.file, file, text.span, &text.value);
                (
                    text.value.clone().into(),
                    body.place(text.span),
                    places,
                    None,
                )
            }
            Template::File(name) => {
                let id = cx.input.templates.get(name.value.as_str())?;
                let source = cx.input.sources.get(*id)?;
                let text = Arc::clone(&source.text);
                let whole = crate::source::Span::new(0, u32::try_from(text.len()).ok()?);
                (
                    text,
                    whole.in_file(*id),
                    PlaceMap::file(*id),
                    Some(name.value.clone()),
                )
            }
        };
        let format = format?;
        let mut checked = template::check(&source, written_in(kind, format), &places, self.scope);
        for diagnostic in std::mem::take(&mut checked.diagnostics).into_vec() {
            body.report(diagnostic);
        }
        // Collected in place, the names would keep the room of the links.
        let mut links = Vec::with_capacity(checked.links.len());
        links.extend(checked.links.into_iter().map(|link| link.name));
        Some(hir::Slot {
            name: rule.name.into(),
            format,
            source,
            place,
            file,
            shows: self.shows(&checked.variables),
            links,
            has_unsubscribe: checked.has_unsubscribe,
            has_sender_address: checked.has_sender_address,
        })
    }

    /// The declared things on the paths that a template reads.
    fn shows(&self, variables: &[template::Used]) -> Vec<(hir::Shown, Place)> {
        let mut shows = Vec::new();
        for used in variables {
            self.scope
                .each_shown(&used.path, &mut |shown| shows.push((shown, used.place)));
        }
        shows.shrink_to_fit();
        shows
    }
}

fn written_in(kind: ChannelKind, format: hir::Format) -> template::Format {
    match format {
        hir::Format::Text if kind == ChannelKind::Sms => template::Format::Sms,
        hir::Format::Text => template::Format::Text,
        hir::Format::Html => template::Format::Html,
        hir::Format::Mjml => template::Format::Mjml,
    }
}
