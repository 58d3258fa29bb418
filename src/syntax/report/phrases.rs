//! Statements as other languages and people write them, and as they are written here: one table.
//!
//! A pattern is compared with a statement from its first word to the end of its line. In it
//! `a|b` is one of several words, `$1` one word, path or call, `#1` one that begins with a digit,
//! `&1` one that begins with a letter, `@1` a word that begins a declaration, `~1` a word or text
//! whose quotes are left out, and `$*` what is left; other signs stand for themselves. What is
//! captured stands in the answer, so that it shows the line as it would be right.

use super::{finding, quoted, rewrite};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::lower::Lower;
use crate::syntax::scan::DECLARATIONS;

/// The kind of declaration a row is for, the pattern and the answer.
type Row = (&'static str, &'static str, &'static str);

const JOURNEY: &[Row] = &[
    (
        "journey",
        "enter segment|audience|list|group $1",
        "enter when member in $1",
    ),
    ("journey", "enter when in $1", "enter when member in $1"),
    ("journey", "enter each $*", "enter every $*"),
    ("journey", "enter every $1 #2", "enter every $1 at #2"),
    ("journey", "enter after|upon|once|by|with ~1", "enter on ~1"),
    ("journey", "enter at #1", "enter every day at #1"),
    (
        "journey",
        "enter when|if $1 happens|occurs|arrives|fires",
        "enter on $1",
    ),
    ("journey", "enter if|where $*", "enter when $*"),
    ("journey", "enter on: ~1", "enter on ~1"),
    ("journey", "enter =|: ~1", "enter on ~1"),
    ("journey", "reenter #1 $2", "reenter after #1 $2"),
    (
        "journey",
        "reenter every|in|within|each #1 $2",
        "reenter after #1 $2",
    ),
    (
        "journey",
        "reenter once per|a|every $1",
        "reenter after 1 $1",
    ),
    ("journey", "reenter = ~1", "reenter ~1"),
    ("journey", "no|never|not|cannot reenter", "reenter never"),
    ("journey", "always reenter", "reenter always"),
    ("journey", "goal =|on|when|is|: $*", "goal $*"),
    (
        "journey",
        "goal $1 value|amount|revenue $2",
        "goal $1 worth $2",
    ),
    (
        "journey",
        "leave|exit|stop|quit if|when|once $*",
        "leave when $*",
    ),
    ("journey", "exit|stop|quit on|upon $*", "leave on $*"),
    (
        "journey",
        "one per $1 latest wins",
        "one per $1, latest wins",
    ),
    ("journey", "purpose =|is|of|for $1", "purpose $1"),
    (
        "journey",
        "active until|before #1",
        "active 2026-01-01 to #1",
    ),
    ("journey", "renamed $1 ->|=>|as|into $2", "renamed $1 to $2"),
    (
        "journey",
        "budget #1 $2 max|maximum #3 $4 per|a $5",
        "budget #1 $2, #3 $4 per 1 $5",
    ),
    (
        "journey",
        "budget #1 $2, #3 $4/$5",
        "budget #1 $2, #3 $4 per 1 $5",
    ),
    ("journey", "wait at most $*", "wait up to $*"),
    ("journey", "wait max|maximum|upto|up-to $*", "wait up to $*"),
    ("journey", "wait for $1 or #2 $3", "wait up to #2 $3 for $1"),
    (
        "journey",
        "wait for $1 up to #2 $3",
        "wait up to #2 $3 for $1",
    ),
    (
        "journey",
        "wait for $1 for|within|max|maximum #2 $3",
        "wait up to #2 $3 for $1",
    ),
    (
        "journey",
        "send an|a|the email|sms|push $1",
        "send $1 by email",
    ),
    ("journey", "send email: $1", "send $1 by email"),
    ("journey", "send sms|text: $1", "send $1 by sms"),
    (
        "journey",
        "send $1 to member|customer|contact|them|him|her|user $*",
        "send $1 $*",
    ),
    ("journey", "send $1 channel =|: ~2 $*", "send $1 by ~2 $*"),
    ("journey", "send $1 by: $*", "send $1 by $*"),
    ("journey", "send $1 by $2 then $*", "send $1 by $2, $*"),
    (
        "journey",
        "send $1 by $2 if|when $*",
        "if $* { send $1 by $2 }",
    ),
    (
        "journey",
        "send $1 by $2 unless $*",
        "if not ($*) { send $1 by $2 }",
    ),
    (
        "journey",
        "send $1 by $2 at #3 $*",
        "wait until #3` above it: a step runs when the one before it is done",
    ),
    (
        "journey",
        "send $1 by $2 after|in #3 $4 $*",
        "wait #3 $4` above it: a step runs when the one before it is done",
    ),
    (
        "journey",
        "send $1 with $2 $3 by $4 $*",
        "send $1($2: $3) by $4 $*",
    ),
    (
        "journey",
        "send $1 $2: $3 by $4 $*",
        "send $1($2: $3) by $4 $*",
    ),
    ("journey", "set $1 to|as|:|:= $*", "set $1 = $*"),
    ("journey", "set $1 + #2", "set $1 += #2"),
    ("journey", "set $1 - #2", "set $1 -= #2"),
    ("journey", "increment|increase $1 by #2", "set $1 += #2"),
    ("journey", "decrement|decrease $1 by #2", "set $1 -= #2"),
    ("journey", "$1++", "set $1 += 1"),
    ("journey", "add #1 to $2", "set $2 += #1"),
    ("journey", "add to list|audience|segment $1", "add to $1"),
    ("journey", "exit because|with|as|reason|: ~1", "exit ~1"),
    ("journey", "exit ()", "exit"),
    (
        "journey",
        "repeat upto|up-to|max|maximum #1 times",
        "repeat up to #1 times",
    ),
    (
        "journey",
        "repeat until|while $*",
        "repeat up to 10 times until $*",
    ),
    ("journey", "case $1: ", "$1"),
    ("journey", "case $1", "$1"),
    ("journey", "TODO|FIXME|NOTE : $*", "// $*"),
];

const DECLARATION: &[Row] = &[
    ("", "new|create|define|declare|def|add @1 $*", "@1 $*"),
    ("", "@1: $2 for $*", "@1 $2 for $*"),
    ("", "@1 $2 for each|every|all $*", "@1 $2 for $*"),
    ("", "@1 $2 for ($3: $4)", "@1 $2 for $3: $4"),
    ("journey", "journey $1 of $*", "journey $1 for $*"),
    ("message", "message $1 of $*", "message $1 for $*"),
    ("event", "event $1 of $*", "event $1 for $*"),
    ("channel", "channel $1 of $*", "channel $1 for $*"),
    ("consent", "consent $1 of $*", "consent $1 for $*"),
    ("audience", "audience $1 of $*", "audience $1 for $*"),
    (
        "segment",
        "segment $1 for $2: $3 = $*",
        "segment $1 of $2: $3 = $*",
    ),
    (
        "measure",
        "measure $1 for $2: $3 = $*",
        "measure $1 of $2: $3 = $*",
    ),
    (
        "segment",
        "segment $1 of $2: $3 :=|==|=>|is|where|when|as|: $*",
        "segment $1 of $2: $3 = $*",
    ),
    (
        "measure",
        "measure $1 of $2: $3 :=|==|=>|is|as|: $*",
        "measure $1 of $2: $3 = $*",
    ),
    (
        "holdout",
        "holdout $1 for $2: $3 #4 $*",
        "holdout $1 of $2: $3 #4 $*",
    ),
    (
        "holdout",
        "holdout $1 of $2: $3 = $*",
        "holdout $1 of $2: $3 $*",
    ),
    ("setting", "setting $1: $2 :=|: $*", "setting $1: $2 = $*"),
    ("enum", "enum $1 = $*", "enum $1 { $* }"),
    ("enum", "enum $1 [ $* ]", "enum $1 { $* }"),
    (
        "purpose",
        "purpose $1 =|as|is|for|kind|of $*",
        "purpose $1: $*",
    ),
    ("purpose", "purpose $1 ($2)", "purpose $1: $2"),
    (
        "action",
        "action $1 ->|: returns $*",
        "action $1 returns $*",
    ),
];

const BLOCKS: &[Row] = &[
    ("channel", "lead time|days $*", "lead $*"),
    ("calendar", "weekend: $*", "weekend $*"),
    ("calendar", "holidays: $*", "holidays $*"),
    ("promise", "never send $*", "never $*"),
    (
        "promise",
        "$1 costs less|no more than $*",
        "$1 costs at most $*",
    ),
    ("promise", "$1 costs no more than $*", "$1 costs at most $*"),
    (
        "promise",
        "$1 costs max|maximum|under|below $*",
        "$1 costs at most $*",
    ),
    (
        "promise",
        "$1 ends in|after|by|before #2 $3",
        "$1 ends within #2 $3",
    ),
    ("promise", "after $1 send $*", "after $1 always $*"),
    (
        "promise",
        "always $1 within #2 $3 after $4",
        "after $4 always $1 within #2 $3",
    ),
    ("test", "given: $*", "given $*"),
    (
        "test",
        "expect send|sends|receive|receives $*",
        "expect sent $*",
    ),
    ("test", "expect no|never $1", "expect not sent $1"),
    ("test", "expect $1 sent $*", "expect sent $1 $*"),
    ("test", "expect $1 to be sent $*", "expect sent $1 $*"),
    ("test", "expect $1 == sent", "expect sent $1"),
    ("test", "then|assert|verify|check|should $*", "expect $*"),
    ("test", "wait|sleep|advance #1 $2", "after #1 $2"),
    ("test", "#1 $2 later", "after #1 $2"),
    ("test", "when|trigger|fire $*", "$*"),
    ("test", "clock #1 &2", "clock #1[&2]"),
    ("test", "$1 { $* }", "$1($*)"),
    ("test", "&1 &2: $*", "&1(&2: $*)"),
    ("message", "content $1:", "content $1"),
    ("message", "content (~1)", "content ~1"),
    ("message", "content &1-&2", "content \"&1-&2\""),
    ("message", "body text: $*", "body text $*"),
    ("message", "body html: $*", "body html $*"),
    ("message", "body mjml: $*", "body mjml $*"),
    ("message", "body file $1", "body file \"$1\""),
    ("message", "sms { ~1 }", "sms \"~1\""),
];

/// The longest statement that is compared.
const LONGEST: usize = 160;

/// The answer for the statement at `start`, if it is one of the table.
pub(super) fn meant(lower: &Lower<'_>, start: usize, statement: &str) -> Option<Diagnostic> {
    let whole = statement.trim_end();
    if whole.len() > LONGEST || whole.is_empty() {
        return None;
    }
    if let Some((label, rest)) = whole.split_once(": ")
        && label.chars().all(unicode_ident::is_xid_continue)
        && !DECLARATIONS.contains(&label)
        && super::forms::form(label).is_none()
    {
        let rest = rest.trim_start();
        let found = meant(lower, start + whole.len() - rest.len(), rest);
        if found.is_some() {
            return found;
        }
    }
    let kind = kind_of_piece(lower.text);
    // The brace that opens a block is no part of what is compared.
    let body = whole.split('{').next().unwrap_or(whole).trim_end();
    let rows = JOURNEY.iter().chain(DECLARATION).chain(BLOCKS);
    let mut of_kind = rows.filter(|(of, ..)| of.is_empty() || *of == kind);
    let (text, compared) = of_kind.find_map(|(_, pattern, answer)| {
        let braced = pattern.contains('{');
        let compared = if braced { whole } else { body };
        let captured = captured(pattern, compared)?;
        Some((filled(answer, &captured), compared))
    })?;
    let span = lower.range(start, start + compared.len());
    let message = format!("{} is not written like this", quoted(compared));
    let text = text.trim_end();
    let found = |help: String| finding(lower, &codes::UNEXPECTED, span, message, help);
    if text.contains('`') {
        return Some(found(format!("write `{text}")));
    }
    let open = match whole.len() > compared.len() && !text.contains('{') {
        true => " {",
        false => "",
    };
    let help = format!("write `{text}{open}`");
    let mut fix = rewrite::perhaps(lower, span, text);
    fix.title.clone_from(&help);
    // What is right but for a part of it is told by that part.
    Some(found(help).fix(fix)).filter(|found| rewrite::says_something(lower, found))
}

/// The word that begins the declaration of a piece.
fn kind_of_piece(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim_start);
    let line = lines.find(|line| !line.is_empty() && !line.starts_with(['/', '@']));
    let line = line.unwrap_or("");
    line.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("")
}

/// What the parts of a pattern are in a statement, by the sign and the figure of each.
fn captured<'a>(pattern: &str, statement: &'a str) -> Option<Vec<(String, &'a str)>> {
    let mut found = Vec::new();
    let mut rest = statement;
    let mut parts = parts(pattern).into_iter().peekable();
    while let Some(part) = parts.next() {
        rest = rest.trim_start();
        if part == "$*" {
            let end = parts.next();
            let inner = match end {
                Some(end) => rest.strip_suffix(end)?,
                None => rest,
            };
            found.push((part.to_owned(), inner.trim()));
            return Some(found);
        }
        let sign = part.chars().next()?;
        let is_capture = part.len() == 2 && part.ends_with(|c: char| c.is_ascii_digit());
        if is_capture && matches!(sign, '$' | '#' | '&' | '@' | '~') {
            let length = capture(sign, rest)?;
            let (taken, after) = rest.split_at_checked(length)?;
            let taken = match sign {
                '~' => taken.trim_matches(['"', '\'', '“', '”']),
                _ => taken,
            };
            found.push((part.to_owned(), taken));
            rest = after;
            continue;
        }
        rest = part.split('|').find_map(|word| literal(word, rest))?;
    }
    rest.trim().is_empty().then_some(found)
}

/// The parts of a pattern: words, captures and signs.
fn parts(pattern: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for word in pattern.split(' ').filter(|word| !word.is_empty()) {
        let mut rest = word;
        while !rest.is_empty() {
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '|' | '\'' | '-');
            let is_capture = rest.starts_with(['$', '#', '&', '@', '~'])
                && rest
                    .get(1..2)
                    .is_some_and(|c| c == "*" || c.bytes().all(|b| b.is_ascii_digit()));
            let length = if is_capture {
                2
            } else if rest.contains('|') {
                rest.len()
            } else {
                let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                match word {
                    0 => rest
                        .find(['$', '#', '&', '@', '~'])
                        .unwrap_or(rest.len())
                        .max(1),
                    word => word,
                }
            };
            let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            parts.push(part);
            rest = after;
        }
    }
    parts
}

/// What follows a word or sign that `rest` begins with.
fn literal<'a>(word: &str, rest: &'a str) -> Option<&'a str> {
    let head = rest.get(..word.len())?;
    let after = rest.get(word.len()..)?;
    let cut = word.ends_with(unicode_ident::is_xid_continue)
        && after.starts_with(unicode_ident::is_xid_continue);
    (head.eq_ignore_ascii_case(word) && !cut).then_some(after)
}

/// How long the word, path, call or text is that `rest` begins with.
fn capture(sign: char, rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let right = match sign {
        '#' => first.is_ascii_digit(),
        '&' | '@' => first.is_alphabetic(),
        '~' => first.is_alphabetic() || matches!(first, '"' | '\'' | '“'),
        _ => first.is_alphanumeric() || matches!(first, '_' | '"'),
    };
    if !right {
        return None;
    }
    let (mut depth, mut text) = (0_usize, None);
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        match (text, c) {
            (Some(close), _) if c == close => text = None,
            (Some(_), _) => continue,
            (None, '"' | '\'') => text = Some(c),
            (None, '“') => text = Some('”'),
            (None, '(' | '[') if at > 0 => depth += 1,
            (None, ')' | ']') if depth > 0 => depth -= 1,
            (None, '/') if sign == '&' => {}
            _ if depth == 0 => {
                let ends = c.is_whitespace()
                    || matches!(c, ',' | '=' | '{' | '}' | ')' | ']' | '+' | '/')
                    || (c == ':' && sign != '#')
                    || (c == '-' && sign != '#');
                if ends {
                    end = at;
                    break;
                }
            }
            _ => {}
        }
    }
    let word = rest.get(..end)?;
    if sign == '@' && !DECLARATIONS.contains(&word.to_lowercase().as_str()) {
        return None;
    }
    (end > 0).then_some(end)
}

/// An answer with what was captured.
fn filled(answer: &str, captured: &[(String, &str)]) -> String {
    let mut text = answer.to_owned();
    for (part, taken) in captured {
        text = text.replace(part.as_str(), taken);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, DECLARATION, JOURNEY, captured, filled};

    #[test]
    fn each_answer_has_what_its_pattern_captures() {
        for (_, pattern, answer) in JOURNEY.iter().chain(DECLARATION).chain(BLOCKS) {
            for part in super::parts(answer) {
                let capture = part.starts_with(['$', '#', '&', '@', '~']) && part.len() == 2;
                assert!(!capture || pattern.contains(part), "{pattern}: {answer}");
            }
        }
    }

    #[test]
    fn a_statement_is_written_again() {
        for (pattern, statement, answer, text) in [
            (
                "set $1 to $*",
                "set member.vip to yes",
                "set $1 = $*",
                "set member.vip = yes",
            ),
            (
                "send $1 by $2 if $*",
                "send a(b: c.d) by email if x",
                "if $* { send $1 by $2 }",
                "if x { send a(b: c.d) by email }",
            ),
            (
                "enum $1 [ $* ]",
                "enum Level [gold, silver]",
                "enum $1 { $* }",
                "enum Level { gold, silver }",
            ),
            (
                "enter on: ~1",
                "enter on: \"gift_made\"",
                "enter on ~1",
                "enter on gift_made",
            ),
            (
                "$1++",
                "member.points++",
                "set $1 += 1",
                "set member.points += 1",
            ),
        ] {
            let found = captured(pattern, statement).map(|found| filled(answer, &found));
            assert_eq!(found.as_deref(), Some(text), "{pattern}");
        }
        assert!(captured("set $1 to $*", "set member.vip = yes").is_none());
        assert!(captured("reenter #1 $2", "reenter never").is_none());
    }
}
