//! Expressions, in both directions: the dispatch, and what fits where.

use super::{Body, Facts};
use crate::diag::codes::types::{MIXED_CURRENCIES, OUT_OF_RANGE, TYPE_MISMATCH};
use crate::model::hir::{Const, Expr, ExprKind as Typed};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind};

/// Longer source texts are not quoted in messages.
const LONGEST_QUOTE: usize = 48;

impl Body<'_, '_> {
    /// The expression with the type that it says by itself.
    pub fn infer(&mut self, expr: &ast::Expr) -> Expr {
        self.typed(expr, None)
    }

    /// The expression, held to a type. The result has that type, or one whose every value is a
    /// value of it (`int` where `decimal` is expected), or is erroneous.
    pub fn check(&mut self, expr: &ast::Expr, expected: &Ty) -> Expr {
        let typed = self.typed(expr, Some(expected));
        self.fit(typed, expected)
    }

    /// A condition: a `bool` that is known, with what it tells about values that may be unknown.
    pub fn condition(&mut self, expr: &ast::Expr) -> (Expr, Facts) {
        let (typed, facts) = self.logic(expr);
        let typed = self.asking(expr.span, |body| body.fit(typed, &Ty::Bool));
        (typed, facts)
    }

    /// Types an expression; `expected` helps to read names and literals, and is not enforced.
    pub(super) fn typed(&mut self, expr: &ast::Expr, expected: Option<&Ty>) -> Expr {
        let known = expected.map(Ty::known);
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal, known, expr.span),
            ExprKind::Name(name) => self.bare_name(name, known),
            ExprKind::Field { .. } => self.path(expr),
            ExprKind::Call { function, args } => self.call(function, args, known, expr.span),
            ExprKind::Permitted { message, channels } => {
                self.permitted(message, channels, expr.span)
            }
            ExprKind::Aggregate {
                op,
                op_span,
                value,
                rows,
            } => self.aggregate(*op, *op_span, value.as_deref(), rows, expr.span),
            ExprKind::Pick { last, rows, by } => self.pick(*last, rows, by, expr.span),
            ExprKind::Top { count, rows, by } => self.top(*count, rows, by, expr.span),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Is { .. }
            | ExprKind::Compare { .. }
            | ExprKind::In { .. } => self.logic(expr).0,
            ExprKind::Negate(inner) => self.negate(inner, known, expr.span),
            ExprKind::Arithmetic { first, rest } => self.arithmetic(first, rest, expr.span),
            ExprKind::Coalesce(items) => self.coalesce(items, known, expr.span),
            ExprKind::Ago(inner) => self.clock_offset(inner, true, known, expr.span),
            ExprKind::FromNow(inner) => self.clock_offset(inner, false, known, expr.span),
            ExprKind::List(items) => self.list(items, known, expr.span),
            ExprKind::Paren(inner) => self.typed(inner, expected),
            ExprKind::Broken => Self::erroneous(expr.span),
        }
    }

    fn list(&mut self, items: &[ast::Expr], expected: Option<&Ty>, span: Span) -> Expr {
        let wanted = match expected {
            Some(Ty::List(item)) => Some(item.as_ref().clone()),
            _ => None,
        };
        // Without a wanted type, an item that says its type speaks for those that do not.
        let mut spoken = None;
        if wanted.is_none() {
            let first = items.iter().position(|item| !self.is_weak(item));
            let first = first.unwrap_or(0);
            let Some(item) = items.get(first) else {
                self.error_with(
                    &TYPE_MISMATCH,
                    span,
                    "an empty list does not say what it holds",
                    "write at least one value",
                );
                return Self::erroneous(span);
            };
            let item = self.infer(item);
            spoken = Some((first, self.demand(item)));
        }
        let spoken_ty = spoken.as_ref().map(|(_, item)| relaxed(&item.ty));
        let wanted = wanted.or(spoken_ty).unwrap_or(Ty::Error);
        let mut typed = Vec::with_capacity(items.len());
        // Of written values of a wrong type, the first says enough of all.
        let mut said = false;
        for (index, item) in items.iter().enumerate() {
            let spoken = spoken.take_if(|(first, _)| *first == index);
            let literal = matches!(item.kind, ExprKind::Literal(_));
            typed.push(match spoken {
                Some((_, item)) => item,
                None if literal && said => Self::erroneous(item.span),
                None => self.check(item, &wanted),
            });
            said |= literal && typed.last().is_some_and(|last| last.ty.is_error());
        }
        Expr {
            kind: Typed::List(typed),
            ty: wanted.list(),
            span,
        }
    }

    /// Holds a typed expression to a type, and reports if it is not.
    pub(super) fn fit(&mut self, expr: Expr, expected: &Ty) -> Expr {
        if fits(&expr.ty, expected) {
            return expr;
        }
        if expr.ty.is_optional() && !expected.is_optional() && fits(expr.ty.known(), expected) {
            self.unhandled(&expr);
            return Self::erroneous(expr.span);
        }
        let found = self.type_of(&expr);
        let wanted = self.cx.ty_name(expected);
        match (expr.ty.known(), expected.known()) {
            (Ty::Int(Some((low, high))), Ty::Int(Some((from, to)))) => {
                let what = if low == high {
                    format!("{low} lies outside {from}..{to}")
                } else {
                    format!("a value in {low}..{high} always lies outside {from}..{to}")
                };
                self.error_with(
                    &OUT_OF_RANGE,
                    expr.span,
                    what,
                    format!("write a value from {from} to {to}"),
                );
            }
            (Ty::Text(found), Ty::Text(Some(bound))) => {
                let literal = matches!(expr.kind, Typed::Const(_));
                let (what, help) = match found {
                    Some(found) if literal => (
                        format!("this text has {found} characters, and {bound} are allowed"),
                        "shorten it".to_owned(),
                    ),
                    _ => (
                        format!("this text may be longer than {bound} characters"),
                        format!("give its field the type `text({bound})`, or allow more here"),
                    ),
                };
                self.error_with(&OUT_OF_RANGE, expr.span, what, help);
            }
            (Ty::Money(found), Ty::Money(wanted)) => self.error_with(
                &MIXED_CURRENCIES,
                expr.span,
                format!(
                    "this is an amount in {}, and {} is needed",
                    found.code(),
                    wanted.code()
                ),
                "Jalon converts no currencies: use amounts in one currency",
            ),
            (_, wanted_ty) => {
                let help = self.mismatch_help(&expr, wanted_ty);
                let place = self.place(expr.span);
                let mut diagnostic = crate::diag::Diagnostic::new(
                    &TYPE_MISMATCH,
                    place,
                    format!("this is of type `{found}`, and `{wanted}` is needed"),
                );
                diagnostic.help = help;
                self.report(diagnostic);
            }
        }
        Self::erroneous(expr.span)
    }

    /// A value that must be known; reports and gives the erroneous type if it may not be.
    pub(super) fn demand(&mut self, expr: Expr) -> Expr {
        if expr.ty.is_optional() {
            self.unhandled(&expr);
            return Self::erroneous(expr.span);
        }
        expr
    }

    /// The type of an expression for a message: of a constant without its length or value.
    pub(super) fn type_of(&self, expr: &Expr) -> String {
        match expr.kind {
            Typed::Const(_) => self.cx.ty_name(&relaxed(&expr.ty)),
            _ => self.cx.ty_name(&expr.ty),
        }
    }

    /// What the source says at a span, if it is short and on one line.
    pub(in crate::model) fn quote(&self, span: Span) -> Option<String> {
        let text = span.text(self.cx.input.sources.text(self.file));
        let fits = !text.is_empty() && text.len() <= LONGEST_QUOTE && !text.contains(['\n', '`']);
        fits.then(|| text.to_owned())
    }
}

/// Whether every value of `found` may stand where `wanted` is needed, unknown included.
///
/// A range of `int` is held to when data is loaded and when a field is set, so `int` fits a range
/// unless the two cannot meet. A bound of `text` is a promise to whoever measures a message, so a
/// longer text does not fit.
#[must_use]
pub fn fits(found: &Ty, wanted: &Ty) -> bool {
    match (found, wanted) {
        (Ty::Error, _) | (_, Ty::Error) => true,
        (Ty::Optional(found), Ty::Optional(wanted)) => fits(found, wanted),
        (Ty::Optional(_), _) => false,
        (found, Ty::Optional(wanted)) => fits(found, wanted),
        (Ty::Int(Some((low, high))), Ty::Int(Some((from, to)))) => low <= to && high >= from,
        (Ty::Int(_), Ty::Int(_) | Ty::Decimal) => true,
        (Ty::Text(_) | Ty::Email | Ty::Phone | Ty::Url, Ty::Text(None)) => true,
        (Ty::Text(Some(found)), Ty::Text(Some(wanted))) => found <= wanted,
        (Ty::Channel(found), Ty::Channel(wanted)) => found.iter().all(|id| wanted.contains(id)),
        (Ty::List(found), Ty::List(wanted)) => fits(found, wanted),
        (found, wanted) => found == wanted,
    }
}

/// The type without range or bound: what a second value of the kind is held to.
#[must_use]
pub(super) fn relaxed(ty: &Ty) -> Ty {
    match ty {
        Ty::Int(_) => Ty::Int(None),
        Ty::Text(_) => Ty::Text(None),
        Ty::Optional(inner) => relaxed(inner).optional(),
        other => other.clone(),
    }
}

/// Whether an expression is a number other than 0, as written.
pub(super) fn is_constant_zero(expr: &Expr) -> Option<bool> {
    match &expr.kind {
        Typed::Const(Const::Int(value)) => Some(*value == 0),
        Typed::Const(Const::Decimal(value) | Const::Percent(value)) => Some(value.is_zero()),
        Typed::Const(Const::Money { amount, .. }) => Some(amount.is_zero()),
        _ => None,
    }
}
