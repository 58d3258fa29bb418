//! Findings about data: lines of a file of rows or events, which are no source.

use std::path::Path;

use super::Console;
use crate::diag::render;
use crate::diag::{Code, Level};

impl Console {
    /// Prints findings about lines of a data file, each in one line like the concise format, and
    /// how many more there are than it may print.
    pub fn line_findings(&self, code: &Code, path: &Path, findings: &[(u64, String)]) {
        let shown = findings.get(..self.limit()).unwrap_or(findings);
        for (line, what) in shown {
            self.located(code, &format!("{}:{line}", path.display()), what);
        }
        let hidden = findings.len() - shown.len();
        if hidden > 0 {
            self.say(&format!(
                "  and {hidden} more like these; `--max-diagnostics 0` prints all"
            ));
        }
    }

    /// Prints a finding about a data file as a whole.
    pub fn plain_finding(&self, code: &Code, path: &Path, what: &str) {
        self.located(code, &path.display().to_string(), what);
    }

    fn located(&self, code: &Code, place: &str, what: &str) {
        let (word, color) = match code.level {
            Level::Error => ("error", anstyle::AnsiColor::Red),
            _ => ("warning", anstyle::AnsiColor::Yellow),
        };
        let head = self.paint(&format!("{word}[{} {}]", code.id, code.name), color);
        // What the data say must not steer the terminal, nor look like another line.
        let what = what.replace(['\n', '\r', '\t'], " ");
        let what = render::printable(&what);
        self.say(&format!("{place}: {head}: {what}"));
    }
}
