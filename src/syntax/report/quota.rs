//! Limits as people say them: `limit 3 sms per week for appeals`, `capacity 60/day`,
//! `at most three emails a month`.
//!
//! The words of the line are sorted into what a limit consists of, in whatever order they stand, and
//! the line is written again.

use super::amend::Gap;
use super::{finding, numbers, rewrite, units};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// What a limit consists of.
#[derive(Debug, Default)]
struct Quota<'a> {
    number: Option<&'a str>,
    length: Option<String>,
    channels: Vec<&'a str>,
    purposes: Vec<&'a str>,
    otherwise: Option<&'a str>,
}

/// Words that say no more than that it is a limit.
const FILLERS: [&str; 26] = [
    "limit", "max", "maximum", "at", "most", "to", "of", "no", "more", "than", "up", "times",
    "time", "messages", "message", "cap", "capacity", "admit", "person", "people", "contact",
    "customer", "member", "be", "not", "only",
];

/// The limit that was meant where a statement about one has a gap.
pub(super) fn meant(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let rules = [
        Rule::no_per,
        Rule::no_name,
        Rule::no_to,
        Rule::no_for,
        Rule::no_value,
        Rule::no_most,
    ];
    if !rules.contains(&gap.rule) {
        return None;
    }
    let (start, statement) = gap.whole();
    let keyword = statement.split(|c: char| !c.is_alphanumeric()).next()?;
    if !matches!(keyword, "limit" | "capacity" | "admit") && !statement.starts_with("at most") {
        return None;
    }
    let statement = statement.trim_end_matches('}').trim_end();
    let (text, whole) = said(keyword, statement)?;
    if text.split_whitespace().eq(statement.split_whitespace()) {
        return None;
    }
    if let Some((from, to, right)) = one_word(statement, &text) {
        let span = lower.range(start + from, start + to);
        let message = format!("`{}` cannot stand here", lower.source(span));
        return Some(rewrite::instead(
            lower,
            &codes::UNEXPECTED,
            span,
            message,
            right,
        ));
    }
    let span = lower.range(start, start + statement.len());
    let message = match keyword {
        "capacity" | "admit" => "a rate is a number per length of time",
        _ if text.contains("PURPOSES") => "this limit does not say for which purposes",
        _ if lacks_length(statement) => "this limit does not say for how long it counts",
        _ => "a limit is written in one order",
    };
    let found = finding(
        lower,
        &codes::UNEXPECTED,
        span,
        message,
        format!("write `{text}`"),
    );
    Some(match whole {
        true => found.fix(rewrite::write(lower, span, &text)),
        false => found,
    })
}

/// Whether a line says for how long it counts in no way.
fn lacks_length(line: &str) -> bool {
    sorted(line).length.is_none()
}

/// The one word in which two lines differ: where it stands in the first, and the other.
fn one_word<'t>(written: &str, right: &'t str) -> Option<(usize, usize, &'t str)> {
    let mut differ = None;
    let mut at = 0;
    let mut words = right.split_whitespace();
    for word in written.split_whitespace() {
        let start = at + written.get(at..)?.find(word)?;
        at = start + word.len();
        let meant = words.next()?;
        if meant != word && differ.replace((start, at, meant)).is_some() {
            return None;
        }
    }
    differ.filter(|_| words.next().is_none())
}

/// A line about a limit as `keyword` writes it, and whether it says all of it.
pub(super) fn said(keyword: &str, line: &str) -> Option<(String, bool)> {
    let quota = sorted(line);
    let number = quota.number?;
    let length = quota.length.as_deref();
    if matches!(keyword, "capacity" | "admit") {
        let length = length?;
        let plain = quota.channels.is_empty() && quota.purposes.is_empty();
        return plain.then(|| (format!("{keyword} {number} per {length}"), true));
    }
    let list = |names: &[&str], otherwise: &str| match names {
        [] => otherwise.to_owned(),
        names => names.join(", "),
    };
    let channels = list(&quota.channels, "any");
    let purposes = list(&quota.purposes, "PURPOSES");
    let whole = !quota.channels.is_empty() && !quota.purposes.is_empty() && length.is_some();
    let length = length.unwrap_or("7 days");
    if keyword == "limit" {
        let otherwise = quota.otherwise.unwrap_or("skip");
        let text =
            format!("limit {channels} for {purposes} to {number} per {length} else {otherwise}");
        return Some((text, whole && quota.otherwise.is_some()));
    }
    if quota.channels.is_empty() {
        return None;
    }
    Some((
        format!("at most {number} {channels} for {purposes} per {length}"),
        whole,
    ))
}

/// The words of a line, sorted.
fn sorted(line: &str) -> Quota<'_> {
    let mut quota = Quota::default();
    let (line, otherwise) = match line.split_once(" else ") {
        Some((line, rest)) => (line, Some(rest.trim_matches(['{', '}', ' ']))),
        None => (line, None),
    };
    quota.otherwise =
        otherwise.filter(|rest| rest.starts_with("skip") || rest.starts_with("delay"));
    let mut words = line
        .split_inclusive(|c: char| c.is_whitespace() || c == '/')
        .flat_map(|word| match word.strip_suffix('/') {
            Some(head) => [head, "/"],
            None => [word, ""],
        })
        .map(|word| word.trim_matches([' ', '\t', ',', ':', '=', ';', '(', ')', '[', ']']))
        .filter(|word| !word.is_empty())
        .peekable();
    let mut for_purposes = false;
    while let Some(word) = words.next() {
        let folded = word.to_lowercase();
        match folded.as_str() {
            "per" | "every" | "each" | "a" | "/" | "in" | "within" | "par" | "an" => {
                for_purposes = false;
                let count = words.next_if(|next| next.starts_with(|c: char| c.is_ascii_digit()));
                if let Some(unit) = words.peek().and_then(|next| unit(next)) {
                    words.next();
                    quota.length = Some(length(count.unwrap_or("1"), &unit));
                }
            }
            "daily" => quota.length = Some("1 day".to_owned()),
            "weekly" => quota.length = Some("7 days".to_owned()),
            "for" | "pour" => for_purposes = true,
            "and" | "or" | "et" | "ou" | "&" | "+" => {}
            _ if word.starts_with(|c: char| c.is_ascii_digit()) && quota.number.is_none() => {
                quota.number = Some(word);
            }
            _ if quota.number.is_none() && numbers::in_words(word).is_some() => {
                quota.number = numbers::in_words(word);
            }
            folded if FILLERS.contains(&folded) => for_purposes &= folded != "to",
            _ if !word.chars().all(unicode_ident::is_xid_continue) => {}
            _ if for_purposes => quota.purposes.push(word),
            _ => quota.channels.push(word),
        }
    }
    quota
}

fn unit(word: &str) -> Option<String> {
    let word = word.trim_matches(['{', '}', '.']);
    units::unit_like(word).filter(|unit| units::is_unit(unit))
}

/// A length of time: months have no fixed length, and a limit counts days of 24 hours.
fn length(count: &str, unit: &str) -> String {
    let stem = unit.trim_end_matches('s');
    match (count, stem) {
        ("1", "month") => "30 days".to_owned(),
        ("1", "year") => "365 days".to_owned(),
        ("1", _) => format!("1 {stem}"),
        _ => format!("{count} {stem}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn a_limit_in_the_order_of_speech() {
        for (keyword, line, text, whole) in [
            (
                "limit",
                "limit 3 sms per week for appeals else skip",
                "limit sms for appeals to 3 per 1 week else skip",
                true,
            ),
            (
                "limit",
                "max 3 sms a day",
                "limit sms for PURPOSES to 3 per 1 day else skip",
                false,
            ),
            ("capacity", "capacity 60/day", "capacity 60 per 1 day", true),
            (
                "at",
                "at most three sms for appeals weekly",
                "at most 3 sms for appeals per 7 days",
                true,
            ),
        ] {
            assert_eq!(
                said(keyword, line),
                Some((text.to_owned(), whole)),
                "{line}"
            );
        }
        assert_eq!(said("limit", "limit sms for appeals"), None);
    }
}
