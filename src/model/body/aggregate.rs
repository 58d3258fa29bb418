//! Questions about rows: `any`, `count`, `sum`, `first`, `top`.

use super::Body;
use super::compare::has_order;
use crate::diag::codes::types::{NOT_CALCULABLE, NOT_COMPARABLE, OUT_OF_RANGE, WRONG_ROW_SOURCE};
use crate::model::hir::{Expr, ExprKind as Typed};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, AggregateOp};

/// The most rows that `top` gives.
const MOST_ROWS: u32 = 1000;

impl Body<'_, '_> {
    pub(super) fn aggregate(
        &mut self,
        op: AggregateOp,
        op_span: Span,
        value: Option<&ast::Expr>,
        rows: &ast::Rows,
        span: Span,
    ) -> Expr {
        if op == AggregateOp::All && rows.filter.is_none() {
            self.error_with(
                &WRONG_ROW_SOURCE,
                op_span,
                "`all` claims something of every row, and nothing is claimed",
                "add `where` and the claim",
            );
        }
        let typed = self.rows(rows, |body, _| {
            value.map(|value| {
                let value = body.infer(value);
                body.demand(value)
            })
        });
        let (rows, value) = match typed {
            Some((rows, value)) => (Some(rows), value),
            None => (None, None),
        };
        let ty = match op {
            AggregateOp::Any | AggregateOp::None | AggregateOp::All => Ty::Bool,
            AggregateOp::Count => Ty::Int(Some((0, i64::MAX))),
            _ => match &value {
                Some(value) => self.aggregated(op, value),
                None => Ty::Error,
            },
        };
        let Some(rows) = rows else {
            return Expr {
                kind: Typed::Error,
                ty,
                span,
            };
        };
        Expr {
            kind: Typed::Aggregate {
                op,
                value: value.map(Box::new),
                rows: Box::new(rows),
            },
            ty,
            span,
        }
    }

    /// The type of an aggregated value.
    fn aggregated(&mut self, op: AggregateOp, value: &Expr) -> Ty {
        let number = matches!(
            value.ty,
            Ty::Int(_) | Ty::Decimal | Ty::Percent | Ty::Money(_)
        );
        let (fits, verb) = match op {
            AggregateOp::Sum => (number, "added up"),
            AggregateOp::Avg => (number, "averaged"),
            _ => (has_order(self.cx, &value.ty), "put in order"),
        };
        if value.ty.is_error() {
            return Ty::Error;
        }
        if !fits {
            let found = self.cx.ty_name(&value.ty);
            self.error_with(
                &NOT_CALCULABLE,
                value.span,
                format!("values of type `{found}` cannot be {verb}"),
                "name a number or an amount before `of`",
            );
            return Ty::Error;
        }
        match (op, &value.ty) {
            (AggregateOp::Sum, Ty::Int(_)) => Ty::Int(None),
            (AggregateOp::Sum, ty) => ty.clone(),
            (AggregateOp::Avg, Ty::Int(_)) => Ty::Decimal.optional(),
            (_, ty) => ty.clone().optional(),
        }
    }

    pub(super) fn pick(
        &mut self,
        last: bool,
        rows: &ast::Rows,
        by: &ast::Expr,
        span: Span,
    ) -> Expr {
        let Some((rows, by)) = self.rows(rows, |body, _| body.order(by)) else {
            return Self::erroneous(span);
        };
        let ty = self.local_ty(rows.row).optional();
        Expr {
            kind: Typed::Pick {
                last,
                rows: Box::new(rows),
                by: Box::new(by),
            },
            ty,
            span,
        }
    }

    pub(super) fn top(&mut self, count: u32, rows: &ast::Rows, by: &ast::Expr, span: Span) -> Expr {
        if count == 0 || count > MOST_ROWS {
            self.error_with(
                &OUT_OF_RANGE,
                span,
                format!("`top` gives 1 to {MOST_ROWS} rows"),
                "write another number after `top`",
            );
        }
        let Some((rows, by)) = self.rows(rows, |body, _| body.order(by)) else {
            return Self::erroneous(span);
        };
        let ty = match self.local_ty(rows.row) {
            Ty::Error => Ty::Error,
            row => row.list(),
        };
        Expr {
            kind: Typed::Top {
                count,
                rows: Box::new(rows),
                by: Box::new(by),
            },
            ty,
            span,
        }
    }

    /// What rows are put in order by.
    fn order(&mut self, by: &ast::Expr) -> Expr {
        let by = self.infer(by);
        let by = self.demand(by);
        if !by.ty.is_error() && !has_order(self.cx, &by.ty) {
            let found = self.cx.ty_name(&by.ty);
            self.error_with(
                &NOT_COMPARABLE,
                by.span,
                format!("values of type `{found}` have no order"),
                "name a number, an amount, a date or a time after `by`",
            );
        }
        by
    }
}
