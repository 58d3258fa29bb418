//! The parser of `grammar/jalon.pest`, which `build/` writes: `Rule`, and `Grammar`, a parser of pest.
//!
//! It gives the pairs that pest's own generator would; a test compares the two.

pub use written::{Grammar, Rule};

#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    missing_docs,
    non_camel_case_types,
    unused,
    reason = "generated"
)]
mod written {
    include!(concat!(env!("OUT_DIR"), "/jalon.rs"));
}

#[cfg(test)]
mod tests {
    use pest::Parser;
    use pest::iterators::Pairs;

    mod derived {
        #![allow(missing_docs, reason = "generated")]
        #[derive(pest_derive::Parser)]
        #[grammar = "grammar/jalon.pest"]
        pub struct Grammar;
    }

    /// Texts with every construct, with mistakes, and with what other languages would write.
    const TEXTS: [&str; 7] = [
        include_str!("../../tests/syntax/everything.jalon"),
        include_str!("../../tests/syntax/page.jalon"),
        include_str!("../../tests/syntax/literals.jalon"),
        include_str!("../../tests/syntax/missing_parts.jalon"),
        include_str!("../../tests/syntax/operators.jalon"),
        include_str!("../../tests/syntax/stray.jalon"),
        include_str!("../../tests/syntax/words.jalon"),
    ];

    /// What is put where it does not belong.
    const STRAYS: [&str; 26] = [
        "", "\"", "{", "}", "(", ")", ",", ":", ".", "?", "\n", " ", "//", "-", "=", "`", "\\",
        "é", "\u{a0}", ";", "“", "7", "[", "'", "if ", "\"\"\"",
    ];

    fn pairs<R: pest::RuleType>(
        parsed: Result<Pairs<'_, R>, pest::error::Error<R>>,
    ) -> Option<Vec<(String, usize, usize)>> {
        let pairs = parsed.ok()?.flatten();
        Some(
            pairs
                .map(|pair| {
                    let span = pair.as_span();
                    (format!("{:?}", pair.as_rule()), span.start(), span.end())
                })
                .collect(),
        )
    }

    fn compare(text: &str) {
        let ours = super::Grammar::parse(super::Rule::chunk, text);
        let theirs = derived::Grammar::parse(derived::Rule::chunk, text);
        assert_eq!(pairs(ours), pairs(theirs), "{text}");
    }

    #[test]
    fn the_parser_gives_the_pairs_of_pests_own() {
        // Declarations stand in paragraphs of their own.
        let pieces = TEXTS.iter().flat_map(|text| text.split("\n\n"));
        let mut turn = 0;
        for piece in pieces {
            compare(piece);
            for (at, _) in piece.char_indices() {
                turn += 1;
                if turn % 29 != 0 {
                    continue;
                }
                let (before, after) = piece.split_at(at);
                compare(&format!("{before}{}{after}", STRAYS[turn % STRAYS.len()]));
                let gone = after.chars().take(1 + turn % 5).map(char::len_utf8).sum();
                compare(&format!("{before}{}", &after[gone..]));
            }
        }
    }
}
