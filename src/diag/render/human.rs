//! Findings for people: the message, the places in their lines, what to do.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, ThemeCharacters, ThemeStyles,
};

use super::snippet::{Printable, Snippets, prepare};
use super::{heading, printable};
use crate::diag::{Finding, Label, Level};
use crate::source::Sources;

/// How findings look on the medium they are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used.
    pub color: bool,
    /// Whether lines are drawn with box characters, or with ASCII.
    pub unicode: bool,
    /// The width in columns that text is wrapped at.
    pub width: usize,
}

/// Renders the findings of one project.
#[derive(Debug)]
pub struct Human<'a> {
    sources: &'a Sources,
    style: Style,
    texts: Printable<'a>,
}

impl<'a> Human<'a> {
    /// A renderer for findings in these sources.
    #[must_use]
    pub fn new(sources: &'a Sources, style: Style) -> Self {
        Self {
            sources,
            style,
            texts: Printable::default(),
        }
    }

    /// One finding, with an empty line after it.
    ///
    /// # Errors
    /// None in practice: writing to a text does not fail.
    pub fn render(&mut self, finding: &Finding) -> Result<String, fmt::Error> {
        prepare(&mut self.texts, &finding.diagnostic, self.sources);
        let report = Report::new(finding, self.sources, &self.texts);
        let mut text = String::new();
        self.handler(finding).render_report(&mut text, &report)?;
        // miette indents the first line; ours starts with the heading, where an eye looks for it.
        let text: String = text
            .trim_start_matches([' ', '\n'])
            .lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect();
        Ok(text + "\n")
    }

    fn handler(&self, finding: &Finding) -> GraphicalReportHandler {
        let heading = format!("{}:", heading(finding.level, &finding.diagnostic));
        let mut characters = if self.style.unicode {
            ThemeCharacters::unicode()
        } else {
            ThemeCharacters::ascii()
        };
        characters.error.clone_from(&heading);
        characters.warning.clone_from(&heading);
        characters.advice = heading;
        let mut styles = if self.style.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        };
        if self.style.color {
            styles.error = styles.error.bold();
            styles.warning = styles.warning.bold();
            styles.advice = styles.advice.bold();
        }
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(self.style.width)
            .with_links(false)
            .without_cause_chain()
            .without_syntax_highlighting()
            .with_break_words(false)
    }
}

/// A finding as miette sees it.
#[derive(Debug)]
struct Report<'a> {
    message: String,
    help: Option<String>,
    severity: Severity,
    snippets: Snippets<'a>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Report<'a> {
    fn new(finding: &Finding, sources: &'a Sources, texts: &'a Printable<'_>) -> Self {
        let diagnostic = &finding.diagnostic;
        let snippets = Snippets::of(diagnostic, sources, texts);
        let label = |label: &Label, primary: bool| {
            let span = snippets.span(label.place)?;
            let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
            let text = text.map(|text| printable(text).into_owned());
            Some(if primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            })
        };
        let labels = std::iter::once(label(&diagnostic.primary, true))
            .chain(diagnostic.others.iter().map(|other| label(other, false)))
            .flatten()
            .collect();
        Self {
            message: printable(&diagnostic.message).into_owned(),
            help: diagnostic
                .help
                .as_deref()
                .map(|help| printable(help).into_owned()),
            severity: match finding.level {
                Level::Error => Severity::Error,
                Level::Warn => Severity::Warning,
                Level::Note | Level::Allow => Severity::Advice,
            },
            snippets,
            labels,
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }
    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.snippets)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
