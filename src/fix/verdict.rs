//! Whether a change made a project worse.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diag::codes::{config, template};
use crate::diag::{Code, Level};
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

/// How many errors a project has.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    /// Errors about what cannot be read, by file.
    syntax: BTreeMap<PathBuf, usize>,
    /// All others.
    others: usize,
}

impl Errors {
    /// The errors of a checked project.
    pub fn of(checked: &Checked) -> Self {
        let mut errors = Self::default();
        for finding in &checked.findings {
            if finding.level != Level::Error {
                continue;
            }
            if is_about_syntax(finding.diagnostic.code) {
                let file = finding.diagnostic.primary.place.file;
                let path = checked.project.sources.path(file).to_path_buf();
                *errors.syntax.entry(path).or_default() += 1;
            } else {
                errors.others += 1;
            }
        }
        errors
    }

    /// Whether there are more errors than before.
    ///
    /// No file may have more of what cannot be read. Other errors may appear only if a fix of what
    /// could not be read was among the changes: they were there, and could not be seen.
    pub fn are_worse_than(&self, before: &Self, about_syntax: bool) -> bool {
        let more = |(path, count): (&PathBuf, &usize)| {
            *count > before.syntax.get(path).copied().unwrap_or(0)
        };
        self.syntax.iter().any(more) || (!about_syntax && self.others > before.others)
    }
}
