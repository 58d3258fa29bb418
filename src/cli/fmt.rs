//! `jalon fmt`: the one layout.
#![expect(
    clippy::disallowed_methods,
    reason = "the one verb that reads standard input and writes sources"
)]

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use similar::TextDiff;

use super::{Console, Failure, Outcome};
use crate::diag::{Diagnostics, Levels, counted, settle};
use crate::format::{FormatError, format_file};
use crate::source::{FileId, Sources, disk};

/// How many unchanged lines a diff shows around what changes.
const CONTEXT: usize = 3;

/// Lay out files in the one canonical way
#[derive(Debug, Args)]
pub struct Fmt {
    /// Folders or files; `-` reads standard input and writes standard output
    #[arg(value_name = "DIR|FILES|-", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Write nothing; fail if a file is not in the canonical layout
    #[arg(long)]
    check: bool,
    /// Write nothing; print what would change, and fail if something would
    #[arg(long)]
    diff: bool,
}

impl Fmt {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let from_input = self.paths.iter().any(|path| path == Path::new("-"));
        if from_input && self.paths.len() > 1 {
            return Err(Failure::new("`-` stands with other paths")
                .help("give `-` alone to format standard input"));
        }
        let sources = if from_input {
            standard_input()?
        } else {
            files(&self.paths)?
        };
        let ids: Vec<FileId> = sources.iter().map(|(id, _)| id).collect();
        let results: Vec<_> = ids
            .par_iter()
            .map(|id| (*id, format_file(*id, sources.text(*id))))
            .collect();
        let mut wrong = Diagnostics::default();
        let mut changed = Vec::new();
        let mut unfaithful = false;
        let mut left = 0;
        for (id, result) in results {
            match result {
                Ok(text) if text == sources.text(id) && !from_input => {}
                Ok(text) => changed.push((id, text)),
                Err(FormatError::Syntax(found)) => {
                    wrong.append(found);
                    left += 1;
                }
                Err(FormatError::Unfaithful(found)) => {
                    wrong.push(*found);
                    unfaithful = true;
                    left += 1;
                }
            }
        }
        let mut outcome = Outcome::Clean;
        for (id, text) in &changed {
            let differs = text != sources.text(*id);
            if differs && (self.check || self.diff) {
                outcome = Outcome::Findings;
            }
            self.deliver(console, sources.path(*id), sources.text(*id), text)?;
        }
        let found = console.findings(&settle(wrong, &sources, &Levels::default()), &sources)?;
        if left > 0 {
            outcome = found;
            console.say(&format!(
                "left {} untouched that could not be formatted",
                counted(left, "file")
            ));
        }
        if !from_input {
            let verb = if self.check || self.diff {
                "would format"
            } else {
                "formatted"
            };
            let rest = sources.len() - changed.len() - left;
            let rest = match changed.len() {
                0 => format!("{} already in the layout", counted(rest, "file")),
                some => format!(
                    "{verb} {}, {rest} already in the layout",
                    counted(some, "file")
                ),
            };
            console.say(&rest);
        }
        Ok(if unfaithful { Outcome::Defect } else { outcome })
    }

    /// Writes a layout, or says what would be written. With `-`, `new` may be the old text.
    fn deliver(
        &self,
        console: &mut Console,
        path: &Path,
        old: &str,
        new: &str,
    ) -> Result<(), Failure> {
        let shown = path.display().to_string();
        if self.diff {
            let diff = TextDiff::from_lines(old, new);
            let mut unified = diff.unified_diff();
            unified.context_radius(CONTEXT).header(&shown, &shown);
            return console.result(&unified.to_string());
        }
        if self.check {
            return match old == new {
                true => Ok(()),
                false => console.result(&format!("{shown}\n")),
            };
        }
        if path == Path::new(INPUT) {
            return console.result(new);
        }
        std::fs::write(path, new).map_err(|error| Failure::file(path, "written", &error))
    }
}

/// The name of standard input in messages.
const INPUT: &str = "<stdin>";

fn standard_input() -> Result<Sources, Failure> {
    let mut bytes = Vec::new();
    let path = Path::new(INPUT);
    let limit = disk::LARGEST_FILE + 1;
    io::stdin()
        .lock()
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::file(path, "read", &error))?;
    let mut sources = Sources::default();
    sources.add(path, decoded(path, bytes)?);
    Ok(sources)
}

/// The `.jalon` files of these folders, and these files.
fn files(paths: &[PathBuf]) -> Result<Sources, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if disk::is_folder(path) {
            // No name is a boundary: what lies below is formatted, whichever project it is of.
            let (below, failed) = disk::files_below(path, "jalon", "");
            if let Some((path, reason)) = failed.first() {
                let path = path.display();
                return Err(Failure::new(format!("`{path}` cannot be read: {reason}")));
            }
            found.extend(below);
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    if found.is_empty() {
        return Err(Failure::new("there is no .jalon file here")
            .help("name a folder that has some, or the files themselves"));
    }
    let mut sources = Sources::default();
    for (path, read) in found.iter().zip(disk::read_all(&found)) {
        let bytes = read.map_err(|error| Failure::file(path, "read", &error))?;
        sources.add(path.clone(), decoded(path, bytes)?);
    }
    Ok(sources)
}

/// The bytes as a text, its byte order mark kept: that it goes is a change to be written.
fn decoded(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        let path = path.display();
        Failure::new(format!(
            "`{path}` is not UTF-8: byte {place} is no part of a character"
        ))
        .help("save the file as UTF-8; it was left untouched")
    })
}
