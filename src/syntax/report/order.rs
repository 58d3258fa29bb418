//! Header clauses among the steps, and in their blocks: each mistake is said once, however many
//! clauses it moved.

use super::{finding, quoted, rewrite};
use crate::diag::codes::flow::MISPLACED_CLAUSE;
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::ast::{JourneyClause, Step};
use crate::syntax::lower::Lower;

/// How many more places are shown.
const SHOWN: usize = 6;

/// In so many steps a word is looked for that is no step.
const MOST_LOOKED_AT: usize = 3;

/// Reports the clauses of a journey that stand behind steps.
pub(in crate::syntax) fn behind_steps(
    lower: &mut Lower<'_>,
    clauses: &[JourneyClause],
    steps: &[Step],
) {
    let late = |clause: &&JourneyClause| clause.after_steps > 0;
    let spans: Vec<Span> = clauses.iter().filter(late).map(|c| c.span).collect();
    let (Some(first), Some(step)) = (spans.first(), steps.first()) else {
        return;
    };
    // A word that was no step, and is read as one: `enter on EVENT if ...`.
    let is_said = |span: Span| {
        let mut found = lower.found.iter();
        found.any(|found| found.primary.place.span.start == span.start)
    };
    if steps
        .iter()
        .take(MOST_LOOKED_AT)
        .any(|step| is_said(step.span))
    {
        return;
    }
    let above = steps.get(..clauses.first().map_or(0, |clause| clause.after_steps));
    let found = match above {
        // Nothing but steps stands above all clauses: it is they that are in the wrong place.
        Some([_, ..]) if spans.len() == clauses.len() && spans.len() > 1 => {
            let above = above.unwrap_or_default();
            let message = match above.len() {
                1 => "this step stands above the clauses of the journey".to_owned(),
                count => format!("{count} steps stand above the clauses of the journey"),
            };
            let last = spans.last().copied().unwrap_or(*first);
            let help = format!(
                "move {} below {}",
                it(above.len()),
                quoted(lower.source(last))
            );
            let found = finding(lower, &MISPLACED_CLAUSE, step.span, message, help)
                .other(first.in_file(lower.file), "the clauses begin here");
            let moved: Vec<Span> = above.iter().map(|step| step.span).collect();
            found.fix_if(moved_behind(lower, &moved, last))
        }
        _ => {
            let message = format!("{} after a step", stand(lower, &spans));
            let help = format!("move {} above the first step", it(spans.len()));
            let found = finding(lower, &MISPLACED_CLAUSE, *first, message, help);
            let found = others(lower, found, &spans)
                .other(step.span.in_file(lower.file), "the steps begin here");
            found.fix_if(moved_before(lower, &spans, step.span))
        }
    };
    lower.push(found);
}

/// Reports the clauses of a journey, and its `finally`, that stand inside a block.
pub(in crate::syntax) fn in_block(lower: &mut Lower<'_>, spans: &[Span]) {
    let Some(first) = spans.first().filter(|_| !lower.state.doubled) else {
        return;
    };
    let message = format!("{} inside a block", stand(lower, spans));
    let word = first_word(lower, *first);
    let place = Span::new(first.start, first.start + super::length(word));
    let help = format!(
        "move {} out of the block, to the body of the journey",
        it(spans.len())
    );
    let found = finding(lower, &codes::MISPLACED_PART, place, message, help);
    let found = others(lower, found, spans);
    lower.push(found);
}

fn it(count: usize) -> &'static str {
    match count {
        1 => "it",
        _ => "them",
    }
}

/// "`title` stands", "`title` and `goal` stand".
fn stand(lower: &Lower<'_>, spans: &[Span]) -> String {
    let mut words: Vec<String> = Vec::new();
    for span in spans {
        let word = format!("`{}`", first_word(lower, *span));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    match words.split_last() {
        Some((last, [])) if spans.len() == 1 => format!("{last} stands"),
        Some((last, [])) => format!("{last} stands {} times", spans.len()),
        Some((last, rest)) => format!("{} and {last} stand", rest.join(", ")),
        None => String::new(),
    }
}

fn first_word<'a>(lower: &Lower<'a>, span: Span) -> &'a str {
    let written = lower.source(span);
    let mut words = written.split_whitespace();
    // A label, if there is one, stands before it.
    words.find(|word| !word.ends_with(':')).unwrap_or(written)
}

/// A finding with the places of the other clauses.
fn others(lower: &Lower<'_>, found: Diagnostic, spans: &[Span]) -> Diagnostic {
    let rest = spans.iter().skip(1).take(SHOWN);
    rest.fold(found, |found, span| {
        let word = first_word(lower, *span);
        let place = Span::new(span.start, span.start + super::length(word));
        found.other(place.in_file(lower.file), "and this one")
    })
}

/// Moves whole lines before the line of `target`. Nothing if one of them holds more than it should.
fn moved_before(lower: &Lower<'_>, spans: &[Span], target: Span) -> Option<Fix> {
    let at = whole_lines(lower, target)?.start;
    moved(lower, spans, at, "move the clauses above the first step")
}

/// Moves whole lines behind the lines of `target`.
fn moved_behind(lower: &Lower<'_>, spans: &[Span], target: Span) -> Option<Fix> {
    let at = whole_lines(lower, target)?.end;
    moved(lower, spans, at, "move the steps below the clauses")
}

fn moved(lower: &Lower<'_>, spans: &[Span], at: u32, title: &str) -> Option<Fix> {
    let mut text = String::new();
    let mut lines = Vec::with_capacity(spans.len());
    for span in spans {
        let line = whole_lines(lower, *span)?;
        let above = lower
            .source(Span::new(0, line.start))
            .trim_end_matches('\n');
        // A comment that says something about what moves would stay behind.
        if rewrite::start_of_line(lower, super::length(above))
            .trim_start()
            .starts_with("//")
        {
            return None;
        }
        text.push_str(lower.source(line));
        lines.push(line);
    }
    let fix = Fix::safe(title, Span::at(at).in_file(lower.file), text);
    Some(
        lines
            .into_iter()
            .fold(fix, |fix, line| fix.and(line.in_file(lower.file), "")),
    )
}

/// The lines that `span` fills, if nothing else stands on them.
fn whole_lines(lower: &Lower<'_>, span: Span) -> Option<Span> {
    let lines = rewrite::with_its_line(lower, span);
    (lines != span && lower.source(lines).ends_with('\n')).then_some(lines)
}
