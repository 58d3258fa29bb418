//! CHANNELS and PURPOSES: the lists of rules, holdouts and claims, resolved to what is declared.

use crate::diag::codes::consent::OTHER_PROFILE;
use crate::diag::codes::names::{REPEATED_ITEM, UNKNOWN_NAME};
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::ids::{ChannelId, EntityId, PurposeId};
use crate::model::synonyms;
use crate::model::types::{ChannelKind, PurposeKind};
use crate::source::Span;
use crate::syntax::ast::Name;
use std::collections::BTreeMap;

/// The word for everything.
pub(super) const ANY: &str = "any";

/// The channels of a list, in the order of their names.
///
/// A word is a channel, a kind or `any`, which means the channels that deliver to the person. Of
/// kinds and `any`, only the channels of `profile` count; a channel of another profile is an
/// error. Without a profile (promises have none; or it is wrong) all channels count.
pub(super) fn channels(
    body: &mut Body<'_, '_>,
    words: &[Name],
    profile: Option<EntityId>,
) -> Vec<ChannelId> {
    let cx = body.cx;
    let ours = |id: &ChannelId| {
        let theirs = cx.channels.get(id.index()).and_then(|head| head.profile);
        profile.is_none() || theirs.is_none() || theirs == profile
    };
    let mut found = Found::default();
    for word in words {
        let ids: Vec<ChannelId> = if word.text == ANY {
            let delivering = ChannelKind::ALL.iter().filter(|kind| kind.reaches_person());
            delivering
                .flat_map(|kind| cx.channels_of(*kind))
                .filter(ours)
                .collect()
        } else if let Some(kind) = ChannelKind::from_word(&word.text) {
            cx.channels_of(kind).into_iter().filter(ours).collect()
        } else if cx.named(&word.text).is_some() {
            let Some(id) = body.resolve::<ChannelId>(word) else {
                continue;
            };
            if !ours(&id) {
                foreign_channel(body, word, id, profile);
                continue;
            }
            vec![id]
        } else {
            let mut known: Vec<&str> = ChannelKind::words().collect();
            known.extend(cx.names.of_kind::<ChannelId>());
            unknown(body, word, "channel", known);
            continue;
        };
        found.add(body, word, &ids, |id| cx.channel_name(id));
    }
    found.first.into_keys().collect()
}

/// The purposes of a list, in the order of their names: a word is a purpose, a kind or `any`.
pub(super) fn purposes(body: &mut Body<'_, '_>, words: &[Name]) -> Vec<PurposeId> {
    let cx = body.cx;
    let mut found = Found::default();
    for word in words {
        let ids: Vec<PurposeId> = if word.text == ANY {
            let all = (0..).map(PurposeId);
            all.take(cx.names.purposes.len()).collect()
        } else if PurposeKind::from_word(&word.text).is_some() {
            cx.purposes_named(&word.text)
        } else if cx.named(&word.text).is_some() {
            let Some(id) = body.resolve::<PurposeId>(word) else {
                continue;
            };
            vec![id]
        } else {
            let mut known: Vec<&str> = PurposeKind::words().collect();
            known.extend(cx.names.of_kind::<PurposeId>());
            unknown(body, word, "purpose", known);
            continue;
        };
        found.add(body, word, &ids, |id| purpose_name(cx, id));
    }
    found.first.into_keys().collect()
}

/// The name of a purpose.
pub(super) fn purpose_name<'c>(cx: &'c Cx<'_>, id: PurposeId) -> &'c str {
    cx.names
        .purposes
        .get(id.index())
        .map_or("", |item| item.name.as_str())
}

/// Reports that a channel is about another profile than the declaration that names it.
pub(super) fn foreign_channel(
    body: &mut Body<'_, '_>,
    word: &Name,
    id: ChannelId,
    profile: Option<EntityId>,
) {
    let cx = body.cx;
    let theirs = cx.channels.get(id.index()).and_then(|head| head.profile);
    let theirs = theirs.map_or("", |id| cx.entity_name(id));
    let ours = profile.map_or("", |id| cx.entity_name(id));
    let mut diagnostic = Diagnostic::new(
        &OTHER_PROFILE,
        body.place(word.span),
        format!(
            "channel `{}` is for a `{theirs}`, not for a `{ours}`",
            word.text
        ),
    )
    .help(format!("name a channel that is for a `{ours}`"));
    if let Some(item) = cx.names.channels.get(id.index()) {
        let subject = item.ast.subject.entity.span.in_file(item.file);
        diagnostic = diagnostic.other(subject, "the channel is for this profile");
    }
    body.report(diagnostic);
}

fn unknown(body: &mut Body<'_, '_>, word: &Name, what: &str, known: Vec<&str>) {
    let message = format!("there is no {what} and no kind of {what} `{}`", word.text);
    body.unknown(word, message, known);
}

/// Reports a word that is not one of a closed list; `what` names the list with its article.
pub(super) fn unknown_word(
    body: &mut Body<'_, '_>,
    word: &Name,
    what: &str,
    words: impl Iterator<Item = &'static str> + Clone,
) {
    if word.text.is_empty() {
        return;
    }
    let known = |meant: &&str| words.clone().any(|word| word == *meant);
    let meant = synonyms::policy_called(&word.text).filter(known);
    let meant = meant.map(|meant| format!("write `{meant}`"));
    let near = || did_you_mean(&word.text, words.clone());
    let help = meant.or_else(near).unwrap_or_else(|| {
        let all: Vec<_> = words.map(|word| format!("`{word}`")).collect();
        format!("write one of {}", all.join(", "))
    });
    let diagnostic = Diagnostic::new(
        &UNKNOWN_NAME,
        body.place(word.span),
        format!("`{}` is not {what}", word.text),
    );
    body.report(diagnostic.help(help));
}

/// What a list has named so far, and by which word first.
struct Found<'w, I> {
    first: BTreeMap<I, (&'w str, Span)>,
}

impl<I> Default for Found<'_, I> {
    fn default() -> Self {
        Self {
            first: BTreeMap::new(),
        }
    }
}

impl<'w, I: Ord + Copy> Found<'w, I> {
    fn add<'n>(
        &mut self,
        body: &mut Body<'_, '_>,
        word: &'w Name,
        ids: &[I],
        name: impl Fn(I) -> &'n str,
    ) {
        let again = ids.iter().find_map(|id| Some((*id, *self.first.get(id)?)));
        if let Some((id, (earlier, first))) = again {
            let name = name(id);
            let message = if word.text == earlier {
                format!("`{earlier}` is named twice")
            } else {
                format!(
                    "`{name}` is named twice: as `{earlier}` and as `{}`",
                    word.text
                )
            };
            repeated(body, message, word.span, first);
        }
        for id in ids {
            let word = (word.text.as_str(), word.span);
            self.first.entry(*id).or_insert(word);
        }
    }
}

/// Warns that a list names something twice.
pub(super) fn repeated(body: &mut Body<'_, '_>, message: String, again: Span, first: Span) {
    let diagnostic = Diagnostic::new(&REPEATED_ITEM, body.place(again), message)
        .label("again here")
        .other(body.place(first), "first here")
        .help("leave one of them out");
    body.report(diagnostic);
}
