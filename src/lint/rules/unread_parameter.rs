//! `unread-parameter`: a parameter that no content of its message shows.

use crate::diag::codes::lint::UNREAD_PARAMETER;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::Message;
use crate::model::uses::{How, Thing};

/// Of an `external` message nobody here knows what it shows. A parameter may also be read on the
/// message's events: `thank_you.clicked where amount > 20 CAD`.
pub(crate) fn check(whole: &Whole<'_>, message: &Message, out: &mut Diagnostics) {
    if message.external || message.params.is_empty() {
        return;
    }
    let Some(id) = whole.message_id(message) else {
        return;
    };
    for (index, param) in (0..).zip(&message.params) {
        let thing = Thing::MessageParam(id, index);
        if !whole.marks.any(thing, &[How::Show, How::Read]) {
            out.push(
                Diagnostic::new(
                    &UNREAD_PARAMETER,
                    param.place,
                    format!("no content of `{}` shows `{}`", message.name, param.name),
                )
                .help(format!(
                    "show it with `{{{{ {0} }}}}`, or remove it here and in the sends",
                    param.name
                )),
            );
        }
    }
}
