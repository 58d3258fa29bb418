//! Findings as SARIF 2.1.0, which GitHub code scanning and editors read.
//!
//! The format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. What GitHub takes
//! of it: at most 25,000 results in a run and 1,000 places in a result. More are left out, the
//! least serious first, and the file says how many.

mod fingerprint;
mod rules;
mod shapes;

use std::collections::BTreeMap;

use super::report::Uri;
use super::{Report, printable};
use crate::diag::{Code, Finding, Fix, Label, Level, Safety, counted};
use crate::source::{FileId, Place};
use fingerprint::Fingerprints;
use shapes::{
    ArtifactChange, ArtifactLocation, BaseIds, Described, Driver, FixProperties, Invocation,
    Location, Log, Message, Notification, PhysicalLocation, Region, Replacement, Run, SarifFix,
    SarifResult, Tool,
};

/// The most results that GitHub takes of a run.
const MOST_RESULTS: usize = 25_000;
/// The most places that GitHub takes of a result, its main one included.
const MOST_PLACES: usize = 1_000;
/// The name that paths are relative to.
const BASE: &str = "SRCROOT";
/// The published schema of the format.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// All findings as one SARIF log with one run, and how many had to be left out.
///
/// `home` is the address of Jalon's repository, if it has one: pages of codes are linked below it.
///
/// # Errors
/// None in practice: every value here has a form in JSON.
pub fn sarif(
    report: &Report<'_>,
    home: Option<&str>,
) -> Result<(String, usize), serde_json::Error> {
    let shown = most_serious(report.findings);
    let left_out = report.findings.len() - shown.len();
    let rules: BTreeMap<&str, (usize, &'static Code)> = {
        let codes: BTreeMap<&str, &'static Code> = shown
            .iter()
            .map(|finding| (finding.diagnostic.code.id, finding.diagnostic.code))
            .collect();
        let numbered = codes.into_iter().enumerate();
        numbered
            .map(|(index, (id, code))| (id, (index, code)))
            .collect()
    };
    let mut writer = Writer {
        report,
        rules: &rules,
        fingerprints: Fingerprints::default(),
    };
    let results = shown.iter().map(|finding| writer.result(finding)).collect();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "jalon",
                    full_name: concat!("Jalon ", env!("CARGO_PKG_VERSION")),
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: home,
                    rules: rules
                        .values()
                        .map(|(_, code)| rules::rule(code, home))
                        .collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                exit_code: report.exit_code,
                tool_execution_notifications: notifications(report.hidden, left_out),
            }],
            original_uri_base_ids: BaseIds {
                root: Described {
                    description: Message::new("the root of the repository"),
                },
            },
            column_kind: "utf16CodeUnits",
            results,
        }],
    };
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok((text, left_out))
}

/// As many findings as GitHub takes, the most serious ones, in their order.
fn most_serious(findings: &[Finding]) -> Vec<&Finding> {
    let mut numbered: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
    if numbered.len() > MOST_RESULTS {
        numbered.sort_by_key(|(number, finding)| (std::cmp::Reverse(finding.level), *number));
        numbered.truncate(MOST_RESULTS);
        numbered.sort_by_key(|(number, _)| *number);
    }
    numbered.into_iter().map(|(_, finding)| finding).collect()
}

/// What the reader of the file must know about what is not in it.
fn notifications(hidden: usize, left_out: usize) -> Vec<Notification> {
    let mut said = Vec::new();
    if left_out > 0 {
        said.push(format!(
            "{} left out: a run of GitHub code scanning has {MOST_RESULTS} results at most",
            counted(left_out, "finding")
        ));
    }
    if hidden > 0 {
        said.push(format!(
            "{} not printed: `--max-diagnostics 0` prints all",
            counted(hidden, "finding")
        ));
    }
    let said = said.into_iter().map(|text| Notification {
        level: "warning",
        message: Message::new(&text),
    });
    said.collect()
}

struct Writer<'a> {
    report: &'a Report<'a>,
    rules: &'a BTreeMap<&'a str, (usize, &'static Code)>,
    fingerprints: Fingerprints,
}

impl Writer<'_> {
    fn result(&mut self, finding: &Finding) -> SarifResult {
        let diagnostic = &finding.diagnostic;
        let code = diagnostic.code;
        let mut text = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            text += &format!("\nhelp: {help}");
        }
        let related = diagnostic.others.iter().take(MOST_PLACES - 1);
        let fixes = diagnostic.fix.as_deref().map(|fix| self.fix(fix));
        SarifResult {
            rule_id: code.id,
            rule_index: self.rules.get(code.id).map_or(0, |(index, _)| *index),
            level: level(finding.level),
            message: Message::new(&text),
            locations: [self.location(&diagnostic.primary, None)],
            related_locations: (1..)
                .zip(related)
                .map(|(id, label)| self.location(label, Some(id)))
                .collect(),
            partial_fingerprints: self.fingerprints.of(diagnostic, self.report.sources),
            fixes: fixes.into_iter().collect(),
        }
    }

    fn location(&self, label: &Label, id: Option<u32>) -> Location {
        Location {
            id,
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(label.place.file),
                region: self.region(label.place),
            },
            message: (!label.text.is_empty()).then(|| Message::new(&label.text)),
        }
    }

    fn artifact(&self, file: FileId) -> ArtifactLocation {
        match self.report.root.uri(self.report.sources.path(file)) {
            Uri::Inside(uri) => ArtifactLocation {
                uri,
                uri_base_id: Some(BASE),
            },
            Uri::Outside(uri) => ArtifactLocation {
                uri,
                uri_base_id: None,
            },
        }
    }

    fn region(&self, place: Place) -> Region {
        let (start, end) = self.report.lines(place);
        Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    /// The change, its replacements by file in the order of the first of each.
    fn fix(&self, fix: &Fix) -> SarifFix {
        let mut changes: indexmap::IndexMap<FileId, Vec<Replacement>> = indexmap::IndexMap::new();
        for edit in &fix.edits {
            changes
                .entry(edit.place.file)
                .or_default()
                .push(Replacement {
                    deleted_region: self.region(edit.place),
                    inserted_content: shapes::Content {
                        text: edit.text.clone(),
                    },
                });
        }
        SarifFix {
            description: Message::new(&fix.title),
            artifact_changes: changes
                .into_iter()
                .map(|(file, replacements)| ArtifactChange {
                    artifact_location: self.artifact(file),
                    replacements,
                })
                .collect(),
            properties: FixProperties {
                safety: match fix.safety {
                    Safety::Safe => "safe",
                    Safety::Unsafe => "unsafe",
                },
            },
        }
    }
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Note | Level::Allow => "note",
    }
}

impl Message {
    fn new(text: &str) -> Self {
        Self {
            text: printable(text).into_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
