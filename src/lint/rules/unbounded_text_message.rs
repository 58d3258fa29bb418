//! `unbounded-text-message`: a text message shows something of which nobody knows the length.
//!
//! URLs are left out: their type has no bound to give.

use crate::diag::codes::lint::UNBOUNDED_TEXT_MESSAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::lint::contents::each_part;
use crate::measure::slot_named;
use crate::model::hir::Message;
use crate::model::types::ChannelKind;
use crate::template::measure::Cause;

/// Looks at the text messages.
pub(crate) fn check(whole: &Whole<'_>, message: &Message, out: &mut Diagnostics) {
    each_part(whole, message, ChannelKind::Sms, |content, part| {
        let Some(body) = slot_named(part, "body").filter(|body| body.source.contains('{')) else {
            return;
        };
        let measured = whole.scale.slot(message, content, ChannelKind::Sms, body);
        for open in measured.into_iter().flat_map(|measured| measured.open) {
            let path = &open.path;
            let (what, help) = match open.cause {
                Cause::Text => (
                    "may have any length",
                    format!(
                        "declare it with a length, like `text(40)`, or cut it here: `{{{{ {path} | \
                         truncate: 40 }}}}`"
                    ),
                ),
                Cause::List => (
                    "may have any number of items",
                    "go through a few of them: `limit: 3`".to_owned(),
                ),
                Cause::Address | Cause::Unsubscribe => continue,
            };
            let mut diagnostic = Diagnostic::new(
                &UNBOUNDED_TEXT_MESSAGE,
                open.place,
                format!("`{path}` {what}, so nobody can say what this text message costs"),
            )
            .help(help);
            if let Some(declared) = open.declared {
                diagnostic = diagnostic.other(declared, "declared here without a length");
            }
            out.push(diagnostic);
        }
    });
}
