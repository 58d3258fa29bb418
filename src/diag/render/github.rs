//! Findings as workflow commands of GitHub Actions, which become annotations of a pull request.
//!
//! The form is that of `@actions/core`: `::error file=a,line=1,title=t::message`. GitHub shows ten
//! errors, ten warnings and ten notices of one step; all of them stand in its log.

use super::{Report, printable};
use crate::diag::{Finding, Level};
use crate::source::LineColumn;

/// One command a finding, one a line.
///
/// Paths are relative to the root of the repository. Columns count UTF-16 units and are given only
/// where a place lies in one line, since GitHub takes them only there.
#[must_use]
pub fn github(report: &Report<'_>) -> String {
    let mut text: String = report
        .findings
        .iter()
        .map(|finding| command(finding, report))
        .collect();
    if report.hidden > 0 {
        let more = format!("{} more; `--max-diagnostics 0` prints all", report.hidden);
        text += &format!("::notice title=jalon::{}\n", message(&more));
    }
    text
}

/// The command for a run that could not be done, which has no place.
#[must_use]
pub fn github_failure(what: &str, help: Option<&str>) -> String {
    let mut said = what.to_owned();
    if let Some(help) = help {
        said += &format!("\nhelp: {help}");
    }
    format!("::error title=jalon::{}\n", message(&said))
}

fn command(finding: &Finding, report: &Report<'_>) -> String {
    let diagnostic = &finding.diagnostic;
    let place = diagnostic.primary.place;
    let path = report.root.shown(report.sources.path(place.file));
    let (start, end) = report.lines(place);
    let mut properties = format!("file={},line={}", property(&path), start.line);
    if start.line == end.line {
        properties += &format!(
            ",endLine={},col={},endColumn={}",
            end.line, start.column, end.column
        );
    } else {
        properties += &format!(",endLine={}", end.line);
    }
    let code = diagnostic.code;
    let title = format!("{} {}", code.id, code.name);
    let level = match finding.level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Note | Level::Allow => "notice",
    };
    let mut said = diagnostic.message.clone();
    for other in &diagnostic.others {
        let path = report.root.shown(report.sources.path(other.place.file));
        let (LineColumn { line, .. }, _) = report.lines(other.place);
        said += &format!("\n{path}:{line}: {}", other.text);
    }
    if let Some(help) = &diagnostic.help {
        said += &format!("\nhelp: {help}");
    }
    format!(
        "::{level} {properties},title={}::{}\n",
        property(&title),
        message(&said)
    )
}

/// A text after the `::`: one line, and no escape that was not meant.
fn message(text: &str) -> String {
    printable(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value among the properties, which end at `,` and `:`.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
