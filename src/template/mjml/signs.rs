//! Characters of a text that mrml cannot read: some are refused, others are kept from it.

use super::scan::{Token, tokens};
use crate::source::Span;
use crate::template::liquid::cut::{Piece, PieceKind};

/// The characters outside of Liquid that XML does not have: control characters but tabs and line
/// ends, and U+FFFE and U+FFFF.
pub fn foreign(text: &str, pieces: &[Piece]) -> Vec<(Span, char)> {
    let plain = pieces.iter().filter(|piece| piece.kind == PieceKind::Text);
    let found = plain.flat_map(|piece| {
        let start = piece.span.start as usize;
        let characters = piece.span.text(text).char_indices();
        characters
            .filter(|(_, c)| !is_of_xml(*c))
            .map(move |(at, c)| (span(start + at, c.len_utf8()), c))
    });
    found.collect()
}

/// Production 2 of XML 1.0, `Char`.
fn is_of_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        _ => c >= ' ',
    }
}

/// Where `>` stands in text, in the order of the offsets. mrml's tokenizer looks back from it by
/// bytes and not by characters, and refuses `]]>`, which is right only within CDATA.
pub fn closers(hidden: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for token in tokens(hidden) {
        if let Token::Text(stretch) = token {
            let start = stretch.start as usize;
            let signs = stretch.text(hidden).match_indices('>');
            found.extend(signs.map(|(at, _)| start + at));
        }
    }
    found
}

fn span(start: usize, length: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(start + length))
}
