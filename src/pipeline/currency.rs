//! A dollar sign in a project of one currency: which dollar was meant.
//!
//! Where a text is read, nothing is known of the project. Here the types of all its files are.

use crate::diag::codes::syntax::{BAD_NUMBER, UNKNOWN_UNIT};
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::source::{FileId, Sources};

/// How a help begins that offers several currencies.
const OFFERS: &str = "write the currency behind the number: ";

/// How a help looks that guesses the dollar of the United States.
const GUESS: &str = "did you mean `USD`?";

/// Puts the project's only currency into the helps of findings about amounts with a sign or a word of
/// several currencies. Whoever has two is asked, as before.
pub(super) fn settle(diagnostics: &mut Diagnostics, files: &[FileId], sources: &Sources) {
    if !diagnostics.iter().any(|found| offered(found).is_some()) {
        return;
    }
    let Some(currency) = only(files.iter().map(|file| sources.text(*file))) else {
        return;
    };
    for found in diagnostics.iter_mut() {
        let Some(number) = offered(found) else {
            continue;
        };
        let place = found.primary.place;
        match number {
            Offered::Amounts(amounts) => {
                let amount = amounts
                    .split('`')
                    .find(|amount| amount.ends_with(&currency));
                if let Some(help) = amount.map(|amount| format!("write `{amount}`")) {
                    let text = amount.unwrap_or_default().to_owned();
                    found.fix = Some(Box::new(Fix::chosen(help.clone(), place, text)));
                    found.help = Some(help);
                }
            }
            Offered::Dollar if currency.ends_with('D') => {
                found.help = Some(GUESS.replace("USD", &currency));
                found.fix = found.fix.take().map(|mut fix| {
                    fix.title = fix.title.replace("USD", &currency);
                    for edit in &mut fix.edits {
                        edit.text = edit.text.replace("USD", &currency);
                    }
                    fix
                });
            }
            Offered::Dollar => {}
        }
    }
}

/// What a finding offers.
enum Offered {
    /// Amounts between backticks.
    Amounts(String),
    /// A dollar.
    Dollar,
}

fn offered(found: &Diagnostic) -> Option<Offered> {
    let help = found.help.as_deref()?;
    if found.code == &BAD_NUMBER {
        let amounts = help.strip_prefix(OFFERS)?;
        return Some(Offered::Amounts(amounts.to_owned()));
    }
    (found.code == &UNKNOWN_UNIT && help == GUESS).then_some(Offered::Dollar)
}

/// The currency of every `money(...)` in these texts, if it is one.
fn only<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut only: Option<&str> = None;
    for text in texts {
        for (at, opening) in text.match_indices("money(") {
            let code = text.get(at + opening.len()..at + opening.len() + 3)?;
            if only.is_some_and(|only| only != code) {
                return None;
            }
            only = Some(code);
        }
    }
    let known = |code: &&str| code.bytes().all(|byte| byte.is_ascii_uppercase());
    only.filter(known).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::only;

    #[test]
    fn two_currencies_are_none() {
        let of = |texts: &[&'static str]| only(texts.iter().copied());
        assert_eq!(
            of(&["a: money(CAD)", "b: money(CAD)?"]).as_deref(),
            Some("CAD")
        );
        assert_eq!(of(&["a: money(CAD)", "b: money(USD)"]), None);
        assert_eq!(of(&["a: int"]), None);
        assert_eq!(of(&["a: money("]), None);
    }
}
