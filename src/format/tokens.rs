//! The tokens of a text, comments among them: what the formatter copies to its output.
//!
//! The formatter prints the tokens of its input and chooses only what stands between them. That is
//! why nothing can be lost, wherever a comment stands. This scan is for texts that parsed without
//! error; of any other text it still gives tokens that cover every character but white space.

use crate::source::Span;

/// What a token is, as far as the space around it depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Before the first token.
    Start,
    /// A name, a keyword, a unit, a code; also between backticks.
    Word,
    /// A number, date, time or instant.
    Number,
    /// A text on one line.
    Text,
    /// A `"""` text.
    BlockText,
    /// `// ...`
    Comment,
    /// `/// ...`
    Doc,
    /// A comma that was printed already, without being in its place.
    Skipped,
    /// `(`
    OpenParen,
    /// `[`
    OpenSquare,
    /// `{`
    OpenCurly,
    /// `)` or `]`
    Close,
    /// `}`
    CloseCurly,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `.` or `?.`
    Dot,
    /// `..`
    Range,
    /// `?` after a type, `%` after a number.
    Suffix,
    /// `@`
    At,
    /// A `+` or `-` that stands before its operand.
    Prefix,
    /// Any other sign.
    Operator,
    /// After the last token.
    End,
}

impl Kind {
    /// Whether it is none of the words of a text: a comment, or skipped.
    pub(super) const fn is_aside(self) -> bool {
        matches!(self, Self::Comment | Self::Doc | Self::Skipped)
    }

    /// Whether it is a comment of either sort.
    pub(super) const fn is_comment(self) -> bool {
        matches!(self, Self::Comment | Self::Doc)
    }
}

/// A token and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The bytes it covers; a comment is without the white space at its end.
    pub(super) span: Span,
    /// How many line breaks stand between it and the token before: 0, 1, or 2 for more.
    pub(super) breaks: u8,
}

/// Every token of a text, the last being [`Kind::End`].
///
/// The text must be shorter than 4 GiB; what lies beyond is not seen.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0 };
    let mut tokens = Vec::with_capacity(text.len() / 5);
    loop {
        let breaks = scanner.white_space();
        let start = scanner.at;
        let kind = scanner.token();
        let mut end = scanner.at;
        if kind.is_comment() {
            end = start + text.get(start..end).unwrap_or("").trim_end().len();
        }
        let span = Span::new(offset(start), offset(end));
        tokens.push(Token { kind, span, breaks });
        if kind == Kind::End {
            return tokens;
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    /// The byte `ahead` bytes on, 0 after the end.
    fn peek(&self, ahead: usize) -> u8 {
        let byte = self.text.as_bytes().get(self.at + ahead);
        byte.copied().unwrap_or(0)
    }

    /// The character here, if it is not ASCII.
    fn wide_character(&self) -> Option<char> {
        if self.peek(0) < 0x80 {
            return None;
        }
        self.text.get(self.at..)?.chars().next()
    }

    /// Passes white space and counts its line breaks, up to 2.
    fn white_space(&mut self) -> u8 {
        let mut breaks: u8 = 0;
        loop {
            match self.peek(0) {
                b'\n' => breaks = breaks.saturating_add(1).min(2),
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {}
                0x80.. => match self.wide_character() {
                    Some(character) if character.is_whitespace() => {
                        self.at += character.len_utf8() - 1;
                    }
                    _ => return breaks,
                },
                _ => return breaks,
            }
            self.at += 1;
        }
    }

    /// Passes one token.
    fn token(&mut self) -> Kind {
        let (kind, length) = match (self.peek(0), self.peek(1)) {
            (0, _) if self.at >= self.text.len() => return Kind::End,
            (b'/', b'/') => return self.comment(),
            (b'"', _) => return self.quoted(),
            (b'`', _) => {
                self.skip_to_closing(b'`');
                return Kind::Word;
            }
            (b'0'..=b'9', _) => {
                self.number();
                return Kind::Number;
            }
            (b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.., _) => {
                self.word();
                return Kind::Word;
            }
            (b'(', _) => (Kind::OpenParen, 1),
            (b'[', _) => (Kind::OpenSquare, 1),
            (b'{', _) => (Kind::OpenCurly, 1),
            (b')' | b']', _) => (Kind::Close, 1),
            (b'}', _) => (Kind::CloseCurly, 1),
            (b',', _) => (Kind::Comma, 1),
            (b':', _) => (Kind::Colon, 1),
            (b'?', b'.') => (Kind::Dot, 2),
            (b'.', b'.') => (Kind::Range, 2),
            (b'.', _) => (Kind::Dot, 1),
            (b'?', b'?') | (b'=' | b'!' | b'<' | b'>' | b'+' | b'-', b'=') => (Kind::Operator, 2),
            (b'?' | b'%', _) => (Kind::Suffix, 1),
            (b'@', _) => (Kind::At, 1),
            _ => (Kind::Operator, 1),
        };
        self.at += length;
        kind
    }

    fn comment(&mut self) -> Kind {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        if rest.starts_with(b"///") && !rest.starts_with(b"////") {
            Kind::Doc
        } else {
            Kind::Comment
        }
    }

    /// A text: on one line, where `\` takes the meaning of the character after it, or a block,
    /// which ends with the next three quotes.
    fn quoted(&mut self) -> Kind {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        let Some(block) = rest.strip_prefix(b"\"\"\"") else {
            self.skip_to_closing(b'"');
            return Kind::Text;
        };
        let length = memchr::memmem::find(block, b"\"\"\"").map_or(rest.len(), |end| end + 6);
        self.at += length;
        Kind::BlockText
    }

    /// Passes what starts and ends with `quote` on one line.
    fn skip_to_closing(&mut self, quote: u8) {
        self.at += 1;
        while self.at < self.text.len() {
            match self.peek(0) {
                b'\n' => return,
                b'\\' if quote == b'"' => self.at += 1,
                byte if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
    }

    fn word(&mut self) {
        loop {
            match self.peek(0) {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => self.at += 1,
                0x80.. => match self.wide_character() {
                    Some(character) if !character.is_whitespace() => {
                        self.at += character.len_utf8();
                    }
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// `42`, `1_000`, `12.5`, `2026-12-25`, `09:00:30`, `2026-12-25T09:00[Europe/Paris]`
    fn number(&mut self) {
        self.digits();
        match self.peek(0) {
            b'-' if self.is_date() => {
                self.part();
                self.part();
                if self.peek(0) == b'T' {
                    while matches!(
                        self.peek(0),
                        b'0'..=b'9' | b':' | b'.' | b'+' | b'-' | b'T' | b'Z'
                    ) {
                        self.at += 1;
                    }
                    if self.peek(0) == b'[' {
                        self.skip_to_zone_end();
                    }
                }
            }
            b':' if self.peek(1).is_ascii_digit() => {
                self.part();
                if self.peek(0) == b':' && self.peek(1).is_ascii_digit() {
                    self.part();
                }
            }
            b'.' if self.peek(1).is_ascii_digit() => self.part(),
            _ => {}
        }
    }

    /// Whether `-12-25` stands here.
    fn is_date(&self) -> bool {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or(&[]);
        let month = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let day = rest.get(month + 1).is_some_and(u8::is_ascii_digit);
        month > 0 && rest.get(month) == Some(&b'-') && day
    }

    /// Passes one sign and the digits after it.
    fn part(&mut self) {
        self.at += 1;
        self.digits();
    }

    fn skip_to_zone_end(&mut self) {
        while !matches!(self.peek(0), b']' | b'\n' | 0) {
            self.at += 1;
        }
        if self.peek(0) == b']' {
            self.at += 1;
        }
    }

    fn digits(&mut self) {
        while matches!(self.peek(0), b'0'..=b'9' | b'_') {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let tokens = scan(text);
        tokens.iter().map(|token| token.span.text(text)).collect()
    }

    #[test]
    fn literals_are_one_token() {
        assert_eq!(
            words(
                "2026-12-25T09:00[Europe/Paris] 9:00:30 1_000 12.5% 1..10 3 days 2026-12 é\u{a0}à"
            ),
            [
                "2026-12-25T09:00[Europe/Paris]",
                "9:00:30",
                "1_000",
                "12.5",
                "%",
                "1",
                "..",
                "10",
                "3",
                "days",
                "2026",
                "-",
                "12",
                "é",
                "à",
                ""
            ]
        );
    }

    #[test]
    fn texts_hide_what_is_in_them() {
        assert_eq!(
            words("a \"b // \\\" c\" \"\"\"x \"y\" // \n z\"\"\" `if`// end  "),
            [
                "a",
                "\"b // \\\" c\"",
                "\"\"\"x \"y\" // \n z\"\"\"",
                "`if`",
                "// end",
                ""
            ]
        );
    }

    #[test]
    fn broken_text_ends_with_its_line_or_file() {
        assert_eq!(words("\"ab\ncd"), ["\"ab", "cd", ""]);
        assert_eq!(words("\"\"\"ab\\"), ["\"\"\"ab\\", ""]);
        assert_eq!(words("\"ab\\"), ["\"ab\\", ""]);
    }

    #[test]
    fn line_breaks_are_counted() {
        let breaks: Vec<u8> = scan("a b\nc\n\n\n// d\r\ne")
            .iter()
            .map(|token| token.breaks)
            .collect();
        assert_eq!(breaks, [0, 0, 1, 2, 1, 0]);
    }
}
