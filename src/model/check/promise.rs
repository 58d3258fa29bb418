//! Promises.

use crate::diag::Diagnostics;
use crate::model::cx::Cx;
use crate::model::hir::Titled;
use crate::source::FileId;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    _cx: &Cx<'_>,
    file: FileId,
    decl: &ast::Decl,
    ast: &ast::Promise,
) -> (Titled, Diagnostics) {
    let titled = Titled {
        title: ast.title.value.clone(),
        place: decl.span.in_file(file),
        file,
    };
    (titled, Diagnostics::default())
}
