//! A fix that is called safe leaves fewer findings than there were: what does not is no fix.
//!
//! The answers of `report` look at a line and know what was meant there. Whether the line reads well
//! afterwards is for the grammar to say: the fixes of a declaration are made in a copy of it, which
//! is read again. Only what has findings is read twice.

use crate::diag::{Diagnostic, Edit, Fix, Safety};
use crate::source::Span;

/// The longest declaration that is read again, in bytes.
pub(super) const LONGEST: u32 = 1 << 16;

/// How many fixes of a declaration are tried one by one, if they do not hold together.
const TRIED: usize = 8;

/// Takes the fix from each finding of a piece that claims a safe one which does not help.
///
/// `again` says where the findings of a text begin that have no safe fix. Fixes beyond the first few are left to the author
/// where not all of them hold.
pub(super) fn fixes(
    found: &mut [Diagnostic],
    whole: &str,
    piece: Span,
    again: impl Fn(&str) -> Vec<u32>,
) {
    let inside = |edit: &Edit| {
        let span = edit.place.span;
        piece.start <= span.start && span.end <= piece.end
    };
    let claims = |found: &Diagnostic| {
        let fix = found.fix.as_ref();
        fix.is_some_and(|fix| fix.safety == Safety::Safe && fix.edits.iter().all(inside))
    };
    let safe = found.iter().filter(|found| claims(found)).count();
    if safe == 0 {
        return;
    }
    let before = left(found.iter()).len();
    let all = found.iter().filter(|found| claims(found));
    let edits: Vec<&Edit> = all
        .filter_map(|found| found.fix.as_ref())
        .flat_map(|fix| &fix.edits)
        .collect();
    if changed(whole, piece, edits).is_some_and(|text| again(&text.0).len() <= before) {
        return;
    }
    let mut tried = 0;
    for found in found.iter_mut() {
        if !claims(found) {
            continue;
        }
        tried += 1;
        let Some(fix) = &mut found.fix else { continue };
        if tried > TRIED {
            fix.safety = Safety::Unsafe;
            continue;
        }
        let text = changed(whole, piece, fix.edits.iter().collect());
        if !text.is_some_and(|(text, places)| holds(&text, &places, &again(&text), before)) {
            found.fix = None;
        }
    }
}

/// Where the findings begin that are left to the author: those without a safe fix.
pub(super) fn left<'a>(found: impl Iterator<Item = &'a Diagnostic>) -> Vec<u32> {
    let is_safe = |fix: &Fix| fix.safety == Safety::Safe;
    found
        .filter(|found| !found.fix.as_deref().is_some_and(is_safe))
        .map(|found| found.primary.place.span.start)
        .collect()
}

/// Whether a change took a finding away: there are no more of those that are left to the author, or
/// none on a changed line. One may come to light behind another.
fn holds(text: &str, places: &[(usize, usize)], found: &[u32], before: usize) -> bool {
    let on_line = |at: usize, (from, to): (usize, usize)| {
        let start = text
            .get(..from)
            .and_then(|head| head.rfind('\n'))
            .map_or(0, |i| i + 1);
        let end = text
            .get(to..)
            .and_then(|tail| tail.find('\n'))
            .map_or(text.len(), |i| to + i);
        start <= at && at <= end
    };
    found.len() < before
        || (found.len() == before
            && !found
                .iter()
                .any(|at| places.iter().any(|place| on_line(*at as usize, *place))))
}

/// The text of a piece with edits made, and where; nothing if they overlap.
fn changed(
    whole: &str,
    piece: Span,
    mut edits: Vec<&Edit>,
) -> Option<(String, Vec<(usize, usize)>)> {
    edits.sort_by_key(|edit| (edit.place.span.start, edit.place.span.end));
    let mut text = String::with_capacity(piece.len() as usize + 64);
    let mut at = piece.start;
    let mut places = Vec::with_capacity(edits.len());
    for edit in edits {
        let span = edit.place.span;
        if span.start < at {
            return None;
        }
        text.push_str(whole.get(at as usize..span.start as usize)?);
        let from = text.len();
        text.push_str(&edit.text);
        places.push((from, text.len()));
        at = span.end;
    }
    text.push_str(whole.get(at as usize..piece.end as usize)?);
    Some((text, places))
}
