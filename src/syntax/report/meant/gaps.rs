//! Words that stand where a small word or a comma before them was forgotten.

use super::{Line, advice, instead};
use crate::diag::{Diagnostic, Fix, nearest};
use crate::syntax::lower::Lower;

/// What is missing before the word, if that is known.
pub(super) fn before(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let word = line.word();
    let place = (line.from, line.to);
    match (line.keyword(), word) {
        (_, "otherwise" | "sinon") if line.after().ends_with('{') => {
            Some(instead(lower, place, "else"))
        }
        ("exit", "\"") => exit(lower, line),
        ("purpose" | "permit", "\"") => {
            let text = "because ";
            let help = "write `because` before the reason";
            let message = "a reason stands behind `because`";
            let start = lower.range(line.from, line.from).in_file(lower.file);
            let fix = Fix::safe(help, start, text);
            Some(advice(lower, place, message, help).fix(fix))
        }
        ("budget", "per") => {
            let (rest, _) = line.next();
            let length = match rest.starts_with(|c: char| c.is_ascii_digit()) {
                true => line.after().to_owned(),
                false => format!("1 {rest}"),
            };
            let once = line.before().rsplit("budget").next()?.trim();
            let help = format!("write the whole budget first: `budget TOTAL, {once} per {length}`");
            Some(advice(lower, place, "a budget has a total", help))
        }
        ("enter", _) => named(lower, line),
        _ => argument(lower, line),
    }
}

/// `exit "not reminded"`
fn exit(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let rest = line.text.get(line.to..line.end)?;
    let (written, _) = rest.split_once('"')?;
    let parts = written.split(|c: char| !unicode_ident::is_xid_continue(c));
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    let name = parts.join("_");
    let place = (line.from, line.to + written.len() + 1);
    name.starts_with(unicode_ident::is_xid_start)
        .then(|| instead(lower, place, &name))
}

/// `enter on gift_made gift`
fn named(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let (at, event) = line.previous();
    let head = line.text.get(line.start..at)?.trim_end();
    let word = line.word();
    let is_name = word.starts_with(unicode_ident::is_xid_start);
    let ends = matches!(line.next().0, "" | "where" | "no" | "including");
    let part = ["as", "for", "where", "no", "including", "at"];
    let meant = nearest(word, part).is_some();
    (head.ends_with(" on") && is_name && ends && !meant).then(|| {
        let help = format!("write `as {word}` to give `{event}` a name");
        let start = lower.range(line.from, line.from).in_file(lower.file);
        let message = format!("`{word}` cannot stand here");
        let fix = Fix::chosen(help.clone(), start, "as ");
        advice(lower, (line.from, line.to), &message, help).fix(fix)
    })
}

/// `f(a: 1 b: 2)`
fn argument(lower: &Lower<'_>, line: &Line<'_>) -> Option<Diagnostic> {
    let head = line.before();
    let open = head.matches('(').count() > head.matches(')').count();
    let is_name = line.word().starts_with(unicode_ident::is_xid_start);
    (open && is_name && line.after().starts_with(':') && !head.ends_with([',', '('])).then(|| {
        let word = line.word();
        let help = format!("write a comma before it: `, {word}: ...`");
        let gap = line.text.get(line.start..line.from).unwrap_or("");
        let end = line.start + gap.trim_end().len();
        let fix = Fix::chosen(help.clone(), lower.range(end, end).in_file(lower.file), ",");
        let message = format!("`{word}` cannot stand here");
        advice(lower, (line.from, line.to), &message, help).fix(fix)
    })
}
