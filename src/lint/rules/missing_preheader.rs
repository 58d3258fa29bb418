//! `missing-preheader`: an email without the line that stands beside its subject in the inbox.

use crate::diag::codes::lint::MISSING_PREHEADER;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::measure::slot_named;
use crate::model::types::ChannelKind;

/// Looks at the emails. A body may bring a line of its own: `mj-preview`.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_part(ChannelKind::Email, |content, part| {
        let in_body =
            slot_named(part, "body").is_some_and(|body| body.source.contains("<mj-preview"));
        if in_body || slot_named(part, "preheader").is_some() {
            return;
        }
        out.push(
            Diagnostic::new(
                &MISSING_PREHEADER,
                contents.head(part),
                format!(
                    "this email of `{}` in `{}` has no preheader: inboxes show the start of its body",
                    contents.message.name, content.language
                ),
            )
            .help("add `preheader \"...\"` behind the subject: 40 to 100 characters that go on from it"),
        );
    });
}
