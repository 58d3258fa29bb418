//! What the last check kept is given back exactly when a check would find the same.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be, and writes files"
)]

use jalon::pipeline::{Reading, Report, report};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

const MANIFEST: &str = "[project]\nname = \"shop\"\nsender_address = \"Shop, 1 High Street, Leeds\"\nunsubscribe_url = \"https://example.org/unsubscribe\"\n";

const SCHEMA: &str = r#"enum Stage { newcomer, loyal }

profile Member {
  id: text @key
  first_name: text(40)? @personal
  email: email? @personal
  timezone: timezone = "Europe/London"
  stage: Stage = newcomer
  points: int = 0
  email_consent: consent(email for offers)
}

channel email for member: Member {
  address member.email
  sender "Shop <shop@example.org>"
}

purpose offers: marketing

consent house for member: Member {
  permit email for offers by consent
}
"#;

/// Contents of source files: clean, and with findings of every stage, with labels, helps and fixes.
const TEXTS: [&[u8]; 12] = [
    b"segment loyals of member: Member = member.stage == loyal\n",
    b"segment loyals of member: Member = member.stage = loyal\n",
    b"segment loyals of member: Member = member.stage == royal\n",
    b"segment rich of member: Member = member.points >= \"many\"\n",
    b"segment rich of member: Member =\n",
    b"measure twice of member: Member = member.points * 2\n",
    b"measure Twice of member: Member = member.points * 2\n",
    b"// jalon: allow(naming-style) because it is old\nmeasure Twice of member: Member = member.points * 2\n",
    b"// jalon: allow(naming-style) because it is old\nmeasure twice of member: Member = member.points * 2\n",
    b"message hello for member: Member {\n  purpose offers\n  content en {\n    email {\n      subject \"Hello\"\n      body file \"hello.txt\"\n    }\n  }\n}\n",
    b"message bye for member: Member {\n  purpose offers\n  content en {\n    email {\n      subject \"Bye {{ member.first_name }}\"\n      body file \"bye.txt\"\n    }\n  }\n}\n",
    b"\xef\xbb\xbf// a byte that is no character: \xff\n",
];

/// Contents of template files.
const TEMPLATES: [&str; 4] = [
    "Hello. {{ sender_address }} {{ unsubscribe }}\n",
    "Hello.\n",
    "Hello {{ member.frist_name }}. {{ sender_address }} {{ unsubscribe }}\n",
    "{% if member.points > 3 %}Hello. {{ sender_address }} {{ unsubscribe }}\n",
];

/// What stands at the end of `jalon.toml`.
const SETTINGS: [&str; 6] = [
    "",
    "[lints]\nnaming-style = \"allow\"\n",
    "[lints]\nnaming-style = \"error\"\n",
    "templates = \"letters\"\n",
    "sources = [\"schema.jalon\", \"a\"]\n",
    "tempaltes = 3\n",
];

/// Where sources may stand.
const FILES: [&str; 5] = [
    "a/one.jalon",
    "a/two.jalon",
    "b/one.jalon",
    "zed.jalon",
    "b/.hidden.jalon",
];

/// Where templates may stand.
const LETTERS: [&str; 6] = [
    "templates/hello.txt",
    "templates/bye.txt",
    "letters/hello.txt",
    "letters/bye.txt",
    // Named by nobody, and near to names that are.
    "templates/helo.txt",
    "letters/bye.fr.txt",
];

#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Delete(usize),
    Rename(usize, usize),
    Letter(usize, usize),
    NoLetter(usize),
    Settings(usize),
    /// The same text again: only clocks see it.
    Touch(usize),
    /// Back to what the project was so many edits ago.
    Revert(usize),
    /// Damage to the cache: cut it, or change one byte, at a share of its length.
    Cut(u8),
    Flip(u8),
    Forget,
}

fn edit() -> impl Strategy<Value = Edit> {
    let file = 0..FILES.len();
    let letter = 0..LETTERS.len();
    prop_oneof![
        6 => (file.clone(), 0..TEXTS.len()).prop_map(|(file, text)| Edit::Write(file, text)),
        2 => file.clone().prop_map(Edit::Delete),
        1 => (file.clone(), file.clone()).prop_map(|(from, to)| Edit::Rename(from, to)),
        3 => (letter.clone(), 0..TEMPLATES.len()).prop_map(|(at, text)| Edit::Letter(at, text)),
        1 => letter.prop_map(Edit::NoLetter),
        2 => (0..SETTINGS.len()).prop_map(Edit::Settings),
        1 => file.prop_map(Edit::Touch),
        2 => (1..5_usize).prop_map(Edit::Revert),
        1 => any::<u8>().prop_map(Edit::Cut),
        1 => any::<u8>().prop_map(Edit::Flip),
        1 => Just(Edit::Forget),
    ]
}

/// The files of a project as they are at one moment.
type Moment = Vec<(PathBuf, Vec<u8>)>;

fn moment(root: &Path) -> Moment {
    let mut found = Vec::new();
    let paths = FILES.iter().chain(&LETTERS).chain(&["jalon.toml"]);
    for path in paths {
        if let Ok(bytes) = fs::read(root.join(path)) {
            found.push((root.join(path), bytes));
        }
    }
    found
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn settings(choice: usize) -> String {
    let extra = SETTINGS[choice];
    // Settings of the project come before other tables.
    format!("{MANIFEST}{extra}")
}

fn apply(root: &Path, edit: &Edit, past: &[Moment]) {
    let cache = root.join(".jalon/cache/check");
    match edit {
        Edit::Write(file, text) => write(&root.join(FILES[*file]), TEXTS[*text]),
        Edit::Delete(file) => drop(fs::remove_file(root.join(FILES[*file]))),
        Edit::Rename(from, to) => {
            if let Ok(bytes) = fs::read(root.join(FILES[*from])) {
                fs::remove_file(root.join(FILES[*from])).unwrap();
                write(&root.join(FILES[*to]), &bytes);
            }
        }
        Edit::Letter(at, text) => write(&root.join(LETTERS[*at]), TEMPLATES[*text].as_bytes()),
        Edit::NoLetter(at) => drop(fs::remove_file(root.join(LETTERS[*at]))),
        Edit::Settings(choice) => write(&root.join("jalon.toml"), settings(*choice).as_bytes()),
        Edit::Touch(file) => {
            if let Ok(bytes) = fs::read(root.join(FILES[*file])) {
                write(&root.join(FILES[*file]), &bytes);
            }
        }
        Edit::Revert(back) => {
            let Some(then) = past.len().checked_sub(*back).and_then(|at| past.get(at)) else {
                return;
            };
            for path in FILES.iter().chain(&LETTERS) {
                let _ = fs::remove_file(root.join(path));
            }
            then.iter().for_each(|(path, bytes)| write(path, bytes));
        }
        Edit::Cut(share) | Edit::Flip(share) => {
            let Ok(mut bytes) = fs::read(&cache) else {
                return;
            };
            let at = bytes.len() * usize::from(*share) / 256;
            match edit {
                Edit::Cut(_) => bytes.truncate(at),
                _ => bytes[at] ^= 1,
            }
            fs::write(&cache, bytes).unwrap();
        }
        Edit::Forget => drop(fs::remove_dir_all(root.join(".jalon"))),
    }
}

fn look(root: &Path, keep: bool) -> Report {
    report(Reading::load(root).unwrap(), keep)
}

/// Both ways say the same, of the same texts.
fn compare(root: &Path) -> Report {
    let kept = look(root, true);
    let cold = look(root, false);
    assert_eq!(kept.findings, cold.findings);
    assert_eq!(kept.files, cold.files);
    let texts = |report: &Report| -> Vec<_> {
        let sources = report.sources.iter();
        sources
            .map(|(_, file)| (file.path.clone(), file.text.clone()))
            .collect()
    };
    assert_eq!(texts(&kept), texts(&cold));
    assert!(!cold.cached);
    kept
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("jalon.toml"), settings(0).as_bytes());
    write(&folder.path().join("schema.jalon"), SCHEMA.as_bytes());
    folder
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// After any edits a check with the cache finds what a check without it finds.
    #[test]
    fn edits_at_random(edits in proptest::collection::vec(edit(), 1..24)) {
        let folder = project();
        let root = folder.path();
        let mut past = Vec::new();
        compare(root);
        for edit in &edits {
            past.push(moment(root));
            apply(root, edit, &past);
            compare(root);
            // Nothing has changed since: nothing is checked.
            prop_assert!(compare(root).cached, "{edit:?}");
        }
    }
}

#[test]
fn an_unchanged_project_is_not_checked_again() {
    let folder = project();
    let root = folder.path();
    assert!(!look(root, true).cached);
    assert!(look(root, true).cached);
    assert!(!look(root, false).cached);
    write(&root.join(FILES[0]), TEXTS[2]);
    let first = look(root, true);
    assert!(!first.cached && !first.findings.is_empty());
    let second = look(root, true);
    assert!(second.cached);
    assert_eq!(first.findings, second.findings);
    let ignore = fs::read_to_string(root.join(".jalon/.gitignore")).unwrap();
    assert_eq!(ignore, "*\n");
}

#[test]
fn a_template_that_appears_is_seen() {
    let folder = project();
    let root = folder.path();
    write(&root.join(FILES[0]), TEXTS[9]);
    assert!(!look(root, true).findings.is_empty());
    assert!(look(root, true).cached);
    write(&root.join(LETTERS[0]), TEMPLATES[0].as_bytes());
    let after = compare(root);
    assert!(after.findings.is_empty(), "{:#?}", after.findings);
}

#[test]
fn a_cache_that_cannot_be_written_is_none() {
    let folder = project();
    let root = folder.path();
    // A file where the folder should be.
    write(&root.join(".jalon"), b"mine");
    assert!(!look(root, true).cached);
    assert!(!look(root, true).cached);
    assert_eq!(fs::read(root.join(".jalon")).unwrap(), b"mine");
}
