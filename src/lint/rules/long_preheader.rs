//! `long-preheader`: a preheader whose end no mail program shows.
//!
//! Beside a subject, phones show 35 to 90 characters of the preheader and programs on large screens up
//! to about 140. What is written for everybody counts against 100; with long values, against 140.

use crate::diag::Diagnostics;
use crate::diag::codes::lint::LONG_PREHEADER;
use crate::lint::Contents;
use crate::lint::shown::Shown;

const PREHEADER: Shown = Shown {
    code: &LONG_PREHEADER,
    slot: "preheader",
    phones: "35 to 90",
    phone: 100,
    anywhere: 140,
    help: "keep one sentence that goes on where the subject stops, and put the rest in the body",
    cut: "shorten what is around the values, or cut them: `| truncate: 30`",
};

/// Looks at the preheaders of emails.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    PREHEADER.check(contents, out);
}
