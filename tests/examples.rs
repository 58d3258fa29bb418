//! The examples: each checks clean and has the one layout, and what those with recorded events
//! send is what their recorded outbox says. `JALON_BLESS=1 cargo test --test examples` records it
//! anew: read the difference.
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
use std::path::{Path, PathBuf};

use markdown::sections;
use tempfile::TempDir;

/// An example with data, events and a recorded outbox: what its `run.sh` loads, and for which span.
struct Recorded {
    folder: &'static str,
    data: &'static [(&'static str, &'static str)],
    from: &'static str,
    until: &'static str,
}

const FONDATION: Recorded = Recorded {
    folder: "fondation",
    data: &[("Member", "members.csv"), ("Gift", "gifts.ndjson")],
    from: "2026-02-01T18:00:00Z",
    until: "2026-07-01T12:00:00Z",
};

const BOUTIQUE: Recorded = Recorded {
    folder: "boutique",
    data: &[
        ("Client", "clients.csv"),
        ("Store", "stores.csv"),
        ("Product", "products.csv"),
        ("Order", "orders.csv"),
        ("Line", "lines.csv"),
        ("Wish", "wishes.csv"),
    ],
    from: "2026-03-02T05:00:00Z",
    until: "2026-06-30T22:00:00Z",
};

const BANQUE: Recorded = Recorded {
    folder: "banque",
    data: &[
        ("Person", "people.csv"),
        ("Branch", "branches.csv"),
        ("Adviser", "advisers.csv"),
        ("Account", "accounts.csv"),
        ("Card", "cards.csv"),
    ],
    from: "2026-03-02T06:00:00Z",
    until: "2026-06-15T20:00:00Z",
};

impl Recorded {
    fn folder(&self) -> PathBuf {
        root().join(self.folder)
    }

    /// A new store with the rows of the example.
    fn loaded(&self) -> (TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store.db").display().to_string();
        for (table, data) in self.data {
            let data = format!("data/{data}");
            jalon(&self.folder(), &["load", "--db", &store, table, &data]);
        }
        (folder, store)
    }

    fn replay(&self, store: &str, more: &[&str]) -> String {
        let mut args = vec!["replay", ".", "--db", store, "--events", "events.ndjson"];
        args.extend(["--from", self.from, "--until", self.until]);
        args.extend(more);
        jalon(&self.folder(), &args)
    }

    /// What is sent is what is recorded, a second replay changes nothing, and the README quotes
    /// lines that the table has.
    fn holds(&self) {
        let (_folder, store) = self.loaded();
        let outbox = self.replay(&store, &[]);
        let again = self.replay(&store, &[]);
        assert!(
            outbox == again,
            "{}: the second replay differs",
            self.folder
        );
        let timeline = self.replay(&store, &["--timeline"]);
        for line in self.quoted() {
            assert!(
                timeline.lines().any(|it| it == line),
                "{}: {line}",
                self.folder
            );
        }
        let recorded = self.folder().join("outbox.ndjson");
        if std::env::var_os("JALON_BLESS").is_some() {
            std::fs::write(&recorded, &outbox).unwrap();
        }
        let wanted = std::fs::read_to_string(&recorded).unwrap_or_default();
        for (line, (found, wanted)) in (1..).zip(outbox.lines().zip(wanted.lines())) {
            let name = self.folder;
            assert_eq!(
                found, wanted,
                "{name}: line {line} of the outbox; JALON_BLESS=1"
            );
        }
        assert_eq!(outbox.lines().count(), wanted.lines().count());
    }

    /// The lines of the `text` blocks of the README.
    fn quoted(&self) -> Vec<String> {
        let readme = std::fs::read_to_string(self.folder().join("README.md")).unwrap();
        let blocks = sections(&readme).into_iter().flat_map(|it| it.blocks);
        let texts = blocks.filter(|block| block.language == "text");
        texts
            .flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    /// `run.sh` loads what the test loads, for the span of the test.
    fn is_what_run_does(&self) {
        let script = std::fs::read_to_string(self.folder().join("run.sh")).unwrap();
        for (table, data) in self.data {
            let step = format!("{table} data/{data}");
            assert!(script.contains(&step), "{}: {step}", self.folder);
        }
        let span = format!("--from {} --until {}", self.from, self.until);
        assert!(script.contains(&span), "{}: {span}", self.folder);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// The folders of `examples` with a `jalon.toml`.
fn projects() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root()).unwrap();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("jalon.toml").is_file())
        .collect();
    found.sort();
    assert!(!found.is_empty(), "there is no example");
    found
}

/// Runs `jalon` in a folder; it must end with code 0. Gives standard output.
fn jalon(folder: &Path, args: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("jalon").unwrap();
    let output = command
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .args(args)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "jalon {} in {}:\n{}",
        args.join(" "),
        folder.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_checks_clean() {
    for project in projects() {
        jalon(&project, &["check", "--deny-warnings", "."]);
    }
}

#[test]
fn every_example_has_the_one_layout() {
    for project in projects() {
        jalon(&project, &["fmt", "--check", "."]);
    }
}

#[test]
fn the_foundation_sends_what_is_recorded() {
    FONDATION.holds();
}

#[test]
fn the_shop_sends_what_is_recorded() {
    BOUTIQUE.holds();
}

#[test]
fn the_bank_sends_what_is_recorded() {
    BANQUE.holds();
}

#[test]
fn the_scripts_do_what_is_tested() {
    for example in [FONDATION, BOUTIQUE, BANQUE] {
        example.is_what_run_does();
    }
}

#[test]
fn the_timeline_tells_what_the_outbox_tells() {
    let (folder, store) = FONDATION.loaded();
    let outbox = folder.path().join("outbox.ndjson");
    let more = ["--timeline", "--out", outbox.to_str().unwrap()];
    let timeline = FONDATION.replay(&store, &more);
    let (table, rules) = timeline.split_once("\n\n").unwrap();
    let outbox = std::fs::read_to_string(outbox).unwrap();
    assert_eq!(table.lines().count(), outbox.lines().count() + 1);
    for (line, row) in outbox.lines().zip(table.lines().skip(1)) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| line[name].as_str().unwrap_or("none").to_owned();
        for part in [
            text("person"),
            format!("{}/{}", text("journey"), text("step")),
            text("channel"),
            text("message"),
        ] {
            assert!(row.contains(&part), "{part:?} in {row:?}");
        }
        assert_eq!(row.contains(" refused: "), line["refused"].is_string());
        for permit in line["permits"].as_array().into_iter().flatten() {
            assert!(row.contains(permit.as_str().unwrap()), "{permit} in {row}");
        }
    }
    assert!(rules.starts_with("The rules named above:\n"), "{rules}");
    assert!(rules.contains("\n  house#2   forbid any for fundraising when "));
}

/// The README's blocks of a language, in order.
fn readme(language: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let page = std::fs::read_to_string(path).unwrap();
    let blocks = sections(&page)
        .into_iter()
        .flat_map(|section| section.blocks);
    let blocks = blocks.filter(|block| block.language == language);
    blocks.map(|block| block.text).collect()
}

/// The mistake that the README starts with is reported as it says, and its fix mends it.
#[test]
fn the_readme_shows_what_happens() {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        "jalon.toml",
        "people.jalon",
        "policy.jalon",
        "messages.jalon",
    ] {
        let from = root().join("welcome").join(file);
        std::fs::copy(from, folder.path().join(file)).unwrap();
    }
    let (code, text) = (readme("jalon"), readme("text"));
    let [mistaken, fix] = &code[..] else {
        panic!("the README has {} blocks of code", code.len());
    };
    let mended = mistaken.replace("  ask: send second_gift by email\n", fix);
    let welcome = std::fs::read_to_string(root().join("welcome/welcome.jalon")).unwrap();
    assert_eq!(mended, welcome);
    let path = folder.path().join("welcome.jalon");
    std::fs::write(&path, mistaken).unwrap();
    let output = assert_cmd::Command::cargo_bin("jalon")
        .unwrap()
        .env("NO_COLOR", "1")
        .current_dir(folder.path())
        .args(["check"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), text[0]);
    std::fs::write(&path, welcome).unwrap();
    jalon(folder.path(), &["check", "--deny-warnings"]);
}

/// The lines of the README's table stand in the outbox's.
#[test]
fn the_readme_quotes_the_timeline() {
    let (_folder, store) = FONDATION.loaded();
    let timeline = FONDATION.replay(&store, &["--timeline"]);
    for line in readme("text")[1]
        .lines()
        .filter(|line| !line.contains("..."))
    {
        assert!(timeline.lines().any(|found| found == line), "{line}");
    }
}

/// The guide ends with the example: the last text that it gives a file is the example's.
#[test]
fn the_guide_makes_the_example() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/first-journey.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut files = BTreeMap::new();
    for block in sections(&page).into_iter().flat_map(|one| one.blocks) {
        if let Some(file) = block.file {
            files.insert(file, block.text);
        }
    }
    for entry in std::fs::read_dir(root().join("welcome")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // What a check of the example has kept.
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(files.remove(&name), Some(text), "{name}");
    }
    assert!(files.is_empty(), "not in the example: {:?}", files.keys());
}

/// The guide's replay prints what the guide says.
#[test]
fn the_guide_shows_what_happens() {
    let welcome = root().join("welcome");
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db").display().to_string();
    jalon(&welcome, &["load", "--db", &store, "Member", "members.csv"]);
    let mut args = vec!["replay", "--db", &store, "--events", "events.ndjson"];
    args.extend(["--until", "2026-03-12T00:00:00Z"]);
    let outbox = jalon(&welcome, &args);
    args.push("--timeline");
    let timeline = jalon(&welcome, &args);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/first-journey.md");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page.contains(&timeline), "{timeline}");
    let quoted: Vec<&str> = page.lines().filter(|l| l.starts_with("{\"id\"")).collect();
    assert!(!quoted.is_empty());
    for line in quoted {
        assert!(outbox.lines().any(|found| found == line), "{line}");
    }
}
