//! `match EXPR { a { } b, c { } else { } }`: every value in exactly one arm.

use super::Walk;
use super::steps::After;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::{DEAD_ARM, INCOMPLETE_MATCH};
use crate::diag::codes::types::{TYPE_MISMATCH, UNHANDLED_UNKNOWN};
use crate::model::body::{Facts, Known};
use crate::model::hir::{Const, Expr, StepKind};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast;

/// How many missing values are listed.
const LISTED: usize = 5;

impl<'a> Walk<'_, 'a> {
    /// A match. Without `else` it is exhaustive.
    pub(super) fn choice(&mut self, it: &'a ast::Match) -> StepKind {
        let (value, facts) = self.matched(it);
        let all = self.values(&value);
        let mut seen: Vec<Option<Span>> = vec![None; all.as_ref().map_or(0, Vec::len)];
        let mut after = After::default();
        let mut arms = Vec::with_capacity(it.arms.len());
        for arm in &it.arms {
            let mut constants = Vec::with_capacity(arm.patterns.len());
            for pattern in &arm.patterns {
                let Some(constant) = self.pattern(pattern, &value.ty) else {
                    continue;
                };
                self.note_pattern(&constant, pattern.span, all.as_deref(), &mut seen);
                constants.push(constant);
            }
            let told = match constants.as_slice() {
                [Const::Bool(true)] => facts.when_true.clone(),
                [Const::Bool(false)] => facts.when_false.clone(),
                _ => Known::default(),
            };
            let (steps, known) = self.block(&arm.block, &told);
            after.add(&steps, known);
            arms.push((constants, steps));
        }
        let missing: Vec<&Const> = all
            .iter()
            .flatten()
            .zip(&seen)
            .filter(|(_, seen)| seen.is_none())
            .map(|(value, _)| value)
            .collect();
        let sure = all.is_some()
            && arms
                .iter()
                .zip(&it.arms)
                .all(|(c, a)| c.0.len() == a.patterns.len());
        let otherwise = it.otherwise.as_ref().map(|block| {
            let (steps, known) = self.block(block, &Known::default());
            after.add(&steps, known);
            if sure && missing.is_empty() {
                self.body.error_with(
                    &DEAD_ARM,
                    block.span,
                    "this `else` is for nobody: the arms name every value",
                    "remove it",
                );
            }
            steps
        });
        if sure && otherwise.is_none() && !missing.is_empty() {
            self.incomplete(&missing, it.value.span);
        }
        self.body.set_known(after.known());
        StepKind::Match {
            value,
            arms,
            otherwise,
        }
    }

    /// The matched expression, and what it tells if it is a condition (its arms are `yes`, `no`).
    fn matched(&mut self, it: &'a ast::Match) -> (Expr, Facts) {
        let is_condition = it
            .arms
            .iter()
            .flat_map(|arm| &arm.patterns)
            .any(|pattern| bool_of(pattern).is_some());
        if is_condition {
            self.body.condition(&it.value)
        } else {
            (self.body.infer(&it.value), Facts::default())
        }
    }

    /// Every value of the matched type; `None` if it cannot be matched, which is reported.
    fn values(&mut self, value: &Expr) -> Option<Vec<Const>> {
        match &value.ty {
            Ty::Bool => Some(vec![Const::Bool(true), Const::Bool(false)]),
            Ty::Enum(id) => {
                let found = self
                    .cx
                    .enums
                    .get(id.index())
                    .filter(|found| !found.broken)?;
                let variants = (0..).zip(&found.variants);
                Some(variants.map(|(n, _)| Const::Variant(*id, n)).collect())
            }
            Ty::Channel(channels) => Some(channels.iter().map(|id| Const::Channel(*id)).collect()),
            Ty::Error => None,
            Ty::Optional(_) => {
                self.body.error_with(
                    &UNHANDLED_UNKNOWN,
                    value.span,
                    "this value may be unknown, and no arm is for that",
                    "ask `if ... is known` first, or give a value with `??`",
                );
                None
            }
            ty => {
                let ty = self.cx.ty_name(ty);
                self.body.error_with(
                    &TYPE_MISMATCH,
                    value.span,
                    format!("a `{ty}` cannot be matched"),
                    "match an enum, a channel or a bool, or use `if`",
                );
                None
            }
        }
    }

    fn pattern(&mut self, pattern: &'a ast::Expr, ty: &Ty) -> Option<Const> {
        if let (Ty::Bool, Some(value)) = (ty, bool_of(pattern)) {
            return Some(Const::Bool(value));
        }
        if ty.is_error() || ty.is_optional() {
            return None;
        }
        self.body.constant(pattern, ty)
    }

    fn note_pattern(
        &mut self,
        constant: &Const,
        span: Span,
        all: Option<&[Const]>,
        seen: &mut [Option<Span>],
    ) {
        let slot = match constant {
            Const::Variant(_, n) => seen.get_mut(*n as usize),
            constant => all
                .and_then(|all| all.iter().position(|value| value == constant))
                .and_then(|n| seen.get_mut(n)),
        };
        let Some(slot) = slot else { return };
        let Some(first) = *slot else {
            *slot = Some(span);
            return;
        };
        let name = self.value_name(constant);
        let (place, first) = (self.body.place(span), self.body.place(first));
        self.body.report(
            Diagnostic::new(
                &DEAD_ARM,
                place,
                format!("`{name}` is already in an arm above"),
            )
            .label("nobody comes here")
            .other(first, "they are all here")
            .help("remove it, or name another value"),
        );
    }

    fn incomplete(&mut self, missing: &[&Const], span: Span) {
        let mut names: Vec<String> = missing
            .iter()
            .take(LISTED)
            .map(|value| format!("`{}`", self.value_name(value)))
            .collect();
        if let Some(more) = missing.len().checked_sub(LISTED).filter(|more| *more > 0) {
            names.push(format!("{more} more"));
        }
        let message = format!("this match has no arm for {}", names.join(", "));
        let arms: Vec<String> = missing.iter().map(|value| self.value_name(value)).collect();
        let help = format!(
            "add an arm `{} {{ ... }}`, or `else {{ ... }}`",
            arms.get(..LISTED).unwrap_or(&arms).join(", ")
        );
        self.body.error_with(&INCOMPLETE_MATCH, span, message, help);
    }

    fn value_name(&self, value: &Const) -> String {
        match value {
            Const::Bool(true) => "yes".to_owned(),
            Const::Bool(false) => "no".to_owned(),
            Const::Variant(id, n) => self
                .cx
                .enums
                .get(id.index())
                .and_then(|found| found.variants.get(*n as usize))
                .map_or_else(String::new, |(name, _)| name.to_string()),
            Const::Channel(id) => self.cx.channel_name(*id).to_owned(),
            _ => String::new(),
        }
    }
}

/// `yes` or `no` as a pattern.
fn bool_of(pattern: &ast::Expr) -> Option<bool> {
    match &pattern.kind {
        ast::ExprKind::Name(name) if name.text == "yes" => Some(true),
        ast::ExprKind::Name(name) if name.text == "no" => Some(false),
        ast::ExprKind::Literal(ast::Literal::Bool(value)) => Some(*value),
        _ => None,
    }
}
