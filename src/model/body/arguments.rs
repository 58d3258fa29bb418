//! Arguments by name: of a send, an action, a start, an event or a row in a test.

use super::{Body, fits};
use crate::diag::codes::names::{DUPLICATE_NAME, UNKNOWN_NAME};
use crate::diag::codes::syntax::UNNAMED_ARGUMENT;
use crate::diag::codes::types::{MISSING_ARGUMENT, TYPE_MISMATCH};
use crate::diag::did_you_mean;
use crate::diag::{Diagnostic, Fix};
use crate::model::hir::{Expr, ExprKind, Field};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast;
use rustc_hash::FxHashMap;

/// What is said of a parameter that gets no argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// An error, unless the parameter is optional: then it is unknown.
    Reported,
    /// Nothing: the rest of what is given is left open (a test).
    Allowed,
}

impl Body<'_, '_> {
    /// Types the arguments of a call of `callee` against its parameters.
    ///
    /// The result has one expression a parameter, in the order of the parameters. What is left
    /// out is [`ExprKind::Unknown`]. Unknown and repeated arguments are reported.
    pub fn arguments(
        &mut self,
        arguments: &[ast::Argument],
        params: &[Field],
        callee: &ast::Name,
        missing: Missing,
    ) -> Vec<Expr> {
        let by_name: FxHashMap<&str, usize> = params
            .iter()
            .enumerate()
            .map(|(index, param)| (param.name.as_str(), index))
            .collect();
        // What has another name is most likely what seems to be left out.
        let misnamed = arguments
            .iter()
            .any(|argument| !by_name.contains_key(argument.name.as_str()));
        let missing = if misnamed { Missing::Allowed } else { missing };
        let mut given: Vec<Option<(Expr, Span)>> = params.iter().map(|_| None).collect();
        let mut unnamed = false;
        let mut unknown: Vec<&ast::Name> = Vec::new();
        // What is of another type than its parameter: `None` in `given` until it is said.
        let mut unfit: Vec<(usize, Expr)> = Vec::new();
        for (position, argument) in arguments.iter().enumerate() {
            let name = &argument.name;
            if name.text.is_empty() {
                // The first says enough of all.
                if !std::mem::replace(&mut unnamed, true) {
                    self.unnamed_argument(&argument.value, params.get(position), callee);
                }
                self.check(&argument.value, &Ty::Error);
                continue;
            }
            let Some((index, param)) = by_name
                .get(name.as_str())
                .and_then(|index| Some((*index, params.get(*index)?)))
            else {
                unknown.push(name);
                self.check(&argument.value, &Ty::Error);
                continue;
            };
            let mut value = self.typed(&argument.value, Some(&param.ty));
            if !fits(&value.ty, &param.ty) {
                let place = Self::erroneous(value.span);
                unfit.push((index, std::mem::replace(&mut value, place)));
            }
            let Some(slot) = given.get_mut(index) else {
                continue;
            };
            if let Some((_, first)) = slot {
                let (first, place) = (*first, self.place(name.span));
                self.report(
                    Diagnostic::new(
                        &DUPLICATE_NAME,
                        place,
                        format!("the argument `{}` is given twice", name.text),
                    )
                    .other(self.place(first), "first given here"),
                );
            } else {
                *slot = Some((value, name.span));
            }
        }
        self.unknown_arguments(&unknown, params, callee);
        if !self.swapped(&unfit, params) {
            for (index, value) in unfit {
                if let Some(param) = params.get(index) {
                    self.fit(value, &param.ty);
                }
            }
        }
        given
            .into_iter()
            .zip(params)
            .map(|(value, param)| match value {
                Some((value, _)) => value,
                None => self.left_out(param, callee, missing),
            })
            .collect()
    }

    /// Reports two arguments of which each is of the type of the other's parameter, if these are they.
    fn swapped(&mut self, unfit: &[(usize, Expr)], params: &[Field]) -> bool {
        let [(first, a), (second, b)] = unfit else {
            return false;
        };
        let (Some(of_a), Some(of_b)) = (params.get(*first), params.get(*second)) else {
            return false;
        };
        if !fits(&a.ty, &of_b.ty) || !fits(&b.ty, &of_a.ty) {
            return false;
        }
        let (Some(a_text), Some(b_text)) = (self.quote(a.span), self.quote(b.span)) else {
            return false;
        };
        let (a_at, b_at) = (self.place(a.span), self.place(b.span));
        let (a_ty, b_ty) = (self.cx.ty_name(&of_a.ty), self.cx.ty_name(&of_b.ty));
        let title = format!(
            "write `{}: {b_text}` and `{}: {a_text}`",
            of_a.name, of_b.name
        );
        let fix = Fix::chosen(title.clone(), a_at, b_text).and(b_at, a_text);
        self.report(
            Diagnostic::new(
                &TYPE_MISMATCH,
                a_at,
                format!(
                    "`{}` and `{}` have each other's value",
                    of_a.name, of_b.name
                ),
            )
            .label(format!("`{}` is a `{a_ty}`", of_a.name))
            .other(b_at, format!("`{}` is a `{b_ty}`", of_b.name))
            .help(title)
            .fix(fix),
        );
        true
    }

    /// Reports an argument without the name of its parameter.
    fn unnamed_argument(&mut self, value: &ast::Expr, param: Option<&Field>, callee: &ast::Name) {
        if matches!(value.kind, ast::ExprKind::Broken) {
            return;
        }
        let written = self.quote(value.span).unwrap_or_else(|| "...".to_owned());
        let place = self.place(value.span);
        let message = format!("the argument `{written}` does not say which parameter it is for");
        let mut found = Diagnostic::new(&UNNAMED_ARGUMENT, place, message);
        found = match param {
            Some(param) => {
                let named = format!("{}: {written}", param.name);
                found
                    .other(param.place, "the parameter")
                    .help(format!("write `{named}`"))
            }
            None => found.help(format!(
                "remove it: `{}` takes no such argument",
                callee.text
            )),
        };
        self.report(found);
    }

    /// Reports the arguments of a name that no parameter has: those that are near one each for itself,
    /// the others at once.
    fn unknown_arguments(&mut self, names: &[&ast::Name], params: &[Field], callee: &ast::Name) {
        let all = || params.iter().map(|param| param.name.as_str());
        let mut rest: Option<Diagnostic> = None;
        for name in names {
            let place = self.place(name.span);
            let message = format!("`{}` has no parameter `{}`", callee.text, name.text);
            if let Some(help) = did_you_mean(&name.text, all()) {
                self.report(Diagnostic::new(&UNKNOWN_NAME, place, message).help(help));
                continue;
            }
            rest = Some(match rest {
                Some(found) => found.other(place, format!("and no `{}`", name.text)),
                None => {
                    let known: Vec<_> = all().map(|name| format!("`{name}`")).collect();
                    Diagnostic::new(&UNKNOWN_NAME, place, message).help(match known.is_empty() {
                        true => "leave it out: it takes none".to_owned(),
                        false => format!("it has {}", known.join(", ")),
                    })
                }
            });
        }
        if let Some(found) = rest {
            self.report(found);
        }
    }

    fn left_out(&mut self, param: &Field, callee: &ast::Name, missing: Missing) -> Expr {
        let needed = !param.ty.is_optional() && !param.ty.is_error() && !param.has_default;
        if missing == Missing::Reported && needed {
            let ty = self.cx.ty_name(&param.ty);
            self.report(
                Diagnostic::new(
                    &MISSING_ARGUMENT,
                    self.place(callee.span),
                    format!("`{}` needs `{}`", callee.text, param.name),
                )
                .other(param.place, format!("a required `{ty}`"))
                .help(format!("add `{}: ...` to its arguments", param.name)),
            );
        }
        Expr {
            kind: ExprKind::Unknown,
            ty: param.ty.clone(),
            span: callee.span,
        }
    }
}
