//! Random changes to a text, all from one seed.

/// A small deterministic source of numbers (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// What a tired person, a merge or another language leaves in a file.
const STRANGE: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "'",
    "`",
    ",",
    ";",
    ":",
    ".",
    "?",
    "?.",
    "??",
    "=",
    "==",
    "=>",
    "&&",
    "||",
    "!",
    "@",
    "@key",
    "%",
    "€",
    "«",
    "»",
    "\u{201c}",
    "\u{2019}",
    "\u{202e}",
    "\u{0}",
    "\t",
    "\r",
    "\n\n",
    "//",
    "///",
    "/*",
    "*/",
    "#",
    "$",
    "\\",
    "\\u{110000}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% if x %}",
    "<",
    ">",
    "</",
    "<mj-text>",
    "-",
    "--",
    "+",
    "*",
    "/",
    "..",
    "1..",
    "0",
    "9999999999999999999999",
    "1e9",
    "3 dyas",
    "99999999999 years",
    "100%",
    "25:00",
    "2026-02-30",
    "null",
    "true",
    "and",
    "or",
    "not",
    "where",
    "of",
    "in",
    "is known",
    "journey",
    "profile",
    "message",
    "wait",
    "wait up to",
    "send",
    "if",
    "else",
    "exit",
    "for",
    "on",
    "when",
    "enter",
    "reenter",
    "member",
    "email",
    "any",
    "count(",
    "sum(",
    "🎉",
    "é",
    "e\u{301}",
    "\u{feff}",
];

/// One of many small changes.
pub fn mutate(text: &str, dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => without_char(text, dice),
        1 | 2 => {
            let at = boundary(text, dice);
            let strange = dice.pick(STRANGE).copied().unwrap_or_default();
            format!("{}{strange}{}", &text[..at], &text[at..])
        }
        3..=7 => tokens(text, dice),
        8 => text[..boundary(text, dice)].to_owned(),
        9 => {
            let (a, b) = (boundary(text, dice), boundary(text, dice));
            format!("{}{}", &text[..a.min(b)], &text[a.max(b)..])
        }
        _ => lines(text, dice),
    }
}

fn boundary(text: &str, dice: &mut Dice) -> usize {
    let mut at = dice.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn without_char(text: &str, dice: &mut Dice) -> String {
    let at = boundary(text, dice);
    let rest = &text[at..];
    let length = rest.chars().next().map_or(0, char::len_utf8);
    format!("{}{}", &text[..at], &rest[length..])
}

/// Runs of letters and digits, runs of white space, and every other character.
fn split(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' => 1,
        c if c.is_whitespace() => 2,
        _ => 0,
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let this = kind(c);
        if last.is_some_and(|last| last != this || this == 0) {
            parts.push(&text[start..at]);
            start = at;
        }
        last = Some(this);
    }
    parts.push(&text[start..]);
    parts
}

fn tokens(text: &str, dice: &mut Dice) -> String {
    let mut parts = split(text);
    let (a, b) = (dice.below(parts.len()), dice.below(parts.len()));
    match dice.below(5) {
        0 => {
            parts.remove(a);
        }
        1 => parts.insert(a, parts[b]),
        2 => parts.swap(a, b),
        3 => parts[a] = parts[b],
        _ => parts[a] = dice.pick(STRANGE).copied().unwrap_or_default(),
    }
    parts.concat()
}

fn lines(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return String::new();
    }
    let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(4) {
        0 => {
            lines.remove(a);
        }
        1 => lines.insert(a, lines[b]),
        2 => lines.swap(a, b),
        _ => {
            lines.drain(a.min(b)..a.max(b));
        }
    }
    lines.concat()
}
