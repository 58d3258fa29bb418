//! Cuts a template into texts, outputs and tags.
//!
//! One pass, linear in the length of the text. What is opened and never closed is reported at its
//! opener, and the text goes on behind it.

use crate::source::Span;
use memchr::memmem;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Text of the format.
    Text,
    /// `{{ ... }}`
    Output,
    /// `{% ... %}`
    Tag,
    /// What stands between `{% raw %}` and `{% endraw %}`.
    Raw,
    /// What stands between `{% comment %}` and `{% endcomment %}`.
    Comment,
    /// An opener without a closer, to the end of its line.
    Unclosed,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// All of it.
    pub span: Span,
    /// For an output or tag: what stands between the braces, without hyphens.
    pub inner: Span,
    /// Whether the opener has a hyphen: the text before loses its white space.
    pub trim_before: bool,
    /// Whether the closer has one.
    pub trim_after: bool,
}

/// Cuts a text. The pieces follow each other without a gap and cover it.
#[must_use]
pub fn cut(text: &str) -> Vec<Piece> {
    let mut cutter = Cutter {
        text,
        at: 0,
        pieces: Vec::new(),
        absent: Vec::new(),
    };
    while cutter.at < text.len() {
        cutter.next();
    }
    cutter.pieces
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Piece>,
    /// End tags that were looked for and do not come any more: looked for once.
    absent: Vec<&'static str>,
}

impl Cutter<'_> {
    fn rest(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or("")
    }

    fn push(&mut self, kind: PieceKind, end: usize) {
        if end > self.at {
            let span = span(self.at, end);
            self.pieces.push(Piece {
                kind,
                span,
                inner: span,
                trim_before: false,
                trim_after: false,
            });
            self.at = end;
        }
    }

    fn next(&mut self) {
        let text_end = opener(self.rest(self.at)).map_or(self.text.len(), |len| self.at + len);
        self.push(PieceKind::Text, text_end);
        let rest = self.rest(self.at);
        let (kind, closer) = if rest.starts_with("{{") {
            (PieceKind::Output, "}}")
        } else if rest.starts_with("{%") {
            (PieceKind::Tag, "%}")
        } else {
            return;
        };
        let Some(close) = close(rest, closer) else {
            // The next opener is looked at for itself.
            let next = rest
                .get(2..)
                .and_then(opener)
                .map_or(rest.len(), |at| at + 2);
            let line = rest.get(..next).and_then(|text| text.find('\n'));
            let end = line.unwrap_or(next);
            self.push(PieceKind::Unclosed, self.at + end);
            return;
        };
        let inside = rest.get(2..close).unwrap_or("");
        let trim_before = inside.starts_with('-');
        let trim_after = inside.len() > usize::from(trim_before) && inside.ends_with('-');
        let inner = span(
            self.at + 2 + usize::from(trim_before),
            self.at + close - usize::from(trim_after),
        );
        let piece = Piece {
            kind,
            span: span(self.at, self.at + close + 2),
            inner,
            trim_before,
            trim_after,
        };
        self.pieces.push(piece);
        self.at += close + 2;
        if kind == PieceKind::Tag {
            let (kind, end_name) = match inner.text(self.text).trim() {
                "raw" => (PieceKind::Raw, "endraw"),
                "comment" => (PieceKind::Comment, "endcomment"),
                _ => return,
            };
            if self.absent.contains(&end_name) {
                return;
            }
            match end_tag(self.rest(self.at), end_name) {
                Some(end) => self.push(kind, self.at + end),
                None => self.absent.push(end_name),
            }
        }
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(
        u32::try_from(start).unwrap_or(u32::MAX),
        u32::try_from(end).unwrap_or(u32::MAX),
    )
}

/// Where the first `{{` or `{%` stands.
fn opener(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'{', text.as_bytes())
        .find(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%')))
}

/// Where the closer of an opener stands that `text` starts with.
///
/// A closer between quotes does not count, and neither does one behind another opener. If quotes
/// do not pair up, the first closer counts whatever stands before it.
fn close(text: &str, closer: &str) -> Option<usize> {
    careful(text, closer).or_else(|| {
        let next = text.get(2..).and_then(opener).map(|at| at + 2);
        let before = text.get(..next.unwrap_or(text.len()))?;
        memmem::find(before.as_bytes(), closer.as_bytes())
    })
}

fn careful(text: &str, closer: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 2;
    loop {
        let found = bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'\'' | b'"' | b'{' | b'}' | b'%'))?;
        at += found;
        let rest = bytes.get(at..)?;
        if rest.starts_with(closer.as_bytes()) {
            return Some(at);
        }
        match rest.first()? {
            quote @ (b'\'' | b'"') => {
                let line = memchr::memchr2(*quote, b'\n', rest.get(1..)?)?;
                if rest.get(1 + line) != Some(quote) {
                    return None;
                }
                at += line + 2;
            }
            b'{' if matches!(rest.get(1), Some(b'{' | b'%')) => return None,
            _ => at += 1,
        }
    }
}

/// Where the tag of this name starts, if there is one.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let finder = memmem::Finder::new("{%");
    finder.find_iter(text.as_bytes()).find(|at| {
        let Some(inside) = text.get(at + 2..) else {
            return false;
        };
        let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start();
        inside.strip_prefix(name).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with("%}") || rest.starts_with("-%}")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(PieceKind, &str)> {
        cut(text)
            .iter()
            .map(|piece| (piece.kind, piece.inner.text(text)))
            .collect()
    }

    #[test]
    fn texts_outputs_and_tags() {
        assert_eq!(
            kinds("a {{ x }}{%- if y -%} { b"),
            [
                (PieceKind::Text, "a "),
                (PieceKind::Output, " x "),
                (PieceKind::Tag, " if y "),
                (PieceKind::Text, " { b"),
            ]
        );
    }

    #[test]
    fn a_closer_in_quotes_does_not_close() {
        assert_eq!(
            kinds("{{ x | default: '}}' }}."),
            [
                (PieceKind::Output, " x | default: '}}' "),
                (PieceKind::Text, "."),
            ]
        );
    }

    #[test]
    fn a_lone_apostrophe_does_not_swallow_the_closer() {
        assert_eq!(
            kinds("{{ x | default: 'l'ami' }} et {{ y }}"),
            [
                (PieceKind::Output, " x | default: 'l'ami' "),
                (PieceKind::Text, " et "),
                (PieceKind::Output, " y "),
            ]
        );
    }

    #[test]
    fn an_opener_without_closer_ends_before_the_next() {
        assert_eq!(
            kinds("{{ x et {{ y }}"),
            [
                (PieceKind::Unclosed, "{{ x et "),
                (PieceKind::Output, " y ")
            ]
        );
    }

    #[test]
    fn raw_hides_what_is_inside() {
        assert_eq!(
            kinds("{% raw %}{{ x }{% endraw %}"),
            [
                (PieceKind::Tag, " raw "),
                (PieceKind::Raw, "{{ x }"),
                (PieceKind::Tag, " endraw "),
            ]
        );
    }
}
