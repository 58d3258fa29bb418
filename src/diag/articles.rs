//! "a" or "an" before a name: sentences are written with "a", and the name decides when it is known.

use super::Diagnostic;

/// A finding in whose sentences every name between backticks has the article that it is spoken with.
pub(super) fn righted(mut diagnostic: Diagnostic) -> Diagnostic {
    let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.others);
    let said = labels
        .map(|label| &mut label.text)
        .chain(std::iter::once(&mut diagnostic.message))
        .chain(&mut diagnostic.help)
        .chain(diagnostic.fix.iter_mut().map(|fix| &mut fix.title));
    for text in said {
        if let Some(right) = right(text) {
            *text = right;
        }
    }
    diagnostic
}

/// The text with "an" where a name begins with a vowel; nothing if it is right already.
fn right(text: &str) -> Option<String> {
    let mut right = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("a `") {
        let (before, after) = (rest.get(..at)?, rest.get(at + 3..)?);
        let in_word = before
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let spoken = after.chars().next().is_some_and(is_spoken_with_an);
        right += before;
        right += if spoken && !in_word { "an `" } else { "a `" };
        rest = after;
    }
    right += rest;
    (right != text).then_some(right)
}

/// Whether a name that begins with this letter follows "an". One that begins with `u` may be a
/// `url`, a `unit` or a `user`, and hardly ever anything else.
const fn is_spoken_with_an(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'A' | 'E' | 'I' | 'O')
}

#[cfg(test)]
mod tests {
    use super::right;

    #[test]
    fn the_name_decides() {
        let an = |text| right(text);
        assert_eq!(
            an("a `int` stands here").as_deref(),
            Some("an `int` stands here")
        );
        assert_eq!(
            an("for a `Member`, not for a `Order`").as_deref(),
            Some("for a `Member`, not for an `Order`")
        );
        assert_eq!(an("a `url`"), None);
        assert_eq!(an("via `email`, extra `x`"), None);
        assert_eq!(an("nothing to do"), None);
    }
}
