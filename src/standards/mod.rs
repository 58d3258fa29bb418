//! The outside standards that values follow, wherever they come from: a literal, a row, an event.

pub mod gsm;

use jiff::tz::TimeZone;

/// The officially assigned alpha-2 codes of ISO 3166-1, in order.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ \
    BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ \
    DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY \
    HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY \
    MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
    NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ \
    TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ \
    VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Whether a text is an officially assigned ISO 3166-1 alpha-2 code, in capitals.
#[must_use]
pub fn is_country(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split(' ').any(|country| country == code)
}

/// Every ISO 3166-1 alpha-2 code, in order.
pub fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.split(' ')
}

/// Whether a text is a well-formed BCP 47 language tag with a language: `fr`, `fr-CA`.
#[must_use]
pub fn is_language(tag: &str) -> bool {
    icu_locale_core::LanguageIdentifier::try_from_str(tag)
        .is_ok_and(|language| !language.language.is_unknown())
}

/// Whether a text names a time zone of the IANA database.
#[must_use]
pub fn is_timezone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// Whether a text has the form of an address that mail can be sent to: one `@`, a local part of
/// at most 64 bytes, and a host name of at least two labels (RFC 5321, without quoted local parts
/// and address literals, which no form of a site produces).
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) && c.is_ascii();
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    (1..=64).contains(&local.len())
        && local.chars().all(atom)
        && dots(local)
        && domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(is_host_label)
}

fn is_host_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

/// Whether a text is a phone number in E.164 (`+15145550123`) that its country's numbering plan
/// knows as possible.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    }) && phonenumber::parse(None, text).is_ok()
}

/// Whether a text is an absolute `http` or `https` URL with a host, without white space.
#[must_use]
pub fn is_url(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
        && name.split('.').all(is_host_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_those_of_iso() {
        assert_eq!(countries().count(), 249);
        assert!(is_country("CA") && is_country("NO") && !is_country("XX") && !is_country("ca"));
    }

    #[test]
    fn languages_are_tags_with_a_language() {
        assert!(is_language("fr") && is_language("fr-CA") && !is_language("french canadian"));
        assert!(!is_language("und") && !is_language(""));
    }

    #[test]
    fn addresses_have_one_form() {
        for good in [
            "a@example.org",
            "zoé.b+tag@ex-ample.co.uk",
            "o'neil@example.org",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "a@",
            "@example.org",
            "a@example",
            "a b@example.org",
            "a..b@example.org",
            "a@-x.org",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn phones_are_e164() {
        assert!(is_phone("+15145550123") && is_phone("+33612345678"));
        assert!(!is_phone("5145550123") && !is_phone("+1 514 555 0123") && !is_phone("+999"));
    }

    #[test]
    fn urls_are_absolute() {
        assert!(is_url("https://example.org/a?b#c") && is_url("http://localhost:8080"));
        assert!(!is_url("example.org") && !is_url("https://") && !is_url("https://a b.org"));
    }
}
