//! `missing-alt`: a picture in an email that says nothing to those who do not see it.

use crate::diag::codes::lint::MISSING_ALT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::hir::Format;
use crate::model::types::ChannelKind;
use crate::template::images_without_alt;
use memchr::memmem;

/// Looks at the bodies of emails. A file that several languages share is named once by each, and
/// printed once.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Email, "body", |_, body| {
        if body.format == Format::Text {
            return;
        }
        let has = |what: &str| memmem::find(body.source.as_bytes(), what.as_bytes()).is_some();
        if !has("<img") && !has("-image") {
            return;
        }
        let places = contents.whole.scale.places(body);
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
