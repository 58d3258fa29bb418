//! Lints: what is correct, but likely not meant. One rule a file.
//!
//! A rule reads the syntax tree and says nothing about declarations with a syntax error. Its level
//! is the project's to choose.

mod rules;

use crate::diag::Diagnostics;
use crate::source::FileId;
use crate::syntax::ast::{Ast, Decl};
use rayon::prelude::*;

/// A rule: looks at one declaration.
type Rule = fn(FileId, &Decl, &mut Diagnostics);

const RULES: [Rule; 2] = [rules::naming_style::check, rules::unlabelled_wait::check];

/// Runs every rule over every declaration, in the order of the files.
#[must_use]
pub fn check(files: &[(FileId, Ast)]) -> Diagnostics {
    let found: Vec<Diagnostics> = files
        .par_iter()
        .map(|(file, ast)| {
            let mut out = Diagnostics::default();
            for decl in ast.decls.iter().filter(|decl| !decl.broken) {
                for rule in RULES {
                    rule(*file, decl, &mut out);
                }
            }
            out
        })
        .collect();
    let mut all = Diagnostics::default();
    found.into_iter().for_each(|found| all.append(found));
    all
}
