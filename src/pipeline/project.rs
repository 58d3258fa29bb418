//! Reading a project: its manifest, its sources, its templates.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::templates;
use crate::config::{self, Located, Manifest};
use crate::diag::codes::config as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources, Span, disk};
use crate::syntax::ast::Ast;
use crate::syntax::{self, Parsed};

/// The end of a source file's name.
const EXTENSION: &str = "jalon";

/// Texts that stand for what the disk has at these paths: a project as it would be after a change.
pub type Texts = BTreeMap<PathBuf, String>;

/// Everything that was read of a project, parsed but not yet checked.
#[derive(Debug, Default)]
pub struct Project {
    /// What stands for files on the disk.
    texts: Texts,
    /// The folder of `jalon.toml`, relative to where the user stands; `None` without a project.
    pub root: Option<PathBuf>,
    /// Every text: `jalon.toml`, the sources ordered by path, then the templates.
    pub sources: Sources,
    /// What `jalon.toml` says.
    pub manifest: Manifest,
    /// The trees, ordered by path.
    pub files: Vec<(FileId, Ast)>,
    /// The template files that exist, by the name that is written after `file`.
    pub templates: FxHashMap<String, FileId>,
    /// What was found while reading and parsing.
    pub diagnostics: Diagnostics,
}

/// Why there is no project to check at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No folder from the given one upwards has a `jalon.toml`.
    #[error("there is no jalon.toml in `{}` or in a folder above it", .0.display())]
    NoProject(PathBuf),
    /// The path does not exist or cannot be read.
    #[error("`{}` cannot be read: {}", .0.display(), reason(.1))]
    Unreadable(PathBuf, io::Error),
    /// A file was named that the project's `sources` leave out.
    #[error("`{}` does not belong to the project in `{}`", .0.display(), .1.display())]
    NotInProject(PathBuf, PathBuf),
}

impl LoadError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoProject(_) => {
                "write a file jalon.toml with two lines, `[project]` and `name = \"my-project\"`, \
                 in the folder of the project"
            }
            Self::Unreadable(..) => "check the path, and that you may read what is there",
            Self::NotInProject(..) => {
                "name a file that `sources` in jalon.toml includes, or add its folder there"
            }
        }
    }
}

/// What the system says about a file, without its number.
fn reason(error: &io::Error) -> String {
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

impl Project {
    /// Reads the project that `folder` lies in: the nearest `jalon.toml`, upwards.
    ///
    /// # Errors
    /// There is no such folder, or no `jalon.toml`. All else is a diagnostic of the project.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        Self::load_with(folder, Texts::default())
    }

    /// Reads the project again, these texts standing for what the disk has at their paths, which
    /// are written as in its sources.
    ///
    /// # Errors
    /// As for [`Project::load`].
    pub fn again_with(&self, texts: &Texts) -> Result<Self, LoadError> {
        if let Some(root) = &self.root {
            return Self::load_with(root, texts.clone());
        }
        let paths = self.files.iter().map(|(id, _)| self.sources.path(*id));
        let paths: Vec<PathBuf> = paths.map(Path::to_path_buf).collect();
        Ok(Self::of_files(&paths, texts.clone()))
    }

    fn load_with(folder: &Path, texts: Texts) -> Result<Self, LoadError> {
        let unreadable = |error| LoadError::Unreadable(folder.to_path_buf(), error);
        let root = disk::find_upwards(folder, config::FILE_NAME)
            .map_err(unreadable)?
            .ok_or_else(|| LoadError::NoProject(folder.to_path_buf()))?;
        let mut project = Self {
            texts,
            ..Self::default()
        };
        project.read_manifest(&root)?;
        let paths = project.source_paths(&root);
        if paths.is_empty() && project.diagnostics.is_empty() {
            let place = project.manifest_place();
            project.diagnostics.push(
                Diagnostic::new(
                    &codes::EMPTY_PROJECT,
                    place,
                    "the project has no .jalon file",
                )
                .help("write one, or see what `sources` in jalon.toml leaves out"),
            );
        }
        project.read_sources(&paths);
        templates::read(&mut project, &root);
        project.root = Some(root);
        Ok(project)
    }

    /// Reads single files. If they lie in a project, that project is read as a whole, since a
    /// file has no meaning without the others; else the files are a project of their own.
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
            Ok(project) => Ok(project),
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
    fn of_files(paths: &[PathBuf], texts: Texts) -> Self {
        let mut project = Self {
            texts,
            ..Self::default()
        };
        project.read_sources(paths);
        let first = paths.first().map(PathBuf::as_path);
        templates::read(&mut project, folder_of(first.unwrap_or(Path::new(""))));
        project
    }

    /// The bytes at a path, or of the text that stands for them.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => disk::read(path),
        }
    }

    /// The source files at these paths, however the paths are written.
    ///
    /// # Errors
    /// One of them is not a source file of the project.
    pub fn files_at(&self, paths: &[PathBuf]) -> Result<BTreeSet<FileId>, LoadError> {
        let known: FxHashMap<PathBuf, FileId> = self
            .files
            .iter()
            .filter_map(|(id, _)| Some((disk::resolved(self.sources.path(*id))?, *id)))
            .collect();
        paths
            .iter()
            .map(|path| {
                let found = disk::resolved(path).and_then(|path| known.get(&path).copied());
                found.ok_or_else(|| {
                    LoadError::NotInProject(path.clone(), self.root.clone().unwrap_or_default())
                })
            })
            .collect()
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
    pub(super) fn inside(
        &mut self,
        root: &Path,
        named: &Located<String>,
        key: &str,
    ) -> Option<PathBuf> {
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
    pub(super) fn missing(&mut self, named: &Located<String>, key: &str) {
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

    /// Reads and parses the source files, on all cores.
    fn read_sources(&mut self, paths: &[PathBuf]) {
        let FileId(first) = self.sources.next_id();
        let numbered: Vec<(u32, &PathBuf)> = (first..).zip(paths).collect();
        let read: Vec<io::Result<(String, Parsed)>> = numbered
            .par_iter()
            .map(|(id, path)| {
                let bytes = self.read(path)?;
                let (text, mut found) = syntax::decode(FileId(*id), &bytes);
                let mut parsed = syntax::parse(FileId(*id), &text);
                found.append(parsed.diagnostics);
                parsed.diagnostics = found;
                Ok((text, parsed))
            })
            .collect();
        for (path, read) in paths.iter().zip(read) {
            match read {
                Ok((text, parsed)) => {
                    let id = self.sources.add(path, text);
                    self.files.push((id, parsed.ast));
                    self.diagnostics.append(parsed.diagnostics);
                }
                Err(error) => {
                    let id = self.add_unreadable(path.clone(), &error);
                    self.files.push((id, Ast::default()));
                }
            }
        }
    }
}
