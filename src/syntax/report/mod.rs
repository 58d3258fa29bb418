//! Every finding of the parser, in the words of a user.
//!
//! What the grammar marks as missing is reported by `missing`, what it could not read by `junk`,
//! brackets by `brackets`, what comes from other languages by `habits`. After the first finding
//! about the structure of a line, others on that line are left out: they follow from it.

mod amend;
mod borrowed;
mod brackets;
mod comments;
mod connected;
mod dangling;
mod dates;
mod doubled;
mod fields;
mod foreign;
mod forms;
mod habits;
mod junk;
mod listed;
mod meant;
mod missing;
mod numbers;
mod order;
mod phrases;
mod platforms;
mod quota;
mod rewrite;
mod slips;
mod units;
mod words;
mod wrapped;

pub(super) use amend::misplaced_slot;
pub(super) use dates::{as_helped, bad_time, date_help, day_first, slashed_date};
pub(super) use habits::{
    argument_with_equals, backticks, bad_is, chained, compared_with_null, decimal_comma,
    equals_in_set, foreign_operator, foreign_quotes, foreign_word, glued, reserved,
    unclosed_block_text, unclosed_text,
};
pub(super) use junk::behind;
pub(super) use meant::glued_to_text;
pub(super) use order::{behind_steps, in_block};

use super::ast::{Expr, ExprKind, Name};
use super::grammar::Rule;
use super::lower::{Kids, Lower, Node};
use crate::diag::codes::syntax as codes;
use crate::diag::did_you_mean;
use crate::diag::{Code, Diagnostic, Edit, Fix, Safety};
use crate::source::Span;

use super::scan::{MAX_DECLARATION, Piece};

pub(super) use super::scan::MAX_DEPTH;

/// What was already said about a piece.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The line of the last finding about structure: its first byte and the one after its last.
    line: Option<(usize, usize)>,
    /// Whether a brace that is missing was reported: others follow from it.
    braces: bool,
    /// Whether a text that is never closed was reported: it may have swallowed brackets.
    text: bool,
    /// How many brackets that are never closed were reported; each costs a look at all before it.
    brackets: usize,
    /// Where the last junk ended.
    junk_end: Option<usize>,
    /// A `{` that the scan suspects to be the one that was not closed.
    suspect: Option<u32>,
    /// A `}` that the scan suspects to be one too many.
    orphan: Option<u32>,
    /// Whether a `{` that stands twice was reported: the block inside follows from it.
    doubled: bool,
    /// Whether the piece ends where it was cut, and not where the declaration does.
    cut: bool,
    /// Whether a `(` was reported that stands for a `{`: its `)` follows from it.
    parens: bool,
    /// Whether a block behind a colon was reported: a habit, which is said once.
    colons: bool,
    /// Whether a part of a content was reported outside of its channel.
    slots: bool,
    /// The findings that are said once for a piece, and by what.
    groups: Vec<(&'static str, usize)>,
}

impl State {
    /// Nothing said yet about a piece that is parsed up to `end`.
    pub fn of(piece: &Piece, end: u32) -> Self {
        Self {
            suspect: piece.suspect,
            orphan: piece.orphan,
            cut: end < piece.span.end,
            ..Self::default()
        }
    }
}

/// A declaration that is nested too deeply or too long.
pub(super) fn limits(lower: &mut Lower<'_>, piece: &Piece) {
    if let Some(at) = piece.too_deep {
        let found = finding(
            lower,
            &codes::TOO_DEEP,
            Span::new(at, at + 1),
            format!("brackets and operators are nested more than {MAX_DEPTH} deep here"),
            "split the expression into measures and segments, or the journey into several",
        );
        lower.push(found);
    } else if piece.span.len() > MAX_DECLARATION {
        let found = finding(
            lower,
            &codes::DECLARATION_TOO_LARGE,
            Span::new(piece.span.start, piece.span.start + 1),
            format!(
                "this declaration is larger than {} MB",
                MAX_DECLARATION >> 20
            ),
            "split it; large contents belong in template files",
        );
        lower.push(found);
    }
}

/// So many characters that were read over are hardly each a part of another mistake.
const MANY: usize = 32;

/// Characters that were read over: the first of a piece is reported.
pub(super) fn skipped(lower: &mut Lower<'_>, spans: &[Span]) {
    // Another fix may replace it with what is around it.
    let changed = |span: &Span| {
        let fixes = lower.found.iter().filter_map(|found| found.fix.as_deref());
        let mut edits = fixes.flat_map(|fix| &fix.edits).map(|edit| edit.place.span);
        edits.any(|edit| edit.start <= span.start && span.end <= edit.end)
    };
    let left: Vec<Span>;
    let spans = if spans.len() < MANY && spans.iter().any(changed) {
        left = spans
            .iter()
            .filter(|span| !changed(span))
            .copied()
            .collect();
        &left
    } else {
        spans
    };
    let Some(span) = spans.first() else {
        return;
    };
    let (message, help) = match lower.source(*span).chars().next() {
        None | Some(';') => (
            "`;` means nothing here".to_owned(),
            "remove it: a statement ends where the next one starts",
        ),
        Some(c) => (
            match c {
                '\u{a0}' | '\u{202f}' => format!(
                    "this is not a plain space, but one that does not break lines, U+{:04X}",
                    u32::from(c)
                ),
                _ => format!("this is not a plain space, but U+{:04X}", u32::from(c)),
            },
            "write a plain space",
        ),
    };
    let fix = skipped_away(lower, spans);
    let mut found = finding(lower, &codes::STRAY_CHARACTER, *span, message, help);
    found.fix = fix.map(Box::new);
    lower.push(found);
}

/// Removes every `;` and makes every foreign white space a plain one. What lies between the pieces
/// has no other meaning, so all of them are changed at once.
fn skipped_away(lower: &Lower<'_>, spans: &[Span]) -> Option<Fix> {
    let edit = |span: &Span| {
        let mut text: String = lower
            .source(*span)
            .chars()
            .filter(|c| *c != ';')
            .map(|_| ' ')
            .collect();
        let behind = lower.whole.get(span.end as usize..).unwrap_or("");
        if text.is_empty() && behind.starts_with(|c: char| !c.is_whitespace() && c != ';') {
            text.push(' ');
        }
        Edit {
            place: span.in_file(lower.file),
            text,
        }
    };
    let title = match lower.source(*spans.first()?).starts_with(';') {
        true => "remove it: a statement ends where the next one starts",
        false => "write a plain space",
    };
    Some(Fix {
        title: title.to_owned(),
        safety: Safety::Safe,
        edits: spans.iter().map(edit).collect(),
    })
}

/// Whether a rule marks something missing or something that could not be read.
pub(super) fn is_stray(rule: Rule) -> bool {
    missing::word(rule).is_some() || junk::is_junk(rule)
}

/// Reports a marker or junk; says nothing about other nodes.
pub(super) fn stray<'a>(lower: &mut Lower<'a>, node: &Node<'a>, within: &Kids<'a>) {
    let at = node.as_span().start();
    if lower.state.cut
        && lower
            .text
            .get(at..)
            .is_none_or(|rest| rest.trim().is_empty())
    {
        return;
    }
    match node.as_rule() {
        Rule::no_close => brackets::unclosed_brace(lower, at),
        Rule::no_paren => brackets::unclosed(lower, at, b'('),
        Rule::no_bracket => brackets::unclosed(lower, at, b'['),
        rule if junk::is_junk(rule) => junk::report(lower, node, within),
        rule => {
            if let Some(what) = missing::word(rule) {
                missing::report(lower, rule, what, at, within.rule);
            }
        }
    }
}

/// A piece that the grammar could not read at all.
pub(super) fn unread(lower: &mut Lower<'_>, error: &pest::error::Error<Rule>) {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let span = lower.range(at, at);
    lower.report(
        &codes::UNEXPECTED,
        span,
        "this declaration cannot be read from here on",
    );
}

impl State {
    /// Whether the line that ends at `at` has a finding about structure.
    fn ends_before(&self, at: usize) -> bool {
        self.line.is_some_and(|(_, end)| end == at)
    }

    /// Whether the line of `at` has a finding about structure already.
    fn covers(&self, at: usize) -> bool {
        self.line
            .is_some_and(|(start, end)| start <= at && at < end)
    }
}

/// A finding about structure: left out if the line has one already.
fn structural(lower: &mut Lower<'_>, diagnostic: Diagnostic) {
    let at = diagnostic
        .primary
        .place
        .span
        .start
        .saturating_sub(lower.base) as usize;
    if lower.state.covers(at) {
        return;
    }
    cover(lower, at);
    lower.push(diagnostic);
}

/// Leaves out what else would be said about the structure of the line of `at`.
fn cover(lower: &mut Lower<'_>, at: usize) {
    let bytes = lower.text.as_bytes();
    let before = bytes.get(..at).unwrap_or_default();
    let after = bytes.get(at..).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |i| i + 1);
    let end = at + memchr::memchr(b'\n', after).map_or(after.len(), |i| i + 1);
    lower.state.line = Some((start, end.max(at + 1)));
}

/// A habit that is said once in a piece: the next places become labels of the first finding, and
/// its fix changes them all.
fn group(lower: &mut Lower<'_>, habit: &'static str, diagnostic: Diagnostic) {
    /// How many more places are shown.
    const SHOWN: usize = 5;
    let first = lower.state.groups.iter().find(|(key, _)| *key == habit);
    let Some(first) = first.and_then(|(_, index)| lower.found.get_mut(*index)) else {
        lower.state.groups.push((habit, lower.found.len()));
        lower.push(diagnostic);
        return;
    };
    if first.others.len() < SHOWN {
        let place = diagnostic.primary.place;
        *first = first.clone().other(place, "and here");
    }
    if let (Some(fix), Some(more)) = (&mut first.fix, diagnostic.fix) {
        fix.edits.extend(more.edits);
    }
}

/// A finding with its help.
fn finding(
    lower: &Lower<'_>,
    code: &'static Code,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(code, span.in_file(lower.file), message).help(help)
}

/// The user's text for a message: in backticks, cut if it is long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or("").trim_end();
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() || line.len() < text.trim_end().len() {
        short.push('…');
    }
    format!("`{short}`")
}

/// A part that stands twice.
pub(super) fn twice(lower: &mut Lower<'_>, span: Span) {
    let written = lower.source(span);
    let word = written.split_whitespace().next().unwrap_or(written);
    let found = finding(
        lower,
        &codes::REPEATED_PART,
        span,
        format!("{} stands twice in one statement", quoted(word)),
        "keep one of them",
    );
    lower.push(found);
}

/// A path or a run of postfix operators that is too long.
pub(super) fn too_deep_path<'a>(lower: &mut Lower<'a>, node: &Node<'a>) {
    let span = lower.span(node);
    let found = finding(
        lower,
        &codes::TOO_DEEP,
        Span::new(span.start, span.start + 1),
        format!("this path has more than {MAX_DEPTH} parts"),
        "shorten it",
    );
    structural(lower, found);
}

/// `never a, b with c`.
pub(super) fn one_journey(lower: &mut Lower<'_>, names: &[Name]) {
    if let Some(name) = names.last() {
        let found = finding(
            lower,
            &codes::UNEXPECTED,
            name.span,
            "`with` joins one journey and another",
            "write one claim for each pair: `never JOURNEY with JOURNEY`",
        );
        lower.push(found);
    }
}

/// An `enter` without its `at`.
pub(super) fn no_entry_time(lower: &mut Lower<'_>, span: Span) -> Expr {
    let found = finding(
        lower,
        &codes::MISSING_PART,
        span,
        "this entry does not say at which time of the day",
        "add it, as in `at 09:00`",
    );
    structural(lower, found);
    Expr {
        kind: ExprKind::Broken,
        span,
    }
}

/// `best by` without `after`.
pub(super) fn best_without_after(lower: &mut Lower<'_>, span: Span) -> Expr {
    let found = finding(
        lower,
        &codes::MISSING_PART,
        span,
        "`best by` does not say after how long the winner is chosen",
        "add it, as in `best by clicked after 3 days`",
    );
    structural(lower, found);
    Expr {
        kind: ExprKind::Broken,
        span,
    }
}

/// `permit` without `by`.
pub(super) fn no_basis(lower: &mut Lower<'_>, span: Span) {
    let found = finding(
        lower,
        &codes::MISSING_PART,
        span,
        "this `permit` does not say on which basis",
        "add it, as in `by consent`",
    );
    structural(lower, found);
}

/// A word of `enter every` that is not a day of the week.
pub(super) fn weekday(lower: &mut Lower<'_>, name: &Name) {
    let days = super::lower::WEEKDAYS;
    if days.contains(&name.as_str()) {
        return;
    }
    let help = did_you_mean(
        name.as_str(),
        days.into_iter().chain(["day", "month", "year"]),
    )
    .unwrap_or_else(|| {
        "write `every day`, `every monday`, `every month on day 1` or `every year on DATE`"
            .to_owned()
    });
    let message = format!("`{}` is not something that comes round", name.text);
    let words = days.into_iter().chain(["day", "month", "year"]);
    let fix = rewrite::near(lower, name.as_str(), name.span, words);
    let found = finding(lower, &codes::UNKNOWN_STATEMENT, name.span, message, help).fix_if(fix);
    structural(lower, found);
}

/// A day of the month that does not exist.
pub(super) fn month_day(lower: &mut Lower<'_>, span: Span) {
    let found = finding(
        lower,
        &codes::BAD_NUMBER,
        span,
        format!("{} is not a day of a month", quoted(lower.source(span))),
        "write a day from 1 to 31",
    );
    lower.push(found);
}

/// A label before something that is not a step.
pub(super) fn unlabelled(lower: &mut Lower<'_>, label: Option<&Name>) {
    if let Some(label) = label {
        let message = format!(
            "the label `{}` stands before something else than a step",
            label.text
        );
        let found = finding(
            lower,
            &codes::MISPLACED_PART,
            label.span,
            message,
            "remove the label",
        );
        let behind = rewrite::rest_of_line(lower, label.span.end);
        let blank = behind.len() - behind.trim_start().len();
        let fix = behind.trim_start().starts_with(':').then(|| {
            let end = label.span.end + u32::try_from(blank + 1).unwrap_or(0);
            rewrite::remove(lower, "remove the label", Span::new(label.span.start, end))
        });
        let found = found.fix_if(fix);
        lower.push(found);
    }
}

/// More behind `wait until monday at 09:00`.
pub(super) fn next_day_only(lower: &mut Lower<'_>, span: Span) {
    let found = finding(
        lower,
        &codes::UNEXPECTED,
        span,
        "a wait for the next such day cannot be late, so it takes neither `within` nor a block",
        "remove them, or wait until a date",
    );
    lower.push(found);
}

/// An event as a statement without parentheses: it must be alone on its line.
pub(super) fn bare_event(lower: &mut Lower<'_>, event: &Expr) {
    let ExprKind::Name(name) = &event.kind else {
        return;
    };
    let from = event.span.start.saturating_sub(lower.base) as usize;
    let to = event.span.end.saturating_sub(lower.base) as usize;
    if junk::unknown_unit(lower, from, to) {
        return;
    }
    let rest = lower.text.get(to..).unwrap_or("");
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    let alone = rest.is_empty() || rest.starts_with(['\n', '}']) || rest.starts_with("//");
    if !alone {
        let known = words::of_block(Rule::test_body);
        let help = did_you_mean(name.as_str(), known.iter().copied())
            .unwrap_or_else(|| "write an event with its fields: `EVENT(field: value)`".to_owned());
        let message = format!("{} is not known in a test", quoted(name.as_str()));
        let fix = rewrite::near(lower, name.as_str(), event.span, known.iter().copied());
        let found =
            finding(lower, &codes::UNKNOWN_STATEMENT, event.span, message, help).fix_if(fix);
        structural(lower, found);
    }
}

/// The length of a text as a distance in a file.
fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
