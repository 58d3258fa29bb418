//! What each fix makes of a mistake: `tests/fixes/*.md`.
//!
//! A section is named after a code, with a colon and words behind it if it has several. It shows a mistake in a
//! `jalon` block, and what comes of it in a block with the word `fixed` if the fix is safe, or
//! `chosen` if it is made only under `--unsafe-fixes`. Other files stand in blocks with `file=PATH`;
//! blocks with the word `shared` belong to every later section of the page.
//!
//! `JALON_BLESS=1` writes the results anew, `FIXES=part` runs only sections or pages with that name.
//!
//! What comes out must be as shown, in the canonical layout where it is a `.jalon` file, have fewer
//! errors, and be left alone by a second run. No error may be
//! left, unless the result says `more`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod markdown;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jalon::diag::{Level, Safety, codes};
use jalon::fix::{Wanted, fix};
use jalon::format::format;
use jalon::pipeline::{self, Checked, Project};
use markdown::{Block, files, pages, sections, shown, written};

/// What a mark on a result says about the fix.
fn wanted(block: &Block) -> Option<Wanted> {
    let chosen = match (block.is("fixed"), block.is("chosen")) {
        (true, _) => false,
        (_, true) => true,
        _ => return None,
    };
    Some(Wanted {
        chosen,
        files: None,
    })
}

fn checked(folder: &Path) -> Checked {
    pipeline::check(Project::load(folder).unwrap())
}

fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.findings.iter().filter(|f| f.level == Level::Error);
    errors
        .map(|f| format!("{}: {}", f.diagnostic.code.name, f.diagnostic.message))
        .collect()
}

/// The text of a file after the fixes.
fn fixed(folder: &Path, wanted: &Wanted, file: &str) -> (String, Checked) {
    let fixed = fix(checked(folder), wanted).unwrap();
    assert!(!fixed.unsettled, "the fixes do not come to an end");
    let path = folder.join(file);
    let change = fixed.changes.iter().find(|change| change.path == path);
    let text = match change {
        Some(change) => change.new.clone(),
        None => fs::read_to_string(path).unwrap(),
    };
    (text, fixed.checked)
}

/// Writes what comes out into the page.
fn bless(page: &Path, result: &Block, text: &str) -> String {
    let old = fs::read_to_string(page).unwrap();
    let new = markdown::output::bless(&old, &[(result.clone(), text.to_owned())]);
    fs::write(page, new).unwrap();
    format!("{}: written anew; run it again\n", page.display())
}

/// Runs a section; the answer is empty if it holds.
fn run(page: &Path, name: &str, blocks: &[Block]) -> String {
    let mut failures = String::new();
    let (results, given): (Vec<Block>, Vec<Block>) = blocks
        .iter()
        .cloned()
        .partition(|block| wanted(block).is_some());
    let [result] = results.as_slice() else {
        return format!("{name}: it needs one result, not {}\n", results.len());
    };
    let wanted = wanted(result).unwrap();
    let files = files(&given);
    let own = given.iter().rfind(|block| !block.is("shared"));
    let Some((file, _)) =
        own.and_then(|own| files.iter().find(|(_, block)| block.line == own.line))
    else {
        return format!("{name}: it shows no mistake\n");
    };
    let folder = written(&files);
    let before = checked(folder.path());
    let code = name.split(':').next().unwrap();
    let has_fix = before.findings.iter().any(|finding| {
        finding.diagnostic.code.name == code
            && finding
                .diagnostic
                .fix
                .as_ref()
                .is_some_and(|fix| (fix.safety == Safety::Unsafe) == wanted.chosen)
    });
    if !has_fix {
        let found: Vec<String> = before
            .findings
            .iter()
            .map(|f| {
                format!(
                    "{}: {} {:?}",
                    f.diagnostic.code.name, f.diagnostic.message, f.diagnostic.fix
                )
            })
            .collect();
        writeln!(failures, "{name}: no such fix for {code} in {found:#?}").unwrap();
    }
    if wanted.chosen {
        let (text, _) = fixed(folder.path(), &Wanted::default(), file);
        if text == result.text {
            writeln!(failures, "{name}: it is fixed without --unsafe-fixes").unwrap();
        }
    }
    let (text, after) = fixed(folder.path(), &wanted, file);
    if std::env::var_os("JALON_BLESS").is_some() && text != result.text {
        return bless(page, result, &text);
    }
    if text != result.text {
        writeln!(failures, "{name}: what comes out is\n{text}").unwrap();
    }
    let left = errors(&after);
    if !left.is_empty() && !result.is("more") {
        writeln!(failures, "{name}: errors are left: {left:#?}").unwrap();
    }
    if left.len() > errors(&before).len() {
        writeln!(failures, "{name}: there are more errors than before").unwrap();
    }
    if after
        .findings
        .iter()
        .any(|f| f.diagnostic.code.name == code)
    {
        writeln!(failures, "{name}: it is still found").unwrap();
    }
    if file.ends_with(".jalon") && format(&text).is_ok_and(|laid_out| laid_out != text) {
        writeln!(failures, "{name}: it is not in the canonical layout").unwrap();
    }
    fs::write(folder.path().join(file), &text).unwrap();
    if fixed(folder.path(), &wanted, file).0 != text {
        writeln!(failures, "{name}: a second run changes it again").unwrap();
    }
    failures
}

/// Every section of the pages: the page, the title, the blocks with those shared before it.
fn cases() -> Vec<(PathBuf, String, Vec<Block>)> {
    let mut cases = Vec::new();
    for page in pages("tests/fixes") {
        let text = fs::read_to_string(&page).unwrap().replace("\r\n", "\n");
        let mut shared: Vec<Block> = Vec::new();
        for section in sections(&text) {
            let (more, own): (Vec<Block>, Vec<Block>) = section
                .blocks
                .into_iter()
                .partition(|block| block.is("shared"));
            shared.extend(more);
            if !own.is_empty() {
                let blocks = shared.iter().cloned().chain(own).collect();
                cases.push((page.clone(), section.title, blocks));
            }
        }
    }
    cases
}

#[test]
fn every_fix_does_what_is_shown() {
    let filter = std::env::var("FIXES").unwrap_or_default();
    let mut cases = cases();
    // Blessing changes the lines below what is written.
    cases.reverse();
    let failures: Vec<String> = cases
        .iter()
        .filter(|(page, title, _)| shown(page).contains(&filter) || title.contains(&filter))
        .map(|(page, title, blocks)| run(page, title, blocks))
        .filter(|failure| !failure.is_empty())
        .collect();
    assert!(failures.is_empty(), "\n\n{}", failures.join("\n"));
}

#[test]
fn every_page_that_promises_a_fix_is_shown_here_and_no_other() {
    let shown: BTreeSet<String> = cases()
        .iter()
        .map(|(_, title, _)| title.split(':').next().unwrap().to_owned())
        .collect();
    let promised: BTreeSet<String> = codes::all()
        .filter(|code| {
            sections(code.page)
                .iter()
                .any(|section| section.title == "Fix")
        })
        .map(|code| code.name.to_owned())
        .collect();
    assert_eq!(shown, promised);
    assert!(promised.len() >= 15);
}
