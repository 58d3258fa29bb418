//! Fixes of findings whose help says in one word what to write instead.
//!
//! A help that ends in a text between backticks and a finding whose main place is what that text
//! replaces are a fix already. Only findings of the codes below are looked at, and only where the
//! place holds the word that the message is about.

use crate::diag::codes::{config, names, template, types};
use crate::diag::{Code, Diagnostic, Diagnostics, Fix};
use crate::source::{Place, Sources, Span};

/// The codes whose help is an answer.
const ANSWERED: [&Code; 12] = [
    &config::UNKNOWN_SETTING,
    &config::UNKNOWN_CODE,
    &names::UNKNOWN_NAME,
    &names::UNKNOWN_STANDARD_CODE,
    &template::FOREIGN_PLACEHOLDER,
    &template::UNKNOWN_VARIABLE,
    &template::UNKNOWN_FILTER,
    &template::MISSING_TEMPLATE,
    &template::INSECURE_LINK,
    &template::UNKNOWN_MJML_ATTRIBUTE,
    &types::TYPE_MISMATCH,
    &names::REPEATED_ITEM,
];

/// How a help begins that says what to write.
const BEGINNINGS: [&str; 5] = [
    "did you mean `",
    "write `",
    "write it without quotes: `",
    "write the currency: `",
    "write the sign: `",
];

/// Gives each finding the fix that its help says, if it has none.
pub(super) fn give(diagnostics: &mut Diagnostics, sources: &Sources) {
    for found in diagnostics.iter_mut() {
        if found.fix.is_none() && ANSWERED.contains(&found.code) {
            found.fix = answer(found, sources).map(Box::new);
        }
    }
}

fn answer(found: &Diagnostic, sources: &Sources) -> Option<Fix> {
    let place = found.primary.place;
    let text = sources.text(place.file);
    let written = place.span.text(text);
    if found.code == &names::REPEATED_ITEM {
        return without(place, text);
    }
    let help = found.help.as_deref()?;
    let right = BEGINNINGS
        .iter()
        .find_map(|beginning| help.strip_prefix(beginning))?
        .trim_end_matches('?')
        .strip_suffix('`')?;
    let bare = written.trim_matches('"');
    let named = found.message.contains(&format!("`{bare}`"));
    let literal = found.code == &types::TYPE_MISMATCH
        && (written.starts_with('"') || written.bytes().all(|b| b.is_ascii_digit()));
    if right.is_empty() || bare.is_empty() || right.contains(['`', '\n']) || !(named || literal) {
        return None;
    }
    // What is written between quotes keeps them, unless the answer has its own or none.
    let inside = written.len() > bare.len() && !right.contains('"') && !literal;
    let place = match inside {
        true => Span::new(place.span.start + 1, place.span.end - 1).in_file(place.file),
        false => place,
    };
    let same = bare == right || (is_standard(found.code) && folded(bare) == folded(right));
    let sure = same && (literal || is_standard(found.code));
    Some(match sure {
        true => Fix::safe(help_or_write(help, right), place, right),
        false => Fix::chosen(help_or_write(help, right), place, right),
    })
}

/// What the fix does: what the help says, unless that is a question.
fn help_or_write(help: &str, right: &str) -> String {
    match help.starts_with("write ") {
        true => help.to_owned(),
        false => format!("write `{right}`"),
    }
}

/// Whether the right words are those of a standard, of which none are equal but for their case.
fn is_standard(code: &Code) -> bool {
    code == &names::UNKNOWN_STANDARD_CODE
}

fn folded(word: &str) -> String {
    word.trim_matches('"').to_lowercase()
}

/// Takes an item out of a list, with the comma before it.
fn without(place: Place, text: &str) -> Option<Fix> {
    let before = text.get(..place.span.start as usize)?.trim_end();
    let comma = before.strip_suffix(',')?.len();
    let from = u32::try_from(comma).ok()?;
    let place = Span::new(from, place.span.end).in_file(place.file);
    Some(Fix::safe("leave it out here", place, ""))
}
