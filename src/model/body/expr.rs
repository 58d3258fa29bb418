//! Expressions, in both directions.

use super::{Body, Facts};
use crate::model::hir::Expr;
use crate::model::types::Ty;
use crate::syntax::ast;

impl Body<'_, '_> {
    /// The expression with the type that it says by itself.
    pub fn infer(&mut self, expr: &ast::Expr) -> Expr {
        Self::erroneous(expr.span)
    }

    /// The expression, held to a type. The result has that type, or one whose every value is a
    /// value of it (`int` where `decimal` is expected), or is erroneous.
    pub fn check(&mut self, expr: &ast::Expr, _expected: &Ty) -> Expr {
        self.infer(expr)
    }

    /// A condition: a `bool` that is known, with what it tells about values that may be unknown.
    pub fn condition(&mut self, expr: &ast::Expr) -> (Expr, Facts) {
        (self.check(expr, &Ty::Bool), Facts::default())
    }
}
