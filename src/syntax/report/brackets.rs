//! Brackets that are opened and never closed, or close nothing.

use super::{finding, structural};
use crate::diag::Fix;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::lower::Lower;
use crate::syntax::scan;

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
    lower.drop_behind(
        suspect.start,
        &[
            &codes::MISSING_PART,
            &codes::UNEXPECTED,
            &codes::UNKNOWN_STATEMENT,
            &codes::MISPLACED_PART,
        ],
    );
    lower.push(found);
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
