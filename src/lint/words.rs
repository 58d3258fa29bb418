//! The words of a piece of source text: names, numbers, texts and single signs, without layout and
//! comments.

use crate::source::Span;

/// Where the words of `span` stand, in order. The text must be free of syntax errors there.
pub(crate) fn words(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let mut rest = span.text(text);
    let end = span.end;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if !rest.starts_with("//") {
                break;
            }
            rest = rest.split_once('\n').map_or("", |(_, below)| below);
        }
        let length = length(rest)?;
        let start = end - u32::try_from(rest.len()).ok()?;
        rest = rest.get(length..).unwrap_or("");
        Some(Span::new(start, start + u32::try_from(length).ok()?))
    })
}

/// How many bytes the word takes that a text starts with.
fn length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if let Some(inside) = text.strip_prefix("\"\"\"") {
        return Some(inside.find("\"\"\"").map_or(text.len(), |end| end + 6));
    }
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    Some(match first {
        '"' => quoted(text),
        '`' => {
            let end = text.char_indices().skip(1).find(|(_, c)| *c == '`');
            end.map_or(text.len(), |(at, _)| at + 1)
        }
        first if in_word(first) => text.find(|c| !in_word(c)).unwrap_or(text.len()),
        first => first.len_utf8(),
    })
}

/// The bytes of a `"` text.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == '"' && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_names_numbers_texts_and_signs() {
        let text =
            "ask: send `hi` (a: \"// \\\" x\") // by sms\n  by email, é_1 \"\"\"a\n\"\" b\"\"\"";
        let whole = Span::new(0, u32::try_from(text.len()).unwrap());
        let found: Vec<_> = words(text, whole).map(|span| span.text(text)).collect();
        assert_eq!(
            found,
            [
                "ask",
                ":",
                "send",
                "`hi`",
                "(",
                "a",
                ":",
                "\"// \\\" x\"",
                ")",
                "by",
                "email",
                ",",
                "é_1",
                "\"\"\"a\n\"\" b\"\"\""
            ]
        );
    }
}
