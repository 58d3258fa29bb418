//! Names and types of a whole project: from syntax trees to the checked form.

pub mod channel_events;
pub mod hir;
pub mod ids;
pub mod types;
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
