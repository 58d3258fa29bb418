//! The rules of the language as documents: `tests/mdtest/<area>/*.md`.
//!
//! Each section with a `jalon` block is a project of its own. What it must report is written where
//! it must be reported, at the end of the line on which the main place starts:
//!
//! ```text
//! stage: Stge                      // error: [unknown-type]
//! purpose a: service               // error: [missing-because] "`a` is a service"
//! ```
//!
//! The text between quotes, if there is one, must stand in the message. Several findings of one
//! line follow each other: `// error: [a] // warning: [b]`. In `jalon.toml` the comment starts with
//! `#`, in a template it is `<!-- error: [a] -->`. Nothing else may be found.
//!
//! Blocks with the word `shared` in their info string belong to every later section of the page
//! too. Other files stand in blocks with `file=PATH`; a project without `file=jalon.toml` is given
//! one with a name, a sender address and an unsubscribe page.
//!
//! Lints of practice (a journey without a title) are looked at on the page named after the lint, in
//! sections that ask for one, and in the guides; elsewhere they would drown what the page is about.
//!
//! The pages of `docs/guide` and `docs/reference` are held to the same rules. A block with the word
//! `fragment` is a part of a file: it only has to be free of syntax errors.
//!
//! A section may say instead what people read, in a block `text output`: exactly what `jalon check`
//! prints, 100 columns wide and without colours. There is one finding, with something to do, unless
//! the block is marked `several`. `JALON_BLESS=1` writes these blocks anew: read them as the person
//! who made the mistake.
//!
//! The `shared` blocks of a `README.md` belong to the other pages of its folder. A block with the
//! name of a shared one replaces it.
//!
//! `MDTEST=part cargo test --test mdtest` runs only pages whose path has `part` in it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod markdown;

use std::fmt::Write;
use std::path::Path;

use markdown::{Block, Found, check, files, is_practice, output, pages, sections, shown};
use rayon::prelude::*;

/// What a line of a page says must be found on it.
#[derive(Debug)]
struct Expected {
    file: String,
    line: usize,
    level: String,
    code: String,
    message: Option<String>,
    /// The line in the page.
    page_line: usize,
}

#[test]
fn every_page_holds() {
    let filter = std::env::var("MDTEST").unwrap_or_default();
    let failures: Vec<String> = ["tests/mdtest", "docs/guide", "docs/reference"]
        .into_iter()
        .flat_map(pages)
        .collect::<Vec<_>>()
        .par_iter()
        .filter(|page| shown(page).contains(&filter))
        .map(|page| run(page))
        .filter(|failure| !failure.is_empty())
        .collect();
    assert!(failures.is_empty(), "\n\n{}", failures.join("\n"));
}

/// Runs every section of a page; the answer is empty if all hold.
fn run(path: &Path) -> String {
    let page = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = shown(path.strip_prefix(root).unwrap());
    let mut failures = String::new();
    let mut shared = shared_in_folder(path);
    let mut blessed = Vec::new();
    for section in sections(&page) {
        let (fragments, own): (Vec<Block>, Vec<Block>) = section
            .blocks
            .into_iter()
            .partition(|block| block.is("fragment"));
        for block in fragments {
            for found in syntax_errors(block) {
                writeln!(failures, "{name}:{found}").unwrap();
            }
        }
        let is_project = own.iter().any(|block| {
            block.file.as_deref() == Some("jalon.toml")
                || (block.language == "jalon" && !block.is("shared"))
        });
        let replaced = |old: &&Block| {
            let named = |new: &Block| new.file.is_some() && new.file == old.file;
            !own.iter().any(named)
        };
        let kept = shared.iter().filter(replaced);
        let mut blocks: Vec<Block> = kept.chain(&own).cloned().collect();
        shared.extend(own.into_iter().filter(|block| block.is("shared")));
        if !is_project {
            continue;
        }
        if !blocks.iter().any(|block| block.language == "jalon") {
            blocks.push(smallest_source());
        }
        let files = files(&blocks);
        if let Some(wanted) = blocks.iter().find(|block| output::is_output(block)) {
            let found = output::of(&files);
            if found.text != wanted.text && std::env::var_os("JALON_BLESS").is_some() {
                blessed.push((wanted.clone(), found.text));
                continue;
            }
            if let Some(wrong) = output::compare(wanted, &found) {
                let line = wanted.line - 1;
                writeln!(failures, "{name}:{line}: {:?}: {wrong}", section.title).unwrap();
            }
            continue;
        }
        let expected: Vec<Expected> = files
            .iter()
            .flat_map(|(file, block)| expected(file, block))
            .collect();
        let mut found = check(&files);
        found.retain(|found| is_about(path, &expected, found));
        for line in compare(&files, expected, found) {
            writeln!(failures, "{name}:{line}\n    in {:?}", section.title).unwrap();
        }
    }
    if !blessed.is_empty() {
        std::fs::write(path, output::bless(&page, &blessed)).unwrap();
    }
    failures
}

/// What the `README.md` of the folder gives to a page beside it.
fn shared_in_folder(page: &Path) -> Vec<Block> {
    let readme = page.with_file_name("README.md");
    if readme == page || !readme.exists() {
        return Vec::new();
    }
    let text = std::fs::read_to_string(readme).unwrap();
    sections(&text.replace("\r\n", "\n"))
        .into_iter()
        .flat_map(|section| section.blocks)
        .filter(|block| block.is("shared"))
        .collect()
}

/// Whether a page is about a finding. Lints of practice concern whole projects, as the guides show
/// them, and pages that are named after the lint or ask for it.
fn is_about(page: &Path, expected: &[Expected], found: &Found) -> bool {
    !is_practice(&found.code)
        || page
            .file_stem()
            .is_some_and(|stem| stem == found.code.as_str())
        || page
            .components()
            .any(|folder| folder.as_os_str() == "guide")
        || expected.iter().any(|wanted| wanted.code == found.code)
}

/// A source in which nothing is wrong, for a section that is about `jalon.toml`.
fn smallest_source() -> Block {
    Block {
        language: "jalon".to_owned(),
        marks: Vec::new(),
        file: None,
        text: "enum Stage { discovery, loyalty }\n".to_owned(),
        line: 0,
    }
}

/// The syntax errors of a block, each starting with its line in the page.
fn syntax_errors(block: Block) -> Vec<String> {
    let line = block.line;
    check(&[("main.jalon".to_owned(), &block)])
        .into_iter()
        .filter(|found| {
            jalon::diag::codes::syntax::ALL
                .iter()
                .any(|code| code.name == found.code)
        })
        .map(|found| {
            format!(
                "{}: {} [{}]",
                line + found.line - 1,
                found.message,
                found.code
            )
        })
        .collect()
}

/// What the comments of a block ask for.
fn expected(file: &str, block: &Block) -> Vec<Expected> {
    let mut found = Vec::new();
    for (number, line) in block.text.lines().enumerate() {
        for comment in line
            .split("//")
            .chain(line.split("# "))
            .chain(line.split("<!--"))
        {
            let comment = comment.trim();
            let Some((level, rest)) = comment.split_once(": [") else {
                continue;
            };
            let Some((code, rest)) = rest.split_once(']') else {
                continue;
            };
            if !["error", "warning", "note"].contains(&level) {
                continue;
            }
            let message = rest
                .split_once('"')
                .and_then(|(_, rest)| rest.rsplit_once('"'));
            found.push(Expected {
                file: file.to_owned(),
                line: number + 1,
                level: level.to_owned(),
                code: code.to_owned(),
                message: message.map(|(message, _)| message.to_owned()),
                page_line: block.line + number,
            });
        }
    }
    found
}

/// What differs, one line each, each starting with a line of the page.
fn compare(
    files: &[(String, &Block)],
    expected: Vec<Expected>,
    mut found: Vec<Found>,
) -> Vec<String> {
    let mut differences = Vec::new();
    for want in expected {
        let matching = found.iter().position(|have| {
            (&have.file, have.line, have.level, &have.code)
                == (&want.file, want.line, want.level.as_str(), &want.code)
        });
        let Some(matching) = matching else {
            differences.push(format!(
                "{}: not found: {} [{}]",
                want.page_line, want.level, want.code
            ));
            continue;
        };
        let have = found.remove(matching);
        if let Some(message) = want.message
            && !have.message.contains(&message)
        {
            differences.push(format!(
                "{}: the message of [{}] is {:?}, without {message:?}",
                want.page_line, have.code, have.message
            ));
        }
    }
    for have in found {
        let page_line = files
            .iter()
            .find(|(file, _)| *file == have.file)
            .map_or(0, |(_, block)| block.line + have.line - 1);
        differences.push(format!(
            "{page_line}: unexpected: {} [{}] {:?} in {}",
            have.level, have.code, have.message, have.file
        ));
    }
    differences
}
