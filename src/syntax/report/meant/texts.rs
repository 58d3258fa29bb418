//! Double quotes inside of texts.

use super::Line;
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Edit, Fix, Safety};
use crate::source::Span;
use crate::syntax::lower::Lower;
use crate::syntax::report::{cover, finding, group, quoted};

/// A word that touches the quote before it: the text was meant to go on.
pub(super) fn quote_inside(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let head = line.text.get(line.start..line.from)?;
    if !head.ends_with('"') || line.word().starts_with([',', ')', '}', ']', '@']) {
        return None;
    }
    if let Some(found) = in_liquid(lower, line) {
        return Some(found);
    }
    let tail = line.text.get(line.from..line.end)?;
    let last = tail.rfind('"')?;
    let open = head.get(..head.len() - 1)?.rfind('"')?;
    let inner = format!(
        "{}\"{}",
        head.get(open + 1..head.len() - 1)?,
        tail.get(..last)?
    );
    if open + 2 == head.len() {
        // The text is empty: its quote stands twice.
        let end = line.from + last + 1;
        let inner = tail.get(..last)?.trim_end_matches('"');
        let place = lower.range(line.start + open, end);
        let right = format!("\"{inner}\"");
        let message = "this double quote stands twice";
        let help = format!("write {}", quoted(&right));
        let span = lower.range(line.from - 1, line.from);
        let fix = Fix::safe(help.clone(), place.in_file(lower.file), right);
        return Some(finding(lower, &codes::UNEXPECTED, span, message, help).fix(fix));
    }
    let right = format!("\"{}\"", inner.replace('"', "\\\""));
    let help = format!("write {}", quoted(&right));
    let place = lower.range(line.from - 1, line.from);
    let message = "this double quote ends the text";
    Some(finding(lower, &codes::UNEXPECTED, place, message, help))
}

/// A double quote inside of a tag of Liquid: single quotes stand there.
fn in_liquid(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let text = line.text.get(line.start..)?.split('\n').next()?;
    let at = line.from - 1 - line.start;
    let marks = |open: &str| text.get(..at)?.rfind(open);
    let open = marks("{{").max(marks("{%"))?;
    let closers = [text.get(open..)?.find("}}"), text.get(open..)?.find("%}")];
    let end = open + closers.into_iter().flatten().min()? + 2;
    if end <= at {
        return None;
    }
    let tag = text.get(open..end)?;
    let right = tag.replace('"', "'");
    let help = format!("write single quotes inside of it: `{right}`");
    let place = lower.range(line.from - 1, line.from);
    let message = "this double quote ends the text";
    let found = finding(lower, &codes::UNEXPECTED, place, message, help);
    // All tags of the line, for the next would end the text again.
    let mut edits = Vec::new();
    let mut from = open;
    let mut to = end;
    loop {
        let tag = text.get(from..to)?;
        if tag.contains('\'') {
            return Some(found);
        }
        for (quote, _) in tag.match_indices('"') {
            let start = line.start + from + quote;
            let place = lower.range(start, start + 1).in_file(lower.file);
            let text = "'".to_owned();
            edits.push(Edit { place, text });
        }
        let rest = text.get(to..)?;
        let Some(next) = [rest.find("{{"), rest.find("{%")]
            .into_iter()
            .flatten()
            .min()
        else {
            break;
        };
        let ends = [rest.get(next..)?.find("}}"), rest.get(next..)?.find("%}")];
        let Some(length) = ends.into_iter().flatten().min() else {
            break;
        };
        from = to + next;
        to = from + length + 2;
    }
    let title = "write single quotes inside of the tags".to_owned();
    let safety = Safety::Safe;
    let fix = Fix {
        title,
        safety,
        edits,
    };
    Some(found.fix(fix))
}

/// The word of a content that touches the text before it. Reports it then.
pub(in crate::syntax) fn glued_to_text(lower: &mut Lower<'_>, word: Span) -> bool {
    let from = word.start.saturating_sub(lower.base) as usize;
    let to = word.end.saturating_sub(lower.base) as usize;
    let line = Line::around(lower.text, from, to);
    match quote_inside(lower, &line) {
        Some(found) => {
            if !lower.state.covers(from) {
                group(lower, "a quote in a text", found);
                cover(lower, from);
            }
            true
        }
        None => false,
    }
}
