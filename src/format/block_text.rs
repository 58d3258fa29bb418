//! `"""` texts: their lines move together, so that what they say stays the same.
//!
//! What a block says starts on the line after its opening quotes, without the indentation that its
//! lines share. So that indentation may change. A block whose text starts right behind the quotes
//! shares none, and is printed as it stands.

/// A `"""` text of several lines that may be indented anew.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlockText<'a> {
    /// The lines between the line of the opening quotes and the closing quotes.
    body: &'a str,
    /// How many bytes of indentation the lines share.
    shared: usize,
    /// Whether the closing quotes have a line of their own.
    closed_below: bool,
}

impl<'a> BlockText<'a> {
    /// Reads a `"""` text, quotes included; nothing if it must be printed as it stands.
    pub(super) fn new(written: &'a str) -> Option<Self> {
        let inner = written.strip_prefix("\"\"\"")?.strip_suffix("\"\"\"")?;
        let (first, inner) = inner.split_once('\n')?;
        let (body, closed_below) = match inner.rsplit_once('\n') {
            Some((body, last)) if last.trim().is_empty() => (body, true),
            _ => (inner, false),
        };
        let last = body.rsplit('\n').next().unwrap_or("");
        if !last.is_empty() && last.trim().is_empty() {
            // Its spaces tell whether it is a line at all.
            return None;
        }
        let shared = body
            .split('\n')
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
            .min()?;
        let text = Self {
            body,
            shared,
            closed_below,
        };
        // A line that ends inside its indentation has nothing but white space.
        let simple = |line: &str| line.len() <= shared || line.is_char_boundary(shared);
        (first.trim().is_empty() && body.split('\n').all(simple)).then_some(text)
    }

    /// The lines without the indentation that they share.
    pub(super) fn lines(self) -> impl Iterator<Item = &'a str> {
        let lines = self.body.split('\n');
        lines.map(move |line| line.get(self.shared..).unwrap_or(""))
    }

    /// Whether the closing quotes have a line of their own.
    pub(super) fn closed_below(self) -> bool {
        self.closed_below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_indentation_is_found() {
        let text = BlockText::new("\"\"\" \n    a\n\n      b\n  \"\"\"").unwrap();
        assert!(text.closed_below());
        assert_eq!(text.lines().collect::<Vec<_>>(), ["a", "", "  b"]);
        let text = BlockText::new("\"\"\"\n  a\n\n\n  \"\"\"").unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), ["a", "", ""]);
        let text = BlockText::new("\"\"\"\n\ta\n\t  b\"\"\"").unwrap();
        assert!(!text.closed_below());
        assert_eq!(text.lines().collect::<Vec<_>>(), ["a", "  b"]);
    }

    #[test]
    fn text_behind_the_quotes_is_left_as_it_stands() {
        assert!(BlockText::new("\"\"\"a\n  b\"\"\"").is_none());
        assert!(BlockText::new("\"\"\"\n  \n\"\"\"").is_none());
        assert!(BlockText::new("\"\"\"ab\"\"\"").is_none());
    }
}
