//! Arguments by name: of a send, an action, a start, an event or a row in a test.

use super::Body;
use crate::diag::Diagnostic;
use crate::diag::codes::names::{DUPLICATE_NAME, UNKNOWN_NAME};
use crate::diag::codes::syntax::UNNAMED_ARGUMENT;
use crate::diag::codes::types::MISSING_ARGUMENT;
use crate::diag::did_you_mean;
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
                self.unknown_argument(name, params, callee);
                self.check(&argument.value, &Ty::Error);
                continue;
            };
            let value = self.check(&argument.value, &param.ty);
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
        given
            .into_iter()
            .zip(params)
            .map(|(value, param)| match value {
                Some((value, _)) => value,
                None => self.left_out(param, callee, missing),
            })
            .collect()
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

    fn unknown_argument(&mut self, name: &ast::Name, params: &[Field], callee: &ast::Name) {
        let mut diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            self.place(name.span),
            format!("`{}` has no parameter `{}`", callee.text, name.text),
        );
        let names = params.iter().map(|param| param.name.as_str());
        diagnostic.help = did_you_mean(&name.text, names.clone()).or_else(|| {
            let all: Vec<_> = names.map(|name| format!("`{name}`")).collect();
            (!all.is_empty()).then(|| format!("it has {}", all.join(", ")))
        });
        self.report(diagnostic);
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
