//! What to write where a value may be unknown: the same condition, with the question before it.

use super::{Body, Known, Path};
use crate::diag::codes::types::UNHANDLED_UNKNOWN;
use crate::diag::{Diagnostic, Fix};
use crate::model::hir::Expr;
use crate::model::types::Ty;
use crate::source::Span;

/// Longer conditions are not repeated in a help.
const LONGEST_CONDITION: usize = 100;

/// The condition that is being read, as far as a question can stand before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// The innermost part of it without `and` and `or`, with the `not`s before it.
    part: Option<Span>,
    /// The `not` that the next part stands behind.
    negated: Option<Span>,
    /// The paths whose question stands on the wrong side: before `or` (`false`) or `and` (`true`).
    misled: Vec<(Known, bool)>,
}

impl Body<'_, '_> {
    /// Reads a part of a condition: a question about a value in it goes before the whole part.
    pub(super) fn asking<R>(&mut self, span: Span, read: impl FnOnce(&mut Self) -> R) -> R {
        let own = self.asked.negated.take().unwrap_or(span);
        let before = self.asked.part.replace(own);
        let result = read(self);
        self.asked.part = before;
        result
    }

    /// Reads what stands behind `not`.
    pub(super) fn negating<R>(&mut self, span: Span, read: impl FnOnce(&mut Self) -> R) -> R {
        self.asked.negated.get_or_insert(span);
        let result = read(self);
        self.asked.negated = None;
        result
    }

    /// Reads operands of `and` or `or`, which begin no part that was begun before.
    pub(super) fn joining<R>(&mut self, read: impl FnOnce(&mut Self) -> R) -> R {
        let negated = self.asked.negated.take();
        let misled = self.asked.misled.len();
        let result = read(self);
        self.asked.misled.truncate(misled);
        self.asked.negated = negated;
        result
    }

    /// An operand says of these paths that they are known, or not, in a chain where it is of no use to
    /// the operands behind it.
    pub(super) fn misleads(&mut self, paths: Known, and: bool) {
        if !paths.is_empty() {
            self.asked.misled.push((paths, and));
        }
    }

    /// Reports a value that may be unknown where a known one is needed.
    pub(super) fn unhandled(&mut self, expr: &Expr) {
        let quoted = self.quote(expr.span);
        let what = match &quoted {
            Some(text) => format!("`{text}` may be unknown"),
            None => "this value may be unknown".to_owned(),
        };
        let named = quoted.as_deref().unwrap_or("...");
        let default = default_of(expr.ty.known());
        let path = Path::of(expr);
        let Some(path) = path else {
            let help = format!("say what counts where there is none: `{named} ?? {default}`");
            self.error_with(&UNHANDLED_UNKNOWN, expr.span, what, help);
            return;
        };
        let mut misled = self.asked.misled.iter().rev();
        let help = match misled.find(|(paths, _)| paths.contains(&path)) {
            Some((_, false)) => format!(
                "write `and` instead of `or`: behind `{named} is known or`, it may be unknown"
            ),
            Some((_, true)) => format!(
                "write `{named} is known and`: behind `{named} is unknown and`, it never has a value"
            ),
            None => match self.corrected(named) {
                Some((part, before)) => {
                    let (asked, said) = (format!("{named} is known and "), before);
                    let help = format!("write `{asked}{said}`");
                    let at = self.place(Span::at(part.start));
                    let found = Diagnostic::new(&UNHANDLED_UNKNOWN, self.place(expr.span), what)
                        .label(format!(
                            "or say here what counts instead: `{named} ?? {default}`"
                        ));
                    self.report(found.help(help.clone()).fix(Fix::chosen(help, at, asked)));
                    return;
                }
                None => format!(
                    "say what counts instead, as in `{named} ?? {default}`, or ask first: `if {named} is known {{ ... }}`"
                ),
            },
        };
        self.error_with(&UNHANDLED_UNKNOWN, expr.span, what, help);
    }

    /// The part of the condition in which a value stands, and its text, if it is short and a question
    /// may stand before it.
    pub(super) fn corrected(&self, named: &str) -> Option<(Span, String)> {
        let part = self.asked.part.filter(|_| named != "...")?;
        let text = part.text(self.cx.input.sources.text(self.file));
        let short = !text.is_empty()
            && text.len() + named.len() <= LONGEST_CONDITION
            && !text.contains(['\n', '`']);
        short.then(|| (part, text.to_owned()))
    }
}

/// A value of a type that counts as nothing, as it is written; dots where there is none.
fn default_of(ty: &Ty) -> String {
    match ty {
        Ty::Int(_) | Ty::Decimal => "0".to_owned(),
        Ty::Percent => "0%".to_owned(),
        Ty::Money(currency) => format!("0 {}", currency.code()),
        Ty::Bool => "no".to_owned(),
        _ => "...".to_owned(),
    }
}
