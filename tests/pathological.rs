//! Hostile texts: deep, long, cut, mutated. Never a panic, never a deep stack, never a hang; every
//! finding has a code and a place in the text.
//!
//! Work is bounded by construction: each test reads texts of thousands of brackets or parts on a
//! stack of 2 MB, and one that took exponential time would not end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

use jalon::source::FileId;
use jalon::syntax::ast::{DeclKind, ExprKind};
use jalon::syntax::{Parsed, parse};

const STACK: usize = 2 << 20;

/// Parses on a small stack, and holds every finding to what a finding must be.
fn parse_small(text: String) -> Parsed {
    let parse_it = move || {
        let parsed = parse(FileId(0), &text);
        for found in parsed.diagnostics.iter() {
            // The order of clauses and steps is known to the parser, too.
            let of_syntax = found.code.id.starts_with('S') || found.code.name == "misplaced-clause";
            assert!(of_syntax, "{found:#?}");
            assert!(!found.message.is_empty());
            let labels = std::iter::once(&found.primary).chain(&found.others);
            for label in labels {
                let span = label.place.span;
                assert!(
                    text.get(span.start as usize..span.end as usize).is_some(),
                    "{found:#?}\n{text}"
                );
            }
        }
        parsed
    };
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(parse_it)
        .unwrap()
        .join()
        .unwrap()
}

fn codes(parsed: &Parsed) -> Vec<&'static str> {
    let mut names: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.name).collect();
    names.dedup();
    names
}

fn in_segment(expression: &str) -> String {
    format!("segment s of m: M = {expression}\nenum After {{ a }}")
}

fn in_journey(steps: &str) -> String {
    format!("journey j for m: M {{\n{steps}\n}}\nenum After {{ a }}")
}

/// The declaration behind the hostile one is always whole.
fn survives(parsed: &Parsed) -> bool {
    parsed.ast.decls.iter().any(|decl| {
        matches!(&decl.kind, DeclKind::Enum(e) if e.name.text == "After") && !decl.broken
    })
}

#[test]
fn nesting_beyond_the_bound_is_reported_once() {
    let deep = 200;
    let cases = [
        in_segment(&format!("{}x{}", "(".repeat(deep), ")".repeat(deep))),
        in_segment(&format!("{}x{}", "[".repeat(deep), "]".repeat(deep))),
        in_segment(&format!("{}x{}", "f(".repeat(deep), ")".repeat(deep))),
        in_segment(&format!(
            "{}x{}",
            "any(a where ".repeat(deep),
            ")".repeat(deep)
        )),
        in_segment(&format!("{}x", "not ".repeat(deep))),
        in_segment(&format!("{}x", "-".repeat(deep))),
        in_segment(&format!("{}x{}", "not (".repeat(deep), ")".repeat(deep))),
        in_journey(&format!(
            "{}exit{}",
            "if x { ".repeat(deep),
            "}".repeat(deep)
        )),
        in_journey(&format!(
            "{}exit{}",
            "wait up to 1 day { else { ".repeat(deep),
            "}}".repeat(deep)
        )),
        format!(
            "profile P {{ x: {}int{} }}\nenum After {{ a }}",
            "[".repeat(deep),
            "]".repeat(deep)
        ),
    ];
    for text in cases {
        let parsed = parse_small(text.clone());
        assert_eq!(codes(&parsed), ["too-deep"], "{text}");
        assert!(survives(&parsed), "{text}");
    }
}

#[test]
fn unclosed_nesting_ends_with_its_declaration() {
    for deep in [10, 60, 64, 200] {
        for opener in ["(", "[", "f(", "any(a where (", "not (", "-("] {
            let parsed = parse_small(in_segment(&opener.repeat(deep)));
            assert!(!parsed.diagnostics.is_empty());
            assert!(survives(&parsed), "{deep} {opener}");
        }
        for opener in [
            "{",
            "if x { ",
            "match x { a { ",
            "wait up to 1 day { on a { ",
            "unknown {",
            "send x by y else { ",
            "split { 50% { ",
            "repeat up to 2 times { ",
        ] {
            let parsed = parse_small(in_journey(&opener.repeat(deep)));
            assert!(!parsed.diagnostics.is_empty());
            assert!(survives(&parsed), "{deep} {opener}");
        }
    }
}

#[test]
fn nesting_within_the_bound_is_read() {
    let text = in_segment(&format!("{}x{}", "(".repeat(64), ")".repeat(64)));
    assert!(parse_small(text).diagnostics.is_empty());
    let text = in_journey(&format!("{}exit{}", "if x { ".repeat(63), "}".repeat(63)));
    assert!(parse_small(text).diagnostics.is_empty());
    let text = in_segment(&format!("{}x{}", "not (".repeat(32), ")".repeat(32)));
    assert!(parse_small(text).diagnostics.is_empty());
}

#[test]
fn a_long_chain_is_one_wide_node() {
    let chain = |op: &str| in_segment(&vec!["x"; 10_000].join(op));
    for op in [" or ", " and ", " + ", " * ", " ?? "] {
        let parsed = parse_small(chain(op));
        assert!(parsed.diagnostics.is_empty());
        let DeclKind::Segment(segment) = &parsed.ast.decls[0].kind else {
            panic!("not a segment")
        };
        let width = match &segment.value.kind {
            ExprKind::Or(all) | ExprKind::And(all) | ExprKind::Coalesce(all) => all.len(),
            ExprKind::Arithmetic { rest, .. } => rest.len() + 1,
            other => panic!("{other:?}"),
        };
        assert_eq!(width, 10_000);
    }
}

#[test]
fn long_things_that_are_not_chains() {
    let many = 10_000;
    let cases = [
        (in_segment(&format!("x{}", ".y".repeat(many))), "too-deep"),
        (in_segment(&format!("x{}", " ago".repeat(many))), "too-deep"),
        (
            in_segment(&format!("x{}", " == y".repeat(many))),
            "chained-comparison",
        ),
        (
            in_segment(&format!("x{}", " is known".repeat(many))),
            "chained-comparison",
        ),
        (in_segment(&" )".repeat(many)), "missing-part"),
        (in_journey(&"else ".repeat(many)), "unexpected"),
        (in_journey(&"} ".repeat(many)), "unmatched-brace"),
        (in_journey(&"\" ".repeat(2 * many + 1)), "unknown-statement"),
        (in_journey(&"@a ".repeat(many)), "unknown-statement"),
        (in_journey(&"x: ".repeat(many)), "unknown-statement"),
    ];
    for (text, code) in cases {
        let head: String = text.chars().take(60).collect();
        let parsed = parse_small(text);
        let names = codes(&parsed);
        assert!(names.contains(&code), "{head}: {code}, {names:?}");
    }
    let else_ifs = format!("if a {{ exit }}{}", " else if a { exit }".repeat(many));
    assert!(parse_small(in_journey(&else_ifs)).diagnostics.is_empty());
}

#[test]
fn a_huge_declaration_is_refused_and_its_neighbours_are_kept() {
    let steps = "  send hello by email\n".repeat((1 << 20) / 22 + 1);
    let parsed = parse_small(in_journey(&steps));
    assert_eq!(codes(&parsed), ["declaration-too-large"]);
    assert!(survives(&parsed));
    let one_line = "send hello by email ".repeat((1 << 20) / 20 + 1);
    let parsed = parse_small(in_journey(&one_line));
    assert_eq!(codes(&parsed), ["declaration-too-large"]);
    assert!(survives(&parsed));
}

/// Brackets hidden from the scan behind something that the grammar reads otherwise would not be
/// counted.
#[test]
fn the_scan_and_the_grammar_see_the_same_brackets() {
    let deep = "(".repeat(5_000);
    for head in [
        "f(a“x ”) or ",
        "f(a ' b) or ",
        "f(a'b) or ",
        "`a“b` or ",
        "2026-01-01T00:00[ ' ] or ",
        "é“ or ",
        "x / ' or ",
        "\"\\\" or ",
        "\"\\\\\" or ",
    ] {
        parse_small(in_segment(&format!("{head}{deep}")));
        parse_small(in_segment(&format!("{head}{}", "not ".repeat(5_000))));
    }
    for step in [
        "if a'{ ",
        "if a“{ ",
        "if a`{ ",
        "if a \"{ ",
        "x'{ ",
        "send x else ",
        "if x else if y ",
    ] {
        parse_small(in_journey(&step.repeat(5_000)));
    }
    parse_small(format!("@a({}x) enum A {{ b }}", "not ".repeat(5_000)));
    parse_small(format!("@a({}x) enum A {{ b }}", "-".repeat(5_000)));
}

/// Texts on which a look back or ahead for every statement would take minutes.
#[test]
fn every_byte_is_looked_at_a_bounded_number_of_times() {
    let many = 20_000;
    for steps in [
        "if a { set b.c = f(1 }\n",
        "x { } ",
        "if x ",
        "if x\n",
        "send by ",
        "set a.b = ) ",
        "match x { a b }",
        "exit /* ",
        "wait up to 1 day { on }",
        "send a by b c d e f g h i ",
        "'",
        "“",
        "``",
        "set a.b = [",
    ] {
        let parsed = parse_small(in_journey(&steps.repeat(many)));
        assert!(!parsed.diagnostics.is_empty(), "{steps}");
    }
    for top in [
        "@a ",
        "@a(",
        "enum ",
        "event e for m: M {",
        "test \"a\" of b {",
        "\"\"\"\n",
        "} ",
    ] {
        parse_small(top.repeat(many));
    }
}

#[test]
fn a_file_of_junk_lines_is_read_once() {
    let parsed = parse_small("what is this\n".repeat(70_000));
    assert!(!parsed.diagnostics.is_empty());
    let parsed = parse_small("enum A { b }}\n".repeat(20_000));
    assert_eq!(parsed.ast.decls.len(), 20_000);
}

/// A generator of the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn mutations_of_valid_files() {
    let pieces = [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "\"\"\"",
        "`",
        "//",
        "\n",
        ".",
        ",",
        ":",
        ";",
        "=",
        "==",
        "@",
        "-",
        "not ",
        "if ",
        "else ",
        "journey ",
        "é",
        "“",
        "\u{a0}",
        "\u{202e}",
        "0",
        "3 days",
        "2026-02-30",
        "\\",
        "\0",
        "?",
    ];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for name in ["page", "everything"] {
        let text = std::fs::read_to_string(format!("tests/syntax/{name}.jalon")).unwrap();
        let whole = parse(FileId(0), &text);
        for _ in 0..1500 {
            // Two declarations: one to break, one that may be dragged along.
            let index = random.below(whole.ast.decls.len() - 1);
            let start = whole.ast.decls[index].span.start as usize;
            let end = whole.ast.decls[index + 1].span.end as usize;
            let mut mutated: Vec<char> = text[start..end].chars().collect();
            for _ in 0..=random.below(3) {
                if mutated.is_empty() {
                    break;
                }
                let at = random.below(mutated.len());
                let end = (at + 1 + random.below(12)).min(mutated.len());
                match random.below(4) {
                    0 => drop(mutated.drain(at..end)),
                    1 => {
                        let piece = pieces[random.below(pieces.len())];
                        mutated.splice(at..at, piece.chars());
                    }
                    2 => {
                        let copy = mutated[at..end].to_vec();
                        let to = random.below(mutated.len());
                        mutated.splice(to..to, copy);
                    }
                    _ => mutated.truncate(at.max(1)),
                }
            }
            parse_small(mutated.into_iter().collect());
        }
    }
}

#[test]
fn random_bytes_are_decoded_and_read() {
    let mut random = Random(42);
    for _ in 0..300 {
        let length = 1 + random.below(400);
        let bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        let (text, found) = jalon::syntax::decode(FileId(0), &bytes);
        for found in found.iter() {
            let span = found.primary.place.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
        parse_small(text);
    }
}
