//! Links that are written in the text itself and are not https.

use super::Checker;
use crate::diag::codes::template as codes;
use crate::source::Span;
use crate::template::liquid::cut::{Piece, PieceKind};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Finds `http://`; made once, since most texts are shorter than making it.
static HTTP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("http://"));

/// The attributes that hold a URL; others, like `xmlns`, are names that nobody opens.
const OPENED: [&str; 6] = [
    "href=",
    "src=",
    "background-url=",
    "background=",
    "action=",
    "url(",
];

impl Checker<'_> {
    /// Reports every `http://` that a person or their mail program would open.
    pub fn insecure(&mut self, pieces: &[Piece]) {
        for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Text) {
            let text = piece.span.text(self.text);
            for at in HTTP.find_iter(text.as_bytes()) {
                let before = text.get(..at).unwrap_or("").trim_end_matches(['"', '\'']);
                if self.format.escapes() && !OPENED.iter().any(|name| before.ends_with(name)) {
                    continue;
                }
                let rest = text.get(at..).unwrap_or("");
                let len = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')'))
                    .unwrap_or(rest.len());
                let url = rest.get(..len).unwrap_or(rest);
                let start = piece.span.start + u32::try_from(at).unwrap_or(0);
                let span = Span::new(start, start + u32::try_from(len).unwrap_or(0));
                let secure = url.get(5..).unwrap_or("");
                let finding = self
                    .finding(&codes::INSECURE_LINK, span, format!("`{url}` is not https"))
                    .help(format!("write `https:{secure}`"));
                self.report(finding);
            }
        }
    }
}
