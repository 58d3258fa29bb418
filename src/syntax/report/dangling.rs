//! Words and signs that join nothing: `by email and for`, `member.points > {`, `else if {`.

use super::amend::Gap;
use super::{finding, habits};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// The answer where nothing stands behind the word or sign before the gap.
pub(super) fn before(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    if gap.word() == "." && gap.behind_word().trim().is_empty() {
        let owner = gap.previous();
        let span = lower.range(gap.before.0, gap.next.1);
        let message = format!("no field stands behind `{owner}.`");
        let help = format!("write a field of `{owner}` behind the dot, as in `{owner}.points`");
        return Some(finding(lower, &codes::MISSING_PART, span, message, help));
    }
    if !matches!(gap.rule, Rule::no_value | Rule::no_name) {
        return None;
    }
    let next = gap.word();
    let ends = !gap.on_line()
        || matches!(next, "{" | "}" | ")" | "]" | ",")
        || (habits::RESERVED.contains(&next) && matches!(gap.previous(), "and" | "or" | ","));
    if !ends {
        return None;
    }
    let previous = gap.previous();
    let span = lower.range(gap.before.0, gap.before.1);
    let found =
        |message: String, help: String| finding(lower, &codes::MISSING_PART, span, message, help);
    let then = gap.on_line() && matches!(next, "and" | "or");
    match previous {
        "and" | "or" if then && previous != next => {
            let message = format!("`{previous}` and `{next}` stand behind each other");
            Some(found(message, "keep one of them".to_owned()))
        }
        "and" | "or" | "," => {
            let message = format!("nothing stands behind `{previous}`");
            let help = format!("write what it joins, or remove the `{previous}`");
            let end = lower.trimmed_end(0, gap.before.0);
            let place = lower.range(end, gap.before.1).in_file(lower.file);
            let title = format!("remove the `{previous}`");
            Some(found(message, help).fix(Fix::chosen(title, place, "")))
        }
        "if" | "when" | "where" => {
            let message = format!("this `{previous}` has no condition");
            let others = match gap.statement().ends_with("else if") {
                true => ", or `else {` for all others",
                false => "",
            };
            let help = format!("write it, as in `{previous} member.points > 10`{others}");
            Some(found(message, help))
        }
        "=" | "<" | ">" => {
            let head = gap.head().trim_end_matches(['=', '<', '>', '!']);
            let sign = gap.head().get(head.len()..)?;
            let left = head.trim_end();
            let left = left
                .rsplit([' ', '('])
                .next()
                .filter(|left| !left.is_empty())?;
            let compares = sign != "=";
            let message = match compares {
                true => format!("`{left}` is compared with nothing"),
                false => "nothing stands behind `=`".to_owned(),
            };
            let help = match compares {
                true => format!("write a value behind it, as in `{left} {sign} 10`"),
                false => "write a value or an expression behind it".to_owned(),
            };
            Some(found(message, help))
        }
        _ => None,
    }
}
