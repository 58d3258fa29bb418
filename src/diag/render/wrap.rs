//! Breaking lines of prose.

use unicode_width::UnicodeWidthStr;

/// Prose broken at spaces so that no line is wider than `width` columns, unless a single word is.
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
        for word in line.split(' ') {
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
}
