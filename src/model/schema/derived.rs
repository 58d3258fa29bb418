//! Segments and measures: checked one by one, each after those it reads, and held to an end.

use crate::diag::codes::types::{CIRCULAR_DEFINITION, WRONG_FIELD_TYPE};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::visit::each_expr;
use crate::model::hir::{Derived, ExprKind};
use crate::model::ids::{EntityId, MeasureId, SegmentId};
use crate::model::names::{Item, Named};
use crate::model::taken::{Owned, Taken};
use crate::model::types::Ty;
use crate::source::{Place, Span};
use crate::syntax::ast::{self, ExprKind as Written, InSet};
use rayon::prelude::*;
use smol_str::SmolStr;

/// Checks every segment and every measure, and gives them up. Fills in the types of the measures.
pub fn check(
    cx: &Cx<'_>,
    taken: &mut Taken,
    diagnostics: &mut Diagnostics,
) -> (Vec<Derived>, Vec<Derived>) {
    let mut trees = std::mem::take(&mut taken.measures);
    trees.sort_unstable_by_key(|owned| owned.index);
    let mut measures: Vec<Option<(Derived, Diagnostics)>> = Vec::new();
    measures.resize_with(trees.len(), || None);
    for batch in batches(cx, &trees) {
        let checked: Vec<_> = batch
            .into_par_iter()
            .map(|id| (id, measure(cx, &trees, id)))
            .collect();
        for (id, checked) in checked {
            if let Some(slot) = measures.get_mut(id.index()) {
                *slot = checked;
            }
        }
    }
    let mut take = |(derived, found): (Derived, Diagnostics)| {
        diagnostics.append(found);
        derived
    };
    let measures: Vec<Derived> = measures.into_iter().flatten().map(&mut take).collect();
    drop(trees);
    taken.segments.sort_unstable_by_key(|owned| owned.index);
    let segments: Vec<_> = std::mem::take(&mut taken.segments)
        .into_par_iter()
        .zip(&cx.segments)
        .map(|(owned, entity)| one(cx, &owned.item(), *entity, Some(&Ty::Bool)))
        .collect();
    let segments: Vec<Derived> = segments.into_iter().map(&mut take).collect();
    circles(&segments, &measures, diagnostics);
    (segments, measures)
}

fn measure(
    cx: &Cx<'_>,
    trees: &[Owned<ast::Derived>],
    id: MeasureId,
) -> Option<(Derived, Diagnostics)> {
    let owned = trees.get(id.index())?;
    let head = cx.measures.get(id.index())?;
    let checked = one(cx, &owned.item(), head.entity, None);
    head.ty.get_or_init(|| checked.0.value.ty.clone());
    Some(checked)
}

fn one(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Derived>,
    entity: Option<EntityId>,
    expected: Option<&Ty>,
) -> (Derived, Diagnostics) {
    let mut body = Body::about(cx, item.file, item.broken, &item.ast.subject, entity);
    let value = match expected {
        Some(_) => body.condition(&item.ast.value).0,
        None => body.infer(&item.ast.value),
    };
    if expected.is_none() && !is_plain(&value.ty) {
        let found = cx.ty_name(&value.ty);
        body.error_with(
            &WRONG_FIELD_TYPE,
            item.ast.value.span,
            format!("a measure is a plain value, and this is of type `{found}`"),
            "read one value of it",
        );
    }
    let (locals, found) = body.finish();
    let derived = Derived {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        entity: entity.unwrap_or(EntityId(u32::MAX)),
        locals,
        value,
        broken: item.broken,
    };
    (derived, found)
}

/// Whether a measure may be of a type.
fn is_plain(ty: &Ty) -> bool {
    !matches!(
        ty.known(),
        Ty::Consent(_) | Ty::Event(_) | Ty::Result(_) | Ty::List(_)
    )
}

/// The measures in batches, each measure in a later batch than those that its text reads.
///
/// If some lead in a circle, every batch has one, in the order of the names, so that the check
/// meets the circle at the same place on every run.
fn batches(cx: &Cx<'_>, trees: &[Owned<ast::Derived>]) -> Vec<Vec<MeasureId>> {
    let reads: Vec<Vec<MeasureId>> = trees
        .iter()
        .map(|owned| measures_named(cx, &owned.ast.value))
        .collect();
    let order = in_order_of_reading(&reads);
    let mut levels: Vec<Option<usize>> = vec![None; reads.len()];
    let mut batches: Vec<Vec<MeasureId>> = Vec::new();
    for id in &order {
        let read = reads.get(id.index()).map_or(&[][..], Vec::as_slice);
        let mut level = 0;
        for read in read {
            match levels.get(read.index()) {
                Some(Some(below)) => level = level.max(below + 1),
                _ => return order.into_iter().map(|id| vec![id]).collect(),
            }
        }
        if let Some(slot) = levels.get_mut(id.index()) {
            *slot = Some(level);
        }
        if batches.len() <= level {
            batches.resize_with(level + 1, Vec::new);
        }
        if let Some(batch) = batches.get_mut(level) {
            batch.push(*id);
        }
    }
    batches
}

/// The measures, each after those that its text reads, but for circles.
fn in_order_of_reading(reads: &[Vec<MeasureId>]) -> Vec<MeasureId> {
    let mut order = Vec::with_capacity(reads.len());
    let mut seen = vec![false; reads.len()];
    for start in (0..).map(MeasureId).take(reads.len()) {
        // A measure is left when all that it reads is: `next` says which comes next.
        let mut open: Vec<(MeasureId, usize)> = vec![(start, 0)];
        while let Some((id, next)) = open.pop() {
            let Some(seen) = seen.get_mut(id.index()) else {
                continue;
            };
            if next == 0 && std::mem::replace(seen, true) {
                continue;
            }
            match reads.get(id.index()).and_then(|reads| reads.get(next)) {
                Some(read) => {
                    open.push((id, next + 1));
                    open.push((*read, 0));
                }
                None => order.push(id),
            }
        }
    }
    order
}

/// The measures that stand after a dot in an expression.
fn measures_named(cx: &Cx<'_>, expr: &ast::Expr) -> Vec<MeasureId> {
    let mut found = Vec::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        if let Written::Field { name, .. } = &expr.kind
            && let Some(Named::Measure(id)) = cx.named(&name.text)
        {
            found.push(id);
        }
        parts(expr, &mut open);
    }
    found
}

fn parts<'e>(expr: &'e ast::Expr, open: &mut Vec<&'e ast::Expr>) {
    match &expr.kind {
        Written::Literal(_) | Written::Name(_) | Written::Permitted { .. } | Written::Broken => {}
        Written::Field { base: inner, .. }
        | Written::Not(inner)
        | Written::Negate(inner)
        | Written::Ago(inner)
        | Written::FromNow(inner)
        | Written::Paren(inner)
        | Written::Is { item: inner, .. } => open.push(inner),
        Written::Call { args: items, .. }
        | Written::And(items)
        | Written::Or(items)
        | Written::Coalesce(items)
        | Written::List(items) => open.extend(items),
        Written::Aggregate { value, rows, .. } => {
            open.extend(value.as_deref());
            row_parts(rows, open);
        }
        Written::Pick { rows, by, .. } | Written::Top { rows, by, .. } => {
            open.push(by);
            row_parts(rows, open);
        }
        Written::Arithmetic { first, rest } => {
            open.push(first);
            open.extend(rest.iter().map(|(_, operand)| operand));
        }
        Written::Compare { left, right, .. } => open.extend([left.as_ref(), right]),
        Written::In { item, set, .. } => {
            open.push(item);
            match set.as_ref() {
                InSet::Range { low, high } => open.extend([low, high]),
                InSet::Expr(set) => open.push(set),
            }
        }
    }
}

fn row_parts<'e>(rows: &'e ast::Rows, open: &mut Vec<&'e ast::Expr>) {
    open.push(&rows.source);
    open.extend(&rows.of);
    open.extend(&rows.filter);
}

/// A segment or a measure, and the places where it reads others.
struct Node<'m> {
    name: &'m SmolStr,
    place: Place,
    /// Position of what is read among all nodes, and where.
    reads: Vec<(usize, Span)>,
}

/// Reports segments and measures that lead back to themselves, each circle once.
fn circles(segments: &[Derived], measures: &[Derived], diagnostics: &mut Diagnostics) {
    let nodes: Vec<Node<'_>> = segments
        .iter()
        .chain(measures)
        .map(|derived| {
            let mut reads = Vec::new();
            each_expr(&derived.value, |expr| match expr.kind {
                ExprKind::InSegment {
                    segment: SegmentId(id),
                    ..
                } => reads.push((id as usize, expr.span)),
                ExprKind::Measure {
                    measure: MeasureId(id),
                    ..
                } => reads.push((segments.len() + id as usize, expr.span)),
                _ => {}
            });
            Node {
                name: &derived.name,
                place: derived.place,
                reads,
            }
        })
        .collect();
    let mut done = vec![false; nodes.len()];
    let mut on_path = vec![false; nodes.len()];
    for start in 0..nodes.len() {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((id, next)) = path.pop() {
            let (Some(node), Some(done), Some(on)) =
                (nodes.get(id), done.get_mut(id), on_path.get_mut(id))
            else {
                continue;
            };
            if *done {
                continue;
            }
            let Some((read, span)) = node.reads.get(next) else {
                (*done, *on) = (true, false);
                continue;
            };
            *on = true;
            path.push((id, next + 1));
            if on_path.get(*read).copied().unwrap_or(false) {
                diagnostics.push(circle(&nodes, &path, *read, *span));
            } else {
                path.push((*read, 0));
            }
        }
    }
}

/// What is said of the end of `path` reading `back`, which stands on it.
fn circle(nodes: &[Node<'_>], path: &[(usize, usize)], back: usize, span: Span) -> Diagnostic {
    let around: Vec<&Node<'_>> = path
        .iter()
        .skip_while(|(id, _)| *id != back)
        .filter_map(|(id, _)| nodes.get(*id))
        .collect();
    let name = nodes.get(back).map_or("", |node| node.name.as_str());
    let place = around.last().map_or_else(
        || span.in_file(crate::source::FileId(0)),
        |node| span.in_file(node.place.file),
    );
    let mut diagnostic = Diagnostic::new(
        &CIRCULAR_DEFINITION,
        place,
        format!("`{name}` leads back to itself"),
    )
    .help("define it without reading itself, directly or through others");
    for node in around.iter().take(8) {
        diagnostic = diagnostic.other(node.place, format!("`{}` reads the next one", node.name));
    }
    diagnostic
}
