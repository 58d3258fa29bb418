//! Waits as people say them: `wait until next monday`, `wait 3 days later`, `wait 2 days and 3 hours`.

use super::{Line, advice, instead};
use crate::diag::Diagnostic;
use crate::syntax::lower::{Lower, WEEKDAYS};

/// Words behind a length that say nothing more.
const FILLERS: [&str; 9] = [
    "later",
    "long",
    "more",
    "after",
    "afterwards",
    "plus",
    "exactly",
    "maximum",
    "max",
];

/// What was meant by a word in a wait.
pub(super) fn length(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let word = line.word();
    let (at, previous) = line.previous();
    let place = (line.from, line.to);
    if word == "." {
        return period(lower, line);
    }
    if line.keyword() != "wait" {
        return None;
    }
    let folded = word.to_lowercase();
    if WEEKDAYS.contains(&folded.as_str()) && matches!(previous, "next" | "this" | "coming" | "the")
    {
        return Some(instead(lower, (at, line.to), &folded));
    }
    match word {
        "few" | "couple" | "some" | "several" | "quelques" => Some(vague(lower, (at, line.end))),
        "a" if previous == "half" => {
            let (unit, end) = line.next();
            let text = match unit {
                "day" => "12 hours",
                "hour" => "30 minutes",
                "year" => "6 months",
                _ => return None,
            };
            Some(instead(lower, (at, end), text))
        }
        "after" if !line.after().is_empty() => {
            let length = line.before().rsplit("wait ").next()?;
            let (path, _) = line.next();
            let help = format!(
                "write `wait {length}`: it counts from here; to count from a date, write `wait until \
                 DATE`, DATE being like `{path} + {length}`"
            );
            Some(advice(
                lower,
                place,
                "a wait counts from where it stands",
                help,
            ))
        }
        word if FILLERS.contains(&word) && line.after().is_empty() => {
            let message = format!("`{word}` cannot stand here");
            let start = line.text.get(..line.from)?.trim_end().len();
            let fix = crate::diag::Fix::safe(
                "remove it",
                lower.range(start, line.to).in_file(lower.file),
                "",
            );
            Some(advice(lower, place, &message, "remove it").fix(fix))
        }
        word if word.starts_with(|c: char| c.is_ascii_digit()) && previous.contains('-') => None,
        _ => None,
    }
}

/// A length without a number.
fn vague(lower: &Lower<'_>, place: (usize, usize)) -> Diagnostic {
    let written = lower.text.get(place.0..place.1).unwrap_or("").trim();
    let message = format!("`{written}` does not say how long");
    advice(
        lower,
        place,
        &message,
        "write a number and a unit, like `3 days`",
    )
}

/// A full stop at the end of a statement.
fn period(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    if !line.after().is_empty() {
        return None;
    }
    let place = (line.from, line.to);
    let fix = crate::diag::Fix::safe(
        "remove it",
        lower.range(line.from, line.to).in_file(lower.file),
        "",
    );
    let help = "remove it: a statement ends without a full stop";
    Some(advice(lower, place, "`.` cannot stand here", help).fix(fix))
}
