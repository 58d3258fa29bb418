//! `missing-language`: a message without a language in which others like it are written.
//!
//! What a project writes in is told by its messages in more than one language: a language that more
//! than half of them have is expected of all. Projects that have a message for each language have
//! none of those.

use std::collections::BTreeMap;

use crate::diag::codes::lint::MISSING_LANGUAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::Message;
use crate::model::ids::EntityId;
use crate::model::types::ChannelKind;

/// Looks at the messages of each profile together.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    let mut profiles: BTreeMap<EntityId, Vec<&Message>> = BTreeMap::new();
    for message in &whole.model.messages {
        if !message.external && is_for_people(whole, message) {
            profiles.entry(message.profile).or_default().push(message);
        }
    }
    for messages in profiles.values() {
        let several: Vec<_> = messages
            .iter()
            .filter(|message| message.contents.len() > 1)
            .collect();
        // One message is no custom, and a message for each language is one.
        if several.len() * 2 < messages.len() {
            continue;
        }
        let mut written: BTreeMap<&str, (usize, &Message)> = BTreeMap::new();
        for message in &several {
            for language in languages(message) {
                let (count, _) = written.entry(language).or_insert((0, message));
                *count += 1;
            }
        }
        written.retain(|_, (count, _)| *count * 2 > several.len());
        for message in messages {
            for (language, (_, other)) in &written {
                if !languages(message).any(|has| has == *language) && !is_meant(message) {
                    report(message, language, other, out);
                }
            }
        }
    }
}

/// Whether a person reads it: what a list, another system or a call centre is told is in the language of
/// the house.
fn is_for_people(whole: &Whole<'_>, message: &Message) -> bool {
    let channels = message
        .contents
        .iter()
        .flat_map(|content| &content.parts)
        .flat_map(|part| &part.channels);
    let mut kinds = channels.filter_map(|id| whole.model.channels.get(id.index()));
    kinds.any(|channel| match channel.kind {
        ChannelKind::Audience | ChannelKind::Webhook | ChannelKind::Call => false,
        ChannelKind::Email
        | ChannelKind::Sms
        | ChannelKind::Push
        | ChannelKind::InApp
        | ChannelKind::Whatsapp
        | ChannelKind::Web
        | ChannelKind::Print
        | ChannelKind::Wallet => true,
    })
}

/// The languages of a message without their regions.
fn languages(message: &Message) -> impl Iterator<Item = &str> {
    message.contents.iter().map(|content| {
        let language = content.language.as_str();
        language.split_once('-').map_or(language, |(base, _)| base)
    })
}

/// `only`: whoever reads another language is to get nothing.
fn is_meant(message: &Message) -> bool {
    message.contents.iter().any(|content| content.only)
}

fn report(message: &Message, language: &str, other: &Message, out: &mut Diagnostics) {
    let first = message.contents.first();
    let instead = first.map_or("", |content| content.language.as_str());
    out.push(
        Diagnostic::new(
            &MISSING_LANGUAGE,
            message.place,
            format!("`{}` has no content in `{language}`", message.name),
        )
        .label(format!("whoever reads `{language}` gets it in `{instead}`"))
        .other(
            other.place,
            format!("this and most other messages are written in `{language}` too"),
        )
        .help(format!(
            "add `content {language} {{ ... }}`, or write `content {instead} only` if nobody else \
             is to get it"
        )),
    );
}
