//! The document: words, breaks and groups, laid out in at most 100 columns.
//!
//! A group is printed on one line if it fits there with what follows up to the next place where a
//! line may break, and else all its own breaks become line breaks. A break that must be one makes
//! a line break of every break of the groups around it. The document is a flat list and every
//! pass over it is linear.

use super::block_text::BlockText;
use unicode_width::UnicodeWidthStr;

/// How many columns a line may have.
const WIDTH: usize = 100;
/// How many spaces a level of indentation has.
const INDENT: usize = 2;

/// A piece of a document.
#[derive(Debug, Clone, Copy)]
enum Piece<'a> {
    /// Text without a line break.
    Word(&'a str),
    /// A text of several lines, printed as it is.
    Verbatim(&'a str),
    /// A text of several lines, indented anew.
    Block(BlockText<'a>),
    /// A comment at the end of a line: it takes no room, so that it never breaks what it follows.
    Trailing(&'a str),
    /// A space that never becomes a line break.
    Space,
    /// A space, or a line break if its group breaks.
    Line,
    /// Nothing, or a line break if its group breaks.
    SoftLine,
    /// Nothing, or a comma if its group breaks.
    LastComma,
    /// A line break. `blank`: an empty line stands before the next. `deeper`: the next line is
    /// one level deeper than the current indentation.
    Break { blank: bool, deeper: bool },
    /// The start of a group, by its number.
    Open(usize),
    /// The end of the innermost group.
    Close,
    /// One level deeper from the next line break on.
    Indent,
    /// One level less from the next line break on.
    Dedent,
}

/// What is known of a group once it is closed.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    /// Whether it has a line break in it.
    broken: bool,
    /// The columns from its start to the first possible break after its end, all on one line.
    width: usize,
}

/// A growing document and the text of what was laid out so far.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pieces: Vec<Piece<'a>>,
    groups: Vec<Group>,
    /// The groups that are open, outermost first.
    open: Vec<usize>,
    /// The groups that are closed but not followed by a break yet.
    closed: Vec<usize>,
    /// How many columns the pieces would take on one line.
    flat: usize,
    /// The current indentation.
    level: usize,
    out: String,
    /// The column in `out`, without an indentation that is still to be written.
    column: usize,
    /// The columns to indent before the next word.
    pending: usize,
}

impl<'a> Document<'a> {
    /// An empty document for about `capacity` bytes of text.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            ..Self::default()
        }
    }

    pub(super) fn word(&mut self, text: &'a str) {
        self.flat += columns(text);
        self.pieces.push(Piece::Word(text));
    }

    /// A text of several lines, printed as it is. What contains it breaks.
    pub(super) fn verbatim(&mut self, text: &'a str) {
        self.force();
        self.pieces.push(Piece::Verbatim(text));
    }

    /// A text of several lines, indented anew. What contains it breaks.
    pub(super) fn block(&mut self, text: BlockText<'a>) {
        self.force();
        self.pieces.push(Piece::Block(text));
    }

    /// A comment that ends a line; the caller lets a line break follow.
    pub(super) fn trailing(&mut self, text: &'a str) {
        self.pieces.push(Piece::Trailing(text));
    }

    pub(super) fn space(&mut self) {
        self.flat += 1;
        self.pieces.push(Piece::Space);
    }

    pub(super) fn line(&mut self) {
        self.settle();
        self.flat += 1;
        self.pieces.push(Piece::Line);
    }

    pub(super) fn soft_line(&mut self) {
        self.settle();
        self.pieces.push(Piece::SoftLine);
    }

    pub(super) fn last_comma(&mut self) {
        self.pieces.push(Piece::LastComma);
    }

    pub(super) fn line_break(&mut self, blank: bool, deeper: bool) {
        self.force();
        self.pieces.push(Piece::Break { blank, deeper });
    }

    pub(super) fn open(&mut self) {
        let number = self.groups.len();
        self.groups.push(Group {
            broken: false,
            width: self.flat,
        });
        self.open.push(number);
        self.pieces.push(Piece::Open(number));
    }

    pub(super) fn close(&mut self) {
        self.closed.extend(self.open.pop());
        self.pieces.push(Piece::Close);
    }

    pub(super) fn indent(&mut self) {
        self.pieces.push(Piece::Indent);
    }

    pub(super) fn dedent(&mut self) {
        self.pieces.push(Piece::Dedent);
    }

    /// Lays out what was added since the last call. To be called outside of all groups.
    pub(super) fn flush(&mut self) {
        self.settle();
        let pieces = std::mem::take(&mut self.pieces);
        // Whether each open group is on one line.
        let mut modes: Vec<bool> = Vec::new();
        for piece in &pieces {
            let flat = modes.last().copied().unwrap_or(false);
            match *piece {
                Piece::Word(text) => self.write(text),
                Piece::Verbatim(text) => self.write_verbatim(text),
                Piece::Block(text) => self.write_block(text),
                Piece::Trailing(text) => {
                    self.write(" ");
                    self.write(text);
                }
                Piece::Space => self.write(" "),
                Piece::Line if flat => self.write(" "),
                Piece::SoftLine | Piece::LastComma if flat => {}
                Piece::LastComma => self.write(","),
                Piece::Line | Piece::SoftLine => self.new_line(false, self.level),
                Piece::Break { blank, deeper } => {
                    self.new_line(blank, self.level + usize::from(deeper));
                }
                Piece::Open(number) => {
                    let group = self.groups.get(number).copied().unwrap_or_default();
                    let fits = self.column + self.pending + group.width <= WIDTH;
                    modes.push(flat || (fits && !group.broken));
                }
                Piece::Close => {
                    modes.pop();
                }
                Piece::Indent => self.level += 1,
                Piece::Dedent => self.level = self.level.saturating_sub(1),
            }
        }
        self.pieces = pieces;
        self.pieces.clear();
        self.groups.clear();
        self.flat = 0;
    }

    /// The text, with a line break at its end unless it is empty.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Notes how wide the groups are that were closed before this place, where a line may break.
    fn settle(&mut self) {
        for number in self.closed.drain(..) {
            if let Some(group) = self.groups.get_mut(number) {
                group.width = self.flat - group.width;
            }
        }
    }

    /// Breaks every group that is open.
    fn force(&mut self) {
        self.settle();
        for &number in self.open.iter().rev() {
            match self.groups.get_mut(number) {
                // The groups around it were broken with it.
                Some(group) if group.broken => break,
                Some(group) => group.broken = true,
                None => {}
            }
        }
    }

    fn write(&mut self, text: &str) {
        if self.pending > 0 {
            self.out.extend(std::iter::repeat_n(' ', self.pending));
            self.column += self.pending;
            self.pending = 0;
        }
        self.out.push_str(text);
        self.column += columns(text);
    }

    fn write_verbatim(&mut self, text: &str) {
        self.write(text);
        self.column = columns(text.rsplit('\n').next().unwrap_or(""));
    }

    fn write_block(&mut self, text: BlockText) {
        self.write("\"\"\"");
        for line in text.lines() {
            self.new_line(false, self.level + 1);
            if !line.is_empty() {
                self.write(line);
            }
        }
        if text.closed_below() {
            self.new_line(false, self.level);
        }
        self.write("\"\"\"");
    }

    fn new_line(&mut self, blank: bool, level: usize) {
        self.out.push_str(if blank { "\n\n" } else { "\n" });
        self.column = 0;
        self.pending = level * INDENT;
    }
}

/// How many columns a text takes.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(a, b)` with a group around each of `words`' parts.
    fn list<'a>(document: &mut Document<'a>, words: &[&'a str]) {
        document.word("(");
        document.open();
        document.indent();
        document.soft_line();
        let (last, rest) = words.split_last().unwrap();
        for word in rest {
            document.word(word);
            document.word(",");
            document.line();
        }
        document.word(last);
        document.dedent();
        document.soft_line();
        document.word(")");
        document.close();
    }

    #[test]
    fn a_group_that_fits_is_one_line() {
        let mut document = Document::default();
        list(&mut document, &["one", "two"]);
        assert_eq!(document.finish(), "(one, two)\n");
    }

    #[test]
    fn a_group_of_exactly_the_width_fits_and_what_follows_counts() {
        let wide = "x".repeat(92);
        let mut document = Document::default();
        list(&mut document, &[&wide, "two"]);
        document.word(";");
        assert_eq!(document.finish().len(), 101);
        let mut document = Document::default();
        list(&mut document, &[&wide, "two"]);
        document.word(";;");
        assert_eq!(document.finish(), format!("(\n  {wide},\n  two\n);;\n"));
    }

    #[test]
    fn a_line_break_breaks_the_groups_around_it_only() {
        let mut document = Document::default();
        document.open();
        document.word("a");
        document.line();
        document.open();
        document.word("b");
        document.line_break(true, true);
        document.word("c");
        document.close();
        document.line();
        document.open();
        document.word("d");
        document.line();
        document.word("e");
        document.close();
        document.close();
        assert_eq!(document.finish(), "a\nb\n\n  c\nd e\n");
    }

    #[test]
    fn a_trailing_comment_takes_no_room() {
        let mut document = Document::default();
        list(&mut document, &["one", "two"]);
        let comment = format!("// {}", "x".repeat(100));
        document.trailing(&comment);
        assert_eq!(document.finish(), format!("(one, two) {comment}\n"));
    }

    #[test]
    fn width_is_in_columns() {
        let mut document = Document::default();
        let wide = "é".repeat(60);
        list(&mut document, &[&wide, "two"]);
        assert_eq!(document.finish(), format!("({wide}, two)\n"));
    }
}
