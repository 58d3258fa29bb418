//! Clauses that stand at most once, or must stand.

use crate::diag::Diagnostic;
use crate::diag::codes::names::{MISSING_CLAUSE, REPEATED_CLAUSE};
use crate::diag::codes::types::{NOT_CONSTANT, OUT_OF_RANGE};
use crate::model::body::Body;
use crate::model::hir::Const;
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, Literal};
use iso_currency::Currency;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// The clauses of one declaration, or the parts of one content, seen so far.
#[derive(Default)]
pub(super) struct Clauses {
    seen: FxHashMap<SmolStr, Span>,
}

impl Clauses {
    /// Notes a clause. One that stood before is reported, and `false` says not to use it.
    pub(super) fn first(&mut self, body: &mut Body<'_, '_>, clause: &str, span: Span) -> bool {
        let Some(first) = self.seen.get(clause).copied() else {
            self.seen.insert(clause.into(), span);
            return true;
        };
        let diagnostic = Diagnostic::new(
            &REPEATED_CLAUSE,
            body.place(span),
            format!("`{clause}` stands here a second time"),
        )
        .label("again here")
        .other(body.place(first), "first here")
        .help("keep one of them");
        body.report(diagnostic);
        false
    }

    /// Whether the clause stood.
    pub(super) fn has(&self, clause: &str) -> bool {
        self.seen.contains_key(clause)
    }
}

/// Reports, at the name of what lacks it, that a clause is missing.
pub(super) fn missing(
    body: &mut Body<'_, '_>,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    let diagnostic = Diagnostic::new(&MISSING_CLAUSE, body.place(span), message).help(help);
    body.report(diagnostic);
}

/// A constant whole number of at least 1.
pub(super) fn count(body: &mut Body<'_, '_>, expr: &ast::Expr) -> Option<i64> {
    let Some(Const::Int(count)) = body.constant(expr, &Ty::Int(None)) else {
        return None;
    };
    if count >= 1 {
        return Some(count);
    }
    let place = body.place(expr.span);
    let message = format!("{count} is too small a number here");
    body.report(Diagnostic::new(&OUT_OF_RANGE, place, message).help("write at least 1"));
    None
}

/// A constant amount of money, in whatever currency.
pub(super) fn money(body: &mut Body<'_, '_>, expr: &ast::Expr) -> Option<Const> {
    match &expr.kind {
        ExprKind::Paren(inner) => money(body, inner),
        ExprKind::Literal(Literal::Money { currency, .. }) => {
            // An unknown currency is reported by the literal itself.
            let ty = Currency::from_code(currency).map_or(Ty::Error, Ty::Money);
            body.constant(expr, &ty)
        }
        ExprKind::Broken => None,
        other => {
            let place = body.place(expr.span);
            let (message, help) = match other {
                ExprKind::Literal(Literal::Int(_) | Literal::Decimal(_)) => {
                    let number = body.quote(expr.span).unwrap_or_default();
                    (
                        format!("`{number}` is no amount without a currency"),
                        format!("write the currency behind it, like `{number} EUR`"),
                    )
                }
                _ => (
                    "an amount of money is written out here".to_owned(),
                    "write a number and a currency, like `0.05 EUR`".to_owned(),
                ),
            };
            body.report(Diagnostic::new(&NOT_CONSTANT, place, message).help(help));
            None
        }
    }
}
