//! Texts of Jalon in Markdown (GitHub's and GitLab's), inside a cell of a table.
//!
//! What stands between backticks stays code. Nothing else of a text can mean anything: no link, no
//! picture, no HTML, no formula, and nobody is mentioned.

use super::super::printable;

/// The most characters of one text that are shown.
const MOST: usize = 1_000;

/// A sentence: what is between backticks as code, line feeds as breaks.
pub(super) fn prose(text: &str) -> String {
    let text = cut(text);
    let lines = text.split('\n').map(|line| {
        let parts: Vec<&str> = line.split('`').collect();
        let mut shown = String::with_capacity(line.len());
        for (number, part) in parts.iter().enumerate() {
            let is_code = number % 2 == 1;
            if is_code && number + 1 < parts.len() {
                shown += &code(part);
            } else {
                // A backtick that nothing closes is one.
                shown += if is_code { "&#96;" } else { "" };
                shown += &plain(part);
            }
        }
        shown
    });
    lines.collect::<Vec<_>>().join("<br>")
}

/// A name or a path as code.
pub(super) fn code(text: &str) -> String {
    let text = cut(text);
    if text.trim().is_empty() {
        return format!("<code>{}</code>", "&#32;".repeat(text.len()));
    }
    // In code of Markdown a bar still ends the cell, and a blank at both ends is taken off.
    let is_simple = !text.contains(['`', '|', '\\', '\n', '\r']) && text.trim() == text;
    if is_simple {
        return format!("`{text}`");
    }
    let hidden = |c: char| is_special(c) || c.is_ascii_whitespace();
    format!("<code>{}</code>", entities(&text, hidden))
}

/// Words that are no code.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // Somebody would be mentioned, or an issue: nothing is seen of what parts the two.
            '@' | '#' => shown.extend([c, '\u{200b}']),
            // An address would become a link.
            ':' if rest.peek() == Some(&'/') => shown += ":\u{200b}",
            '\r' => shown.push(' '),
            c if is_special(c) => shown += &entities(c.encode_utf8(&mut [0; 4]), is_special),
            c => shown.push(c),
        }
    }
    shown
}

/// Whether a character may mean something in Markdown.
fn is_special(c: char) -> bool {
    "\\`*_[]<>&~|$!".contains(c)
}

/// The text with some of its characters as numbers.
fn entities(text: &str, hidden: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && hidden(c) {
            shown += &format!("&#{};", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// At most [`MOST`] characters, none of which turns the reading direction.
fn cut(text: &str) -> String {
    let text = printable(text);
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_between_backticks_is_code() {
        assert_eq!(
            prose("there is no `Membre`; did you mean `Member`?"),
            "there is no `Membre`; did you mean `Member`?"
        );
        assert_eq!(prose("a\nb `c`"), "a<br>b `c`");
        assert_eq!(prose("an odd ` here"), "an odd &#96; here");
        assert_eq!(prose("`` is empty"), "<code></code> is empty");
    }

    #[test]
    fn bars_and_backslashes_do_not_end_a_cell() {
        assert_eq!(
            prose(r"`{{ a | b }}` or `\|`"),
            "<code>{{&#32;a&#32;&#124;&#32;b&#32;}}</code> or <code>&#92;&#124;</code>"
        );
        assert_eq!(prose("a | b"), "a &#124; b");
    }

    #[test]
    fn nothing_else_means_anything() {
        assert_eq!(
            prose("<img src=x> **b** [a](https://x.y) @jean #12 $x$"),
            "&#60;img src=x&#62; &#42;&#42;b&#42;&#42; &#91;a&#93;(https:\u{200b}//x.y) \
             @\u{200b}jean #\u{200b}12 &#36;x&#36;"
        );
        assert_eq!(code(" a "), "<code>&#32;a&#32;</code>");
        assert_eq!(code("a\u{202e}b"), "`a\u{fffd}b`");
    }

    #[test]
    fn no_text_is_endless() {
        assert_eq!(prose(&"é".repeat(5_000)).chars().count(), MOST + 1);
        assert!(code(&"|".repeat(5_000)).len() < 7_000);
    }
}
