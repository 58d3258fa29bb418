//! Double quotes inside of texts.

use super::Line;
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::lower::Lower;
use crate::syntax::report::{finding, quoted, structural};

/// A word that touches the quote before it: the text was meant to go on.
pub(super) fn quote_inside(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let head = line.text.get(line.start..line.from)?;
    if !head.ends_with('"') || line.word().starts_with([',', ')', '}', ']', '@']) {
        return None;
    }
    let tail = line.text.get(line.from..line.end)?;
    let last = tail.rfind('"')?;
    let open = head.get(..head.len() - 1)?.rfind('"')?;
    let inner = format!(
        "{}\"{}",
        head.get(open + 1..head.len() - 1)?,
        tail.get(..last)?
    );
    let help = if inner.contains("{{") || inner.contains("{%") {
        "write single quotes inside of it: `'...'`".to_owned()
    } else {
        format!(
            "write {}",
            quoted(&format!("\"{}\"", inner.replace('"', "\\\"")))
        )
    };
    let place = lower.range(line.from - 1, line.from);
    let message = "this double quote ends the text";
    Some(finding(lower, &codes::UNEXPECTED, place, message, help))
}

/// The word of a content that touches the text before it. Reports it then.
pub(in crate::syntax) fn glued_to_text(lower: &mut Lower<'_>, word: Span) -> bool {
    let from = word.start.saturating_sub(lower.base) as usize;
    let to = word.end.saturating_sub(lower.base) as usize;
    let line = Line::around(lower.text, from, to);
    match quote_inside(lower, &line) {
        Some(found) => {
            structural(lower, found);
            true
        }
        None => false,
    }
}
