//! `shouting-subject`: a subject in capitals only.
//!
//! Two words of four letters or more make a subject that shouts; a single one, or short ones, are
//! names and abbreviations.

use crate::diag::codes::lint::SHOUTING_SUBJECT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;

/// Looks at what is written in subjects for everybody.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Email, "subject", |_, subject| {
        let spans = contents.written(subject);
        let texts = spans.iter().map(|span| span.text(&subject.source));
        if shouts(texts) {
            out.push(
                Diagnostic::new(
                    &SHOUTING_SUBJECT,
                    subject.place,
                    "this subject is in capitals only",
                )
                .help("write it as a sentence; filters for spam and people take capitals for shouting"),
            );
        }
    });
}

fn shouts<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let mut long_words = 0;
    for text in texts {
        for word in text.split(|c: char| !c.is_alphabetic()) {
            if word.chars().any(char::is_lowercase) {
                return false;
            }
            if word.chars().filter(|c| c.is_uppercase()).count() >= 4 {
                long_words += 1;
            }
        }
    }
    long_words >= 2
}

#[cfg(test)]
mod tests {
    use super::shouts;

    #[test]
    fn capitals() {
        for loud in ["DERNIERS JOURS", "SOLDES D'ÉTÉ : -50% SUR TOUT LE SITE"] {
            assert!(shouts([loud].into_iter()), "{loud}");
        }
        assert!(shouts(["MERCI ", ", VOUS ÊTES FORMIDABLE"].into_iter()));
        for quiet in [
            "RGPD : ce qui change",
            "SOLDES",
            "Offre NASA IKEA",
            "ÉTÉ 2026",
            "新しい商品",
            "",
        ] {
            assert!(!shouts([quiet].into_iter()), "{quiet}");
        }
    }
}
