//! Calls of functions, and `permitted`.

use super::{Body, compare};
use crate::diag::codes::names::{UNKNOWN_NAME, WRONG_KIND};
use crate::diag::codes::types::{NOT_CALCULABLE, WRONG_CALL};
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::functions::{self, FUNCTIONS};
use crate::model::hir::{Expr, ExprKind as Typed, Function};
use crate::model::ids::{ChannelId, MessageId};
use crate::model::names::Named;
use crate::model::synonyms;
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast;

impl Body<'_, '_> {
    pub(super) fn call(
        &mut self,
        name: &ast::Name,
        args: &[ast::Expr],
        expected: Option<&Ty>,
        span: Span,
    ) -> Expr {
        let Some(row) = functions::find(&name.text) else {
            if !name.text.is_empty() {
                let place = self.place(name.span);
                let mut diagnostic = Diagnostic::new(
                    &UNKNOWN_NAME,
                    place,
                    format!("there is no function `{}`", name.text),
                );
                let names = || FUNCTIONS.iter().map(|row| row.name);
                let person = self
                    .locals
                    .0
                    .first()
                    .map_or("member", |it| it.name.as_str());
                let declared = match self.cx.named(&name.text) {
                    Some(Named::Segment(_) | Named::Journey(_)) => {
                        Some(format!("ask with `{person} in {}`", name.text))
                    }
                    Some(Named::Measure(_)) => Some(format!("write `{person}.{}`", name.text)),
                    _ => None,
                };
                diagnostic.help = declared
                    .or_else(|| synonyms::function_called(&name.text).map(str::to_owned))
                    .or_else(|| did_you_mean(&name.text, names()))
                    .or_else(|| {
                        let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                        Some(format!("the functions are {}", all.join(", ")))
                    });
                self.report(diagnostic);
            }
            return Self::erroneous(span);
        };
        let (fewest, most) = row.arity;
        if args.len() < fewest || args.len() > most {
            self.error_with(
                &WRONG_CALL,
                span,
                format!("`{}` is called with {} here", row.name, values(args.len())),
                format!("write `{}`", row.form),
            );
            return Self::erroneous(span);
        }
        let (typed, ty) = self.typed_call(row.function, args, expected);
        if ty.is_error() {
            return Self::erroneous(span);
        }
        Expr {
            kind: Typed::Call {
                function: row.function,
                args: typed,
            },
            ty,
            span,
        }
    }

    fn typed_call(
        &mut self,
        function: Function,
        args: &[ast::Expr],
        expected: Option<&Ty>,
    ) -> (Vec<Expr>, Ty) {
        let text = Ty::Text(None);
        match (function, args) {
            (Function::Today, _) => (Vec::new(), Ty::Date),
            (Function::Now, _) => (Vec::new(), Ty::Instant),
            (Function::Age, [date]) => (vec![self.check(date, &Ty::Date)], Ty::Int(None)),
            (Function::Lower | Function::Upper, [value]) => {
                let value = self.check(value, &text);
                // A letter may become up to three, as in `ß` or `ŉ`.
                let ty = match value.ty {
                    Ty::Text(Some(bound)) => Ty::Text(Some(bound.saturating_mul(3))),
                    _ => Ty::Text(None),
                };
                (vec![value], ty)
            }
            (Function::Trim, [value]) => {
                let value = self.check(value, &text);
                let ty = match value.ty {
                    Ty::Text(bound) => Ty::Text(bound),
                    _ => Ty::Text(None),
                };
                (vec![value], ty)
            }
            (Function::Contains | Function::StartsWith, [value, part]) => {
                let args = vec![self.check(value, &text), self.check(part, &text)];
                (args, Ty::Bool)
            }
            (Function::Length, [value]) => {
                let value = self.check(value, &text);
                let most = match value.ty {
                    Ty::Text(Some(bound)) => i64::from(bound),
                    _ => i64::MAX,
                };
                (vec![value], Ty::Int(Some((0, most))))
            }
            (Function::Round, [value]) => self.round(value),
            (Function::Round, [value, digits]) => {
                let value = self.check(value, &Ty::Decimal);
                let digits = self.check(digits, &Ty::Int(Some((0, 28))));
                (vec![value, digits], Ty::Decimal)
            }
            (Function::AtLeast | Function::AtMost, [a, b]) => self.bound(function, a, b, expected),
            _ => (Vec::new(), Ty::Error),
        }
    }

    /// `round(x)`: a whole number of a decimal, the minor unit of an amount.
    fn round(&mut self, value: &ast::Expr) -> (Vec<Expr>, Ty) {
        let value = self.infer(value);
        let value = self.demand(value);
        let ty = match &value.ty {
            Ty::Decimal | Ty::Int(_) => Ty::Int(None),
            Ty::Money(currency) => Ty::Money(*currency),
            Ty::Error => Ty::Error,
            other => {
                let found = self.cx.ty_name(other);
                self.error_with(
                    &NOT_CALCULABLE,
                    value.span,
                    format!("a value of type `{found}` cannot be rounded"),
                    "round a `decimal` or an amount of money",
                );
                Ty::Error
            }
        };
        (vec![value], ty)
    }

    fn bound(
        &mut self,
        function: Function,
        a: &ast::Expr,
        b: &ast::Expr,
        expected: Option<&Ty>,
    ) -> (Vec<Expr>, Ty) {
        let (a, b) = if self.is_weak(a) && self.is_weak(b) {
            match expected {
                Some(ty) => {
                    let ty = super::expr::relaxed(ty);
                    (self.typed(a, Some(&ty)), self.typed(b, Some(&ty)))
                }
                None => self.pair(a, b),
            }
        } else {
            self.pair(a, b)
        };
        let (a, b) = (self.demand(a), self.demand(b));
        if a.ty.is_error() || b.ty.is_error() {
            return (Vec::new(), Ty::Error);
        }
        if !self.ordered_pair(&a, &b) {
            return (Vec::new(), Ty::Error);
        }
        let ty = match (&a.ty, &b.ty) {
            (Ty::Int(Some((al, ah))), Ty::Int(Some((bl, bh)))) => Ty::Int(Some(match function {
                Function::AtLeast => (*al.max(bl), *ah.max(bh)),
                _ => (*al.min(bl), *ah.min(bh)),
            })),
            (Ty::Int(None), Ty::Int(Some((low, high))))
            | (Ty::Int(Some((low, high))), Ty::Int(None)) => Ty::Int(Some(match function {
                Function::AtLeast => (*low, i64::MAX),
                _ => (i64::MIN, *high),
            })),
            (Ty::Decimal, Ty::Int(_)) | (Ty::Int(_), Ty::Decimal) => Ty::Decimal,
            (ty, _) => ty.clone(),
        };
        (vec![a, b], ty)
    }

    /// Holds two values to one order, as `<` does; reports if they have none.
    fn ordered_pair(&mut self, a: &Expr, b: &Expr) -> bool {
        match compare::comparable(self.cx, ast::CompareOp::Less, &a.ty, &b.ty) {
            Ok(()) => true,
            Err(wrong) => {
                self.not_comparable(&wrong, a, b, b.span);
                false
            }
        }
    }

    /// `permitted(M by CHANNELS)`: asked of the person the declaration is about.
    pub(super) fn permitted(
        &mut self,
        message: &ast::Name,
        channels: &[ast::Name],
        span: Span,
    ) -> Expr {
        let message = self.resolve::<MessageId>(message);
        let mut found = Vec::new();
        for name in channels {
            let named = self.cx.channels_named(&name.text);
            if named.is_empty() {
                if name.as_str() == "any" {
                    self.error_with(
                        &WRONG_KIND,
                        name.span,
                        "`any` is not a channel",
                        "name the channels that the message would go by",
                    );
                } else {
                    self.resolve::<ChannelId>(name);
                }
            }
            for id in named {
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        let Some(message) = message else {
            return Self::erroneous(span);
        };
        let profile = self
            .cx
            .messages
            .get(message.index())
            .and_then(|head| head.profile);
        let Some(person) = profile.and_then(|profile| self.someone(profile, None, span)) else {
            return Self::erroneous(span);
        };
        super::logic::bool_expr(
            Typed::Permitted {
                message,
                channels: found,
                person: Box::new(person),
            },
            span,
        )
    }
}

fn values(count: usize) -> String {
    match count {
        0 => "no value".to_owned(),
        1 => "1 value".to_owned(),
        _ => format!("{count} values"),
    }
}
