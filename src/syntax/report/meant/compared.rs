//! Comparisons in words: `greater than`, `is at least`, `equals`, `exists`, `et`.

use super::{Line, as_write};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::lower::Lower;

/// What people write between two values, and the operator for it. Longer phrases stand first.
const BETWEEN: [(&str, &str); 62] = [
    ("is greater than or equal to", ">="),
    ("greater than or equal to", ">="),
    ("more than or equal to", ">="),
    ("is less than or equal to", "<="),
    ("less than or equal to", "<="),
    ("supérieur ou égal à", ">="),
    ("inférieur ou égal à", "<="),
    ("does not equal", "!="),
    ("is not equal to", "!="),
    ("not equal to", "!="),
    ("is different from", "!="),
    ("different from", "!="),
    ("différent de", "!="),
    ("is at least", ">="),
    ("at least", ">="),
    ("au moins", ">="),
    ("is at most", "<="),
    ("at most", "<="),
    ("au plus", "<="),
    ("is greater than", ">"),
    ("greater than", ">"),
    ("bigger than", ">"),
    ("higher than", ">"),
    ("larger than", ">"),
    ("is more than", ">"),
    ("more than", ">"),
    ("is over", ">"),
    ("is above", ">"),
    ("above", ">"),
    ("over", ">"),
    ("exceeds", ">"),
    ("supérieur à", ">"),
    ("plus de", ">"),
    ("is less than", "<"),
    ("less than", "<"),
    ("fewer than", "<"),
    ("lower than", "<"),
    ("smaller than", "<"),
    ("is under", "<"),
    ("is below", "<"),
    ("below", "<"),
    ("under", "<"),
    ("inférieur à", "<"),
    ("moins de", "<"),
    ("is equal to", "=="),
    ("equal to", "=="),
    ("égal à", "=="),
    ("equals", "=="),
    ("equal", "=="),
    ("is not one of", "not in"),
    ("is none of", "not in"),
    ("is one of", "in"),
    ("one of", "in"),
    ("is not in", "not in"),
    ("is in", "in"),
    ("est", "=="),
    ("et", "and"),
    ("und", "and"),
    ("but", "and"),
    ("ou", "or"),
    ("|", "or"),
    ("&", "and"),
];

/// What people write behind a value, and the test for it.
const BEHIND: [(&str, &str); 14] = [
    ("has any value", "is known"),
    ("has a value", "is known"),
    ("has no value", "is unknown"),
    ("does not exist", "is unknown"),
    ("doesn't exist", "is unknown"),
    ("is not set", "is unknown"),
    ("is not filled", "is unknown"),
    ("is filled", "is known"),
    ("is set", "is known"),
    ("exists", "is known"),
    ("is true", "== yes"),
    ("is false", "== no"),
    ("is yes", "== yes"),
    ("is no", "== no"),
];

/// A test is no longer than so many characters.
const MOST_LOOKED_AT: usize = 120;

/// The operator for the words of a phrase that begins at the word of `line`.
pub(super) fn phrase(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let before = line.before();
    let operand = |c: char| unicode_ident::is_xid_continue(c) || matches!(c, ')' | ']' | '"' | '%');
    if !before.ends_with(operand) {
        return None;
    }
    let rest = line.text.get(line.from..line.end)?;
    let (length, right, behind) = said(rest)?;
    behind_is_fine(rest.get(length..)?, behind).then(|| {
        let place = (line.from, line.from + length);
        let written = line.text.get(place.0..place.1).unwrap_or("");
        let message = format!("`{written}` is not an operator");
        as_write(lower, &codes::FOREIGN_OPERATOR, place, &message, right)
    })
}

/// The test or comparison that begins with an `is` at `span`, where it is said in more words.
pub(in crate::syntax::report) fn behind_is(lower: &Lower<'_>, span: Span) -> Option<Diagnostic> {
    let rest = lower.whole.get(span.start as usize..)?;
    let near = rest
        .char_indices()
        .nth(MOST_LOOKED_AT)
        .map_or(rest.len(), |(at, _)| at);
    let rest = rest.get(..near)?.lines().next()?;
    let rest = rest.split("//").next().unwrap_or(rest);
    let (length, right) = match said(rest) {
        Some((length, right, behind)) if behind_is_fine(rest.get(length..)?, behind) => {
            (length, right)
        }
        _ => {
            let negated = rest
                .strip_prefix("is not ")
                .map(|value| (value, "!=", "is not"));
            let plain = || rest.strip_prefix("is ").map(|value| (value, "==", "is"));
            let (value, sign, written) = negated.or_else(plain)?;
            let value = value.trim_start();
            // A word behind it is a test, or a variant: that is asked elsewhere.
            if !value.starts_with(|c: char| c.is_ascii_digit() || c == '"') {
                return None;
            }
            (written.len(), sign)
        }
    };
    let from = span.start.saturating_sub(lower.base) as usize;
    let place = (from, from + length);
    let written = lower.text.get(place.0..place.1)?;
    let message = format!("`{written}` is not an operator");
    Some(as_write(
        lower,
        &codes::FOREIGN_OPERATOR,
        place,
        &message,
        right,
    ))
}

/// How long the phrase is that `text` begins with, what it means, and whether it stands behind one
/// value instead of between two.
fn said(text: &str) -> Option<(usize, &'static str, bool)> {
    let between = BETWEEN
        .iter()
        .map(|(phrase, right)| (*phrase, *right, false));
    let behind = BEHIND.iter().map(|(phrase, right)| (*phrase, *right, true));
    behind
        .chain(between)
        .find_map(|(phrase, right, behind)| Some((begins_with(text, phrase)?, right, behind)))
}

/// How long the beginning of `text` is that has the words of `phrase`, in any case.
pub(in crate::syntax::report) fn begins_with(text: &str, phrase: &str) -> Option<usize> {
    let mut at = 0;
    for (number, word) in phrase.split(' ').enumerate() {
        let rest = text.get(at..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if number > 0 && gap == 0 {
            return None;
        }
        let rest = rest.get(gap..)?;
        let written = rest.get(..word.len())?;
        if written.to_lowercase() != word {
            return None;
        }
        at += gap + word.len();
    }
    let rest = text.get(at..)?;
    let last = phrase.ends_with(unicode_ident::is_xid_continue);
    let cut = last && rest.starts_with(unicode_ident::is_xid_continue);
    (!cut).then_some(at)
}

/// Whether what follows a phrase can follow its operator.
fn behind_is_fine(rest: &str, behind: bool) -> bool {
    let rest = rest.trim_start();
    if behind {
        return rest.is_empty()
            || rest.starts_with([')', '{', ']'])
            || ["and ", "or "].iter().any(|word| rest.starts_with(word));
    }
    let starts = |c: char| unicode_ident::is_xid_continue(c) || matches!(c, '"' | '(' | '[' | '-');
    rest.starts_with(starts)
}
