//! Whether a condition looks at something that happened: a dated row or an event.

use crate::model::hir::visit::each_expr;
use crate::model::hir::{Expr, ExprKind, Model, Source};
use crate::model::ids::{EntityId, FieldId, MeasureId, SegmentId};
use rustc_hash::FxHashSet;

/// Whether a condition reads events, rows with an `@occurred` field, or such a field itself;
/// directly, or in a segment or measure that it names.
pub(super) fn is_dated(model: &Model, condition: &Expr) -> bool {
    let mut search = Search {
        model,
        open: vec![condition],
        segments: FxHashSet::default(),
        measures: FxHashSet::default(),
    };
    while let Some(expr) = search.open.pop() {
        if search.looks_at_dated(expr) {
            return true;
        }
    }
    false
}

/// A search that goes into every segment and measure once.
struct Search<'m> {
    model: &'m Model,
    open: Vec<&'m Expr>,
    segments: FxHashSet<SegmentId>,
    measures: FxHashSet<MeasureId>,
}

impl<'m> Search<'m> {
    fn looks_at_dated(&mut self, root: &'m Expr) -> bool {
        let mut dated = false;
        each_expr(root, |expr| match &expr.kind {
            ExprKind::Aggregate { rows, .. }
            | ExprKind::Pick { rows, .. }
            | ExprKind::Top { rows, .. } => dated |= self.source(&rows.source),
            ExprKind::Field { field, .. } => dated |= self.occurred(*field),
            ExprKind::InSegment { segment, .. } if self.segments.insert(*segment) => {
                let segment = self.model.segments.get(segment.index());
                self.open.extend(segment.map(|segment| &segment.value));
            }
            ExprKind::Measure { measure, .. } if self.measures.insert(*measure) => {
                let measure = self.model.measures.get(measure.index());
                self.open.extend(measure.map(|measure| &measure.value));
            }
            // What is wrong in it is reported already.
            ExprKind::Error => dated = true,
            _ => {}
        });
        dated
    }

    fn source(&self, source: &Source) -> bool {
        match source {
            Source::Relation { via, .. } => self.rows(via.entity),
            Source::Table(entity) => self.rows(*entity),
            Source::One(_) => false,
            Source::Events { .. }
            | Source::ChannelEvents { .. }
            | Source::MessageEvents { .. }
            | Source::SendEvents { .. }
            | Source::JourneyEvents { .. } => true,
        }
    }

    fn rows(&self, entity: EntityId) -> bool {
        let entity = self.model.entities.get(entity.index());
        entity.is_some_and(|entity| entity.occurred.is_some())
    }

    fn occurred(&self, field: FieldId) -> bool {
        let entity = self.model.entities.get(field.entity.index());
        entity.is_some_and(|entity| entity.occurred == Some(field.index))
    }
}
