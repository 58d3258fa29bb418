//! What is not there because its declaration could not be read.
//!
//! `evnt gift_made for ...` is reported where it stands. That nothing is called `gift_made`, at every
//! place that names it, is the same mistake.

use std::collections::BTreeSet;

use crate::diag::codes::consent::NO_CONSENT_RECORD;
use crate::diag::codes::flow::UNSPOKEN_SEND;
use crate::diag::codes::names::UNKNOWN_NAME;
use crate::diag::codes::syntax::UNKNOWN_DECLARATION;
use crate::diag::codes::template::{MISSING_FOOTER, UNKNOWN_VARIABLE};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Sources;

/// The names of declarations that could not be read.
#[derive(Debug, Default)]
pub(super) struct Lost<'s> {
    names: BTreeSet<&'s str>,
    /// Whether one of them is what sends are permitted by.
    consent: bool,
    /// Whether one of them is what something is sent for.
    purpose: bool,
}

impl<'s> Lost<'s> {
    /// What is lost where these were found.
    pub(super) fn of(found: &Diagnostics, sources: &'s Sources) -> Self {
        let mut lost = Self::default();
        for found in found.iter() {
            if found.code != &UNKNOWN_DECLARATION {
                continue;
            }
            let place = found.primary.place;
            let text = sources.text(place.file);
            let word = place.span.text(text);
            let behind = text.get(place.span.end as usize..).unwrap_or("");
            let (name, rest) = first_word(behind);
            if matches!(name, "for" | "of" | "") {
                // The word itself is the name: what it is was left out.
                lost.names.insert(word);
            } else if starts_declaration(rest) {
                lost.names.insert(name);
                let help = found.help.as_deref().unwrap_or("");
                lost.consent |= help.contains("`consent`");
                lost.purpose |= help.contains("`purpose`");
            }
        }
        lost.names.remove("");
        lost
    }

    /// Whether a finding only says again that something is not there.
    pub(super) fn explains(&self, found: &Diagnostic, sources: &Sources) -> bool {
        if self.names.is_empty() {
            return false;
        }
        if self.consent && (found.code == &UNSPOKEN_SEND || found.code == &NO_CONSENT_RECORD) {
            return true;
        }
        if self.purpose && found.code == &MISSING_FOOTER {
            return true;
        }
        if found.code != &UNKNOWN_NAME && found.code != &UNKNOWN_VARIABLE {
            return false;
        }
        let place = found.primary.place;
        let written = place.span.text(sources.text(place.file));
        let last = written.rsplit('.').next().unwrap_or(written);
        self.names.contains(written) || self.names.contains(last)
    }
}

/// The first word of a text and what stands behind it; no word if it begins with a sign.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches([' ', '\t']);
    let end = text.find(|c| !unicode_ident::is_xid_continue(c));
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}

/// Whether what stands behind a name belongs to a declaration.
fn starts_declaration(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.starts_with(['(', '{', ':', '=']) || matches!(first_word(rest).0, "for" | "of")
}
