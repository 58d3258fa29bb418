//! A word of the language with one letter too many, or in capitals: one mistake, which is reported in
//! its line and answered with the word.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jalon::diag::{Finding, Level};
use jalon::pipeline::{self, Project};

use super::{Corpus, corpora};

/// How often each word is misspelled in a project.
const TIMES: usize = 2;

/// The words of the language that are no name in the projects.
const WORDS: &str = "profile table enum event channel purpose consent segment message calendar setting journey \
    address sender cost content permit forbid limit title objective priority enter reenter goal leave \
    send wait set exit match repeat add remove start grant withdraw finally \
    for of by as where when within until else between from last because worth every after before file";

/// Words behind which a slip is read as something else first: a unit that is none, another clause.
const SPOKEN_OF_LATER: &[&str] = &["of", "as"];

struct Slip {
    file: usize,
    at: usize,
    word: &'static str,
    written: String,
}

/// Where the words stand, outside of texts and comments, and not behind a dot or before a colon.
fn slips(corpus: &Corpus) -> Vec<Slip> {
    let words: Vec<&'static str> = WORDS.split_whitespace().collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (file, (path, text)) in corpus.files.iter().enumerate() {
        if path.extension().is_none_or(|end| end != "jalon") {
            continue;
        }
        for (at, word) in plain_words(text) {
            let Some(word) = words.iter().copied().find(|known| *known == word) else {
                continue;
            };
            let behind = text[at + word.len()..].trim_start();
            let before = text[..at].trim_end();
            if behind.starts_with([':', ',', ')', '.', '=', '('])
                || before.ends_with(['.', ':', ','])
            {
                continue;
            }
            let seen = count.entry(word).or_default();
            *seen += 1;
            if *seen > TIMES {
                continue;
            }
            let written = match *seen % 2 {
                0 => word.to_uppercase(),
                _ => format!("{word}{}", &word[word.len() - 1..]),
            };
            found.push(Slip {
                file,
                at,
                word,
                written,
            });
        }
    }
    found
}

fn plain_words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(inside) = rest.strip_prefix("\"\"\"") {
            inside.find("\"\"\"").map_or(rest.len(), |end| end + 6)
        } else if let Some(inside) = rest.strip_prefix('"') {
            inside.find('"').map_or(rest.len(), |end| end + 2)
        } else if c.is_alphanumeric() || c == '_' {
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            found.push((at, &rest[..length]));
            length
        } else {
            c.len_utf8()
        };
        at += length;
    }
    found
}

fn errors(corpus: &Corpus, slip: &Slip) -> (Vec<Finding>, Vec<(PathBuf, u32)>) {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for (number, (path, text)) in corpus.files.iter().enumerate() {
        let mut text = text.clone();
        if number == slip.file {
            text.replace_range(slip.at..slip.at + slip.word.len(), &slip.written);
        }
        files.insert(path.clone(), text.into_bytes());
    }
    let checked = pipeline::check(Project::in_memory(&files));
    let sources = &checked.project.sources;
    let errors: Vec<Finding> = checked
        .findings
        .into_iter()
        .filter(|found| found.level == Level::Error)
        .collect();
    let places = errors.iter().map(|found| {
        let place = found.diagnostic.primary.place;
        (
            sources.path(place.file).to_path_buf(),
            sources.locate(place).line,
        )
    });
    let places = places.collect();
    (errors, places)
}

#[test]
fn a_misspelled_word_is_one_mistake_that_names_the_word() {
    let mut failures = Vec::new();
    let mut tried = 0;
    for corpus in corpora().iter().take(2) {
        for slip in slips(corpus) {
            tried += 1;
            let (path, text) = &corpus.files[slip.file];
            let line = u32::try_from(text[..slip.at].matches('\n').count()).unwrap() + 1;
            let (errors, places) = errors(corpus, &slip);
            let named = errors.iter().any(|found| {
                let help = found.diagnostic.help.as_deref().unwrap_or("");
                help.contains(&format!("`{}", slip.word))
            });
            let here = places.iter().any(|place| *place == (path.clone(), line));
            let later = SPOKEN_OF_LATER.contains(&slip.word);
            if errors.len() != 1 || !here || !(named || later) {
                let said: Vec<String> = errors
                    .iter()
                    .take(2)
                    .map(|found| {
                        let found = &found.diagnostic;
                        format!("{}: {} | {:?}", found.code.name, found.message, found.help)
                    })
                    .collect();
                failures.push(format!(
                    "{}:{line}: `{}` for `{}`: {} errors\n    {}",
                    path.display(),
                    slip.written,
                    slip.word,
                    errors.len(),
                    said.join("\n    ")
                ));
            }
        }
    }
    assert!(tried > 60, "{tried}");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
