//! What a person meant who wrote a word where it cannot stand: habits of other languages and of
//! speech, seen from the line around the word.
//!
//! Only called for what could not be read, so a file without mistakes pays nothing.

mod amounts;
mod compared;
mod gaps;
mod parts;
mod rows;
mod signs;
mod texts;
mod waits;

use super::{comments, doubled, finding, listed, quoted, rewrite, slips};
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Diagnostic};
use crate::syntax::lower::Lower;

pub(super) use amounts::of_12_hours;
pub(super) use compared::{begins_with, behind_is};
pub(super) use signs::character;
pub(in crate::syntax) use texts::glued_to_text;

/// A word and the line around it, as offsets in the piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub start: usize,
    pub from: usize,
    pub to: usize,
    end: usize,
}

impl<'a> Line<'a> {
    /// The line around the word at `from..to`.
    pub fn around(text: &'a str, from: usize, to: usize) -> Self {
        let head = text.get(..from).unwrap_or("");
        let start = memchr::memrchr(b'\n', head.as_bytes()).map_or(0, |i| i + 1);
        let tail = text.get(to..).unwrap_or("");
        let line = tail.split('\n').next().unwrap_or("");
        let line = line.split("//").next().unwrap_or(line).trim_end();
        Self {
            text,
            start,
            from,
            to,
            end: to + line.len(),
        }
    }

    pub fn word(&self) -> &'a str {
        self.text.get(self.from..self.to).unwrap_or("")
    }

    /// What stands before the word, without the white space around it.
    pub fn before(&self) -> &'a str {
        self.text.get(self.start..self.from).unwrap_or("").trim()
    }

    /// What stands behind the word, without the white space around it.
    fn after(&self) -> &'a str {
        self.text.get(self.to..self.end).unwrap_or("").trim()
    }

    /// The word that ends right before this one, or with white space between, and where it begins.
    pub fn previous(&self) -> (usize, &'a str) {
        let head = self
            .text
            .get(self.start..self.from)
            .unwrap_or("")
            .trim_end();
        let rest = head.trim_end_matches(is_path);
        let word = head.get(rest.len()..).unwrap_or("");
        (self.start + rest.len(), word)
    }

    /// The date before the word.
    fn previous_date(&self) -> &'a str {
        self.before().rsplit(' ').next().unwrap_or("")
    }

    /// The next word and where it ends.
    fn next(&self) -> (&'a str, usize) {
        let tail = self.text.get(self.to..self.end).unwrap_or("");
        let rest = tail.trim_start();
        let length = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        (word, self.to + (tail.len() - rest.len()) + length)
    }

    /// The word that begins the statement, behind its label.
    pub fn keyword(&self) -> &'a str {
        super::words::keyword_of(self.before().rsplit(['{', '}']).next().unwrap_or(""))
    }
}

/// Whether a character may stand in a path like `member.first_name`.
fn is_path(c: char) -> bool {
    c == '.' || unicode_ident::is_xid_continue(c)
}

/// What was meant by the word at `from..to`, if that is known.
pub(super) fn in_line(lower: &Lower<'_>, from: usize, to: usize) -> Option<Diagnostic> {
    let line = Line::around(lower.text, from, to);
    comments::around(lower, lower.range(from, to))
        .or_else(|| slips::in_line(lower, &line))
        .or_else(|| texts::quote_inside(lower, &line))
        .or_else(|| rows::sql(lower, &line))
        .or_else(|| amounts::amount(lower, &line))
        .or_else(|| parts::part(lower, &line))
        .or_else(|| rows::rows(lower, &line))
        .or_else(|| waits::length(lower, &line))
        .or_else(|| joined(lower, &line))
        .or_else(|| compared::phrase(lower, &line))
        .or_else(|| gaps::before(lower, &line))
        .or_else(|| doubled::word(lower, from, to))
        .filter(|found| rewrite::says_something(lower, found))
}

/// A word or sign that joins the names of a list.
fn joined(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let lists = [
        "permit", "forbid", "limit", "never", "at", "weekend", "holidays", "holdout",
    ];
    let joins = ["and", "or", "et", "ou", "&", "+", "/", ";", "|", "||"].contains(&line.word());
    (joins && lists.contains(&line.keyword()))
        .then(|| listed::word(lower, line.start, line.from, line.end))?
}

/// The answer where one text surely takes the place of another.
fn instead(lower: &Lower<'_>, (from, to): (usize, usize), text: &str) -> Diagnostic {
    let written = lower.text.get(from..to).unwrap_or("");
    let message = format!("{} cannot stand here", quoted(written));
    as_write(lower, &codes::UNEXPECTED, (from, to), &message, text)
}

/// An answer of another kind, that shows what to write instead.
fn as_write(
    lower: &Lower<'_>,
    code: &'static Code,
    (from, to): (usize, usize),
    message: &str,
    text: &str,
) -> Diagnostic {
    rewrite::instead(lower, code, lower.range(from, to), message, text)
}

/// An answer that says what to do in words.
fn advice(
    lower: &Lower<'_>,
    (from, to): (usize, usize),
    message: &str,
    help: impl Into<String>,
) -> Diagnostic {
    let span = lower.range(from, to);
    finding(lower, &codes::UNEXPECTED, span, message, help)
}
