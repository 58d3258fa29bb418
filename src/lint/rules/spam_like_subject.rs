//! `spam-like-subject`: a subject with a sign or phrase that filters for spam look for.
//!
//! The list is short on purpose: what SpamAssassin's rules for subjects and phrases have in common
//! with the lists of senders' handbooks, in the language of the content. A word that honest senders use
//! as well (`offer`, `sale`, `promo`, `urgent`) is not on it.

use crate::diag::codes::lint::SPAM_LIKE_SUBJECT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::types::ChannelKind;
use crate::source::Span;

/// Signs, in any language.
const SIGNS: [&str; 4] = ["!!", "$$", "€€", "££"];

/// What programs write before the subject of an answer or of something passed on, in the languages
/// that they speak.
const ANSWERS: [&str; 8] = ["re", "fw", "fwd", "tr", "aw", "wg", "rv", "sv"];

/// Phrases by language, in small letters.
const PHRASES: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            "100% free",
            "act now",
            "click here",
            "earn money",
            "free money",
            "make money",
            "risk free",
            "risk-free",
            "you have won",
            "you've won",
            "you won",
        ],
    ),
    (
        "fr",
        &[
            "100% gratuit",
            "argent facile",
            "cliquez ici",
            "gagnez de l'argent",
            "vous avez gagné",
        ],
    ),
];

/// Words that count only in capitals.
const CAPITALS: [(&str, &[&str]); 2] = [("en", &["FREE"]), ("fr", &["GRATUIT", "GRATUITE"])];

/// Looks at what is written in subjects for everybody. One finding a subject is enough.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Email, "subject", |content, subject| {
        let source = &*subject.source;
        let language = content.language.split('-').next().unwrap_or("");
        let spans = contents.written(subject);
        let found = spans.iter().find_map(|span| {
            let (at, length) = suspect(span.text(source), span.start == 0, language)?;
            let start = span.start + u32::try_from(at).ok()?;
            Some(Span::new(start, start + u32::try_from(length).ok()?))
        });
        if let Some(span) = found {
            let words = span.text(source).trim();
            let places = contents.whole.scale.places(subject);
            out.push(
                Diagnostic::new(
                    &SPAM_LIKE_SUBJECT,
                    places.place(span),
                    format!("filters for spam look for `{words}` in a subject"),
                )
                .help(if words.ends_with(':') {
                    "leave it out: this is no answer, and people feel deceived"
                } else {
                    "say it in other words"
                }),
            );
        }
    });
}

/// Where something suspect stands: its start and length in bytes.
fn suspect(text: &str, at_start: bool, language: &str) -> Option<(usize, usize)> {
    if at_start && let Some(length) = answer(text) {
        return Some((0, length));
    }
    let sign = SIGNS.iter().find_map(|sign| {
        let at = memchr::memmem::find(text.as_bytes(), sign.as_bytes())?;
        let first = sign.chars().next()?;
        let rest = text.get(at..)?;
        Some((at, rest.len() - rest.trim_start_matches(first).len()))
    });
    sign.or_else(|| {
        let capitals = of(&CAPITALS, language).iter();
        capitals
            .copied()
            .find_map(|word| Some((phrase(text, word)?, word.len())))
    })
    .or_else(|| {
        let (plain, offsets) = plain(text);
        of(&PHRASES, language).iter().find_map(|words| {
            let at = phrase(&plain, words)?;
            let (start, end) = (offsets.get(at)?, offsets.get(at + words.len())?);
            Some((*start, end - start))
        })
    })
}

fn of(lists: &[(&str, &'static [&'static str])], language: &str) -> &'static [&'static str] {
    let list = lists.iter().find(|(of, _)| *of == language);
    list.map_or(&[], |(_, words)| words)
}

/// The length of `RE:` at the start.
fn answer(text: &str) -> Option<usize> {
    let (word, _) = text.split_once(':')?;
    let known = ANSWERS.contains(&word.trim().to_ascii_lowercase().as_str());
    known.then_some(word.len() + 1)
}

/// Where a phrase stands alone, not as a part of words.
fn phrase(text: &str, words: &str) -> Option<usize> {
    // Most subjects have none of the phrases: asking for one must need no preparation.
    memchr::memmem::find(text.as_bytes(), words.as_bytes())?;
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .find(|(at, _)| {
            let before = text.get(..*at).and_then(|text| text.chars().next_back());
            let behind = text.get(at + words.len()..);
            !inside(before) && !inside(behind.and_then(|text| text.chars().next()))
        })
        .map(|(at, _)| at)
}

/// The text in small letters, with plain quotes and without spaces before `%`; and for each byte of
/// it, and its end, the offset in the text.
fn plain(text: &str) -> (String, Vec<usize>) {
    let mut plain = String::with_capacity(text.len());
    let mut offsets = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let c = match c {
            '’' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == '%' && plain.ends_with(' ') {
            plain.pop();
            offsets.pop();
        }
        for small in c.to_lowercase() {
            plain.push(small);
            offsets.resize(plain.len(), at);
        }
    }
    offsets.push(text.len());
    (plain, offsets)
}

#[cfg(test)]
mod tests {
    use super::suspect;

    #[test]
    fn only_what_is_on_the_list() {
        let found = |text: &'static str, language| {
            suspect(text, true, language).and_then(|(at, length)| text.get(at..at + length))
        };
        assert_eq!(found("Dernier jour !!!", "fr"), Some("!!!"));
        assert_eq!(found("RE: votre commande", "fr"), Some("RE:"));
        assert_eq!(found("Tr : notre offre", "fr"), Some("Tr :"));
        assert_eq!(found("Essai 100 % gratuit", "fr"), Some("100 % gratuit"));
        assert_eq!(found("Un cadeau GRATUIT", "fr"), Some("GRATUIT"));
        assert_eq!(found("Click here, Zoé", "en"), Some("Click here"));
        assert_eq!(
            found("Gagnez de l’argent", "fr"),
            Some("Gagnez de l’argent")
        );
        for honest in [
            "Livraison gratuite dès 50 $",
            "Merci !",
            "Rappel : demain à 10 h",
            "Free Mobile : votre facture",
            "Vous avez gagnée",
            "Contact now",
        ] {
            assert_eq!(found(honest, "fr"), None, "{honest}");
            assert_eq!(found(honest, "en"), None, "{honest}");
        }
    }
}
