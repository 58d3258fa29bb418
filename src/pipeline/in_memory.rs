//! A project whose files are texts in memory, for tests and for programs without a disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::reading::TEMPLATES;
use super::{Project, templates};
use crate::config;
use crate::source::{FileId, disk};
use crate::syntax;

impl Project {
    /// Makes a project of files that are given, by their paths relative to its folder.
    ///
    /// It is the project that [`Project::load`] reads from a folder with these files: the file
    /// `jalon.toml` is its manifest, and every `.jalon` file below its `sources` is a source. A
    /// missing `jalon.toml`, and a folder or template that `jalon.toml` names and that no file lies
    /// in, are not reported here.
    #[must_use]
    pub fn in_memory(files: &BTreeMap<PathBuf, Vec<u8>>) -> Self {
        let mut project = Self::default();
        if let Some(bytes) = files.get(Path::new(config::FILE_NAME)) {
            let file = project.keep(Path::new(config::FILE_NAME), bytes);
            let (manifest, found) = config::parse(file, project.sources.text(file));
            project.manifest = manifest;
            project.diagnostics.append(found);
        }
        let wanted: Vec<PathBuf> = project
            .manifest
            .sources
            .iter()
            .filter_map(|named| disk::inside(Path::new(""), &named.value))
            .collect();
        for (path, bytes) in files {
            let below = |folder: &PathBuf| path.starts_with(folder) || folder == Path::new(".");
            let source = path.extension().is_some_and(|end| end == "jalon")
                && (wanted.is_empty() || wanted.iter().any(below));
            if source {
                let file = project.keep(path, bytes);
                let parsed = syntax::parse(file, project.sources.text(file));
                project.files.push(file);
                project.trees.push((file, parsed.ast));
                project.diagnostics.append(parsed.diagnostics);
            }
        }
        let folder = match &project.manifest.templates {
            None => Some(PathBuf::from(TEMPLATES)),
            Some(named) => disk::inside(Path::new(""), &named.value),
        };
        let mut missing = false;
        for name in templates::named(&project.trees) {
            let path = folder
                .as_ref()
                .and_then(|folder| disk::inside(folder, &name));
            if let Some((path, bytes)) = path.and_then(|path| files.get_key_value(&path)) {
                let file = project.keep(path, bytes);
                project.templates.insert(name, file);
            } else {
                missing = true;
            }
        }
        if missing {
            let below = |path: &PathBuf| {
                let name = path.strip_prefix(folder.as_ref()?).ok()?.to_str()?;
                Some(name.replace('\\', "/"))
            };
            project.template_names = files.keys().filter_map(below).collect();
            project.template_names.sort();
        }
        project
    }

    /// Adds a text that is given as bytes.
    fn keep(&mut self, path: &Path, bytes: &[u8]) -> FileId {
        let (text, found) = syntax::decode(self.sources.next_id(), bytes);
        self.diagnostics.append(found);
        self.sources.add(path, text)
    }
}
