//! The printer: copies the tokens of a text one by one and decides what stands between them.
//!
//! The tree is walked by the files beside this one. They say where lines break and where groups
//! start; every token they do not speak about is copied with the usual space before it. Comments
//! are never spoken about: whichever token they stand before, they are printed before it.

use super::block_text::BlockText;
use super::document::Document;
use super::tokens::{Kind, Token, scan};
use crate::source::Span;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Whether an empty line stands at a line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    /// No.
    Never,
    /// If there is one in the text.
    Kept,
    /// Yes.
    Always,
}

/// What stands before the next token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A space or nothing, as is usual between the two tokens.
    Usual,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
    /// A space; after a comment a line break without a deeper indentation.
    Else,
    /// A space, or a line break if the group breaks.
    Line,
    /// Nothing, or a line break if the group breaks.
    SoftLine,
    /// A line break.
    Break(Blank),
    /// What stands before it is printed already.
    Done,
}

/// What was printed of a text.
#[derive(Debug)]
pub(super) struct Printed {
    /// The text in its layout.
    pub(super) text: String,
    /// A digest of the tokens, the comments and the tree: two texts that differ in more than
    /// their layout differ in it.
    pub(super) shape: u64,
}

/// Copies the tokens of a text to a document.
pub(super) struct Printer<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    /// The first token that is not printed yet; it may be a comment.
    at: usize,
    /// The first token that is not printed yet and no comment.
    next: Token,
    /// The place of `next` in `tokens`.
    next_at: usize,
    /// The token or comment that was printed last.
    last: Kind,
    /// Whether nothing but comments at its line's end was printed since the last `{`.
    opened: bool,
    /// What stands before `next`.
    pub(super) before: Before,
    /// Whether an expression may be broken over lines.
    pub(super) breakable: bool,
    pub(super) document: Document<'a>,
    shape: FxHasher,
    /// How many tokens are in `shape`.
    noted: usize,
}

impl<'a> Printer<'a> {
    /// A printer at the start of a text.
    pub(super) fn new(source: &'a str) -> Self {
        let tokens = scan(source);
        let end = Token {
            kind: Kind::End,
            span: Span::default(),
            breaks: 0,
        };
        let mut printer = Self {
            source,
            tokens,
            at: 0,
            next: end,
            next_at: 0,
            last: Kind::Start,
            opened: false,
            before: Before::Usual,
            breakable: false,
            document: Document::with_capacity(source.len() + source.len() / 8),
            shape: FxHasher::default(),
            noted: 0,
        };
        printer.look_from(0, 0);
        printer
    }

    /// Prints what is left and gives the whole.
    pub(super) fn finish(mut self) -> Printed {
        self.copy_to(u32::MAX);
        self.before = Before::Break(Blank::Kept);
        self.comments();
        Printed {
            text: self.document.finish(),
            shape: self.shape.finish(),
        }
    }

    /// The kind of the next token that is no comment.
    pub(super) fn next(&self) -> Kind {
        self.next.kind
    }

    /// The kind of the token or comment that was printed last.
    pub(super) fn last(&self) -> Kind {
        self.last
    }

    /// The next token as it is written.
    pub(super) fn next_text(&self) -> &'a str {
        self.next.span.text(self.source)
    }

    /// Whether there is a next token and it starts before `offset`.
    pub(super) fn starts_before(&self, offset: u32) -> bool {
        self.next.kind != Kind::End && self.next.span.start < offset
    }

    /// Whether the next token starts at `offset`.
    pub(super) fn is_at(&self, offset: u32) -> bool {
        self.next.span.start == offset
    }

    /// Notes that a node of this kind starts or ends here.
    pub(super) fn node<T>(&mut self, kind: &T) {
        std::mem::discriminant(kind).hash(&mut self.shape);
        self.shape.write_usize(self.noted);
    }

    /// Notes a fact that tokens do not tell.
    pub(super) fn fact(&mut self, fact: &impl Hash) {
        fact.hash(&mut self.shape);
    }

    /// Copies every token that starts before `offset`. The comments before the token that stands
    /// there are left for it.
    pub(super) fn copy_to(&mut self, offset: u32) {
        while self.starts_before(offset) {
            self.token();
        }
    }

    /// Copies the next token and the comments before it.
    pub(super) fn token(&mut self) {
        self.token_as(self.next_text());
    }

    /// Prints `text` in place of the next token, and the comments before it.
    pub(super) fn token_as(&mut self, text: &'a str) {
        self.comments();
        self.separate();
        if self.next.kind == Kind::BlockText && text.contains('\n') {
            self.block_text(text);
        } else {
            self.document.word(text);
            text.hash(&mut self.shape);
        }
        self.noted += 1;
        self.last = self.next.kind;
        self.opened = self.last == Kind::OpenCurly;
        self.look_from(self.next_at + 1, self.next_at + 1);
    }

    fn block_text(&mut self, text: &'a str) {
        match BlockText::new(text) {
            Some(block) => {
                block.lines().for_each(|line| line.hash(&mut self.shape));
                self.document.block(block);
            }
            None => {
                text.hash(&mut self.shape);
                self.document.verbatim(text);
            }
        }
    }

    /// Prints the comma after an item of a list right behind it, wherever it stands in the text.
    pub(super) fn comma(&mut self) {
        self.document.word(",");
        self.last = Kind::Comma;
        self.skip_comma();
    }

    /// Prints a comma after the last item of a list if the list breaks.
    pub(super) fn last_comma(&mut self) {
        self.document.last_comma();
        self.skip_comma();
    }

    /// Leaves out the next token if it is a comma, but not the comments before it.
    pub(super) fn skip_comma(&mut self) {
        if self.next.kind != Kind::Comma {
            return;
        }
        if let Some(comma) = self.tokens.get_mut(self.next_at) {
            comma.kind = Kind::Skipped;
        }
        self.look_from(self.next_at + 1, self.at);
    }

    /// Copies a `-` or `+` that belongs to the operand after it, if one stands here.
    pub(super) fn sign(&mut self) {
        if matches!(self.next_text(), "-" | "+") {
            self.token();
            self.last = Kind::Prefix;
        }
    }

    /// Opens a group that starts with the next token.
    pub(super) fn start_group(&mut self) {
        self.comments();
        self.separate();
        self.before = Before::Done;
        self.document.open();
    }

    /// Prints the comments before the next token.
    pub(super) fn comments(&mut self) {
        let source = self.source;
        while self.at < self.next_at {
            let Some(&comment) = self.tokens.get(self.at) else {
                return;
            };
            self.at += 1;
            if comment.kind == Kind::Skipped {
                continue;
            }
            let text = comment.span.text(source);
            let alone = self.last == Kind::Start || self.last.is_comment();
            let trails = comment.breaks == 0 && !alone;
            if trails {
                self.document.trailing(text);
            } else {
                self.separate_comment(comment.breaks);
                self.document.word(text);
                self.opened = false;
            }
            trails.hash(&mut self.shape);
            text.hash(&mut self.shape);
            self.last = comment.kind;
        }
    }

    /// Whether no comment stands before the next token.
    pub(super) fn no_comments(&self) -> bool {
        self.at == self.next_at
    }

    /// Whether an empty line that is kept stands before the next token, or before one of the
    /// comments before it.
    pub(super) fn blank_ahead(&self) -> bool {
        let ahead = self.tokens.get(self.at..=self.next_at).unwrap_or(&[]);
        let mut last = self.last;
        ahead.iter().any(|token| {
            let above = std::mem::replace(&mut last, token.kind);
            token.breaks > 1 && above != Kind::Doc
        })
    }

    /// Prints what stands before the next token.
    fn separate(&mut self) {
        let before = std::mem::replace(&mut self.before, Before::Usual);
        let breaks = self.next.breaks;
        let after_comment = self.last.is_comment();
        match before {
            _ if self.last == Kind::Start => {}
            Before::Break(blank) => self.line_break(blank, breaks),
            Before::Line | Before::SoftLine | Before::Else if after_comment => {
                self.document.line_break(false, false);
            }
            Before::Line => self.document.line(),
            Before::SoftLine => self.document.soft_line(),
            Before::Done => {}
            _ if after_comment => self.document.line_break(false, true),
            Before::Nothing => {}
            Before::Usual if !spaced(self.last, self.next.kind) => {}
            Before::Usual | Before::Space | Before::Else => self.document.space(),
        }
    }

    /// Starts the line of a comment that has one of its own.
    fn separate_comment(&mut self, breaks: u8) {
        match self.before {
            _ if self.last == Kind::Start => {}
            Before::Break(blank) => {
                self.line_break(blank, breaks);
                if blank == Blank::Always {
                    self.before = Before::Break(Blank::Kept);
                }
            }
            Before::Line | Before::SoftLine | Before::Else => {
                self.document.line_break(false, false);
            }
            Before::Usual | Before::Space | Before::Nothing | Before::Done => {
                self.document.line_break(false, true);
            }
        }
    }

    fn line_break(&mut self, blank: Blank, breaks: u8) {
        let kept = breaks > 1 && !self.opened && self.last != Kind::Doc;
        let blank = match blank {
            Blank::Never => false,
            Blank::Kept => kept,
            Blank::Always => true,
        };
        self.document.line_break(blank, false);
    }

    /// Makes the first token from `from` on that is no comment the next. What stands from `at` on
    /// is to be printed before it.
    fn look_from(&mut self, from: usize, at: usize) {
        self.at = at;
        let rest = self.tokens.get(from..).unwrap_or(&[]);
        let token = (from..).zip(rest).find(|(_, token)| !token.kind.is_aside());
        if let Some((next_at, &next)) = token {
            (self.next_at, self.next) = (next_at, next);
        }
    }
}

/// Whether a space usually stands between two tokens.
fn spaced(last: Kind, next: Kind) -> bool {
    use Kind::{At, Close, Colon, Comma, Dot, OpenParen, OpenSquare, Prefix, Range, Suffix, Word};
    !matches!(
        (last, next),
        (_, Comma | Colon | Dot | Range | Suffix | Close)
            | (OpenParen | OpenSquare | Dot | Range | At | Prefix, _)
            | (Word, OpenParen)
    )
}
