//! The texts of a project as one source for miette, read through our own line index.
//!
//! miette knows one source a report, and shows its labels in the order of their offsets; a finding
//! may point into several files, and its main place must come first. So each group of labels that
//! stand near each other is given a copy of its file, and the copies are laid end to end in one
//! space of offsets, that of the main place first. A reading that would cross from one copy into
//! the next is refused: miette then shows one snippet a group. Nothing is copied in memory, and a
//! reading costs what it shows, however large the file is.

use std::borrow::Cow;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use rustc_hash::FxHashMap;

use super::{printable, shown_path};
use crate::diag::Diagnostic;
use crate::source::{FileId, SourceFile, Sources, Span};

/// A snippet joins labels over so many lines at most.
const TALLEST_SNIPPET: u32 = 16;
/// A line of more bytes is shown in part.
const WIDEST_LINE: u32 = 240;
/// Labels of one file that are so many lines apart are shown in one snippet.
const NEARBY: u32 = 3;
/// So many bytes are shown on each side of a label in such a line.
const MARGIN: u32 = 60;

/// The texts of files as they are printed, made once a file.
pub(super) type Printable<'a> = FxHashMap<FileId, Cow<'a, str>>;

/// Makes the printable texts of the files that a finding points into.
pub(super) fn prepare<'a>(
    texts: &mut Printable<'a>,
    diagnostic: &Diagnostic,
    sources: &'a Sources,
) {
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.others) {
        let id = label.place.file;
        texts
            .entry(id)
            .or_insert_with(|| printable(sources.text(id)));
    }
}

/// The groups of labels of one finding, laid end to end.
#[derive(Debug)]
pub(super) struct Snippets<'a> {
    parts: Vec<Part<'a>>,
}

/// One file in the common space, for one group of labels.
#[derive(Debug)]
struct Part<'a> {
    /// Where it starts.
    base: usize,
    id: FileId,
    file: &'a SourceFile,
    /// Its text, byte for byte as long as that of `file`.
    text: &'a str,
    /// The lines of the labels, counted from 0.
    first: u32,
    last: u32,
}

impl<'a> Snippets<'a> {
    /// The groups of a finding's labels, and where each label lies in the common space: the main
    /// one, then the others. A label in an unknown file lies nowhere.
    pub(super) fn of(
        diagnostic: &Diagnostic,
        sources: &'a Sources,
        texts: &'a Printable<'_>,
    ) -> (Self, Vec<Option<SourceSpan>>) {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.others);
        let mut spans = Vec::new();
        let mut snippets = Self { parts: Vec::new() };
        for label in labels {
            let id = label.place.file;
            let (Some(file), Some(text)) = (sources.get(id), texts.get(&id)) else {
                spans.push(None);
                continue;
            };
            let span = shown_span(file, label.place.span);
            let base = snippets.base_for(id, file, text, span);
            spans.push(Some(
                (base + span.start as usize, span.len() as usize).into(),
            ));
        }
        (snippets, spans)
    }

    /// Where the part starts that a label of this file belongs to: one that has a label nearby, or
    /// a new one.
    fn base_for(&mut self, id: FileId, file: &'a SourceFile, text: &'a str, span: Span) -> usize {
        let lines = file.lines();
        let (first, last) = (lines.line_of(span.start), lines.line_of(span.end));
        let near = self.parts.iter_mut().find(|part| {
            part.id == id && first <= part.last + NEARBY && part.first <= last + NEARBY
        });
        if let Some(part) = near {
            part.first = part.first.min(first);
            part.last = part.last.max(last);
            return part.base;
        }
        let base = self
            .parts
            .last()
            .map_or(0, |part| part.base + part.text.len() + 2);
        self.parts.push(Part {
            base,
            id,
            file,
            text,
            first,
            last,
        });
        base
    }
}

/// The part of a span that is underlined.
fn shown_span(file: &SourceFile, span: Span) -> Span {
    let length = u32::try_from(file.text.len()).unwrap_or(u32::MAX);
    let mut start = span.start.min(length);
    let mut end = span.end.clamp(start, length);
    let lines = file.lines();
    if start == end && start == length {
        // At the end of the text there is nothing to point at: point at the last thing written.
        let written = file.text.trim_end();
        let last = written.char_indices().next_back().map_or(0, |(at, _)| at);
        start = u32::try_from(last).unwrap_or(start);
        end = u32::try_from(written.len()).unwrap_or(start);
    }
    let first = lines.line_of(start);
    if lines.line_of(end) > first {
        // What takes several lines is shown at its first: a drawn bracket says less.
        let line = Span::new(start, lines.line_end(first)).text(&file.text);
        end = start + u32::try_from(line.trim_end().len()).unwrap_or(0);
    }
    if end - start > WIDEST_LINE && lines.line_of(end) == first {
        end = boundary(&file.text, start + MARGIN);
    }
    Span::new(start, end)
}

/// The next character boundary at or after an offset.
fn boundary(text: &str, at: u32) -> u32 {
    let mut at = at as usize;
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    u32::try_from(at.min(text.len())).unwrap_or(u32::MAX)
}

impl SourceCode for Snippets<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let holder = self
            .parts
            .iter()
            .rev()
            .find(|part| part.base <= span.offset());
        let Some(Part {
            base, file, text, ..
        }) = holder
        else {
            return Err(MietteError::OutOfBounds);
        };
        let offset = |value: usize| u32::try_from(value).map_err(|_| MietteError::OutOfBounds);
        let start = offset(span.offset() - base)?;
        let end = start + offset(span.len())?;
        if end as usize > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let shown = shown_lines(file, start, end, offset(before)?, offset(after)?)?;
        let at = file.locate(shown.start);
        let text = shown.text(text);
        Ok(Box::new(MietteSpanContents::new_named(
            shown_path(&file.path),
            text.as_bytes(),
            (base + shown.start as usize, shown.len() as usize).into(),
            at.line as usize - 1,
            at.column as usize - 1,
            text.lines().count(),
        )))
    }
}

/// What is shown around a span: whole lines, or a part of one that is very long.
fn shown_lines(
    file: &SourceFile,
    start: u32,
    end: u32,
    before: u32,
    after: u32,
) -> Result<Span, MietteError> {
    let lines = file.lines();
    let (first, last) = (lines.line_of(start), lines.line_of(end));
    // A span that ends with a line break ends on the line that it breaks.
    let last = if last > first && lines.line_start(last) == end {
        last - 1
    } else {
        last
    };
    let wide = |line: u32| lines.line_end(line) - lines.line_start(line) > WIDEST_LINE;
    if before == 0 && after == 0 {
        return Ok(Span::new(start, end));
    }
    if wide(first) && first == last {
        if end - start > WIDEST_LINE {
            return Err(MietteError::OutOfBounds);
        }
        let from = start.saturating_sub(MARGIN).max(lines.line_start(first));
        let to = (end + MARGIN).min(lines.line_end(first));
        return Ok(Span::new(
            boundary(&file.text, from),
            boundary(&file.text, to),
        ));
    }
    if last - first > TALLEST_SNIPPET {
        return Err(MietteError::OutOfBounds);
    }
    let mut from = first;
    while from > first.saturating_sub(before) && !wide(from - 1) {
        from -= 1;
    }
    let mut to = last;
    while to < last + after && to + 1 < lines.lines() && !wide(to + 1) {
        to += 1;
    }
    Ok(Span::new(lines.line_start(from), lines.line_end(to)))
}
