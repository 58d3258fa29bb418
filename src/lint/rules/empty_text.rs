//! `empty-text`: a part of a message in which nothing is written.

use crate::diag::codes::lint::EMPTY_TEXT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;

/// Looks at all parts of a message.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    for content in &contents.message.contents {
        for slot in content.parts.iter().flat_map(|part| &part.slots) {
            if !slot.source.trim().is_empty() {
                continue;
            }
            let (name, message) = (&slot.name, &contents.message.name);
            let language = &content.language;
            out.push(
                Diagnostic::new(
                    &EMPTY_TEXT,
                    slot.place,
                    format!("the {name} of `{message}` in `{language}` is empty"),
                )
                .help("write it, or leave the whole part out if it may be missing"),
            );
        }
    }
}
