//! A sign or a word of the language that stands twice, and operators torn apart: `::`, `for for`,
//! `> =`.

use super::amend::Gap;
use super::{finding, habits, rewrite};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::lower::Lower;

/// The operators that compare.
const COMPARISONS: [&str; 6] = ["==", "!=", "<=", ">=", "<", ">"];

/// Words of the language that may be names, and are none behind themselves.
const PARTS: [&str; 12] = [
    "permit", "forbid", "limit", "purpose", "content", "goal", "enter", "between", "to", "per",
    "most", "every",
];

/// What stands twice at a gap, or in two parts.
pub(super) fn at(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    if !gap.on_line() {
        return None;
    }
    if let Some(found) = torn(lower, gap) {
        return Some(found);
    }
    let word = gap.word();
    let twice = word == gap.previous() && (matches!(word, "," | ":" | "=") || is_keyword(word));
    twice.then(|| remove(lower, gap.before.1, gap.next))
}

/// A word of the language behind itself, at `from..to`.
pub(super) fn word(lower: &Lower<'_>, from: usize, to: usize) -> Option<Diagnostic> {
    let word = lower.text.get(from..to)?;
    let head = lower.text.get(..from)?;
    let before = head.trim_end_matches([' ', '\t']);
    let stem = before.strip_suffix(word)?;
    let alone = !stem.ends_with(|c: char| c == '.' || unicode_ident::is_xid_continue(c));
    let twice = alone && (matches!(word, "," | ":") || is_keyword(word));
    twice.then(|| remove(lower, before.len(), (from, to)))
}

fn is_keyword(word: &str) -> bool {
    habits::RESERVED.contains(&word) || PARTS.contains(&word)
}

/// Takes out the second of two: from the end of the first.
fn remove(lower: &Lower<'_>, end: usize, second: (usize, usize)) -> Diagnostic {
    let word = lower.text.get(second.0..second.1).unwrap_or("");
    let message = format!("`{word}` stands twice");
    let place = lower.range(end, second.1).in_file(lower.file);
    let span = lower.range(second.0, second.1);
    let help = "remove one of them";
    let found = finding(lower, &codes::REPEATED_PART, span, message, help);
    found.fix(Fix::safe(help, place, ""))
}

/// `> =`, `! =`, `== ==`: what stands on both sides of the gap, as one operator.
fn torn(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let sign = |c: char| matches!(c, '=' | '<' | '>' | '!');
    let head = gap.head();
    let left = head.get(head.trim_end_matches(sign).len()..)?;
    let rest = lower.text.get(gap.next.0..)?;
    let right = rest.get(..rest.len() - rest.trim_start_matches(sign).len())?;
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let joined = format!("{left}{right}");
    let meant = COMPARISONS
        .iter()
        .find(|sign| **sign == joined || (left == right && **sign == left))?;
    let place = (gap.before.1 - left.len(), gap.next.0 + right.len());
    Some(operator(lower, place, meant))
}

/// An operator in the place of what was written for it.
fn operator(lower: &Lower<'_>, place: (usize, usize), meant: &str) -> Diagnostic {
    let span: Span = lower.range(place.0, place.1);
    let written = lower.source(span);
    let message = format!("`{written}` is not an operator");
    rewrite::instead(lower, &codes::FOREIGN_OPERATOR, span, message, meant)
}
