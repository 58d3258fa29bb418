//! Channels.

use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::ids::EntityId;
use crate::model::names::Item;
use crate::model::types::ChannelKind;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Channel>,
    index: usize,
) -> (hir::Channel, Diagnostics) {
    let head = cx.channels.get(index);
    let profile = head.and_then(|head| head.profile);
    let body = Body::about(cx, item.file, item.decl.broken, &item.ast.subject, profile);
    let (locals, diagnostics) = body.finish();
    let channel = hir::Channel {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        kind: head
            .and_then(|head| head.kind)
            .unwrap_or(ChannelKind::Email),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        locals,
        address: None,
        sender: None,
        cost: None,
        lead: None,
        capacity: None,
        shares: Vec::new(),
        broken: item.decl.broken,
    };
    (channel, diagnostics)
}
