//! Habits from other languages, and words of this one used as names.

use super::{comments, finding, quoted, rewrite, structural};
use crate::diag::Fix;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, Text};
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// The words that are no name unless between backticks: those of `reserved` in the grammar.
pub(super) const RESERVED: [&str; 31] = [
    "add", "and", "as", "at", "because", "by", "do", "else", "exit", "finally", "for", "grant",
    "if", "in", "is", "match", "not", "of", "or", "remove", "repeat", "send", "set", "split",
    "start", "until", "wait", "when", "where", "within", "withdraw",
];

/// An operator of another language.
pub(in crate::syntax) fn foreign_operator(lower: &mut Lower<'_>, written: &str, span: Span) {
    let said = lower.found.iter().next_back();
    if said.is_some_and(|said| {
        let place = said.primary.place.span;
        place.start < span.start && span.end <= place.end
    }) {
        return;
    }
    if let Some(found) = comments::around(lower, span) {
        structural(lower, found);
        return;
    }
    let next = lower.source(Span::new(span.end, span.end.saturating_add(1)));
    let before = lower
        .whole
        .get(..span.start as usize)
        .unwrap_or("")
        .trim_end();
    let name = before.trim_end_matches(unicode_ident::is_xid_continue);
    let given = name.len() < before.len() && name.trim_end().ends_with(['(', ',']);
    if (written, next) == ("=", ">") && given {
        let span = Span::new(
            span.start.saturating_sub(gap_before(lower, span)),
            span.end + 1,
        );
        let message = "an argument is given with a colon";
        let found = finding(lower, &codes::FOREIGN_OPERATOR, span, message, "write `:`");
        structural(lower, found.fix(rewrite::write(lower, span, ":")));
        return;
    }
    let turned = match (written, next) {
        ("=", ">") => Some(("`=>` is not an operator", ">=")),
        ("=", "<") => Some(("`=<` is not an operator", "<=")),
        _ => None,
    };
    if let Some((message, right)) = turned {
        let span = Span::new(span.start, span.end + 1);
        let help = format!("write `{right}`");
        let found = finding(lower, &codes::FOREIGN_OPERATOR, span, message, help);
        structural(lower, found.fix(rewrite::write(lower, span, right)));
        return;
    }
    let (message, right) = match written {
        "=" => ("`=` does not compare", "=="),
        "===" => ("`===` is not an operator", "=="),
        "!==" => ("`!==` is not an operator", "!="),
        "<>" => ("`<>` is not an operator", "!="),
        "&&" => ("`&&` is not an operator", "and"),
        "||" => ("`||` is not an operator", "or"),
        "!" => ("`!` is not an operator", "not"),
        _ => return,
    };
    let fix = match right {
        "and" | "or" | "not" => rewrite::write_word(lower, span, right),
        _ => rewrite::write(lower, span, right),
    };
    let help = format!("write `{right}`");
    let found = finding(lower, &codes::FOREIGN_OPERATOR, span, message, help);
    lower.push(found.fix(fix));
}

/// How much white space stands before a place on its line.
fn gap_before(lower: &Lower<'_>, span: Span) -> u32 {
    let line = rewrite::start_of_line(lower, span.start);
    super::length(line) - super::length(line.trim_end())
}

/// `set x == 3`.
pub(in crate::syntax) fn equals_in_set(lower: &mut Lower<'_>, span: Span) {
    let message = "`==` compares and does not set";
    let found = finding(lower, &codes::FOREIGN_OPERATOR, span, message, "write `=`");
    lower.push(found.fix(rewrite::write(lower, span, "=")));
}

/// A second comparison in a row.
pub(in crate::syntax) fn chained(lower: &mut Lower<'_>, before: &Expr, span: Span) {
    let found = finding(
        lower,
        &codes::CHAINED_COMPARISON,
        span,
        "this compares the result of another comparison",
        "write two comparisons joined by `and`, as in `a < b and b < c`",
    );
    let found = found.fix_if(joined(lower, before, span));
    structural(lower, found);
}

/// `a < b < c` as `a < b and b < c`, if both signs look the same way.
fn joined(lower: &Lower<'_>, before: &Expr, span: Span) -> Option<Fix> {
    let ExprKind::Compare { op_span, right, .. } = &before.kind else {
        return None;
    };
    let (first, second) = (lower.source(*op_span), lower.source(span));
    let same_way = ["<", ">"]
        .iter()
        .any(|sign| first.starts_with(sign) && second.starts_with(sign));
    let middle = lower.source(right.span);
    if !same_way || first == "<>" || second == "<>" || middle.contains(['\n', '/']) {
        return None;
    }
    let place = Span::at(span.start).in_file(lower.file);
    let title = format!("write `and {middle}` before the second `{second}`");
    Some(Fix::safe(title, place, format!("and {middle} ")))
}

/// `is` without `known`, `unknown` or `fresh`.
pub(in crate::syntax) fn bad_is(lower: &mut Lower<'_>, written: &str, span: Span) {
    if let Some(found) = super::meant::behind_is(lower, span) {
        structural(lower, found);
        return;
    }
    let word = written.split_whitespace().last().unwrap_or("is");
    let help = match word {
        "not" | "known" | "null" | "empty" | "none" | "missing" | "nil" | "blank" => {
            "write `is unknown` or `is known`"
        }
        _ => "write `is known`, `is unknown` or `is fresh`; compare values with `==`",
    };
    let message = format!("{} is not a test", quoted(written));
    let mut found = finding(lower, &codes::FOREIGN_OPERATOR, span, message, help);
    found.fix = meant_by_is(lower, written, span).map(Box::new);
    if found.fix.is_none()
        && let Some((sign, value)) = compared_by_is(written)
    {
        let text = format!("{sign} {value}");
        found.help = Some(format!("write `{text}`"));
        found.fix = Some(Box::new(rewrite::perhaps(lower, span, &text)));
    } else if let Some(fix) = &found.fix {
        found.help = Some(fix.title.clone());
    }
    lower.push(found);
}

/// What `is loyalty` and `is not loyalty` compare.
fn compared_by_is(written: &str) -> Option<(&'static str, &str)> {
    let words: Vec<&str> = written.split_whitespace().collect();
    match words.as_slice() {
        ["is", "not"] | ["is"] => None,
        ["is", "not", value] => Some(("!=", value)),
        ["is", value] => Some(("==", value)),
        _ => None,
    }
}

/// What `is null`, `is not known` and the like ask.
fn meant_by_is(lower: &Lower<'_>, written: &str, span: Span) -> Option<Fix> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let (negated, word) = match words.as_slice() {
        ["is", "not", word] => (true, *word),
        ["is", word] => (false, *word),
        _ => return None,
    };
    let known = match word {
        "known" | "present" | "defined" | "given" => true,
        "unknown" | "null" | "nil" | "none" | "missing" | "undefined" => false,
        // An empty text is a text.
        "empty" | "blank" => {
            let test = if negated { "is known" } else { "is unknown" };
            return Some(rewrite::perhaps(lower, span, test));
        }
        _ => return None,
    };
    let test = if known == negated {
        "is unknown"
    } else {
        "is known"
    };
    Some(rewrite::write(lower, span, test))
}

/// `x == null` behind the finding about `null`: the whole is a test.
pub(in crate::syntax) fn compared_with_null(
    lower: &mut Lower<'_>,
    equal: bool,
    op_span: Span,
    right: &Expr,
) {
    let ExprKind::Name(name) = &right.kind else {
        return;
    };
    if !NULLS.contains(&name.as_str()) {
        return;
    }
    let test = if equal { "is unknown" } else { "is known" };
    let fix = rewrite::write(lower, op_span.to(right.span), test);
    lower.fix_last(&codes::FOREIGN_WORD, right.span, fix);
}

/// What other languages call a value that is not there.
const NULLS: [&str; 5] = ["null", "nil", "NULL", "undefined", "None"];

/// `true`, `false`, `null` where a value is wanted.
pub(in crate::syntax) fn foreign_word(lower: &mut Lower<'_>, word: &str, span: Span) {
    let (help, right) = match word {
        "true" | "True" | "TRUE" => ("write `yes`", Some("yes")),
        "false" | "False" | "FALSE" => ("write `no`", Some("no")),
        _ if NULLS.contains(&word) => (
            "test with `is known` or `is unknown`; leave a field out to leave it unknown",
            None,
        ),
        _ => return,
    };
    let message = format!("`{word}` is not a value");
    let mut found = finding(lower, &codes::FOREIGN_WORD, span, message, help);
    found.fix = right.map(|right| Box::new(rewrite::write(lower, span, right)));
    lower.push(found);
}

/// A declared name that is a word of the language.
pub(in crate::syntax) fn reserved(lower: &mut Lower<'_>, name: &Name) {
    if !name.quoted && RESERVED.contains(&name.as_str()) {
        let from = name.span.start.saturating_sub(lower.base) as usize;
        let to = name.span.end.saturating_sub(lower.base) as usize;
        if let Some(found) = super::doubled::word(lower, from, to) {
            structural(lower, found);
            return;
        }
        if begun_with_colon(lower, name.as_str(), name.span) {
            return;
        }
        report_reserved(lower, name.as_str(), name.span);
    }
}

/// `wait: 3 days`, `else:`: a word that begins a statement, written like a label. Reports it then.
fn begun_with_colon(lower: &mut Lower<'_>, word: &str, span: Span) -> bool {
    let rest = rewrite::rest_of_line(lower, span.end);
    let blank = rest.len() - rest.trim_start().len();
    let Some(behind) = rest.trim_start().strip_prefix(':') else {
        return false;
    };
    let alone = rewrite::start_of_line(lower, span.start);
    if !alone.trim_start_matches(['}', ' ', '\t']).is_empty() {
        return false;
    }
    let colon = Span::new(
        span.end,
        span.end + super::length(rest.get(..=blank).unwrap_or("")),
    );
    if word == "else" {
        if !lower.state.colons {
            lower.state.colons = true;
            let message = "a block stands between `{` and `}`, not behind a colon";
            let help = "write `else {`, and `}` behind the steps";
            let found = finding(lower, &codes::MISSING_PART, colon, message, help);
            structural(lower, found);
        }
        return true;
    }
    if super::forms::form(word).is_none() {
        return false;
    }
    let behind = behind.split("//").next().unwrap_or(behind).trim();
    let help = match behind.len() < 60 {
        true => format!("write `{word} {behind}`"),
        false => format!("write `{word}` without the colon"),
    };
    let message = format!("no colon stands behind `{word}`");
    let fix = Fix::safe(help.as_str(), colon.in_file(lower.file), "");
    let found = finding(lower, &codes::UNEXPECTED, colon, message, help).fix(fix);
    structural(lower, found);
    true
}

/// Whether `word` stands where a name or value is missing and was meant as one; reports it then.
pub(super) fn reserved_here(
    lower: &mut Lower<'_>,
    word: &str,
    end: usize,
    rule: Rule,
    span: Span,
) -> bool {
    if !RESERVED.contains(&word) {
        return false;
    }
    let rest = lower.text.get(end..).unwrap_or("").trim_start();
    let used_as_value = rest.starts_with(['.', ',', ')', '=', '<', '>', '!', '+', '*', ']'])
        || ["is ", "in ", "and ", "or "]
            .iter()
            .any(|op| rest.starts_with(op));
    let used_as_name = rule == Rule::no_name && rest.starts_with([',', '(', '.']);
    if !used_as_value && !used_as_name {
        return false;
    }
    report_reserved(lower, word, span);
    true
}

fn report_reserved(lower: &mut Lower<'_>, word: &str, span: Span) {
    let found = finding(
        lower,
        &codes::RESERVED_WORD,
        span,
        format!("`{word}` is a word of the language"),
        format!("to use it as a name, write it between backticks: `` `{word}` ``"),
    )
    .fix(Fix::safe(
        "write it between backticks",
        span.in_file(lower.file),
        format!("`{word}`"),
    ));
    structural(lower, found);
}

/// A backtick that is not closed, or encloses nothing.
pub(in crate::syntax) fn backticks(lower: &mut Lower<'_>, written: &str, span: Span) {
    let (message, help) = match written {
        "``" => ("there is no name between these backticks", "write a name"),
        "`" => ("this backtick is never closed", "close it with another"),
        _ if !written.ends_with('`') => ("this backtick is never closed", "close it with another"),
        _ => return,
    };
    let found = finding(lower, &codes::UNCLOSED_TEXT, span, message, help);
    structural(lower, found);
}

/// A unit or sign that touches its number.
pub(in crate::syntax) fn glued(lower: &mut Lower<'_>, amount: &str, suffix: &str, span: Span) {
    if let Some(time) = super::foreign::of_24_hours(amount, suffix) {
        let message = format!(
            "{} is not a time of day",
            quoted(&format!("{amount}{suffix}"))
        );
        let (help, meant) = match suffix {
            "h" => (
                format!("write `{time}` for the time, `{amount} hours` for the length"),
                time_or_length(lower, span).map(|is_time| match is_time {
                    true => time,
                    false => format!("{amount} hours"),
                }),
            ),
            _ => (format!("write `{time}`"), Some(time)),
        };
        let fix = meant.map(|meant| rewrite::write(lower, span, &meant));
        let found = finding(lower, &codes::BAD_NUMBER, span, message, help).fix_if(fix);
        lower.push(found);
        return;
    }
    let right = super::units::unit_like(suffix).map(|unit| match unit.as_str() {
        "%" => format!("{amount}%"),
        _ => format!("{amount} {unit}"),
    });
    let fix = right
        .as_ref()
        .map(|right| match super::units::is_surely_unit(suffix) {
            true => rewrite::write(lower, span, right),
            false => rewrite::perhaps(lower, span, right),
        });
    let help = match right {
        Some(right) => format!("write `{right}`"),
        None => "write digits, a decimal point, and behind a space a unit or a currency".to_owned(),
    };
    let message = format!("{} is not a number", quoted(&format!("{amount}{suffix}")));
    let found = finding(lower, &codes::BAD_NUMBER, span, message, help).fix_if(fix);
    lower.push(found);
}

/// Whether `9h` stands where a time of day is wanted, or a length of time; nothing if it could be
/// both.
fn time_or_length(lower: &Lower<'_>, span: Span) -> Option<bool> {
    let before = rewrite::start_of_line(lower, span.start).trim_end();
    match before.rsplit(|c: char| !c.is_alphabetic()).next()? {
        "at" | "between" => Some(true),
        "last" | "within" | "to" | "per" => Some(false),
        _ => None,
    }
}

/// `20,50` between the parentheses of a call that takes rows: a decimal comma, or one of thousands.
pub(in crate::syntax) fn decimal_comma(lower: &mut Lower<'_>, first: Span, second: Span) -> bool {
    let head = lower.source(first);
    let tail = lower.source(second);
    let whole = head
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or("");
    let digits = tail
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(tail.len());
    let (fraction, unit) = tail.split_at_checked(digits).unwrap_or((tail, ""));
    if whole.is_empty() || fraction.is_empty() || second.start != first.end + 1 {
        return false;
    }
    let start = first.end - super::length(whole);
    let span = Span::new(start, second.end);
    let written = quoted(lower.source(span));
    let right = match fraction.len() {
        3 => format!("{whole}{fraction}{unit}"),
        _ => format!("{whole}.{fraction}{unit}"),
    };
    let help = format!("write `{right}`");
    let message = format!("{written} is not a number: no comma stands in one");
    let found = finding(lower, &codes::BAD_NUMBER, span, message, help);
    let fix = match fraction.len() {
        3 => rewrite::perhaps(lower, span, &right),
        _ => rewrite::write(lower, span, &right),
    };
    lower.push(found.fix(fix));
    true
}

/// `amount = gift.amount` where an argument stands: `before` is how many findings there were before
/// it was read.
pub(in crate::syntax) fn argument_with_equals(
    lower: &mut Lower<'_>,
    value: &Expr,
    before: usize,
) -> bool {
    let ExprKind::Compare {
        op_span,
        left,
        right,
        ..
    } = &value.kind
    else {
        return false;
    };
    let ExprKind::Name(name) = &left.kind else {
        return false;
    };
    if lower.source(*op_span) != "=" || lower.found.len() != before + 1 {
        return false;
    }
    let right = format!("{}: {}", name.text, lower.source(right.span));
    let span = value.span;
    let message = "an argument is given with a colon";
    let found = rewrite::instead(lower, &codes::FOREIGN_OPERATOR, span, message, &right);
    if let Some(last) = lower.found.last_mut() {
        *last = found;
    }
    true
}

/// A `"""` that is never closed.
pub(in crate::syntax) fn unclosed_block_text(lower: &mut Lower<'_>, span: Span) {
    lower.state.text = true;
    let opener = Span::new(span.start, span.start + 3);
    let found = finding(
        lower,
        &codes::UNCLOSED_TEXT,
        opener,
        "this text is never closed",
        "write `\"\"\"` where it ends",
    );
    lower.push(found);
}

/// A `"` that is not closed in its line.
pub(in crate::syntax) fn unclosed_text(lower: &mut Lower<'_>, written: &str, span: Span) {
    if written.contains(['{', '}', '(', ')', '[', ']']) {
        lower.state.text = true;
    }
    let opener = Span::new(span.start, span.start + 1);
    let lines = lines_of_text(lower, span);
    let inner = written.trim_start_matches('"').trim_end();
    let help = if lines.is_some() {
        "write `\"\"\"` before and behind a text of several lines".to_owned()
    } else if inner.contains(['{', '}', '(', ')', '[', ']']) || inner.is_empty() {
        "close it with `\"`".to_owned()
    } else {
        format!("write {}", quoted(&format!("\"{inner}\"")))
    };
    let message = "this text does not end in its line";
    let found = finding(lower, &codes::UNCLOSED_TEXT, opener, message, help.as_str());
    let closed = Fix::chosen(
        help.as_str(),
        Span::at(span.start + super::length(written.trim_end())).in_file(lower.file),
        "\"",
    );
    let found = found.fix_if((lines.is_none() && !lower.state.text).then_some(closed));
    structural(lower, found);
    if let (Some(end), Some((_, line_end))) = (lines, &mut lower.state.line) {
        *line_end = (*line_end).max(end);
    }
}

/// Where the lines end over which a text goes on: a `"` ends one of the next lines.
fn lines_of_text(lower: &Lower<'_>, span: Span) -> Option<usize> {
    const MOST: usize = 20;
    let start = span.end.saturating_sub(lower.base) as usize;
    let rest = lower.text.get(start..)?;
    let mut end = start;
    for (number, line) in rest.split_inclusive('\n').take(MOST).enumerate() {
        end += line.len();
        let line = line.trim_end();
        if number > 0 && (line.ends_with('"') || line.contains(['{', '}'])) {
            return (line.matches('"').count() == 1).then_some(end);
        }
    }
    None
}

/// A text between other quotes than `"`.
pub(in crate::syntax) fn foreign_quotes(lower: &mut Lower<'_>, written: &str, span: Span) -> Text {
    const QUOTES: [char; 9] = ['“', '”', '„', '«', '»', '‘', '’', '\'', ' '];
    let value = written.trim_matches(QUOTES);
    // A curly quote that a straight one closes.
    let value = match value.matches('"').count() {
        1 => value.strip_suffix('"').unwrap_or(value),
        _ => value,
    };
    let quote = written.chars().next().unwrap_or('\'');
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    let right = format!("\"{escaped}\"");
    let help = format!("write {}", quoted(&right));
    let message = format!("a text stands between double quotes, not `{quote}`");
    let fix = Fix::safe(help.as_str(), span.in_file(lower.file), right);
    let found = finding(lower, &codes::FOREIGN_QUOTES, span, message, help).fix(fix);
    lower.push(found);
    Text {
        value: value.into(),
        span,
        block: false,
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::Rule;

    #[test]
    fn the_grammar_and_the_table_reserve_the_same_words() {
        use crate::syntax::grammar::Grammar;
        use pest::Parser as _;
        for word in super::RESERVED {
            assert!(Grammar::parse(Rule::name, word).is_err(), "{word}");
            let longer = format!("{word}s");
            assert!(Grammar::parse(Rule::name, &longer).is_ok(), "{word}");
        }
        let grammar = include_str!("../../../grammar/jalon.pest");
        let from = grammar.find("reserved = _{").unwrap();
        let to = grammar[from..].find('}').unwrap();
        // `"a" ~ ("nd" | "s")` are the words `and` and `as`.
        let mut words = Vec::new();
        let mut start = "";
        let pieces: Vec<&str> = grammar[from..from + to].split('"').skip(1).collect();
        for pair in pieces.chunks_exact(2) {
            if pair[1].starts_with(" ~ (") {
                start = pair[0];
                continue;
            }
            words.push(format!("{start}{}", pair[0]));
            if pair[1].contains(')') {
                start = "";
            }
        }
        words.sort();
        let mut known = super::RESERVED.to_vec();
        known.sort_unstable();
        assert_eq!(words, known);
    }
}
