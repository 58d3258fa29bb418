//! Numbers as other countries and other people write them.

use super::rewrite;
use crate::diag::Fix;
use crate::source::Span;
use crate::syntax::lower::Lower;

/// What to write instead of a comma that cannot stand behind a number.
pub(super) fn instead(lower: &Lower<'_>, word: &str, span: Span) -> Option<(String, Option<Fix>)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let start = rewrite::start_of_line(lower, span.start);
    let rest = rewrite::rest_of_line(lower, span.start);
    let in_number = |c: char| is_digit(c) || matches!(c, '.' | ',' | '_');
    if word == "," {
        let head = start.trim_end_matches(in_number);
        let whole = start.get(head.len()..).unwrap_or("");
        let tail = rest.trim_start_matches(in_number);
        let behind = rest.get(..rest.len() - tail.len()).unwrap_or("");
        let behind = behind.trim_end_matches(',');
        let written = format!("{whole}{behind}");
        let wrong = !whole.starts_with(is_digit)
            || !behind.ends_with(is_digit)
            || head.trim_end().ends_with(" in");
        if wrong {
            return None;
        }
        let place = Span::new(span.start - length(whole), span.start + length(behind));
        return Some(match meant(&written) {
            Some(number) => {
                let help = match number.contains('.') {
                    true => format!("write a decimal point: `{number}`"),
                    false => format!("write the number without separators: `{number}`"),
                };
                let fix = Fix::safe(help.as_str(), place.in_file(lower.file), number);
                (help, Some(fix))
            }
            None => {
                let joined: String = written.chars().filter(|c| is_digit(*c)).collect();
                let point = written.replace(',', ".");
                (
                    format!("write `{joined}`, or with a decimal point `{point}`"),
                    None,
                )
            }
        });
    }
    None
}

fn is_thousands(group: &str) -> bool {
    group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit())
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(0)
}

/// What a number with commas means, if it can mean one thing: `0,02`, `1.000,50`, `1,000.50`,
/// `1,000,000`. What `1,000` means depends on the country.
fn meant(written: &str) -> Option<String> {
    let (comma, point) = (written.rfind(','), written.rfind('.'));
    let (whole, fraction) = match (comma, point) {
        (Some(comma), Some(point)) => {
            let (sign, at) = if comma > point {
                (',', comma)
            } else {
                ('.', point)
            };
            let (whole, fraction) = written.split_at_checked(at)?;
            if whole.contains(sign) {
                return None;
            }
            (whole, fraction.get(1..)?)
        }
        (Some(_), None) => match written.split_once(',')? {
            (_, rest) if rest.contains(',') => (written, ""),
            (whole, rest) if rest.len() != 3 || whole == "0" => (whole, rest),
            _ => return None,
        },
        _ => return None,
    };
    let mut groups = whole.split([',', '.']);
    let mut joined = groups.next()?.to_owned();
    let mut grouped = false;
    for group in groups {
        if !is_thousands(group) {
            return None;
        }
        grouped = true;
        joined.push_str(group);
    }
    if grouped && whole.split([',', '.']).next()?.len() > 3 {
        return None;
    }
    match fraction.is_empty() {
        true => Some(joined),
        false => Some(format!("{joined}.{fraction}")),
    }
}

/// The digits of a number written in words, in English or French.
pub(super) fn in_words(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "one" | "a" | "an" | "un" | "une" => "1",
        "two" | "deux" => "2",
        "three" | "trois" => "3",
        "four" | "quatre" => "4",
        "five" | "cinq" => "5",
        "six" => "6",
        "seven" | "sept" => "7",
        "eight" | "huit" => "8",
        "nine" | "neuf" => "9",
        "ten" | "dix" => "10",
        "twelve" | "douze" => "12",
        "fifteen" | "quinze" => "15",
        "thirty" | "trente" => "30",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_number_that_can_mean_one_thing() {
        for (written, number) in [
            ("0,02", Some("0.02")),
            ("19,9", Some("19.9")),
            ("0,125", Some("0.125")),
            ("1.000,50", Some("1000.50")),
            ("1,000.50", Some("1000.50")),
            ("1,000,000", Some("1000000")),
            ("1.000.000,5", Some("1000000.5")),
            ("1,000", None),
            ("1.00,50", None),
            ("1,2,3", None),
            ("1000,000.5", None),
            ("1.5", None),
        ] {
            assert_eq!(meant(written).as_deref(), number, "{written}");
        }
    }
}
