//! Another word in the place of the one that is missing: `grant ... on`, `active from ... until`.
//!
//! The word that is wanted takes the place of what was written; put in before it, it would give a
//! line that nobody meant.

use super::{Gap, write};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;
use crate::syntax::report::{finding, rewrite};

/// What was meant by the word at the gap, if it is a word for the one that is missing.
pub(super) fn meant(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    match (gap.rule, gap.word()) {
        (Rule::no_from, "on" | "with" | "by" | "after" | "via" | "when" | "upon") => {
            Some(said(lower, gap, gap.next, "from"))
        }
        (Rule::no_from | Rule::no_to, _) if matches!(gap.previous(), "add" | "remove") => {
            listed(lower, gap)
        }
        (Rule::no_to, _) if gap.around == Rule::active => period(lower, gap),
        (Rule::no_else, "wait" | "postpone" | "defer" | "later" | "queue" | "hold") => {
            Some(perhaps(lower, gap, "delay"))
        }
        (Rule::no_else, "drop" | "discard" | "cancel" | "stop" | "exit") => {
            Some(perhaps(lower, gap, "skip"))
        }
        (Rule::no_enter, word) if days_before(gap, word).is_some() => {
            let (text, end) = days_before(gap, word)?;
            let place = (gap.next.0, end);
            let message = "a length of time before or after a date is written in words";
            Some(write(lower, &codes::UNEXPECTED, place, message, &text))
        }
        (Rule::no_enter, "daily") => Some(said(lower, gap, gap.next, "every day")),
        (Rule::no_enter, word) => {
            let help = match word {
                "weekly" => "write `every monday`, or another day of the week".to_owned(),
                "monthly" => "write `every month on day 1`, or another day".to_owned(),
                "yearly" | "annually" => "write `every year on DATE`".to_owned(),
                _ if word.starts_with(|c: char| c.is_ascii_digit()) => {
                    let mut words = gap.tail().split_whitespace();
                    let length = format!("{} {}", words.next()?, words.next()?);
                    format!("write `{length} before` or `{length} after`, and the date behind it")
                }
                _ => return None,
            };
            let span = lower.range(gap.next.0, gap.next.1);
            let message = format!("an entry does not begin with `{word}`");
            let message = match help.contains(" before` or") {
                true => "this length of time does not say whether before or after which date",
                false => message.as_str(),
            };
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        _ => None,
    }
}

/// `J-30`, `D+3`, `T-2`: what it says in words, and where it ends.
fn days_before(gap: &Gap<'_>, word: &str) -> Option<(String, usize)> {
    if !matches!(word, "J" | "D" | "T" | "j" | "d" | "t") {
        return None;
    }
    let rest = gap.text.get(gap.next.1..)?;
    let side = match rest.chars().next()? {
        '-' => "before",
        '+' => "after",
        _ => return None,
    };
    let digits = rest.get(1..)?;
    let length = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let number = digits.get(..length).filter(|number| !number.is_empty())?;
    let unit = if number == "1" { "day" } else { "days" };
    Some((format!("{number} {unit} {side}"), gap.next.1 + 1 + length))
}

/// `text` instead of what stands at `place`.
fn said(lower: &Lower<'_>, gap: &Gap<'_>, place: (usize, usize), text: &str) -> Diagnostic {
    let written = gap.text.get(place.0..place.1).unwrap_or("");
    let message = format!("`{written}` cannot stand here");
    write(lower, &codes::UNEXPECTED, place, &message, text)
}

/// `text` instead of the word at the gap, if the author agrees.
fn perhaps(lower: &Lower<'_>, gap: &Gap<'_>, text: &str) -> Diagnostic {
    let span = lower.range(gap.next.0, gap.next.1);
    let message = format!("`{}` cannot stand here", gap.word());
    rewrite::perhaps_instead(lower, &codes::UNEXPECTED, span, message, text)
}

/// `add member to list`: who is added is who makes the journey.
fn listed(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let word = if gap.rule == Rule::no_to {
        "to"
    } else {
        "from"
    };
    let line = gap.text.get(gap.next.0..)?.split('\n').next()?;
    let (who, _) = line.split_once(&format!(" {word} "))?;
    let end = gap.next.0 + who.len() + 1 + word.len();
    let message = format!("`{}` is always about who makes the journey", gap.previous());
    let place = (gap.before.0, end);
    let text = format!("{} {word}", gap.previous());
    Some(write(lower, &codes::UNEXPECTED, place, &message, &text))
}

/// `active from DATE until DATE`
fn period(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let line = gap.before.1.checked_sub(gap.head().len())?;
    let whole = gap.text.get(line..)?.split('\n').next()?;
    let whole = whole.split("//").next()?.trim_end();
    let days: Vec<&str> = whole
        .split_whitespace()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let [first, last] = days.as_slice() else {
        return None;
    };
    let start = "active ".len();
    let place = (line + start, line + whole.len());
    let text = format!("{first} to {last}");
    let message = "a period is two days with `to` between them";
    whole
        .starts_with("active ")
        .then(|| write(lower, &codes::UNEXPECTED, place, message, &text))
}
