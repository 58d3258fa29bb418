//! `long-text-message`: a text message is billed several times over.
//!
//! It counts what the message usually is, not the longest that its values could be. The limit is
//! that of two segments in the short alphabet, 306 characters, which is close to the 320 that Twilio
//! recommends at most; in UCS-2 it is four segments, 268 characters.

use crate::diag::codes::lint::LONG_TEXT_MESSAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;
use crate::standards::gsm::{Encoding, JOINED};

/// Looks at the text messages.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Sms, "body", |content, body| {
        let measured = contents.measure(ChannelKind::Sms, content, body);
        let sent = measured.reach.usual.sent();
        let most = match sent.encoding {
            Encoding::Gsm7 => 2 * JOINED.0,
            Encoding::Ucs2 => 4 * JOINED.1,
        };
        let Some(over) = sent.length.checked_sub(most).filter(|over| *over > 0) else {
            return;
        };
        out.push(
            Diagnostic::new(
                &LONG_TEXT_MESSAGE,
                body.place,
                format!(
                    "this text message is billed as {} segments: with usual values it has {} \
                     characters in {}",
                    sent.segments,
                    sent.length,
                    sent.encoding.name()
                ),
            )
            .help(format!(
                "shorten it by {over} characters, or say the rest in an email or behind a link"
            )),
        );
    });
}
