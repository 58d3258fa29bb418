//! The `"""` blocks one end of which is missing: where it was forgotten, and the text without them.
//!
//! A `"""` that is forgotten turns all that follows inside out: what was code is read as text, and
//! what was text as code. So the place where the block probably ends, or begins, is guessed from
//! the layout, the block is reported once, and the rest of the file is read as if it were empty.

use crate::diag::codes::syntax::UNCLOSED_TEXT;
use crate::diag::{Diagnostic, Fix};
use crate::source::{FileId, Span};

/// A block with one end.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenText {
    /// Where what is to be left out begins.
    from: u32,
    /// Where it ends.
    to: u32,
    /// The `"""` that is there.
    quotes: u32,
}

impl OpenText {
    /// The block that is opened at `opener` and probably ends before the line at `end`.
    pub fn unclosed(opener: usize, end: usize) -> Self {
        Self {
            from: offset(opener),
            to: offset(end),
            quotes: offset(opener),
        }
    }

    /// The block that is closed at `closer` and probably begins behind the line that ends at `begin`.
    pub fn unopened(begin: usize, closer: usize) -> Self {
        Self {
            from: offset(begin),
            to: offset(closer + 3),
            quotes: offset(closer),
        }
    }
}

/// The words that a text of several lines stands behind.
const HOLDERS: [&str; 16] = [
    "subject",
    "preheader",
    "body",
    "title",
    "text",
    "html",
    "mjml",
    "email",
    "sms",
    "push",
    "in_app",
    "whatsapp",
    "web",
    "print",
    "call",
    "wallet",
];

/// How many lines are looked at in search of where a block begins.
const MOST_LINES: usize = 200;

/// Whether a `"""` at `at` opens a block and cannot well close one: nothing but the words of a
/// content stands before it on its line, and nothing behind it.
pub(super) fn is_opener(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("");
    let head = head.get(line_start(head)..).unwrap_or("");
    let tail = text.get(at + 3..).unwrap_or("");
    let tail = tail.split('\n').next().unwrap_or("");
    tail.trim().is_empty() && is_holder(head)
}

/// Whether a line consists of the words that a text stands behind.
fn is_holder(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|first| HOLDERS.contains(&first))
        && words.all(|word| HOLDERS.contains(&word))
}

/// Where the block that `opener` opens probably ends: the first line that closes what stands around
/// it, goes on with its content, or begins a declaration. Nothing if no line up to `close` does.
pub(super) fn ends(text: &str, line: usize, opener: usize, close: Option<usize>) -> Option<usize> {
    let indent = indent_of(text.get(line..)?);
    let stop = close.unwrap_or(text.len());
    let mut at = opener + 3;
    while let Some(next) = memchr::memchr(b'\n', text.as_bytes().get(at..stop)?) {
        at += next + 1;
        let line = text.get(at..)?;
        let own = indent_of(line);
        let line = line.split('\n').next()?.trim();
        let ends = match line.chars().next() {
            None => false,
            Some('}') => own < indent,
            Some(_) => own <= indent && is_code(line, own == 0),
        };
        if ends {
            return Some(at);
        }
    }
    None
}

/// Whether a line that stands no further right than a block is code: a part of a content with its
/// text, or at the left margin a declaration.
fn is_code(line: &str, outermost: bool) -> bool {
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    if outermost && super::scan::DECLARATIONS.contains(&first) && line.contains(['{', '=', ':']) {
        return true;
    }
    let quoted = ["\"", "{", "file \"", "text \"", "html \"", "mjml \""];
    let holds = quoted
        .iter()
        .any(|start| rest.trim_start().starts_with(start));
    (HOLDERS.contains(&first) && holds) || (first == "content" && rest.ends_with('{'))
}

/// Where the block that `closer` closes probably begins: at the end of a line above it that holds
/// only the words a text stands behind, and no more than two quotes. Nothing if `closer` may well open
/// a block.
pub(super) fn begins(text: &str, line: usize, closer: usize) -> Option<usize> {
    let own = text.get(line..closer)?;
    let tail = text.get(closer + 3..)?.split('\n').next()?;
    if !own.trim().is_empty() || !tail.trim().is_empty() {
        return None;
    }
    let mut end = line.checked_sub(1)?;
    let mut prose = false;
    for _ in 0..MOST_LINES {
        let head = text.get(..end)?;
        let start = line_start(head);
        let above = head.get(start..)?;
        // Of the three quotes one or two may have been typed.
        let words = above.trim_end().trim_end_matches('"').trim_end();
        if is_holder(words) {
            return prose.then(|| start + words.len());
        }
        let written = above.trim();
        let output = written.ends_with("%}") || (written.ends_with("}}") && written.contains("{{"));
        if (written.ends_with(['{', '}']) && !output) || written.contains("\"\"\"") {
            return None;
        }
        prose |= !written.is_empty() && !written.starts_with("//");
        end = start.checked_sub(1)?;
    }
    None
}

/// The text with an empty text in the place of each block, byte for byte as long, and a finding for
/// each.
pub(super) fn settled(file: FileId, text: &str, open: &[OpenText]) -> (String, Vec<Diagnostic>) {
    let mut kept = String::with_capacity(text.len());
    let mut found = Vec::with_capacity(open.len());
    for block in open {
        let (from, to) = (block.from as usize, block.to as usize);
        let quotes = block.quotes as usize;
        if from < kept.len() {
            continue;
        }
        kept.push_str(text.get(kept.len()..from).unwrap_or(""));
        super::conflict::blank(&mut kept, text.get(from..quotes).unwrap_or(""));
        kept.push_str("\"\" ");
        super::conflict::blank(&mut kept, text.get(quotes + 3..to).unwrap_or(""));
        found.push(report(file, text, block));
    }
    kept.push_str(text.get(kept.len()..).unwrap_or(""));
    (kept, found)
}

fn report(file: FileId, text: &str, block: &OpenText) -> Diagnostic {
    let quotes = Span::new(block.quotes, block.quotes + 3).in_file(file);
    if block.from < block.quotes {
        let head = text.get(..block.from as usize).unwrap_or("");
        let holder = head.get(line_start(head)..).unwrap_or("").trim();
        let typed = text.get(block.from as usize..).unwrap_or("");
        let typed = typed.split('\n').next().unwrap_or("").trim_end();
        let instead = match typed.trim_start() {
            "" => String::new(),
            quotes => format!(", not `{quotes}`"),
        };
        let help = format!("write `\"\"\"` behind `{holder}`{instead}");
        let width = u32::try_from(holder.len()).unwrap_or(0);
        let begin = Span::new(block.from.saturating_sub(width), block.from).in_file(file);
        let place = Span::new(block.from, block.from + offset(typed.len())).in_file(file);
        let message = "this text is closed, and never opened";
        return Diagnostic::new(&UNCLOSED_TEXT, quotes, message)
            .other(begin, "it probably begins behind this")
            .fix(Fix::chosen(help.clone(), place, " \"\"\""))
            .help(help);
    }
    let rest = text.get(block.to as usize..).unwrap_or("");
    let indent = offset(indent_of(rest));
    let width = rest
        .trim_start()
        .split('\n')
        .next()
        .unwrap_or("")
        .trim_end();
    let first = block.to + indent;
    let end = Span::new(first, first + offset(width.len()).max(1)).in_file(file);
    let head = text.get(..block.quotes as usize).unwrap_or("");
    let line = head.get(line_start(head)..).unwrap_or("");
    let margin = line.get(..indent_of(line)).unwrap_or("");
    let place = Span::at(block.to).in_file(file);
    let title = "write `\"\"\"` on a line of its own before what is no text";
    Diagnostic::new(&UNCLOSED_TEXT, quotes, "this text is never closed")
        .other(end, "it probably ends above this line")
        .help("write `\"\"\"` where it ends")
        .fix(Fix::chosen(title, place, format!("{margin}\"\"\"\n")))
}

/// Where the last line of a text begins.
fn line_start(head: &str) -> usize {
    memchr::memrchr(b'\n', head.as_bytes()).map_or(0, |i| i + 1)
}

/// How many spaces and tabs a line begins with.
fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
