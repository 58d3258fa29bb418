//! Settings: one value for all.

use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::{self, Const};
use crate::model::names::Item;
use crate::model::types::Ty;
use crate::syntax::ast;

/// Checks one setting. A wrong type is reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Setting>,
    index: usize,
) -> (hir::Setting, Diagnostics) {
    let mut body = Body::new(cx, item.file, item.broken);
    let ty = cx.settings.get(index).cloned().unwrap_or(Ty::Error);
    let value = body.constant(&item.ast.value, ty.known());
    let setting = hir::Setting {
        name: item.ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        ty,
        value: value.unwrap_or(Const::Bool(false)),
    };
    (setting, body.finish().1)
}
