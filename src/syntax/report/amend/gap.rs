//! Where something is missing, and the line around it.

use super::LONGEST;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// Where something is missing: between two tokens.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax::report) struct Gap<'a> {
    /// What is missing.
    pub rule: Rule,
    /// What it is a part of.
    pub around: Rule,
    /// The token before, as offsets in the piece.
    pub before: (usize, usize),
    /// The token behind, on the same line or not.
    pub next: (usize, usize),
    /// The text of the piece.
    pub text: &'a str,
}

impl<'a> Gap<'a> {
    pub fn new(
        lower: &Lower<'a>,
        rule: Rule,
        around: Rule,
        before: (usize, usize),
        next: (usize, usize),
    ) -> Self {
        Self {
            rule,
            around,
            before,
            next,
            text: lower.text,
        }
    }

    /// The token before the gap.
    pub fn previous(&self) -> &'a str {
        self.text.get(self.before.0..self.before.1).unwrap_or("")
    }

    /// The token behind the gap.
    pub fn word(&self) -> &'a str {
        self.text.get(self.next.0..self.next.1).unwrap_or("")
    }

    /// The line up to the gap, from its first word on.
    pub fn head(&self) -> &'a str {
        let head = self.text.get(..self.before.1).unwrap_or("");
        let start = memchr::memrchr(b'\n', head.as_bytes()).map_or(0, |i| i + 1);
        head.get(start..).unwrap_or("").trim_start()
    }

    /// What stands behind the gap on its line, without a comment.
    pub fn tail(&self) -> &'a str {
        let tail = self.text.get(self.before.1..).unwrap_or("");
        let line = tail.split('\n').next().unwrap_or("");
        line.split("//").next().unwrap_or(line).trim()
    }

    /// The statement before the gap, behind its label or the brace that it stands in.
    pub fn statement(&self) -> &'a str {
        self.head().rsplit(['{', '}']).next().unwrap_or("").trim()
    }

    /// Whether the token behind the gap stands on the line of the one before it.
    pub fn on_line(&self) -> bool {
        let between = self.text.get(self.before.1..self.next.0);
        !self.word().is_empty() && between.is_some_and(|between| !between.contains('\n'))
    }

    /// The whole statement with what stands behind it on its line, and where it begins.
    pub fn whole(&self) -> (usize, &'a str) {
        let start = self.before.1 - self.statement().len();
        let rest = self.text.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        (start, line.split("//").next().unwrap_or(line).trim_end())
    }

    /// What stands behind the token behind the gap, on its line.
    pub fn behind_word(&self) -> &'a str {
        let rest = self.text.get(self.next.1..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        line.split("//").next().unwrap_or(line).trim_end()
    }

    /// The line with `text` in the place of the token behind the gap, if it is short.
    pub fn line_instead(&self, text: &str) -> Option<String> {
        let line = format!("{} {text} {}", self.head(), self.behind_word().trim_start());
        (line.len() <= LONGEST).then(|| line.trim_end().to_owned())
    }

    /// The line with `text` in the gap, if it is short.
    pub fn line_with(&self, text: &str) -> Option<String> {
        let space = if text.starts_with([':', ',']) {
            ""
        } else {
            " "
        };
        let line = format!("{}{space}{text} {}", self.head(), self.tail());
        let line = line.trim_end();
        (line.len() <= LONGEST).then(|| line.to_owned())
    }
}
