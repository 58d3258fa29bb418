//! Cuts a file at its top-level declarations before anything is parsed.
//!
//! The scan knows texts, `"""` blocks, backticks, comments and brackets, and nothing else of the
//! language. A declaration begins at a top-level keyword followed by a name or text and then
//! `for`, `of`, `(`, `{`, `:` or `=`: anywhere outside of brackets, and inside of them only in
//! column 0, where it closes what is open. So a missing `}` ends with its declaration.

use super::ast::Comment;
use super::open_text::{self, OpenText};
use crate::source::Span;

/// How deep brackets and prefix operators may be nested, together.
pub(super) const MAX_DEPTH: usize = 64;
/// The longest declaration, in bytes.
pub(super) const MAX_DECLARATION: u32 = 1 << 20;

/// The words that begin a declaration.
pub(super) const DECLARATIONS: [&str; 18] = [
    "action", "audience", "calendar", "channel", "consent", "enum", "event", "holdout", "journey",
    "measure", "message", "profile", "promise", "purpose", "segment", "setting", "table", "test",
];

/// What the scan found in a file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Every comment, in order.
    pub comments: Vec<Comment>,
    /// The pieces to parse, in order; together they cover the file, except for what stands
    /// before the first token.
    pub pieces: Vec<Piece>,
    /// Characters that mean nothing in Jalon but are read over: `;` and foreign white space.
    pub skipped: Vec<Span>,
    /// The `"""` blocks one end of which is missing.
    pub open_texts: Vec<OpenText>,
}

/// A declaration with what follows it, up to the next declaration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Where it stands.
    pub span: Span,
    /// The bracket or operator that is nested too deeply, if there is one; nothing from there on
    /// is to be parsed.
    pub too_deep: Option<u32>,
    /// An opening bracket that was probably forgotten to be closed: a `}` further left than the
    /// line of its `{` closed it.
    pub suspect: Option<u32>,
    /// A `}` that is probably one too many: no block is open in its column, and it closed one that
    /// stands further left.
    pub orphan: Option<u32>,
}

impl Piece {
    /// Where what is to be parsed ends: before what is too deep, at most at the longest
    /// declaration, at a line.
    pub fn end_to_parse(&self, text: &str) -> u32 {
        let end = self.too_deep.unwrap_or(self.span.end);
        let longest = self.span.start.saturating_add(MAX_DECLARATION);
        if end <= longest {
            return end;
        }
        let bytes = text.as_bytes().get(..longest as usize).unwrap_or_default();
        let bytes = bytes.get(self.span.start as usize..).unwrap_or_default();
        memchr::memrchr(b'\n', bytes).map_or(self.span.start, |i| self.span.start + offset(i))
    }
}

struct Open {
    byte: u8,
    at: u32,
    indent: u32,
    /// Depth before it, prefix operators included.
    depth: usize,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    line: usize,
    open: Vec<Open>,
    prefixes: usize,
    depth: usize,
    /// Where the annotations in front of the current token begin.
    annotations: Option<usize>,
    piece: Piece,
    started: bool,
    out: Scan,
}

/// Scans a text of less than 4 GB.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner::new(text);
    scanner.run();
    scanner.out
}

/// The brackets that are open at the end of `text`, outermost first, with their places in it.
pub(super) fn open_brackets(text: &str) -> Vec<(u8, u32)> {
    let mut scanner = Scanner::new(text);
    scanner.run();
    scanner.open.iter().map(|o| (o.byte, o.at)).collect()
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            text,
            at: 0,
            line: 0,
            open: Vec::new(),
            prefixes: 0,
            depth: 0,
            annotations: None,
            piece: Piece {
                span: Span::default(),
                too_deep: None,
                suspect: None,
                orphan: None,
            },
            started: false,
            out: Scan::default(),
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                    continue;
                }
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => {
                    self.at += 1;
                    continue;
                }
                b'/' if self.peek(1) == b'/' => {
                    self.comment();
                    continue;
                }
                _ => {}
            }
            let annotations = self.annotations.take();
            if !self.started {
                self.begin(self.at);
            }
            match byte {
                b'"' => {
                    self.skip_text();
                    self.prefixes = 0;
                }
                b'`' => {
                    self.at += 1;
                    self.skip_word();
                    self.at += usize::from(self.peek(0) == b'`');
                    self.prefixes = 0;
                }
                b'\'' => self.skip_to(b'\''),
                b'{' | b'(' | b'[' => self.opener(byte),
                b'}' | b')' | b']' => self.closer(byte),
                b'-' | b'!' => self.prefix(1),
                b'@' => {
                    self.annotations = annotations.or(Some(self.at));
                    self.skip_annotation();
                }
                b';' => {
                    self.out.skipped.push(span(self.at, self.at + 1));
                    self.at += 1;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(annotations),
                0x80.. => self.foreign(),
                _ => {
                    self.at += 1;
                    self.prefixes = 0;
                }
            }
        }
        self.finish(self.bytes.len());
    }

    /// Ends the current piece and begins another at `at`.
    fn begin(&mut self, at: usize) {
        self.finish(at);
        self.started = true;
        self.open.clear();
        self.depth = 0;
        self.prefixes = 0;
        self.piece = Piece {
            span: span(at, at),
            too_deep: None,
            suspect: None,
            orphan: None,
        };
    }

    fn finish(&mut self, at: usize) {
        if self.started {
            let mut piece = self.piece;
            piece.span = Span::new(piece.span.start, offset(at));
            if self.open.is_empty() {
                piece.suspect = None;
            }
            self.out.pieces.push(piece);
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let mut end = start + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        if self.bytes.get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        self.at = end;
        let written = self.bytes.get(start..end).unwrap_or_default();
        let doc = written.starts_with(b"///") && !written.starts_with(b"////");
        self.out.comments.push(Comment {
            span: span(start, end),
            doc,
        });
    }

    /// Goes behind a text: to its quote, or to the end of its line.
    fn skip_text(&mut self) {
        if self.peek(1) == b'"' && self.peek(2) == b'"' {
            self.skip_block_text();
            return;
        }
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                self.at = self.bytes.len();
                return;
            };
            self.at += found;
            match self.peek(0) {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\n' => return,
                _ if self.peek(1) == b'\n' => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 2,
            }
        }
    }

    /// Goes behind a `"""` block. One that is never closed ends where it probably does, at last
    /// before the next declaration.
    fn skip_block_text(&mut self) {
        let opener = self.at;
        if let Some(begin) = open_text::begins(self.text, self.line, opener) {
            self.out.open_texts.push(OpenText::unopened(begin, opener));
            self.at += 3;
            return;
        }
        self.at += 3;
        let rest = self.text.get(self.at..).unwrap_or("");
        let close = rest.find("\"\"\"").map(|end| self.at + end);
        let closed = close.filter(|close| !open_text::is_opener(self.text, *close));
        if closed.is_none()
            && let Some(end) = open_text::ends(self.text, self.line, opener, close)
        {
            self.out.open_texts.push(OpenText::unclosed(opener, end));
            self.line = end;
            self.at = end;
            return;
        }
        match close {
            Some(end) => {
                let inner = self.bytes.get(self.at..end).unwrap_or_default();
                if let Some(i) = memchr::memrchr(b'\n', inner) {
                    self.line = self.at + i + 1;
                }
                self.at = end + 3;
            }
            None => {
                let from = self.at;
                self.at = self.bytes.len();
                for found in memchr::memchr_iter(b'\n', rest.as_bytes()) {
                    if self.declaration_at(from + found + 1).is_some() {
                        self.at = from + found;
                        break;
                    }
                }
            }
        }
    }

    /// Goes behind the next `end` in this line that no letter follows, or to the end of the line.
    fn skip_to(&mut self, end: u8) {
        self.at += 1;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(found) = memchr::memchr2(end, b'\n', rest) else {
                self.at += rest.len();
                return;
            };
            self.at += found;
            if rest.get(found) != Some(&end) {
                return;
            }
            self.at += 1;
            // An apostrophe: `'l'arrivée'`.
            let next = self
                .text
                .get(self.at..)
                .and_then(|rest| rest.chars().next());
            if !next.is_some_and(unicode_ident::is_xid_continue) {
                return;
            }
        }
    }

    /// Goes behind the rest of a word: exactly what the grammar takes for one.
    fn skip_word(&mut self) {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte != b'_';
            self.at += rest.iter().position(ends).unwrap_or(rest.len());
            match self.peek(0) {
                0x80.. => {
                    let rest = self.text.get(self.at..).unwrap_or("");
                    match rest.chars().next() {
                        Some(c) if unicode_ident::is_xid_continue(c) => self.at += c.len_utf8(),
                        _ => return,
                    }
                }
                _ => return,
            }
        }
    }

    fn skip_annotation(&mut self) {
        self.at += 1;
        self.skip_word();
        let mut ahead = self.at;
        while matches!(self.bytes.get(ahead), Some(b' ' | b'\t')) {
            ahead += 1;
        }
        if self.bytes.get(ahead) != Some(&b'(') {
            return;
        }
        let rest = self.bytes.get(ahead..).unwrap_or_default();
        if let Some(end) = memchr::memchr2(b')', b'\n', rest)
            && rest.get(end) == Some(&b')')
            && end <= MAX_DEPTH
            && memchr::memchr2(b'(', b'"', rest.get(1..end).unwrap_or_default()).is_none()
        {
            self.at = ahead + end + 1;
        }
    }

    fn opener(&mut self, byte: u8) {
        let line = self.bytes.get(self.line..self.at).unwrap_or_default();
        let indent = line.iter().take_while(|b| b.is_ascii_whitespace()).count();
        self.open.push(Open {
            byte,
            at: offset(self.at),
            indent: offset(indent),
            depth: self.depth,
        });
        self.depth += 1 + self.prefixes;
        self.prefixes = 0;
        self.check_depth();
        self.at += 1;
    }

    fn closer(&mut self, byte: u8) {
        let opener = match byte {
            b'}' => b'{',
            b')' => b'(',
            _ => b'[',
        };
        let floor = match byte {
            b'}' => 0,
            _ => self
                .open
                .iter()
                .rposition(|o| o.byte == b'{')
                .map_or(0, |i| i + 1),
        };
        let inner = self.open.get(floor..).unwrap_or_default();
        if let Some(index) = inner.iter().rposition(|open| open.byte == opener) {
            if byte == b'}' {
                self.suspect(floor + index);
            }
            if let Some(open) = self.open.get(floor + index) {
                self.depth = open.depth;
            }
            self.open.truncate(floor + index);
        }
        self.prefixes = 0;
        self.at += 1;
    }

    /// Remembers a `{` that a `}` further left closes: the `}` was meant for an outer one; and a `}`
    /// further right than the `{` it closes: it was meant for one that is not there.
    fn suspect(&mut self, index: usize) {
        let line = self.bytes.get(self.line..self.at).unwrap_or_default();
        let blank = line.iter().take_while(|byte| byte.is_ascii_whitespace());
        let indent = blank.count();
        let Some(open) = self.open.get(index) else {
            return;
        };
        if indent == line.len() && offset(indent) < open.indent {
            self.piece.suspect.get_or_insert(open.at);
        }
        let behind_another = line.trim_ascii_end().ends_with(b"}");
        if offset(indent) > open.indent && (indent == line.len() || behind_another) {
            self.piece.orphan.get_or_insert(offset(self.at));
        }
    }

    fn prefix(&mut self, length: usize) {
        self.prefixes += 1;
        self.check_depth();
        self.at += length;
    }

    fn check_depth(&mut self) {
        if self.depth + self.prefixes > MAX_DEPTH && self.piece.too_deep.is_none() {
            self.piece.too_deep = Some(offset(self.at));
        }
    }

    fn word(&mut self, annotations: Option<usize>) {
        let start = self.at;
        if (self.open.is_empty() || start == self.line) && self.declaration_at(start).is_some() {
            let start = annotations.unwrap_or(start);
            if start > self.piece.span.start as usize {
                self.begin(start);
            }
        }
        self.skip_word();
        match self.bytes.get(start..self.at) {
            Some(b"not") => {
                self.prefixes += 1;
                self.check_depth();
            }
            _ => self.prefixes = 0,
        }
    }

    /// The keyword of the declaration that begins at `at`, if one does.
    fn declaration_at(&self, at: usize) -> Option<&'static str> {
        let rest = self.text.get(at..)?;
        let length = rest.bytes().take_while(|b| is_word(*b)).count();
        let keyword = rest.get(..length)?;
        let keyword = DECLARATIONS.into_iter().find(|d| *d == keyword)?;
        let rest = skip_white(rest.get(length..)?);
        let named = match rest.as_bytes().first()? {
            b'"' => {
                let inner = rest.get(1..)?;
                let end = memchr::memchr2(b'"', b'\n', inner.as_bytes())?;
                inner.get(end + 1..)?
            }
            b'`' => rest.get(1..)?.split_once(['`', '\n'])?.1,
            _ => {
                let first = rest.chars().next()?;
                if first != '_' && !unicode_ident::is_xid_start(first) {
                    return None;
                }
                rest.trim_start_matches(unicode_ident::is_xid_continue)
            }
        };
        let rest = skip_white(named);
        let then = match rest.as_bytes().first()? {
            b'(' | b'{' | b':' => true,
            b'=' => !rest.starts_with("=="),
            _ => ["for", "of"].iter().any(|word| {
                rest.strip_prefix(word)
                    .is_some_and(|rest| !rest.bytes().next().is_some_and(is_word))
            }),
        };
        then.then_some(keyword)
    }

    /// Goes behind a text between quotes of another language, or to the end of its line.
    fn skip_quoted(&mut self, open: char, close: &[char]) {
        let from = self.at + open.len_utf8();
        let rest = self.text.get(from..).unwrap_or("");
        let line = rest
            .get(..rest.find('\n').unwrap_or(rest.len()))
            .unwrap_or("");
        let inner = line.find(close).unwrap_or(line.len());
        let closer = line.get(inner..).and_then(|rest| rest.chars().next());
        self.at = from + inner + closer.map_or(0, char::len_utf8);
        self.prefixes = 0;
    }

    /// A character outside of ASCII: of a name, or white space that was pasted.
    fn foreign(&mut self) {
        let Some(c) = self.text.get(self.at..).and_then(|t| t.chars().next()) else {
            self.at += 1;
            return;
        };
        if let Some(end) = closing_quote(c) {
            self.skip_quoted(c, end);
            return;
        }
        if c.is_whitespace() {
            self.out.skipped.push(span(self.at, self.at + c.len_utf8()));
        } else {
            self.prefixes = 0;
        }
        self.at += c.len_utf8();
        if unicode_ident::is_xid_start(c) {
            self.skip_word();
        }
    }
}

/// What closes a text that begins with a quote of another language.
fn closing_quote(c: char) -> Option<&'static [char]> {
    match c {
        '“' | '”' | '„' => Some(&['“', '”']),
        '«' => Some(&['»']),
        '‘' | '’' => Some(&['’']),
        '\'' => Some(&['\'']),
        _ => None,
    }
}

/// `text` behind its white space and comments.
fn skip_white(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("//") {
        rest = rest
            .split_once('\n')
            .map_or("", |(_, rest)| rest)
            .trim_start();
    }
    rest
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn span(start: usize, end: usize) -> Span {
    Span::new(offset(start), offset(end))
}
