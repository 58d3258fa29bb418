//! Findings for people: the message, the places in their lines, what to do.

use std::fmt;

use anstyle::AnsiColor;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, ThemeCharacters, ThemeStyles};
use unicode_width::UnicodeWidthStr;

use super::alike::{self, Alike};
use super::snippet::{Printable, Snippets, prepare};
use super::{fixes, heading, printable, wrap};
use crate::diag::{Finding, Fix, Level};
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
        let diagnostic = &finding.diagnostic;
        let heading = format!("{}:", heading(finding.level, diagnostic));
        let painted = self.paint(&heading, level_color(finding.level));
        let mut text = self.prose(&diagnostic.message, (&painted, heading.width()), "  ");
        text += &self.snippets(finding)?;
        let fix = diagnostic.fix.as_deref();
        let mut said = false;
        if let Some(help) = &diagnostic.help {
            let does_it = fix.filter(|fix| fixes::says(help, &fix.title));
            said = does_it.is_some();
            text += &self.advice("help:", help, does_it);
        }
        if let Some(fix) = fix.filter(|_| !said) {
            text += &self.advice("fix:", &fix.title, Some(fix));
        }
        text.push('\n');
        Ok(text)
    }

    /// A finding and the other places of which the same is said, with an empty line after it.
    ///
    /// # Errors
    /// As for [`Human::render`].
    pub fn render_alike(&mut self, group: &Alike<'_>) -> Result<String, fmt::Error> {
        let mut text = self.render(group.first)?;
        if !group.again.is_empty() {
            text.pop();
            text += &self.advice("also:", &alike::named(&group.again, self.sources), None);
            text.push('\n');
        }
        Ok(text)
    }

    /// What to do, and whether a program can.
    fn advice(&self, word: &str, prose: &str, fix: Option<&Fix>) -> String {
        let first = format!("  {}", self.paint(word, AnsiColor::Cyan));
        let wide = word.width() + 2;
        let rest = " ".repeat(wide + 1);
        match fix {
            Some(fix) => {
                let prose = format!("{prose} {}", fixes::mark(fix));
                self.prose(&prose, (&first, wide), &rest)
            }
            None => self.prose(prose, (&first, wide), &rest),
        }
    }

    /// A word in colour, then prose.
    fn prose(&self, prose: &str, (word, wide): (&str, usize), rest: &str) -> String {
        let first = format!("{word} ");
        wrap(
            &printable(prose),
            self.style.width,
            (&first, wide + 1),
            rest,
        )
    }

    fn paint(&self, text: &str, color: AnsiColor) -> String {
        if !self.style.color {
            return text.to_owned();
        }
        let style = color.on_default().bold();
        format!("{style}{text}{style:#}")
    }

    /// The lines that matter, with their labels: the part of a report that miette draws.
    fn snippets(&self, finding: &Finding) -> Result<String, fmt::Error> {
        let report = Report::new(finding, self.sources, &self.texts);
        let mut text = String::new();
        self.handler(finding.level, &report)
            .render_report(&mut text, &report)?;
        // Its first line is the message, which is empty here.
        let lines = text.lines().skip(1);
        Ok(lines.map(|line| format!("{}\n", line.trim_end())).collect())
    }

    fn handler(&self, level: Level, report: &Report<'_>) -> GraphicalReportHandler {
        let characters = if self.style.unicode {
            ThemeCharacters::unicode()
        } else {
            ThemeCharacters::ascii()
        };
        let mut styles = if self.style.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        };
        let main = match level {
            Level::Error => styles.error,
            Level::Warn => styles.warning,
            Level::Note | Level::Allow => styles.advice,
        };
        // miette gives the styles to the labels in the order of their offsets.
        let mut labels: Vec<&LabeledSpan> = report.labels.iter().collect();
        labels.sort_by_key(|label| label.offset());
        let style_of = |label: &&LabeledSpan| if label.primary() { main } else { styles.help };
        styles.highlights = labels.iter().map(style_of).collect();
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(self.style.width)
            .with_links(false)
            .without_cause_chain()
            .without_syntax_highlighting()
    }
}

const fn level_color(level: Level) -> AnsiColor {
    match level {
        Level::Error => AnsiColor::Red,
        Level::Warn => AnsiColor::Yellow,
        Level::Note | Level::Allow => AnsiColor::Blue,
    }
}

/// The places of a finding as miette sees them. What is said stands around them, in our words.
#[derive(Debug)]
struct Report<'a> {
    snippets: Snippets<'a>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Report<'a> {
    fn new(finding: &Finding, sources: &'a Sources, texts: &'a Printable<'_>) -> Self {
        let diagnostic = &finding.diagnostic;
        let (snippets, spans) = Snippets::of(diagnostic, sources, texts);
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.others);
        let labels = labels
            .zip(spans)
            .enumerate()
            .filter_map(|(number, (label, span))| {
                let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
                let text = text.map(|text| printable(text).into_owned());
                let labelled = if number == 0 {
                    LabeledSpan::new_primary_with_span
                } else {
                    LabeledSpan::new_with_span
                };
                Some(labelled(text, span?))
            })
            .collect();
        Self { snippets, labels }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.snippets)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
