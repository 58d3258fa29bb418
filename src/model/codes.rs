//! Bare codes, and suggestions for wrong ones. What is valid is in [`crate::standards`].

use crate::diag::nearest;
use crate::standards;

/// Whether a bare word has the form of a language: two or three small letters.
#[must_use]
pub fn is_bare_language(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Countries by the names and codes that people write for them, in English and French.
const COUNTRY_NAMES: [(&str, &[&str]); 22] = [
    ("CA", &["canada", "can", "québec", "quebec", "qc"]),
    (
        "US",
        &[
            "usa",
            "united_states",
            "états_unis",
            "etats_unis",
            "america",
        ],
    ),
    (
        "GB",
        &[
            "uk",
            "gbr",
            "united_kingdom",
            "england",
            "britain",
            "royaume_uni",
        ],
    ),
    ("FR", &["france", "fra"]),
    ("BE", &["belgium", "belgique", "bel"]),
    ("CH", &["switzerland", "suisse", "che"]),
    ("LU", &["luxembourg", "lux"]),
    ("DE", &["germany", "allemagne", "deutschland", "deu", "ger"]),
    ("AT", &["austria", "autriche", "aut"]),
    ("NL", &["netherlands", "holland", "pays_bas", "nld"]),
    ("ES", &["spain", "espagne", "españa", "esp"]),
    ("IT", &["italy", "italie", "italia", "ita"]),
    ("PT", &["portugal", "prt"]),
    ("IE", &["ireland", "irlande", "irl"]),
    ("SE", &["sweden", "suède", "swe"]),
    ("DK", &["denmark", "danemark", "dnk"]),
    ("NO", &["norway", "norvège", "nor"]),
    ("FI", &["finland", "finlande", "fin"]),
    ("PL", &["poland", "pologne", "pol"]),
    ("GR", &["greece", "grèce", "el", "grc"]),
    ("MX", &["mexico", "mexique", "mex"]),
    ("AU", &["australia", "australie", "aus"]),
];

/// Languages by the names that people write for them.
const LANGUAGE_NAMES: [(&str, &[&str]); 8] = [
    ("fr", &["french", "français", "francais", "fra", "fre"]),
    ("en", &["english", "anglais", "eng"]),
    ("es", &["spanish", "espagnol", "español", "spa"]),
    ("de", &["german", "allemand", "deutsch", "deu", "ger"]),
    ("it", &["italian", "italien", "italiano", "ita"]),
    ("nl", &["dutch", "néerlandais", "nederlands", "nld"]),
    ("pt", &["portuguese", "portugais", "português", "por"]),
    ("ar", &["arabic", "arabe", "ara"]),
];

/// The code among `names` that a word is a name of.
fn named(names: &[(&'static str, &[&str])], word: &str) -> Option<&'static str> {
    let word = word.to_lowercase().replace([' ', '-'], "_");
    let found = names
        .iter()
        .find(|(_, names)| names.contains(&word.as_str()));
    found.map(|(code, _)| *code)
}

/// The country that a wrong code or a name was probably meant to be.
#[must_use]
pub fn nearest_country(text: &str) -> Option<&'static str> {
    named(&COUNTRY_NAMES, text).or_else(|| nearest(text, standards::countries()))
}

/// The language that a name or a locale was probably meant to be, as it is written in a source:
/// `fr`, `"fr-CA"`.
#[must_use]
pub fn nearest_language(text: &str) -> Option<String> {
    if let Some(code) = named(&LANGUAGE_NAMES, text) {
        return Some(code.to_owned());
    }
    let (language, region) = text.split_once(['_', '-'])?;
    let (language, region) = (language.to_ascii_lowercase(), region.to_ascii_uppercase());
    let tag = format!("{language}-{region}");
    (is_bare_language(&language) && standards::is_country(&region)).then(|| format!("\"{tag}\""))
}

/// The time zone that a wrong name was probably meant to be.
#[must_use]
pub fn nearest_timezone(text: &str) -> Option<String> {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    names.sort_unstable();
    let abbreviated = match text.to_ascii_uppercase().as_str() {
        "EST" | "EDT" | "ET" => Some("America/Toronto"),
        "PST" | "PDT" | "PT" => Some("America/Vancouver"),
        "CST" | "CDT" => Some("America/Winnipeg"),
        "CET" | "CEST" => Some("Europe/Paris"),
        "BST" => Some("Europe/London"),
        _ => None,
    };
    let city = text.replace(' ', "_").to_lowercase();
    let in_city = |name: &&String| {
        let last = name.rsplit('/').next().unwrap_or(name);
        last.to_lowercase() == city
    };
    if let Some(name) = abbreviated.or_else(|| names.iter().find(in_city).map(String::as_str)) {
        return Some(name.to_owned());
    }
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
        assert_eq!(nearest_country("Canada"), Some("CA"));
        assert_eq!(nearest_country("UK"), Some("GB"));
        assert_eq!(nearest_language("french").as_deref(), Some("fr"));
        assert_eq!(nearest_language("fr_CA").as_deref(), Some("\"fr-CA\""));
        assert_eq!(nearest_timezone("EST").as_deref(), Some("America/Toronto"));
        assert_eq!(nearest_timezone("Paris").as_deref(), Some("Europe/Paris"));
        assert!(is_bare_language("fr") && !is_bare_language("FR") && !is_bare_language("fr-CA"));
    }
}
