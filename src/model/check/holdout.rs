//! Holdouts.

use crate::diag::Diagnostics;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::ids::EntityId;
use crate::model::names::Item;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Holdout>,
    index: usize,
) -> (hir::Holdout, Diagnostics) {
    let profile = cx.holdouts.get(index).copied().flatten();
    let holdout = hir::Holdout {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        share: rust_decimal::Decimal::ZERO,
        purposes: Vec::new(),
        redrawn: item.ast.redrawn,
    };
    (holdout, Diagnostics::default())
}
