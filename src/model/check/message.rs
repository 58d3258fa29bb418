//! Messages.

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
    item: &Item<'_, ast::Message>,
    index: usize,
) -> (hir::Message, Diagnostics) {
    let head = cx.messages.get(index);
    let message = hir::Message {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        profile: head
            .and_then(|head| head.profile)
            .unwrap_or(EntityId(u32::MAX)),
        subject: item.ast.subject.name.text.clone(),
        params: head.map_or_else(Vec::new, |head| head.params.clone()),
        purpose: head.and_then(|head| head.purpose),
        external: head.is_some_and(|head| head.external),
        contents: Vec::new(),
        broken: item.decl.broken,
    };
    (message, Diagnostics::default())
}
