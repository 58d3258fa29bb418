//! `missing-alt`: a picture in an email that says nothing to those who do not see it.

use crate::diag::codes::lint::MISSING_ALT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::lint::contents::each_part;
use crate::measure::slot_named;
use crate::model::hir::{Format, Message};
use crate::model::types::ChannelKind;
use crate::template::images_without_alt;

/// Looks at the bodies of emails. A file that several languages share is named once by each, and
/// printed once.
pub(crate) fn check(whole: &Whole<'_>, message: &Message, out: &mut Diagnostics) {
    each_part(whole, message, ChannelKind::Email, |_, part| {
        let Some(body) = slot_named(part, "body").filter(|body| body.format != Format::Text) else {
            return;
        };
        if !body.source.contains("<img") && !body.source.contains("-image") {
            return;
        }
        let places = whole.scale.places(body);
        for name in images_without_alt(&body.source) {
            let element = name.text(&body.source);
            out.push(
                Diagnostic::new(
                    &MISSING_ALT,
                    places.place(name),
                    format!("this `{element}` has no `alt`"),
                )
                .help(
                    "write `alt=\"...\"` with what the picture says, or `alt=\"\"` if it is decoration",
                ),
            );
        }
    });
}
