//! Reading the texts of a project: its manifest, its sources, its templates. Nothing is parsed.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::LoadError;
use crate::config::{self, Located, Manifest};
use crate::diag::codes::config as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources, Span, disk};
use crate::syntax;

/// The end of a source file's name.
const EXTENSION: &str = "jalon";

/// The folder of the templates when `jalon.toml` does not say.
pub(super) const TEMPLATES: &str = "templates";

/// Texts that stand for what the disk has at these paths: a project as it would be after a change.
pub type Texts = BTreeMap<PathBuf, String>;

/// A project that is being read: its manifest and sources, then the templates that are asked for.
#[derive(Debug, Default)]
pub struct Reading {
    /// What stands for files on the disk.
    texts: Texts,
    /// The folder of `jalon.toml`, relative to where the user stands; `None` without a project.
    pub root: Option<PathBuf>,
    /// `jalon.toml`, the sources ordered by path, then the templates in the order they were read.
    pub(super) sources: Sources,
    /// What `jalon.toml` says.
    pub manifest: Manifest,
    /// The sources, ordered by path.
    pub(super) files: Vec<FileId>,
    /// Where templates lie; `None` if `jalon.toml` names a folder that cannot be.
    templates: Option<PathBuf>,
    /// What was found.
    pub(super) diagnostics: Diagnostics,
}

/// What the system says about a file, without its number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is nothing at this path".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    let folder = file.parent().filter(|parent| *parent != Path::new(""));
    folder.unwrap_or(Path::new("."))
}

impl Reading {
    /// Reads the project that `folder` lies in: the nearest `jalon.toml`, upwards.
    ///
    /// # Errors
    /// There is no such folder, or no `jalon.toml`. All else is a diagnostic of the project.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        Self::load_with(folder, Texts::default())
    }

    pub(super) fn load_with(folder: &Path, texts: Texts) -> Result<Self, LoadError> {
        let unreadable = |error| LoadError::Unreadable(folder.to_path_buf(), error);
        let root = disk::find_upwards(folder, config::FILE_NAME)
            .map_err(unreadable)?
            .ok_or_else(|| LoadError::NoProject(folder.to_path_buf()))?;
        let mut reading = Self {
            texts,
            ..Self::default()
        };
        reading.read_manifest(&root)?;
        let paths = reading.source_paths(&root);
        if paths.is_empty() && reading.diagnostics.is_empty() {
            let place = reading.manifest_place();
            reading.diagnostics.push(
                Diagnostic::new(
                    &codes::EMPTY_PROJECT,
                    place,
                    "the project has no .jalon file",
                )
                .help("write one, or see what `sources` in jalon.toml leaves out"),
            );
        }
        reading.read_sources(&paths);
        reading.find_templates(&root);
        reading.root = Some(root);
        Ok(reading)
    }

    /// Reads single files; see [`super::Project::load_files`].
    ///
    /// # Errors
    /// A file does not exist.
    pub fn load_files(paths: &[PathBuf]) -> Result<Self, LoadError> {
        let Some(first) = paths.first() else {
            return Self::load(Path::new("."));
        };
        for path in paths {
            if let Err(error) = disk::read(path) {
                return Err(LoadError::Unreadable(path.clone(), error));
            }
        }
        match Self::load(folder_of(first)) {
            Ok(reading) => Ok(reading),
            Err(LoadError::NoProject(_)) => {
                let mut sorted = paths.to_vec();
                sorted.sort();
                sorted.dedup();
                Ok(Self::of_files(&sorted, Texts::default()))
            }
            Err(error) => Err(error),
        }
    }

    /// Files that lie in no project, ordered by path, as a project of their own.
    pub(super) fn of_files(paths: &[PathBuf], texts: Texts) -> Self {
        let mut reading = Self {
            texts,
            ..Self::default()
        };
        reading.read_sources(paths);
        let first = paths.first().map(PathBuf::as_path);
        reading.find_templates(folder_of(first.unwrap_or(Path::new(""))));
        reading
    }

    /// The bytes at a path, or of the text that stands for them.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => disk::read(path),
        }
    }

    /// Where a template lies that is written so after `file`, and its bytes if it exists. A name
    /// that leads out of the folder gives nothing: the check of the message reports it there.
    pub(super) fn template_bytes(
        &self,
        name: &str,
    ) -> Option<(PathBuf, io::Result<Option<Vec<u8>>>)> {
        let path = disk::inside(self.templates.as_deref()?, name)?;
        let bytes = match self.read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        };
        Some((path, bytes))
    }

    /// The names of all files in the folder of the templates, in order, as they stand after `file`.
    pub(super) fn template_names(&self) -> Vec<String> {
        let folder = self.templates.as_deref();
        folder.map_or_else(Vec::new, disk::names_below)
    }

    /// Finds the folder of the templates.
    fn find_templates(&mut self, root: &Path) {
        self.templates = match self.manifest.templates.clone() {
            None => Some(disk::join(root, Path::new(TEMPLATES))),
            Some(named) => {
                let folder = self.inside(root, &named, "templates");
                let found = folder.filter(|folder| disk::is_folder(folder));
                if found.is_none() && disk::inside(root, &named.value).is_some() {
                    self.missing(&named, "templates");
                }
                found
            }
        };
    }

    fn read_manifest(&mut self, root: &Path) -> Result<(), LoadError> {
        let path = disk::join(root, Path::new(config::FILE_NAME));
        let bytes = self
            .read(&path)
            .map_err(|error| LoadError::Unreadable(path.clone(), error))?;
        let file = self.add_text(path, &bytes);
        let (manifest, diagnostics) = config::parse(file, self.sources.text(file));
        self.manifest = manifest;
        self.diagnostics.append(diagnostics);
        Ok(())
    }

    /// The first byte of `jalon.toml`, for what is wrong with the project as a whole.
    fn manifest_place(&self) -> Place {
        Span::at(0).in_file(self.manifest.file.unwrap_or(FileId(0)))
    }

    /// The `.jalon` files of the project, ordered by path.
    fn source_paths(&mut self, root: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let whole = [Located {
            value: ".".to_owned(),
            place: self.manifest_place(),
        }];
        let listed = std::mem::take(&mut self.manifest.sources);
        let sources = if listed.is_empty() {
            &whole[..]
        } else {
            &listed
        };
        for source in sources {
            let Some(path) = self.inside(root, source, "sources") else {
                continue;
            };
            if disk::is_file(&path) {
                found.push(path);
            } else if disk::is_folder(&path) {
                let (files, failed) = disk::files_below(&path, EXTENSION, config::FILE_NAME);
                found.extend(files);
                for (path, reason) in failed {
                    self.unreadable_at(source.place, &path, &reason);
                }
            } else {
                self.missing(source, "sources");
            }
        }
        self.manifest.sources = listed;
        found.sort();
        found.dedup();
        found
    }

    /// The path of a folder or file that `jalon.toml` names, if it lies in the project.
    fn inside(&mut self, root: &Path, named: &Located<String>, key: &str) -> Option<PathBuf> {
        let path = disk::inside(root, &named.value);
        if path.is_none() {
            self.diagnostics.push(
                Diagnostic::new(
                    &codes::OUTSIDE_PROJECT,
                    named.place,
                    format!("`{}` in `{key}` leads out of the project", named.value),
                )
                .help("write a path below the folder of jalon.toml, without `..`"),
            );
        }
        path
    }

    /// Reports a folder or file that `jalon.toml` names and that is not there.
    fn missing(&mut self, named: &Located<String>, key: &str) {
        self.diagnostics.push(
            Diagnostic::new(
                &codes::MISSING_SOURCE,
                named.place,
                format!(
                    "there is no folder or file `{}`, named in `{key}`",
                    named.value
                ),
            )
            .help("create it, correct its name, or remove it from jalon.toml"),
        );
    }

    fn unreadable_at(&mut self, place: Place, path: &Path, reason: &str) {
        self.diagnostics.push(
            Diagnostic::new(
                &codes::UNREADABLE_FILE,
                place,
                format!("`{}` cannot be read: {reason}", path.display()),
            )
            .help("see that it is a file and that you may read it"),
        );
    }

    /// Adds an empty text for a file that could not be read, so that there is a place to name.
    pub(super) fn add_unreadable(&mut self, path: PathBuf, error: &io::Error) -> FileId {
        let file = self.sources.add(path.clone(), "");
        self.unreadable_at(Span::at(0).in_file(file), &path, &reason(error));
        file
    }

    /// Adds a text that is not parsed here: `jalon.toml` or a template.
    pub(super) fn add_text(&mut self, path: PathBuf, bytes: &[u8]) -> FileId {
        let (text, diagnostics) = syntax::decode(self.sources.next_id(), bytes);
        self.diagnostics.append(diagnostics);
        self.sources.add(path, text)
    }

    /// Reads the source files, on all cores.
    fn read_sources(&mut self, paths: &[PathBuf]) {
        let FileId(first) = self.sources.next_id();
        let numbered: Vec<(u32, &PathBuf)> = (first..).zip(paths).collect();
        let read: Vec<io::Result<_>> = numbered
            .par_iter()
            .map(|(id, path)| {
                let bytes = self.read(path)?;
                let (text, found) = syntax::decode(FileId(*id), &bytes);
                Ok((Arc::<str>::from(text), found))
            })
            .collect();
        for (path, read) in paths.iter().zip(read) {
            let id = match read {
                Ok((text, found)) => {
                    self.diagnostics.append(found);
                    self.sources.add(path, text)
                }
                Err(error) => self.add_unreadable(path.clone(), &error),
            };
            self.files.push(id);
        }
    }
}
