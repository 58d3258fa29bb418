//! The texts of a project as one source for miette, read through our own line index.
//!
//! miette knows one source a report; a finding may point into several files. So the files that it
//! points into are laid end to end in one space of offsets, the file of the main place first, and
//! a reading that would cross from one file into the next is refused: miette then shows one
//! snippet a file. A reading costs what it shows, however large the file is.

use std::borrow::Cow;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use rustc_hash::FxHashMap;

use super::{printable, shown_path};
use crate::diag::Diagnostic;
use crate::source::{FileId, Place, SourceFile, Sources, Span};

/// A label over more lines is shown at its first line only.
const TALLEST_LABEL: u32 = 8;
/// A line of more bytes is shown in part.
const WIDEST_LINE: u32 = 240;
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

/// The files of one finding, laid end to end.
#[derive(Debug)]
pub(super) struct Snippets<'a> {
    files: Vec<Part<'a>>,
}

/// One file in the common space.
#[derive(Debug)]
struct Part<'a> {
    /// Where it starts.
    base: usize,
    id: FileId,
    file: &'a SourceFile,
    /// Its text, byte for byte as long as that of `file`.
    text: &'a str,
}

impl<'a> Snippets<'a> {
    /// The files that a finding points into.
    pub(super) fn of(
        diagnostic: &Diagnostic,
        sources: &'a Sources,
        texts: &'a Printable<'_>,
    ) -> Self {
        let mut files: Vec<Part<'_>> = Vec::new();
        let mut base = 0;
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.others) {
            let id = label.place.file;
            if files.iter().any(|known| known.id == id) {
                continue;
            }
            if let (Some(file), Some(text)) = (sources.get(id), texts.get(&id)) {
                files.push(Part {
                    base,
                    id,
                    file,
                    text,
                });
                base += text.len() + 2;
            }
        }
        Self { files }
    }

    /// Where a place lies in the common space, cut to what can be shown well.
    pub(super) fn span(&self, place: Place) -> Option<SourceSpan> {
        let part = self.files.iter().find(|part| part.id == place.file)?;
        let span = shown_span(part.file, place.span);
        Some((part.base + span.start as usize, span.len() as usize).into())
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
    if lines.line_of(end) - first >= TALLEST_LABEL {
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
            .files
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
    if last - first > 2 * TALLEST_LABEL {
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
