//! Purposes.

use crate::diag::Diagnostics;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::names::Item;
use crate::model::types::PurposeKind;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Purpose>,
    index: usize,
) -> (hir::Purpose, Diagnostics) {
    let kind = cx.purposes.get(index).copied().flatten();
    let purpose = hir::Purpose {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        kind: kind.unwrap_or(PurposeKind::Service),
        because: item.ast.because.as_ref().map(|text| text.value.clone()),
    };
    (purpose, Diagnostics::default())
}
