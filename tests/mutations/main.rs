//! Correct projects with random mistakes in them. Whatever is wrong: never a panic, never a wait,
//! every finding with a code and a place in its text; what is still right has a plan that loads.
//!
//! `MUTATIONS=20000 MUTATIONS_SEED=7 cargo test --test mutations` tries more, and others;
//! `MUTATIONS_OF=FOLDER` takes the projects in the folders of a folder besides.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    missing_docs,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod fixes;
mod mutate;
mod slips;
mod stored;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jalon::diag::render::{Human, Style, concise, json};
use jalon::format::{FormatError, format};
use jalon::pipeline::{self, Project};
use jalon::plan;
use jalon::source::FileId;
use mutate::{Dice, mutate};

/// How long one project may take. A build without optimizations on a busy machine is slower than
/// the second that people are promised.
const PATIENCE: Duration = Duration::from_secs(5);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

/// The files of a project: what of them is compiled.
struct Corpus {
    name: String,
    files: Vec<(PathBuf, String)>,
}

fn read(folder: &Path) -> Corpus {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|end| end == "jalon" || end == "mjml" || end == "toml")
            {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(folder).unwrap().to_owned(), text));
            }
        }
    }
    files.sort();
    Corpus {
        name: folder.display().to_string(),
        files,
    }
}

fn corpora() -> Vec<Corpus> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = vec![read(&root.join("examples/fondation"))];
    let page = fs::read_to_string(root.join("tests/format/one_page.jalon")).unwrap();
    let manifest = "[project]\nname = \"p\"\nsender_address = \"1 rue A\"\nunsubscribe_url = \"https://example.org/u\"\n";
    let body = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ amount }} {{ member.first_name | default: 'you' }}</mj-text></mj-column></mj-section></mj-body></mjml>\n";
    found.push(Corpus {
        name: "the page".to_owned(),
        files: vec![
            ("jalon.toml".into(), manifest.to_owned()),
            ("main.jalon".into(), page),
            ("templates/thank_you.en.mjml".into(), body.to_owned()),
            ("templates/thank_you.fr.mjml".into(), body.to_owned()),
        ],
    });
    let everything = fs::read_to_string(root.join("tests/format/everything.jalon")).unwrap();
    found.push(Corpus {
        name: "everything".to_owned(),
        files: vec![
            ("jalon.toml".into(), manifest.to_owned()),
            ("main.jalon".into(), everything),
        ],
    });
    if let Ok(folder) = std::env::var("MUTATIONS_OF") {
        let mut more: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        more.sort();
        found.extend(
            more.iter()
                .filter(|path| path.is_dir())
                .map(|path| read(path)),
        );
    }
    found
}

fn write(folder: &Path, corpus: &Corpus) {
    for (path, text) in &corpus.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Checks the project in a folder and holds what is found to what a finding must be.
fn check(folder: &Path) {
    let started = Instant::now();
    let Ok(project) = Project::load(folder) else {
        return;
    };
    let checked = pipeline::check(project);
    let sources = &checked.project.sources;
    let style = Style {
        color: false,
        unicode: true,
        width: 100,
    };
    let mut human = Human::new(sources, style);
    for finding in &checked.findings {
        let found = &finding.diagnostic;
        assert!(!found.message.is_empty());
        for label in std::iter::once(&found.primary).chain(&found.others) {
            let span = label.place.span;
            let text = sources.text(label.place.file);
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{found:#?}"
            );
        }
        assert!(human.render(finding).unwrap().contains(found.code.id));
        assert!(concise(finding, sources).contains(found.code.id));
    }
    json(&checked.findings, sources).unwrap();
    if !checked.has_errors() {
        let lowered = plan::lower(&checked.model, &checked.project.manifest).unwrap();
        let text = plan::to_json(&lowered);
        let loaded = plan::load(FileId(0), &text).unwrap();
        assert_eq!(plan::to_json(&loaded), text);
    }
    let took = started.elapsed();
    assert!(took < PATIENCE, "took {took:?}");
}

fn lay_out(text: &str) {
    match format(text) {
        Ok(laid_out) => {
            // A layout chooses white space, closing commas, and `day` or `days`.
            let kept = |text: &str| -> String {
                let free = |c: &char| c.is_whitespace() || matches!(c, ',' | 's');
                text.chars().filter(|c| !free(c)).collect()
            };
            assert!(
                kept(text.trim_start_matches('\u{feff}')) == kept(&laid_out),
                "the layout lost text"
            );
        }
        Err(FormatError::Syntax(found)) => assert!(found.has_errors()),
        Err(FormatError::Unfaithful(found)) => panic!("{found:?}"),
    }
}

/// Runs one try; says how to run it again if it fails.
fn attempt(what: &str, seed: u64, kept: &str, run: impl FnOnce()) -> bool {
    let result = catch_unwind(AssertUnwindSafe(run));
    if result.is_err() {
        let folder = std::env::temp_dir().join("jalon-mutations");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{seed}.txt"));
        fs::write(&path, kept).unwrap();
        eprintln!(
            "{what}: seed {seed} fails, and its text is {}",
            path.display()
        );
    }
    result.is_ok()
}

#[test]
fn mistakes_in_sources() {
    let corpora = corpora();
    let folders: Vec<_> = corpora
        .iter()
        .map(|_| tempfile::tempdir().unwrap())
        .collect();
    for (corpus, folder) in corpora.iter().zip(&folders) {
        write(folder.path(), corpus);
    }
    let first = number("MUTATIONS_SEED", 1) << 32;
    let mut failed = 0;
    for seed in first..first + number("MUTATIONS", 300) {
        let mut dice = Dice::new(seed);
        let at = dice.below(corpora.len());
        let corpus = &corpora[at];
        let (path, text) = dice.pick(&corpus.files).unwrap();
        let mut mutated = mutate(text, &mut dice);
        for _ in 0..dice.below(3) {
            mutated = mutate(&mutated, &mut dice);
        }
        let file = folders[at].path().join(path);
        fs::write(&file, &mutated).unwrap();
        let held = attempt(
            &format!("{} {}", corpus.name, path.display()),
            seed,
            &mutated,
            || {
                check(folders[at].path());
                if path.extension().is_some_and(|end| end == "jalon") {
                    lay_out(&mutated);
                }
            },
        );
        failed += u32::from(!held);
        fs::write(&file, text).unwrap();
    }
    assert_eq!(failed, 0);
}
