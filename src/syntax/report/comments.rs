//! Comments of other languages behind a statement: `-- why`, `/* why */`, `<!-- why -->`.

use super::{finding, rewrite};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::lower::Lower;

/// What begins a comment elsewhere, and what ends it.
const MARKS: [(&str, &str); 3] = [("<!--", "-->"), ("/*", "*/"), ("-- ", "")];

/// So far to the right, a mark is not looked for: on a long line each sign would look at all before.
const LONGEST: u32 = 400;

/// The comment of another language that `span` stands in: on its line, outside of texts.
pub(super) fn around(lower: &Lower<'_>, span: Span) -> Option<Diagnostic> {
    let column = lower
        .whole
        .get(span.start.saturating_sub(LONGEST) as usize..span.start as usize)?;
    if !column.contains('\n') && span.start > LONGEST {
        return None;
    }
    let head = rewrite::start_of_line(lower, span.start);
    let rest = lower.whole.get(span.start as usize..)?;
    let start = span.start - super::length(head);
    // The mark may begin before the place or at it.
    let ahead: String = rest.chars().take(4).collect();
    let seen = format!("{head}{ahead}");
    let (at, open, close) = MARKS
        .iter()
        .filter_map(|(open, close)| Some((seen.find(open)?, *open, *close)))
        .min()?;
    let before = head.get(..at.min(head.len()))?;
    let spaced = before.is_empty() || before.ends_with([' ', '\t']);
    if at > head.len() || before.matches('"').count() % 2 == 1 || !spaced {
        return None;
    }
    let written = lower.whole.get((start as usize + at)..)?.lines().next()?;
    let said = written.strip_prefix(open)?.trim();
    let said = match close {
        "" => said,
        close => said.strip_suffix(close).map_or(said, str::trim),
    };
    let from = start + u32::try_from(at).ok()?;
    let mark = open.trim();
    let place = Span::new(from, from + super::length(written.trim_end()));
    let message = format!("`{mark}` does not begin a comment");
    let help = "write a comment behind `//`";
    let text = match said {
        "" => "//".to_owned(),
        said => format!("// {said}"),
    };
    let mark = Span::new(from, from + super::length(mark));
    let whole = close.is_empty() || written.trim_end().ends_with(close);
    let fix = whole.then(|| Fix::safe(help, place.in_file(lower.file), text));
    Some(finding(lower, &codes::STRAY_CHARACTER, mark, message, help).fix_if(fix))
}
