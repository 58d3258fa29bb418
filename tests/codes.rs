//! Every code has a page, every page a code; the bad example of a page raises its code and nothing
//! else, the good example raises nothing. Lints of practice are looked at on their own page only.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod markdown;

use std::collections::BTreeMap;
use std::path::Path;

use jalon::diag::{Code, Level, codes};
use markdown::{Block, Found, check, files, is_practice, pages, sections};
use rayon::prelude::*;

/// Codes of the compiler that no text of a page can raise.
const NOT_SHOWN: &[&str] = &[
    "empty-project",
    "unreadable-file",
    "invalid-utf8",
    "nul-byte",
    "file-too-large",
    "declaration-too-large",
];

/// Whether the page of a code shows what raises it. What happens at run time is only told.
fn is_shown(code: &Code) -> bool {
    !code.id.starts_with('R') && !NOT_SHOWN.contains(&code.name)
}

#[test]
fn ids_count_up_without_gaps() {
    let mut last: BTreeMap<char, usize> = BTreeMap::new();
    for code in codes::all() {
        let letter = code.id.chars().next().unwrap();
        let number: usize = code.id[1..].parse().unwrap();
        let before = last.insert(letter, number).unwrap_or(0);
        assert_eq!(number, before + 1, "the id of {} ({})", code.name, code.id);
        assert_eq!(code.id, format!("{letter}{number:03}"));
    }
}

#[test]
fn names_are_unique_and_read_after_allow() {
    let mut names: Vec<_> = codes::all().map(|code| code.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "two codes have the same name");
    for name in names {
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(kebab) && !name.contains("--"), "{name}");
    }
    for code in codes::all() {
        let optional = code.id.starts_with('L');
        assert!(
            code.level != Level::Allow || optional,
            "{} is never shown",
            code.name
        );
        assert!(!code.summary.ends_with('.'), "the summary of {}", code.name);
    }
}

#[test]
fn every_page_belongs_to_a_code() {
    for page in pages("docs/codes") {
        let name = page.file_stem().unwrap().to_str().unwrap();
        let known = name == "README" || codes::all().any(|code| code.name == name);
        assert!(known, "{} is the page of no code", page.display());
    }
}

#[test]
fn pages_have_the_same_parts() {
    let wrong: Vec<String> = codes::all().filter_map(wrong_parts).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn wrong_parts(code: &Code) -> Option<String> {
    let sections = sections(code.page);
    let titles: Vec<_> = sections.iter().skip(1).map(|s| s.title.as_str()).collect();
    let first = format!("{} ({})", code.name, code.id);
    let wanted = [
        first.as_str(),
        "Why it matters",
        "Example",
        "What to write instead",
    ];
    let (titles, fix) = match titles.split_last() {
        Some((&"Fix", rest)) => (rest, sections.last()),
        _ => (titles.as_slice(), None),
    };
    if titles != wanted {
        return Some(format!(
            "{}: the headings are {titles:?}, not {wanted:?}",
            code.name
        ));
    }
    if !sections[1].blocks.is_empty() || !sections[2].blocks.is_empty() {
        return Some(format!("{}: code stands before the example", code.name));
    }
    if fix.is_some_and(|fix| fix_column(code).is_empty() || !fix.blocks.is_empty()) {
        return Some(format!(
            "{}: what stands below Fix is not `Safe: ...`, `Unsafe: ...` or both",
            code.name
        ));
    }
    let bad = has(&sections[3].blocks, "bad");
    let good = has(&sections[4].blocks, "good");
    (bad != is_shown(code) || good != is_shown(code))
        .then(|| format!("{}: bad example {bad}, good example {good}", code.name))
}

/// What the page of a code says of its fix, in a word or two; nothing if it has none.
fn fix_column(code: &Code) -> &'static str {
    let (_, fix) = code.page.split_once("\n## Fix\n").unwrap_or_default();
    let says = |word: &str| fix.split("\n\n").any(|part| part.trim().starts_with(word));
    match (says("Safe: "), says("Unsafe: ")) {
        (true, true) => "safe, unsafe",
        (true, false) => "safe",
        (false, true) => "unsafe",
        (false, false) => "",
    }
}

fn has(blocks: &[Block], mark: &str) -> bool {
    blocks
        .iter()
        .any(|block| block.language == "jalon" && block.is(mark))
}

#[test]
fn examples_raise_their_code_and_nothing_else() {
    let shown: Vec<_> = codes::all()
        .filter(|code| is_shown(code) && wrong_parts(code).is_none())
        .collect();
    let failures: Vec<String> = shown
        .par_iter()
        .flat_map_iter(|code| wrong_examples(code))
        .collect();
    assert!(failures.is_empty(), "\n\n{}", failures.join("\n"));
}

fn wrong_examples(code: &Code) -> Vec<String> {
    let sections = sections(code.page);
    let about = |found: &Found| found.code == code.name || !is_practice(&found.code);
    let mut bad = check(&files(&sections[3].blocks));
    let mut good = check(&files(&sections[4].blocks));
    bad.retain(about);
    good.retain(about);
    let list = |found: &[Found]| {
        let lines = found.iter().map(|f| {
            format!(
                "    {}:{} {}[{}] {}\n",
                f.file, f.line, f.level, f.code, f.message
            )
        });
        lines.collect::<String>()
    };
    let mut failures = Vec::new();
    let other = bad.iter().any(|found| found.code != code.name);
    if bad.is_empty() || other {
        failures.push(format!(
            "{}: the bad example raises:\n{}",
            code.name,
            list(&bad)
        ));
    }
    if !good.is_empty() {
        failures.push(format!(
            "{}: the good example raises:\n{}",
            code.name,
            list(&good)
        ));
    }
    failures
}

/// `UPDATE=1 cargo test --test codes` writes the list anew.
#[test]
fn the_list_of_codes_is_current() {
    let stages = [
        (
            'S',
            "Syntax",
            "what the text of a file says, before any name is looked up",
        ),
        (
            'G',
            "Configuration",
            "`jalon.toml`, the files it names, and `allow` comments",
        ),
        ('N', "Names", "what is declared, twice, or not at all"),
        ('T', "Types", "the schema, expressions, arguments"),
        (
            'M',
            "Templates",
            "Liquid and MJML, the contents of messages",
        ),
        (
            'C',
            "Consent",
            "channels, purposes, consent blocks, audiences",
        ),
        ('F', "Flow", "journeys and their steps"),
        ('L', "Lints", "correct, but likely not meant"),
        ('R', "Running", "plans, data, events"),
    ];
    let mut text = String::from(
        "# Diagnostics\n\nEvery finding has a code and a name. `jalon explain NAME` prints its page. This list is \
         made from the registry. Where there is a [fix](../reference/fixes.md), the page says what `jalon check --fix` \
         changes.\n",
    );
    for (letter, title, about) in stages {
        text += &format!(
            "\n## {title} ({letter}): {about}\n\n| code | name | level | fix | |\n| --- | --- | --- | --- | --- |\n"
        );
        for code in codes::all().filter(|code| code.id.starts_with(letter)) {
            let level = match code.level {
                Level::Error => "error",
                Level::Warn => "warning",
                Level::Note | Level::Allow => "note",
            };
            text += &format!(
                "| {} | [{}]({}.md) | {level} | {} | {} |\n",
                code.id,
                code.name,
                code.name,
                fix_column(code),
                code.summary
            );
        }
    }
    current("docs/codes/README.md", &text);
}

/// `UPDATE=1 cargo test --test codes` writes the schema anew.
#[test]
fn the_schema_of_the_json_format_is_current() {
    current(
        "docs/reference/diagnostics.schema.json",
        &jalon::diag::render::schema().unwrap(),
    );
}

/// `UPDATE=1 cargo test --test codes` writes the schema anew.
#[test]
fn the_schema_of_lists_is_current() {
    current(
        "docs/reference/listing.schema.json",
        &jalon::inventory::schema().unwrap(),
    );
}

/// `UPDATE=1 cargo test --test codes` writes the list anew.
#[test]
fn the_list_of_lints_is_current() {
    let path = "docs/reference/lints.md";
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let page = std::fs::read_to_string(page).unwrap();
    let (prose, _) = page
        .split_once("The list is made from the program.\n")
        .unwrap();
    let mut text = format!("{prose}The list is made from the program.\n\n");
    text += "| lint | level | reports |\n| --- | --- | --- |\n";
    for code in codes::lint::ALL {
        let level = match code.level {
            Level::Error => "error",
            Level::Warn => "warning",
            Level::Note => "note",
            Level::Allow => "allowed",
        };
        let name = code.name;
        text += &format!(
            "| [{name}](../codes/{name}.md) | {level} | {} |\n",
            code.summary
        );
    }
    current(path, &text);
}

/// Holds a generated file to what it must say, or with `UPDATE` set writes it.
fn current(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == text,
        "{path} is not current: run `UPDATE=1 cargo test --test codes`"
    );
}
