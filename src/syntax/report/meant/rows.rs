//! Questions about rows as SQL and programming languages ask them.

use super::{Line, advice, as_write, instead};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::lower::Lower;
use crate::syntax::report::{rewrite, units, words};

/// SQL: `SELECT`, `IS NULL`, `LIKE`, `BETWEEN`, and words in capitals.
pub(super) fn sql(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let first = line.before().split_whitespace().next().unwrap_or("");
    if first.eq_ignore_ascii_case("select") {
        let at = line.start + line.text.get(line.start..)?.find(first)?;
        let message = format!("`{first}` is SQL, and there are no queries here");
        let help = "ask for rows with `any(ROWS where CONDITION)` or `count(ROWS where CONDITION)`, \
                    for a person with a condition like `member.points > 10`";
        return Some(advice(lower, (at, at + first.len()), &message, help));
    }
    let word = line.word();
    match word.to_ascii_lowercase().as_str() {
        "is" => {
            let mut after = line.after().split_whitespace();
            let (next, then) = (after.next()?, after.next());
            let null = |word: &str| {
                let word = word.trim_end_matches(')').to_ascii_lowercase();
                matches!(word.as_str(), "null" | "empty" | "blank")
            };
            let (test, last) = match then {
                _ if null(next) => ("is unknown", next),
                Some(then) if next.eq_ignore_ascii_case("not") && null(then) => ("is known", then),
                _ => return capitals(lower, line),
            };
            let last = last.trim_end_matches(')');
            let end = line.to + line.text.get(line.to..line.end)?.find(last)? + last.len();
            let written = line.text.get(line.from..end)?;
            let message = format!("`{written}` is not a test");
            let code = &codes::FOREIGN_OPERATOR;
            Some(as_write(lower, code, (line.from, end), &message, test))
        }
        "like" | "ilike" | "contains" | "matches" | "startswith" | "starts_with" => {
            let (at, path) = line.previous();
            let after = line.after();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let end = after.get(1..)?.find(quote)? + 1;
            let pattern = after.get(1..end)?;
            let function = match pattern.ends_with('%') && !pattern.starts_with('%') {
                true => "starts_with",
                false => "contains",
            };
            let plain = pattern.trim_matches('%');
            let text = format!("{function}({path}, \"{plain}\")");
            let to = line.to + line.text.get(line.to..)?.find(quote)? + end + 1;
            let found = instead(lower, (at, to), &text);
            let fix = rewrite::perhaps(lower, lower.range(at, to), &text);
            Some(found.fix(fix))
        }
        "between" => {
            let after = line.after();
            let (low, high) = after.split_once(" and ").or(after.split_once(" AND "))?;
            let high = high.split([' ', ')']).next()?;
            let to = line.to + line.text.get(line.to..)?.find(high.trim())?;
            // The upper bound may stand in the lower one: look behind the word between them.
            let and = line
                .text
                .get(line.to..line.end)?
                .to_ascii_lowercase()
                .find(" and ")?;
            let behind = line.to + and + " and ".len();
            let to = line
                .text
                .get(behind..)?
                .find(high)
                .map_or(to, |i| behind + i);
            let text = format!("in {}..{high}", low.trim());
            Some(instead(lower, (line.from, to + high.len()), &text))
        }
        _ => capitals(lower, line),
    }
}

/// A word of the language in capitals.
fn capitals(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let word = line.word();
    let meant = word.to_ascii_lowercase();
    if meant == word {
        return None;
    }
    let parts = words::of_statement(line.keyword());
    let mut known = parts.iter().chain(words::IN_EXPRESSIONS);
    let meant = known.find(|known| **known == meant)?;
    let message =
        format!("`{word}` cannot stand here: the words of the language are in lower case");
    let place = (line.from, line.to);
    Some(as_write(lower, &codes::UNEXPECTED, place, &message, meant))
}

/// `within the last 30 days`, `since 30 days ago` behind rows: `in last 30 days`.
fn look_back(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let head = line.before();
    let open = head.matches('(').count() > head.matches(')').count();
    let rest = line.text.get(line.to..line.end)?;
    let mut at = rest.len() - rest.trim_start().len();
    for filler in ["the ", "last ", "past ", "previous ", "les ", "derniers "] {
        if rest.get(at..)?.starts_with(filler) {
            at += filler.len();
        }
    }
    let length = rest.get(at..)?;
    let mut words = length.split_inclusive(|c: char| !c.is_alphanumeric());
    let (number, unit) = (words.next()?, words.next()?);
    let unit_name = unit.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_length =
        number.trim_end().chars().all(|c| c.is_ascii_digit()) && units::is_unit(unit_name);
    if !open || !is_length {
        return None;
    }
    let mut end = line.to + at + number.len() + unit_name.len();
    if let Some(rest) = line
        .text
        .get(end..line.end)?
        .trim_start()
        .strip_prefix("ago")
    {
        end = line.end - rest.len();
    }
    let text = format!("in last {}{unit_name}", number.trim_end().to_owned() + " ");
    Some(instead(lower, (line.from, end), &text))
}

/// Conditions and elements as programming languages write them; `last` without `in`.
pub(super) fn rows(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let place = (line.from, line.to);
    let (at, previous) = line.previous();
    match line.word() {
        "?" if line.after().contains(':') => Some(advice(
            lower,
            place,
            "there are no values that depend on a condition",
            "decide in the journey with `if`, or write a `segment` for each case",
        )),
        "[" if previous.ends_with(|c: char| c.is_alphanumeric()) && !begins_list(previous) => {
            let end = line.after().find(']')?;
            let index = line.after().get(..end)?;
            let field = index.trim().trim_matches(['"', '\'']);
            if field.len() + 2 == index.trim().len() && !field.is_empty() {
                let text = format!("{previous}.{field}");
                let end = line.to + line.text.get(line.to..line.end)?.find(']')? + 1;
                return Some(instead(lower, (at, end), &text));
            }
            let pick = match index.trim() {
                "-1" => "last",
                _ => "first",
            };
            let help = format!("write `{pick}({previous} by FIELD)`, FIELD being what orders them");
            let message = format!("`{previous}[{index}]` is no way to pick a row");
            Some(advice(lower, (at, line.to), &message, help))
        }
        "," if line.before().contains(" in (") => {
            let open = line.start + line.text.get(line.start..line.from)?.rfind(" in (")? + 4;
            let close = line.to + line.text.get(line.to..line.end)?.find(')')?;
            let items = line.text.get(open + 1..close)?;
            let text = format!("[{items}]");
            Some(instead(lower, (open, close + 1), &text))
        }
        "past" | "previous" | "derniers" | "dernières" if matches!(previous, "the" | "les") => {
            Some(instead(lower, (at, line.to), "last"))
        }
        "past" | "previous" if previous == "in" => Some(instead(lower, place, "last")),
        "within" | "during" | "over" | "for" | "since" | "depuis" | "inside" => {
            look_back(lower, line)
        }
        "last" if previous == "the" => Some(instead(lower, (at, line.to), "last")),
        "with" | "having" | "whose" | "if" | "when" | "that" | "which" | "filter" | "avec"
        | "où"
            if rows_before(line) =>
        {
            Some(instead(lower, place, "where"))
        }
        "last" if previous != "in" => Some(instead(lower, place, "in last")),
        _ => None,
    }
}

/// Whether the rows of a call stand before the word, and a condition behind it.
fn rows_before(line: &Line<'_>) -> bool {
    let head = line.before();
    let call = head.rsplit('(').next().unwrap_or("");
    let counts = [
        "any(", "none(", "count(", "all(", "sum(", "avg(", "lowest(", "highest(",
    ];
    let after = line.after();
    let compares = ["==", "!=", "<", ">", " in ", " is "]
        .iter()
        .any(|sign| after.contains(sign));
    compares
        && !call.contains(' ')
        && counts
            .iter()
            .any(|name| head.ends_with(&format!("{name}{call}")))
}

/// Whether a word of the language stands before a list, and not what it is read from.
fn begins_list(word: &str) -> bool {
    [
        "by", "in", "for", "permit", "forbid", "limit", "never", "on", "weekend", "holidays",
    ]
    .contains(&word)
}
