//! Bare codes, and suggestions for wrong ones. What is valid is in [`crate::standards`].

use crate::diag::nearest;
use crate::standards;

/// Whether a bare word has the form of a language: two or three small letters.
#[must_use]
pub fn is_bare_language(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The country that a wrong code was probably meant to be.
#[must_use]
pub fn nearest_country(text: &str) -> Option<&'static str> {
    nearest(text, standards::countries())
}

/// The time zone that a wrong name was probably meant to be.
#[must_use]
pub fn nearest_timezone(text: &str) -> Option<String> {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    names.sort_unstable();
    nearest(text, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_codes_have_neighbours() {
        assert_eq!(
            nearest_timezone("America/Torronto").as_deref(),
            Some("America/Toronto")
        );
        assert_eq!(nearest_country("ca"), Some("CA"));
        assert!(is_bare_language("fr") && !is_bare_language("FR") && !is_bare_language("fr-CA"));
    }
}
