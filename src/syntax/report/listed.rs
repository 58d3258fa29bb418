//! Lists of channels, purposes and days as people and other languages write them: with `and`, with
//! slashes, in brackets, without commas.

use super::amend::Gap;
use super::{habits, rewrite};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// The words that begin a list: behind a statement's first word, or inside of it.
const BEGIN: [&str; 9] = [
    "permit", "forbid", "limit", "never", "under", "weekend", "for", "on", "holidays",
];

/// The words that end a list.
const END: [&str; 16] = [
    "for", "by", "to", "per", "when", "between", "on", "else", "because", "where", "under", "with",
    "redrawn", "from", "of", "in",
];

/// What joins names in speech.
const JOINS: [&str; 6] = ["and", "or", "et", "ou", "y", "und"];

/// The answer where the names of a list are not joined by commas.
pub(super) fn names(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    if !matches!(gap.rule, Rule::no_for | Rule::no_name | Rule::no_to) {
        return None;
    }
    let (start, statement) = gap.whole();
    let late = late_purpose(lower, gap, start, statement);
    // Where no `for` follows, it is that word that is missing.
    if late.is_some() || (gap.rule == Rule::no_for && !statement.contains(" for ")) {
        return late;
    }
    joined(lower, start, statement, gap.before.1, gap.next.0)
}

/// The answer where a word joins two names: `on saturday and sunday`.
pub(super) fn word(lower: &Lower<'_>, start: usize, from: usize, end: usize) -> Option<Diagnostic> {
    let line = lower.text.get(start..end)?;
    let begin = line.rfind(['{', '}']).map_or(0, |i| i + 1);
    let statement = line.get(begin..)?;
    let begin = start + begin + (statement.len() - statement.trim_start().len());
    joined(lower, begin, statement.trim(), from, from)
}

/// The list around `from..to` with commas; nothing if it has them.
fn joined(
    lower: &Lower<'_>,
    start: usize,
    statement: &str,
    from: usize,
    to: usize,
) -> Option<Diagnostic> {
    let (begin, end) = list_around(statement, from.checked_sub(start)?, to.checked_sub(start)?)?;
    let written = statement.get(begin..end)?;
    let trimmed = written.trim();
    let names: Vec<&str> = trimmed
        .split(|c: char| !unicode_ident::is_xid_continue(c))
        .filter(|name| !name.is_empty() && !JOINS.contains(&name.to_lowercase().as_str()))
        .collect();
    let is_name = |name: &&str| {
        name.starts_with(unicode_ident::is_xid_start)
            && !habits::RESERVED.contains(name)
            && !["only", "all", "every", "the"].contains(name)
    };
    if !names.iter().all(is_name)
        || names.is_empty()
        || trimmed.contains(['{', '}', '"', '.', ':', '='])
    {
        return None;
    }
    // In a send, `and` is no comma: it sends by each.
    if statement.starts_with("send ") && trimmed.split_whitespace().any(|word| word == "and") {
        return None;
    }
    let text = names.join(", ");
    // Between two names without a sign or a word a word may have been forgotten.
    let parts = trimmed
        .split(|c: char| c.is_whitespace())
        .filter(|part| !part.is_empty());
    let signs = |part: &str| part.chars().all(|c| !unicode_ident::is_xid_continue(c));
    let mut sure = true;
    let mut touches = true;
    for part in parts {
        let joins = signs(part) || JOINS.contains(&part);
        sure &= touches || joins || part.starts_with([',', '/', '+', '&']);
        touches = joins || part.ends_with([',', ';', '/', '+', '&']);
    }
    let at = start + begin + (written.len() - written.trim_start().len());
    let span = lower.range(at, at + trimmed.len());
    let message = "the names of a list are separated by commas";
    Some(match sure {
        true => rewrite::instead(lower, &codes::UNEXPECTED, span, message, &text),
        false => rewrite::perhaps_instead(lower, &codes::UNEXPECTED, span, message, &text),
    })
}

/// The list of a statement that holds or touches `from..to`.
fn list_around(statement: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut begin = None;
    for word in statement.split_inclusive(|c: char| !unicode_ident::is_xid_continue(c)) {
        let end = at + word.len();
        let plain = word.trim_end_matches(|c| !unicode_ident::is_xid_continue(c));
        let next = at + plain.len();
        if let Some(open) = begin.filter(|_| END.contains(&plain)) {
            if open <= to && from <= at {
                return Some((open, at));
            }
            begin = None;
        }
        if BEGIN.contains(&plain) || (plain == "by" && statement.contains("send ")) {
            begin = Some(next);
        }
        at = end;
    }
    let open = begin?;
    let end = statement
        .find('{')
        .filter(|brace| *brace > open)
        .unwrap_or(statement.len());
    (open <= to && from <= end).then_some((open, end))
}

/// `permit email by consent for appeals`: the purpose behind the basis.
fn late_purpose(
    lower: &Lower<'_>,
    gap: &Gap<'_>,
    start: usize,
    statement: &str,
) -> Option<Diagnostic> {
    if gap.rule != Rule::no_for || gap.word() != "by" || !statement.starts_with("permit ") {
        return None;
    }
    let (head, rest) = statement.split_once(" by ")?;
    let (basis, purposes) = rest.split_once(" for ")?;
    let ends = [" when ", " because "];
    let end = ends.iter().filter_map(|end| purposes.find(end)).min();
    let (purposes, rest) = purposes.split_at_checked(end.unwrap_or(purposes.len()))?;
    let text = format!("{head} for {} by {basis}{rest}", purposes.trim());
    let span = lower.range(start, start + statement.len());
    let message = "the purposes stand before the basis";
    Some(rewrite::instead(
        lower,
        &codes::UNEXPECTED,
        span,
        message,
        &text,
    ))
}
