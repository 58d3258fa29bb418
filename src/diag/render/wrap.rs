//! Breaking lines of prose.

use unicode_width::UnicodeWidthStr;

/// Prose broken at spaces so that no line is wider than `width` columns, unless a single word is.
/// What stands between backticks is not broken, unless it is longer than half a line.
///
/// The first line starts with `first`, which may hold ANSI colours and counts `first_width`
/// columns; the others start with `rest`. Line feeds stay. Each line ends with a line feed.
#[must_use]
pub fn wrap(prose: &str, width: usize, first: (&str, usize), rest: &str) -> String {
    let (first, first_width) = first;
    let mut text = String::from(first);
    let mut column = first_width;
    for (number, line) in prose.lines().enumerate() {
        if number > 0 {
            text.push('\n');
            text.push_str(rest);
            column = rest.width();
        }
        let mut at_start = true;
        for word in words(line, width / 2) {
            let wide = word.width();
            if !at_start && column + 1 + wide > width {
                text.push('\n');
                text.push_str(rest);
                column = rest.width();
            } else if !at_start {
                text.push(' ');
                column += 1;
            }
            text.push_str(word);
            column += wide;
            at_start = false;
        }
    }
    text.push('\n');
    text
}

/// The words of a line, what stands between backticks being one word up to `longest` bytes.
fn words(line: &str, longest: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in line.char_indices() {
        match (c, quote) {
            ('`', None) => quote = Some(at),
            ('`', Some(_)) => quote = None,
            (' ', None) => {
                words.extend(line.get(start..at));
                start = at + 1;
            }
            (' ', Some(open)) => {
                let closed = line.get(at..).and_then(|rest| rest.find('`'));
                if closed.is_none_or(|length| at + length - open > longest) {
                    words.extend(line.get(start..at));
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    words.extend(line.get(start..));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("aa bb cc", 5, ("", 0), ""), "aa bb\ncc\n");
        assert_eq!(wrap("aa bb cc", 8, ("x: ", 3), "   "), "x: aa bb\n   cc\n");
        assert_eq!(
            wrap("événement long", 9, ("", 0), " "),
            "événement\n long\n"
        );
        assert_eq!(wrap("a\nb", 9, ("> ", 2), "  "), "> a\n  b\n");
        assert_eq!(wrap("", 9, ("", 0), ""), "\n");
    }

    #[test]
    fn what_is_quoted_stays_together() {
        assert_eq!(wrap("xxxx `a b` y", 8, ("", 0), ""), "xxxx\n`a b` y\n");
        assert_eq!(wrap("x `a bcdef` y", 8, ("", 0), ""), "x `a\nbcdef` y\n");
        assert_eq!(wrap("it`s a b", 4, ("", 0), ""), "it`s\na b\n");
    }
}
