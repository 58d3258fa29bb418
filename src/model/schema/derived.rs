//! Segments and measures: checked one by one, each after those it reads.

use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::Derived;
use crate::model::ids::EntityId;
use crate::model::names::Item;
use crate::model::types::Ty;
use crate::syntax::ast;

/// Checks every segment and every measure. Fills in the types of the measures.
pub fn check(cx: &Cx<'_>, diagnostics: &mut Diagnostics) -> (Vec<Derived>, Vec<Derived>) {
    let segments = cx
        .names
        .segments
        .iter()
        .zip(&cx.segments)
        .map(|(item, entity)| one(cx, item, *entity, Some(&Ty::Bool), diagnostics))
        .collect();
    let measures = cx
        .names
        .measures
        .iter()
        .zip(&cx.measures)
        .map(|(item, head)| {
            let derived = one(cx, item, head.entity, None, diagnostics);
            head.ty.get_or_init(|| derived.value.ty.clone());
            derived
        })
        .collect();
    (segments, measures)
}

fn one(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Derived>,
    entity: Option<EntityId>,
    expected: Option<&Ty>,
    diagnostics: &mut Diagnostics,
) -> Derived {
    let mut body = Body::about(cx, item.file, item.decl.broken, &item.ast.subject, entity);
    let value = match expected {
        Some(ty) => body.check(&item.ast.value, ty),
        None => body.infer(&item.ast.value),
    };
    let (locals, found) = body.finish();
    diagnostics.append(found);
    Derived {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        entity: entity.unwrap_or(EntityId(u32::MAX)),
        locals,
        value,
        broken: item.decl.broken,
    }
}
