//! Audiences.

use crate::diag::Diagnostics;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::ids::{ChannelId, EntityId};
use crate::model::names::Item;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Audience>,
    index: usize,
) -> (hir::Audience, Diagnostics) {
    let (profile, via) = cx.audiences.get(index).copied().unwrap_or_default();
    let audience = hir::Audience {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        via: via.unwrap_or(ChannelId(u32::MAX)),
    };
    (audience, Diagnostics::default())
}
