//! Many files in one text: `-- path --` on a line of its own starts each.
//!
//! It is a form that a fuzzer can cut, join and mutate, and that people can read.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The files of an archive. What stands before the first line of a path is left out; of two files
/// at one path the last counts.
pub fn files(bytes: &[u8]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open: Option<(PathBuf, Vec<u8>)> = None;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match path(line) {
            Some(path) => files.extend(open.replace((path, Vec::new()))),
            None => {
                if let Some((_, text)) = &mut open {
                    text.extend_from_slice(line);
                }
            }
        }
    }
    files.extend(open);
    files
}

fn path(line: &[u8]) -> Option<PathBuf> {
    let line = str::from_utf8(line).ok()?.trim_end();
    let path = line.strip_prefix("-- ")?.strip_suffix(" --")?;
    Some(PathBuf::from(path))
}

/// The archive of these files.
pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (path, content) in files {
        text += &format!("-- {path} --\n{content}");
        if !content.is_empty() && !content.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}
