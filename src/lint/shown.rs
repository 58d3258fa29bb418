//! How much of a line of an email mail programs show, and what is said of a longer one.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;

/// The room that mail programs have for a line.
pub(crate) struct Shown {
    /// What is reported where it is longer.
    pub(crate) code: &'static Code,
    /// What the line is in the language.
    pub(crate) slot: &'static str,
    /// How many characters phones show, in words.
    pub(crate) phones: &'static str,
    /// What is written for everybody may have so many.
    pub(crate) phone: u64,
    /// With long values, so many: more than any program shows.
    pub(crate) anywhere: u64,
    /// What to do about a line that is too long for everybody.
    pub(crate) help: &'static str,
    /// What to do about long values.
    pub(crate) cut: &'static str,
}

impl Shown {
    /// Looks at this line of the emails of a message.
    pub(crate) fn check(&self, contents: &Contents<'_>, out: &mut Diagnostics) {
        let Self { slot, anywhere, .. } = self;
        contents.each_slot(ChannelKind::Email, slot, |content, line| {
            // Nothing is longer than it is written, but by its values.
            if line.source.len() as u64 <= self.phone && !line.source.contains('{') {
                return;
            }
            let measured = contents.measure(ChannelKind::Email, content, line);
            let own = measured.own.longest().chars;
            let usual = measured.reach.usual.longest().chars;
            let (message, help) = if own > self.phone {
                (
                    format!(
                        "this {slot} has {own} characters, and phones show {}",
                        self.phones
                    ),
                    self.help,
                )
            } else if usual > *anywhere {
                (
                    format!(
                        "with long values this {slot} has {usual} characters, and no mail program shows more than {anywhere}"
                    ),
                    self.cut,
                )
            } else {
                return;
            };
            out.push(Diagnostic::new(self.code, line.place, message).help(help));
        });
    }
}
