//! `unsigned-text-message`: a text message that does not say who writes.
//!
//! The name counts if a word of four letters or more of it stands in the text, capitals and accents
//! aside. Names are the senders of the project's channels, the first words of `sender_address`, and
//! the project's own. A `sender` of letters is shown as the name where the text message is one of a
//! service; what asks for something says who asks, since its answers go to a number.

use crate::config::Manifest;
use crate::diag::codes::lint::UNSIGNED_TEXT_MESSAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::hir::{Model, Part};
use crate::model::types::{ChannelKind, PurposeKind};

/// Shorter words are in many texts.
const SHORTEST: usize = 4;

/// Looks at the text messages.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    let model = contents.whole.model;
    let purpose = contents
        .message
        .purpose
        .and_then(|id| model.purposes.get(id.index()));
    let asks = purpose.is_some_and(|purpose| purpose.kind != PurposeKind::Service);
    let words = &contents.whole.senders;
    let Some(name) = words.first() else {
        return;
    };
    contents.each_part(ChannelKind::Sms, |_, part| {
        let Some(body) = part.slots.iter().find(|slot| slot.name == "body") else {
            return;
        };
        if !asks && is_named_by_channel(contents, part) {
            return;
        }
        let written = contents.written(body).into_iter();
        let text: String = written
            .map(|span| folded(span.text(&body.source)))
            .collect();
        if words.iter().any(|(_, word)| text.contains(word)) {
            return;
        }
        out.push(
            Diagnostic::new(
                &UNSIGNED_TEXT_MESSAGE,
                body.place,
                format!(
                    "this text message of `{}` does not say who writes",
                    contents.message.name
                ),
            )
            .help(format!(
                "begin it with the name that people know you by, like `{}: ...`",
                name.0
            )),
        );
    });
}

/// Whether every channel of a part has a `sender` with letters, which phones show as the name.
fn is_named_by_channel(contents: &Contents<'_>, part: &Part) -> bool {
    let letters = |name: &str| name.chars().any(char::is_alphabetic);
    part.channels.iter().all(|id| {
        let channel = contents.whole.model.channels.get(id.index());
        channel.is_some_and(|channel| channel.sender.as_deref().is_some_and(letters))
    })
}

/// The names that a project writes under, each with a word to look for, folded: senders of its
/// channels, then what its postal address begins with; its own if there is no other.
pub(crate) fn senders(model: &Model, manifest: &Manifest) -> Vec<(String, String)> {
    let of_channels = model.channels.iter().filter_map(|channel| {
        let sender = channel.sender.as_deref()?;
        Some(sender.split('<').next().unwrap_or(sender))
    });
    let address = manifest.sender_address.as_deref();
    let organisation = address.and_then(|address| address.split(',').next());
    let found = words_of(of_channels.chain(organisation));
    match found.is_empty() {
        true => words_of(std::iter::once(manifest.name.as_str())),
        false => found,
    }
}

/// The words of names by which they can be known, with the name, each word once.
fn words_of<'n>(names: impl Iterator<Item = &'n str>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for name in names.map(str::trim) {
        for word in name.split(|c: char| !c.is_alphanumeric()) {
            let word = folded(word);
            let long = word.chars().count() >= SHORTEST && !word.chars().all(char::is_numeric);
            if long && !found.iter().any(|(_, known)| *known == word) {
                found.push((name.to_owned(), word));
            }
        }
    }
    found
}

/// A text in small letters without accents.
fn folded(text: &str) -> String {
    let small = text.chars().flat_map(char::to_lowercase);
    small
        .map(|letter| match letter {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            other => other,
        })
        .collect()
}
