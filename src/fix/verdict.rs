//! Whether a change made a project worse.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Wanted;
use super::choose::Candidate;
use crate::diag::codes::{config, template};
use crate::diag::{Code, Finding, Level};
use crate::pipeline::Checked;

/// Whether a finding of this code says that a text could not be read, so that more may be found
/// once it can be.
pub(super) fn is_about_syntax(code: &Code) -> bool {
    let unreadable = [
        &config::INVALID_TOML,
        &template::UNREADABLE_LIQUID,
        &template::UNCLOSED_TAG,
        &template::UNREADABLE_MARKUP,
    ];
    code.id.starts_with('S') || unreadable.contains(&code)
}

/// How many errors there are, and how many of them no fix answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    all: usize,
    unanswered: usize,
}

impl Count {
    fn is_more_than(self, before: Self) -> bool {
        self.all > before.all || self.unanswered > before.unanswered
    }
}

/// The errors of a project.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    /// Errors about what cannot be read, by file.
    syntax: BTreeMap<PathBuf, Count>,
    /// All others.
    others: Count,
    /// How often each finding is there that a fix answers.
    answered: BTreeMap<String, usize>,
}

impl Errors {
    /// The errors of a checked project.
    pub fn of(checked: &Checked, wanted: &Wanted) -> Self {
        let mut errors = Self::default();
        for finding in &checked.findings {
            let file = finding.diagnostic.primary.place.file;
            let path = checked.project.sources.path(file);
            let answered = is_answered(finding, wanted);
            if answered {
                let key = key(checked, finding);
                *errors.answered.entry(key).or_default() += 1;
            }
            if finding.level != Level::Error {
                continue;
            }
            let count = match is_about_syntax(finding.diagnostic.code) {
                true => errors.syntax.entry(path.to_path_buf()).or_default(),
                false => &mut errors.others,
            };
            count.all += 1;
            count.unanswered += usize::from(!answered);
        }
        errors
    }

    /// Whether fixes that led from `before` to this did not do what they promised: one of their
    /// findings is still there, or there are more errors than before, or more that no fix answers.
    ///
    /// Where more can be read than before, errors of another kind may come to light: they were there,
    /// and could not be seen.
    pub fn are_worse_than(&self, before: &Self, fixes: &[Candidate]) -> bool {
        let mut promised: BTreeMap<&str, usize> = BTreeMap::new();
        for fix in fixes {
            *promised.entry(&fix.key).or_default() += 1;
        }
        let count_in = |errors: &Self, key: &str| errors.answered.get(key).copied().unwrap_or(0);
        let kept = promised
            .iter()
            .any(|(key, fixed)| count_in(self, key) + fixed > count_in(before, key));
        let unreadable = self.syntax.iter().any(|(path, count)| {
            count.is_more_than(before.syntax.get(path).copied().unwrap_or_default())
        });
        let unread = |errors: &Self| errors.syntax.values().map(|count| count.all).sum::<usize>();
        let more_is_read = unread(self) < unread(before);
        kept || unreadable || (!more_is_read && self.others.is_more_than(before.others))
    }
}

/// Whether a fix that may be made answers a finding.
fn is_answered(finding: &Finding, wanted: &Wanted) -> bool {
    let fix = finding.diagnostic.fix.as_ref();
    fix.is_some_and(|fix| wanted.allows(fix))
}

/// The finding as people would tell it from others: its line, and what it says.
pub(super) fn key(checked: &Checked, finding: &Finding) -> String {
    let sources = &checked.project.sources;
    let found = &finding.diagnostic;
    let place = found.primary.place;
    let (path, line) = (sources.path(place.file), sources.locate(place).line);
    format!(
        "{}:{line} {} {}",
        path.display(),
        found.code.id,
        found.message
    )
}
