//! What `jalon check` says of a project: from a check, or from what the last one kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::cache::Cache;
use super::reading::Reading;
use super::{Checked, LoadError, Project, check};
use crate::diag::Finding;
use crate::source::{FileId, Sources, disk};

/// The findings of a project, with what they point into.
#[derive(Debug)]
pub struct Report {
    /// Every text that was read.
    pub sources: Sources,
    /// The `.jalon` files among them.
    pub files: Vec<FileId>,
    /// What was found, with levels, ordered by path and place.
    pub findings: Vec<Finding>,
    /// Whether nothing was checked, since nothing had changed.
    pub cached: bool,
    /// The checked form: who ends with the report need not give them back in pieces.
    _checked: Option<Box<Checked>>,
}

/// Checks what was read, unless `keep` is set and nothing has changed since the last time.
///
/// With `keep`, what is found is kept for the next time, in `.jalon` in the project's folder.
#[must_use]
pub fn report(mut reading: Reading, keep: bool) -> Report {
    let cache = Some(&reading).filter(|_| keep).and_then(Cache::of);
    if let Some(findings) = cache.as_ref().and_then(|it| it.findings(&mut reading)) {
        return Report {
            sources: reading.sources,
            files: reading.files,
            findings,
            cached: true,
            _checked: None,
        };
    }
    let mut checked = check(Project::parse(reading));
    if let Some(cache) = cache {
        cache.keep(&checked);
    }
    Report {
        sources: std::mem::take(&mut checked.project.sources),
        files: std::mem::take(&mut checked.project.files),
        findings: std::mem::take(&mut checked.findings),
        cached: false,
        _checked: Some(Box::new(checked)),
    }
}

impl Reading {
    /// The source files at these paths, however the paths are written.
    ///
    /// # Errors
    /// One of them is not a source file of the project.
    pub fn files_at(&self, paths: &[PathBuf]) -> Result<BTreeSet<FileId>, LoadError> {
        files_at(&self.sources, &self.files, self.root.as_deref(), paths)
    }
}

impl Project {
    /// The source files at these paths, however the paths are written.
    ///
    /// # Errors
    /// One of them is not a source file of the project.
    pub fn files_at(&self, paths: &[PathBuf]) -> Result<BTreeSet<FileId>, LoadError> {
        files_at(&self.sources, &self.files, self.root.as_deref(), paths)
    }
}

/// Links are followed on both sides, but only files of the same name are looked at as long as one
/// of them is the right one: to follow every path of a large project takes longer than to read it.
fn files_at(
    sources: &Sources,
    files: &[FileId],
    root: Option<&Path>,
    paths: &[PathBuf],
) -> Result<BTreeSet<FileId>, LoadError> {
    let mut named: FxHashMap<_, Vec<FileId>> = FxHashMap::default();
    for id in files {
        let name = sources.path(*id).file_name();
        named.entry(name).or_default().push(*id);
    }
    let mut followed: Option<FxHashMap<PathBuf, FileId>> = None;
    let mut found = BTreeSet::new();
    for path in paths {
        let place = disk::resolved(path);
        let is_it = |id: &&FileId| place.is_some() && disk::resolved(sources.path(**id)) == place;
        let alike = named.get(&path.file_name()).into_iter().flatten();
        let id = alike.copied().find(|id| is_it(&id)).or_else(|| {
            let all = followed.get_or_insert_with(|| {
                let all = files.iter();
                all.filter_map(|id| Some((disk::resolved(sources.path(*id))?, *id)))
                    .collect()
            });
            all.get(place.as_ref()?).copied()
        });
        found.insert(id.ok_or_else(|| {
            LoadError::NotInProject(path.clone(), root.unwrap_or(Path::new("")).to_path_buf())
        })?);
    }
    Ok(found)
}
