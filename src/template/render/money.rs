//! Amounts and percentages in a language.
//!
//! ICU4X has no stable formatter for these yet. The patterns and symbols here are facts of CLDR 47
//! for the languages that are most written in messages; a language that is not here gets CLDR's
//! root pattern, and a currency without a symbol its ISO 4217 code. Digits come from ICU4X.

use icu_locale_core::Locale;
use iso_currency::Currency;

const NBSP: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// Where a symbol stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// `$30`
    Before,
    /// `€ 30`
    BeforeSpaced,
    /// `30 €`
    AfterSpaced,
}

/// An amount whose digits are formatted already.
pub fn amount(locale: &Locale, digits: &str, currency: Currency, negative: bool) -> String {
    let (language, region) = parts(locale);
    let symbol = symbol(language, region, currency);
    let minus = if negative { minus(language) } else { "" };
    match place(language, region) {
        Place::AfterSpaced => format!("{minus}{digits}{NBSP}{symbol}"),
        Place::BeforeSpaced => format!("{minus}{symbol}{NBSP}{digits}"),
        // CLDR puts a space between a letter and a digit.
        Place::Before if symbol.ends_with(char::is_alphabetic) => {
            format!("{minus}{symbol}{NBSP}{digits}")
        }
        Place::Before => format!("{minus}{symbol}{digits}"),
    }
}

/// A percentage whose digits are formatted already.
pub fn percent(locale: &Locale, digits: &str, negative: bool) -> String {
    let (language, region) = parts(locale);
    let minus = if negative { minus(language) } else { "" };
    match (language, region) {
        ("fr", "CA") => format!("{minus}{digits}{NBSP}%"),
        ("fr", _) => format!("{minus}{digits}{NARROW}%"),
        ("de", "CH" | "LI") => format!("{minus}{digits}%"),
        (
            "de" | "es" | "sv" | "nb" | "nn" | "no" | "da" | "fi" | "cs" | "sk" | "ru" | "uk"
            | "be" | "ro" | "hr" | "sl" | "lt" | "ca" | "gl" | "bs",
            _,
        ) => format!("{minus}{digits}{NBSP}%"),
        ("tr", _) => format!("{minus}%{digits}"),
        ("eu", _) => format!("{minus}%{NBSP}{digits}"),
        _ => format!("{minus}{digits}%"),
    }
}

/// The minus sign: most languages write a hyphen, some the sign itself.
fn minus(language: &str) -> &'static str {
    match language {
        "sv" | "nb" | "nn" | "no" | "fi" | "et" | "lt" | "sl" | "hr" | "eu" => "\u{2212}",
        _ => "-",
    }
}

fn parts(locale: &Locale) -> (&str, &str) {
    let language = locale.id.language.as_str();
    let region = locale
        .id
        .region
        .as_ref()
        .map_or("", |region| region.as_str());
    let region = if region.is_empty() {
        home(language)
    } else {
        region
    };
    (language, region)
}

/// The region that a language without one is read as.
fn home(language: &str) -> &'static str {
    match language {
        "en" => "US",
        "fr" => "FR",
        "de" => "DE",
        "es" => "ES",
        "pt" => "BR",
        "it" => "IT",
        "nl" => "NL",
        "ja" => "JP",
        "zh" => "CN",
        "ko" => "KR",
        "sv" => "SE",
        "da" => "DK",
        "nb" | "nn" | "no" => "NO",
        "fi" => "FI",
        "pl" => "PL",
        "cs" => "CZ",
        "hu" => "HU",
        "ro" => "RO",
        "ru" => "RU",
        "uk" => "UA",
        "tr" => "TR",
        "hi" => "IN",
        "th" => "TH",
        "vi" => "VN",
        "id" => "ID",
        "he" => "IL",
        _ => "",
    }
}

fn place(language: &str, region: &str) -> Place {
    match (language, region) {
        ("de", "AT") | ("de" | "it" | "en", "CH") | ("de", "LI") => Place::BeforeSpaced,
        ("pt", "PT" | "AO" | "MZ" | "CV") => Place::AfterSpaced,
        ("pt" | "nl" | "id", _) => Place::BeforeSpaced,
        ("es", "ES" | "") => Place::AfterSpaced,
        ("es", "AR" | "UY" | "PY" | "CO" | "BO") => Place::BeforeSpaced,
        ("en" | "es" | "ja" | "zh" | "ko" | "hi" | "th" | "tr" | "ga" | "cy" | "mt" | "ms", _) => {
            Place::Before
        }
        (
            "fr" | "de" | "it" | "sv" | "da" | "nb" | "nn" | "no" | "fi" | "pl" | "cs" | "sk"
            | "hu" | "ro" | "bg" | "hr" | "sl" | "sr" | "bs" | "mk" | "sq" | "lt" | "lv" | "et"
            | "el" | "ru" | "uk" | "be" | "ca" | "gl" | "eu" | "is" | "vi" | "hy" | "ka" | "he",
            _,
        ) => Place::AfterSpaced,
        // CLDR's root.
        _ => Place::BeforeSpaced,
    }
}

fn symbol(language: &str, region: &str, currency: Currency) -> &'static str {
    let code = currency.code();
    if let Some(local) = local_symbol(language, region, code) {
        return local;
    }
    if language == "fr" && region == "CA" {
        return match code {
            "USD" => "$\u{a0}US",
            "AUD" => "$\u{a0}AU",
            "EUR" => "€",
            "GBP" => "£",
            _ => code,
        };
    }
    if language == "fr" {
        return match code {
            "USD" => "$US",
            "CAD" => "$CA",
            "AUD" => "$AU",
            "NZD" => "$NZ",
            "HKD" => "$HK",
            "MXN" => "$MX",
            "EUR" => "€",
            "GBP" => "£GB",
            _ => code,
        };
    }
    if code == "USD"
        && matches!(
            language,
            "de" | "nl" | "da" | "nb" | "pl" | "fi" | "ja" | "ru"
        )
    {
        return "$";
    }
    // CLDR's root, as English has it.
    match code {
        "USD" => "US$",
        "CAD" => "CA$",
        "AUD" => "A$",
        "NZD" => "NZ$",
        "HKD" => "HK$",
        "MXN" => "MX$",
        "BRL" => "R$",
        "TWD" => "NT$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" if language == "en" => "¥",
        "JPY" => "JP¥",
        "CNY" => "CN¥",
        "INR" => "₹",
        "KRW" => "₩",
        "ILS" => "₪",
        "VND" => "₫",
        "PHP" => "₱",
        _ => code,
    }
}

/// The symbol where a currency is at home.
fn local_symbol(language: &str, region: &str, code: &str) -> Option<&'static str> {
    Some(match (region, code) {
        ("US", "USD") | ("CA", "CAD") | ("AU", "AUD") | ("NZ", "NZD") | ("MX", "MXN") => "$",
        ("AR", "ARS") | ("CL", "CLP") | ("CO", "COP") => "$",
        ("HK", "HKD") => "HK$",
        ("SG", "SGD") => "$",
        ("JP", "JPY") => "￥",
        ("CN", "CNY") => "¥",
        ("SE", "SEK") | ("NO", "NOK") | ("DK", "DKK") if language != "en" => {
            if region == "DK" {
                "kr."
            } else {
                "kr"
            }
        }
        ("PL", "PLN") => "zł",
        ("CZ", "CZK") => "Kč",
        ("HU", "HUF") => "Ft",
        ("RU", "RUB") => "₽",
        ("UA", "UAH") => "₴",
        ("TR", "TRY") => "₺",
        ("ID", "IDR") => "Rp",
        ("TH", "THB") => "฿",
        ("ZA", "ZAR") => "R",
        ("RO", "RON") => "RON",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        Locale::try_from_str(tag).unwrap()
    }

    #[test]
    fn amounts_stand_as_the_language_writes_them() {
        let cases = [
            ("en", Currency::USD, "$12"),
            ("en-CA", Currency::CAD, "$12"),
            ("en", Currency::CAD, "CA$12"),
            ("en", Currency::CHF, "CHF\u{a0}12"),
            ("fr", Currency::EUR, "12\u{a0}€"),
            ("fr-CA", Currency::CAD, "12\u{a0}$"),
            ("fr", Currency::CAD, "12\u{a0}$CA"),
            ("de", Currency::EUR, "12\u{a0}€"),
            ("nl", Currency::EUR, "€\u{a0}12"),
            ("pt", Currency::BRL, "R$\u{a0}12"),
            ("ja", Currency::JPY, "￥12"),
            ("pl", Currency::PLN, "12\u{a0}zł"),
        ];
        for (tag, currency, shown) in cases {
            assert_eq!(amount(&locale(tag), "12", currency, false), shown, "{tag}");
        }
        assert_eq!(amount(&locale("en"), "12", Currency::USD, true), "-$12");
    }

    #[test]
    fn percentages() {
        assert_eq!(percent(&locale("en"), "12.5", false), "12.5%");
        assert_eq!(percent(&locale("fr"), "12,5", false), "12,5\u{202f}%");
        assert_eq!(percent(&locale("tr"), "12", true), "-%12");
    }
}
