//! `@sensitive` fields choose nobody for an audience: who is on a list would tell what they say.

use crate::diag::codes::flow::SENSITIVE_LIST;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::cx::Cx;
use crate::model::hir::{Expr, ExprKind, Journey, Model, Step, StepKind, visit};
use crate::model::ids::{MeasureId, SegmentId};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// A condition or value with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Derived {
    Segment(SegmentId),
    Measure(MeasureId),
}

/// Reports every `add to` that stands after a condition on a sensitive field, read by itself or
/// through segments and measures.
pub(super) fn report(cx: &Cx<'_>, model: &Model, out: &mut Diagnostics) {
    let has_sensitive = cx
        .entities
        .iter()
        .flat_map(|entity| &entity.fields)
        .any(|field| field.annotations.sensitive);
    if !has_sensitive || model.audiences.is_empty() {
        return;
    }
    let sensitive = Sensitive::of(cx, model);
    for journey in model.journeys.iter().filter(|journey| !journey.broken) {
        sensitive.journey(journey, out);
    }
}

struct Sensitive<'m> {
    cx: &'m Cx<'m>,
    derived: FxHashSet<Derived>,
}

impl<'m> Sensitive<'m> {
    /// Finds the segments and measures that read a sensitive field, each looked at once.
    fn of(cx: &'m Cx<'m>, model: &Model) -> Self {
        let segments = (0..).map(SegmentId).map(Derived::Segment);
        let measures = (0..).map(MeasureId).map(Derived::Measure);
        let all = segments
            .zip(&model.segments)
            .chain(measures.zip(&model.measures));
        let mut readers: FxHashMap<Derived, Vec<Derived>> = FxHashMap::default();
        let mut open: Vec<Derived> = Vec::new();
        for (reader, derived) in all {
            visit::each_expr(&derived.value, |expr| {
                if let Some(read) = of_derived(expr) {
                    readers.entry(read).or_default().push(reader);
                } else if is_sensitive(cx, expr) {
                    open.push(reader);
                }
            });
        }
        let mut found = FxHashSet::default();
        while let Some(derived) = open.pop() {
            if found.insert(derived) {
                open.extend(readers.get(&derived).into_iter().flatten());
            }
        }
        Self { cx, derived: found }
    }

    /// Goes through a journey in the order of the source.
    fn journey(&self, journey: &Journey, out: &mut Diagnostics) {
        let mut read: Option<Span> = None;
        let mut reported = false;
        visit::of_header(journey, &mut |expr| {
            read = read.or_else(|| self.read_in(expr))
        });
        visit::each_step(&journey.steps, &mut |step| {
            if let (StepKind::AddTo(_), Some(read), false) = (&step.kind, read, reported) {
                out.push(listed(journey, step, read));
                reported = true;
            }
            if matches!(
                step.kind,
                StepKind::If { .. }
                    | StepKind::Match { .. }
                    | StepKind::Repeat { .. }
                    | StepKind::Wait(_)
            ) {
                visit::of_step(step, &mut |expr| read = read.or_else(|| self.read_in(expr)));
            }
        });
    }

    /// The first place in an expression that reads a sensitive field.
    fn read_in(&self, root: &Expr) -> Option<Span> {
        let mut found = None;
        visit::each_expr(root, |expr| {
            let reads = is_sensitive(self.cx, expr)
                || of_derived(expr).is_some_and(|derived| self.derived.contains(&derived));
            if reads && found.is_none() {
                found = Some(expr.span);
            }
        });
        found
    }
}

fn listed(journey: &Journey, step: &Step, read: Span) -> Diagnostic {
    let file = journey.place.file;
    Diagnostic::new(
        &SENSITIVE_LIST,
        step.span.in_file(file),
        "a condition on a `@sensitive` field decides who is added here",
    )
    .label("comes after the condition")
    .other(read.in_file(file), "the condition reads it here")
    .help("choose the people without that field")
}

fn is_sensitive(cx: &Cx<'_>, expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Field { field, .. } => cx
            .field(*field)
            .is_some_and(|field| field.annotations.sensitive),
        _ => false,
    }
}

fn of_derived(expr: &Expr) -> Option<Derived> {
    match &expr.kind {
        ExprKind::InSegment { segment, .. } => Some(Derived::Segment(*segment)),
        ExprKind::Measure { measure, .. } => Some(Derived::Measure(*measure)),
        _ => None,
    }
}
