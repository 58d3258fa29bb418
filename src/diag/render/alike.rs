//! One mistake at many places, as a person takes it: said once, with the other places behind it.
//!
//! A name that was changed where it is declared is wrong wherever it is used. Formats for programs
//! keep a finding for each place, so that each line has its annotation; people read one.

use rustc_hash::FxHashMap;

use super::shown_path;
use crate::diag::codes::consent::UNANALYSED_PROMISE;
use crate::diag::{Code, Finding, Level, Tally};
use crate::source::{FileId, Place, Sources};

/// Findings that say the same of the same words.
#[derive(Debug)]
pub struct Alike<'a> {
    /// The first of them, in the order they are printed.
    pub first: &'a Finding,
    /// The places of the others, in order.
    pub again: Vec<Place>,
}

/// Puts findings together that have the same level, code, message, help and words at their place. Each
/// stands where the first of it stood.
#[must_use]
pub fn alike<'a>(findings: &'a [Finding], sources: &Sources) -> Vec<Alike<'a>> {
    let mut groups: Vec<Alike<'a>> = Vec::new();
    let mut by_what: FxHashMap<_, usize> = FxHashMap::default();
    for finding in findings {
        let diagnostic = &finding.diagnostic;
        let place = diagnostic.primary.place;
        let file = sources.get(place.file);
        let words = file.map_or("", |file| place.span.text(&file.text));
        let what = (
            (finding.level, diagnostic.code.id, words),
            (diagnostic.message.as_str(), diagnostic.help.as_deref()),
        );
        let next = groups.len();
        let at = *by_what.entry(what).or_insert(next);
        match groups.get_mut(at) {
            Some(group) => group.again.push(place),
            None => groups.push(Alike {
                first: finding,
                again: Vec::new(),
            }),
        }
    }
    groups
}

/// More places are counted, not named.
const NAMED: usize = 8;

/// The places of the others for people: `a.jalon:12, 40; b.jalon:3; and 5 more`.
pub(super) fn named(places: &[Place], sources: &Sources) -> String {
    let mut text = String::new();
    let mut last = None;
    let mut lines: Vec<(FileId, u32)> = places
        .iter()
        .map(|place| (place.file, sources.locate(*place).line))
        .collect();
    lines.dedup();
    for (file, line) in lines.iter().take(NAMED) {
        if last == Some(*file) {
            text += &format!(", {line}");
        } else {
            let between = if last.is_some() { "; " } else { "" };
            text += &format!("{between}{}:{line}", shown_path(sources.path(*file)));
        }
        last = Some(*file);
    }
    match lines.len().saturating_sub(NAMED) {
        0 => text,
        more => format!("{text}; and {more} more"),
    }
}

/// How many there are, for people: `2 errors, 1 warning`, with the number of places if one of them
/// stands at several: `1 error at 17 places`.
#[must_use]
pub fn tally(groups: &[Alike<'_>]) -> String {
    let count = |level| {
        let of_level = groups.iter().filter(|group| group.first.level == level);
        of_level.count()
    };
    let tally = Tally {
        errors: count(Level::Error),
        warnings: count(Level::Warn),
        notes: count(Level::Note),
    };
    let serious = || {
        groups
            .iter()
            .filter(|group| group.first.level > Level::Note)
    };
    let again: usize = serious().map(|group| group.again.len()).sum();
    match again {
        0 => tally.to_string(),
        again => format!("{tally} at {} places", again + serious().count()),
    }
}

/// Whether people read a finding in the line that ends a check, and not among the others: it says
/// how far the check went, whatever is written.
#[must_use]
pub fn is_closing(finding: &Finding) -> bool {
    const CLOSING: [&Code; 1] = [&UNANALYSED_PROMISE];
    finding.level == Level::Note && CLOSING.contains(&finding.diagnostic.code)
}
