//! What the program says, and where: results, findings, progress.

mod findings;
mod lines;
mod repository;
mod terminal;

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use super::{Failure, Format, Globals, Sink, Targets};
use crate::diag::render::{Style, github_failure};

/// How many findings are printed for people when nothing else is said.
const SHOWN: usize = 100;

/// The two streams of the program, and how to write to them.
///
/// A reader that has gone away (`jalon check | head`) is not an error: what is left is dropped.
#[derive(Debug)]
pub struct Console {
    globals: Globals,
    targets: Targets,
    style: Style,
    closed: bool,
}

impl Console {
    /// Looks at the terminal and the variables that describe it.
    #[must_use]
    pub fn new(globals: &Globals, targets: Targets) -> Self {
        Self {
            globals: globals.clone(),
            targets,
            style: terminal::style(globals.color),
            closed: false,
        }
    }

    /// Whether progress may be shown: people watch, and read the findings as they come.
    #[must_use]
    pub fn shows_progress(&self) -> bool {
        self.speaks_to_people() && terminal::is_shown()
    }

    /// Whether findings are printed for people on standard error.
    #[must_use]
    pub fn speaks_to_people(&self) -> bool {
        self.targets
            .iter()
            .any(|target| target.format == Format::Human && target.sink == Sink::Error)
    }

    /// Whether a format was asked for.
    #[must_use]
    pub fn asks_for(&self, format: Format) -> bool {
        self.targets.iter().any(|target| target.format == format)
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
        self.raw(&format!("{line}\n"));
    }

    /// Writes a text to standard error, as it is.
    fn raw(&self, text: &str) {
        // Nobody is left to be told when standard error is closed.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Clears the terminal, if people watch one.
    pub fn clear(&self) {
        if self.shows_progress() {
            self.raw("\u{1b}[2J\u{1b}[3J\u{1b}[H");
        }
    }

    /// Refuses a format that is one whole document on a stream to which `option` writes many.
    ///
    /// # Errors
    /// There is one.
    pub fn refuse_documents(&self, option: &str) -> Result<(), Failure> {
        let is_document = |target: &&super::Target| {
            let whole = match target.format {
                Format::Human | Format::Concise | Format::Github => false,
                Format::Json
                | Format::Sarif
                | Format::Gitlab
                | Format::Junit
                | Format::Markdown => true,
            };
            whole && target.sink == Sink::Output
        };
        if self.targets.iter().any(|target| is_document(&target)) {
            return Err(Failure::new(format!(
                "`{option}` would print one document after the other"
            ))
            .help("write each to a file, which always holds the last: `--output FILE`"));
        }
        Ok(())
    }

    /// Prints why the work could not be done.
    pub fn failure(&self, failure: &Failure) {
        let error = self.paint("error:", anstyle::AnsiColor::Red);
        self.say(&format!("{error} {}", failure.message));
        if let Some(help) = &failure.help {
            let word = self.paint("help:", anstyle::AnsiColor::Cyan);
            self.say(&format!("  {word} {help}"));
        }
        // A run that could not be done has no findings, but must be seen all the same.
        let annotates = |target: &super::Target| {
            target.format == Format::Github && !matches!(target.sink, Sink::File(_))
        };
        if self.targets.iter().any(annotates) {
            let line = github_failure(&failure.message, failure.help.as_deref());
            let _ = io::stdout().lock().write_all(line.as_bytes());
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

    fn paint(&self, text: &str, color: anstyle::AnsiColor) -> String {
        if !self.style.color {
            return text.to_owned();
        }
        let style = color.on_default().bold();
        format!("{style}{text}{style:#}")
    }
}
