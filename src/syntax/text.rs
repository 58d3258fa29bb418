//! From the bytes of a file to a text that the parser takes.

use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::source::{FileId, Span};
use memchr::{memchr, memchr2};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 64 << 20;

/// How many findings of one kind are reported in a file; one says enough of a binary file.
const MOST: usize = 10;

/// Turns the bytes of a file into its text, and reports what no text may hold.
///
/// The text comes without a byte order mark; all places are offsets in it. A byte that is not
/// UTF-8 stands as U+FFFD in it, a file larger than [`MAX_FILE`] gives an empty text. The loader
/// calls this once a file, adds the text to [`crate::source::Sources`] under the same id, and
/// parses it whatever was found.
#[must_use]
pub fn decode(file: FileId, bytes: &[u8]) -> (String, Diagnostics) {
    let mut found = Diagnostics::default();
    if bytes.len() > MAX_FILE {
        let message = format!("this file is larger than {} MB", MAX_FILE >> 20);
        let place = Span::at(0).in_file(file);
        found.push(
            Diagnostic::new(&codes::FILE_TOO_LARGE, place, message)
                .help("split it: all files of a project share one namespace"),
        );
        return (String::new(), found);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => replace_invalid(file, bytes, &mut found),
    };
    report_nul(file, &text, &mut found);
    report_bidi(file, &text, &mut found);
    (text, found)
}

fn replace_invalid(file: FileId, bytes: &[u8], found: &mut Diagnostics) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let Some(first) = chunk.invalid().first() else {
            continue;
        };
        let at = offset(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
        if found.len() < MOST {
            let place = Span::new(at, offset(text.len())).in_file(file);
            let line = 1 + text.bytes().filter(|b| *b == b'\n').count();
            let message = format!("the byte 0x{first:02X} in line {line} is not UTF-8");
            found.push(
                Diagnostic::new(&codes::INVALID_UTF8, place, message)
                    .help("save the file as UTF-8"),
            );
        }
    }
    text
}

fn report_nul(file: FileId, text: &str, found: &mut Diagnostics) {
    if let Some(at) = memchr(0, text.as_bytes()) {
        let place = Span::new(offset(at), offset(at + 1)).in_file(file);
        found.push(
            Diagnostic::new(&codes::NUL_BYTE, place, "a NUL byte stands here")
                .help("remove it, or save the file as UTF-8: UTF-16 looks like this"),
        );
    }
}

/// Characters that change the direction in which a line is shown, so that it reads as another.
fn report_bidi(file: FileId, text: &str, found: &mut Diagnostics) {
    // All of them begin with the byte 0xE2 (U+200E to U+2069) or are U+061C.
    if memchr2(0xe2, 0xd8, text.as_bytes()).is_none() {
        return;
    }
    let controls = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}'))
        .take(MOST);
    for (at, c) in controls {
        let place = Span::new(offset(at), offset(at + c.len_utf8())).in_file(file);
        let message = format!(
            "the invisible character U+{:04X} changes the order in which this line is shown",
            u32::from(c)
        );
        found.push(
            Diagnostic::new(&codes::BIDI_CONTROL, place, message)
                .help("remove it; in a text, write it as an escape like `\\u{202E}`")
                .fix(Fix::chosen("remove it", place, "")),
        );
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(bytes: &[u8]) -> (String, Vec<(&'static str, Span)>) {
        let (text, found) = decode(FileId(0), bytes);
        let found = found
            .iter()
            .map(|d| (d.code.name, d.primary.place.span))
            .collect();
        (text, found)
    }

    #[test]
    fn a_clean_text_is_kept() {
        assert_eq!(
            codes_of("é\r\n\tx".as_bytes()),
            ("é\r\n\tx".to_owned(), vec![])
        );
    }

    #[test]
    fn the_mark_is_dropped_and_places_count_from_behind_it() {
        assert_eq!(
            codes_of(b"\xef\xbb\xbfa\0b"),
            ("a\0b".to_owned(), vec![("nul-byte", Span::new(1, 2))])
        );
    }

    #[test]
    fn bad_bytes_are_replaced_one_by_one() {
        assert_eq!(
            codes_of(b"a\xffb\xc3("),
            (
                "a\u{fffd}b\u{fffd}(".to_owned(),
                vec![
                    ("invalid-utf8", Span::new(1, 4)),
                    ("invalid-utf8", Span::new(5, 8))
                ]
            )
        );
    }

    #[test]
    fn direction_controls_are_shown() {
        assert_eq!(
            codes_of("a\u{202e}b".as_bytes()).1,
            [("bidi-control", Span::new(1, 4))]
        );
    }

    #[test]
    fn a_huge_file_is_refused() {
        let (text, found) = codes_of(&vec![b' '; MAX_FILE + 1]);
        assert_eq!(
            (text.as_str(), found),
            ("", vec![("file-too-large", Span::at(0))])
        );
    }
}
