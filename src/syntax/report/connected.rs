//! Small words and signs in the place of another: `between 21:00 to 09:00`, `permit email to appeals`.
//!
//! Where a small word of the language is missing and another small word or sign stands there, it
//! takes the place of that one; put in before it, it would give a line that nobody meant.

use super::amend::{self, Gap};
use super::{finding, rewrite, words};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// What joins two parts of a statement, in English, in French and as a sign.
const CONNECTIVES: [&str; 40] = [
    "to", "and", "of", "for", "on", "in", "with", "from", "by", "until", "till", "at", "as", "via",
    "per", "into", "about", "upon", "is", "are", "so", "à", "a", "de", "du", "pour", "et", "par",
    "dans", "sur", "avec", "=", ":", ":=", "or", "/", "&", "+", "|", "~",
];

/// Whether a word or sign joins two parts and is none itself.
pub(super) fn is_connective(word: &str) -> bool {
    CONNECTIVES.contains(&word)
}

/// The one word that is missing at a gap, if it is always the same.
pub(super) fn missing_word(gap: &Gap<'_>) -> Option<&'static str> {
    Some(match gap.rule {
        Rule::no_for => "for",
        Rule::no_of => "of",
        Rule::no_by => "by",
        Rule::no_via => "via",
        Rule::no_equals => "=",
        Rule::no_comma => ",",
        rule => amend::fixed_word(rule)?,
    })
}

/// The answer where another small word stands in the place of the one that is missing.
pub(super) fn instead(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let written = gap.word();
    let right = missing_word(gap).filter(|_| gap.on_line() && is_connective(written))?;
    // A word that goes on with the statement is not instead of one before it.
    if words::of_statement(words::keyword_of(gap.statement())).contains(&written) {
        return None;
    }
    if (written, right) == ("=", ",") {
        return None;
    }
    // What follows must be able to stand behind the word.
    let behind = gap.behind_word().trim_start();
    if !behind.starts_with(|c: char| c == '_' || c == '"' || c.is_alphanumeric()) {
        return None;
    }
    let span = lower.range(gap.next.0, gap.next.1);
    let message = format!("`{written}` cannot stand here");
    let help = match gap.line_instead(right) {
        Some(line) => format!("write `{line}`"),
        None => format!("write `{right}`"),
    };
    let fix = match right {
        "," => rewrite::write(lower, lower.range(gap.before.1, gap.next.1), ","),
        right => rewrite::write_word(lower, span, right),
    };
    Some(finding(lower, &codes::UNEXPECTED, span, message, help).fix(fix))
}
