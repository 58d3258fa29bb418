//! Which fixes are made in a round: those that may be made, and do not get in each other's way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{Wanted, verdict};
use crate::diag::codes::syntax::INVALID_UTF8;
use crate::diag::{Code, Edit, Finding, Fix};
use crate::pipeline::Checked;
use crate::source::{FileId, Span};

/// A fix, with what must be known of it when the project is another.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The file of the finding.
    pub path: PathBuf,
    /// The line of the finding, from 1.
    pub line: u32,
    pub code: &'static Code,
    /// The finding as people would tell it from others.
    pub key: String,
    pub title: String,
    pub edits: Vec<Edit>,
    /// The file of each edit.
    pub paths: Vec<PathBuf>,
}

/// The fixes of a round, in the order of their findings. What cannot be read goes first: what
/// else is found in a text may be another thing once it can be read.
pub(super) fn choose(
    checked: &Checked,
    wanted: &Wanted,
    refused: &BTreeSet<String>,
) -> Vec<Candidate> {
    let findings = &checked.findings;
    let unfaithful: BTreeSet<FileId> = findings
        .iter()
        .filter(|finding| finding.diagnostic.code == &INVALID_UTF8)
        .map(|finding| finding.diagnostic.primary.place.file)
        .collect();
    let mut candidates: Vec<Candidate> = findings
        .iter()
        .filter_map(|finding| {
            let fix = finding.diagnostic.fix.as_deref()?;
            let whole = !fix.edits.is_empty()
                && fix
                    .edits
                    .iter()
                    .all(|edit| !unfaithful.contains(&edit.place.file));
            if !wanted.allows(fix) || !whole {
                return None;
            }
            candidate(checked, finding, fix)
        })
        .filter(|one| match &wanted.files {
            Some(files) => one.paths.iter().all(|path| files.contains(path)),
            None => true,
        })
        .filter(|one| !refused.contains(&one.key))
        .collect();
    if candidates
        .iter()
        .any(|one| verdict::is_about_syntax(one.code))
    {
        candidates.retain(|one| verdict::is_about_syntax(one.code));
    }
    let mut taken = Taken::default();
    candidates.retain(|one| taken.take(&one.edits));
    candidates
}

fn candidate(checked: &Checked, finding: &Finding, fix: &Fix) -> Option<Candidate> {
    let sources = &checked.project.sources;
    let diagnostic = &finding.diagnostic;
    let mut differs = false;
    let paths = fix.edits.iter().map(|edit| {
        let Span { start, end } = edit.place.span;
        let file = sources.get(edit.place.file)?;
        differs |= file.text.get(start as usize..end as usize)? != edit.text;
        Some(file.path.clone())
    });
    let paths = paths.collect::<Option<_>>()?;
    // A fix that changes nothing would be made again and again.
    differs.then(|| Candidate {
        key: verdict::key(checked, finding),
        path: sources.path(diagnostic.primary.place.file).to_path_buf(),
        line: sources.locate(diagnostic.primary.place).line,
        code: diagnostic.code,
        title: fix.title.clone(),
        edits: fix.edits.clone(),
        paths,
    })
}

/// What is already changed in a round: the end of each place by its start.
#[derive(Debug, Default)]
struct Taken(BTreeMap<FileId, BTreeMap<u32, u32>>);

impl Taken {
    /// Takes the places of a fix, all or none: none if one of them meets what is taken.
    fn take(&mut self, edits: &[Edit]) -> bool {
        for (number, edit) in edits.iter().enumerate() {
            if !self.is_free(edit) {
                // What this fix itself took before is given back.
                for edit in edits.iter().take(number) {
                    if let Some(places) = self.0.get_mut(&edit.place.file) {
                        places.remove(&edit.place.span.start);
                    }
                }
                return false;
            }
            let places = self.0.entry(edit.place.file).or_default();
            places.insert(edit.place.span.start, edit.place.span.end);
        }
        true
    }

    /// Two places meet if they share a byte, or touch where one of them is an insertion: which of
    /// two texts would come first is nowhere said.
    fn is_free(&self, edit: &Edit) -> bool {
        let span = edit.place.span;
        let Some(places) = self.0.get(&edit.place.file) else {
            return true;
        };
        let meets = |(start, end): (&u32, &u32)| match span.is_empty() || start == end {
            true => *start <= span.end && span.start <= *end,
            false => *start < span.end && span.start < *end,
        };
        // What is taken lies apart, so only the last two that start before the end can meet it.
        let mut before = places.range(..=span.end).rev().take(2);
        !before.any(meets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u32, end: u32) -> Edit {
        Edit {
            place: Span::new(start, end).in_file(FileId(0)),
            text: String::new(),
        }
    }

    #[test]
    fn what_overlaps_is_left_for_the_next_round() {
        let mut taken = Taken::default();
        assert!(taken.take(&[edit(4, 8)]));
        for (start, end) in [
            (4, 8),
            (0, 5),
            (7, 9),
            (5, 6),
            (0, 20),
            (4, 4),
            (8, 8),
            (6, 6),
        ] {
            assert!(!taken.take(&[edit(start, end)]), "{start}..{end}");
        }
        assert!(taken.take(&[edit(8, 10)]));
        assert!(taken.take(&[edit(2, 4)]));
        assert!(taken.take(&[edit(12, 12)]));
        assert!(!taken.take(&[edit(12, 12)]));
        assert!(!taken.take(&[edit(12, 14)]));
        assert!(!taken.take(&[edit(11, 12)]));
    }

    #[test]
    fn a_fix_is_taken_whole_or_not_at_all() {
        let mut taken = Taken::default();
        assert!(taken.take(&[edit(10, 12)]));
        assert!(!taken.take(&[edit(0, 2), edit(11, 13)]));
        assert!(taken.take(&[edit(0, 2)]));
        assert!(!taken.take(&[edit(20, 22), edit(21, 23)]));
        assert!(taken.take(&[edit(20, 22)]));
    }
}
