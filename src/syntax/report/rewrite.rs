//! The changes that answer what the parser reports, where only one thing can have been meant.

use crate::diag::Fix;
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
