//! What the grammar could not read: unknown words, and things in the wrong place.

mod lines;
mod top;

pub(in crate::syntax) use top::behind;

use super::meant::{self, character};
use super::missing::{token_at, token_before};
use super::{
    borrowed, fields, finding, foreign, forms, group, habits, platforms, quota, quoted, rewrite,
    slips, structural, units, words,
};
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Diagnostic, Fix};
use crate::diag::{did_you_mean, nearest};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::{Kids, Lower, Node};
use lines::statement_at;

/// What follows where a block stands behind a colon or a `then`: the habit is said once.
const ENDS_OF_BLOCKS: [&str; 9] = [
    ":", "else", "end", "endif", "fi", "elif", "elsif", "elseif", "done",
];

/// Whether a rule holds what could not be read.
pub(super) fn is_junk(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::junk | Rule::junk_step | Rule::junk_top | Rule::junk_head | Rule::junk_paren
    )
}

/// Reports junk inside a declaration.
pub(super) fn report<'a>(lower: &mut Lower<'a>, node: &Node<'a>, within: &Kids<'a>) {
    let start = node.as_span().start();
    let continued = lower.state.junk_end == Some(start);
    lower.state.junk_end = Some(node.as_span().end());
    let (from, to) = token_at(lower.text, start);
    let word = lower.text.get(from..to).unwrap_or("");
    let span = lower.range(from, to);
    let known = words::of_block(within.rule);
    let familiar = did_you_mean(word, known.iter().copied()).is_some()
        || borrowed::habit(borrowed::HABITS, word).is_some();
    if (!continued || familiar) && !lower.state.covers(start) {
        // A label belongs to what follows it.
        let first = match (within.rule, within.last) {
            (Rule::item, Some((label, _))) => label,
            _ => start,
        };
        let behind = behind_on_line(lower, first);
        let known = statement_at(lower, first)
            .or_else(|| behind.and_then(|_| meant::in_line(lower, from, to)));
        let found = match behind {
            _ if word == ")" && lower.state.parens => None,
            _ if lower.state.colons && ENDS_OF_BLOCKS.contains(&word) => None,
            Some(label) if word == ":" && eaten_label(lower, label, start) => None,
            Some(label) if elsewhere(lower, label, start, within.rule).is_some() => {
                elsewhere(lower, label, start, within.rule)
            }
            Some(_) if word == "," && commas(lower, within.rule, span) => None,
            _ if word == "{" && doubled_brace(lower, span) => None,
            _ if known.is_some() => known,
            _ if within.rule == Rule::fields && fields::meant(lower, start).is_some() => {
                fields::meant(lower, start)
            }
            Some(_) if unknown_unit(lower, from, to) => None,
            Some(statement) => Some(in_statement(lower, word, span, statement, within)),
            None => Some(at_start(lower, word, span, within.rule)),
        };
        lower.state.colons |= matches!(word, "then" | "alors");
        if let Some(found) = found {
            match lower
                .text
                .get(start..)
                .is_some_and(|rest| rest.starts_with("{%"))
            {
                true => {
                    group(lower, "Liquid", found);
                    super::cover(lower, start);
                }
                false => structural(lower, found),
            }
        }
    }
    // Steps inside an unknown step are read for their own errors.
    for inner in node.clone().into_inner() {
        match inner.as_rule() {
            // Its arms were read as steps.
            Rule::block if slips::has_arms(word, words::of_block(within.rule)) => {
                closers(lower, inner);
            }
            Rule::block => {
                lower.to_block(inner);
            }
            Rule::junk_block => closers(lower, inner),
            _ => {}
        }
    }
}

/// The answer to a line whose label, before what could not be read, is a word of another platform.
fn elsewhere(lower: &Lower<'_>, label: &str, start: usize, around: Rule) -> Option<Diagnostic> {
    if !label.trim_end().ends_with(':') {
        return None;
    }
    let begin = start.checked_sub(label.trim_start().len())?;
    said_elsewhere(lower, begin, around)
}

/// Whether the label of a step was read as the end of the line above it, which has a finding.
fn eaten_label(lower: &Lower<'_>, label: &str, start: usize) -> bool {
    let begin = start.saturating_sub(label.len());
    label.trim().chars().all(unicode_ident::is_xid_continue) && lower.state.ends_before(begin)
}

/// A `{` right behind another: reported once, with nothing that follows from it.
fn doubled_brace(lower: &mut Lower<'_>, span: Span) -> bool {
    let head = lower.whole.get(..span.start as usize).unwrap_or("");
    let rest = lower.source(Span::new(span.start, span.start.saturating_add(2)));
    if !head.trim_end_matches([' ', '\t']).ends_with('{') || rest == "{{" || rest == "{%" {
        return false;
    }
    lower.state.braces = true;
    lower.state.doubled = true;
    let help = "remove one of them";
    let found = finding(
        lower,
        &codes::REPEATED_PART,
        span,
        "this `{` stands twice",
        help,
    );
    let fix = Fix::safe(help, span.in_file(lower.file), "");
    structural(lower, found.fix(fix));
    true
}

/// A line that begins at `start` with words of another platform: it is reported there.
fn said_elsewhere(lower: &Lower<'_>, start: usize, around: Rule) -> Option<Diagnostic> {
    let line = lower.text.get(start..)?.split('\n').next()?;
    let (help, written) = platforms::said(around, line)?;
    let span = lower.range(start, start + written.len());
    let message = format!("`{written}` is not known in {}", words::of_rule(around));
    Some(finding(
        lower,
        &codes::UNKNOWN_STATEMENT,
        span,
        message,
        help,
    ))
}

/// A comma at the end of a line, or before the brace that ends a block: reported once, with the
/// others of the declaration.
fn commas(lower: &mut Lower<'_>, around: Rule, span: Span) -> bool {
    let rest = lower.whole.get(span.end as usize..).unwrap_or("");
    let rest = rest.trim_start_matches([' ', '\t', '\r']);
    if !(rest.is_empty() || rest.starts_with(['\n', '}']) || rest.starts_with("//")) {
        return false;
    }
    let (message, help) = match around {
        Rule::fields => (
            "fields are not separated by commas",
            "remove it: each field begins with its name and a colon",
        ),
        _ => (
            "statements are not separated by commas",
            "remove it: a statement ends where the next one starts",
        ),
    };
    let found = finding(lower, &codes::UNEXPECTED, span, message, help);
    let fix = Fix::safe(help, span.in_file(lower.file), "");
    group(lower, "`,`", found.fix(fix));
    true
}

/// The first word of the statement that `start` continues on its line; nothing if `start` is the
/// first token of its line.
fn behind_on_line<'a>(lower: &Lower<'a>, start: usize) -> Option<&'a str> {
    let head = lower.text.get(..start)?;
    let line = head.get(memchr::memrchr(b'\n', head.as_bytes()).map_or(0, |i| i + 1)..)?;
    let statement = line.rsplit(['{', '}']).next()?;
    (!statement.trim().is_empty()).then_some(statement)
}

/// Reports a missing closer in a block that could not be read.
fn closers<'a>(lower: &mut Lower<'a>, block: Node<'a>) {
    for inner in block.into_inner() {
        match inner.as_rule() {
            Rule::junk_block => closers(lower, inner),
            Rule::no_close => super::brackets::unclosed_brace(lower, inner.as_span().start()),
            _ => {}
        }
    }
}

/// A word that begins a line and is not one of its block.
fn at_start(lower: &Lower<'_>, word: &str, span: Span, around: Rule) -> Diagnostic {
    if let Some(found) = character(lower, word, span) {
        return found;
    }
    let noun = words::of_rule(around);
    if let Some((help, fix)) = foreign::instead_of_sign(lower, word, span) {
        let message = format!("{} cannot stand here", quoted(word));
        return finding(lower, &codes::UNEXPECTED, span, message, help).fix_if(fix);
    }
    if word == "else" {
        return finding(
            lower,
            &codes::UNEXPECTED,
            span,
            "this `else` belongs to nothing",
            "write it right behind the `}` of an `if`, or behind a step that can fail",
        );
    }
    if word == "{" {
        return finding(
            lower,
            &codes::UNEXPECTED,
            span,
            "this block belongs to nothing",
            "remove it, or write before it what it belongs to",
        );
    }
    let line = rewrite::rest_of_line(lower, span.start);
    let start = span.start.saturating_sub(lower.base) as usize;
    let is_home = |word: &str| words::of_block(around).contains(&word);
    if !is_home(word) {
        if let Some(found) = limit(lower, span, line, around) {
            return found;
        }
        let elsewhere = said_elsewhere(lower, start, around);
        // The words of several are surer than the word of one.
        if let Some(found) = elsewhere.filter(|found| found.primary.place.span.len() > span.len()) {
            return found;
        }
        if let Some(help) = forms::home(around, line) {
            let message = format!("`{word}` is not known in {noun}");
            return finding(lower, &codes::UNKNOWN_STATEMENT, span, message, help);
        }
    }
    let content = around == Rule::message_body && borrowed::CHANNEL_KINDS.contains(&word);
    if let Some(help) = borrowed::habit(borrowed::HABITS, word).filter(|_| !content) {
        let message = format!("`{word}` is not known in {noun}");
        let fix = habit_fix(lower, word, span, words::of_block(around));
        return finding(lower, &codes::UNKNOWN_STATEMENT, span, message, help).fix_if(fix);
    }
    if let Some(found) = numbered(lower, word, span) {
        return found;
    }
    if !is_home(word)
        && let Some(found) = said_elsewhere(lower, start, around).filter(|_| !content)
    {
        return found;
    }
    let mut known = words::of_block(around);
    if known.contains(&word) {
        // A word of this block whose statement could not be read as one.
        return finding(
            lower,
            &codes::UNEXPECTED,
            span,
            format!("this `{word}` cannot be read"),
            "look before it for a `{` or a `\"` that is missing or too many, and finish what it says",
        );
    }
    let rest = rewrite::rest_of_line(lower, span.end).trim_start();
    if known == words::STEPS
        && (rest.starts_with('{') || rest.starts_with("if "))
        && nearest(word, ["else"]).is_some()
    {
        known = &["else"];
    }
    let (span, word) = hyphenated(lower, span, word);
    let joined = word.replace('-', "");
    let (meant, fix) = match known.iter().find(|known| **known == joined) {
        Some(known) => (
            Some(format!("write `{known}`")),
            Some(rewrite::write(lower, span, known)),
        ),
        // A word that belongs elsewhere is not a slip.
        None if habits::RESERVED.contains(&word) || ELSEWHERE.contains(&word) => (None, None),
        None => (
            did_you_mean(word, known.iter().copied()),
            rewrite::near(lower, word, span, known.iter().copied()),
        ),
    };
    let help = meant.unwrap_or_else(|| {
        if known == words::STEPS {
            changed(lower, span)
                .unwrap_or_else(|| "write a step like `send`, `wait`, `if` or `exit`".to_owned())
        } else if around == Rule::variants && word == "\"" {
            "write the variants without quotes, as in `enum Level { gold, silver }`".to_owned()
        } else if around == Rule::fields {
            field_help(lower, span)
        } else if content {
            format!("write it in the content of a language: `content en {{ {word} ... }}`")
        } else if known.is_empty() {
            format!("remove it, or write what belongs in {noun}")
        } else {
            format!("expected {}", list(known))
        }
    });
    let message = format!("{} is not known in {noun}", quoted(word));
    let code: &'static Code = if known.is_empty() {
        &codes::UNEXPECTED
    } else {
        &codes::UNKNOWN_STATEMENT
    };
    finding(lower, code, span, message, help).fix_if(fix)
}

/// Words that begin what stands in other blocks.
const ELSEWHERE: &[&str] = &[
    "on", "yes", "no", "content", "permit", "forbid", "limit", "rest",
];

/// `max 3 sms per week` in a block that holds limits.
fn limit(lower: &Lower<'_>, span: Span, line: &str, around: Rule) -> Option<Diagnostic> {
    const LIMITS: [&str; 7] = [
        "max",
        "maximum",
        "at most",
        "no more than",
        "not more than",
        "limit",
        "cap",
    ];
    let keyword = match around {
        Rule::rules => "limit",
        Rule::claims => "at most",
        _ => return None,
    };
    let written = LIMITS
        .iter()
        .find_map(|limit| meant::begins_with(line, limit))?;
    let (text, whole) = quota::said(keyword, line.split("//").next()?.trim_end())?;
    let place = Span::new(span.start, span.start + super::length(line.trim_end()));
    let span = Span::new(span.start, span.start + u32::try_from(written).unwrap_or(0));
    let message = format!(
        "{} is not known in {}",
        quoted(lower.source(span)),
        words::of_rule(around)
    );
    let help = format!("write `{text}`");
    let fix = whole.then(|| rewrite::perhaps(lower, place, &text));
    Some(finding(lower, &codes::UNKNOWN_STATEMENT, span, message, help).fix_if(fix))
}

/// `member.points += 1`, without the word before it.
fn changed(lower: &Lower<'_>, span: Span) -> Option<String> {
    let line = rewrite::rest_of_line(lower, span.start);
    let line = line.split("//").next().unwrap_or(line).trim_end();
    let (path, value) = line.split_once('=')?;
    let path = path.trim_end().trim_end_matches(['+', '-']).trim_end();
    let is_path = path.contains('.')
        && path
            .chars()
            .all(|c| c == '.' || unicode_ident::is_xid_continue(c));
    (is_path && !value.starts_with('=') && line.len() < 72).then(|| format!("write `set {line}`"))
}

/// The word of this language for a word of another that begins a step or a rule, if there is only
/// one.
fn habit_fix(lower: &Lower<'_>, word: &str, span: Span, known: &[&str]) -> Option<Fix> {
    let (right, sure) = match word {
        "elif" | "elsif" | "elseif" => return Some(rewrite::write(lower, span, "else if")),
        "default" => return Some(rewrite::write(lower, span, "else")),
        "sleep" | "delay" | "pause" => ("wait", true),
        "allow" => ("permit", true),
        "deny" => ("forbid", true),
        "return" | "stop" => ("exit", false),
        "switch" => ("match", false),
        _ => return None,
    };
    let fix = if sure {
        rewrite::write
    } else {
        rewrite::perhaps
    };
    known.contains(&right).then(|| fix(lower, span, right))
}

/// `1.` before a step.
fn numbered(lower: &Lower<'_>, word: &str, span: Span) -> Option<Diagnostic> {
    let rest = lower.whole.get(span.end as usize..)?;
    if !word.bytes().all(|b| b.is_ascii_digit()) || !rest.starts_with(['.', ')']) {
        return None;
    }
    let span = Span::new(span.start, span.end + 1);
    let message = format!("{} means nothing here", quoted(lower.source(span)));
    let help = "remove it: steps run in the order in which they stand";
    let found = finding(lower, &codes::UNEXPECTED, span, message, help);
    Some(found.fix(Fix::safe(help, span.in_file(lower.file), "")))
}

/// A word with the hyphens and words that follow it: `re-enter`.
fn hyphenated<'a>(lower: &Lower<'a>, span: Span, word: &'a str) -> (Span, &'a str) {
    let rest = lower.whole.get(span.start as usize..).unwrap_or("");
    let end = rest.find(|c| c != '-' && !unicode_ident::is_xid_continue(c));
    let whole = rest.get(..end.unwrap_or(rest.len())).unwrap_or(word);
    let named = word.starts_with(unicode_ident::is_xid_start);
    if !named || whole.len() <= word.len() || whole.ends_with('-') {
        return (span, word);
    }
    (
        Span::new(span.start, span.start + super::length(whole)),
        whole,
    )
}

/// What to write where a list of fields holds something else.
fn field_help(lower: &Lower<'_>, span: Span) -> String {
    let rest = lower.whole.get(span.start as usize..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let mut parts = line.split('"');
    if let (Some(""), Some(name), Some(_)) = (parts.next(), parts.next(), parts.next()) {
        return format!("write a field without quotes, as in `{name}: text`");
    }
    "write a field as `NAME: TYPE`, like `first_name: text?`".to_owned()
}

/// A word behind a statement, on its line.
fn in_statement(
    lower: &Lower<'_>,
    word: &str,
    span: Span,
    line: &str,
    within: &Kids<'_>,
) -> Diagnostic {
    if let Some(found) = character(lower, word, span) {
        return found;
    }
    if let Some((help, fix)) = foreign::instead(lower, word, span, line) {
        let message = format!("{} cannot stand here", quoted(word));
        return finding(lower, &codes::UNEXPECTED, span, message, help).fix_if(fix);
    }
    if line.trim_end().ends_with(':') {
        // A label belongs to the step behind it.
        return at_start(lower, word, span, within.rule);
    }
    let first = words::keyword_of(line);
    let parts = words::of_statement(first);
    let block = words::of_block(within.rule);
    let candidates = parts
        .iter()
        .chain(words::IN_EXPRESSIONS)
        .chain(block)
        .copied();
    let fix = rewrite::near(lower, word, span, candidates.clone());
    let help = did_you_mean(word, candidates).unwrap_or_else(|| {
        if parts.is_empty() {
            "remove it, or finish what stands before it".to_owned()
        } else {
            format!("behind `{first}` may stand {}", list(parts))
        }
    });
    let message = format!("{} cannot stand here", quoted(word));
    finding(lower, &codes::UNEXPECTED, span, message, help).fix_if(fix)
}

/// Whether the word at `from..to` stands behind a bare number and is no unit; reports it then.
pub(super) fn unknown_unit(lower: &mut Lower<'_>, from: usize, to: usize) -> bool {
    let word = lower.text.get(from..to).unwrap_or("");
    if !word.starts_with(char::is_alphabetic) {
        return false;
    }
    let end = lower.trimmed_end(0, from);
    let gap = lower.text.get(end..from).unwrap_or("\n");
    let (start, end) = token_before(lower.text, end);
    let number = lower.text.get(start..end).unwrap_or("");
    if gap.contains('\n')
        || number.is_empty()
        || !number.bytes().all(|b| b.is_ascii_digit() || b == b'_')
    {
        return false;
    }
    if words::IN_EXPRESSIONS.contains(&word) || super::habits::RESERVED.contains(&word) {
        return false;
    }
    // `09:00` has no unit.
    if lower
        .text
        .get(..start)
        .is_some_and(|head| head.ends_with(':'))
    {
        return false;
    }
    let unit_like = |word: &str| units::unit_like(word).map(|unit| units::counted(unit, number));
    // The unit is right, and a length cannot stand here.
    if unit_like(word).as_deref() == Some(word) {
        return false;
    }
    let help = match unit_like(word) {
        Some(unit) => format!("did you mean `{unit}`?"),
        None => "a unit is `seconds`, `minutes`, `hours`, `days`, `weeks`, `months`, `years` or \
                 `workdays of CALENDAR`; a currency is three capitals, like `EUR`"
            .to_owned(),
    };
    let span = lower.range(from, to);
    let message = format!("{} is not a unit or a currency", quoted(word));
    let fix = unit_like(word).map(|unit| {
        let place = match unit.as_str() {
            // The sign touches its number.
            "%" => lower.range(end, to),
            _ => span,
        };
        match units::is_surely_unit(word) {
            true => rewrite::write(lower, place, &unit),
            false => rewrite::perhaps(lower, place, &unit),
        }
    });
    let found = finding(lower, &codes::UNKNOWN_UNIT, span, message, help).fix_if(fix);
    structural(lower, found);
    true
}

/// Words in backticks, with commas and an `or`.
fn list(words: &[&str]) -> String {
    let Some((last, rest)) = words.split_last() else {
        return String::new();
    };
    let last = format!("`{last}`");
    if rest.is_empty() {
        return last;
    }
    let rest: Vec<String> = rest.iter().map(|word| format!("`{word}`")).collect();
    format!("{} or {last}", rest.join(", "))
}
