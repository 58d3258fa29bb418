//! The measure of one part of a message: one language, one channel.

use super::{Cost, Scale, slot_named};
use crate::model::hir::{Channel, Content, Format, Message, Part};
use crate::model::types::ChannelKind;
use crate::standards::gsm::{self, Sent};
use crate::template::measure::{Cause, Measure};
use serde::Serialize;
use smol_str::SmolStr;

/// What a part of a message measures.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// The message.
    pub message: SmolStr,
    /// The language of the content.
    pub language: SmolStr,
    /// The channel.
    pub channel: SmolStr,
    /// What is counted on a channel of this kind.
    #[serde(flatten)]
    pub kind: Kind,
    /// What one hand-over usually costs; left out if the channel has no `cost`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What one hand-over costs at most; left out if that has no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_cost: Option<Cost>,
    /// What has no bound, so that nothing can be said of the most: paths of the templates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unbounded: Vec<String>,
}

/// What is counted on a channel.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// A text message.
    Sms(TextMessage),
    /// An email.
    Email(Email),
    /// Everything else: how many characters the body has.
    Other {
        /// The kind of the channel.
        of: &'static str,
        /// Usually.
        characters: u64,
        /// At most.
        most_characters: u64,
    },
}

/// A text message.
#[derive(Debug, Clone, Serialize)]
pub struct TextMessage {
    /// With usual values.
    pub usual: Segments,
    /// With any values; left out if something has no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Segments>,
    /// What is written in it and not in the short alphabet, each once.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub outside: String,
}

/// What a text message is sent as.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Segments {
    /// `GSM-7` or `UCS-2`.
    pub encoding: &'static str,
    /// In septets or units of UCS-2.
    pub length: u64,
    /// What is billed.
    pub segments: u64,
}

impl From<Sent> for Segments {
    fn from(sent: Sent) -> Self {
        Self {
            encoding: sent.encoding.name(),
            length: sent.length,
            segments: sent.segments,
        }
    }
}

/// An email.
#[derive(Debug, Clone, Serialize)]
pub struct Email {
    /// Characters of the subject.
    pub subject: u64,
    /// At most.
    pub most_subject: u64,
    /// Characters of the preheader, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preheader: Option<u64>,
    /// Whether it can be read without HTML: it has a `text`, or its body is one.
    pub text_part: bool,
    /// Bytes of the body, as HTML if it is MJML.
    pub bytes: u64,
    /// At most.
    pub most_bytes: u64,
    /// How many links the body names.
    pub links: usize,
}

impl Scale<'_> {
    /// Measures every part of a message for every channel that uses it, in the order of the source.
    /// An external message has none.
    #[must_use]
    pub fn message(&self, message: &Message) -> Vec<Measured> {
        let mut measured = Vec::new();
        for content in &message.contents {
            for part in &content.parts {
                for id in &part.channels {
                    if let Some(channel) = self.model.channels.get(id.index()) {
                        measured.extend(self.part(message, content, part, channel));
                    }
                }
            }
        }
        measured
    }

    fn part(
        &self,
        message: &Message,
        content: &Content,
        part: &Part,
        channel: &Channel,
    ) -> Option<Measured> {
        let measure = |name: &str| {
            slot_named(part, name).and_then(|slot| self.slot(message, content, channel.kind, slot))
        };
        let body = measure("body")?;
        let mut open = body.open.clone();
        let mut units = (1, 1);
        let kind = match channel.kind {
            ChannelKind::Sms => {
                let source = slot_named(part, "body").map_or("", |slot| &slot.source);
                let sms = text_message(&body, source);
                units = (sms.usual.segments, sms.most.map_or(0, |most| most.segments));
                Kind::Sms(sms)
            }
            ChannelKind::Email => {
                let subject = measure("subject")?;
                let preheader = measure("preheader");
                let is_text = slot_named(part, "body").is_some_and(|s| s.format == Format::Text);
                let size = |measure: &Measure| {
                    let (usual, most) =
                        (measure.reach.usual.longest(), measure.reach.most.longest());
                    (usual, most)
                };
                let (subject_usual, subject_most) = size(&subject);
                let (usual, most) = size(&body);
                // A URL from data and the page to unsubscribe are a few bytes of an email.
                open.retain(|open| matches!(open.cause, Cause::Text | Cause::List));
                open.extend(subject.open);
                Kind::Email(Email {
                    subject: subject_usual.chars,
                    most_subject: subject_most.chars,
                    preheader: preheader.map(|found| found.reach.usual.longest().chars),
                    text_part: is_text || slot_named(part, "text").is_some(),
                    bytes: usual.bytes,
                    most_bytes: most.bytes,
                    links: slot_named(part, "body").map_or(0, |slot| slot.links.len()),
                })
            }
            other => Kind::Other {
                of: other.word(),
                characters: body.reach.usual.longest().chars,
                most_characters: body.reach.most.longest().chars,
            },
        };
        let mut unbounded: Vec<String> = Vec::new();
        for open in open {
            if !unbounded.contains(&open.path) {
                unbounded.push(open.path);
            }
        }
        let cost = Cost::of(channel);
        let bounded = channel.kind != ChannelKind::Sms || unbounded.is_empty();
        Some(Measured {
            message: message.name.clone(),
            language: content.language.clone(),
            channel: channel.name.clone(),
            kind,
            cost: cost.and_then(|cost| cost.times(units.0)),
            most_cost: cost
                .filter(|_| bounded)
                .and_then(|cost| cost.times(units.1)),
            unbounded,
        })
    }
}

/// What the body of a text message is sent as.
fn text_message(body: &Measure, source: &str) -> TextMessage {
    let (usual, most) = (body.reach.usual, body.reach.most);
    let mut outside = String::new();
    if body.own.wide.is_some() {
        for c in source.chars() {
            if gsm::septets(c).is_none() && !outside.contains(c) {
                outside.push(c);
            }
        }
    }
    TextMessage {
        usual: usual.sent().into(),
        most: body.open.is_empty().then(|| most.sent().into()),
        outside,
    }
}
