//! Findings as Markdown, for the summary of a run and the comment on a pull request.
//!
//! GitHub takes 65,536 characters in a comment and 1 MiB in a summary, GitLab more. The text stays
//! below the least of them, with room for a line of somebody else's, and says what it left out.

mod escape;

use std::collections::BTreeSet;
use std::path::Path;

use super::report::Uri;
use super::{Report, level_word, page_address};
use crate::diag::{Finding, Level, Tally, counted};
use crate::source::FileId;
use escape::{code, prose};

/// The most bytes that are written; there are never more characters than bytes.
const MOST: usize = 60_000;
/// How many of them are kept for the heading and for what is said about the rest.
const FRAME: usize = 2_000;

/// Where a text links to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Links<'a> {
    /// The address of Jalon's repository, if it has one: codes link to their pages below it.
    pub home: Option<&'a str>,
    /// What stands before the path of a file in its address, if the checked repository has one.
    pub files: Option<&'a str>,
}

/// A heading that counts, and a table for each file with errors or warnings; notes are folded away.
///
/// At most 60,000 bytes: if there is more, the least serious findings are left out, and counted.
#[must_use]
pub fn markdown(report: &Report<'_>, links: Links<'_>) -> String {
    let writer = Writer { report, links };
    let rows = writer.fitting();
    let hidden = report.hidden + report.findings.len() - rows.len();
    let (notes, serious): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|(finding, _)| finding.level < Level::Warn);
    let mut text = writer.heading();
    text += &writer.tables(&serious);
    if !notes.is_empty() {
        let count = counted(notes.len(), "note");
        text += &format!("\n<details><summary>{count}</summary>\n");
        text += &writer.tables(&notes);
        text += "\n</details>\n";
    }
    if hidden > 0 {
        let left_out = counted(hidden, "finding");
        text += &format!(
            "\n**{left_out} left out here**; `jalon check --max-diagnostics 0` prints all.\n"
        );
    }
    if !serious.is_empty() {
        text += "\nTo see what to write instead, run `jalon explain` with the name of a code.\n";
    }
    text
}

/// A finding and its row.
type Row<'a> = (&'a Finding, String);

struct Writer<'a> {
    report: &'a Report<'a>,
    links: Links<'a>,
}

impl<'a> Writer<'a> {
    /// `### Jalon: 2 errors, 1 note in shop`
    fn heading(&self) -> String {
        let tally = Tally::of(self.report.findings);
        let mut text = format!("### Jalon: {tally}");
        if tally.notes > 0 {
            text += &format!(", {}", counted(tally.notes, "note"));
        }
        if self.report.hidden > 0 {
            text += " and more";
        }
        let mut files = self.report.sources.iter();
        let manifest = files.next().map(|(_, file)| file.path.as_path());
        let folder = manifest.and_then(Path::parent).unwrap_or(Path::new(""));
        let folder = self.report.root.shown(folder);
        if !folder.is_empty() {
            text += &format!(" in {}", code(&folder));
        }
        text + "\n"
    }

    /// The rows that fit, the most serious first if not all do, in the order of places.
    fn fitting(&self) -> Vec<Row<'a>> {
        let findings: &[Finding] = self.report.findings;
        let mut order: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
        order.sort_by_key(|(number, finding)| (std::cmp::Reverse(finding.level), *number));
        let mut left = MOST - FRAME;
        let mut opened = BTreeSet::new();
        let mut rows = Vec::new();
        for (number, finding) in order {
            let row = self.row(finding);
            let file = finding.diagnostic.primary.place.file;
            let mut size = row.len();
            // The notes of a file have a table of their own.
            if opened.insert((finding.level < Level::Warn, file)) {
                size += self.opening(file).len();
            }
            let Some(rest) = left.checked_sub(size) else {
                break;
            };
            left = rest;
            rows.push((number, (finding, row)));
        }
        rows.sort_by_key(|(number, _)| *number);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// A table for each file; rows of a file stand together.
    fn tables(&self, rows: &[Row<'_>]) -> String {
        let mut text = String::new();
        let mut before = None;
        for (finding, row) in rows {
            let file = finding.diagnostic.primary.place.file;
            if before.replace(file) != Some(file) {
                text += &self.opening(file);
            }
            text += row;
        }
        text
    }

    fn opening(&self, file: FileId) -> String {
        let path = self.report.root.shown(self.report.sources.path(file));
        format!(
            "\n{}\n\n| line | | what was found | code |\n| ---: | --- | --- | --- |\n",
            code(&path)
        )
    }

    fn row(&self, finding: &Finding) -> String {
        let diagnostic = &finding.diagnostic;
        let mut said = prose(&diagnostic.message);
        if let Some(help) = &diagnostic.help {
            said += &format!("<br>help: {}", prose(help));
        }
        let level = match finding.level {
            Level::Error => "**error**",
            other => level_word(other),
        };
        let name = code(diagnostic.code.name);
        let name = match self.links.home {
            Some(home) => format!("[{name}]({})", page_address(diagnostic.code, home)),
            None => name,
        };
        format!("| {} | {level} | {said} | {name} |\n", self.line(finding))
    }

    /// The line of a finding, which leads to it where the file has an address.
    fn line(&self, finding: &Finding) -> String {
        let place = finding.diagnostic.primary.place;
        let line = self.report.sources.locate(place).line;
        let path = self.report.sources.path(place.file);
        match (self.links.files, self.report.root.uri(path)) {
            (Some(before), Uri::Inside(path)) => format!("[{line}]({before}{path}#L{line})"),
            _ => line.to_string(),
        }
    }
}

#[cfg(test)]
mod tests;
