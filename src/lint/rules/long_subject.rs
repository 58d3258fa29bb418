//! `long-subject`: a subject that no phone shows whole.
//!
//! Phones show 33 to 48 characters of a subject. What is written in the template for everybody
//! counts alone against 50; with the longest values the subject counts against 78, which is what
//! RFC 5322 (section 2.1.1) recommends for a line and more than any mail program shows.

use crate::diag::Diagnostics;
use crate::diag::codes::lint::LONG_SUBJECT;
use crate::lint::Contents;
use crate::lint::shown::Shown;

const SUBJECT: Shown = Shown {
    code: &LONG_SUBJECT,
    slot: "subject",
    phones: "33 to 48",
    phone: 50,
    anywhere: 78,
    help: "say what matters in the first 33 characters, and the rest in the `preheader`",
    cut: "shorten what is around the values, or cut them: `| truncate: 20`",
};

/// Looks at the subjects of emails.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    SUBJECT.check(contents, out);
}
