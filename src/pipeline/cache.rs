//! What the last check found, kept in `.jalon/cache` of the project.
//!
//! It is given back if this build of Jalon, `jalon.toml`, the list of the sources, what each of
//! them holds, and each template that is named, whether it exists or not, are what they were; and,
//! if one does not exist, the names of those that do, out of which one is suggested: all that
//! findings are made of. Nothing is asked of clocks. The file can be deleted at any time. One
//! that cannot be read, was cut short or is of another build counts as none, and what cannot be
//! written is not kept: a project that may only be read is checked like any other.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Checked;
use super::hash::{Hash, Parts, hash, hex};
use super::reading::Reading;
use super::stored::Stored;
use crate::diag::Finding;
use crate::diag::codes::config::UNREADABLE_FILE;
use crate::source::disk;
use crate::syntax;

/// Where Jalon keeps what it can make again, in the folder of `jalon.toml`.
const FOLDER: &str = ".jalon";

/// The file, in that folder.
const FILE: &str = "cache/check";

/// What the first line of the file begins with.
const HEAD: &str = "jalon check";

/// The sources of this program, its grammars, pages and dependencies: `build/` makes it.
const BUILD: &str = env!("JALON_BUILD");

/// The place of a project's cache, and what must be true of the project for it to count.
pub(super) struct Cache {
    folder: PathBuf,
    /// All but the templates.
    sources: Hash,
}

impl Cache {
    /// The cache of a project whose sources are read. None for files without a project, and for a
    /// project of which a file could not be read.
    pub(super) fn of(reading: &Reading) -> Option<Self> {
        let root = reading.root.as_ref()?;
        let mut parts = Parts::default();
        parts.add(BUILD.as_bytes());
        // The folder decides how paths are written.
        parts.add(root.as_os_str().as_encoded_bytes());
        let files: Vec<_> = reading.sources.iter().map(|(_, file)| file).collect();
        let hashes: Vec<Hash> = files
            .par_iter()
            .map(|file| hash(file.text.as_bytes()))
            .collect();
        for (file, hash) in files.iter().zip(&hashes) {
            parts.add(file.path.as_os_str().as_encoded_bytes());
            parts.add(hash);
        }
        // What reading says: that `jalon.toml` names a folder that is missing, and which bytes of
        // a file are not in its text.
        let mut said = String::new();
        for found in reading.diagnostics.iter() {
            if found.code == &UNREADABLE_FILE {
                return None;
            }
            let _ = write!(said, "{} {:?} ", found.code.id, found.primary.place);
            said += &found.message;
        }
        parts.add(said.as_bytes());
        Some(Self {
            folder: disk::join(root, Path::new(FOLDER)),
            sources: parts.finish(),
        })
    }

    /// The findings, if everything is as it was; the templates are then read into `reading`.
    pub(super) fn findings(&self, reading: &mut Reading) -> Option<Vec<Finding>> {
        let bytes = disk::read(&self.folder.join(FILE)).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (head, body) = text.split_once('\n')?;
        let (key, check) = head.strip_prefix(HEAD)?.trim_start().split_once(' ')?;
        if check != hex(&hash(body.as_bytes())) {
            return None;
        }
        let stored: Stored = serde_json::from_str(body).ok()?;
        let mut templates = Vec::new();
        let mut texts = Vec::new();
        for name in stored.templates() {
            let (path, bytes) = reading.template_bytes(name)?;
            let Some(bytes) = bytes.ok()? else {
                templates.push((name.as_str(), None));
                continue;
            };
            let (text, found) = syntax::decode(reading.sources.next_id(), &bytes);
            if !found.is_empty() {
                return None;
            }
            templates.push((name.as_str(), Some(hash(text.as_bytes()))));
            texts.push((path, text));
        }
        let missed = templates.iter().any(|(_, hash)| hash.is_none());
        let names = missed.then(|| reading.template_names());
        if key != hex(&self.key(&templates, &names.unwrap_or_default())) {
            return None;
        }
        let findings = stored.findings()?;
        for (path, text) in texts {
            reading.sources.add(path, text);
        }
        Some(findings)
    }

    /// Keeps the findings for the next check, if that can be written.
    pub(super) fn keep(&self, checked: &Checked) {
        let project = &checked.project;
        let Some(names) = &project.looked_for else {
            return;
        };
        let stored = Stored::of(names.clone(), &checked.findings);
        let Ok(body) = serde_json::to_string(&stored) else {
            return;
        };
        let text = |name| Some(project.sources.text(*project.templates.get(name)?));
        let templates: Vec<_> = names
            .iter()
            .map(|name| (name.as_str(), text(name).map(|text| hash(text.as_bytes()))))
            .collect();
        let key = hex(&self.key(&templates, &project.template_names));
        let check = hex(&hash(body.as_bytes()));
        let path = self.folder.join(FILE);
        let ignore = self.folder.join(".gitignore");
        let folder = path.parent().unwrap_or(&self.folder);
        let kept = disk::make_folder(folder).and_then(|()| {
            if !disk::is_file(&ignore) {
                disk::write(&ignore, "*\n")?;
            }
            disk::write(&path, &format!("{HEAD} {key} {check}\n{body}"))
        });
        // A cache that cannot be written is no finding about the project.
        drop(kept);
    }

    /// The key, with the templates that are named, in order, and what each holds, nothing for one that
    /// is missing; and with the names of those that there are, if one is.
    fn key(&self, templates: &[(&str, Option<Hash>)], names: &[String]) -> Hash {
        let mut parts = Parts::default();
        parts.add(&self.sources);
        for (name, hash) in templates {
            parts.add(name.as_bytes());
            parts.add(hash.as_ref().map_or(&[], Hash::as_slice));
        }
        for name in names {
            parts.add(name.as_bytes());
        }
        parts.finish()
    }
}
