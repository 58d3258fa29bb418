//! The changes that answer what the parser reports, where only one thing can have been meant.

use super::finding;
use crate::diag::{Code, Diagnostic, Edit, Fix, nearest, surely};
use crate::source::Span;
use crate::syntax::lower::Lower;

/// Puts `text` in the place of `span`: it is surely meant.
pub(super) fn write(lower: &Lower<'_>, span: Span, text: &str) -> Fix {
    Fix::safe(format!("write `{text}`"), span.in_file(lower.file), text)
}

/// Puts `text` in the place of `span`: it is likely meant.
pub(super) fn perhaps(lower: &Lower<'_>, span: Span, text: &str) -> Fix {
    Fix::chosen(format!("write `{text}`"), span.in_file(lower.file), text)
}

/// The finding that `text` belongs in the place of `span`, with the change: it is surely meant.
pub(super) fn instead(
    lower: &Lower<'_>,
    code: &'static Code,
    span: Span,
    message: impl Into<String>,
    text: &str,
) -> Diagnostic {
    finding(lower, code, span, message, format!("write `{text}`")).fix(write(lower, span, text))
}

/// Like [`instead`]: it is likely meant.
pub(super) fn perhaps_instead(
    lower: &Lower<'_>,
    code: &'static Code,
    span: Span,
    message: impl Into<String>,
    text: &str,
) -> Diagnostic {
    finding(lower, code, span, message, format!("write `{text}`")).fix(perhaps(lower, span, text))
}

/// Whether what a finding says to write is something else than what is written. An answer that
/// guesses at what was meant, and gives back the same, has not understood the text.
pub(super) fn says_something(lower: &Lower<'_>, found: &Diagnostic) -> bool {
    let Some(fix) = &found.fix else { return true };
    let differs = |edit: &Edit| lower.source(edit.place.span) != edit.text;
    fix.edits.iter().any(differs)
}

/// Like [`write`], for a word in the place of a sign: `a&&b` is `a and b`.
pub(super) fn write_word(lower: &Lower<'_>, span: Span, word: &str) -> Fix {
    let before = lower.whole.get(..span.start as usize).unwrap_or("");
    let after = lower.whole.get(span.end as usize..).unwrap_or("");
    let mut text = String::with_capacity(word.len() + 2);
    if before.ends_with(|c: char| !c.is_whitespace() && !matches!(c, '(' | '[')) {
        text.push(' ');
    }
    text.push_str(word);
    if after.starts_with(|c: char| !c.is_whitespace()) {
        text.push(' ');
    }
    Fix::safe(format!("write `{word}`"), span.in_file(lower.file), text)
}

/// Puts the word of the language in the place of `span` that `word` was meant to be.
pub(super) fn near<'w>(
    lower: &Lower<'_>,
    word: &str,
    span: Span,
    candidates: impl IntoIterator<Item = &'w str> + Clone,
) -> Option<Fix> {
    match surely(word, candidates.clone()) {
        Some(meant) => Some(write(lower, span, meant)),
        None => Some(perhaps(lower, span, nearest(word, candidates)?)),
    }
}

/// Takes `span` out, and the white space behind it on its line.
pub(super) fn remove(lower: &Lower<'_>, title: &str, span: Span) -> Fix {
    let after = lower.whole.get(span.end as usize..).unwrap_or("");
    let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
    let end = span.end + u32::try_from(blank).unwrap_or(0);
    Fix::safe(title, Span::new(span.start, end).in_file(lower.file), "")
}

/// Where `span` and the line that it stands on alone lie; `span` itself if it is not alone.
pub(super) fn with_its_line(lower: &Lower<'_>, span: Span) -> Span {
    let before = start_of_line(lower, span.start);
    let after = lower.whole.get(span.end as usize..).unwrap_or("");
    let blank = after.find('\n').map_or(after.len(), |at| at + 1);
    let alone = after
        .get(..blank)
        .is_some_and(|rest| rest.trim().is_empty());
    if !before.trim().is_empty() || !alone {
        return span;
    }
    let length = |length: usize| u32::try_from(length).unwrap_or(0);
    Span::new(span.start - length(before.len()), span.end + length(blank))
}

/// The rest of the line behind an offset, without its line break.
pub(super) fn rest_of_line<'a>(lower: &Lower<'a>, from: u32) -> &'a str {
    let rest = lower.whole.get(from as usize..).unwrap_or("");
    rest.lines().next().unwrap_or("")
}

/// The line up to an offset.
pub(super) fn start_of_line<'a>(lower: &Lower<'a>, to: u32) -> &'a str {
    let head = lower.whole.get(..to as usize).unwrap_or("");
    head.rsplit('\n').next().unwrap_or("")
}
