//! Characters that no word begins with: signs of word processors and of other languages.

use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::lower::Lower;
use crate::syntax::report::{finding, foreign, rewrite};
use unicode_width::UnicodeWidthChar;

/// What stands for a sign that a word processor or a keyboard put in its place.
fn plain_sign(c: char) -> Option<&'static str> {
    Some(match c {
        '–' | '—' | '−' | '‐' | '‑' => "-",
        '≠' => "!=",
        '≥' => ">=",
        '≤' => "<=",
        '×' => "*",
        '÷' => "/",
        '，' => ",",
        '：' => ":",
        '（' => "(",
        '）' => ")",
        '｛' => "{",
        '｝' => "}",
        '＝' => "=",
        '＞' => ">",
        '＜' => "<",
        '；' => ";",
        '．' => ".",
        '［' => "[",
        '］' => "]",
        '％' => "%",
        '＋' => "+",
        '／' => "/",
        '、' => ",",
        _ => return None,
    })
}

/// A character that begins no word.
pub(in crate::syntax::report) fn character(
    lower: &Lower<'_>,
    word: &str,
    span: Span,
) -> Option<Diagnostic> {
    let behind = |n: u32| lower.source(Span::new(span.start, span.start.saturating_add(n)));
    let pair = behind(2);
    let stray = |span: Span, message: String, help: &str| {
        finding(lower, &codes::STRAY_CHARACTER, span, message, help)
    };
    let wide = |n: u32| Span::new(span.start, span.start.saturating_add(n));
    let comment = "write a comment behind `//`";
    match word {
        "#" => {
            let found = stray(span, "`#` does not begin a comment".to_owned(), comment);
            return Some(found.fix(Fix::safe(comment, span.in_file(lower.file), "//")));
        }
        "-" if pair == "--" => {
            let found = stray(wide(2), "`--` does not begin a comment".to_owned(), comment);
            return Some(found.fix(Fix::safe(comment, wide(2).in_file(lower.file), "//")));
        }
        "<" if behind(4) == "<!--" => {
            let found = stray(
                wide(4),
                "`<!--` does not begin a comment".to_owned(),
                comment,
            );
            return Some(found.fix_if(foreign::comment(lower, span, "<!--", "-->", comment)));
        }
        "/" | "*" if pair == "/*" || pair == "*/" => {
            let help = "write `//` before each line of the comment";
            let found = stray(wide(2), format!("`{pair}` means nothing here"), help);
            return Some(found.fix_if(foreign::comment(lower, span, "/*", "*/", help)));
        }
        "-" | "=" if pair == "->" || pair == "=>" => {
            let help = "remove it; the steps of a branch stand between `{` and `}`";
            return Some(stray(wide(2), format!("`{pair}` means nothing here"), help));
        }
        "." if behind(3) == "..." => {
            let help = "remove it, or write the steps that are missing";
            return Some(stray(wide(3), "`...` means nothing here".to_owned(), help));
        }
        "}" | ")" | "]" => {
            if word == ")" && lower.state.parens {
                return None;
            }
            let message = format!("this `{word}` closes nothing");
            let code = &codes::UNMATCHED_BRACE;
            let fix = Fix::chosen("remove it", span.in_file(lower.file), "");
            return Some(finding(lower, code, span, message, "remove it").fix(fix));
        }
        "$" | "€" | "£" | "¥" => {
            let help = "write money with its currency behind it: `20 EUR`";
            return Some(stray(span, format!("`{word}` means nothing here"), help));
        }
        "=" | "==" | "<" | ">" | "+" | "*" | "/" | "-" | "!" | "." | "," | ":" | "?" | "@"
        | "\"" | "(" | "[" | "{" | "%" => return None,
        _ if word.starts_with(|c: char| c == '_' || unicode_ident::is_xid_continue(c)) => {
            return None;
        }
        _ => {}
    }
    let c = word.chars().next()?;
    if let Some(plain) = plain_sign(c) {
        let found = stray(span, format!("`{c}` means nothing here"), "");
        let found = found.help(format!("write `{plain}`"));
        return Some(found.fix(rewrite::write(lower, span, plain)));
    }
    if c.is_control() || c.width().unwrap_or(0) == 0 {
        let message = format!("an invisible character stands here, U+{:04X}", u32::from(c));
        let place = span.in_file(lower.file);
        let found = stray(span, message, "remove it");
        return Some(found.fix(Fix::safe("remove it", place, "")));
    }
    let help = match c {
        '•' | '·' | '◦' | '▪' | '→' | '►' => {
            "remove it: steps stand one below the other without a sign"
        }
        _ => "remove it; between double quotes it may stand in a text",
    };
    Some(stray(span, format!("`{c}` means nothing here"), help))
}
