//! What a message must show besides its text: a way out, and who sends it.
//!
//! It depends on the purposes that the message is sent for, so it is checked on the finished
//! model.

use crate::diag::codes::template::{MISSING_FOOTER, MISSING_STOP, UNSET_FOOTER};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::cx::Cx;
use crate::model::hir::visit::each_step;
use crate::model::hir::{Message, Model, Part, StepKind};
use crate::model::ids::{MessageId, PurposeId};
use crate::model::types::{ChannelKind, PurposeKind};
use crate::source::Place;
use rustc_hash::FxHashMap;

/// Checks the emails and text messages of all messages.
pub fn whole(cx: &Cx<'_>, model: &Model, diagnostics: &mut Diagnostics) {
    let reasons = reasons(cx, model);
    let mut seen = FxHashMap::default();
    for (id, message) in (0..).map(MessageId).zip(&model.messages) {
        if message.broken {
            continue;
        }
        let reason = reasons.get(&id);
        for part in message.contents.iter().flat_map(|content| &content.parts) {
            unset(cx, part, &mut seen, diagnostics);
            let Some(reason) = reason else { continue };
            match kind_of(cx, part) {
                Some(ChannelKind::Email) => email(message, part, reason, diagnostics),
                Some(ChannelKind::Sms | ChannelKind::Whatsapp) => {
                    text_message(message, part, reason, diagnostics);
                }
                _ => {}
            }
        }
    }
}

/// How many more places are shown that lack the same setting.
const SHOWN: usize = 3;

/// Why a message is not a service: the first purpose of another kind that it has or is sent for.
struct Reason<'m> {
    purpose: &'m str,
    kind: PurposeKind,
    /// Where that is said.
    place: Place,
    says: &'static str,
}

fn reasons<'m>(cx: &'m Cx<'_>, model: &'m Model) -> FxHashMap<MessageId, Reason<'m>> {
    let mut found: FxHashMap<MessageId, Reason<'m>> = FxHashMap::default();
    let reason = |purpose: PurposeId, place: Place, says: &'static str| {
        let declared = model.purposes.get(purpose.index())?;
        let kind = cx.purposes.get(purpose.index()).copied().flatten()?;
        (kind != PurposeKind::Service).then_some(Reason {
            purpose: &declared.name,
            kind,
            place,
            says,
        })
    };
    for (id, message) in (0..).map(MessageId).zip(&model.messages) {
        let own = message.purpose.and_then(|purpose| {
            reason(
                purpose,
                message.place,
                "the message's own purpose is not a service",
            )
        });
        if let Some(own) = own {
            found.insert(id, own);
        }
    }
    for journey in &model.journeys {
        each_step(&journey.steps, &mut |step| {
            if let StepKind::Send(send) = &step.kind
                && let Some(purpose) = send.purpose
                && !found.contains_key(&send.message)
            {
                let place = step.span.in_file(journey.place.file);
                if let Some(sent) = reason(purpose, place, "it is sent here") {
                    found.insert(send.message, sent);
                }
            }
        });
    }
    found
}

fn kind_of(cx: &Cx<'_>, part: &Part) -> Option<ChannelKind> {
    let channel = part.channels.first()?;
    cx.channels.get(channel.index())?.kind
}

/// An email shows `{{ unsubscribe }}` and `{{ sender_address }}` in its body.
fn email(message: &Message, part: &Part, reason: &Reason<'_>, diagnostics: &mut Diagnostics) {
    let Some(body) = part.slots.iter().find(|slot| slot.name == "body") else {
        return;
    };
    let mut lacking = Vec::new();
    if !body.has_unsubscribe {
        lacking.push("`{{ unsubscribe }}`");
    }
    if !body.has_sender_address {
        lacking.push("`{{ sender_address }}`");
    }
    if lacking.is_empty() {
        return;
    }
    let place = body.place;
    let diagnostic = Diagnostic::new(
        &MISSING_FOOTER,
        place,
        format!(
            "this email of `{}` does not show {}, and `{}` is `{}`, not a service",
            message.name,
            lacking.join(" or "),
            reason.purpose,
            reason.kind.word()
        ),
    )
    .other(reason.place, reason.says)
    .help(format!("add {} to the body", lacking.join(" and ")));
    diagnostics.push(diagnostic);
}

/// A text message says how to stop.
fn text_message(
    message: &Message,
    part: &Part,
    reason: &Reason<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(body) = part.slots.iter().find(|slot| slot.name == "body") else {
        return;
    };
    let mut words = body.source.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| word == "STOP") || body.has_unsubscribe {
        return;
    }
    let diagnostic = Diagnostic::new(
        &MISSING_STOP,
        body.place,
        format!(
            "this text message of `{}` does not say how to stop, and `{}` is `{}`, not a service",
            message.name,
            reason.purpose,
            reason.kind.word()
        ),
    )
    .other(reason.place, reason.says)
    .help("end it with the word that the person answers: `STOP`");
    diagnostics.push(diagnostic);
}

/// What a template shows must be in `jalon.toml`.
///
/// `seen` says which finding is about which key already.
fn unset(
    cx: &Cx<'_>,
    part: &Part,
    seen: &mut FxHashMap<&'static str, usize>,
    diagnostics: &mut Diagnostics,
) {
    let manifest = cx.input.manifest;
    // Files that are checked without a project have no settings to miss.
    if manifest.file.is_none() || manifest.is_wrong {
        return;
    }
    for slot in &part.slots {
        let shown_names = [
            (
                slot.has_unsubscribe,
                &manifest.unsubscribe_url,
                "unsubscribe",
                "unsubscribe_url",
            ),
            (
                slot.has_sender_address,
                &manifest.sender_address,
                "sender_address",
                "sender_address",
            ),
        ];
        for (used, set, name, key) in shown_names {
            if !used || set.is_some() {
                continue;
            }
            let diagnostic = Diagnostic::new(
                &UNSET_FOOTER,
                slot.place,
                format!("this shows `{{{{ {name} }}}}`, and `jalon.toml` has no `{key}`"),
            )
            .help(format!(
                "add `{key} = \"...\"` under `[project]` in `jalon.toml`"
            ));
            // One line of `jalon.toml` answers them all.
            let first = seen.get(key).copied();
            match first.and_then(|index| diagnostics.get_mut(index)) {
                Some(first) if first.others.len() < SHOWN => {
                    *first = first.clone().other(slot.place, "and this");
                }
                Some(_) => {}
                None => {
                    seen.insert(key, diagnostics.len());
                    diagnostics.push(diagnostic);
                }
            }
        }
    }
}
