//! `long-subject`: a subject that no phone shows whole.
//!
//! Phones show 33 to 48 characters of a subject. What is written in the template for everybody
//! counts alone against 50; with the longest values the subject counts against 78, which is what
//! RFC 5322 (section 2.1.1) recommends for a line and more than any mail program shows.

use crate::diag::codes::lint::LONG_SUBJECT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::lint::contents::each_part;
use crate::measure::slot_named;
use crate::model::hir::Message;
use crate::model::types::ChannelKind;

/// More than any phone shows.
const PHONE: u64 = 50;
/// More than any program shows.
const ANYWHERE: u64 = 78;

/// Looks at the subjects of emails.
pub(crate) fn check(whole: &Whole<'_>, message: &Message, out: &mut Diagnostics) {
    each_part(whole, message, ChannelKind::Email, |content, part| {
        let Some(subject) = slot_named(part, "subject") else {
            return;
        };
        // Nothing is longer than it is written, but by its values.
        let may_be_long = subject.source.len() as u64 > PHONE || subject.source.contains('{');
        if !may_be_long {
            return;
        }
        let measured = whole
            .scale
            .slot(message, content, ChannelKind::Email, subject);
        let Some(measured) = measured else { return };
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
