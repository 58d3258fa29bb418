//! Names that are missing or are none, and declarations that do not say for whom they are.

use super::{Gap, first_path, write};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;
use crate::syntax::report::{finding, rewrite, words};
use crate::syntax::scan::DECLARATIONS;

/// A name that is missing, or written as no name is.
pub(super) fn name(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let keyword = gap.previous();
    let declares = DECLARATIONS.contains(&keyword) && gap.head() == keyword;
    match gap.word() {
        "\"" | "'" | "“" | "«" => {
            let rest = gap.text.get(gap.next.1..)?;
            let end = rest.find(['"', '\'', '”', '»', '\n'])?;
            let written = rest.get(..end)?;
            let close = rest.get(end..)?.chars().next().filter(|c| *c != '\n')?;
            let place = (gap.next.0, gap.next.1 + end + close.len_utf8());
            let name = if declares {
                slug(keyword, written)
            } else {
                written.trim().to_owned()
            };
            let is_name = !name.is_empty() && first_path(&name) == name;
            let message = match keyword {
                "goal" => "a goal is the name of an event, and this is a text",
                _ => "a name stands without quotes",
            };
            if !is_name {
                let help = match keyword {
                    "goal" => "write the event that counts, as in `goal EVENT within 30 days`",
                    _ => "write the name that it is declared by",
                };
                let span = lower.range(place.0, place.1);
                return Some(finding(lower, &codes::UNEXPECTED, span, message, help));
            }
            Some(write(lower, &codes::UNEXPECTED, place, message, &name))
        }
        word if gap.around == Rule::journey_holdout
            && word.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            let share = gap.tail();
            let help = format!(
                "declare `holdout control of member: PROFILE {share} for PURPOSES` outside of the \
                 journey, and write `holdout control` here"
            );
            let span = lower.range(gap.next.0, gap.next.1);
            let message = "a journey names its control group, and does not say how large it is";
            Some(finding(lower, &codes::UNEXPECTED, span, message, help))
        }
        word if declares && word.starts_with(|c: char| c.is_ascii_digit()) => {
            let help = format!("begin it with a letter, as in `{keyword} n{word}`");
            let span = lower.range(gap.next.0, gap.next.1);
            let message = "a name does not begin with a digit";
            Some(finding(lower, &codes::UNEXPECTED, span, message, help))
        }
        "for" if gap.head().starts_with("at most") => {
            let span = lower.range(gap.next.0, gap.next.1);
            let message = "this claim does not say by which channels";
            let line = gap.line_with("any").unwrap_or_default();
            let help = format!("write `{line}` for all channels together");
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        _ if declares => {
            let span = lower.range(gap.before.0, gap.before.1);
            let message = format!("this `{keyword}` has no name");
            Some(finding(
                lower,
                &codes::MISSING_PART,
                span,
                message,
                words::form(keyword),
            ))
        }
        _ => None,
    }
}

/// A text as a name of the kind that a keyword declares.
fn slug(keyword: &str, written: &str) -> String {
    let parts = written.split(|c: char| !unicode_ident::is_xid_continue(c));
    let parts = parts.filter(|part| !part.is_empty() && *part != "_");
    match keyword {
        "profile" | "table" | "enum" => parts.map(capitalised).collect(),
        _ => parts
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join("_")
            .trim_matches('_')
            .to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    first + chars.as_str()
}

/// A declaration that does not say for whom it is, or whose name is not one word.
pub(super) fn header(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let mut words = gap.head().split_whitespace();
    let keyword = words.next().filter(|word| DECLARATIONS.contains(word))?;
    if keyword == "holdout" && gap.rule == Rule::no_for {
        return None;
    }
    if keyword == "test" {
        let span = lower.range(gap.next.0, gap.next.1);
        let message = "this test does not say of which journey it is";
        let help = "write the journey behind the title, as in `test \"...\" of JOURNEY {`";
        return Some(finding(lower, &codes::MISSING_PART, span, message, help));
    }
    let behind = gap
        .tail()
        .trim_start_matches(unicode_ident::is_xid_continue);
    if behind.len() < gap.tail().len() && behind.trim_start().starts_with(':') {
        // The person is there, without the word before it.
        return None;
    }
    let word = if gap.rule == Rule::no_of { "of" } else { "for" };
    if gap.rule == Rule::no_colon {
        return person(lower, gap, keyword);
    }
    let start = gap.head().find(char::is_whitespace)? + 1;
    let line = gap.before.1 - gap.head().len();
    let line_text = gap.text.get(line..)?.split('\n').next()?;
    // The name goes on where it ought to end.
    let whole = line_text.get(start..)?;
    let ends = [" for ", " of ", "{", "(", ":", " =", "="];
    let end = ends
        .iter()
        .filter_map(|end| whole.find(end))
        .min()
        .unwrap_or(whole.len());
    let written = whole.get(..end)?.trim_end();
    let begin = line + start + (whole.len() - whole.trim_start().len());
    let written = written.trim_start();
    if written.len() > gap.previous().len() && !gap.word().starts_with(['{', ':', '=', '"']) {
        let name = slug(keyword, written);
        let place = (begin, begin + written.len());
        let message = "a name is one word of letters, digits and `_`";
        let span = lower.range(place.0, place.1);
        return Some(rewrite::perhaps_instead(
            lower,
            &codes::UNEXPECTED,
            span,
            message,
            &name,
        ));
    }
    let subject = format!("{word} member: PROFILE");
    let help = match gap.line_with(&subject) {
        Some(line) => format!("write `{line}`, PROFILE being the name of your profile"),
        None => format!("write `{subject}` behind the name"),
    };
    let span = lower.range(gap.before.0, gap.before.1);
    let message = format!("`{}` does not say {word} whom it is", gap.previous());
    Some(finding(lower, &codes::MISSING_PART, span, message, help))
}

/// `for Member {`
fn person(lower: &Lower<'_>, gap: &Gap<'_>, keyword: &str) -> Option<Diagnostic> {
    let rest = gap.head().strip_suffix(gap.previous())?.trim_end();
    if !(rest.ends_with(" for") || rest.ends_with(" of")) {
        return None;
    }
    let who = gap.previous();
    if gap.on_line() && gap.word().starts_with(char::is_uppercase) {
        let text = format!("{who}: {}", gap.word());
        let place = (gap.before.0, gap.next.1);
        let message = format!("this `{keyword}` lacks the colon before its profile");
        return Some(write(lower, &codes::MISSING_PART, place, &message, &text));
    }
    let span = lower.range(gap.before.0, gap.before.1);
    let found =
        |message: String, help: String| finding(lower, &codes::MISSING_PART, span, message, help);
    if who.starts_with(char::is_uppercase) {
        let subject = format!("{}: {who}", who.to_lowercase());
        let message = format!("this `{keyword}` gives the {who} no name");
        let text = format!("write `{subject}`");
        let fix = Fix::chosen(text.clone(), span.in_file(lower.file), subject);
        return Some(found(message, text).fix(fix));
    }
    let message = format!("this `{keyword}` does not say of which profile `{who}` is");
    let help = format!("write `{who}: PROFILE`, PROFILE being the name of your profile");
    Some(found(message, help))
}
