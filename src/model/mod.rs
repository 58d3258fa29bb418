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
pub mod taken;
pub mod types;
pub mod uses;
pub mod words;

use crate::config::Manifest;
use crate::diag::Diagnostics;
use crate::source::{FileId, Sources};
use crate::syntax::ast::Ast;
use rustc_hash::FxHashMap;
use taken::Declarations;

/// What a check reads.
pub struct Input<'a> {
    /// All texts: `.jalon` files and templates.
    pub sources: &'a Sources,
    /// The template files that exist, by the name written after `file`.
    pub templates: &'a FxHashMap<String, FileId>,
    /// The names of all files in the folder of the templates, in order; empty if none is missed.
    pub template_names: &'a [String],
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
/// It takes the trees, which are ordered by path, and gives up those of messages and journeys one
/// by one behind their check. It never fails: what is wrong is reported, and what a wrong thing touches is left quiet. The
/// findings stand in the order of files and places.
#[must_use]
pub fn check(input: &Input<'_>, files: Vec<(FileId, Ast)>) -> Checked {
    let mut diagnostics = Diagnostics::default();
    let Declarations { others, mut taken } = Declarations::of(files);
    let cx = schema::resolve(input, &others, &mut taken, &mut diagnostics);
    let model = check::all(&cx, taken, &mut diagnostics);
    diagnostics.sort_by_place();
    Checked { model, diagnostics }
}
