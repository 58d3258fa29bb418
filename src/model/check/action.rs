//! Actions.

use crate::diag::Diagnostics;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::names::Item;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Action>,
    index: usize,
) -> (hir::Action, Diagnostics) {
    let head = cx.actions.get(index);
    let action = hir::Action {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        params: head.map_or_else(Vec::new, |head| head.params.clone()),
        returns: head.map_or_else(Vec::new, |head| head.returns.clone()),
        post: None,
        timeout: None,
        secret: None,
        broken: item.decl.broken,
    };
    (action, Diagnostics::default())
}
