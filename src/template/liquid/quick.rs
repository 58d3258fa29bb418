//! The common forms of outputs and conditions, read without the grammar.
//!
//! Nearly every output of a message is a path, now and then with filters, and nearly every
//! condition a comparison. Those are read here, a byte at a time, which takes a tenth of what the
//! grammar takes. Whatever is written in any other way gives nothing, and the grammar reads it: it
//! is what says what Liquid is, and it alone finds mistakes. A property test holds the two to one
//! answer wherever both give one.

use super::grammar::literal_word;
use super::tree::{
    Chain, Comparator, Condition, FilterCall, Literal, Path, Segment, Test, Value, ValueKind,
};
use crate::source::Span;

/// `member.first_name | default: 'friend'`, if it is written in a common way.
pub(super) fn output(text: &str, start: u32) -> Option<Chain> {
    let mut reader = Reader { text, start, at: 0 };
    reader.white();
    let value = reader.value()?;
    let mut filters = Vec::new();
    reader.white();
    while reader.eat("|") {
        filters.push(reader.filter()?);
    }
    reader.at_end().then_some(Chain { value, filters })
}

/// What follows `if`, `unless` or `elsif`, if it is written in a common way.
pub(super) fn condition(text: &str, start: u32) -> Option<Condition> {
    let mut reader = Reader { text, start, at: 0 };
    reader.white();
    let mut all = vec![reader.test()?];
    let mut any = Vec::new();
    while !reader.at_end() {
        if reader.eat_word("or") {
            any.push(std::mem::take(&mut all));
        } else if !reader.eat_word("and") {
            return None;
        }
        reader.white();
        all.push(reader.test()?);
    }
    any.push(all);
    Some(Condition { any })
}

struct Reader<'a> {
    text: &'a str,
    /// Where `text` stands in the template.
    start: u32,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// Goes behind the white space that is in ASCII.
    fn white(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        let eaten = self.rest().starts_with(token);
        if eaten {
            self.at += token.len();
        }
        eaten
    }

    /// `word`, if it is a whole one.
    fn eat_word(&mut self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word);
        let eaten = after.is_some_and(|after| !after.bytes().next().is_some_and(may_go_on));
        if eaten {
            self.at += word.len();
        }
        eaten
    }

    fn span(&self, from: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).map_or(u32::MAX, |at| self.start + at);
        Span::new(offset(from), offset(self.at))
    }

    /// Goes behind what `accepts` takes, and gives it.
    fn take(&mut self, accepts: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.bytes().take_while(|byte| accepts(*byte)).count();
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn name(&mut self) -> Option<Segment> {
        let from = self.at;
        if !matches!(self.peek(), Some(b'a'..=b'z' | b'A'..=b'Z' | b'_')) {
            return None;
        }
        let text = self.take(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // A letter that is not in ASCII may belong to the name.
        if !self.peek().is_none_or(|byte| byte.is_ascii()) {
            return None;
        }
        Some(Segment {
            text: text.into(),
            span: self.span(from),
        })
    }

    fn value(&mut self) -> Option<Value> {
        let from = self.at;
        let kind = match self.peek()? {
            quote @ (b'\'' | b'"') => {
                self.at += 1;
                let rest = self.rest();
                let text = rest.get(..memchr::memchr(quote, rest.as_bytes())?)?;
                self.at += text.len() + 1;
                ValueKind::Literal(Literal::Text(text.into()))
            }
            b'-' | b'0'..=b'9' => ValueKind::Literal(self.number()?),
            _ => {
                let path = self.path()?;
                match literal_word(&path) {
                    Some(literal) => ValueKind::Literal(literal),
                    None => ValueKind::Path(path),
                }
            }
        };
        let span = self.span(from);
        Some(Value { kind, span })
    }

    fn number(&mut self) -> Option<Literal> {
        let from = self.at;
        self.eat("-");
        if self.take(|byte| byte.is_ascii_digit()).is_empty() {
            return None;
        }
        let decimal = self.eat(".");
        if decimal && self.take(|byte| byte.is_ascii_digit()).is_empty() {
            return None;
        }
        if self.peek().is_some_and(may_go_on) {
            return None;
        }
        let word = self.text.get(from..self.at)?;
        Some(if decimal {
            Literal::Decimal(word.into())
        } else {
            Literal::Int(word.parse().ok()?)
        })
    }

    fn path(&mut self) -> Option<Path> {
        let from = self.at;
        let first = self.name()?;
        let mut rest = Vec::new();
        while self.eat(".") {
            rest.push(self.name()?);
        }
        Some(Path {
            first,
            rest,
            span: self.span(from),
        })
    }

    /// What stands behind a `|`, with the white space after it.
    fn filter(&mut self) -> Option<FilterCall> {
        self.white();
        let name = self.name()?;
        let from = name.span.start;
        let mut end = name.span.end;
        let mut args = Vec::new();
        self.white();
        if self.eat(":") {
            loop {
                self.white();
                let value = self.value()?;
                end = value.span.end;
                args.push(value);
                self.white();
                if !self.eat(",") {
                    break;
                }
            }
        }
        // What else may stand here (`name: value`) is for the grammar.
        if !matches!(self.peek(), None | Some(b'|')) {
            return None;
        }
        Some(FilterCall {
            name,
            args,
            span: Span::new(from, end),
        })
    }

    /// A test, with the white space after it.
    fn test(&mut self) -> Option<Test> {
        let left = self.value()?;
        let from = left.span.start;
        let mut end = left.span.end;
        self.white();
        let comparator = [
            ("==", Comparator::Equal),
            ("!=", Comparator::NotEqual),
            (">=", Comparator::GreaterEqual),
            ("<=", Comparator::LessEqual),
            (">", Comparator::Greater),
            ("<", Comparator::Less),
        ]
        .into_iter()
        .find_map(|(token, comparator)| self.eat(token).then_some(comparator))
        .or_else(|| self.eat_word("contains").then_some(Comparator::Contains));
        let right = match comparator {
            Some(comparator) => {
                self.white();
                let right = self.value()?;
                end = right.span.end;
                self.white();
                Some((comparator, right))
            }
            None => None,
        };
        Some(Test {
            left,
            right,
            span: Span::new(from, end),
        })
    }
}

/// Whether a byte may belong to the word before it.
fn may_go_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::super::grammar::Inside;
    use super::*;
    use proptest::prelude::*;

    fn inside(text: &str) -> Inside<'_> {
        let end = u32::try_from(text.len()).unwrap();
        Inside {
            text,
            span: Span::new(7, 7 + end),
        }
    }

    /// Where this file gives an answer, the grammar gives the same.
    fn agree(text: &str) {
        if let Some(chain) = output(text, 7) {
            let other = inside(text).output_by_grammar();
            assert_eq!(format!("{chain:?}"), format!("{:?}", other.unwrap()));
        }
        if let Some(condition) = condition(text, 7) {
            let other = inside(text).condition_by_grammar("if");
            assert_eq!(format!("{condition:?}"), format!("{:?}", other.unwrap()));
        }
    }

    #[test]
    fn the_common_forms_are_read() {
        for text in [
            "member.first_name",
            " member.first_name | default: 'friend' ",
            "a|b|c: 1, -2.50 , d.e| f",
            "'https://example.org' | link: \"give\"",
            "nil | default: true",
        ] {
            assert!(output(text, 0).is_some(), "{text}");
            agree(text);
        }
        for text in [
            " member.points > 12",
            "a == 'x' and b != nil or c contains \"d\" ",
            "a",
            "or or and",
            "contains contains contains",
        ] {
            assert!(condition(text, 0).is_some(), "{text}");
            agree(text);
        }
    }

    #[test]
    fn the_rest_is_for_the_grammar() {
        for text in [
            "",
            " ",
            "a b",
            "a |",
            "a | b:",
            "a | b: c: 1",
            "a | b: 1,",
            "é",
            "aé",
            "1x",
            "1.",
            "a.",
            "'a",
            "a\u{a0}",
            "99999999999999999999",
            "a ++",
            "-",
        ] {
            assert!(output(text, 0).is_none(), "{text}");
        }
        for text in [
            "",
            "a and",
            "a <> b",
            "a = b",
            "a && b",
            "a >",
            "a contain b",
        ] {
            assert!(condition(text, 0).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_ways_agree(
            tokens in proptest::collection::vec(
                proptest::sample::select(vec![
                    "a", "member.first_name", "or", "and", "contains", "nil", "é", "'x y'", "\"\"",
                    "1", "-2.5", "1.", ".", "|", ":", ",", "==", "!=", "<", ">=", "<>", "=", " ",
                    "  ", "\n", "\u{a0}", "default", "'", "-", "in", "empty",
                ]),
                0..12,
            ),
            gap in proptest::sample::select(vec!["", " "]),
        ) {
            agree(&tokens.join(gap));
        }
    }
}
