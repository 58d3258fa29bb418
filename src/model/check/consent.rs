//! Consent blocks.

use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::ids::EntityId;
use crate::model::names::Item;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::ConsentBlock>,
    index: usize,
) -> (hir::ConsentBlock, Diagnostics) {
    let _ = index;
    let profile = cx.names.lookup::<EntityId>(&item.ast.subject.entity.text);
    let body = Body::about(cx, item.file, item.decl.broken, &item.ast.subject, profile);
    let (locals, diagnostics) = body.finish();
    let block = hir::ConsentBlock {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        locals,
        filter: None,
        under: Vec::new(),
        rules: Vec::new(),
    };
    (block, diagnostics)
}

/// What concerns several declarations of the house at once.
pub fn whole(_cx: &Cx<'_>, _model: &hir::Model, _diagnostics: &mut Diagnostics) {}
