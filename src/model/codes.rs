//! Codes of standards, and the forms of addresses: what is valid where a text or a code is read.

use crate::diag::nearest;

/// ISO 3166-1 alpha-2: the officially assigned codes, in order.
pub static COUNTRIES: &[&str] = &[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE",
    "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC",
    "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS",
    "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// The longest email address that may be written (RFC 5321, 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// Whether a text is a country of ISO 3166-1.
#[must_use]
pub fn is_country(text: &str) -> bool {
    COUNTRIES.binary_search(&text).is_ok()
}

/// Whether a text is a language tag of BCP 47, in its canonical writing: `fr`, `fr-CA`.
#[must_use]
pub fn is_language(text: &str) -> bool {
    text.parse::<icu_locale_core::LanguageIdentifier>()
        .is_ok_and(|id| !id.language.is_unknown() && id.to_string() == text)
}

/// Whether a bare word has the form of a language: two or three small letters.
#[must_use]
pub fn is_bare_language(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a text is a time zone of IANA, in its own writing: `America/Toronto`.
#[must_use]
pub fn is_timezone(text: &str) -> bool {
    jiff::tz::TimeZone::get(text)
        .is_ok_and(|zone| zone.iana_name().is_some_and(|name| name == text))
}

/// The time zone that a wrong one was probably meant to be.
#[must_use]
pub fn nearest_timezone(text: &str) -> Option<String> {
    if let Ok(zone) = jiff::tz::TimeZone::get(text) {
        return zone.iana_name().map(str::to_owned);
    }
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    names.sort_unstable();
    nearest(text, names.iter().map(String::as_str)).map(str::to_owned)
}

/// Whether a text has the form of an email address: one `@`, a name before it, a domain with a
/// dot after it, and no space or control character.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    text.len() <= LONGEST_EMAIL
        && clean(name)
        && !name.contains(['@', '<', '>', ','])
        && clean(domain)
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// Whether a text is a phone number in the form of E.164: `+` and 7 to 15 digits.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

/// Whether a text is an absolute web address, `http` or `https`, with a host and no space.
#[must_use]
pub fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        !host.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_sorted() {
        assert!(COUNTRIES.is_sorted());
        assert_eq!(COUNTRIES.len(), 249);
        assert!(is_country("CA") && !is_country("UK") && !is_country("ca"));
    }

    #[test]
    fn languages_are_canonical() {
        assert!(is_language("fr") && is_language("fr-CA"));
        assert!(!is_language("fr_CA") && !is_language("français") && !is_language("FR"));
    }

    #[test]
    fn time_zones_are_spelled_as_iana_does() {
        assert!(is_timezone("America/Toronto"));
        assert!(!is_timezone("America/toronto") && !is_timezone("Toronto"));
        assert_eq!(
            nearest_timezone("America/Torronto").as_deref(),
            Some("America/Toronto")
        );
    }

    #[test]
    fn addresses_have_their_form() {
        assert!(is_email("marie.curie@example.org") && is_email("é@exémple.org"));
        assert!(!is_email("marie") && !is_email("a@b") && !is_email("a b@example.org"));
        assert!(is_phone("+15145550123") && !is_phone("514 555-0123") && !is_phone("+0123456789"));
        assert!(
            is_url("https://example.org/q?a=1") && !is_url("example.org") && !is_url("https://")
        );
    }
}
