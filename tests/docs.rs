//! The documentation hangs together: every link leads somewhere, and what the guides and the
//! README show is in the one layout.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod markdown;

use std::path::{Path, PathBuf};

use markdown::{pages, sections, shown};

/// Every page of the repository that people read.
fn all_pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = std::fs::read_dir(root).unwrap();
    let mut found: Vec<PathBuf> = top
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    for folder in ["docs", "examples", "grammar"] {
        found.extend(pages(folder));
    }
    found.sort();
    found
}

/// The lines of a page outside of fenced blocks, with their numbers.
fn prose(page: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let lines = (1..).zip(page.lines()).filter(|(_, line)| {
        let fence = line.starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    });
    lines.collect()
}

/// The targets of the links of a line: what stands in `](...)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
}

/// The anchor that a heading is given: lower case, spaces as `-`, without punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading
        .trim()
        .chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    let mut broken = Vec::new();
    for path in all_pages() {
        let page = std::fs::read_to_string(&path).unwrap();
        for (number, line) in prose(&page) {
            for target in targets(line).filter(|target| !target.contains("://")) {
                let (file, heading) = target.split_once('#').unwrap_or((target, ""));
                let to = match file {
                    "" => path.clone(),
                    file => path.parent().unwrap().join(file),
                };
                let there = to.exists()
                    && (heading.is_empty()
                        || prose(&std::fs::read_to_string(&to).unwrap())
                            .iter()
                            .filter_map(|(_, line)| line.strip_prefix('#'))
                            .any(|line| anchor(line.trim_start_matches('#')) == heading));
                if !there {
                    broken.push(format!("{}:{number}: {target}", shown(&path)));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn what_the_guides_show_has_the_one_layout() {
    let mut count = 0;
    for path in pages("docs/guide") {
        let page = std::fs::read_to_string(&path).unwrap();
        for block in sections(&page).into_iter().flat_map(|one| one.blocks) {
            if block.language == "jalon" && !block.is("fragment") {
                let place = format!("{}:{}", shown(&path), block.line);
                let laid_out = jalon::format::format(&block.text).unwrap();
                assert_eq!(laid_out, block.text, "{place}");
                count += 1;
            }
        }
    }
    assert!(count > 0, "no guide shows anything");
}
