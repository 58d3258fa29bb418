//! `long-preheader`: a preheader whose end no mail program shows.
//!
//! Beside a subject, phones show 35 to 90 characters of the preheader and programs on large screens up
//! to about 140. What is written for everybody counts against 100; with long values, against 140.

use crate::diag::codes::lint::LONG_PREHEADER;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;

/// More than phones show.
const PHONE: u64 = 100;
/// More than any program shows.
const ANYWHERE: u64 = 140;

/// Looks at the preheaders of emails.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Email, "preheader", |content, preheader| {
        // Nothing is longer than it is written, but by its values.
        if preheader.source.len() as u64 <= PHONE && !preheader.source.contains('{') {
            return;
        }
        let measured = contents.measure(ChannelKind::Email, content, preheader);
        let own = measured.own.longest().chars;
        let usual = measured.reach.usual.longest().chars;
        let (message, help) = if own > PHONE {
            (
                format!("this preheader has {own} characters, and phones show 35 to 90"),
                "keep one sentence that goes on where the subject stops, and put the rest in the body",
            )
        } else if usual > ANYWHERE {
            (
                format!(
                    "with long values this preheader has {usual} characters, and no mail program shows more than {ANYWHERE}"
                ),
                "shorten what is around the values, or cut them: `| truncate: 30`",
            )
        } else {
            return;
        };
        out.push(Diagnostic::new(&LONG_PREHEADER, preheader.place, message).help(help));
    });
}
