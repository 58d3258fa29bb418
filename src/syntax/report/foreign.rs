//! Habits of other languages in the middle of a statement: what to write instead.

use super::{numbers, rewrite, units, words};
use crate::diag::{Fix, did_you_mean};
use crate::source::Span;
use crate::syntax::lower::Lower;

/// What to write instead of a word that cannot stand behind `line`, the statement before it; nothing
/// if it is no habit that is known.
pub(super) fn instead(
    lower: &Lower<'_>,
    word: &str,
    span: Span,
    line: &str,
) -> Option<(String, Option<Fix>)> {
    let first = words::keyword_of(line);
    let before = line.trim_end();
    let start = rewrite::start_of_line(lower, span.start);
    let gap = length(start) - length(start.trim_end());
    // Where what stands before the word ends.
    let end = span.start.saturating_sub(gap);
    if let Some(colon) = before.strip_suffix(':')
        && words::STEPS.contains(&colon.trim())
    {
        let help = format!("write `{}` without the colon", colon.trim());
        let colon = Span::new(end.saturating_sub(1), end);
        let fix = Fix::safe(help.as_str(), colon.in_file(lower.file), "");
        return Some((help, Some(fix)));
    }
    if let Some((help, fix)) = numbers::instead(lower, word, span) {
        return Some((help, fix));
    }
    let channels = line.contains(" by ") && !line.contains(" else");
    let meant = did_you_mean(word, words::of_statement(first).iter().copied());
    let listed = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if first == "send" && channels && (word == "or" || (listed && meant.is_none())) {
        let help = "write a comma between channels: `by email, sms`";
        let fix = match word {
            "or" => Fix::safe(help, Span::new(end, span.end).in_file(lower.file), ","),
            // It may have been an `and`.
            _ => Fix::chosen(help, Span::at(end).in_file(lower.file), ","),
        };
        return Some((help.to_owned(), Some(fix)));
    }
    if units::is_unit(word) {
        let written = start.trim_end();
        let head = written.trim_end_matches(char::is_alphabetic);
        let number = written.get(head.len()..).and_then(numbers::in_words);
        let help = format!(
            "write the number in digits: `{} {word}`",
            number.unwrap_or("3")
        );
        let fix = number.map(|number| {
            let place = Span::new(end.saturating_sub(length(written) - length(head)), end);
            Fix::safe(help.as_str(), place.in_file(lower.file), number)
        });
        return Some((help, fix));
    }
    None
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(0)
}

/// What to write instead of what begins a statement with a sign of another language.
pub(super) fn instead_of_sign(
    lower: &Lower<'_>,
    word: &str,
    span: Span,
) -> Option<(&'static str, Option<Fix>)> {
    let next = lower.source(Span::new(span.start, span.start.saturating_add(2)));
    match word {
        "{" if next == "{%" || next == "{{" => Some((
            "remove it: Liquid stands in the contents of messages only",
            None,
        )),
        "<" if next == "<!" => {
            let help = "write a comment behind `//`";
            Some((help, comment(lower, span, "<!--", "-->", help)))
        }
        "-" => {
            let help = "remove it: statements stand without a dash";
            Some((help, Some(dashes(lower, help, span))))
        }
        _ => None,
    }
}

/// Removes the dash of this line, and those of the lines right below that start in the same column:
/// behind a statement, each of them would be read as a minus.
fn dashes(lower: &Lower<'_>, title: &str, span: Span) -> Fix {
    let mut fix = rewrite::remove(lower, title, span);
    let indent = rewrite::start_of_line(lower, span.start);
    let mut at = span.start - length(indent);
    let rest = lower.whole.get(at as usize..).unwrap_or("");
    for line in rest.split_inclusive('\n').take(LONGEST_LIST) {
        let dash = line
            .strip_prefix(indent)
            .filter(|rest| rest.starts_with("- "));
        if dash.is_none() {
            break;
        }
        let place = Span::at(at + length(indent)).to(Span::at(at + length(indent) + 2));
        if place.start != span.start {
            fix = fix.and(place.in_file(lower.file), "");
        }
        at += length(line);
    }
    fix
}

/// So many lines of a list are looked at.
const LONGEST_LIST: usize = 100;

/// A comment of another language that takes the rest of its line.
pub(super) fn comment(
    lower: &Lower<'_>,
    span: Span,
    open: &str,
    close: &str,
    title: &str,
) -> Option<Fix> {
    let rest = rewrite::rest_of_line(lower, span.start);
    let written = rest.trim_end().strip_prefix(open)?;
    let said = written.strip_suffix(close).unwrap_or("");
    let said = if close.is_empty() { written } else { said }.trim();
    if said.is_empty() {
        return None;
    }
    let place = Span::new(span.start, span.start + length(rest.trim_end()));
    Some(Fix::safe(
        title,
        place.in_file(lower.file),
        format!("// {said}"),
    ))
}

/// `9pm` and `9h30` on a clock of 24 hours: `21:00`, `09:30`.
pub(super) fn of_24_hours(hours: &str, half: &str) -> Option<String> {
    let Some(minutes) = half.strip_prefix(['h', 'H']) else {
        return super::meant::of_12_hours(hours, half);
    };
    let hours: u8 = hours.parse().ok().filter(|h| *h < 24)?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let minutes: u8 = minutes.parse().ok().filter(|m| *m < 60)?;
    Some(format!("{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use crate::source::FileId;
    use crate::syntax::parse;

    fn helps(text: &str) -> Vec<String> {
        let parsed = parse(FileId(0), text);
        let help = |found: &crate::diag::Diagnostic| found.help.clone().unwrap_or_default();
        parsed.diagnostics.iter().map(help).collect()
    }

    fn helps_in_journey(steps: &str) -> Vec<String> {
        helps(&format!("journey j for m: M {{\n{steps}\n}}\n"))
    }

    #[test]
    fn each_habit_has_its_help() {
        for (steps, help) in [
            ("purpose: offers", "write `purpose` without the colon"),
            ("- wait 1 day", "remove it: statements stand without a dash"),
            ("<!-- later -->", "write a comment behind `//`"),
            (
                "{% if x %}",
                "remove it: Liquid stands in the contents of messages only",
            ),
            ("rest: delay 3 days", "write `wait`"),
            ("rest: WAIT 3 days", "did you mean `wait`?"),
            (
                "a: send b by email or sms",
                "write a comma between channels: `by email, sms`",
            ),
            (
                "a: send b by email sms else { exit }",
                "write a comma between channels: `by email, sms`",
            ),
            ("wait three days", "write the number in digits: `3 days`"),
            ("wait 1 day at 10am", "write `10:00`"),
            ("wait 1 day at 12am", "write `00:00`"),
            ("wait 1 day at 9pm", "write `21:00`"),
        ] {
            assert_eq!(helps_in_journey(steps), [help], "{steps}");
        }
    }

    #[test]
    fn a_decimal_comma() {
        let text = "channel sms for m: M {\n  cost 0,02 EUR\n}\n";
        assert_eq!(helps(text), ["write a decimal point: `0.02`"]);
    }
}
