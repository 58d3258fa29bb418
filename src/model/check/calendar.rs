//! Calendars.

use crate::diag::Diagnostics;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::names::Item;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Calendar>,
    index: usize,
) -> (hir::Calendar, Diagnostics) {
    let _ = (cx, index);
    let calendar = hir::Calendar {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        weekend: Vec::new(),
        holidays: Vec::new(),
    };
    (calendar, Diagnostics::default())
}
