//! Conditions: `and`, `or`, `not`, tests, and what they tell about values that may be unknown.

use super::{Body, Facts, Known, Path};
use crate::diag::codes::types::{ALWAYS_KNOWN, NOT_REFRESHED};
use crate::model::hir::{Expr, ExprKind as Typed};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, IsTest};

impl Body<'_, '_> {
    /// Types an expression as a condition and collects its facts. The type is not yet held to
    /// `bool`.
    pub(super) fn logic(&mut self, expr: &ast::Expr) -> (Expr, Facts) {
        match &expr.kind {
            ExprKind::Paren(inner) => self.logic(inner),
            ExprKind::And(items) => self.joining(|body| body.chain(items, true, expr.span)),
            ExprKind::Or(items) => self.joining(|body| body.chain(items, false, expr.span)),
            ExprKind::Not(inner) => {
                let (typed, facts) = self.negating(expr.span, |body| body.condition(inner));
                (
                    bool_expr(Typed::Not(Box::new(typed)), expr.span),
                    facts.negated(),
                )
            }
            ExprKind::Is { item, test } => self.is_test(item, *test, expr.span),
            ExprKind::Compare {
                op,
                op_span,
                left,
                right,
            } => {
                let typed = self.asking(expr.span, |body| {
                    body.compare(*op, *op_span, left, right, expr.span)
                });
                (typed, Facts::default())
            }
            ExprKind::In { negated, item, set } => {
                let typed = self.asking(expr.span, |body| {
                    body.membership(*negated, item, set, expr.span)
                });
                (typed, Facts::default())
            }
            _ => {
                let typed = self.asking(expr.span, |body| body.typed(expr, Some(&Ty::Bool)));
                (typed, Facts::default())
            }
        }
    }

    /// `a and b and c` (or `or`): each operand is read where the ones before it held (or did
    /// not).
    fn chain(&mut self, items: &[ast::Expr], and: bool, span: Span) -> (Expr, Facts) {
        let before = self.known();
        let mut typed = Vec::with_capacity(items.len());
        // What is known when the whole chain so far held on (all true for `and`, all false for
        // `or`), and what is known when it stopped somewhere.
        let mut through = Known::default();
        let mut stopped: Option<Known> = None;
        for item in items {
            let (one, facts) = self.condition(item);
            let of_no_use = if and {
                &facts.when_false
            } else {
                &facts.when_true
            };
            self.misleads(of_no_use.clone(), and);
            let (on, off) = if and {
                (facts.when_true, facts.when_false)
            } else {
                (facts.when_false, facts.when_true)
            };
            stopped = Some(match stopped {
                None => off,
                Some(known) if known.is_empty() => known,
                Some(known) => known.or(&off.and(&through)),
            });
            self.assume(&on);
            through.add(&on);
            typed.push(one);
        }
        self.set_known(before);
        let stopped = stopped.unwrap_or_default();
        if and {
            let facts = Facts {
                when_true: through,
                when_false: stopped,
            };
            (bool_expr(Typed::And(typed), span), facts)
        } else {
            let facts = Facts {
                when_true: stopped,
                when_false: through,
            };
            (bool_expr(Typed::Or(typed), span), facts)
        }
    }

    fn is_test(&mut self, item: &ast::Expr, test: IsTest, span: Span) -> (Expr, Facts) {
        let item = self.infer(item);
        let mut facts = Facts::default();
        match test {
            IsTest::Fresh => self.fresh_test(&item),
            IsTest::Known | IsTest::Unknown => {
                if !item.ty.is_error() && !item.ty.is_optional() {
                    self.always_known(&item);
                }
                if let Some(path) = Path::of(&item) {
                    let known = path.with_prefixes();
                    if test == IsTest::Known {
                        facts.when_true = known;
                    } else {
                        facts.when_false = known;
                    }
                }
            }
        }
        let kind = Typed::Is {
            item: Box::new(item),
            test,
        };
        (bool_expr(kind, span), facts)
    }

    /// Warns of a value that is always known, or known here, and is asked whether it is.
    fn always_known(&mut self, item: &Expr) {
        let what = self
            .quote(item.span)
            .map_or_else(|| "this value".to_owned(), |text| format!("`{text}`"));
        let why = if matches!(item.kind, Typed::Known(_)) {
            "is already known here"
        } else {
            "is always known"
        };
        self.error_with(
            &ALWAYS_KNOWN,
            item.span,
            format!("{what} {why}"),
            "remove the test",
        );
    }

    fn fresh_test(&mut self, item: &Expr) {
        let mut read = item;
        while let Typed::Known(inner) = &read.kind {
            read = inner;
        }
        let field = match &read.kind {
            Typed::Field { field, .. } => self.cx.field(*field),
            Typed::Error => return,
            _ => None,
        };
        if field.is_some_and(|field| field.annotations.refreshed.is_some()) {
            return;
        }
        let place = self.place(item.span);
        let mut diagnostic = match field {
            Some(field) => crate::diag::Diagnostic::new(
                &NOT_REFRESHED,
                place,
                format!("`{}` does not say how often it is refreshed", field.name),
            )
            .other(field.place, "declared here"),
            None => crate::diag::Diagnostic::new(
                &NOT_REFRESHED,
                place,
                "only a field of a profile or table can be fresh",
            ),
        };
        diagnostic.help = Some("add `@refreshed(1 day)` to the field".to_owned());
        self.report(diagnostic);
    }
}

/// An expression of type `bool`.
pub(super) fn bool_expr(kind: Typed, span: Span) -> Expr {
    Expr {
        kind,
        ty: Ty::Bool,
        span,
    }
}
