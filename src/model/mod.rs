//! Names and types of a whole project: from syntax trees to the checked form.

pub mod body;
pub mod channel_events;
pub mod check;
pub mod codes;
pub mod cx;
pub mod functions;
pub mod hir;
pub mod ids;
pub mod names;
pub mod schema;
mod synonyms;
pub mod tables;
pub mod types;
pub mod uses;
pub mod words;

use crate::config::Manifest;
use crate::diag::Diagnostics;
use crate::source::{FileId, Sources};
use crate::syntax::ast::Ast;
use rustc_hash::FxHashMap;

/// What a check reads.
pub struct Input<'a> {
    /// All texts: `.jalon` files and templates.
    pub sources: &'a Sources,
    /// The trees, ordered by path.
    pub files: &'a [(FileId, Ast)],
    /// The template files that exist, by the name written after `file`.
    pub templates: &'a FxHashMap<String, FileId>,
    /// `jalon.toml`.
    pub manifest: &'a Manifest,
}

/// What a check gives: always a model, complete if there is no error.
pub struct Checked {
    /// The project.
    pub model: hir::Model,
    /// What was found.
    pub diagnostics: Diagnostics,
}

/// Checks a project: names, then the schema and all heads, then every body on all cores.
///
/// It never fails: what is wrong is reported, and what a wrong thing touches is left quiet. The
/// findings stand in the order of files and places.
#[must_use]
pub fn check(input: &Input<'_>) -> Checked {
    let mut diagnostics = Diagnostics::default();
    let cx = schema::resolve(input, &mut diagnostics);
    let model = check::all(&cx, &mut diagnostics);
    diagnostics.sort_by_place();
    Checked { model, diagnostics }
}
