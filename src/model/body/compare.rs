//! Comparisons, `in`, and `??`.

use super::Body;
use super::expr::{fits, relaxed};
use super::logic::bool_expr;
use crate::diag::codes::names::AMBIGUOUS_NAME;
use crate::diag::codes::types::{
    ALWAYS_KNOWN, MIXED_CURRENCIES, NOT_COMPARABLE, OUT_OF_RANGE, TYPE_MISMATCH,
};
use crate::diag::{Diagnostic, Fix};
use crate::model::cx::Cx;
use crate::model::hir::{Const, Expr, ExprKind as Typed};
use crate::model::ids::EntityId;
use crate::model::names::Named;
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, CompareOp, ExprKind, InSet, Literal};

/// Why two values cannot be compared.
pub(super) enum Incomparable {
    /// Two currencies.
    Currencies,
    /// Two types that have nothing in common.
    Types,
    /// Two `channel` types that share no channel.
    Channels,
    /// Values of one type that have no order.
    NoOrder,
    /// A whole record of consent.
    Consent,
    /// Something that is no value: an event, a result, a list.
    NoValue,
}

/// Whether two known values of these types can be compared.
pub(super) fn comparable(
    cx: &Cx<'_>,
    op: CompareOp,
    left: &Ty,
    right: &Ty,
) -> Result<(), Incomparable> {
    let ordering = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
    let text = |ty: &Ty| matches!(ty, Ty::Text(_) | Ty::Email | Ty::Phone | Ty::Url);
    let number = |ty: &Ty| matches!(ty, Ty::Int(_) | Ty::Decimal);
    match (left, right) {
        (Ty::Error, _) | (_, Ty::Error) => Ok(()),
        (Ty::Consent(_), _) | (_, Ty::Consent(_)) => Err(Incomparable::Consent),
        (Ty::Event(_) | Ty::Result(_) | Ty::List(_), _)
        | (_, Ty::Event(_) | Ty::Result(_) | Ty::List(_)) => Err(Incomparable::NoValue),
        (Ty::Money(a), Ty::Money(b)) if a != b => Err(Incomparable::Currencies),
        (Ty::Channel(a), Ty::Channel(b)) => {
            if ordering {
                Err(Incomparable::NoOrder)
            } else if a.iter().any(|id| b.contains(id)) {
                Ok(())
            } else {
                Err(Incomparable::Channels)
            }
        }
        (a, b) if number(a) && number(b) => Ok(()),
        (a, b) if text(a) && text(b) => {
            if ordering {
                Err(Incomparable::NoOrder)
            } else {
                Ok(())
            }
        }
        (Ty::Enum(a), Ty::Enum(b)) if a == b => {
            let ordered = cx.enums.get(a.index()).is_some_and(|found| found.ordered);
            if ordering && !ordered {
                Err(Incomparable::NoOrder)
            } else {
                Ok(())
            }
        }
        (a, b) if a == b => {
            let has_order = matches!(
                a,
                Ty::Percent | Ty::Date | Ty::Time | Ty::Instant | Ty::Duration | Ty::Money(_)
            );
            if ordering && !has_order {
                Err(Incomparable::NoOrder)
            } else {
                Ok(())
            }
        }
        _ => Err(Incomparable::Types),
    }
}

/// Whether values of a type have an order: `lowest`, `by`, a range.
pub(super) fn has_order(cx: &Cx<'_>, ty: &Ty) -> bool {
    comparable(cx, CompareOp::Less, ty, ty).is_ok()
}

impl Body<'_, '_> {
    /// Whether an expression needs to be told its type: a literal that can be read in several
    /// ways, or a bare name that is neither a variable nor a field of the row.
    pub(super) fn is_weak(&self, expr: &ast::Expr) -> bool {
        match &expr.kind {
            ExprKind::Literal(Literal::Text(_) | Literal::Int(_) | Literal::Bool(_))
            | ExprKind::List(_)
            | ExprKind::Ago(_)
            | ExprKind::FromNow(_) => true,
            ExprKind::Name(name) => !self.is_value(name),
            ExprKind::Paren(inner) | ExprKind::Negate(inner) => self.is_weak(inner),
            _ => false,
        }
    }

    /// Types two values that meet: the one that says its type speaks for the other.
    pub(super) fn pair(&mut self, left: &ast::Expr, right: &ast::Expr) -> (Expr, Expr) {
        if self.is_weak(left) && !self.is_weak(right) {
            let right = self.infer(right);
            (self.beside(left, &right.ty), right)
        } else {
            let left = self.infer(left);
            let right = self.beside(right, &left.ty);
            (left, right)
        }
    }

    /// Types a value that meets another of a known type.
    fn beside(&mut self, expr: &ast::Expr, other: &Ty) -> Expr {
        let wanted = other.known();
        let typed = self.typed(expr, Some(wanted));
        let constant = matches!(typed.kind, Typed::Const(Const::Int(_) | Const::Text(_)));
        match (&typed.ty, wanted) {
            // A constant that the other side can never be.
            (Ty::Int(Some(_)), Ty::Int(Some(_))) if constant => self.fit(typed, wanted),
            (Ty::Text(Some(length)), Ty::Text(Some(bound))) if constant && length > bound => {
                self.fit(typed, wanted)
            }
            _ => typed,
        }
    }

    pub(super) fn compare(
        &mut self,
        op: CompareOp,
        op_span: Span,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Expr {
        let (left, right) = self.pair(left, right);
        let (left, right) = (self.demand(left), self.demand(right));
        if let Err(wrong) = comparable(self.cx, op, &left.ty, &right.ty) {
            self.not_comparable(&wrong, &left, &right, op_span);
        }
        let kind = Typed::Compare {
            op,
            left: Box::new(left),
            right: Box::new(right),
        };
        bool_expr(kind, span)
    }

    /// Reports why two values cannot be compared.
    pub(super) fn not_comparable(
        &mut self,
        wrong: &Incomparable,
        left: &Expr,
        right: &Expr,
        at: Span,
    ) {
        let (a, b) = (self.type_of(left), self.type_of(right));
        let (left_at, right_at) = (self.place(left.span), self.place(right.span));
        let at = self.place(at);
        let (code, message, help) = match wrong {
            Incomparable::Currencies => (
                &MIXED_CURRENCIES,
                format!("`{a}` and `{b}` are two currencies"),
                Some(one_currency(left, right)),
            ),
            Incomparable::Types => (
                &NOT_COMPARABLE,
                format!("`{a}` and `{b}` cannot be compared"),
                self.comparison_help(left, right)
                    .or_else(|| match (&left.ty, &right.ty) {
                        (wanted, _) if matches!(right.kind, Typed::Const(_)) => {
                            self.mismatch_help(right, wanted.known())
                        }
                        (_, wanted) if matches!(left.kind, Typed::Const(_)) => {
                            self.mismatch_help(left, wanted.known())
                        }
                        (a, b) if a.is_optional() != b.is_optional() => None,
                        _ => Some("compare values of one type".to_owned()),
                    }),
            ),
            Incomparable::Channels => (
                &NOT_COMPARABLE,
                format!("`{a}` and `{b}` are never the same"),
                None,
            ),
            Incomparable::NoOrder => (
                &NOT_COMPARABLE,
                format!("values of type `{a}` have no order"),
                Some(if matches!(left.ty, Ty::Enum(_)) {
                    "write `@ordered` before the enum if its variants come one after the other"
                        .to_owned()
                } else {
                    "compare them with `==` or `!=`".to_owned()
                }),
            ),
            Incomparable::Consent => (
                &NOT_COMPARABLE,
                "a whole record of consent cannot be compared".to_owned(),
                Some("compare a part of it, like `.status == granted`".to_owned()),
            ),
            Incomparable::NoValue => (
                &NOT_COMPARABLE,
                format!("`{a}` and `{b}` cannot be compared"),
                self.comparison_help(left, right)
                    .or_else(|| Some("compare one of their values".to_owned())),
            ),
        };
        let mut diagnostic = Diagnostic::new(code, at, message)
            .other(left_at, format!("`{a}`"))
            .other(right_at, format!("`{b}`"));
        diagnostic.help = help;
        self.report(diagnostic);
    }

    /// `x in S`: a range, a list, a segment or a journey.
    pub(super) fn membership(
        &mut self,
        negated: bool,
        item: &ast::Expr,
        set: &InSet,
        span: Span,
    ) -> Expr {
        match set {
            InSet::Range { low, high } => self.in_range(negated, item, low, high, span),
            InSet::Expr(set) => {
                if let ExprKind::Name(name) = &set.kind
                    && let Some(named @ (Named::Segment(_) | Named::Journey(_))) =
                        self.cx.named(&name.text)
                {
                    return self.in_group(negated, item, name, named, span);
                }
                self.in_list(negated, item, set, span)
            }
        }
    }

    fn in_range(
        &mut self,
        negated: bool,
        item: &ast::Expr,
        low: &ast::Expr,
        high: &ast::Expr,
        span: Span,
    ) -> Expr {
        let item = if self.is_weak(item) && !self.is_weak(low) {
            let low = self.infer(low);
            self.beside(item, &low.ty)
        } else {
            self.infer(item)
        };
        let item = self.demand(item);
        let (low, high) = (self.beside(low, &item.ty), self.beside(high, &item.ty));
        let (low, high) = (self.demand(low), self.demand(high));
        for end in [&low, &high] {
            if let Err(wrong) = comparable(self.cx, CompareOp::Less, &item.ty, &end.ty) {
                self.not_comparable(&wrong, &item, end, end.span);
                break;
            }
        }
        if let (Typed::Const(Const::Int(from)), Typed::Const(Const::Int(to))) =
            (&low.kind, &high.kind)
            && from > to
        {
            let message = format!("the range {from}..{to} is empty");
            self.error_with(
                &OUT_OF_RANGE,
                low.span.to(high.span),
                message,
                "write the smaller number first",
            );
        }
        let kind = Typed::InRange {
            item: Box::new(item),
            low: Box::new(low),
            high: Box::new(high),
            negated,
        };
        bool_expr(kind, span)
    }

    fn in_list(&mut self, negated: bool, item: &ast::Expr, set: &ast::Expr, span: Span) -> Expr {
        let (item, list) = if self.is_weak(item) {
            let list = self.infer(set);
            let inner = match list.ty.known() {
                Ty::List(inner) => inner.as_ref().clone(),
                _ => Ty::Error,
            };
            (self.beside(item, &inner), list)
        } else {
            let item = self.infer(item);
            let wanted = relaxed(item.ty.known()).list();
            let list = if self.is_weak(set) {
                self.typed(set, Some(&wanted))
            } else {
                self.infer(set)
            };
            (item, list)
        };
        let (item, list) = (self.demand(item), self.demand(list));
        match &list.ty {
            Ty::List(inner) => {
                let inner = Expr {
                    kind: Typed::Error,
                    ty: inner.as_ref().clone(),
                    span: list.span,
                };
                if let Err(wrong) = comparable(self.cx, CompareOp::Equal, &item.ty, &inner.ty) {
                    self.not_comparable(&wrong, &item, &inner, list.span);
                }
            }
            Ty::Error => {}
            other => {
                let found = self.cx.ty_name(other);
                self.error_with(
                    &TYPE_MISMATCH,
                    list.span,
                    format!("this is of type `{found}`, and nothing can be in it"),
                    "write a list, a range like `1..10`, a segment or a journey after `in`",
                );
            }
        }
        let kind = Typed::InList {
            item: Box::new(item),
            list: Box::new(list),
            negated,
        };
        bool_expr(kind, span)
    }

    fn in_group(
        &mut self,
        negated: bool,
        item: &ast::Expr,
        name: &ast::Name,
        named: Named,
        span: Span,
    ) -> Expr {
        if let Some(field) = self
            .row_field(name)
            .filter(|field| matches!(field.ty, Ty::List(_)))
        {
            let place = self.place(field.span);
            self.report(
                Diagnostic::new(
                    &AMBIGUOUS_NAME,
                    place,
                    format!(
                        "`{}` is both a field of the row and {}",
                        name.text,
                        named.a_kind()
                    ),
                )
                .help("name the row with `as`, and write its field in full"),
            );
        }
        let item = self.infer(item);
        let item = self.demand(item);
        let of: Option<EntityId> = match named {
            Named::Segment(id) => self.cx.segments.get(id.index()).copied().flatten(),
            Named::Journey(id) => self
                .cx
                .journeys
                .get(id.index())
                .and_then(|head| head.profile),
            _ => None,
        };
        if let Some(of) = of
            && !fits(&item.ty, &Ty::Row(of))
        {
            let (found, of) = (
                self.cx.ty_name(&item.ty),
                self.cx.entity_name(of).to_owned(),
            );
            self.error_with(
                &TYPE_MISMATCH,
                item.span,
                format!(
                    "`{}` is of `{of}`, and this is of type `{found}`",
                    name.text
                ),
                format!("write a `{of}` before `in`"),
            );
        }
        let item = Box::new(item);
        let kind = match named {
            Named::Segment(segment) => Typed::InSegment {
                item,
                segment,
                negated,
            },
            Named::Journey(journey) => Typed::InJourney {
                item,
                journey,
                negated,
            },
            _ => Typed::Error,
        };
        bool_expr(kind, span)
    }

    /// `a ?? b ?? c`: the first that is known.
    pub(super) fn coalesce(
        &mut self,
        items: &[ast::Expr],
        expected: Option<&Ty>,
        span: Span,
    ) -> Expr {
        let mut typed: Vec<Expr> = Vec::with_capacity(items.len());
        let mut ty: Option<Ty> = None;
        for (index, item) in items.iter().enumerate() {
            let last = index + 1 == items.len();
            let wanted = ty.as_ref().or(expected).map(relaxed);
            let one = self.typed(item, wanted.as_ref());
            let one = match &ty {
                Some(ty) => self.fit(one, &relaxed(ty).optional()),
                None => one,
            };
            if !last && !one.ty.is_optional() && !one.ty.is_error() {
                let what = self
                    .quote(one.span)
                    .map_or_else(|| "this value".to_owned(), |text| format!("`{text}`"));
                let message = format!("{what} is always known, so its default is never used");
                let help = "remove `??` and what follows it";
                let found = Diagnostic::new(&ALWAYS_KNOWN, self.place(one.span), message);
                let rest = items.last().map(|last| {
                    let rest = Span::new(item.span.end, last.span.end);
                    Fix::safe(help, self.place(rest), "")
                });
                self.report(found.help(help).fix_if(rest));
            }
            ty = Some(match &ty {
                None => one.ty.known().clone(),
                Some(before) => joined(before, one.ty.known()),
            });
            typed.push(one);
        }
        let optional = typed.last().is_some_and(|last| last.ty.is_optional());
        let ty = ty.unwrap_or(Ty::Error);
        if ty.is_error() {
            return Self::erroneous(span);
        }
        Expr {
            kind: Typed::Coalesce(typed),
            ty: if optional { ty.optional() } else { ty },
            span,
        }
    }
}

/// The type of a value that is one or the other, of types that fit each other.
pub(super) fn joined(a: &Ty, b: &Ty) -> Ty {
    match (a, b) {
        (Ty::Int(Some((al, ah))), Ty::Int(Some((bl, bh)))) => {
            Ty::Int(Some((*al.min(bl), *ah.max(bh))))
        }
        (Ty::Text(Some(a)), Ty::Text(Some(b))) => Ty::Text(Some(*a.max(b))),
        (Ty::Int(_), Ty::Int(_)) => Ty::Int(None),
        (Ty::Text(_), _) | (_, Ty::Text(_)) if !a.is_error() && !b.is_error() => Ty::Text(None),
        (Ty::Channel(a), Ty::Channel(b)) => {
            let mut all = a.to_vec();
            all.extend(b.iter().filter(|id| !a.contains(id)));
            Ty::Channel(all.into())
        }
        (Ty::Error, _) | (_, Ty::Error) => Ty::Error,
        (a, _) => a.clone(),
    }
}

/// What to do where two currencies are compared: the written amount takes the other's.
fn one_currency(left: &Expr, right: &Expr) -> String {
    let other = match (&left.ty, &right.ty, &left.kind, &right.kind) {
        (Ty::Money(of), _, _, Typed::Const(_)) | (_, Ty::Money(of), Typed::Const(_), _) => of,
        _ => return "Jalon converts no currencies: compare amounts in one currency".to_owned(),
    };
    format!(
        "write the amount in {}: Jalon converts no currencies",
        other.code()
    )
}
