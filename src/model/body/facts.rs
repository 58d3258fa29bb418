//! What a condition tells about values that may be unknown.

use crate::model::cx::Cx;
use crate::model::hir::{ConsentPart, EventField, Expr, ExprKind, Locals};
use crate::model::ids::{FieldId, LocalId, MeasureId};
use crate::model::types::LocalKind;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A path from a variable to a value: `member.phone`, `click.url`. Only paths are narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path {
    /// The variable.
    pub local: LocalId,
    /// The steps from it.
    pub parts: Vec<Part>,
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// A field of a row.
    Field(FieldId),
    /// A field of an event.
    Event(EventField),
    /// A field of an action's result.
    Result(u32),
    /// A part of a consent record.
    Consent(ConsentPart),
    /// A measure of a row.
    Measure(MeasureId),
}

impl Path {
    /// The path that an expression is, if it is one.
    #[must_use]
    pub fn of(expr: &Expr) -> Option<Self> {
        let mut parts = Vec::new();
        let mut expr = expr;
        let local = loop {
            match &expr.kind {
                ExprKind::Local(local) => break *local,
                ExprKind::Field { of, field } => {
                    parts.push(Part::Field(*field));
                    expr = of;
                }
                ExprKind::EventField { of, field } => {
                    parts.push(Part::Event(*field));
                    expr = of;
                }
                ExprKind::ResultField { of, index } => {
                    parts.push(Part::Result(*index));
                    expr = of;
                }
                ExprKind::ConsentPart { of, part } => {
                    parts.push(Part::Consent(*part));
                    expr = of;
                }
                ExprKind::Measure { measure, of } => {
                    parts.push(Part::Measure(*measure));
                    expr = of;
                }
                ExprKind::Known(of) => expr = of,
                _ => return None,
            }
        };
        parts.reverse();
        Some(Self { local, parts })
    }

    /// This path and every shorter one: what `a?.b is known` tells of `a` too.
    #[must_use]
    pub fn with_prefixes(self) -> Known {
        let mut known = BTreeSet::new();
        for length in 1..self.parts.len() {
            known.insert(Self {
                local: self.local,
                parts: self.parts.iter().take(length).copied().collect(),
            });
        }
        known.insert(self);
        Known(Arc::new(known))
    }

    /// Whether what is known of it survives a rest: a path through `@key` and `@fixed` fields,
    /// or a field of a bound event or result, or a parameter.
    #[must_use]
    pub fn kept(&self, cx: &Cx<'_>, locals: &Locals) -> bool {
        let bound = locals
            .0
            .get(self.local.index())
            .is_some_and(|local| local.kind != LocalKind::Row);
        bound
            && self.parts.iter().all(|part| match part {
                Part::Field(id) => cx
                    .field(*id)
                    .is_some_and(|field| field.annotations.key || field.annotations.fixed),
                Part::Event(_) | Part::Result(_) => true,
                Part::Consent(_) | Part::Measure(_) => false,
            })
    }
}

/// The paths that are known to have a value. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known(Arc<BTreeSet<Path>>);

impl Known {
    /// Just one path.
    #[must_use]
    pub fn one(path: Path) -> Self {
        Self(Arc::new(BTreeSet::from([path])))
    }

    /// Whether a path is known.
    #[must_use]
    pub fn contains(&self, path: &Path) -> bool {
        self.0.contains(path)
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is known when both hold.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.add(other);
        self
    }

    /// What is known when one of both holds.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        if Arc::ptr_eq(&self.0, &other.0) {
            return self;
        }
        Self(Arc::new(self.0.intersection(&other.0).cloned().collect()))
    }

    /// Adds what is known besides.
    pub fn add(&mut self, other: &Self) {
        if other.is_empty() || Arc::ptr_eq(&self.0, &other.0) {
            return;
        }
        if self.is_empty() {
            *self = other.clone();
            return;
        }
        Arc::make_mut(&mut self.0).extend(other.0.iter().cloned());
    }

    /// Forgets the paths for which `keep` says no.
    pub fn retain(&mut self, keep: impl FnMut(&Path) -> bool) {
        if !self.is_empty() {
            Arc::make_mut(&mut self.0).retain(keep);
        }
    }
}

/// What a condition tells: when it holds, and when it does not.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Known when the condition holds.
    pub when_true: Known,
    /// Known when it does not.
    pub when_false: Known,
}

impl Facts {
    /// The facts of the negated condition.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            when_true: self.when_false,
            when_false: self.when_true,
        }
    }
}
