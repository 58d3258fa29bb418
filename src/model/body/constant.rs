//! Values that must be known when the project is checked.

use super::Body;
use crate::diag::codes::types::NOT_CONSTANT;
use crate::model::hir::{Const, Expr, ExprKind};
use crate::model::types::Ty;
use crate::syntax::ast;

impl Body<'_, '_> {
    /// The constant that an expression says, of a given type. What is wrong is reported.
    pub fn constant(&mut self, expr: &ast::Expr, ty: &Ty) -> Option<Const> {
        let checked = self.check(expr, ty);
        if checked.ty.is_error() {
            return None;
        }
        let constant = fold(checked);
        if constant.is_none() {
            self.error_with(
                &NOT_CONSTANT,
                expr.span,
                "this value must be known when the project is checked",
                "write the value out",
            );
        }
        constant
    }
}

/// The constant that a checked expression is.
fn fold(expr: Expr) -> Option<Const> {
    match expr.kind {
        ExprKind::Const(constant) => Some(constant),
        ExprKind::List(items) => items
            .into_iter()
            .map(fold)
            .collect::<Option<_>>()
            .map(Const::List),
        _ => None,
    }
}
