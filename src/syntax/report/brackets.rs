//! Brackets that are opened and never closed, or close nothing.

use super::{finding, rewrite, structural};
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Fix};
use crate::source::Span;
use crate::syntax::ast::Decl;
use crate::syntax::lower::Lower;
use crate::syntax::scan;

/// What may follow from a brace that is missing or one too many.
const FOLLOWS: [&Code; 4] = [
    &codes::MISSING_PART,
    &codes::UNEXPECTED,
    &codes::UNKNOWN_STATEMENT,
    &codes::MISPLACED_PART,
];

/// How many parentheses and square brackets are reported in one declaration.
const MOST: usize = 20;

/// A block that does not end before `at`: reported at its `{`, once in a declaration.
pub(super) fn unclosed_brace(lower: &mut Lower<'_>, at: usize) {
    if lower.state.braces || lower.state.text {
        return;
    }
    lower.state.braces = true;
    let open = open_before(lower, at, b'{');
    let mut places = open.iter().rev().copied();
    let Some(innermost) = places.next() else {
        return;
    };
    if declared_inside(lower, at, innermost) || other_closer(lower, at, innermost) {
        return;
    }
    let help = "write `}` where the block ends";
    let suspect = lower.state.suspect.filter(|_| open.len() == 1);
    let Some(suspect) = suspect.map(|at| Span::new(at, at + 1)) else {
        let mut found = finding(
            lower,
            &codes::UNCLOSED_BRACKET,
            innermost,
            "this `{` is never closed",
            help,
        );
        for outer in places {
            found = found.other(outer.in_file(lower.file), "nor is this one");
        }
        if let [open] = open.as_slice() {
            found = found.fix(close_block(lower, at, *open));
        }
        lower.push(found);
        return;
    };
    let found = finding(
        lower,
        &codes::UNCLOSED_BRACKET,
        suspect,
        "this `{` is probably not closed where it should be",
        help,
    )
    .other(innermost.in_file(lower.file), "so this one is never closed");
    // What stands behind it was read as a part of the block, where it does not belong.
    lower.drop_behind(suspect.start, &FOLLOWS);
    lower.push(found);
}

/// A declaration at `at` that stands further right than the block it is in: it is not that the block
/// was not closed. Reports it then.
fn declared_inside(lower: &mut Lower<'_>, at: usize, open: Span) -> bool {
    let line = lower
        .text
        .get(at..)
        .unwrap_or("")
        .lines()
        .next()
        .unwrap_or("");
    let keyword = line.split_whitespace().next().unwrap_or("");
    let place = lower.range(at, at + keyword.len());
    let outer = rewrite::start_of_line(lower, open.start);
    let own = rewrite::start_of_line(lower, place.start);
    let indent = outer.len() - outer.trim_start().len();
    if !scan::DECLARATIONS.contains(&keyword) || !own.trim().is_empty() || own.len() <= indent {
        return false;
    }
    let head = lower.text.split_whitespace().next().unwrap_or("block");
    let message = format!("this `{keyword}` is declared inside of a `{head}`");
    let help = "move it out: a declaration stands at the top of a file, not in another";
    let found = finding(lower, &codes::MISPLACED_PART, place, message, help)
        .other(open.in_file(lower.file), "it stands in this block");
    lower.push(found);
    true
}

/// A `)` or `]` on a line of its own where the `}` of a block should stand. Reports it then.
fn other_closer(lower: &mut Lower<'_>, at: usize, open: Span) -> bool {
    let outer = rewrite::start_of_line(lower, open.start);
    let indent = outer.len() - outer.trim_start().len();
    let mut start = open.end.saturating_sub(lower.base) as usize;
    let inside = lower.text.get(start..at).unwrap_or("");
    let mut wrong = None;
    for line in inside.split_inclusive('\n') {
        let own = line.len() - line.trim_start().len();
        if own == indent && matches!(line.trim(), ")" | "]") {
            wrong = Some(start + own);
            break;
        }
        start += line.len();
    }
    let Some(wrong) = wrong else {
        return false;
    };
    let place = lower.range(wrong, wrong + 1);
    let written = lower.source(place);
    let message = format!("a `{{` is closed with `}}`, not with `{written}`");
    let found = finding(lower, &codes::UNMATCHED_BRACE, place, message, "write `}`")
        .other(open.in_file(lower.file), "it is this one")
        .fix(rewrite::write(lower, place, "}"));
    lower.drop_behind(place.start.saturating_sub(1), &FOLLOWS);
    lower
        .found
        .retain(|said| said.primary.place.span.start != place.start);
    lower.push(found);
    true
}

/// A `}` that closes nothing: the one that stands where no block is open in its column, if there is
/// one, and not the last.
pub(super) fn extra_brace(lower: &mut Lower<'_>, at: usize, decl: Option<&Decl>) {
    let last = lower.range(at, at + 1);
    let orphan = lower.state.orphan.filter(|orphan| *orphan < last.start);
    let Some(orphan) = orphan.map(|at| Span::new(at, at + 1)) else {
        let mut found = finding(
            lower,
            &codes::UNMATCHED_BRACE,
            last,
            "this `}` closes nothing",
            "remove it, or remove a `}` too many above it",
        );
        if let Some(decl) = decl {
            let last = lower.source(decl.span).chars().next_back();
            let width = last.map_or(0, |last| u32::try_from(last.len_utf8()).unwrap_or(0));
            let end = Span::new(decl.span.end.saturating_sub(width), decl.span.end);
            found = found.other(end.in_file(lower.file), "the declaration ends here");
        }
        let place = rewrite::with_its_line(lower, last).in_file(lower.file);
        lower.push(found.fix(Fix::chosen("remove it", place, "")));
        return;
    };
    lower.drop_behind(orphan.start, &FOLLOWS);
    let column = rewrite::start_of_line(lower, orphan.start);
    let indent = column.len() - column.trim_start().len();
    let file = lower.file;
    let whole = lower.whole;
    // What stands in the block that nothing opens was reported: its first line is missing.
    if let Some(said) = lower.found.last_mut()
        && FOLLOWS.contains(&said.code)
        && said.primary.place.span.start < orphan.start
        && indent_at(whole, said.primary.place.span.start) > indent
        && column.trim().is_empty()
    {
        let known = said.help.take().unwrap_or_default();
        let known = known
            .strip_prefix("expected ")
            .map(|known| format!(": {known}"));
        let help = format!(
            "write above it the line that opens its block{}, or remove the `}}` below",
            known.unwrap_or_default()
        );
        *said = said
            .clone()
            .other(
                orphan.in_file(file),
                "so this `}` closes the block around it",
            )
            .help(help);
        said.fix = None;
        return;
    }
    let help = "remove it, or write above it the line that opens its block";
    let place = rewrite::with_its_line(lower, orphan).in_file(file);
    let found = finding(
        lower,
        &codes::UNMATCHED_BRACE,
        orphan,
        "this `}` is one too many",
        help,
    )
    .other(last.in_file(file), "so that this one closes nothing")
    .fix(Fix::chosen("remove it", place, ""));
    lower.push(found);
}

/// How far to the right the line of a place begins.
fn indent_at(text: &str, at: u32) -> usize {
    let head = text.get(..at as usize).unwrap_or("");
    let start = head.rfind('\n').map_or(0, |i| i + 1);
    let line = text.get(start..).unwrap_or("");
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Closes the one block that is open at `at`, at the end of what stands before it.
///
/// Where blocks stand in blocks it may be another that was meant to end, with other steps in it.
fn close_block(lower: &Lower<'_>, at: usize, open: Span) -> Fix {
    let end = lower.trimmed_end(0, at);
    let inside = lower.range(open.end.saturating_sub(lower.base) as usize, end);
    let one_line = !lower.source(inside).contains('\n');
    let text = if one_line { " }" } else { "\n}" };
    let flat = [
        "enum", "profile", "table", "event", "calendar", "channel", "action",
    ];
    let head = lower.text.trim_start();
    let keyword = head
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    let title = "write `}` at the end of the declaration";
    let place = lower.range(end, end).in_file(lower.file);
    match flat.contains(&keyword) {
        true => Fix::safe(title, place, text),
        false => Fix::chosen(title, place, text),
    }
}

/// A parenthesis or bracket that does not end at `at`.
pub(super) fn unclosed(lower: &mut Lower<'_>, at: usize, byte: u8) {
    if lower.state.text || lower.state.brackets == MOST {
        return;
    }
    lower.state.brackets += 1;
    let Some(&open) = open_before(lower, at, byte).last() else {
        return;
    };
    let (left, right) = match byte {
        b'(' => ('(', ')'),
        _ => ('[', ']'),
    };
    let found = finding(
        lower,
        &codes::UNCLOSED_BRACKET,
        open,
        format!("this `{left}` is never closed"),
        format!("write `{right}` where it ends"),
    )
    .fix(Fix::chosen(
        format!("write `{right}` before what cannot stand in it"),
        {
            let end = lower.trimmed_end(0, at);
            lower.range(end, end).in_file(lower.file)
        },
        right.to_string(),
    ));
    structural(lower, found);
}

/// The brackets of one kind that are open at `at`, outermost first.
fn open_before(lower: &Lower<'_>, at: usize, byte: u8) -> Vec<Span> {
    scan::open_brackets(lower.text.get(..at).unwrap_or(""))
        .into_iter()
        .filter(|(kind, _)| *kind == byte)
        .map(|(_, place)| Span::new(place, place + 1).shifted(lower.base))
        .collect()
}
