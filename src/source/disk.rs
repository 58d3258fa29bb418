//! The one door to the disk: the only file of the compiler that reads and writes files.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that owns reading; everything else is given texts"
)]

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

/// The most bytes that are read of one file, 64 MiB. One byte more is read, so that whoever
/// judges the text sees that it is longer.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The bytes of one file, up to [`LARGEST_FILE`] and one more.
///
/// # Errors
/// Whatever the system says: the file is missing, a folder, or not readable.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    // Asked before opening: to open a pipe is to wait for its writer.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a file",
        ));
    }
    let file = File::open(path)?;
    let expected = usize::try_from(metadata.len().min(LARGEST_FILE)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected + 1);
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file of any size, to be read piece by piece.
///
/// # Errors
/// Whatever the system says: the file is missing, a folder, or not readable.
pub fn open(path: &Path) -> io::Result<io::BufReader<File>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "is a folder, not a file",
        ));
    }
    Ok(io::BufReader::with_capacity(1 << 16, file))
}

/// How many bytes a file has.
///
/// # Errors
/// Whatever the system says.
pub fn length(path: &Path) -> io::Result<u64> {
    Ok(std::fs::metadata(path)?.len())
}

/// Reads many files at once, on all cores. The results stand in the order of the paths.
#[must_use]
pub fn read_all(paths: &[PathBuf]) -> Vec<io::Result<Vec<u8>>> {
    paths.par_iter().map(|path| read(path)).collect()
}

/// Writes a whole text to a file: all of it, or the file stays as it was.
///
/// The text is written beside the file and takes its place at the end; a file that is not a plain
/// file (`/dev/stdout`, a pipe) is written to directly.
///
/// # Errors
/// Whatever the system says.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let metadata = std::fs::metadata(path);
    if metadata.as_ref().is_ok_and(|metadata| !metadata.is_file()) {
        return std::fs::write(path, text);
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = std::fs::write(&beside, text).and_then(|()| {
        if let Ok(metadata) = &metadata {
            std::fs::set_permissions(&beside, metadata.permissions())?;
        }
        std::fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Why a file was not given another text.
#[derive(Debug)]
pub enum Kept {
    /// It has another text by now than the one that was read.
    Changed,
    /// It may not be written.
    ReadOnly,
    /// The system says so.
    Failed(io::Error),
}

/// The bytes of a file whose text is `old`, for a byte order mark may stand before it.
///
/// # Errors
/// The file has another text, may not be written, or cannot be read.
pub fn unchanged(path: &Path, old: &str) -> Result<Vec<u8>, Kept> {
    let bytes = read(path).map_err(Kept::Failed)?;
    if bytes.strip_prefix(MARK).unwrap_or(&bytes) != old.as_bytes() {
        return Err(Kept::Changed);
    }
    let metadata = std::fs::metadata(path).map_err(Kept::Failed)?;
    if metadata.permissions().readonly() {
        return Err(Kept::ReadOnly);
    }
    Ok(bytes)
}

/// Gives a file another text, if it still has the one that was read: all of it, or the file stays
/// as it was. A byte order mark and the permissions stay; where the path is a link, so does it,
/// and the file that it leads to is written.
///
/// # Errors
/// As for [`unchanged`], or the file cannot be written.
pub fn replace(path: &Path, old: &str, new: &str) -> Result<(), Kept> {
    let bytes = unchanged(path, old)?;
    let mark = if bytes.starts_with(MARK) {
        "\u{feff}"
    } else {
        ""
    };
    let target = std::fs::canonicalize(path).map_err(Kept::Failed)?;
    write(&target, &format!("{mark}{new}")).map_err(Kept::Failed)
}

/// A byte order mark in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Makes a folder, and those above it that are not there.
///
/// # Errors
/// Whatever the system says.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Whether there is a file at this path.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is a folder at this path.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The nearest folder, from `folder` upwards, that has a file called `name`.
///
/// The answer is written relative to where the user stands if `folder` was (`.` stays `.`, its
/// parent is `..`), so that paths in messages are paths that can be typed.
///
/// # Errors
/// `folder` does not exist or cannot be resolved.
pub fn find_upwards(folder: &Path, name: &str) -> io::Result<Option<PathBuf>> {
    let real = std::fs::canonicalize(folder)?;
    for (levels, ancestor) in real.ancestors().enumerate() {
        if !is_file(&ancestor.join(name)) {
            continue;
        }
        let typed = climb(folder, levels);
        let same = std::fs::canonicalize(&typed).is_ok_and(|path| path == ancestor);
        return Ok(Some(if same { typed } else { ancestor.to_path_buf() }));
    }
    Ok(None)
}

/// The path that a path leads to, links followed; `None` if there is nothing.
#[must_use]
pub fn resolved(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}

/// The folder of the repository that `folder` lies in, links followed: the nearest one upwards that
/// has a `.git`, which is a file in a linked work tree.
#[must_use]
pub fn repository(folder: &Path) -> Option<PathBuf> {
    let real = std::fs::canonicalize(folder).ok()?;
    let mut ancestors = real.ancestors();
    let found = ancestors.find(|ancestor| ancestor.join(".git").exists())?;
    Some(found.to_path_buf())
}

/// `folder`, so many levels up, without reading the disk.
fn climb(folder: &Path, levels: usize) -> PathBuf {
    let mut path = tidy(folder);
    for _ in 0..levels {
        match path.components().next_back() {
            Some(Component::Normal(_)) => {
                path.pop();
            }
            Some(Component::RootDir | Component::Prefix(_)) => {}
            Some(Component::ParentDir | Component::CurDir) | None => path.push(".."),
        }
    }
    if path.as_os_str().is_empty() {
        path.push(".");
    }
    path
}

/// A path without its `.` components; the empty path if nothing else is left.
fn tidy(path: &Path) -> PathBuf {
    path.components()
        .filter(|component| *component != Component::CurDir)
        .collect()
}

/// `folder` and `rest` joined, without `.` components: `./journeys/a.jalon` is `journeys/a.jalon`.
#[must_use]
pub fn join(folder: &Path, rest: &Path) -> PathBuf {
    let path = tidy(&folder.join(rest));
    if path.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        path
    }
}

/// Every file below a folder whose name ends in `.extension`, ordered by path.
///
/// What lies in a file or folder whose name starts with a dot is left out, and so is a folder
/// that has a `boundary` file of its own (another project). Links to folders are not followed.
/// What version control ignores makes no difference: what a project means must not depend on
/// the settings of a machine.
///
/// The second list has what could not be read, with the reason.
#[must_use]
pub fn files_below(
    folder: &Path,
    extension: &str,
    boundary: &'static str,
) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
    let mut found = Vec::new();
    let mut failed = Vec::new();
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        // Entries of one folder are cheaper to compare than whole paths: what is sorted below is
        // sorted already, unless links lead elsewhere.
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .filter_entry(move |entry| {
            let nested = entry.depth() > 0
                && entry.file_type().is_some_and(|kind| kind.is_dir())
                && entry.path().join(boundary).is_file();
            !nested
        })
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                if path.extension().is_none_or(|end| end != extension) {
                    continue;
                }
                let plain = entry.file_type().is_some_and(|kind| kind.is_file());
                if plain || path.is_file() {
                    found.push(tidy(path));
                } else if entry.path_is_symlink() && !path.exists() {
                    failed.push((tidy(path), "it is a link that leads nowhere".to_owned()));
                }
            }
            Err(error) => failed.push((folder.to_path_buf(), plain_reason(&error))),
        }
    }
    found.sort();
    found.dedup();
    (found, failed)
}

/// The names of the files below a folder, in order: their paths from there, with `/` between folders.
/// Hidden ones, links to folders, and what cannot be read or is not Unicode are left out, and so are
/// all after the first ten thousand.
#[must_use]
pub fn names_below(folder: &Path) -> Vec<String> {
    const MOST: usize = 10_000;
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    let mut names: Vec<String> = walk
        .flatten()
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).ok()?;
            let parts = path.components().map(|part| part.as_os_str().to_str());
            Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
        })
        .take(MOST)
        .collect();
    names.sort();
    names
}

fn plain_reason(error: &ignore::Error) -> String {
    error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

/// A path that a file of the project names, held inside `folder`.
///
/// Refused are absolute paths and those with `..`: what a project says must lie in the project.
#[must_use]
pub fn inside(folder: &Path, named: &str) -> Option<PathBuf> {
    let named = Path::new(named);
    let harmless = named
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    (harmless && !named.as_os_str().is_empty()).then(|| join(folder, named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_typeable() {
        assert_eq!(climb(Path::new("."), 0), Path::new("."));
        assert_eq!(climb(Path::new("."), 2), Path::new("../.."));
        assert_eq!(climb(Path::new("a/b"), 1), Path::new("a"));
        assert_eq!(climb(Path::new("a"), 2), Path::new(".."));
        assert_eq!(
            join(Path::new("."), Path::new("a/b.jalon")),
            Path::new("a/b.jalon")
        );
    }

    #[test]
    fn a_named_path_cannot_leave_its_folder() {
        let folder = Path::new("templates");
        assert_eq!(
            inside(folder, "a/b.mjml"),
            Some(PathBuf::from("templates/a/b.mjml"))
        );
        assert_eq!(inside(folder, "../secret"), None);
        assert_eq!(inside(folder, "a/../../secret"), None);
        assert_eq!(inside(folder, "/etc/passwd"), None);
        assert_eq!(inside(folder, ""), None);
    }

    #[test]
    fn hidden_files_and_other_projects_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "b.jalon",
            "a/c.jalon",
            ".git/x.jalon",
            "other/jalon.toml",
            "other/y.jalon",
            "n.txt",
        ] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let (found, failed) = files_below(folder.path(), "jalon", "jalon.toml");
        let names: Vec<_> = found
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap())
            .collect();
        assert_eq!(names, [Path::new("a/c.jalon"), Path::new("b.jalon")]);
        assert!(failed.is_empty());
    }
}
