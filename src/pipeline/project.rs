//! A project whose files are parsed: what the checks read.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::reading::{Reading, Texts, reason};
use super::templates;
use crate::config::Manifest;
use crate::diag::Diagnostics;
use crate::source::{FileId, Sources};
use crate::syntax;
use crate::syntax::ast::Ast;

/// Everything that was read of a project, parsed but not yet checked.
#[derive(Debug, Default)]
pub struct Project {
    /// The folder of `jalon.toml`, relative to where the user stands; `None` without a project.
    pub root: Option<PathBuf>,
    /// Every text: `jalon.toml`, the sources ordered by path, then the templates.
    pub sources: Sources,
    /// What `jalon.toml` says.
    pub manifest: Manifest,
    /// The `.jalon` files among them, ordered by path.
    pub files: Vec<FileId>,
    /// Their trees. The check takes them.
    pub(super) trees: Vec<(FileId, Ast)>,
    /// The template files that exist, by the name that is written after `file`.
    pub templates: FxHashMap<String, FileId>,
    /// The names of all files in the folder of the templates, in order, for suggestions; looked up only
    /// if one that is named does not exist.
    pub template_names: Vec<String>,
    /// What was found while reading and parsing.
    pub diagnostics: Diagnostics,
    /// The names of the templates that were looked for, in order; `None` if one of them could not be
    /// read, or not in full.
    pub(super) looked_for: Option<Vec<String>>,
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
            Self::NotInProject(path, _) if path.extension().is_none_or(|end| end != "jalon") => {
                "name a file whose name ends in `.jalon`; if an editor put another ending behind \
                 it, rename the file"
            }
            Self::NotInProject(..) => {
                "name a file that `sources` in jalon.toml includes, or add its folder there"
            }
        }
    }
}

impl Project {
    /// Reads the project that `folder` lies in: the nearest `jalon.toml`, upwards.
    ///
    /// # Errors
    /// There is no such folder, or no `jalon.toml`. All else is a diagnostic of the project.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        Ok(Self::parse(Reading::load(folder)?))
    }

    /// Reads the project again, these texts standing for what the disk has at their paths, which
    /// are written as in its sources.
    ///
    /// # Errors
    /// As for [`Project::load`].
    pub fn again_with(&self, texts: &Texts) -> Result<Self, LoadError> {
        let reading = match &self.root {
            Some(root) => Reading::load_with(root, texts.clone())?,
            None => {
                let paths = self.files.iter().map(|id| self.sources.path(*id));
                let paths: Vec<PathBuf> = paths.map(Path::to_path_buf).collect();
                Reading::of_files(&paths, texts.clone())
            }
        };
        Ok(Self::parse(reading))
    }

    /// Reads single files. If they lie in a project, that project is read as a whole, since a
    /// file has no meaning without the others; else the files are a project of their own.
    ///
    /// # Errors
    /// A file does not exist.
    pub fn load_files(paths: &[PathBuf]) -> Result<Self, LoadError> {
        Ok(Self::parse(Reading::load_files(paths)?))
    }

    /// Parses what was read, on all cores, and reads the templates that it names.
    #[must_use]
    pub fn parse(mut reading: Reading) -> Self {
        let sources = &reading.sources;
        let parsed: Vec<_> = reading
            .files
            .par_iter()
            .map(|id| syntax::parse(*id, sources.text(*id)))
            .collect();
        let mut trees = Vec::with_capacity(parsed.len());
        for (id, parsed) in reading.files.iter().zip(parsed) {
            trees.push((*id, parsed.ast));
            reading.diagnostics.append(parsed.diagnostics);
        }
        let mut templates = FxHashMap::default();
        let mut missing = false;
        let mut looked_for = Some(Vec::new());
        for name in templates::named(&trees) {
            let Some((path, bytes)) = reading.template_bytes(&name) else {
                continue;
            };
            let found = reading.diagnostics.len();
            let file = match bytes {
                Ok(bytes) => bytes.map(|bytes| reading.add_text(path, &bytes)),
                Err(error) => Some(reading.add_unreadable(path, &error)),
            };
            if reading.diagnostics.len() > found {
                looked_for = None;
            }
            if let Some(names) = &mut looked_for {
                names.push(name.clone());
            }
            match file {
                Some(file) => {
                    templates.insert(name, file);
                }
                None => missing = true,
            }
        }
        let template_names = match missing {
            true => reading.template_names(),
            false => Vec::new(),
        };
        Self {
            root: reading.root,
            sources: reading.sources,
            manifest: reading.manifest,
            files: reading.files,
            trees,
            templates,
            template_names,
            diagnostics: reading.diagnostics,
            looked_for,
        }
    }
}
