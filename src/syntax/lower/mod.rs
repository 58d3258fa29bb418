//! From the pairs of the grammar to the tree: the cursor that the other files of this folder use.
//!
//! Every function here reads a pair once, in the order of the grammar. What is missing becomes a
//! diagnostic and an empty stand-in, so lowering never fails.

#![expect(
    clippy::wrong_self_convention,
    reason = "`to_name(pair)` turns a pair into a name and adds to what is reported"
)]

mod decl;
mod expr;
mod journey;
mod literal;
mod message;
mod policy;
mod rows;
mod step;
mod test;
mod text;
mod wait;

use super::ast::{Annotation, Block, Comment, Decl, Expr, ExprKind, Name, Subject, Text};
use super::grammar::Rule;
use super::report;
use crate::diag::{Code, Diagnostic, Diagnostics, Fix};
use crate::source::{FileId, Span};
use pest::iterators::{Pair, Pairs};
use smol_str::SmolStr;
use std::iter::Peekable;

pub(super) use literal::UNITS;
pub(super) use wait::WEEKDAYS;

/// A pair of the grammar.
pub(super) type Node<'a> = Pair<'a, Rule>;
/// What stands in a pair, in order.
pub(super) struct Kids<'a> {
    /// The rule of the pair.
    pub rule: Rule,
    /// Where the last node that [`Lower::part`] gave begins and ends in the piece.
    pub last: Option<(usize, usize)>,
    nodes: Peekable<Pairs<'a, Rule>>,
}

impl<'a> Kids<'a> {
    /// What stands in `node`.
    pub fn of(node: Node<'a>) -> Self {
        Self {
            rule: node.as_rule(),
            last: None,
            nodes: node.into_inner().peekable(),
        }
    }

    /// The next node.
    pub fn next(&mut self) -> Option<Node<'a>> {
        self.nodes.next()
    }

    /// The next node, left in its place.
    pub fn peek(&mut self) -> Option<&Node<'a>> {
        self.nodes.peek()
    }
}

/// Lowers one piece of a file.
pub(super) struct Lower<'a> {
    /// The file the piece is from.
    pub file: FileId,
    /// The text of the piece.
    pub text: &'a str,
    /// The text of the file.
    pub whole: &'a str,
    /// Where the piece begins in the file.
    pub base: u32,
    /// The comments of the file that stand before the end of the piece.
    pub comments: &'a [Comment],
    /// What was found.
    pub found: Diagnostics,
    /// What was said about this piece already.
    pub state: report::State,
}

impl<'a> Lower<'a> {
    /// Lowers the declarations of the piece.
    pub fn chunk(&mut self, chunk: Node<'a>, decls: &mut Vec<Decl>) {
        let mut strays = Vec::new();
        let first = decls.len();
        for node in chunk.into_inner() {
            match node.as_rule() {
                Rule::decl => {
                    let before = self.found.len();
                    if let Some(mut decl) = self.decl(node) {
                        decl.broken = self.found.len() > before;
                        decls.push(decl);
                    }
                }
                Rule::EOI => {}
                _ => strays.push(node),
            }
        }
        let decls = decls.get_mut(first..).unwrap_or_default();
        report::behind(self, &strays, decls);
    }

    // ---- places ------------------------------------------------------------------------------

    /// The place of a token.
    pub fn at(&self, node: &Node<'a>) -> Span {
        let span = node.as_span();
        self.range(span.start(), span.end())
    }

    /// The place of a node, without the white space and comments that its rule ate at the end.
    pub fn span(&self, node: &Node<'a>) -> Span {
        let span = node.as_span();
        self.trimmed(span.start(), span.end())
    }

    /// A range of the piece as a place in the file.
    pub fn range(&self, start: usize, end: usize) -> Span {
        Span::new(offset(start), offset(end)).shifted(self.base)
    }

    /// `range` without white space and comments at its end.
    pub fn trimmed(&self, start: usize, end: usize) -> Span {
        self.range(start, self.trimmed_end(start, end))
    }

    /// Where the last token of `start..end` ends.
    pub fn trimmed_end(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = end;
        loop {
            while end > start && bytes.get(end - 1).is_some_and(u8::is_ascii_whitespace) {
                end -= 1;
            }
            let place = self.base + offset(end);
            match self.comments.binary_search_by_key(&place, |c| c.span.end) {
                Ok(index) => {
                    let comment = self.comments.get(index).map_or(0, |c| c.span.start);
                    let comment = comment.saturating_sub(self.base) as usize;
                    if comment < start || comment >= end {
                        break;
                    }
                    end = comment;
                }
                Err(_) => break,
            }
        }
        end
    }

    /// The `///` lines that end just above `start`.
    pub fn doc(&self, start: u32) -> Option<String> {
        let last = self.comments.partition_point(|c| c.span.end <= start);
        let mut first = last;
        let mut below = start;
        while let Some(comment) = first.checked_sub(1).and_then(|i| self.comments.get(i)) {
            if !comment.doc || !self.blank(comment.span.end, below) {
                break;
            }
            below = comment.span.start;
            first -= 1;
        }
        let lines = self.comments.get(first..last)?;
        if lines.is_empty() {
            return None;
        }
        let lines: Vec<&str> = lines
            .iter()
            .map(|comment| {
                let line = self.source(comment.span).trim_start_matches('/').trim_end();
                line.strip_prefix(' ').unwrap_or(line)
            })
            .collect();
        Some(lines.join("\n"))
    }

    /// Whether nothing stands between two places but white space and the comma of a list: the
    /// layout moves it before the comment.
    fn blank(&self, start: u32, end: u32) -> bool {
        self.source(Span::new(start, end))
            .bytes()
            .all(|b| b.is_ascii_whitespace() || b == b',')
    }

    /// The text of a place.
    pub fn source(&self, span: Span) -> &'a str {
        span.text(self.whole)
    }

    // ---- findings ----------------------------------------------------------------------------

    /// Reports a finding at `span`.
    pub fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(code, span.in_file(self.file), message));
    }

    /// Reports a finding that is complete.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Takes back the findings of these codes that stand behind a place in the piece: they follow
    /// from a better one.
    pub fn drop_behind(&mut self, start: u32, codes: &[&'static Code]) {
        self.found.retain(|found| {
            found.primary.place.span.start <= start || !codes.contains(&found.code)
        });
    }

    /// Whether the last finding stands behind a place: what follows from it need not be said.
    pub fn found_behind(&self, start: u32) -> bool {
        let last = self.found.iter().next_back();
        last.is_some_and(|last| last.primary.place.span.start > start)
    }

    /// Gives the last finding a fix, if it is of this code and place.
    pub fn fix_last(&mut self, code: &'static Code, span: Span, fix: Fix) {
        if let Some(last) = self.found.last_mut()
            && last.code == code
            && last.primary.place.span == span
        {
            last.fix = Some(Box::new(fix));
        }
    }

    /// Reports what a marker or a piece of junk stands for; says nothing about other nodes.
    pub fn stray(&mut self, node: &Node<'a>, within: &Kids<'a>) {
        report::stray(self, node, within);
    }

    // ---- the cursor --------------------------------------------------------------------------

    /// The next node that is not a marker; markers on the way are reported.
    pub fn part(&mut self, kids: &mut Kids<'a>) -> Option<Node<'a>> {
        loop {
            let node = kids.next()?;
            if !report::is_stray(node.as_rule()) {
                let span = node.as_span();
                kids.last = Some((span.start(), span.end()));
                return Some(node);
            }
            self.stray(&node, kids);
        }
    }

    /// The next node if its rule is one of `rules`; markers on the way are reported.
    pub fn opt(&mut self, kids: &mut Kids<'a>, rules: &[Rule]) -> Option<Node<'a>> {
        loop {
            let rule = kids.peek()?.as_rule();
            if rules.contains(&rule) {
                return kids.next();
            }
            if !report::is_stray(rule) {
                return None;
            }
            let node = kids.next()?;
            self.stray(&node, kids);
            if matches!(
                rule,
                Rule::no_name | Rule::no_value | Rule::no_text | Rule::no_type
            ) {
                return None;
            }
        }
    }

    /// Reports the markers that are left.
    pub fn rest(&mut self, mut kids: Kids<'a>) {
        while let Some(node) = kids.next() {
            self.stray(&node, &kids);
        }
    }

    /// The next name; an empty one if it is missing.
    pub fn name(&mut self, kids: &mut Kids<'a>) -> Name {
        match self.opt(kids, &[Rule::name, Rule::word, Rule::path]) {
            Some(node) => self.to_name(&node),
            None => self.nothing(),
        }
    }

    /// The stand-in for a name that is missing.
    pub fn nothing(&self) -> Name {
        Name {
            text: SmolStr::default(),
            span: Span::at(self.base),
            quoted: false,
        }
    }

    /// The next name, which declares something: it must not be a word of the language.
    pub fn new_name(&mut self, kids: &mut Kids<'a>) -> Name {
        let name = self.name(kids);
        report::reserved(self, &name);
        name
    }

    /// The names of a `names` node.
    pub fn names(&mut self, kids: &mut Kids<'a>) -> Vec<Name> {
        match self.opt(kids, &[Rule::names]) {
            Some(node) => self.to_names(node),
            None => Vec::new(),
        }
    }

    /// The names in a `names` node.
    pub fn to_names(&mut self, node: Node<'a>) -> Vec<Name> {
        let mut names = Vec::new();
        let mut kids = Kids::of(node);
        while let Some(node) = self.part(&mut kids) {
            names.push(self.to_name(&node));
        }
        names
    }

    /// A word or name token as a name.
    pub fn to_name(&mut self, node: &Node<'a>) -> Name {
        self.name_at(node.as_str(), self.at(node))
    }

    /// The name written as `text` at `span`.
    pub fn name_at(&mut self, text: &str, span: Span) -> Name {
        match text.strip_prefix('`') {
            Some(rest) => {
                report::backticks(self, text, span);
                Name {
                    text: rest.strip_suffix('`').unwrap_or(rest).into(),
                    span,
                    quoted: true,
                }
            }
            None => Name {
                text: text.into(),
                span,
                quoted: false,
            },
        }
    }

    /// The next value: an `expr` or a `term`.
    pub fn value(&mut self, kids: &mut Kids<'a>) -> Expr {
        match self.opt(kids, &[Rule::expr, Rule::term, Rule::bare]) {
            Some(node) if node.as_rule() == Rule::bare => self.number(&node),
            Some(node) => self.expr(node),
            None => self.broken(),
        }
    }

    /// The next path, as an expression.
    pub fn path(&mut self, kids: &mut Kids<'a>) -> Expr {
        match self.opt(kids, &[Rule::path]) {
            Some(node) => self.to_path(&node),
            None => self.broken(),
        }
    }

    /// The value inside a part like `within 3 days`.
    pub fn value_of(&mut self, part: Node<'a>) -> Expr {
        let mut kids = Kids::of(part);
        let value = self.value(&mut kids);
        self.rest(kids);
        value
    }

    /// The name inside a part like `as gift`.
    pub fn name_of(&mut self, part: Node<'a>) -> Name {
        let mut kids = Kids::of(part);
        let name = self.name(&mut kids);
        self.rest(kids);
        name
    }

    /// The name that a part like `as gift` introduces.
    pub fn bind_of(&mut self, part: Node<'a>) -> Name {
        let name = self.name_of(part);
        report::reserved(self, &name);
        name
    }

    /// The next text; empty if it is missing.
    pub fn text(&mut self, kids: &mut Kids<'a>) -> Text {
        match self.opt(kids, &[Rule::text]) {
            Some(node) => self.to_text(&node),
            None => Text {
                value: SmolStr::default(),
                span: Span::at(self.base),
                block: false,
            },
        }
    }

    /// The text inside a part like `because "..."`.
    pub fn text_of(&mut self, part: Node<'a>) -> Text {
        let mut kids = Kids::of(part);
        let text = self.text(&mut kids);
        self.rest(kids);
        text
    }

    /// The next `for member: Member`.
    pub fn subject(&mut self, kids: &mut Kids<'a>) -> Subject {
        let Some(node) = self.opt(kids, &[Rule::subject_for, Rule::subject_of]) else {
            let nobody = self.nothing();
            return Subject {
                name: nobody.clone(),
                entity: nobody,
            };
        };
        let mut inner = Kids::of(node);
        let subject = Subject {
            name: self.new_name(&mut inner),
            entity: self.name(&mut inner),
        };
        self.rest(inner);
        subject
    }

    /// The next block of steps; empty if there is none.
    pub fn block(&mut self, kids: &mut Kids<'a>) -> Block {
        match self.opt(kids, &[Rule::steps, Rule::block]) {
            Some(node) => self.to_block(node),
            None => Block::default(),
        }
    }

    /// The block of an `else`.
    pub fn block_of(&mut self, part: Node<'a>) -> Block {
        let mut kids = Kids::of(part);
        let block = self.block(&mut kids);
        self.rest(kids);
        block
    }

    /// An annotation.
    pub fn annotation(&mut self, node: Node<'a>) -> Annotation {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let name = self.name(&mut kids);
        let argument = self.opt(&mut kids, &[Rule::expr]).map(|e| self.expr(e));
        self.rest(kids);
        Annotation {
            name,
            argument,
            span,
        }
    }

    /// Puts `value` where it belongs, and reports it if something is there already.
    pub fn once<T>(&mut self, slot: &mut Option<T>, value: T, span: Span) {
        if slot.is_some() {
            report::twice(self, span);
        } else {
            *slot = Some(value);
        }
    }

    /// The stand-in for a value that could not be read.
    pub fn broken(&self) -> Expr {
        Expr {
            kind: ExprKind::Broken,
            span: Span::at(self.base),
        }
    }
}

/// An offset in a piece; pieces are at most 1 MB.
fn offset(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
