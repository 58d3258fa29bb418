//! From an offset in a template's text to a place in the file it was written in.
//!
//! A template in its own file is its file. An inline template is a text literal: its escapes are
//! decoded and, in a `"""` block, a common indent is gone, so offsets differ.

use crate::source::{FileId, Place, Span};

/// Tells where a template's text was written.
#[derive(Debug, Clone)]
pub struct PlaceMap {
    file: FileId,
    /// In the order of the text. Empty: the text is the whole file.
    pieces: Vec<Piece>,
}

/// A stretch of the text and where it was written.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Offset in the decoded text.
    text: u32,
    /// Offset in the file.
    file: u32,
    /// Bytes of decoded text.
    text_len: u32,
    /// Bytes in the file; differs from `text_len` for an escape.
    file_len: u32,
}

impl PlaceMap {
    /// The text is the whole of a file.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self {
            file,
            pieces: Vec::new(),
        }
    }

    /// The text is what a text literal says.
    ///
    /// `source` is the text of the whole file, `literal` the literal's span with its quotes, and
    /// `decoded` its value. If the two do not fit each other, places fall back to the literal.
    #[must_use]
    pub fn literal(file: FileId, source: &str, literal: Span, decoded: &str) -> Self {
        let written = literal.text(source);
        let pieces = if let Some(block) = written.strip_prefix("\"\"\"") {
            let inner = block.strip_suffix("\"\"\"").unwrap_or(block);
            align_block(inner, literal.start + 3, decoded)
        } else {
            let inner = written.strip_prefix('"').unwrap_or(written);
            let inner = inner.strip_suffix('"').unwrap_or(inner);
            let mut pieces = Pieces::default();
            if inner == decoded {
                pieces.as_written(inner, literal.start + 1);
            } else {
                pieces.line(&characters(inner, literal.start + 1));
            }
            pieces.list
        };
        let pieces = if pieces.is_empty() {
            vec![Piece {
                text: 0,
                file: literal.start,
                text_len: u32::try_from(decoded.len()).unwrap_or(u32::MAX),
                file_len: literal.len(),
            }]
        } else {
            pieces
        };
        Self { file, pieces }
    }

    /// The file that places are in.
    #[must_use]
    pub fn file_id(&self) -> FileId {
        self.file
    }

    /// The place of a range of the text.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let start = self.start(span.start);
        let end = if span.is_empty() {
            start
        } else {
            self.end(span.end).max(start)
        };
        Span::new(start, end).in_file(self.file)
    }

    fn start(&self, offset: u32) -> u32 {
        if self.pieces.is_empty() {
            return offset;
        }
        let after = self.pieces.partition_point(|piece| piece.text <= offset);
        match after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        {
            Some(piece) if offset < piece.text + piece.text_len => {
                if piece.text_len == piece.file_len {
                    piece.file + (offset - piece.text)
                } else {
                    piece.file
                }
            }
            // Behind a piece: the next one starts there, or the text ends.
            Some(piece) => piece.file + piece.file_len,
            None => self.pieces.first().map_or(offset, |piece| piece.file),
        }
    }

    fn end(&self, offset: u32) -> u32 {
        if self.pieces.is_empty() {
            return offset;
        }
        let after = self.pieces.partition_point(|piece| piece.text < offset);
        match after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
        {
            Some(piece)
                if piece.text_len == piece.file_len && offset <= piece.text + piece.text_len =>
            {
                piece.file + (offset - piece.text)
            }
            Some(piece) => piece.file + piece.file_len,
            None => self.pieces.first().map_or(offset, |piece| piece.file),
        }
    }
}

/// One decoded character and the bytes it was written with.
#[derive(Debug, Clone, Copy)]
struct Written {
    character: char,
    file: u32,
    file_len: u32,
}

/// The characters that a stretch of a literal stands for.
fn characters(raw: &str, base: u32) -> Vec<Written> {
    let mut list = Vec::with_capacity(raw.len());
    let mut chars = raw.char_indices().peekable();
    while let Some((at, character)) = chars.next() {
        let file = base + u32::try_from(at).unwrap_or(u32::MAX);
        let mut len = character.len_utf8();
        let mut decoded = character;
        if character == '\\'
            && let Some((_, escaped)) = chars.next()
        {
            len += escaped.len_utf8();
            decoded = match escaped {
                'n' => '\n',
                't' => '\t',
                other => other,
            };
            if escaped == 'u' {
                let mut code = 0u32;
                for (_, digit) in chars.by_ref() {
                    len += digit.len_utf8();
                    match digit.to_digit(16) {
                        Some(value) => code = code.wrapping_mul(16).wrapping_add(value),
                        None if digit == '}' => break,
                        None => {}
                    }
                }
                decoded = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
        }
        list.push(Written {
            character: decoded,
            file,
            file_len: u32::try_from(len).unwrap_or(u32::MAX),
        });
    }
    list
}

/// Collects pieces, joining what is contiguous in both texts.
#[derive(Default)]
struct Pieces {
    list: Vec<Piece>,
    text: u32,
}

impl Pieces {
    /// A line of which some characters are escapes.
    fn line(&mut self, characters: &[Written]) {
        for written in characters {
            let len = u32::try_from(written.character.len_utf8()).unwrap_or(1);
            self.piece(written.file, len, written.file_len);
        }
    }

    /// A stretch that is decoded as it is written.
    fn as_written(&mut self, text: &str, file: u32) {
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if len > 0 {
            self.piece(file, len, len);
        }
    }

    fn piece(&mut self, file: u32, text_len: u32, file_len: u32) {
        let text = self.text;
        self.text = text.saturating_add(text_len);
        match self.list.last_mut() {
            Some(last)
                if last.text_len == last.file_len
                    && text_len == file_len
                    && last.file + last.file_len == file =>
            {
                last.text_len += text_len;
                last.file_len += file_len;
            }
            _ => self.list.push(Piece {
                text,
                file,
                text_len,
                file_len,
            }),
        }
    }
}

/// Lays the lines of a block beside the lines of its value, whatever indent was removed.
fn align_block(inner: &str, base: u32, decoded: &str) -> Vec<Piece> {
    let lines: Vec<(u32, &str)> = inner
        .split_inclusive('\n')
        .scan(base, |at, line| {
            let here = *at;
            *at += u32::try_from(line.len()).unwrap_or(u32::MAX);
            Some((here, line))
        })
        .collect();
    let indent = lines
        .iter()
        .skip(1)
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(_, line)| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let mut pieces = Pieces::default();
    let mut rest = decoded;
    let keeps_returns = decoded.contains('\r');
    for (at, line) in lines {
        let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
        let skip = indent.min(lead);
        if let Some(plain) = line.get(skip..)
            && !plain.contains('\\')
            && let Some(after) = rest.strip_prefix(plain)
        {
            pieces.as_written(plain, at + u32::try_from(skip).unwrap_or(0));
            rest = after;
            continue;
        }
        let mut characters = characters(line, at);
        if !keeps_returns {
            characters.retain(|written| written.character != '\r');
        }
        // The usual case first; then a line that kept its indent, or lost all of it.
        let tried = [skip, 0, lead].into_iter().find_map(|skip| {
            let kept = characters.get(skip..)?;
            fits(kept, rest).map(|len| (kept, len))
        });
        if let Some((kept, (count, bytes))) = tried {
            pieces.line(kept.get(..count).unwrap_or(kept));
            rest = rest.get(bytes..).unwrap_or("");
        }
    }
    if rest.is_empty() {
        pieces.list
    } else {
        Vec::new()
    }
}

/// How much of a line the text starts with, if it is all of it (its line break may be missing at
/// the end of the text, and a carriage return may be dropped).
fn fits(line: &[Written], text: &str) -> Option<(usize, usize)> {
    let mut bytes = 0;
    let mut count = 0;
    for written in line {
        let rest = text.get(bytes..)?;
        if rest.starts_with(written.character) {
            bytes += written.character.len_utf8();
            count += 1;
        } else {
            let breaks = matches!(written.character, '\n' | '\r');
            return (breaks && rest.is_empty() && count > 0).then_some((count, bytes));
        }
    }
    (count > 0).then_some((count, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, decoded: &str, needle: &str) -> String {
        let literal = Span::new(
            u32::try_from(source.find('"').unwrap()).unwrap(),
            u32::try_from(source.rfind('"').unwrap() + 1).unwrap(),
        );
        let map = PlaceMap::literal(FileId(0), source, literal, decoded);
        let start = u32::try_from(decoded.find(needle).unwrap()).unwrap();
        let span = Span::new(start, start + u32::try_from(needle.len()).unwrap());
        map.place(span).span.text(source).to_owned()
    }

    #[test]
    fn a_plain_literal_keeps_its_offsets() {
        assert_eq!(
            at("sms \"Merci {{ x }}\"", "Merci {{ x }}", "{{ x }}"),
            "{{ x }}"
        );
    }

    #[test]
    fn escapes_move_what_follows() {
        let source = r#"sms "a\n\u{e9}\"b {{ x }}""#;
        assert_eq!(at(source, "a\né\"b {{ x }}", "{{ x }}"), "{{ x }}");
        assert_eq!(at(source, "a\né\"b {{ x }}", "é"), r"\u{e9}");
    }

    #[test]
    fn a_block_loses_its_indent() {
        let source = "sms \"\"\"\n    Bonjour\n      {{ x }}\n\n    fin {{ y }}\n    \"\"\"";
        let decoded = "Bonjour\n  {{ x }}\n\nfin {{ y }}";
        assert_eq!(at(source, decoded, "{{ x }}"), "{{ x }}");
        assert_eq!(at(source, decoded, "{{ y }}"), "{{ y }}");
        let windows = source.replace('\n', "\r\n");
        assert_eq!(at(&windows, decoded, "{{ x }}"), "{{ x }}");
        assert_eq!(at(&windows, decoded, "{{ y }}"), "{{ y }}");
    }

    #[test]
    fn a_block_may_start_on_its_first_line() {
        let source = "sms \"\"\"Bonjour\n    {{ x }}\"\"\"";
        assert_eq!(at(source, "Bonjour\n    {{ x }}", "{{ x }}"), "{{ x }}");
    }

    #[test]
    fn what_does_not_fit_is_the_whole_literal() {
        let source = "sms \"\"\"\n  a\n\"\"\"";
        assert_eq!(at(source, "something else", "else"), "\"\"\"\n  a\n\"\"\"");
    }
}
