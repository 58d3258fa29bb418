//! Units and currencies that are written another way.

use crate::diag::{nearest, surely};
use crate::syntax::lower::UNITS;

/// Whether a word is a unit of time.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.iter().any(|(unit, _)| *unit == word)
}

/// The unit or currency that was probably meant.
pub(super) fn unit_like(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let known = |name: &str| UNITS.iter().any(|(unit, _)| *unit == name);
    if known(&lower) {
        return Some(lower);
    }
    let meant = match lower.as_str() {
        "s" | "sec" | "secs" | "secondes" => "seconds",
        "min" | "mins" | "mn" => "minutes",
        "h" | "hr" | "hrs" | "heure" | "heures" => "hours",
        "d" | "j" | "jour" | "jours" | "tag" | "tage" | "dia" | "dias" | "días" => "days",
        "w" | "wk" | "wks" | "semaine" | "semaines" => "weeks",
        "mo" | "mos" | "mois" => "months",
        "y" | "yr" | "yrs" | "an" | "ans" | "année" | "années" => "years",
        "dollar" | "dollars" => "USD",
        "euro" | "euros" => "EUR",
        "pound" | "pounds" => "GBP",
        "percent" => "%",
        _ => {
            let units = UNITS.iter().map(|(unit, _)| *unit);
            return match nearest(&lower, units) {
                Some(unit) => Some(unit.to_owned()),
                None if lower.len() == 3 && lower.bytes().all(|b| b.is_ascii_lowercase()) => {
                    Some(lower.to_uppercase())
                }
                None => None,
            };
        }
    };
    Some(meant.to_owned())
}

/// A unit of time in the form that stands behind a number.
pub(super) fn counted(unit: String, number: &str) -> String {
    match unit.strip_suffix('s') {
        Some(one) if number == "1" && is_unit(one) => one.to_owned(),
        None if number != "1" && is_unit(&format!("{unit}s")) => format!("{unit}s"),
        _ => unit,
    }
}

/// Currencies whose code in small letters is no word of a language.
const CURRENCIES: &str =
    "AUD BRL CAD CHF CZK DKK EUR GBP HUF INR JPY MXN NOK NZD PLN RON SEK SGD USD ZAR";

/// Whether [`unit_like`] gives what `word` surely means: a unit in other letters or in other words,
/// or one that is a letter away; a currency only where it bears that name alone.
pub(super) fn is_surely_unit(word: &str) -> bool {
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "dollar" | "dollars" | "pound" | "pounds") {
        return false;
    }
    let Some(meant) = unit_like(word) else {
        return false;
    };
    if !is_unit(&meant) {
        return meant == "%" || CURRENCIES.split(' ').any(|code| code == meant);
    }
    let units = || UNITS.iter().map(|(unit, _)| *unit);
    // Singular and plural mean the same.
    let only = |plural: bool| {
        let stem = meant.trim_end_matches('s');
        let units = units().filter(|unit| unit.ends_with('s') == plural);
        surely(&lower, units).is_some_and(|unit| unit.trim_end_matches('s') == stem)
    };
    is_unit(&lower) || nearest(&lower, units()) != Some(meant.as_str()) || only(true) || only(false)
}
