//! `long-subject`: a subject that no phone shows whole.
//!
//! Phones show 33 to 48 characters of a subject. What is written in the template for everybody
//! counts alone against 50; with the longest values the subject counts against 78, which is what
//! RFC 5322 (section 2.1.1) recommends for a line and more than any mail program shows.

use crate::diag::codes::lint::LONG_SUBJECT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;

/// More than any phone shows.
const PHONE: u64 = 50;
/// More than any program shows.
const ANYWHERE: u64 = 78;

/// Looks at the subjects of emails.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Email, "subject", |content, subject| {
        // Nothing is longer than it is written, but by its values.
        if subject.source.len() as u64 <= PHONE && !subject.source.contains('{') {
            return;
        }
        let measured = contents.measure(ChannelKind::Email, content, subject);
        let own = measured.own.longest().chars;
        let usual = measured.reach.usual.longest().chars;
        let (message, help) = if own > PHONE {
            (
                format!("this subject has {own} characters, and phones show 33 to 48"),
                "say what matters in the first 33 characters, and the rest in the `preheader`",
            )
        } else if usual > ANYWHERE {
            (
                format!(
                    "with long values this subject has {usual} characters, and no mail program shows more than {ANYWHERE}"
                ),
                "shorten what is around the values, or cut them: `| truncate: 20`",
            )
        } else {
            return;
        };
        out.push(Diagnostic::new(&LONG_SUBJECT, subject.place, message).help(help));
    });
}
