//! Parts of statements under another name, or in the order of speech.

use super::{Line, advice, as_write, instead};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::lower::Lower;

/// Words for a part of a statement: which statement, what people write, what it is called.
const SYNONYMS: [(&str, &[&str], &str); 14] = [
    (
        "send",
        &["via", "through", "with", "using", "over", "par", "on"],
        "by",
    ),
    ("send", &["otherwise", "sinon"], "else"),
    ("enter", &["when", "if", "having", "whose", "with"], "where"),
    ("enter", &["called", "named"], "as"),
    ("goal", &["when", "if", "having"], "where"),
    ("goal", &["in", "after", "under", "during"], "within"),
    ("leave", &["if", "having"], "where"),
    ("permit", &["if", "where"], "when"),
    ("permit", &["with", "under", "via"], "by"),
    ("forbid", &["if", "where"], "when"),
    ("forbid", &["from"], "between"),
    ("limit", &["every", "each", "in", "within", "a"], "per"),
    ("limit", &["otherwise", "then"], "else"),
    ("at", &["in", "within", "every", "a"], "per"),
];

/// What was meant by a word behind a statement.
pub(super) fn part(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let word = line.word();
    let place = (line.from, line.to);
    let keyword = line.keyword();
    if keyword == "forbid" && word == "from" {
        let rest = line.text.get(line.to..line.end)?;
        let (from, rest) = rest.trim().split_once(" to ")?;
        let to = rest.split(' ').next()?;
        let end = line.to + line.text.get(line.to..)?.find(rest)? + to.len();
        let text = format!("between {from} and {to}");
        return Some(instead(lower, (line.from, end), &text));
    }
    let meant = SYNONYMS
        .iter()
        .find(|(statement, words, _)| *statement == keyword && words.contains(&word));
    if let Some((_, _, meant)) = meant {
        return Some(instead(lower, place, meant));
    }
    match (keyword, word) {
        ("if" | "else" | "when", "then" | "alors") => Some(then(lower, line)),
        ("send", "as") => {
            let (label, end) = line.next();
            let help = format!("write the label before the step: `{label}: send ...`");
            let message = "a send is given no name behind it";
            Some(advice(lower, (line.from, end), message, help))
        }
        ("send", "{" | "[") if line.before().split_whitespace().count() <= 3 => {
            let (_, message) = line.previous();
            if crate::syntax::report::borrowed::CHANNEL_KINDS.contains(&message) {
                let what = "contents stand in a message, and a journey sends it by its name";
                let help = format!(
                    "write `message NAME for member: PROFILE {{ ... }}` outside of the journey, and \
                     `send NAME by {message}` here"
                );
                return Some(advice(lower, place, what, help));
            }
            let help = format!("write `{message}(PARAMETER: VALUE)`");
            let what = "the values of a message stand between parentheses";
            (!message.is_empty()).then(|| advice(lower, place, what, help))
        }
        ("send", _) => channel_first(lower, line),
        ("goal", ">" | "<" | "=" | "==" | "!=" | ">=" | "<=") => {
            let (_, path) = line.previous();
            let help = format!(
                "name an event, as in `goal EVENT where ...`; to end it on a condition, write \
                 `leave when {path} {word}{}`",
                line.text.get(line.to..line.end).unwrap_or("")
            );
            Some(advice(
                lower,
                place,
                "a goal is an event, not a condition",
                help,
            ))
        }
        ("enter", "at") => {
            let date = line.previous().1;
            let on = line.before().contains(&format!("on {date}"));
            let help = format!(
                "write `enter every year on {date} at ...`, or `enter 1 day before {date} at ...`"
            );
            on.then(|| {
                advice(
                    lower,
                    place,
                    "an entry on an event has no time of day",
                    help,
                )
            })
        }
        ("forbid", "to") => None,
        ("permit", "opt") => {
            let (at, first) = line.previous();
            let (last, end) = line.next();
            let text = format!("{first}_opt_{last}");
            (last == "in").then(|| instead(lower, (at, end), &text))
        }
        (_, "not") if line.after().starts_with('=') => {
            let end = line.to + line.text.get(line.to..)?.find('=')?;
            let signs = line
                .text
                .get(end..)?
                .chars()
                .take_while(|c| *c == '=')
                .count();
            Some(instead(lower, (line.from, end + signs), "!="))
        }
        ("clock", _) if word.starts_with(|c: char| c.is_ascii_digit()) => {
            let help = format!(
                "write the instant with its zone: `{}T{word}{}[America/Toronto]`",
                line.previous_date(),
                line.text.get(line.to..line.end)?
            );
            Some(advice(
                lower,
                place,
                "an instant is one word, with its time zone",
                help,
            ))
        }
        (_, "|") if line.before().contains(':') => {
            let (_, first) = line.previous();
            let rest = line.text.get(line.to..line.end)?;
            let variants = format!(
                "{first}, {}",
                rest.replace('|', ",").replace(" ,", ",").trim()
            );
            let help =
                format!("declare `enum Level {{ {variants} }}`, and write its name as the type");
            Some(advice(
                lower,
                place,
                "a choice is the type of an `enum`",
                help,
            ))
        }
        (_, "?") if line.after().starts_with(':') && line.before() == line.previous().1 => {
            let (at, name) = line.previous();
            let type_name = line.after().trim_start_matches(':').trim();
            let text = format!("{name}: {type_name}?");
            Some(instead(lower, (at, line.end), &text))
        }
        (_, "null" | "nullable" | "optional" | "?") => optional(lower, line),
        (_, "<" | "[") => list(lower, line),
        (_, "required" | "mandatory") => {
            let help = "remove it: a field is always known unless its type ends with `?`";
            Some(advice(
                lower,
                place,
                &format!("`{word}` cannot stand here"),
                help,
            ))
        }
        _ => None,
    }
}

/// `if C then {`
fn then(lower: &Lower<'_>, line: &Line<'_>) -> Diagnostic {
    let help = match line.after().starts_with('{') {
        true => format!("write `{} {{`", line.before()),
        false => format!("write `{} {{`, and `}}` behind the steps", line.before()),
    };
    let message = format!("`{}` cannot stand here", line.word());
    let span = lower.range(line.from, line.to);
    let found = advice(lower, (line.from, line.to), &message, help.clone());
    match line.after().starts_with('{') {
        true => found.fix(Fix::safe(help, span.in_file(lower.file), "")),
        false => found,
    }
}

/// `send email thank_you(...)`: the channel before the message.
fn channel_first(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, channel) = line.previous();
    let before = line.text.get(line.start..at)?.trim();
    if !before.ends_with("send") || !line.word().starts_with(char::is_alphabetic) {
        return None;
    }
    let rest = line.text.get(line.from..line.end)?;
    let end = match rest.find(')') {
        Some(end) if rest.find('(').is_some_and(|open| open < end) => end + 1,
        _ => line.word().len(),
    };
    let message = rest.get(..end)?;
    let text = format!("{message} by {channel}");
    let what = "the message stands behind `send`, and the channel behind `by`";
    let place = (at, line.from + end);
    Some(as_write(lower, &codes::UNEXPECTED, place, what, &text))
}

/// `text null` and `text optional` for `text?`.
fn optional(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, type_name) = line.previous();
    if type_name == "not" {
        let help = "remove it: a field is always known unless its type ends with `?`";
        return Some(advice(
            lower,
            (at, line.to),
            "`not null` cannot stand here",
            help,
        ));
    }
    let is_word = type_name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if !is_word || !line.before().contains(':') {
        return None;
    }
    Some(instead(lower, (at, line.to), &format!("{type_name}?")))
}

/// `list<text>` and `text[]` for `[text]`.
fn list(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, name) = line.previous();
    let head = line.text.get(line.start..at)?.trim_end();
    if !head.ends_with(':') || name.is_empty() {
        return None;
    }
    let tail = line.text.get(line.to..line.end)?;
    let (item, end) = match line.word() {
        "<" => {
            let end = tail.find('>')?;
            (tail.get(..end)?.trim(), end + 1)
        }
        _ => {
            let end = tail.find(']')?;
            (name, end + 1)
        }
    };
    Some(instead(lower, (at, line.to + end), &format!("[{item}]")))
}
