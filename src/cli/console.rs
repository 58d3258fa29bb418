//! What the program says, and where: results, findings, progress.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line owns the terminal and the variables that describe it"
)]

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};

use super::{Color, Failure, Format, Globals, Outcome};
use crate::diag::render::{self, Human, Style};
use crate::diag::{Code, Finding, Level, Tally, counted};
use crate::pipeline::Checked;
use crate::source::Sources;

/// How many findings are printed for people when nothing else is said.
const SHOWN: usize = 100;
/// The narrowest and widest text, and the width where there is no terminal.
const WIDTHS: std::ops::RangeInclusive<usize> = 80..=120;
const WIDTH: usize = 100;

/// The two streams of the program, and how to write to them.
///
/// A reader that has gone away (`jalon check | head`) is not an error: what is left is dropped.
#[derive(Debug)]
pub struct Console {
    globals: Globals,
    style: Style,
    closed: bool,
}

impl Console {
    /// Looks at the terminal and the variables that describe it.
    #[must_use]
    pub fn new(globals: &Globals) -> Self {
        match globals.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
        let color = match AutoStream::choice(&io::stderr()) {
            ColorChoice::Never => false,
            ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        };
        Self {
            globals: globals.clone(),
            style: Style {
                color,
                unicode: !io::stderr().is_terminal() || terminal_knows_unicode(),
                width: width(),
            },
            closed: false,
        }
    }

    /// Whether progress may be shown: people watch, and read the findings as they come.
    #[must_use]
    pub fn shows_progress(&self) -> bool {
        self.globals.format == Format::Human && io::stderr().is_terminal()
    }

    /// Whether warnings fail the command.
    #[must_use]
    pub const fn denies_warnings(&self) -> bool {
        self.globals.deny_warnings
    }

    /// The width in columns for text that people read.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.style.width
    }

    /// Writes a result to standard output, as it is.
    ///
    /// # Errors
    /// Standard output cannot be written, for another reason than that its reader went away.
    pub fn result(&mut self, text: &str) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::new(format!(
                "standard output cannot be written: {error}"
            ))),
        }
    }

    /// Writes a result in which ANSI colours are dropped unless standard output shows them.
    ///
    /// # Errors
    /// As for [`Console::result`].
    pub fn styled_result(&mut self, text: &str) -> Result<(), Failure> {
        match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => self.result(&anstream::adapter::strip_str(text).to_string()),
            ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => self.result(text),
        }
    }

    /// Writes a line for people to standard error.
    pub fn say(&self, line: &str) {
        // Nobody is left to be told when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

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

    /// How many findings are printed for people.
    const fn limit(&self) -> usize {
        match self.globals.max_diagnostics {
            None => SHOWN,
            Some(0) => usize::MAX,
            Some(limit) => limit,
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

    /// Prints why the work could not be done.
    pub fn failure(&self, failure: &Failure) {
        let error = self.paint("error:", anstyle::AnsiColor::Red);
        self.say(&format!("{error} {}", failure.message));
        if let Some(help) = &failure.help {
            let word = self.paint("help:", anstyle::AnsiColor::Cyan);
            self.say(&format!("  {word} {help}"));
        }
    }

    /// Prints the findings of `check`, whose machine formats are its result.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn check_result(
        &mut self,
        checked: &Checked,
        findings: &[Finding],
    ) -> Result<Outcome, Failure> {
        let text = self.text(findings, &checked.project.sources)?;
        if self.globals.format == Format::Human {
            let _ = io::stderr().lock().write_all(text.as_bytes());
            let files = counted(checked.project.files.len(), "file");
            self.say(&format!("checked {files}: {}", Tally::of(findings)));
            self.point_to_fixes(findings);
            self.point_to_page(findings);
        } else {
            self.result(&text)?;
        }
        Ok(self.outcome(findings))
    }

    /// Prints findings on standard error, in any format: the result is something else. In the
    /// human format a line counts them, if there are any.
    ///
    /// # Errors
    /// None in practice.
    pub fn findings(
        &mut self,
        findings: &[Finding],
        sources: &Sources,
    ) -> Result<Outcome, Failure> {
        if !findings.is_empty() || self.globals.format == Format::Json {
            let text = self.text(findings, sources)?;
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
        let tally = Tally::of(findings);
        if self.globals.format == Format::Human && tally.errors + tally.warnings > 0 {
            self.say(&tally.to_string());
            self.point_to_fixes(findings);
            self.point_to_page(findings);
        }
        Ok(self.outcome(findings))
    }

    /// Says how to have fixed what a program can fix.
    fn point_to_fixes(&self, findings: &[Finding]) {
        if let Some(line) = render::fixable(findings) {
            self.say(&line);
        }
    }

    /// Says how to read more about the most serious finding.
    fn point_to_page(&self, findings: &[Finding]) {
        let worst = findings.iter().rev().max_by_key(|finding| finding.level);
        if let Some(finding) = worst.filter(|finding| finding.level > Level::Note) {
            let name = finding.diagnostic.code.name;
            let command = self.paint(&format!("jalon explain {name}"), anstyle::AnsiColor::Cyan);
            self.say(&format!("to see what to write instead: {command}"));
        }
    }

    /// What the findings mean for the exit code.
    #[must_use]
    pub fn outcome(&self, findings: &[Finding]) -> Outcome {
        let is_error = |finding: &&Finding| finding.level == Level::Error;
        if findings
            .iter()
            .filter(is_error)
            .any(|finding| finding.diagnostic.code.id.starts_with('G'))
        {
            return Outcome::Misconfigured;
        }
        let tally = Tally::of(findings);
        if tally.errors > 0 || (self.globals.deny_warnings && tally.warnings > 0) {
            return Outcome::Findings;
        }
        Outcome::Clean
    }

    /// The findings in the chosen format.
    fn text(&self, findings: &[Finding], sources: &Sources) -> Result<String, Failure> {
        let limit = match (self.globals.format, self.globals.max_diagnostics) {
            (Format::Json, None) => usize::MAX,
            _ => self.limit(),
        };
        let shown = findings.get(..limit).unwrap_or(findings);
        let hidden = findings.len() - shown.len();
        let mut text = match self.globals.format {
            Format::Human => {
                let mut human = Human::new(sources, self.style);
                let each = shown.iter().map(|finding| human.render(finding));
                each.collect::<Result<String, _>>().map_err(unprintable)?
            }
            Format::Concise => shown
                .iter()
                .map(|finding| render::concise(finding, sources))
                .collect(),
            Format::Json => return render::json(shown, sources).map_err(unprintable),
        };
        if hidden > 0 {
            text += &format!("and {hidden} more; `--max-diagnostics 0` prints all\n");
        }
        Ok(text)
    }

    fn paint(&self, text: &str, color: anstyle::AnsiColor) -> String {
        if !self.style.color {
            return text.to_owned();
        }
        let style = color.on_default().bold();
        format!("{style}{text}{style:#}")
    }
}

fn unprintable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("the findings cannot be printed: {error}"))
}

/// The width of the terminal, kept between bounds where text reads well.
fn width() -> usize {
    terminal_size::terminal_size_of(io::stderr())
        .or_else(|| terminal_size::terminal_size_of(io::stdout()))
        .map_or(WIDTH, |(columns, _)| {
            usize::from(columns.0).clamp(*WIDTHS.start(), *WIDTHS.end())
        })
}

/// Whether the variables of the terminal say that it can show box characters.
fn terminal_knows_unicode() -> bool {
    if cfg!(windows) {
        return true;
    }
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    if set("TERM").is_some_and(|term| term == "dumb" || term == "linux") {
        return false;
    }
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(set)
        .is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
}
