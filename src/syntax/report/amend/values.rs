//! Values and texts in the place of which something else stands.

use super::{Gap, write};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::lower::Lower;
use crate::syntax::report::missing::token_before;
use crate::syntax::report::{finding, numbers, rewrite, words};

/// A value that is not there because something else is.
pub(super) fn value(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let head = gap.head();
    let place = lower.range(gap.next.0, gap.next.1);
    match gap.word() {
        "=" | "==" | ":" if head == gap.previous() || head.ends_with('{') => {
            let rest = gap.tail().trim_start_matches(['=', ':']).trim();
            let help = format!("write `{head} {rest}`");
            let message = format!("`{}` cannot stand here", gap.word());
            let fix = Fix::safe(help.clone(), place.in_file(lower.file), "");
            Some(finding(lower, &codes::UNEXPECTED, place, message, help).fix(fix))
        }
        "of" if gap
            .head()
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .ends_with("top ") =>
        {
            let help = match gap.line_instead("") {
                Some(line) => format!("write `{}`", line.replace("  ", " ")),
                None => "remove it: the rows stand behind the number".to_owned(),
            };
            let message = "`of` cannot stand here";
            let fix = rewrite::remove(lower, "remove it", place);
            Some(finding(lower, &codes::UNEXPECTED, place, message, help).fix(fix))
        }
        word if gap.on_line() && numbers::in_words(word).is_some_and(|_| word.len() > 2) => {
            let message = format!("`{word}` is not a number: a number is written in digits");
            let digits = numbers::in_words(word)?;
            Some(write(lower, &codes::BAD_NUMBER, gap.next, &message, digits))
        }
        "where" | "*" if gap.previous() == "(" => {
            let end = gap.before.0;
            let (from, to) = token_before(gap.text, end);
            let function = gap.text.get(from..to)?;
            let message = format!("`{function}` does not say which rows it reads");
            let help = match gap.word() {
                "*" => format!("name the rows, as in `{function}(member.RELATION)`"),
                _ => format!("write the rows first: `{function}(ROWS where ...)`"),
            };
            Some(finding(lower, &codes::BAD_CALL, place, message, help))
        }
        "for" if gap.previous() == "wait" => {
            let rest = gap.tail().strip_prefix("for")?.trim();
            let message = "`for` cannot stand here";
            let help = match rest.starts_with(|c: char| c.is_ascii_digit()) {
                true => format!("write `wait {rest}`"),
                false => format!("say for how long at most: `wait up to 5 days for {rest}`"),
            };
            Some(finding(lower, &codes::UNEXPECTED, place, message, help))
        }
        _ => None,
    }
}

/// A text that is not between double quotes.
pub(super) fn text(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let tail = gap.tail();
    let head = gap.head();
    let end = gap
        .text
        .get(gap.next.0..)?
        .find('\n')
        .map_or(gap.text.len(), |i| gap.next.0 + i);
    let rest = gap.text.get(gap.next.0..end)?.trim_end();
    let place = (gap.next.0, gap.next.0 + rest.len());
    match gap.word() {
        ":" | "=" => {
            let sign = gap.word();
            let span = lower.range(gap.next.0, gap.next.1);
            let rest = tail.strip_prefix(sign)?.trim();
            let message = format!("`{sign}` cannot stand here");
            let help = format!("write `{} {rest}`", words::last_words(head, 1));
            let fix = Fix::safe(help.clone(), span.in_file(lower.file), "");
            Some(finding(lower, &codes::UNEXPECTED, span, message, help).fix(fix))
        }
        "`" => {
            let inner = rest.trim_matches('`');
            let message = "a text stands between double quotes, not between backticks";
            let text = format!("\"{inner}\"");
            Some(write(lower, &codes::FOREIGN_QUOTES, place, message, &text))
        }
        _ if matches!(head, "promise" | "test") && tail.ends_with('{') => {
            let inner = tail.trim_end_matches('{').trim();
            let inner = inner.split(" of ").next().unwrap_or(inner);
            let message = "the title is a text between double quotes";
            let place = (gap.next.0, gap.next.0 + inner.len());
            let text = format!("\"{inner}\"");
            Some(write(lower, &codes::MISSING_PART, place, message, &text))
        }
        _ if matches!(
            head,
            "title" | "owner" | "sender" | "post" | "subject" | "preheader" | "sms"
        ) && tail.starts_with(|c: char| c.is_alphanumeric())
            && !tail.contains(['"', '{', '}']) =>
        {
            let message = "a text stands between double quotes";
            let text = format!("\"{rest}\"");
            Some(write(lower, &codes::MISSING_PART, place, message, &text))
        }
        _ => None,
    }
}
