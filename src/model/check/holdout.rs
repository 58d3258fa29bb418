//! Holdouts: control groups that the gate keeps from some purposes.

use super::reach;
use crate::diag::codes::types::OUT_OF_RANGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::{self, Const};
use crate::model::ids::EntityId;
use crate::model::names::Item;
use crate::model::types::Ty;
use crate::syntax::ast;
use rust_decimal::Decimal;

/// Checks one holdout. An unknown profile is reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Holdout>,
    index: usize,
) -> (hir::Holdout, Diagnostics) {
    let ast = item.ast;
    let profile = cx.holdouts.get(index).copied().flatten();
    let mut body = Body::about(cx, item.file, item.broken, &ast.subject, profile);
    let share = match body.constant(&ast.share, &Ty::Percent) {
        Some(Const::Percent(share)) => share,
        _ => Decimal::ONE,
    };
    if share <= Decimal::ZERO || share >= Decimal::ONE_HUNDRED {
        let diagnostic = Diagnostic::new(
            &OUT_OF_RANGE,
            body.place(ast.share.span),
            format!("a holdout of {share}% leaves nobody to compare"),
        )
        .help("write a share of more than 0% and less than 100%");
        body.report(diagnostic);
    }
    let holdout = hir::Holdout {
        name: ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        share,
        purposes: reach::purposes(&mut body, &ast.purposes),
        redrawn: ast.redrawn,
    };
    (holdout, body.finish().1)
}
