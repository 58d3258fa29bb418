//! What a renderer of a whole run is given: the findings, and the paths that others know files by.

use std::path::{Component, Path, PathBuf};

use super::printable;
use crate::diag::Finding;
use crate::source::{FileId, LineColumn, Place, Sources};

/// A run whose findings are printed for a program.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What was found, ordered by path and place.
    pub findings: &'a [Finding],
    /// How many more were found, and are not to be printed.
    pub hidden: usize,
    /// The texts that the findings point into.
    pub sources: &'a Sources,
    /// The files that were looked at, in the order of `sources`.
    pub files: &'a [FileId],
    /// The repository that paths are relative to.
    pub root: &'a Root,
    /// Whether warnings fail the run.
    pub deny_warnings: bool,
    /// The exit code of the run.
    pub exit_code: u8,
}

impl Report<'_> {
    /// Where a place starts and ends, with columns in UTF-16 units; line 1, column 1 for a foreign
    /// file.
    pub(super) fn lines(&self, place: Place) -> (LineColumn, LineColumn) {
        let at = |offset| {
            let file = self.sources.get(place.file);
            file.map_or(LineColumn { line: 1, column: 1 }, |file| {
                file.locate_utf16(offset)
            })
        };
        (at(place.span.start), at(place.span.end))
    }
}

/// The folder that CI services know files by, which is the root of the repository.
///
/// Links are not followed below it: a file has the path under which it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    folder: PathBuf,
    here: PathBuf,
}

impl Root {
    /// The root, and the folder that relative paths start from. Both are absolute, links followed.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, here: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            here: here.into(),
        }
    }

    /// The root itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path from the root, with `/` between folders; an absolute path if the file lies outside.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let path = match self.relative(path) {
            Ok(parts) => parts.join("/"),
            Err(absolute) => absolute.to_string_lossy().into_owned(),
        };
        printable(&path).into_owned()
    }

    /// The path as a URI reference: relative to the root, or a `file:` URI if it lies outside.
    pub(super) fn uri(&self, path: &Path) -> Uri {
        match self.relative(path) {
            Ok(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| encoded(part)).collect();
                Uri::Inside(parts.join("/"))
            }
            Err(absolute) => {
                let parts = absolute.components().filter_map(|part| match part {
                    Component::Prefix(prefix) => Some(drive(prefix)),
                    Component::Normal(name) => {
                        Some(format!("/{}", encoded(&name.to_string_lossy())))
                    }
                    Component::RootDir | Component::CurDir | Component::ParentDir => None,
                });
                Uri::Outside(format!("file://{}", parts.collect::<String>()))
            }
        }
    }

    /// The folders and the name from the root, or the absolute path.
    fn relative(&self, path: &Path) -> Result<Vec<String>, PathBuf> {
        let absolute = plain(&self.here.join(path));
        let Ok(below) = absolute.strip_prefix(&self.folder) else {
            return Err(absolute);
        };
        let parts = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        Ok(parts.map(std::borrow::Cow::into_owned).collect())
    }
}

/// Where a file is, for SARIF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Uri {
    /// Relative to the root.
    Inside(String),
    /// Absolute.
    Outside(String),
}

/// A path without `.` and `..`. What stands before a `..` is a folder that was walked through, and
/// no link: `here` has none, and paths of a project never go up but at their start.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The drive of a path of Windows, as it stands in a URI.
fn drive(prefix: std::path::PrefixComponent<'_>) -> String {
    use std::path::Prefix;
    match prefix.kind() {
        Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => {
            format!("/{}:", char::from(letter))
        }
        _ => format!("/{}", encoded(&prefix.as_os_str().to_string_lossy())),
    }
}

/// A part of a path as it stands in a URI (RFC 3986): all but unreserved characters as bytes of
/// UTF-8 in hexadecimal.
fn encoded(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text += &format!("%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_root() {
        let root = Root::new("/repo", "/repo/shop");
        let shown = |path: &str| root.shown(Path::new(path));
        assert_eq!(shown("a/b.jalon"), "shop/a/b.jalon");
        assert_eq!(shown("../x.jalon"), "x.jalon");
        assert_eq!(shown("/repo/y.jalon"), "y.jalon");
        assert_eq!(shown("../../other/z.jalon"), "/other/z.jalon");
        assert_eq!(shown("/repository/z.jalon"), "/repository/z.jalon");
    }

    #[test]
    fn uris_have_no_bare_spaces_or_accents() {
        let root = Root::new("/repo", "/repo");
        let uri = |path: &str| root.uri(Path::new(path));
        assert_eq!(
            uri("mes parcours/été 100%.jalon"),
            Uri::Inside("mes%20parcours/%C3%A9t%C3%A9%20100%25.jalon".to_owned())
        );
        assert_eq!(
            uri("../a b.jalon"),
            Uri::Outside("file:///a%20b.jalon".to_owned())
        );
    }
}
