//! Markup as tokens with places: tags with their attributes, texts, comments.
//!
//! One pass, linear, over a text whose Liquid is hidden.

use super::hidden::HIDDEN;
use crate::source::Span;

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// `<mj-text color="red">`
    Open {
        /// The name.
        name: Span,
        /// The attributes, in order.
        attributes: Vec<Attribute>,
        /// Whether it ends in `/>`.
        closed: bool,
        /// All of it.
        span: Span,
    },
    /// `</mj-text>`
    Close {
        /// The name.
        name: Span,
        /// All of it.
        span: Span,
    },
    /// Text, with the Liquid in it.
    Text(Span),
    /// `<!-- ... -->`, `<!doctype ...>`, `<? ... ?>`
    Comment(Span),
    /// What cannot be read, and why.
    Broken(Span, &'static str, &'static str),
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Span,
    /// What stands between the quotes, if there is a value.
    pub value: Option<Span>,
}

/// Reads all tokens.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text,
        at: 0,
        tokens: Vec::new(),
    };
    while scanner.at < text.len() {
        scanner.next();
    }
    scanner.tokens
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn span(&self, start: usize) -> Span {
        Span::new(
            u32::try_from(start).unwrap_or(u32::MAX),
            u32::try_from(self.at).unwrap_or(u32::MAX),
        )
    }

    fn next(&mut self) {
        let start = self.at;
        let rest = self.rest();
        if let Some(behind) = rest.strip_prefix("<!--") {
            match behind.find("-->") {
                Some(end) => {
                    self.at += 4 + end + 3;
                    self.tokens.push(Token::Comment(self.span(start)));
                }
                None => {
                    self.at += 4;
                    let span = self.span(start);
                    self.at = self.text.len();
                    self.tokens.push(Token::Broken(
                        span,
                        "this comment is not closed",
                        "write `-->` where it ends",
                    ));
                }
            }
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
            self.tokens.push(Token::Comment(self.span(start)));
        } else if let Some(behind) = rest.strip_prefix("</") {
            let name = name_len(behind);
            self.at += 2;
            let name_start = self.at;
            self.at += name;
            let name = self.span(name_start);
            self.at += space_len(self.rest());
            if self.byte() == b'>' && !name.is_empty() {
                self.at += 1;
                let span = self.span(start);
                self.tokens.push(Token::Close { name, span });
            } else {
                self.broken(
                    start,
                    "this closing tag is not finished",
                    "write `>` behind its name",
                );
            }
        } else if rest.starts_with('<') && name_len(rest.get(1..).unwrap_or("")) > 0 {
            self.open(start);
        } else if rest.starts_with('<') {
            self.at += 1;
            let span = self.span(start);
            self.tokens.push(Token::Broken(
                span,
                "this `<` starts no tag",
                "write `&lt;` for the sign itself",
            ));
        } else {
            self.at += memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.tokens.push(Token::Text(self.span(start)));
        }
    }

    /// Reports what cannot be read from `start` on, and goes on behind the tag.
    fn broken(&mut self, start: usize, message: &'static str, help: &'static str) {
        let end = self.rest().find(['>', '<']);
        let span = self.span(start);
        match end {
            Some(end) => {
                self.at += end;
                if self.byte() == b'>' {
                    self.at += 1;
                }
            }
            None => self.at = self.text.len(),
        }
        self.tokens.push(Token::Broken(span, message, help));
    }

    fn open(&mut self, start: usize) {
        self.at += 1;
        let name_start = self.at;
        self.at += name_len(self.rest());
        let name = self.span(name_start);
        let mut attributes = Vec::new();
        let closed = loop {
            self.at += space_len(self.rest());
            let rest = self.rest();
            if rest.starts_with("/>") {
                self.at += 2;
                break true;
            }
            match self.byte() {
                b'>' => {
                    self.at += 1;
                    break false;
                }
                0 | b'<' => {
                    let span = Span::new(u32::try_from(start).unwrap_or(0), name.end);
                    self.tokens.push(Token::Broken(
                        span,
                        "this tag is not finished",
                        "write `>` where it ends",
                    ));
                    break false;
                }
                _ => {}
            }
            if let Err((at, message, help)) = self.attribute(&mut attributes) {
                self.broken(at, message, help);
                // The element is there, whatever its attributes say.
                let tag = self.text.get(start..self.at).unwrap_or("");
                break tag.ends_with("/>");
            }
        };
        let span = self.span(start);
        self.tokens.push(Token::Open {
            name,
            attributes,
            closed,
            span,
        });
    }

    fn attribute(
        &mut self,
        attributes: &mut Vec<Attribute>,
    ) -> Result<(), (usize, &'static str, &'static str)> {
        let start = self.at;
        if self.byte() == HIDDEN {
            let rest = self.rest();
            self.at += rest
                .find(|c: char| c != char::from(HIDDEN))
                .unwrap_or(rest.len());
            return Err((
                start,
                "Liquid cannot stand between the attributes of a tag",
                "write it inside the quotes of an attribute, or around the element",
            ));
        }
        let len = attribute_len(self.rest());
        if len == 0 {
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return Err((
                start,
                "an attribute cannot be read here",
                "write attributes as `name=\"value\"`",
            ));
        }
        self.at += len;
        let name = self.span(start);
        let before_space = self.at;
        self.at += space_len(self.rest());
        if self.byte() != b'=' {
            self.at = before_space;
            attributes.push(Attribute { name, value: None });
            return Ok(());
        }
        self.at += 1;
        self.at += space_len(self.rest());
        let quote = self.byte();
        if quote != b'"' && quote != b'\'' {
            return Err((
                start,
                "the value of this attribute has no quotes",
                "put the value between `\"`",
            ));
        }
        self.at += 1;
        let value_start = self.at;
        // A value with a `<` in it has lost its closing quote: it ends with its tag.
        let end = memchr::memchr2(quote, b'<', self.rest().as_bytes());
        match end.filter(|end| self.rest().as_bytes().get(*end) == Some(&quote)) {
            Some(end) => {
                self.at += end;
                let value = self.span(value_start);
                self.at += 1;
                attributes.push(Attribute {
                    name,
                    value: Some(value),
                });
                Ok(())
            }
            None => Err((
                start,
                "the value of this attribute has no closing quote",
                "write `\"` where the value ends",
            )),
        }
    }
}

fn name_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return 0;
    }
    bytes
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')))
        .unwrap_or(bytes.len())
}

fn attribute_len(text: &str) -> usize {
    text.find(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '=' | '>' | '<' | '"' | '\'' | '/')
    })
    .unwrap_or(text.len())
}

fn space_len(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len()
}
