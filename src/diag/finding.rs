//! The findings of a whole run, with the levels that count, in the order people read them.

use std::path::Path;

use super::{Diagnostic, Diagnostics, Level, Levels, articles};
use crate::source::Sources;

/// A diagnostic and the level that it has in this project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How serious it is here. Never [`Level::Allow`].
    pub level: Level,
    /// What was found.
    pub diagnostic: Diagnostic,
}

/// How many findings there are of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

/// Gives each diagnostic its level, drops what is allowed and what was said twice, and orders
/// the rest by path, place and code.
///
/// The order does not depend on the order in which the stages, or the files, were worked on.
#[must_use]
pub fn settle(diagnostics: Diagnostics, sources: &Sources, levels: &Levels) -> Vec<Finding> {
    let mut findings: Vec<Finding> = diagnostics
        .into_vec()
        .into_iter()
        .map(|diagnostic| Finding {
            level: levels.of(diagnostic.code),
            diagnostic: articles::righted(diagnostic),
        })
        .filter(|finding| finding.level != Level::Allow)
        .collect();
    findings.sort_by(|a, b| key(a, sources).cmp(&key(b, sources)));
    findings.dedup();
    findings
}

type Key<'a> = (&'a Path, u32, &'static str, &'a str, u32);

fn key<'a>(finding: &'a Finding, sources: &'a Sources) -> Key<'a> {
    let place = finding.diagnostic.primary.place;
    (
        sources.path(place.file),
        place.span.start,
        finding.diagnostic.code.id,
        &finding.diagnostic.message,
        place.span.end,
    )
}

impl Tally {
    /// Counts the findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|f| f.level == level).count();
        Self {
            errors: count(Level::Error),
            warnings: count(Level::Warn),
            notes: count(Level::Note),
        }
    }
}

/// `2 errors, 1 warning`; `no problems` if there is nothing to count. Notes are not problems.
impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.errors, self.warnings) {
            (0, 0) => f.write_str("no problems"),
            (errors, 0) => f.write_str(&counted(errors, "error")),
            (0, warnings) => f.write_str(&counted(warnings, "warning")),
            (errors, warnings) => {
                let errors = counted(errors, "error");
                write!(f, "{errors}, {}", counted(warnings, "warning"))
            }
        }
    }
}

/// `1 file`, `12 files`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
