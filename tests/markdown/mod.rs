//! Small projects written in Markdown: the fenced blocks of a page are the files of a project.
//!
//! A block's info string is its language, then words: `file=PATH` names the file, other words are
//! marks. A `jalon` block without a name is `main.jalon`, then `main2.jalon` and so on.
#![allow(dead_code, reason = "each of the tests uses what it needs")]

pub mod output;

use std::path::{Path, PathBuf};

use jalon::diag::{Finding, Level};
use jalon::pipeline::{self, Project};

/// The `jalon.toml` of a project that brings none.
pub const MANIFEST: &str = "[project]\n\
    name = \"example\"\n\
    sender_address = \"1 rue de l'Exemple, Montréal (Québec) H2X 1Y4\"\n\
    unsubscribe_url = \"https://example.org/u\"\n";

/// A fenced block.
#[derive(Debug, Clone)]
pub struct Block {
    /// `jalon`, `toml`, `text`...
    pub language: String,
    /// The words after the language.
    pub marks: Vec<String>,
    /// What `file=` names.
    pub file: Option<String>,
    /// What it says, with a line feed at the end.
    pub text: String,
    /// The line of its first line of text in the page, counted from 1.
    pub line: usize,
}

impl Block {
    /// Whether a word stands in its info string.
    pub fn is(&self, mark: &str) -> bool {
        self.marks.iter().any(|word| word == mark)
    }
}

/// A heading and what stands below it, up to the next heading of any depth.
#[derive(Debug, Clone)]
pub struct Section {
    /// The text of the heading.
    pub title: String,
    /// The fenced blocks.
    pub blocks: Vec<Block>,
}

/// The sections of a page. What stands before the first heading has an empty title.
pub fn sections(page: &str) -> Vec<Section> {
    let mut sections = vec![Section {
        title: String::new(),
        blocks: Vec::new(),
    }];
    let mut open: Option<(usize, Block)> = None;
    for (number, line) in page.lines().enumerate() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match &mut open {
            Some((fence, block)) => {
                if ticks >= *fence && line.trim_end().len() == ticks {
                    let (_, block) = open.take().unwrap();
                    sections.last_mut().unwrap().blocks.push(block);
                } else {
                    block.text += line;
                    block.text.push('\n');
                }
            }
            None if ticks >= 3 => {
                let mut words = line[ticks..].split_whitespace().map(str::to_owned);
                let language = words.next().unwrap_or_default();
                let (files, marks): (Vec<_>, Vec<_>) =
                    words.partition(|word| word.starts_with("file="));
                let block = Block {
                    language,
                    marks,
                    file: files.first().map(|word| word["file=".len()..].to_owned()),
                    text: String::new(),
                    line: number + 2,
                };
                open = Some((ticks, block));
            }
            None if line.starts_with('#') => sections.push(Section {
                title: line.trim_start_matches('#').trim().to_owned(),
                blocks: Vec::new(),
            }),
            None => {}
        }
    }
    assert!(open.is_none(), "a fenced block is not closed: {open:?}");
    sections
}

/// The blocks as files: a path and a text each. Blocks that are neither `jalon` nor named are
/// prose, and left out.
pub fn files<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Vec<(String, &'a Block)> {
    let mut unnamed = 0;
    let mut files = Vec::new();
    for block in blocks {
        let name = match &block.file {
            Some(file) => file.clone(),
            None if block.language == "jalon" => {
                unnamed += 1;
                match unnamed {
                    1 => "main.jalon".to_owned(),
                    n => format!("main{n}.jalon"),
                }
            }
            None => continue,
        };
        files.push((name, block));
    }
    files
}

/// What is found, as far as the tests look at it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The path within the project.
    pub file: String,
    /// The line of the main place, counted from 1.
    pub line: usize,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// The name of the code.
    pub code: String,
    /// The message.
    pub message: String,
}

/// Writes the files into a new folder.
pub fn written(files: &[(String, &Block)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let has_manifest = files.iter().any(|(name, _)| name == "jalon.toml");
    if !has_manifest {
        std::fs::write(folder.path().join("jalon.toml"), MANIFEST).unwrap();
    }
    for (name, block) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &block.text).unwrap();
    }
    folder
}

/// Writes the files into a new folder, checks the project there and says what is found.
pub fn check(files: &[(String, &Block)]) -> Vec<Found> {
    let folder = written(files);
    let checked = pipeline::check(Project::load(folder.path()).unwrap());
    let root = checked.project.root.clone().unwrap();
    let found = |finding: &Finding| {
        let diagnostic = &finding.diagnostic;
        let place = diagnostic.primary.place;
        let path = checked.project.sources.path(place.file);
        Found {
            file: shown(path.strip_prefix(&root).unwrap_or(path)),
            line: checked.project.sources.locate(place).line as usize,
            level: match finding.level {
                Level::Error => "error",
                Level::Warn => "warning",
                Level::Note | Level::Allow => "note",
            },
            code: diagnostic.code.name.to_owned(),
            message: diagnostic.message.clone(),
        }
    };
    checked.findings.iter().map(found).collect()
}

/// Every Markdown page below a folder, ordered by path.
pub fn pages(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path as it is shown: with `/`.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Whether a code is a lint of practice, which small examples need not heed: what they are about
/// would not be seen for titles, goals and messages that somebody sends.
pub fn is_practice(code: &str) -> bool {
    jalon::diag::codes::lint::groups()
        .iter()
        .any(|(_, codes)| codes.iter().any(|known| known.name == code))
}
