//! Findings as a Code Quality report, which GitLab shows in a merge request.
//!
//! The form is the part of the Code Climate format that GitLab reads
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>): a list of
//! issues, each with a description, a name, a severity, a place and a fingerprint. GitLab compares
//! the fingerprints of two branches, and shows only one of two issues that have the same.

use serde::Serialize;

use super::fingerprint::{Identities, digest, hex};
use super::{Report, printable};
use crate::diag::{Finding, Level};

/// One issue.
#[derive(Debug, Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// A list with an issue for each finding, in one line each; an empty list if there is none.
///
/// A fingerprint is made from the path, the code, the message and the text of the line, so it stays
/// when lines are added above; those of one report all differ.
///
/// # Errors
/// None in practice: every value here has a form in JSON.
pub fn gitlab(report: &Report<'_>) -> Result<String, serde_json::Error> {
    let mut identities = Identities::default();
    let mut text = String::from("[");
    for (number, finding) in report.findings.iter().enumerate() {
        text += if number == 0 { "\n  " } else { ",\n  " };
        text += &serde_json::to_string(&issue(finding, report, &mut identities))?;
    }
    text += if report.findings.is_empty() {
        "]\n"
    } else {
        "\n]\n"
    };
    Ok(text)
}

fn issue<'a>(finding: &'a Finding, report: &Report<'_>, identities: &mut Identities) -> Issue<'a> {
    let diagnostic = &finding.diagnostic;
    let place = diagnostic.primary.place;
    let path = report.root.shown(report.sources.path(place.file));
    let identity = identities.of(diagnostic, report.sources);
    let (start, end) = report.lines(place);
    // GitLab shows it in one line.
    let mut said = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        said += &format!("; help: {help}");
    }
    Issue {
        description: printable(&said).replace(['\n', '\r'], " "),
        check_name: diagnostic.code.name,
        fingerprint: hex(digest([path.as_str(), &identity])),
        severity: match finding.level {
            Level::Error => "major",
            Level::Warn => "minor",
            Level::Note | Level::Allow => "info",
        },
        location: Location {
            path,
            lines: Lines {
                begin: start.line,
                end: end.line,
            },
        },
    }
}
