//! The syntax tree: what a `.jalon` file says, with the place of everything it says.
//!
//! The tree keeps what the formatter needs to print a file again (parentheses, how a text was
//! written, comments) and nothing of the parser: no node knows a rule of the grammar. Spans are
//! byte offsets in the file. Names and literals are decoded; they are not resolved or typed.
//!
//! A tree is always produced. A declaration that had a syntax error is kept with
//! [`Decl::broken`] set: its name can be resolved, but what it says may be incomplete, so later
//! stages report nothing about its contents.

mod decl;
mod expr;
mod journey;
mod policy;
mod step;

pub use decl::*;
pub use expr::*;
pub use journey::*;
pub use policy::*;
pub use step::*;

use crate::source::Span;
use smol_str::SmolStr;

/// One file.
#[derive(Debug, Clone, Default)]
pub struct Ast {
    /// The declarations, in the order of the file.
    pub decls: Vec<Decl>,
    /// Every `//` and `///` comment, in the order of the file.
    pub comments: Vec<Comment>,
}

/// A `//` or `///` comment, up to and without its line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// From the first slash to the last character.
    pub span: Span,
    /// Whether it documents what follows (`///`).
    pub doc: bool,
}

/// A name as it is written once: an identifier, a code or a word.
#[derive(Debug, Clone)]
pub struct Name {
    /// The name, without backticks.
    pub text: SmolStr,
    /// Where it stands, backticks included.
    pub span: Span,
    /// Whether it was written between backticks.
    pub quoted: bool,
}

impl Name {
    /// The name's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A text literal.
#[derive(Debug, Clone)]
pub struct Text {
    /// What it says, escapes decoded and a block's common indent removed.
    pub value: SmolStr,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether it is a `"""` block.
    pub block: bool,
}

/// `for member: Member` or `of member: Member`: whom a declaration is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The name that stands for the person.
    pub name: Name,
    /// The profile (for an event: a profile or a table).
    pub entity: Name,
}

/// An annotation: `@key`, `@refreshed(1 day)`, `@source("loyalty")`.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// The word after `@`.
    pub name: Name,
    /// What stands between the parentheses, if there are any.
    pub argument: Option<Expr>,
    /// From `@` to the end.
    pub span: Span,
}
