//! Money, percentages, dates, times and lengths of time as people write them.

use super::{Line, advice, as_write, instead};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::lower::Lower;
use crate::syntax::report::units;

/// The months by their English and French names, as their first three letters or more.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "janvier"],
    &["feb", "february", "février", "fevrier"],
    &["mar", "march", "mars"],
    &["apr", "april", "avril"],
    &["may", "mai"],
    &["jun", "june", "juin"],
    &["jul", "july", "juillet"],
    &["aug", "august", "août", "aout"],
    &["sep", "sept", "september", "septembre"],
    &["oct", "october", "octobre"],
    &["nov", "november", "novembre"],
    &["dec", "december", "décembre", "decembre"],
];

/// What was meant by a word beside a number.
pub(super) fn amount(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let word = line.word();
    let (at, previous) = line.previous();
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let here = (line.from, line.to);
    match word {
        "$" | "€" | "£" | "¥" => sign(lower, line),
        "%" | "percent" | "pct" | "pourcent" if number(previous) => {
            Some(not_a_number(lower, (at, line.to), &format!("{previous}%")))
        }
        "," | ".." => None,
        "am" | "pm" | "AM" | "PM" => {
            let head = line.text.get(line.start..line.from)?.trim_end();
            let from = head
                .trim_end_matches(|c: char| c == ':' || c.is_ascii_digit())
                .len();
            let time = of_12_hours(head.get(from..)?, word)?;
            let place = (line.start + from, line.to);
            let written = line.text.get(place.0..place.1)?;
            let message = format!("`{written}` is not a time of day");
            Some(as_write(lower, &codes::BAD_DATE, place, &message, &time))
        }
        "h" | "H" | "a" | "p" if number(previous) => clock(lower, line),
        "." if number(previous) => dotted_date(lower, line),
        "and" | "et" | "plus" if units::is_unit(previous) => sum(lower, line),
        _ if number(word) && is_date(line.previous_date()) && line.keyword() == "wait" => {
            let text = format!("at {word}");
            line.after()
                .starts_with(':')
                .then(|| instead(lower, here, &text))
        }
        _ if number(word) => beside_number(lower, line, (at, previous)),
        _ if number(previous) && month(word).is_some() => {
            date(lower, (at, line.to), month(word)?, previous, line.next().0)
        }
        "business" | "working" | "work" | "workday" | "open" if number(previous) => {
            let (next, end) = line.next();
            let days = next.starts_with("day") || next.starts_with("jour");
            let help = format!(
                "write `{previous} workdays of CALENDAR`, after `calendar CALENDAR {{ weekend \
                 saturday, sunday }}`"
            );
            let message = format!("`{word} days` are those of a calendar");
            days.then(|| advice(lower, (line.from, end), &message, help))
        }
        "twice" | "once" | "thrice" => {
            let times = match word {
                "once" => 1,
                "twice" => 2,
                _ => 3,
            };
            (line.keyword() == "repeat")
                .then(|| instead(lower, here, &format!("up to {times} times")))
        }
        _ => None,
    }
}

/// Whether a text is written as a date.
fn is_date(text: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let mut part = |count| parts.next().is_some_and(|part| digits(part, count));
    part(4) && part(2) && part(2)
}

/// `at 10 h`, `at 10 a.m.`
fn clock(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, hours) = line.previous();
    let rest = line.text.get(line.to..line.end)?;
    let (half, end) = match line.word() {
        "h" | "H" => ("h".to_owned(), line.to),
        word => {
            let dotted = rest.strip_prefix(".m")?;
            let dot = usize::from(dotted.starts_with('.'));
            (format!("{word}m"), line.to + 2 + dot)
        }
    };
    let before = line.text.get(line.start..at)?.trim_end();
    let wants_time = ["at", "until", "between", "and"];
    if half == "h" && !wants_time.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let time = crate::syntax::report::foreign::of_24_hours(hours, &half)?;
    let written = line.text.get(at..end)?;
    let message = format!("`{written}` is not a time of day");
    Some(as_write(
        lower,
        &codes::BAD_DATE,
        (at, end),
        &message,
        &time,
    ))
}

/// `25.12.2026`
fn dotted_date(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, first) = line.previous();
    let (day, month) = first.split_once('.')?;
    let (year, end) = line.next();
    let text = crate::syntax::report::dates::day_first(day, month, year);
    let written = line.text.get(at..end)?;
    let message = format!("`{written}` is not a date");
    let span = lower.range(at, end);
    let fix = crate::syntax::report::dates::as_helped(lower, span, &text);
    let mut found = advice(lower, (at, end), &message, text).fix_if(fix);
    found.code = &codes::BAD_DATE;
    (year.len() == 4).then_some(found)
}

/// `2 days and 3 hours`
fn sum(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (unit_at, unit) = line.previous();
    let head = line.text.get(line.start..unit_at)?.trim_end();
    let first = head.rsplit([' ', '(', '\t']).next()?;
    let from = line.start + head.len() - first.len();
    let mut words = line.after().split_whitespace();
    let (second, other) = (words.next()?, words.next()?);
    let end = line.to + line.text.get(line.to..line.end)?.find(other)? + other.len();
    let written = line.text.get(from..end)?;
    let message = format!("`{written}` has two units, and a length of time has one");
    let sum = in_smaller_unit((first, unit), (second, other))?;
    Some(as_write(
        lower,
        &codes::UNEXPECTED,
        (from, end),
        &message,
        &sum,
    ))
}

/// A number behind a currency, a month, a number or a length of time.
fn beside_number(
    lower: &Lower<'_>,
    line: &Line<'_>,
    (at, previous): (usize, &str),
) -> Option<Diagnostic> {
    let (number, to) = whole_number(line);
    if previous.len() == 3 && previous.bytes().all(|b| b.is_ascii_uppercase()) {
        let text = format!("{number} {previous}");
        return Some(not_an_amount(lower, (at, to), &text));
    }
    if let Some(month) = month(previous) {
        let tail = line.text.get(to..line.end).unwrap_or("");
        let year = tail.trim_start_matches([' ', ',']);
        return date(lower, (at, to), month, number, year.split(' ').next()?);
    }
    if number.len() == 3 && previous.len() <= 3 && previous.bytes().all(|b| b.is_ascii_digit()) {
        let text = format!("{previous}{number}");
        return Some(not_a_number(lower, (at, to), &text));
    }
    let next = line.next().0;
    if units::is_unit(previous) && units::is_unit(next) {
        let head = line.text.get(line.start..at)?.trim_end();
        let first = head.rsplit([' ', '(', '\t']).next()?;
        let from = line.start + head.len() - first.len();
        let end = line.next().1;
        let written = line.text.get(from..end)?;
        let message = format!("`{written}` has two units, and a length of time has one");
        let help = match in_smaller_unit((first, previous), (number, next)) {
            Some(sum) => format!("write `{sum}`"),
            None => "write it in one unit, like `45 days`".to_owned(),
        };
        return Some(advice(lower, (from, end), &message, help));
    }
    None
}

/// Two lengths of time as one in the unit of the second, where a unit has a fixed length.
fn in_smaller_unit(first: (&str, &str), second: (&str, &str)) -> Option<String> {
    let seconds = |unit: &str| match unit.trim_end_matches('s') {
        "second" => Some(1_u32),
        "minute" => Some(60),
        "hour" => Some(3_600),
        "day" => Some(86_400),
        "week" => Some(604_800),
        _ => None,
    };
    let (large, small) = (seconds(first.1)?, seconds(second.1)?);
    let times = large.checked_div(small)?;
    let first: u32 = first.0.parse().ok()?;
    let sum = first
        .checked_mul(times)?
        .checked_add(second.0.parse().ok()?)?;
    let unit = second.1.trim_end_matches('s');
    (times > 1).then(|| format!("{sum} {unit}s"))
}

/// The number that begins with the word of a line, with its fraction, and where it ends.
fn whole_number<'a>(line: &Line<'a>) -> (&'a str, usize) {
    let rest = line.text.get(line.from..).unwrap_or("");
    let digits = |c: char| !(c.is_ascii_digit() || c == '.' || c == '_');
    let end = rest.find(digits).unwrap_or(rest.len());
    let number = rest.get(..end).unwrap_or("").trim_end_matches('.');
    (number, line.from + number.len())
}

/// `$20` and `20 €`.
fn sign(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, previous) = line.previous();
    let (next, end) = line.next();
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let (number, place) = if is_number(next) {
        (next, (line.from, end))
    } else if is_number(previous) {
        (previous, (at, line.to))
    } else {
        return None;
    };
    let number = number.trim_end_matches('.');
    let (mut place, mut currency) = (place, currency_of_sign(line.word()));
    let dollars = [
        ("CA", "CAD"),
        ("C", "CAD"),
        ("US", "USD"),
        ("AU", "AUD"),
        ("A", "AUD"),
    ];
    if let Some((_, meant)) = dollars.iter().find(|(letters, _)| *letters == previous) {
        // `CA$20`
        currency = Some(meant);
        place.0 = at;
    }
    let behind = line.text.get(place.1..line.end)?;
    let code = behind.trim_start().get(..3).filter(|code| {
        code.bytes().all(|b| b.is_ascii_uppercase()) && currency.is_none_or(|c| c == *code)
    });
    if let Some(code) = code {
        // `$20 CAD`
        currency = Some(code);
        place.1 += behind.len() - behind.trim_start().len() + 3;
    }
    let written = line.text.get(place.0..place.1)?;
    let message = format!("`{written}` is not an amount");
    match currency {
        Some(currency) => {
            let text = format!("{number} {currency}");
            Some(as_write(lower, &codes::BAD_NUMBER, place, &message, &text))
        }
        None => {
            let help =
                format!("write the currency behind the number: `{number} CAD` or `{number} USD`");
            let mut found = advice(lower, place, &message, help);
            found.code = &codes::BAD_NUMBER;
            Some(found)
        }
    }
}

/// The currency that a sign can only mean.
fn currency_of_sign(sign: &str) -> Option<&'static str> {
    match sign {
        "€" => Some("EUR"),
        "£" => Some("GBP"),
        "¥" => Some("JPY"),
        _ => None,
    }
}

fn not_an_amount(lower: &Lower<'_>, place: (usize, usize), text: &str) -> Diagnostic {
    let written = lower.text.get(place.0..place.1).unwrap_or("");
    let message = format!("`{written}` is not an amount: the currency stands behind the number");
    as_write(lower, &codes::BAD_NUMBER, place, &message, text)
}

fn not_a_number(lower: &Lower<'_>, place: (usize, usize), text: &str) -> Diagnostic {
    let written = lower.text.get(place.0..place.1).unwrap_or("");
    let message = format!("`{written}` is not a number: no space stands in one");
    as_write(lower, &codes::BAD_NUMBER, place, &message, text)
}

/// The number of a month, from its name.
fn month(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let word = word.trim_end_matches('.');
    let found = MONTHS.iter().position(|names| names.contains(&word))?;
    Some(found + 1)
}

/// `December 25`, `25 décembre 2026`
fn date(
    lower: &Lower<'_>,
    place: (usize, usize),
    month: usize,
    day: &str,
    year: &str,
) -> Option<Diagnostic> {
    let day: u8 = day.parse().ok()?;
    let year = match year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
        true => year,
        false => "YEAR",
    };
    let written = lower.text.get(place.0..place.1)?;
    let message = format!("`{written}` is not a date");
    let help = format!("write year, month and day in digits: `{year}-{month:02}-{day:02}`");
    let mut found = advice(lower, place, &message, help);
    found.code = &codes::BAD_DATE;
    Some(found)
}

/// `9:30 pm` on a clock of 24 hours: `21:30`.
pub(in crate::syntax::report) fn of_12_hours(time: &str, half: &str) -> Option<String> {
    let (hours, minutes) = time.split_once(':').unwrap_or((time, "00"));
    let hours: u8 = hours.parse().ok().filter(|h| (1..=12).contains(h))?;
    let minutes: u8 = minutes.parse().ok().filter(|m| *m < 60)?;
    let hours = match (half.to_ascii_lowercase().as_str(), hours) {
        ("am", 12) => 0,
        ("pm", 12) => 12,
        ("pm", _) => hours + 12,
        ("am", _) => hours,
        _ => return None,
    };
    Some(format!("{hours:02}:{minutes:02}"))
}
