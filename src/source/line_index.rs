//! From a byte offset to a line and a column.

use std::sync::OnceLock;

/// How many bytes lie between two counted checkpoints.
const STRIDE: usize = 4096;

/// A line and a column as an editor shows them: both count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line. A line ends with a line feed, with or without a carriage return before it.
    pub line: u32,
    /// The column, in characters (Unicode scalar values) from the start of the line.
    pub column: u32,
}

/// Where the lines of one text start.
///
/// It is built in one pass. A look-up takes a binary search and the counting of at most two
/// stretches of 4 KiB, however long the line is.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// The offset of the first byte of each line; the first is 0.
    starts: Vec<u32>,
    /// How many characters start before byte `i * STRIDE`.
    characters: Vec<u32>,
    /// How many characters that are two units of UTF-16 start before byte `i * STRIDE`; empty if
    /// the text has none. Counted when first asked for.
    wide: OnceLock<Vec<u32>>,
    /// The length of the text in bytes.
    length: u32,
}

impl LineIndex {
    /// The index of a text. Bytes after 4 GiB are not indexed; no file that is read is so long.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', bytes).map(|at| offset(at + 1)))
            .collect();
        Self {
            starts,
            characters: checkpoints(bytes, count_characters),
            wide: OnceLock::new(),
            length: offset(bytes.len()),
        }
    }

    /// The line and column of a byte offset of `text`, which is the text the index was made from.
    /// An offset after the end counts as the end.
    #[must_use]
    pub fn locate(&self, text: &str, at: u32) -> LineColumn {
        let at = at.min(self.length);
        let line = self.line_of(at);
        let start = self.line_start(line);
        let column = self
            .characters_before(text, at)
            .saturating_sub(self.characters_before(text, start));
        LineColumn {
            line: line + 1,
            column: column + 1,
        }
    }

    /// The line that holds a byte offset, counted from 0.
    #[must_use]
    pub fn line_of(&self, at: u32) -> u32 {
        let after = self.starts.partition_point(|start| *start <= at);
        offset(after.saturating_sub(1))
    }

    /// The offset of the first byte of a line counted from 0; the end of the text if there is no
    /// such line.
    #[must_use]
    pub fn line_start(&self, line: u32) -> u32 {
        self.starts
            .get(line as usize)
            .copied()
            .unwrap_or(self.length)
    }

    /// The offset after the last byte of a line counted from 0, its line break included.
    #[must_use]
    pub fn line_end(&self, line: u32) -> u32 {
        self.line_start(line.saturating_add(1))
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn lines(&self) -> u32 {
        offset(self.starts.len())
    }

    /// Like [`LineIndex::locate`], with the column in code units of UTF-16, which is what editors
    /// and browsers count in: `é` is one, most emoji are two.
    #[must_use]
    pub fn locate_utf16(&self, text: &str, at: u32) -> LineColumn {
        let at = at.min(self.length);
        let LineColumn { line, column } = self.locate(text, at);
        let start = self.line_start(line.saturating_sub(1));
        let wide = self.wide.get_or_init(|| {
            let counted = checkpoints(text.as_bytes(), count_wide);
            let any = text.bytes().any(|byte| byte >= WIDE);
            if any { counted } else { Vec::new() }
        });
        if wide.is_empty() {
            return LineColumn { line, column };
        }
        let extra = before(wide, text, at, count_wide)
            .saturating_sub(before(wide, text, start, count_wide));
        LineColumn {
            line,
            column: column + extra,
        }
    }

    fn characters_before(&self, text: &str, at: u32) -> u32 {
        before(&self.characters, text, at, count_characters)
    }
}

/// What `count` counts before each stretch of the text.
fn checkpoints(bytes: &[u8], count: fn(&[u8]) -> u32) -> Vec<u32> {
    let mut sum = 0;
    let sums = bytes.chunks(STRIDE).map(|chunk| {
        let here = sum;
        sum += count(chunk);
        here
    });
    sums.collect()
}

/// What `count` counts before a byte: up to the checkpoint, and from there.
fn before(counted: &[u32], text: &str, at: u32, count: fn(&[u8]) -> u32) -> u32 {
    let at = at as usize;
    let checkpoint = (at / STRIDE).min(counted.len().saturating_sub(1));
    let sum = counted.get(checkpoint).copied().unwrap_or(0);
    let rest = text.as_bytes().get(checkpoint * STRIDE..at);
    sum + rest.map_or(0, count)
}

/// The smallest first byte of a character that is two units of UTF-16.
const WIDE: u8 = 0xF0;

/// Characters that start in these bytes and are two units of UTF-16.
fn count_wide(bytes: &[u8]) -> u32 {
    offset(bytes.iter().filter(|byte| **byte >= WIDE).count())
}

/// Characters that start in these bytes: every byte but the continuation bytes of UTF-8.
fn count_characters(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    offset(count)
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (u32, u32) {
        let place = LineIndex::new(text).locate(text, offset as u32);
        (place.line, place.column)
    }

    #[test]
    fn columns_count_characters() {
        let text = "événement\nnoël = 1";
        assert_eq!(at(text, 0), (1, 1));
        assert_eq!(at(text, "év".len()), (1, 3));
        assert_eq!(at(text, "événement\nnoël".len()), (2, 5));
        assert_eq!(at(text, text.len() + 40), (2, 9));
    }

    #[test]
    fn a_carriage_return_belongs_to_the_line_break() {
        let text = "a\r\nb\r\n";
        assert_eq!(at(text, 3), (2, 1));
        assert_eq!(at(text, text.len()), (3, 1));
        assert_eq!(LineIndex::new("").lines(), 1);
    }

    #[test]
    fn long_lines_agree_with_counting() {
        let text = format!("{}\n{}x", "é".repeat(5000), "ab€".repeat(9000));
        for (byte, _) in text.char_indices().step_by(997) {
            let line_start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
            let expected = text[line_start..byte].chars().count() as u32 + 1;
            assert_eq!(at(&text, byte).1, expected);
        }
    }

    #[test]
    fn columns_count_units_of_utf16_where_asked() {
        let long = format!("{}x", "ab🎁é".repeat(4000));
        for text in ["é🎁a\n🎁🎁é\r\nb", "plain\nétés", &long] {
            let index = LineIndex::new(text);
            for (byte, _) in text.char_indices().step_by(text.len() / 50 + 1) {
                let line_start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
                let expected = text[line_start..byte].encode_utf16().count() as u32 + 1;
                assert_eq!(index.locate_utf16(text, byte as u32).column, expected);
            }
        }
    }
}
