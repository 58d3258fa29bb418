//! Placeholders of other platforms in the text: they would be sent as they are.

use super::Checker;
use crate::diag::codes::template as codes;
use crate::source::Span;
use crate::template::Type;
use crate::template::liquid::cut::{Piece, PieceKind};

impl Checker<'_> {
    /// Looks for placeholders that Jalon does not read.
    pub fn foreign(&mut self, pieces: &[Piece]) {
        for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Text) {
            self.platforms(piece);
            let text = piece.span.text(self.text);
            let bytes = text.as_bytes();
            if memchr::memchr3(b'*', b'%', b'[', bytes)
                .or(memchr::memchr(b'{', bytes))
                .is_none()
            {
                continue;
            }
            for (open, close) in [("*|", "|*"), ("%%", "%%"), ("{", "}"), ("[[", "]]")] {
                let mut at = 0;
                while let Some(found) = text.get(at..).and_then(|rest| rest.find(open)) {
                    let start = at + found;
                    let inside = text.get(start + open.len()..).unwrap_or("");
                    let name = inside.trim_start().chars();
                    let len: usize = name
                        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':'))
                        .map(char::len_utf8)
                        .sum();
                    let lead = inside.len() - inside.trim_start().len();
                    let name = inside.get(lead..lead + len).unwrap_or("");
                    let rest = inside
                        .get(lead + len..)
                        .unwrap_or("")
                        .trim_start_matches(' ');
                    at = start + open.len();
                    if name.is_empty() || !rest.starts_with(close) {
                        continue;
                    }
                    // Single braces are usual in text and style: only a name that exists counts.
                    if open == "{" && !self.names_something(name) {
                        continue;
                    }
                    let lead = text.get(..start).unwrap_or("");
                    let start = start - usize::from(open == "{" && lead.ends_with(['$', '#']));
                    let behind = text.len() - rest.len() + close.len();
                    self.report_foreign(piece, start, behind, name, open == "{");
                    at = behind;
                }
            }
        }
    }

    fn names_something(&self, name: &str) -> bool {
        if self.format.escapes() && !name.contains('.') && !name.contains('_') {
            return false;
        }
        let mut parts = name.split('.');
        let first = parts.next().unwrap_or("");
        if self.scope.root(first).is_some() {
            return true;
        }
        parts.next().is_none()
            && self.scope.names().iter().any(|root| {
                matches!(
                    self.scope.root(root).map(|var| var.ty),
                    Some(Type::Record(record)) if self.scope.field(record, first).is_some()
                )
            })
    }

    fn report_foreign(&mut self, piece: &Piece, start: usize, end: usize, name: &str, brace: bool) {
        let at = |offset: usize| piece.span.start + u32::try_from(offset).unwrap_or(0);
        let span = Span::new(at(start), at(end));
        let written = span.text(self.text).to_owned();
        let right = if self
            .scope
            .root(name.split('.').next().unwrap_or(""))
            .is_some()
        {
            name.to_owned()
        } else {
            self.field_called(name)
                .unwrap_or_else(|| "member.first_name".to_owned())
        };
        let right = self.with_default(&right);
        let finding = self
            .finding(
                &codes::FOREIGN_PLACEHOLDER,
                span,
                if brace {
                    format!("`{written}` would be sent as it is: a value stands in two braces")
                } else {
                    format!("`{written}` would be sent as it is: it is another platform's")
                },
            )
            .help(format!("write `{{{{ {right} }}}}`"));
        self.report(finding);
    }
}
