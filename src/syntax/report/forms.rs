//! The form of a statement that somebody has begun to write, and where a statement is at home.

use super::amend::Gap;
use super::words;
use crate::syntax::grammar::Rule;

/// How a statement is written, by the word that begins it.
const FORMS: [(&str, &str); 35] = [
    ("send", "send MESSAGE by CHANNEL"),
    ("wait", "wait 3 days"),
    ("if", "if CONDITION { ... }"),
    (
        "match",
        "match member.FIELD { VARIANT { ... } else { ... } }",
    ),
    ("split", "split { 50% { ... } 50% { ... } }"),
    ("repeat", "repeat up to 3 times { ... }"),
    ("set", "set member.FIELD = VALUE"),
    ("grant", "grant member.CONSENT from EVENT"),
    ("withdraw", "withdraw member.CONSENT from EVENT"),
    ("add", "add to AUDIENCE"),
    ("remove", "remove from AUDIENCE"),
    ("do", "do ACTION(parameter: VALUE)"),
    ("start", "start JOURNEY"),
    ("exit", "exit NAME"),
    ("title", "title \"...\""),
    ("owner", "owner \"...\""),
    ("objective", "objective engage"),
    ("priority", "priority 10"),
    ("enter", "enter on EVENT"),
    ("reenter", "reenter never"),
    ("leave", "leave on EVENT"),
    ("goal", "goal EVENT within 30 days"),
    ("holdout", "holdout NAME"),
    ("active", "active 2027-01-01 to 2027-01-31"),
    ("admit", "admit 1000 per 1 day"),
    ("budget", "budget 500 EUR"),
    ("permit", "permit CHANNELS for PURPOSES by consent"),
    (
        "forbid",
        "forbid CHANNELS for PURPOSES between 21:00 and 09:00 else delay",
    ),
    (
        "limit",
        "limit CHANNELS for PURPOSES to 3 per 7 days else skip",
    ),
    ("address", "address member.FIELD"),
    ("sender", "sender \"Name <address@example.org>\""),
    ("capacity", "capacity 1000 per 1 day"),
    ("subject", "subject \"...\""),
    ("expect", "expect sent MESSAGE by CHANNEL"),
    ("given", "given member { FIELD: VALUE }"),
];

/// What is named behind a word, and how.
const NAMED: [(&str, &str, &str); 14] = [
    ("send", "by", "write a channel behind it, as in `by email`"),
    ("send", "for", "write a purpose behind it"),
    ("permit", "for", "write the purposes behind it, or `any`"),
    (
        "permit",
        "by",
        "write a basis behind it, as in `by consent`",
    ),
    ("forbid", "for", "write the purposes behind it, or `any`"),
    ("limit", "for", "write the purposes behind it, or `any`"),
    ("enter", "on", "write an event behind it"),
    ("enter", "as", "write a name for it, as in `as gift`"),
    (
        "leave",
        "on",
        "write an event behind it, as in `on email.unsubscribed`",
    ),
    (
        "on",
        "on",
        "write an event behind it, as in `on ask.clicked`",
    ),
    ("wait", "for", "write an event behind it"),
    ("add", "to", "write an audience behind it"),
    ("remove", "from", "write an audience behind it"),
    ("expect", "sent", "write a message behind it"),
];

/// What to write where nothing but the beginning of a statement stands.
pub(super) fn begun(gap: &Gap<'_>) -> Option<String> {
    let statement = gap.statement();
    let keyword = words::keyword_of(statement);
    let ends = !gap.on_line() || gap.word() == "}";
    if !ends {
        return None;
    }
    if statement.ends_with(keyword) && gap.previous() == keyword {
        let form = form(keyword)?;
        return Some(format!("write `{form}`"));
    }
    if gap.rule != Rule::no_name {
        return None;
    }
    if gap.previous() == "for" && crate::syntax::scan::DECLARATIONS.contains(&keyword) {
        return Some("write for whom it is, as in `for member: PROFILE {`".to_owned());
    }
    let named = NAMED
        .iter()
        .find(|(first, word, _)| *first == keyword && *word == gap.previous())?;
    Some(named.2.to_owned())
}

/// The form of the statement that begins with a word.
pub(super) fn form(keyword: &str) -> Option<&'static str> {
    let found = FORMS.iter().find(|(word, _)| *word == keyword);
    found.map(|(_, form)| *form)
}

/// Blocks, with what stands before their `{`.
const HOMES: [(Rule, &str, &str); 8] = [
    (
        Rule::rules,
        "a consent block",
        "consent NAME for member: PROFILE",
    ),
    (
        Rule::channel_body,
        "a channel",
        "channel NAME for member: PROFILE",
    ),
    (
        Rule::message_body,
        "a message",
        "message NAME for member: PROFILE",
    ),
    (Rule::claims, "a promise", "promise \"...\""),
    (Rule::test_body, "a test", "test \"...\" of JOURNEY"),
    (Rule::action_body, "an action", "action NAME(parameters)"),
    (Rule::calendar_body, "a calendar", "calendar NAME"),
    (Rule::steps, "a journey", "journey NAME for member: PROFILE"),
];

/// Where a statement is at home that begins with `line`, if not in a block of the kind `here`.
pub(super) fn home(here: Rule, line: &str) -> Option<String> {
    let begins = |known: &str| {
        line.strip_prefix(known)
            .is_some_and(|rest| !rest.starts_with(unicode_ident::is_xid_continue))
    };
    let parts = ["subject", "preheader", "body"];
    if let Some(part) = parts.iter().find(|part| begins(part)) {
        return (here != Rule::message_body).then(|| {
            format!("write it in a message: `message NAME for member: PROFILE {{ content en {{ email {{ {part} ... }} }} }}`")
        });
    }
    if matches!(here, Rule::arms | Rule::match_body | Rule::split_body) {
        return None;
    }
    if matches!(here, Rule::steps | Rule::item | Rule::journey_body) {
        let arm = ["on ", "when "]
            .into_iter()
            .find(|arm| line.starts_with(arm));
        if let Some(arm) = arm {
            return Some(format!(
                "write `enter {arm}...` for the entry, or in a wait `wait up to 3 days {{ {arm}... {{ ... \
                 }} else {{ ... }} }}`"
            ));
        }
    }
    let (_, noun, head) = HOMES.iter().find(|(rule, ..)| {
        words::of_block(*rule).iter().any(|known| begins(known))
            && !std::ptr::eq(words::of_block(*rule), words::of_block(here))
    })?;
    let word = line.split_whitespace().next()?;
    Some(format!("write it in {noun}: `{head} {{ {word} ... }}`"))
}
