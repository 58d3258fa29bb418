//! A text with its Liquid hidden: what is left is markup of the same length and places.

use crate::template::liquid::cut::{Piece, PieceKind};

/// Stands for a byte of Liquid; a template that has it by itself is refused.
pub const HIDDEN: u8 = 0x01;

/// The text with every byte of Liquid hidden.
pub fn hide(text: &str, pieces: &[Piece]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for piece in pieces.iter().filter(|piece| piece.kind != PieceKind::Text) {
        let range = piece.span.start as usize..piece.span.end as usize;
        if let Some(stretch) = bytes.get_mut(range) {
            stretch.fill(HIDDEN);
        }
    }
    // Pieces lie on character boundaries, so the rest is still UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}
