//! Slips of the hand: a word of the language that is misspelled, or stands there twice.
//!
//! Most of them are seen one word late: `in lsat 60 days` reads until `60`. The answer is about the
//! word that was meant.

use super::meant::Line;
use super::{finding, quoted, rewrite, words};
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Diagnostic, Fix, nearest};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// Nobody mistypes a longer word of the language.
const LONGEST: usize = 24;

/// The words that begin what is missing.
fn wanted(rule: Rule, around: Rule) -> &'static [&'static str] {
    match rule {
        Rule::no_always => &["always"],
        Rule::no_and => &["and"],
        Rule::no_as => &["as"],
        Rule::no_at_most => &["at"],
        Rule::no_by => &["by"],
        Rule::no_claim => &["ends", "costs"],
        Rule::no_day => &["day"],
        Rule::no_else => &["skip", "delay"],
        Rule::no_enter => &["on", "when", "every"],
        Rule::no_every_year => &["every"],
        Rule::no_for => &["for"],
        Rule::no_from => &["from"],
        Rule::no_leave => &["when", "on"],
        Rule::no_most => &["most"],
        Rule::no_of => &["of"],
        Rule::no_on => &["on"],
        Rule::no_people => &["people"],
        Rule::no_per => &["per"],
        Rule::no_reenter => &["never", "always", "after"],
        Rule::no_refused => &["refused"],
        Rule::no_text if around == Rule::template => &["file"],
        Rule::no_than => &["than"],
        Rule::no_those_already => &["those"],
        Rule::no_time => &["time"],
        Rule::no_times => &["times"],
        Rule::no_to => &["to"],
        Rule::no_up_to => &["up"],
        Rule::no_via => &["via"],
        Rule::no_wins => &["wins"],
        Rule::no_within => &["within"],
        _ => &[],
    }
}

/// A missing word that stands there misspelled: the word behind the gap, with something behind it
/// that could follow the right one.
pub(super) fn in_gap(
    lower: &Lower<'_>,
    rule: Rule,
    around: Rule,
    what: &str,
    next: (usize, usize),
) -> Option<Diagnostic> {
    let written = lower.text.get(next.0..next.1)?;
    let words = wanted(rule, around);
    if words.contains(&written) || !starts_word(written) {
        return None;
    }
    let behind = lower.text.get(next.1..)?.split('\n').next()?.trim_start();
    let last = matches!(
        rule,
        Rule::no_reenter
            | Rule::no_else
            | Rule::no_refused
            | Rule::no_time
            | Rule::no_times
            | Rule::no_wins
            | Rule::no_people
    );
    let goes_on = behind.starts_with(|c: char| c == '"' || c == '(' || c.is_alphanumeric());
    let meant = nearest(written, words.iter().copied()).filter(|_| goes_on || last)?;
    let span = lower.range(next.0, next.1);
    Some(slip(
        lower,
        &codes::MISSING_PART,
        span,
        meant,
        &format!("expected {what}, found {}", quoted(written)),
    ))
}

/// A slip in the line of a word that cannot stand where it does: the word before it, or itself.
pub(super) fn in_line(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    twice(lower, line)
        .or_else(|| itself(lower, line))
        .or_else(|| before(lower, line))
}

/// A part of the statement with a letter too many, too few or another, or in capitals.
fn itself(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let word = line.word();
    let parts = match line.before().ends_with(']') {
        // `gifts: [Gift] by Gift.member`
        true => &["by"],
        false => words::of_statement(line.keyword()),
    };
    if !starts_word(word) || word.len() > LONGEST || parts.contains(&word) {
        return None;
    }
    let plain = word.to_lowercase();
    let near = |part: &&&str| match plain == ***part {
        true => true,
        false => plain.len() > 2 && strsim::osa_distance(&plain, part) == 1,
    };
    let meant = parts.iter().find(near)?;
    let span = lower.range(line.from, line.to);
    let message = format!("{} cannot stand here", quoted(word));
    Some(slip(lower, &codes::UNEXPECTED, span, meant, &message))
}

/// The same word once more.
fn twice(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, previous) = line.previous();
    let word = line.word();
    let gap = line.text.get(at + previous.len()..line.from)?;
    if previous != word || !starts_item(word) || gap.is_empty() || !gap.trim().is_empty() {
        return None;
    }
    Some(repeated(lower, (at + previous.len(), line.from, line.to)))
}

/// A word that stands twice: the end of the first, and where the second lies.
pub(super) fn repeated(lower: &Lower<'_>, (end, from, to): (usize, usize, usize)) -> Diagnostic {
    let span = lower.range(from, to);
    let message = format!("{} stands here twice", quoted(lower.source(span)));
    let help = "remove one of the two";
    let place = lower.range(end, to).in_file(lower.file);
    finding(lower, &codes::UNEXPECTED, span, message, help).fix(Fix::safe(help, place, ""))
}

/// A word that was read as a name, so that what follows it cannot stand there.
fn before(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, previous) = line.previous();
    let head = line.text.get(line.start..at)?.trim_end();
    let word = line.word();
    let words: &[&str] = if head.ends_with(" in") && word.starts_with(|c: char| c.is_ascii_digit())
    {
        &["last"]
    } else if head.ends_with("expect") && starts_word(word) {
        &["sent", "refused", "resting", "left", "not"]
    } else if head.ends_with("wait") && word.starts_with(|c: char| c.is_alphanumeric()) {
        &["until", "up"]
    } else if line.keyword() == "enter" {
        return direction(lower, line);
    } else {
        return None;
    };
    if words.contains(&previous) {
        return None;
    }
    let meant = nearest(previous, words.iter().copied())?;
    let span = lower.range(at, at + previous.len());
    Some(slip(
        lower,
        &codes::UNEXPECTED,
        span,
        meant,
        &format!("{} cannot stand here", quoted(previous)),
    ))
}

/// `enter every year 3 days beforee member.birth_date`
fn direction(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let mut at = line.from;
    let rest = line.text.get(line.from..)?.split('\n').next()?;
    for word in rest.split(' ').take(4) {
        if let Some(meant) = nearest(word, ["before", "after"]) {
            let span = lower.range(at, at + word.len());
            let message = format!("{} cannot stand here", quoted(word));
            return Some(slip(lower, &codes::UNEXPECTED, span, meant, &message));
        }
        at += word.len() + 1;
    }
    None
}

/// Whether the block of a step that begins with a word is one of arms, if the word is misspelled.
pub(super) fn has_arms(word: &str, known: &[&str]) -> bool {
    let meant = nearest(word, known.iter().copied());
    meant.is_some_and(|meant| matches!(meant, "match" | "split" | "wait"))
}

/// `meant` in the place of what stands at `span`.
fn slip(
    lower: &Lower<'_>,
    code: &'static Code,
    span: Span,
    meant: &'static str,
    message: &str,
) -> Diagnostic {
    let written = lower.source(span);
    let fix = rewrite::near(lower, written, span, [meant]);
    let (message, help) = match written.to_lowercase() == meant {
        true => (
            format!("`{written}` cannot stand here: the words of the language are in lower case"),
            format!("write `{meant}`"),
        ),
        false => (message.to_owned(), format!("did you mean `{meant}`?")),
    };
    finding(lower, code, span, message, help).fix_if(fix)
}

fn starts_word(word: &str) -> bool {
    word.starts_with(unicode_ident::is_xid_start)
}

fn starts_item(word: &str) -> bool {
    word.starts_with(unicode_ident::is_xid_continue)
}
