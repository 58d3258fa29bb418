//! What the fuzzer starts from: the repository's own sources, cut to the form of each target.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jalon::pipeline::{self, Project};
use jalon::plan;
use jalon::source::FileId;
use jalon::syntax::ast::{ContentBody, ContentPart, DeclKind, MessageClause, Template};
use jalon::syntax::parse;

use crate::markdown::{Block, MANIFEST, files, pages, sections};
use crate::mutate::Dice;
use crate::targets::{archive, samples};

/// The longest seed, in bytes.
const LONGEST: usize = 8_192;

/// The seeds of a target: each once, in an order of their own.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let found: Vec<Vec<u8>> = match target {
        "parser" | "formatter" | "grammar" => {
            sources().into_iter().map(String::into_bytes).collect()
        }
        "project" | "fixes" => projects().into_iter().map(String::into_bytes).collect(),
        "manifest" => manifests(),
        "snippet" => sources().iter().flat_map(|text| snippets(text)).collect(),
        "templates" => templates(),
        "plans" => plans(),
        "intake" => feeds(),
        "typed" => tapes(),
        other => panic!("no seeds for {other}"),
    };
    let unique: BTreeSet<Vec<u8>> = found.into_iter().filter(|s| s.len() <= LONGEST).collect();
    unique.into_iter().collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn all_sections() -> Vec<Vec<Block>> {
    let folders = ["tests/mdtest", "docs/guide", "docs/reference", "docs/codes"];
    let mut found = Vec::new();
    for path in folders.into_iter().flat_map(pages) {
        let page = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        let mut shared: Vec<Block> = Vec::new();
        for section in sections(&page) {
            let own = section.blocks;
            let blocks: Vec<Block> = shared.iter().chain(&own).cloned().collect();
            shared.extend(own.into_iter().filter(|block| block.is("shared")));
            found.push(blocks);
        }
    }
    found
}

/// The files below a folder that end in this.
fn below(folder: &str, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|of| of == end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(paths: Vec<PathBuf>) -> Vec<String> {
    let read = paths.into_iter().map(fs::read_to_string);
    read.map(Result::unwrap).collect()
}

fn sources() -> Vec<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for folder in ["tests", "examples"] {
        found.extend(read(below(folder, "jalon")));
    }
    for block in all_sections().into_iter().flatten() {
        if block.language == "jalon" {
            found.insert(block.text);
        }
    }
    found.into_iter().collect()
}

fn projects() -> Vec<String> {
    let mut found = vec![archive::of(samples::PAGE), archive::of(samples::WIDE)];
    for blocks in all_sections() {
        let files = files(&blocks);
        if files.is_empty() {
            continue;
        }
        let manifest = [("jalon.toml", MANIFEST)];
        let brings_one = files.iter().any(|(name, _)| name == "jalon.toml");
        let files = files
            .iter()
            .map(|(name, block)| (name.as_str(), block.text.as_str()));
        let manifest = manifest.into_iter().filter(|_| !brings_one);
        found.push(archive::of(manifest.chain(files)));
    }
    found
}

fn manifests() -> Vec<Vec<u8>> {
    let mut found = vec![MANIFEST.to_owned()];
    for folder in ["tests", "examples"] {
        found.extend(read(below(folder, "toml")));
    }
    for block in all_sections().into_iter().flatten() {
        if block.file.as_deref() == Some("jalon.toml") {
            found.push(block.text);
        }
    }
    found.into_iter().map(String::into_bytes).collect()
}

/// The parts of a source that fill a hole of the target: its first byte is the hole's number.
fn snippets(text: &str) -> Vec<Vec<u8>> {
    let parsed = parse(FileId(0), text);
    let inside = |whole: &str| {
        let (from, to) = (whole.find('{')?, whole.rfind('}')?);
        whole.get(from + 1..to).map(str::to_owned)
    };
    let mut found = Vec::new();
    for decl in &parsed.ast.decls {
        let whole = decl.span.text(text);
        let (hole, filling) = match &decl.kind {
            DeclKind::Segment(of) => (0, Some(of.value.span.text(text).to_owned())),
            DeclKind::Measure(of) => (1, Some(of.value.span.text(text).to_owned())),
            DeclKind::Journey(_) => (3, inside(whole)),
            DeclKind::Consent(_) => (4, inside(whole)),
            _ => continue,
        };
        found.extend(filling.map(|filling| [vec![hole, 0], filling.into_bytes()].concat()));
    }
    found
}

fn templates() -> Vec<Vec<u8>> {
    let mut found: BTreeSet<(u8, String)> = BTreeSet::new();
    found.extend(
        read(below("examples", "mjml"))
            .into_iter()
            .map(|text| (3, text)),
    );
    for source in sources() {
        for part in parse(FileId(0), &source)
            .ast
            .decls
            .iter()
            .flat_map(|decl| contents(&decl.kind))
        {
            let templates: Vec<&Template> = match &part.body {
                ContentBody::Plain(template) => vec![template],
                ContentBody::Slots(slots) => slots.iter().map(|slot| &slot.template).collect(),
            };
            for template in templates {
                if let Template::Inline(text) = template {
                    found.insert((0, text.value.to_string()));
                }
            }
        }
    }
    // The texts of the tests of templates, as far as they stand on one line.
    for source in read(below("tests/template", "rs")) {
        for text in source
            .split('"')
            .filter(|text| text.contains("{{") || text.contains("{%"))
        {
            found.insert((
                if text.contains("<mj") { 3 } else { 2 },
                text.replace("\\n", "\n"),
            ));
        }
    }
    let found = found.into_iter();
    found
        .map(|(format, text)| [vec![format], text.into_bytes()].concat())
        .collect()
}

fn contents(kind: &DeclKind) -> Vec<&ContentPart> {
    let DeclKind::Message(message) = kind else {
        return Vec::new();
    };
    let parts = message.clauses.iter().filter_map(|clause| match clause {
        MessageClause::Content(content) => Some(&content.parts),
        _ => None,
    });
    parts.flatten().collect()
}

/// Numbers that change the plans of the samples, and plans of small projects as texts.
fn plans() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    for plan in 0..2 {
        for change in 0..64_u8 {
            let spread = |by: u8| change.wrapping_mul(by).wrapping_add(by);
            found.push(vec![plan, spread(7), spread(31), spread(101), spread(3)]);
        }
    }
    for archive in projects() {
        let checked = pipeline::check(Project::in_memory(&archive::files(archive.as_bytes())));
        if !checked.has_errors()
            && let Ok(lowered) = plan::lower(&checked.model, &checked.project.manifest)
        {
            found.push(serde_json::to_vec(&lowered).unwrap());
        }
    }
    found
}

/// Tapes of decisions: numbers of the same kind on every run.
fn tapes() -> Vec<Vec<u8>> {
    let tape = |seed: u64| {
        let mut dice = Dice::new(seed);
        (0..200 + dice.below(1800))
            .map(|_| dice.below(256) as u8)
            .collect()
    };
    (1..60).map(tape).collect()
}

/// The feeds of the sample, those of the example, and each of their lines alone.
fn feeds() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for plan in 0..2_u8 {
        for (kind, paths) in [
            (
                0,
                vec![
                    "tests/fuzzed/sample/members.csv",
                    "examples/fondation/data/members.csv",
                ],
            ),
            (
                1,
                vec![
                    "tests/fuzzed/sample/gifts.ndjson",
                    "examples/fondation/data/gifts.ndjson",
                ],
            ),
            (
                2,
                vec![
                    "tests/fuzzed/sample/events.ndjson",
                    "examples/fondation/events.ndjson",
                ],
            ),
        ] {
            let first = plan * 4 + kind;
            for path in paths {
                let text = fs::read_to_string(root().join(path)).unwrap();
                let head: String = text.split_inclusive('\n').take(12).collect();
                found.push([vec![first], head.into_bytes()].concat());
                if kind > 0 {
                    for line in text.lines().take(12) {
                        found.push([&[first], line.as_bytes()].concat());
                    }
                }
            }
        }
    }
    found
}
