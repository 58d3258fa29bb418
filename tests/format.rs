//! The formatter: canonical, idempotent, lossless and meaning-preserving, over every source here.

use jalon::diag::Level;
use jalon::format::format;
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
