//! Texts: quotes, escapes, and the common indent of a `"""` block.

use super::{Lower, Node};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::source::{Place, Span};
use crate::syntax::ast::Text;
use crate::syntax::report;
use smol_str::{SmolStr, SmolStrBuilder};

impl<'a> Lower<'a> {
    /// A `text` token, decoded.
    pub fn to_text(&mut self, node: &Node<'a>) -> Text {
        let span = self.at(node);
        let written = node.as_str();
        if let Some(rest) = written.strip_prefix("\"\"\"") {
            let inner = match rest.strip_suffix("\"\"\"") {
                Some(inner) => inner,
                None => {
                    report::unclosed_block_text(self, span);
                    rest
                }
            };
            let dedented = dedent(inner);
            let value = match dedented.contains('\\') {
                true => self.unescape(&dedented, None, span),
                false => dedented.into(),
            };
            return Text {
                value,
                span,
                block: true,
            };
        }
        let Some(rest) = written.strip_prefix('"') else {
            return report::foreign_quotes(self, written, span);
        };
        let inner = match rest.strip_suffix('"').filter(|inner| !escapes_next(inner)) {
            Some(inner) => inner,
            None => {
                report::unclosed_text(self, written, span);
                rest.trim_end()
            }
        };
        let value = match inner.contains('\\') {
            true => self.unescape(inner, Some(span.start + 1), span),
            false => inner.into(),
        };
        Text {
            value,
            span,
            block: false,
        }
    }

    /// Decodes `\" \\ \n \t \u{...}`. `start` is where `inner` begins in the file, if it was not
    /// changed on the way.
    fn unescape(&mut self, inner: &str, start: Option<u32>, whole: Span) -> SmolStr {
        let mut value = SmolStrBuilder::new();
        let mut chars = inner.char_indices();
        while let Some((from, c)) = chars.next() {
            if c != '\\' {
                value.push(c);
                continue;
            }
            let decoded = match chars.next() {
                Some((_, '"')) => Some('"'),
                Some((_, '\\')) => Some('\\'),
                Some((_, 'n')) => Some('\n'),
                Some((_, 't')) => Some('\t'),
                Some((_, 'u')) => {
                    let mut ahead = chars.clone();
                    let digits: Option<String> = match ahead.next() {
                        Some((_, '{')) => {
                            let digits = ahead.by_ref().map(|(_, c)| c);
                            Some(digits.take_while(|c| *c != '}').take(9).collect())
                        }
                        _ => None,
                    };
                    let digits_read = digits.is_some();
                    let decoded = digits
                        .filter(|d| !d.is_empty() && d.len() <= 6)
                        .and_then(|d| u32::from_str_radix(&d, 16).ok())
                        .and_then(char::from_u32);
                    if digits_read {
                        chars = ahead;
                    }
                    decoded
                }
                _ => None,
            };
            match decoded {
                Some(c) => value.push(c),
                None => {
                    let rest = chars.as_str();
                    let to = inner.len() - rest.len();
                    self.bad_escape(inner.get(from..to).unwrap_or("\\"), start, from, to, whole);
                }
            }
        }
        value.finish()
    }

    fn bad_escape(
        &mut self,
        written: &str,
        start: Option<u32>,
        from: usize,
        to: usize,
        whole: Span,
    ) {
        let place = match (start, u32::try_from(from), u32::try_from(to)) {
            (Some(start), Ok(from), Ok(to)) => Span::new(start + from, start + to),
            _ => whole,
        };
        self.push(
            Diagnostic::new(
                &codes::BAD_ESCAPE,
                place.in_file(self.file),
                format!("`{written}` is not an escape"),
            )
            .help(r#"write `\"`, `\\`, `\n`, `\t` or `\u{1F600}`; a backslash itself is `\\`"#)
            .fix_if(start.and_then(|_| escape_fix(written, place.in_file(self.file)))),
        );
    }
}

/// In other languages a backslash before a sign stands for the sign. Before a letter it may have been
/// meant as itself.
fn escape_fix(written: &str, place: Place) -> Option<Fix> {
    let escaped = written.strip_prefix('\\')?;
    let c = escaped.chars().next()?;
    if c.is_ascii_punctuation() {
        return Some(Fix::safe("remove the backslash", place, escaped));
    }
    (c != 'u').then(|| Fix::chosen("write the backslash twice", place, format!("\\\\{escaped}")))
}

/// Whether `inner` ends in a backslash that belongs to the next character.
fn escapes_next(inner: &str) -> bool {
    inner.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

/// Removes the line break after the opening quotes, the last line if it is blank, and the indent
/// that all lines share.
fn dedent(inner: &str) -> String {
    let inner = match inner.split_once('\n') {
        Some((first, rest)) if first.trim().is_empty() => rest,
        _ => inner,
    };
    let inner = match inner.rsplit_once('\n') {
        Some((rest, last)) if last.trim().is_empty() => rest.strip_suffix('\r').unwrap_or(rest),
        _ => inner,
    };
    let indent = inner
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let mut value = String::with_capacity(inner.len());
    for (index, line) in inner.lines().enumerate() {
        if index > 0 {
            value.push('\n');
        }
        value.push_str(line.get(indent..).unwrap_or_else(|| line.trim_start()));
    }
    value
}
