//! Row sources with their conditions.

use super::Body;
use crate::model::hir::Rows;
use crate::syntax::ast;

impl<'a> Body<'_, 'a> {
    /// Types a row source, and runs `f` where its row is in scope: bare names are its fields, and
    /// what `where` proved is known.
    ///
    /// `None` if the source is wrong (reported); `f` is not run then.
    pub fn rows<R>(
        &mut self,
        _rows: &ast::Rows,
        _f: impl FnOnce(&mut Self, &Rows) -> R,
    ) -> Option<(Rows, R)> {
        None
    }
}
