//! What stands between brackets: blocks, which always break, and lists, which break if they must.

use super::printer::{Before, Blank, Printer};
use super::tokens::Kind;
use crate::syntax::ast::{Argument, Block, Field, Step};

/// How a list breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    /// `{ a, b }`
    Space,
    /// `(a, b)`
    Nothing,
}

impl<'a> Printer<'a> {
    /// Prints a block: its `{`, each item on a line of its own, its `}`. The `{` is the next
    /// token. `start` gives the first byte of an item, and the items are in the order of the text.
    pub(super) fn block<T>(
        &mut self,
        items: &'a [T],
        start: impl Fn(&T) -> u32,
        mut each: impl FnMut(&mut Self, &'a T),
    ) {
        self.open_block();
        for item in items {
            self.statement(start(item));
            each(self, item);
        }
        self.close_block();
    }

    /// Prints the `{` of a block.
    pub(super) fn open_block(&mut self) {
        self.token();
        self.document.indent();
    }

    /// Starts a new line for what starts at `offset`.
    pub(super) fn statement(&mut self, offset: u32) {
        self.copy_to(offset);
        self.new_statement();
    }

    /// Starts a new line for the next token.
    pub(super) fn new_statement(&mut self) {
        self.before = Before::Break(Blank::Kept);
    }

    /// Prints the `}` of a block, and the comments before it inside the block.
    pub(super) fn close_block(&mut self) {
        while !matches!(self.next(), Kind::CloseCurly | Kind::End) {
            self.token();
        }
        let empty = self.last() == Kind::OpenCurly && self.no_comments();
        self.before = Before::Break(Blank::Kept);
        self.comments();
        self.document.dedent();
        self.before = if empty {
            Before::Nothing
        } else {
            Before::Break(Blank::Never)
        };
        self.token();
    }

    /// Copies what stands before the next `{`.
    pub(super) fn copy_to_block(&mut self) {
        while !matches!(self.next(), Kind::OpenCurly | Kind::End) {
            self.token();
        }
    }

    /// Prints a block of steps.
    pub(super) fn steps(&mut self, block: &'a Block) {
        self.copy_to(block.span.start);
        if !self.is_at(block.span.start) {
            return;
        }
        self.block(&block.steps, |step: &Step| step.span.start, Self::step);
    }

    /// Prints a list between brackets, the opening one being the next token: on one line if it
    /// fits, else one item a line.
    pub(super) fn list<T>(
        &mut self,
        padding: Padding,
        items: &'a [T],
        start: impl Fn(&T) -> u32,
        mut each: impl FnMut(&mut Self, &'a T),
    ) {
        let edge = match padding {
            Padding::Space if !items.is_empty() => Before::Line,
            _ => Before::SoftLine,
        };
        self.token();
        self.document.open();
        self.document.indent();
        let mut before = edge;
        for (left, item) in (0..items.len()).rev().zip(items) {
            self.copy_to(start(item));
            self.before = before;
            each(self, item);
            if left > 0 {
                self.comma();
            } else {
                self.last_comma();
            }
            before = Before::Line;
        }
        self.close_list(edge);
    }

    /// Prints the closing bracket of a list or of a group between parentheses.
    pub(super) fn close_list(&mut self, edge: Before) {
        self.copy_to_closing();
        self.before = edge;
        self.comments();
        self.document.dedent();
        self.before = edge;
        self.token();
        self.document.close();
    }

    /// Copies what stands before a closing bracket, but not a comma.
    pub(super) fn copy_to_closing(&mut self) {
        self.skip_comma();
        while !matches!(self.next(), Kind::Close | Kind::CloseCurly | Kind::End) {
            self.token();
            self.skip_comma();
        }
    }

    /// Prints `(name: value, ...)`, if it stands here.
    pub(super) fn arguments(&mut self, arguments: &'a [Argument]) {
        if self.next() == Kind::OpenParen {
            self.list(
                Padding::Nothing,
                arguments,
                |argument| argument.name.span.start,
                Self::argument,
            );
        }
    }

    /// Prints `{ name: value, ... }`.
    pub(super) fn record(&mut self, fields: &'a [Argument]) {
        self.copy_to_block();
        self.list(
            Padding::Space,
            fields,
            |field| field.name.span.start,
            Self::argument,
        );
    }

    /// Prints `(name: type, ...)`, if it stands here.
    pub(super) fn parameters(&mut self, parameters: &'a [Field]) {
        if self.next() == Kind::OpenParen {
            self.list(
                Padding::Nothing,
                parameters,
                |parameter| parameter.span.start,
                Self::field,
            );
        }
    }

    fn argument(&mut self, argument: &'a Argument) {
        self.expr(&argument.value);
    }
}
