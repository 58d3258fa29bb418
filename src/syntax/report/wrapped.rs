//! Values as templates, shells and programming languages write them: `{{ x }}`, `${x}`, `@x`, `a->b`.

use super::amend::Gap;
use super::{finding, rewrite};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;

/// What stands around a value elsewhere.
const AROUND: [(&str, &str); 9] = [
    ("{{", "}}"),
    ("{%", "%}"),
    ("${", "}"),
    ("#{", "}"),
    ("%{", "}"),
    ("<%=", "%>"),
    ("*|", "|*"),
    ("%%", "%%"),
    ("[[", "]]"),
];

/// The value at a gap that stands in the marks of another language.
pub(super) fn value(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    if !matches!(gap.rule, Rule::no_value | Rule::no_name) {
        return None;
    }
    if gap.previous() == "-" && gap.word() == ">" && gap.before.1 == gap.next.0 {
        return Some(arrow(lower, gap));
    }
    let at = gap.next.0;
    let line = lower.text.get(at..)?.split('\n').next()?;
    let (open, close, inner) = AROUND
        .iter()
        .find_map(|(open, close)| {
            let (inner, _) = line.strip_prefix(open)?.split_once(close)?;
            Some((*open, *close, inner))
        })
        .or_else(|| {
            let open = ["@", "$", "#", "&"]
                .into_iter()
                .find(|open| line.starts_with(open))?;
            let rest = line.get(open.len()..)?;
            let end = rest.find(|c| c != '.' && !unicode_ident::is_xid_continue(c));
            let inner = rest.get(..end.unwrap_or(rest.len()))?;
            inner
                .starts_with(unicode_ident::is_xid_start)
                .then_some((open, "", inner))
        })?;
    let span = lower.range(at, at + open.len() + inner.len() + close.len());
    // A filter of a template has no place here.
    let value = inner.split('|').next()?.trim();
    if value.is_empty() || value.contains(['{', '}']) {
        return None;
    }
    let message = match close {
        "" => format!("a name stands without `{open}`"),
        _ => format!("a value stands without `{open}` and `{close}`"),
    };
    Some(rewrite::instead(
        lower,
        &codes::UNEXPECTED,
        span,
        message,
        value,
    ))
}

/// `member->points`, and an arrow that means nothing.
fn arrow(lower: &Lower<'_>, gap: &Gap<'_>) -> Diagnostic {
    let span = lower.range(gap.before.0, gap.next.1);
    let touches = |text: Option<&str>| {
        let text = text.unwrap_or("");
        text.starts_with(unicode_ident::is_xid_start)
    };
    let before = lower.text.get(..gap.before.0).unwrap_or("");
    let path = before.ends_with(unicode_ident::is_xid_continue);
    if !path || !touches(lower.text.get(gap.next.1..)) {
        let message = "`->` means nothing here";
        let help = "remove it; the steps of a branch stand between `{` and `}`";
        return finding(lower, &codes::STRAY_CHARACTER, span, message, help);
    }
    let message = "a field stands behind a dot";
    finding(lower, &codes::FOREIGN_OPERATOR, span, message, "write `.`")
        .fix(rewrite::write(lower, span, "."))
}
