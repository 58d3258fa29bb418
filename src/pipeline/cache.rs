//! What the last check found, kept in `.jalon/cache` of the project.
//!
//! It is given back if this build of Jalon, `jalon.toml`, the list of the sources, what each of
//! them holds, and each template that is named, whether it exists or not, are what they were: all
//! that findings are made of. Nothing is asked of clocks. The file can be deleted at any time. One
//! that cannot be read, was cut short or is of another build counts as none, and what cannot be
//! written is not kept: a project that may only be read is checked like any other.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::hash::{Hash, Parts, hash, hex};
use super::reading::Reading;
use super::stored::Stored;
use crate::diag::Finding;
use crate::source::disk;

/// Where Jalon keeps what it can make again, in the folder of `jalon.toml`.
const FOLDER: &str = ".jalon";

/// The file, in that folder.
const FILE: &str = "cache/check";

/// What the first line of the file begins with.
const HEAD: &str = "jalon check";

/// The sources of this program, its grammars, pages and dependencies: `build.rs` makes it.
const BUILD: &str = env!("JALON_BUILD");

/// The templates that sources name, in order, and what each holds; `None` for one that is missing.
pub(super) type Templates = Vec<(String, Option<Hash>)>;

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
        let files = reading.sources.iter().zip(&reading.hashes);
        for ((_, file), hash) in files {
            parts.add(file.path.as_os_str().as_encoded_bytes());
            parts.add(hash.as_ref()?);
        }
        // What reading says of folders: that `jalon.toml` names one that is missing.
        let mut said = String::new();
        for found in reading.diagnostics.iter() {
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
            let bytes = bytes.ok()?;
            templates.push((name.to_owned(), bytes.as_deref().map(hash)));
            texts.extend(bytes.map(|bytes| (path, bytes)));
        }
        if key != hex(&self.key(&templates)) {
            return None;
        }
        let findings = stored.findings()?;
        for (path, bytes) in texts {
            reading.add_text(path, &bytes);
        }
        Some(findings)
    }

    /// Keeps the findings for the next check, if that can be written.
    pub(super) fn keep(&self, templates: &Templates, findings: &[Finding]) {
        let names = templates.iter().map(|(name, _)| name.clone()).collect();
        let Ok(body) = serde_json::to_string(&Stored::of(names, findings)) else {
            return;
        };
        let key = hex(&self.key(templates));
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

    fn key(&self, templates: &Templates) -> Hash {
        let mut parts = Parts::default();
        parts.add(&self.sources);
        for (name, hash) in templates {
            parts.add(name.as_bytes());
            parts.add(hash.as_ref().map_or(&[], Hash::as_slice));
        }
        parts.finish()
    }
}
