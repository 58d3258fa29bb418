//! `unbounded-text-message`: a text message shows something of which nobody knows the length.
//!
//! URLs are left out: their type has no bound to give.

use crate::diag::codes::lint::UNBOUNDED_TEXT_MESSAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;
use crate::template::measure::Cause;

/// Looks at the text messages.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Sms, "body", |content, body| {
        let measured = contents.measure(ChannelKind::Sms, content, body);
        for open in &measured.open {
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
                contents.whole.scale.places(body).place(open.span),
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
