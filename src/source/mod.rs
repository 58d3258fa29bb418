//! The files of a project, in memory: texts, places, and the one door to the disk.

pub mod disk;
mod line_index;
mod span;

pub use line_index::{LineColumn, LineIndex};
pub use span::{FileId, Place, Span};

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// One text that diagnostics can point into: a `.jalon` file, a template, `jalon.toml`.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path shown to people: relative to where the user stands, or `<stdin>`.
    pub path: PathBuf,
    /// The whole text. Valid UTF-8, without a byte order mark.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// Where its lines start. Built at the first call.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The line and column of a byte offset.
    #[must_use]
    pub fn locate(&self, offset: u32) -> LineColumn {
        self.lines().locate(&self.text, offset)
    }

    /// The line, and the column in code units of UTF-16, of a byte offset.
    #[must_use]
    pub fn locate_utf16(&self, offset: u32) -> LineColumn {
        self.lines().locate_utf16(&self.text, offset)
    }
}

/// All texts of a project, by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and gives its id. Ids count from 0 in the order of the calls.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        let id = self.next_id();
        self.files.push(SourceFile {
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
        });
        id
    }

    /// The id that the next text will be given.
    #[must_use]
    pub fn next_id(&self) -> FileId {
        FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }

    /// The file of an id that this value gave.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text of a file, empty for a foreign id.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        self.get(id).map_or("", |file| &file.text)
    }

    /// The path of a file, empty for a foreign id.
    #[must_use]
    pub fn path(&self, id: FileId) -> &Path {
        self.get(id).map_or(Path::new(""), |file| &file.path)
    }

    /// The line and column at which a place starts; line 1, column 1 for a foreign file.
    #[must_use]
    pub fn locate(&self, place: Place) -> LineColumn {
        self.get(place.file)
            .map_or(LineColumn { line: 1, column: 1 }, |file| {
                file.locate(place.span.start)
            })
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
