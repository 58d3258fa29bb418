//! Audiences: lists at a third party.

use super::reach::foreign_channel;
use crate::diag::codes::consent::NOT_A_LIST_CHANNEL;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::ids::{ChannelId, EntityId};
use crate::model::names::Item;
use crate::model::types::ChannelKind;
use crate::syntax::ast;

/// Checks one audience. An unknown profile is reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Audience>,
    index: usize,
) -> (hir::Audience, Diagnostics) {
    let ast = item.ast;
    let (profile, _) = cx.audiences.get(index).copied().unwrap_or_default();
    let mut body = Body::about(cx, item.file, item.broken, &ast.subject, profile);
    let via = body.resolve::<ChannelId>(&ast.via);
    if let Some(via) = via
        && let Some(head) = cx.channels.get(via.index())
    {
        if let Some(kind) = head.kind
            && !matches!(kind, ChannelKind::Audience | ChannelKind::Webhook)
        {
            let mut diagnostic = Diagnostic::new(
                &NOT_A_LIST_CHANNEL,
                body.place(ast.via.span),
                format!(
                    "channel `{}` is of kind `{}` and keeps no lists",
                    ast.via.text,
                    kind.word()
                ),
            )
            .help("name a channel of kind `audience` or `webhook`");
            if let Some(channel) = cx.names.channels.get(via.index()) {
                diagnostic = diagnostic.other(channel.place(), "the channel");
            }
            body.report(diagnostic);
        }
        if profile.is_some() && head.profile.is_some() && profile != head.profile {
            foreign_channel(&mut body, &ast.via, via, profile);
        }
    }
    let audience = hir::Audience {
        name: ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        via: via.unwrap_or(ChannelId(u32::MAX)),
    };
    (audience, body.finish().1)
}
