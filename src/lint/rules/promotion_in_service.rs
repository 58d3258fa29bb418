//! `promotion-in-service`: a message that says it is a service, and sells something.
//!
//! The words are those that hardly anything but an offer is written in. A message about money that was
//! saved, owed or paid back uses others.

use crate::diag::codes::lint::PROMOTION_IN_SERVICE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::hir::Slot;
use crate::model::types::PurposeKind;
use crate::source::Span;

/// What offers are written in, by language, in small letters.
const WORDS: &[(&str, &[&str])] = &[
    (
        "fr",
        &[
            "code promo",
            "en promotion",
            "nos promotions",
            "offre spéciale",
            "offre exclusive",
            "offre limitée",
            "vente privée",
            "ventes privées",
            "soldes d'",
            "soldes jusqu",
            "de réduction sur",
            "de remise sur",
            "% de réduction",
            "% de remise",
            "profitez-en",
        ],
    ),
    (
        "en",
        &[
            "promo code",
            "discount code",
            "special offer",
            "exclusive offer",
            "limited offer",
            "limited time offer",
            "flash sale",
            "private sale",
            "% off",
            "shop now",
            "buy now",
        ],
    ),
];

/// Looks at what is written in the contents of services.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    let purposes = &contents.whole.model.purposes;
    let purpose = contents
        .message
        .purpose
        .and_then(|id| purposes.get(id.index()));
    let Some(purpose) = purpose.filter(|purpose| purpose.kind == PurposeKind::Service) else {
        return;
    };
    for content in &contents.message.contents {
        let list = WORDS
            .iter()
            .find(|(language, _)| content.language.starts_with(language));
        let Some((_, words)) = list else {
            continue;
        };
        let slots = content.parts.iter().flat_map(|part| &part.slots);
        // One place of a content is enough: the whole message is another one.
        let Some((slot, span)) = slots
            .filter_map(|slot| Some((slot, offer(contents, slot, words)?)))
            .next()
        else {
            continue;
        };
        let words = span.text(&slot.source);
        out.push(
            Diagnostic::new(
                &PROMOTION_IN_SERVICE,
                contents.whole.scale.places(slot).place(span),
                format!("`{}` is a service, and `{words}` sells something", purpose.name),
            )
            .help("send the offer as a message of its own, for a purpose of kind `marketing`, or leave it out"),
        );
    }
}

/// Where a template says one of these.
fn offer<'w>(contents: &Contents<'w>, slot: &'w Slot, words: &[&str]) -> Option<Span> {
    let lower = slot.source.to_lowercase().replace('’', "'");
    let may = words
        .iter()
        .any(|word| lower.contains(word.trim_start_matches("% ")));
    if !may {
        return None;
    }
    contents.written(slot).into_iter().find_map(|written| {
        let text = written.text(&slot.source);
        words.iter().find_map(|word| {
            let (at, length) = find(text, word)?;
            let start = written.start + u32::try_from(at).ok()?;
            Some(Span::new(start, start + u32::try_from(length).ok()?))
        })
    })
}

/// Where a text has these words, whatever the case, the form of the apostrophe, and the spaces before a
/// per cent sign: its start and length in bytes.
fn find(text: &str, word: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let mut wanted = word.chars();
        let mut next = wanted.next();
        let mut length = 0;
        for c in rest.chars() {
            let Some(want) = next else {
                break;
            };
            let same = match c {
                '’' => want == '\'',
                '\u{a0}' | '\u{202f}' => want == ' ',
                c => c.to_lowercase().eq(want.to_lowercase()),
            };
            if !same {
                return None;
            }
            length += c.len_utf8();
            next = wanted.next();
        }
        next.is_none().then_some((at, length))
    })
}
