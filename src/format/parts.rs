//! The parts of a statement: visited in the order of the text, which may not be that of the tree.

use super::printer::{Before, Printer};
use crate::syntax::ast::{Block, Expr, Name, Rows};

/// A part of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    Expr(&'a Expr),
    Name(&'a Name),
    Rows(&'a Rows),
    /// A block.
    Block(&'a Block),
    /// A block with an `else` before it, on the line of what stands before.
    Else(&'a Block),
}

impl Part<'_> {
    /// Where a part starts; nothing starts first.
    pub(super) fn start(part: &Option<Self>) -> u32 {
        part.map_or(0, |part| match part {
            Self::Expr(expr) => expr.span.start,
            Self::Name(name) => name.span.start,
            Self::Rows(rows) => rows.source.span.start,
            Self::Block(block) | Self::Else(block) => block.span.start,
        })
    }
}

impl<'a> Printer<'a> {
    /// Prints the parts of a statement, and the words between them.
    pub(super) fn parts<const N: usize>(&mut self, mut parts: [Option<Part<'a>>; N]) {
        self.fact(&parts.each_ref().map(Option::is_some));
        parts.sort_by_key(Part::start);
        parts.into_iter().flatten().for_each(|part| self.part(part));
    }

    pub(super) fn part(&mut self, part: Part<'a>) {
        match part {
            Part::Expr(expr) => self.expr(expr),
            Part::Name(name) => self.copy_to(name.span.end),
            Part::Rows(rows) => self.rows(rows),
            Part::Block(block) => self.steps(block),
            Part::Else(block) => {
                while self.next_text() != "else" && self.starts_before(block.span.start) {
                    self.token();
                }
                self.before = Before::Else;
                self.steps(block);
            }
        }
    }
}
