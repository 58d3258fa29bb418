//! `html-only-email`: an email that can be read in HTML only.

use crate::diag::codes::lint::HTML_ONLY_EMAIL;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::measure::slot_named;
use crate::model::hir::Format;
use crate::model::types::ChannelKind;

/// Looks at the emails.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_part(ChannelKind::Email, |content, part| {
        let in_text = |format| format == Format::Text;
        if slot_named(part, "body").is_none_or(|body| in_text(body.format))
            || slot_named(part, "text").is_some()
        {
            return;
        }
        out.push(
            Diagnostic::new(
                &HTML_ONLY_EMAIL,
                contents.head(part),
                format!(
                    "this email of `{}` in `{}` has no text part",
                    contents.message.name, content.language
                ),
            )
            .help("add `text \"...\"` beside the body: the same in plain words, with its links"),
        );
    });
}
