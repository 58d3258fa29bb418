//! What the grammar requires and did not find.

use super::amend::{self, Gap};
use super::{fields, finding, forms, meant, quoted, structural};
use crate::diag::codes::syntax as codes;
use crate::diag::{Fix, nearest};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;
use crate::syntax::report::{habits, junk, rewrite, slips};

/// What a marker says is missing; nothing for other rules.
pub(super) fn word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::no_always => "`always`",
        Rule::no_and => "`and`",
        Rule::no_as => "`as` and a name",
        Rule::no_at_most => "`at most`",
        Rule::no_bracket => "`]`",
        Rule::no_by => "`by`",
        Rule::no_claim => "`ends within` or `costs at most`",
        Rule::no_close => "`}`",
        Rule::no_colon => "`:`",
        Rule::no_comma => "`,`",
        Rule::no_day => "`day`",
        Rule::no_else => "`skip` or `delay`",
        Rule::no_enter => "`on`, `when`, `every`, or a duration `before` or `after` a date",
        Rule::no_equals => "`=`",
        Rule::no_every_year => "`every year`",
        Rule::no_for => "`for`",
        Rule::no_from => "`from`",
        Rule::no_leave => "`when` or `on`",
        Rule::no_most => "`most`",
        Rule::no_name => "a name",
        Rule::no_of => "`of`",
        Rule::no_on => "`on`",
        Rule::no_open => "`{`",
        Rule::no_paren => "`)`",
        Rule::no_people => "`people`",
        Rule::no_per => "`per` and a duration",
        Rule::no_reenter => "`never`, `always` or `after`",
        Rule::no_refused => "`refused`",
        Rule::no_step => "a step",
        Rule::no_text => "a text between double quotes",
        Rule::no_than => "`than`",
        Rule::no_those_already => "`those already`",
        Rule::no_time => "`time`",
        Rule::no_times => "`times`",
        Rule::no_to => "`to`",
        Rule::no_type => "a type",
        Rule::no_up_to => "`up to`",
        Rule::no_value => "a value",
        Rule::no_via => "`via` and a channel",
        Rule::no_wins => "`wins`",
        Rule::no_within => "`within` and a duration",
        _ => return None,
    })
}

/// Reports that `what` is missing at `at`.
pub(super) fn report(lower: &mut Lower<'_>, rule: Rule, what: &str, at: usize, around: Rule) {
    if rule == Rule::no_open {
        lower.state.braces = true;
    }
    let end = lower.trimmed_end(0, at);
    if lower.state.covers(end.saturating_sub(1)) {
        return;
    }
    let before = token_before(lower.text, end);
    if rule == Rule::no_colon && junk::unknown_unit(lower, before.0, before.1) {
        return;
    }
    if rule == Rule::no_colon && matches!(around, Rule::field | Rule::record_field) {
        // A word behind a field, and not a field without its colon.
        let head = lower.text.get(..before.0).unwrap_or("");
        let head = head.trim_end_matches([' ', '\t']);
        if !head.ends_with(['{', '(', ',', '\n', '\r']) {
            if let Some(found) = meant::in_line(lower, before.0, before.1) {
                structural(lower, found);
                return;
            }
            if let Some(found) = fields::meant(lower, before.0).filter(|_| around == Rule::field) {
                structural(lower, found);
                return;
            }
            let span = lower.range(before.0, before.1);
            let word = lower.text.get(before.0..before.1).unwrap_or("");
            let message = format!("{} cannot stand here", quoted(word));
            let help = "remove it, or write a field as `NAME: ...`";
            let found = finding(lower, &codes::UNEXPECTED, span, message, help);
            structural(lower, found);
            return;
        }
    }
    if around == Rule::field
        && matches!(rule, Rule::no_colon | Rule::no_type)
        && let Some(mut found) = fields::meant(lower, before.0)
    {
        found.code = &codes::MISSING_PART;
        structural(lower, found);
        return;
    }
    let next = token_at(lower.text, at);
    let between = lower.text.get(before.1..next.0).unwrap_or("\n");
    if !between.contains('\n') {
        let doubled = lower.text.get(before.0..before.1) == lower.text.get(next.0..next.1);
        let found = match doubled && rule == Rule::no_colon {
            true => Some(slips::repeated(lower, (before.1, next.0, next.1))),
            false => slips::in_gap(lower, rule, around, what, next),
        };
        if let Some(found) = found {
            structural(lower, found);
            return;
        }
    }
    let gap = Gap::new(lower, rule, around, before, next);
    if amend::follows(lower, &gap) {
        return;
    }
    if let Some(found) = amend::answer(lower, &gap) {
        structural(lower, found);
        return;
    }
    let same_line = lower
        .text
        .get(before.1..next.0)
        .is_some_and(|gap| !gap.contains('\n'));
    let next_text = lower.text.get(next.0..next.1).unwrap_or("");
    if same_line && !next_text.is_empty() {
        let span = lower.range(next.0, next.1);
        let is_type = [
            "text", "int", "date", "bool", "email", "phone", "string", "decimal",
        ];
        if rule == Rule::no_colon
            && around == Rule::field
            && is_type.contains(&lower.text.get(before.0..before.1).unwrap_or(""))
        {
            let type_name = lower.text.get(before.0..before.1).unwrap_or("");
            let span = lower.range(before.0, next.1);
            let message = "a field has its name first, then its type";
            let help = format!("write `{next_text}: {type_name}`");
            let found = finding(lower, &codes::MISSING_PART, span, message, help);
            structural(lower, found);
            return;
        }
        let name_wanted = matches!(rule, Rule::no_name | Rule::no_value);
        if name_wanted && habits::reserved_here(lower, next_text, next.1, rule, span) {
            return;
        }
        if name_wanted
            && !matches!(next_text, "}" | ")" | "]")
            && let Some(found) = meant::in_line(lower, next.0, next.1)
                .or_else(|| meant::character(lower, next_text, span))
        {
            structural(lower, found);
            return;
        }
        if !name_wanted && let Some(found) = meant::in_line(lower, next.0, next.1) {
            lower.state.colons |= matches!(next_text, "then" | "alors");
            structural(lower, found);
            return;
        }
        let message = format!("expected {what}, found {}", quoted(next_text));
        let help = forms::begun(&gap)
            .or_else(|| amend::help(&gap))
            .unwrap_or_else(|| help(rule).to_owned());
        let mut fix = put_in(lower, rule, around, before.1, span);
        if let Some(fix) = fix.as_mut().filter(|_| help.starts_with("write `")) {
            fix.title.clone_from(&help);
        }
        let found = finding(lower, &codes::MISSING_PART, span, message, help).fix_if(fix);
        structural(lower, found);
        return;
    }
    let previous = lower.text.get(before.0..before.1).unwrap_or("");
    let span = lower.range(before.0, before.1);
    let message = if previous.is_empty() {
        format!("expected {what} here")
    } else {
        format!("expected {what} after {}", quoted(previous))
    };
    let help = forms::begun(&gap)
        .or_else(|| amend::help(&gap))
        .unwrap_or_else(|| help(rule).to_owned());
    let found = finding(lower, &codes::MISSING_PART, span, message, help);
    structural(lower, found);
}

/// Puts in the one word or sign that can stand between what ends at `end` in the piece and `next`,
/// which follows on the same line; or puts it in the place of `next` if that is the word misspelled.
fn put_in(lower: &Lower<'_>, rule: Rule, around: Rule, end: usize, next: Span) -> Option<Fix> {
    let part = match rule {
        // The type is missing as well.
        Rule::no_colon if lower.source(next) == "=" => return None,
        Rule::no_colon => ":",
        Rule::no_comma => ",",
        // A `set` may add, too.
        Rule::no_equals if around != Rule::set => "=",
        Rule::no_for if around == Rule::subject_for => "for",
        Rule::no_of if matches!(around, Rule::subject_of | Rule::holidays_of) => "of",
        Rule::no_up_to => "up to",
        rule => amend::fixed_word(rule)?,
    };
    let written = lower.source(next);
    if nearest(written, [part]).is_some() {
        return rewrite::near(lower, written, next, [part]);
    }
    if matches!(written, "}" | ")" | "]") || (written == "{" && rule != Rule::no_times) {
        return None;
    }
    let end = lower.range(end, end).start;
    let text = match part {
        ":" | "," if end < next.start => part.to_owned(),
        ":" | "," => format!("{part} "),
        _ if end < next.start => format!(" {part}"),
        _ => format!(" {part} "),
    };
    let place = Span::at(end).in_file(lower.file);
    let title = format!("write `{part}` before {}", quoted(written));
    Some(Fix::safe(title, place, text))
}

/// What to do if there is nothing more to say.
const ADD: &str = "add it";

/// What to do about it.
fn help(rule: Rule) -> &'static str {
    match rule {
        Rule::no_value => "write a value, a name or a path like `member.points`",
        Rule::no_name => "write a name; a word of the language is one between backticks",
        Rule::no_text => "write a text like `\"Welcome\"`",
        Rule::no_type => "write a type like `text`, `int`, `date` or the name of an enum or table",
        Rule::no_colon => "write `NAME: ...`",
        Rule::no_for => "say for whom or what, as in `for member: Member` or `for fundraising`",
        Rule::no_of => "say of whom or what, as in `of member: Member`",
        Rule::no_open => "open the block with `{`",
        Rule::no_comma => "separate the items with commas",
        Rule::no_per => "say for how long it counts, as in `per 7 days`",
        _ => ADD,
    }
}

/// Where the token that ends at `end` begins and ends.
pub(super) fn token_before(text: &str, end: usize) -> (usize, usize) {
    let head = text.get(..end).unwrap_or("");
    let word = head.trim_end_matches(unicode_ident::is_xid_continue);
    if word.len() < head.len() {
        return (word.len(), end);
    }
    let last = head.chars().next_back().map_or(0, char::len_utf8);
    (end - last, end)
}

/// Where the token at `at` begins and ends; empty at the end of the text.
pub(super) fn token_at(text: &str, at: usize) -> (usize, usize) {
    let tail = text.get(at..).unwrap_or("");
    let rest = tail.trim_start_matches(unicode_ident::is_xid_continue);
    let word = tail.len() - rest.len();
    let length = match word {
        0 => tail.chars().next().map_or(0, char::len_utf8),
        _ => word,
    };
    (at, at + length)
}
