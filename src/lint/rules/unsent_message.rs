//! `unsent-message`: a message that no journey sends.

use crate::diag::codes::lint::UNSENT_MESSAGE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::ids::MessageId;
use crate::model::names::Named;
use crate::model::uses::{How, Thing};

/// That a test expects it, a promise is about it, or a condition asks whether it is permitted,
/// does not send it.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    for (id, message) in (0..).map(MessageId).zip(&whole.model.messages) {
        let thing = Thing::Declared(Named::Message(id));
        if !whole.marks.any(thing, &[How::Send]) {
            out.push(
                Diagnostic::new(
                    &UNSENT_MESSAGE,
                    message.place,
                    format!("no journey sends `{}`", message.name),
                )
                .help("send it, or remove it"),
            );
        }
    }
}
