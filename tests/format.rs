//! The formatter: canonical, idempotent, lossless and meaning-preserving, over every source here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test"
)]

use jalon::diag::Level;
use jalon::format::{FormatError, format};
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every Jalon source of the repository: the `.jalon` files, and the blocks in the pages.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in files(Path::new(ROOT)) {
        let name = path.strip_prefix(ROOT).unwrap().display().to_string();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("jalon") => found.push((name, fs::read_to_string(&path).unwrap_or_default())),
            Some("md") => {
                for (number, block) in blocks(&fs::read_to_string(&path).unwrap()).enumerate() {
                    found.push((format!("{name}#{number}"), block));
                }
            }
            _ => {}
        }
    }
    found
}

/// Every file of a folder that a person may have written, in one order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ignore::Walk::new(folder)
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}

/// The blocks of a page that are marked `jalon`.
fn blocks(page: &str) -> impl Iterator<Item = String> {
    let mut parts = page.split("\n```");
    parts.next();
    parts.step_by(2).filter_map(|block| {
        let (mark, text) = block.split_once('\n')?;
        let jalon = mark.split([' ', ',']).next() == Some("jalon");
        jalon.then(|| format!("{text}\n"))
    })
}

/// What a text says, if it has no syntax error: the tree without places, and the comments.
fn meaning(text: &str) -> Option<(String, Vec<String>)> {
    let parsed = jalon::syntax::parse(jalon::source::FileId(0), text);
    let wrong = |level| level == Level::Error;
    if parsed
        .diagnostics
        .iter()
        .any(|found| wrong(found.code.level))
    {
        return None;
    }
    let comments = parsed.ast.comments.iter();
    let comments = comments.map(|comment| comment.span.text(text).trim_end().to_owned());
    let tree = without_places(&format!("{:?}", parsed.ast.decls));
    Some((tree, comments.collect()))
}

/// A tree's debug text, each `Span { start: 1, end: 2 }` left out.
fn without_places(tree: &str) -> String {
    let mut kept = String::new();
    for (number, part) in tree.split("Span { ").enumerate() {
        let part = match part.split_once(" }") {
            Some((_, rest)) if number > 0 => rest,
            _ => part,
        };
        kept.push_str(part);
    }
    kept
}

/// Formats a text without syntax errors and holds the result to everything that is promised.
fn checked(name: &str, text: &str) -> String {
    let before = meaning(text).expect("no syntax error");
    let once = format(text).unwrap_or_else(|error| panic!("{name}: {error:?}\n{text}"));
    let after = meaning(&once).unwrap_or_else(|| panic!("{name}: does not parse:\n{once}"));
    assert_eq!(before.1, after.1, "{name}: the comments differ:\n{once}");
    assert!(before.0 == after.0, "{name}: the tree differs:\n{once}");
    let twice = format(&once).unwrap();
    assert_eq!(once, twice, "{name}: not idempotent");
    assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"));
    once
}

#[test]
fn every_source_of_the_repository_keeps_its_meaning() {
    let mut seen = 0;
    for (name, text) in sources() {
        if meaning(&text).is_some() {
            checked(&name, &text);
            seen += 1;
        }
    }
    assert!(seen > 3, "only {seen} sources were found");
}

#[test]
fn the_page_of_the_language_is_canonical() {
    let page = include_str!("format/one_page.jalon");
    assert_eq!(format(page).unwrap(), page);
}

#[test]
fn the_examples_and_the_guide_are_canonical() {
    for (name, text) in sources() {
        let shown = ["examples/", "docs/guide/", "docs/reference/", "README.md"];
        if shown.iter().any(|place| name.starts_with(place)) && meaning(&text).is_some() {
            assert_eq!(text, format(&text).unwrap(), "run jalon fmt on {name}");
        }
    }
}

#[test]
fn comments_in_odd_places_stay_where_they_were() {
    let text = include_str!("format/odd_places.jalon");
    let formatted = include_str!("format/odd_places.formatted.jalon");
    assert_eq!(checked("odd_places", text), formatted);
}

#[test]
fn every_construct_has_its_layout() {
    let text = include_str!("format/everything.jalon");
    let formatted = include_str!("format/everything.formatted.jalon");
    assert_eq!(checked("everything", text), formatted);
}

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }
}

/// Puts comments, line breaks and spaces between the words of a text, in so many places.
fn disturbed(text: &str, places: usize, dice: &mut Dice) -> String {
    let between = |at: &usize| {
        let (before, after) = text.split_at(*at);
        let gap = |c: Option<char>| c.is_some_and(|c| c.is_whitespace() || "(){}[],:".contains(c));
        gap(before.chars().next_back()) || gap(after.chars().next())
    };
    let boundaries: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(between)
        .collect();
    let mut cuts: Vec<usize> = (0..places)
        .map(|_| boundaries[dice.below(boundaries.len())])
        .collect();
    cuts.sort_unstable();
    let mut changed = String::new();
    let mut done = 0;
    for (number, cut) in cuts.into_iter().enumerate() {
        changed += &text[done..cut];
        changed += &match dice.below(6) {
            0 => format!(" // own {number}\n"),
            1 => format!("\n  // own {number}  \n\n\n"),
            2 => format!("\n/// own {number}\n"),
            3 => "\n\n\n".to_owned(),
            4 => "\r\n\t".to_owned(),
            _ => " ".to_owned(),
        };
        done = cut;
    }
    changed + &text[done..]
}

#[test]
fn comments_and_line_breaks_anywhere_are_kept() {
    let mut dice = Dice(2);
    let mut seen = 0;
    for (name, text) in sources() {
        if text.trim().is_empty() || meaning(&text).is_none() {
            continue;
        }
        for round in 0..10 {
            let text = disturbed(&text, 1 + round, &mut dice);
            // A comment inside a name or a text makes another text, which may be wrong.
            if meaning(&text).is_some() {
                checked(&name, &text);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen} disturbed texts were valid");
}

#[test]
fn the_layout_does_not_depend_on_where_the_lines_were() {
    for (name, text) in sources() {
        // Without comments and blocks of text, all line breaks but empty lines are alike.
        if text.contains("//") || text.contains("\"\"\"") || meaning(&text).is_none() {
            continue;
        }
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let joined = lines.join("\n").replace("\n\n", "\u{1}").replace('\n', " ");
        let joined = joined.replace('\u{1}', "\n\n");
        if meaning(&joined).is_some() {
            assert_eq!(checked(&name, &joined), checked(&name, &text), "{name}");
        }
    }
}

#[test]
fn a_byte_order_mark_and_carriage_returns_go() {
    let page = include_str!("format/one_page.jalon");
    let windows = format!("\u{feff}{}", page.replace('\n', "\r\n"));
    assert_eq!(format(&windows).unwrap(), page);
}

#[test]
fn a_text_with_a_syntax_error_is_refused() {
    match format("purpose a: service because \"x\"\njourney {\n") {
        Err(FormatError::Syntax(found)) => assert!(!found.is_empty()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_empty_text_is_empty_and_comments_alone_are_kept() {
    assert_eq!(format("").unwrap(), "");
    assert_eq!(format(" \n\n").unwrap(), "");
    assert_eq!(format("\n\n// a\n\n\n// b  ").unwrap(), "// a\n\n// b\n");
}

#[test]
fn wide_and_deep_expressions_take_linear_time() {
    let chain = vec!["any(member.gifts in last 12 months)"; 4_000].join(" and ");
    let text = format!("segment s of member: Member = {chain}");
    let laid_out = checked("chain", &text);
    assert_eq!(laid_out.lines().count(), 4_001);
    let deep = format!("{}1{}", "(".repeat(50), ")".repeat(50));
    checked(
        "deep",
        &format!("measure m of member: Member = {deep} + {deep}"),
    );
}

#[test]
fn block_texts_move_without_changing_what_they_say() {
    for body in [
        "\na\n",
        "\n\n\n  a\n\n\n",
        "\r\n  a\r\n    b\r\n  ",
        "\n >\n \n",
        "\n\t a\n\t  b",
        "a\n  b",
        "\n   \n",
        "\n",
        "",
        "\n  é\n\u{a0}\n  a\n",
    ] {
        let text = format!(
            "message m for member: Member {{ content fr {{ email {{ subject \"s\" body text \"\"\"{body}\"\"\" }} }} }}"
        );
        checked(body, &text);
    }
}
