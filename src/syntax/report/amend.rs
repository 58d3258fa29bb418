//! What is missing, with the line as it would be right.

mod gap;
mod heads;
mod spoken;
mod values;

pub(super) use gap::Gap;
use heads::{header, name};
use values::{text, value};

use super::{
    connected, dangling, doubled, finding, listed, phrases, quota, rewrite, words, wrapped,
};
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// The longest line that is shown in a help.
const LONGEST: usize = 72;

/// A better answer than that something is missing, where what was meant is known.
pub(super) fn answer(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let (start, statement) = gap.whole();
    let found = phrases::meant(lower, start, statement)
        .or_else(|| doubled::at(lower, gap))
        .or_else(|| wrapped::value(lower, gap))
        .or_else(|| listed::names(lower, gap))
        .or_else(|| quota::meant(lower, gap))
        .or_else(|| meant_in(lower, gap))
        .or_else(|| spoken::meant(lower, gap))
        .or_else(|| dangling::before(lower, gap))
        .or_else(|| connected::instead(lower, gap))?;
    rewrite::says_something(lower, &found).then_some(found)
}

fn meant_in(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    match gap.rule {
        Rule::no_name => name(lower, gap),
        Rule::no_for | Rule::no_of | Rule::no_colon => header(lower, gap),
        Rule::no_open => block(lower, gap),
        Rule::no_value => value(lower, gap),
        Rule::no_text => text(lower, gap),
        Rule::no_and => window(lower, gap),
        Rule::no_claim if gap.previous() == "no" && gap.word() == "more" => {
            let message = "a promise does not begin with `no more than`";
            let end = gap.next.1
                + gap
                    .text
                    .get(gap.next.1..)?
                    .find("than")
                    .map_or(0, |i| i + 4);
            Some(write(
                lower,
                &codes::UNEXPECTED,
                (gap.before.0, end),
                message,
                "at most",
            ))
        }
        Rule::no_most if gap.head().starts_with("never") => {
            let span = lower.range(gap.before.0, gap.next.1);
            let message = "a claim says its hours";
            let help = "write them, as in `between 21:00 and 09:00`";
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        Rule::no_reenter => {
            let meant = match gap.word() {
                "yes" | "true" | "allowed" | "multiple" => "always",
                "no" | "false" | "once" => "never",
                _ => return None,
            };
            let message = format!("`reenter` does not take `{}`", gap.word());
            Some(write(lower, &codes::UNEXPECTED, gap.next, &message, meant))
        }
        _ => None,
    }
}

/// Something else in the place of what stands at `place`.
fn write(
    lower: &Lower<'_>,
    code: &'static Code,
    place: (usize, usize),
    message: &str,
    text: &str,
) -> Diagnostic {
    rewrite::instead(lower, code, lower.range(place.0, place.1), message, text)
}

/// What to do about a gap, with the line as it would be right.
pub(super) fn help(gap: &Gap<'_>) -> Option<String> {
    let word = match gap.rule {
        Rule::no_by => "by",
        Rule::no_equals if gap.word() == "{" => {
            return Some("write `=` and the condition behind it, without braces".to_owned());
        }
        Rule::no_equals => "=",
        Rule::no_colon if gap.around == Rule::purpose && gap.tail().is_empty() => {
            return Some(format!(
                "write its kind behind a colon, as in `{}: marketing`",
                gap.head()
            ));
        }
        Rule::no_colon if gap.around == Rule::purpose => ":",
        Rule::no_colon if gap.around == Rule::setting && gap.word() == "=" => {
            return Some(format!("write the type: `{}`", gap.line_with(": TYPE")?));
        }
        Rule::no_else => {
            return Some("write `delay` to send it later, or `skip` to leave it out".to_owned());
        }
        Rule::no_from if gap.tail().is_empty() => "from EVENT",
        Rule::no_within => "within 1 day",
        Rule::no_for if matches!(gap.around, Rule::subject_for) => "for",
        // The purpose is there, without the word before it.
        Rule::no_for if gap.tail().split_whitespace().nth(1) == Some("by") => "for",
        Rule::no_for => "for PURPOSE",
        Rule::no_of => "of",
        Rule::no_on => "on",
        Rule::no_up_to if gap.word().starts_with(|c: char| c.is_ascii_digit()) => "up to",
        Rule::no_up_to => "up to 3 times",
        Rule::no_enter if unicode_ident::is_xid_start(gap.word().chars().next()?) => {
            let path = first_path(gap.tail());
            return Some(format!(
                "write `enter on {path}` for an event, `enter when {path}` for a condition"
            ));
        }
        Rule::no_leave => {
            let path = first_path(gap.tail());
            let (way, rest) = match path.contains('.') {
                true => ("when", "; an event stands behind `leave on`"),
                false => ("on", "; a condition stands behind `leave when`"),
            };
            return Some(format!("write `{}`{rest}", gap.line_with(way)?));
        }
        Rule::no_reenter => "never",
        Rule::no_via => {
            return Some("say by which channel the list is filled, as in `via ads`".to_owned());
        }
        Rule::no_open if gap.around != Rule::steps => {
            return Some(format!("write `{}`", gap.line_with("{")?));
        }
        Rule::no_open => {
            return Some(format!(
                "write `{} {{`, and `}}` behind the steps",
                gap.statement()
            ));
        }
        rule => fixed_word(rule)?,
    };
    Some(format!("write `{}`", gap.line_with(word)?))
}

/// The word that is missing, where it is the same whatever stands around the gap.
pub(super) const fn fixed_word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::no_always => "always",
        Rule::no_and => "and",
        Rule::no_at_most => "at most",
        Rule::no_day => "day",
        Rule::no_every_year => "every year",
        Rule::no_from => "from",
        Rule::no_most => "most",
        Rule::no_people => "people",
        Rule::no_refused => "refused",
        Rule::no_than => "than",
        Rule::no_those_already => "those already",
        Rule::no_time => "time",
        Rule::no_times => "times",
        Rule::no_to => "to",
        Rule::no_wins => "wins",
        _ => return None,
    })
}

/// The path or word that a text begins with.
fn first_path(text: &str) -> &str {
    let end = text.find(|c| c != '.' && !unicode_ident::is_xid_continue(c));
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// A block that is opened otherwise than by `{`.
fn block(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let statement = gap.statement();
    let first = words::keyword_of(statement);
    let span = lower.range(gap.next.0, gap.next.1);
    if gap.around == Rule::steps
        && matches!(first, "enter" | "goal" | "leave" | "permit" | "forbid")
        && let Some(at) = statement.find(" if ")
    {
        let from = gap.before.1 - statement.len() + at + 1;
        let message = "`if` cannot stand here";
        return Some(write(
            lower,
            &codes::UNEXPECTED,
            (from, from + 2),
            message,
            "where",
        ));
    }
    if gap.around == Rule::steps
        && gap.on_line()
        && words::STEPS.contains(&gap.word())
        && !gap.tail().contains(['{', '}'])
    {
        // `else exit`, on one line.
        let tail = gap.tail();
        let end = lower.range(gap.next.0 + tail.len(), gap.next.0 + tail.len());
        let step = lower.range(gap.next.0, gap.next.0 + tail.len());
        let help = format!("write `{{ {tail} }}`");
        let message = "the steps of a block stand between `{` and `}`";
        let start = Span::at(step.start).in_file(lower.file);
        let fix = Fix::safe(help.clone(), start, "{ ").and(end.in_file(lower.file), " }");
        return Some(finding(lower, &codes::MISSING_PART, step, message, help).fix(fix));
    }
    match gap.word() {
        ":" if gap.tail().starts_with(':') => {
            lower.state.colons = true;
            let help = format!("write `{} {{`, and `}}` behind the steps", gap.head());
            let message = "a block stands between `{` and `}`, not behind a colon";
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        "(" if gap.tail().starts_with('(') => {
            lower.state.parens = true;
            let message = "a block stands between `{` and `}`, not between parentheses";
            let help = "write `{`, and `}` where it ends";
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        _ => None,
    }
}

/// `between 21:00-09:00`
fn window(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let statement = gap.statement();
    let times = statement.rsplit(' ').next()?;
    let (from, to) = times.split_once('-')?;
    if !from.contains(':') || !to.contains(':') {
        return None;
    }
    let place = (gap.before.1 - times.len(), gap.before.1);
    let message = "a window has `and` between its times";
    let text = format!("{from} and {to}");
    Some(write(lower, &codes::UNEXPECTED, place, message, &text))
}

/// Whether a block behind a colon was reported already: the others follow from the same habit.
pub(super) fn follows(lower: &Lower<'_>, gap: &Gap<'_>) -> bool {
    gap.rule == Rule::no_open && gap.word() == ":" && lower.state.colons
}

/// A part that belongs to a content: `subject` outside of its `email`.
pub(in crate::syntax) fn misplaced_slot(lower: &mut Lower<'_>, word: Span) -> bool {
    let name = lower.source(word);
    if !matches!(name, "subject" | "preheader" | "body" | "text") {
        return false;
    }
    if !lower.state.slots {
        lower.state.slots = true;
        let message = format!("`{name}` stands outside of the content of a channel");
        let help = format!("write it inside of the channel: `email {{ {name} ... }}`");
        let found = finding(lower, &codes::MISPLACED_PART, word, message, help);
        lower.push(found);
    }
    true
}
