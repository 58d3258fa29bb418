//! Two parsers of one grammar: the one that `build/` writes, and the one that pest derives.

use jalon::source::FileId;
use jalon::syntax::decode;
use jalon::syntax::grammar as written;
use pest::iterators::Pairs;
use pest::{Parser, RuleType};

/// Pest's own.
mod derived {
    #![allow(missing_docs, reason = "generated")]
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/jalon.pest"]
    pub struct Grammar;
}

/// Deeper brackets, and more signs before values, do not reach the grammar, or take too much stack.
const DEEPEST: i32 = 24;
const MOST_SIGNS: usize = 200;

/// Both find the same nodes at the same places, or no way to read the text.
pub fn run(bytes: &[u8]) {
    let (text, _) = decode(FileId(0), bytes);
    // What is parsed at once is one declaration. They stand in paragraphs of their own.
    for text in text.split("\n\n").chain([text.as_str()]) {
        let signs = text.matches("not").count() + text.matches('-').count();
        if depth(text) > DEEPEST || signs > MOST_SIGNS {
            continue;
        }
        let ours = nodes(written::Grammar::parse(written::Rule::chunk, text));
        let theirs = nodes(derived::Grammar::parse(derived::Rule::chunk, text));
        assert_eq!(ours, theirs, "{text:?}");
    }
}

/// How deep brackets are nested at the most, whatever they stand in.
fn depth(text: &str) -> i32 {
    let (mut now, mut most) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => now += 1,
            b')' | b']' | b'}' => now = (now - 1).max(0),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

type Node = (String, usize, usize);

fn nodes<R: RuleType>(parsed: Result<Pairs<'_, R>, pest::error::Error<R>>) -> Option<Vec<Node>> {
    let node = |pair: pest::iterators::Pair<'_, R>| {
        let span = pair.as_span();
        (format!("{:?}", pair.as_rule()), span.start(), span.end())
    };
    Some(parsed.ok()?.flatten().map(node).collect())
}
