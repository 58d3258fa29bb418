//! Habits of other languages in the middle of a statement: what to write instead.

use super::words;
use crate::diag::did_you_mean;
use crate::source::Span;
use crate::syntax::lower::Lower;

/// What to write instead of a word that cannot stand behind `line`, the statement before it; nothing
/// if it is no habit that is known.
pub(super) fn instead(lower: &Lower<'_>, word: &str, span: Span, line: &str) -> Option<String> {
    let first = words::keyword_of(line);
    let before = line.trim_end();
    if let Some(colon) = before.strip_suffix(':')
        && words::STEPS.contains(&colon.trim())
    {
        return Some(format!("write `{}` without the colon", colon.trim()));
    }
    if word == "," {
        let digits = |c: char| c.is_ascii_digit();
        let whole = before.rsplit(|c| !digits(c)).next().unwrap_or("");
        let behind = |n: u32| lower.source(Span::new(span.end, span.end.saturating_add(n)));
        let all_digits = |text: &&str| !text.is_empty() && text.chars().all(digits);
        let rest = (1..=8).map(behind).take_while(all_digits).last();
        let rest = rest.unwrap_or("");
        if !whole.is_empty() && !rest.is_empty() {
            return Some(format!("write a decimal point: `{whole}.{rest}`"));
        }
    }
    let channels = line.contains(" by ") && !line.contains(" else");
    let meant = did_you_mean(word, words::of_statement(first).iter().copied());
    let listed = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if first == "send" && channels && (word == "or" || (listed && meant.is_none())) {
        return Some("write a comma between channels: `by email, sms`".to_owned());
    }
    if words::is_unit(word) {
        let spelled = before.rsplit(' ').next().unwrap_or("");
        const NUMBERS: [&[&str]; 10] = [
            &["one", "a", "un", "une"],
            &["two", "deux"],
            &["three", "trois"],
            &["four", "quatre"],
            &["five", "cinq"],
            &["six"],
            &["seven", "sept"],
            &["eight", "huit"],
            &["nine", "neuf"],
            &["ten", "dix"],
        ];
        let number = NUMBERS.iter().position(|names| names.contains(&spelled));
        let number = number.map_or(3, |index| index + 1);
        return Some(format!("write the number in digits: `{number} {word}`"));
    }
    None
}

/// What to write instead of what begins a statement with a sign of another language.
pub(super) fn instead_of_sign(lower: &Lower<'_>, word: &str, span: Span) -> Option<&'static str> {
    let next = lower.source(Span::new(span.start, span.start.saturating_add(2)));
    match word {
        "{" if next == "{%" || next == "{{" => {
            Some("remove it: Liquid stands in the contents of messages only")
        }
        "<" if next == "<!" => Some("write a comment behind `//`"),
        "-" => Some("remove it: statements stand without a dash"),
        _ => None,
    }
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
