//! Projects that are right by construction, as `tests/typed` makes them, of any bytes.
//!
//! The fuzzer follows what the checker does, and so finds false errors that chance alone does not.
//! The same projects with one mistake go further than sources do that are made of bytes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{project as whole, trees};

#[path = "../../typed/project/mod.rs"]
mod project;
#[path = "../../typed/properties.rs"]
mod properties;
#[path = "../../typed/replays.rs"]
mod replays;

/// Makes a project of the bytes and holds it to what is promised of one without an error; then
/// spoils it, and holds it to what is promised of every project.
pub fn run(bytes: &[u8]) {
    let made = project::make(&project::Shape::of(bytes));
    if let Err(reason) = properties::hold(&made) {
        panic!("{reason}");
    }
    whole::planned(&whole::sound(&spoiled(made.files, bytes)));
}

/// The same files with one word left out, written twice, or in the place of another.
fn spoiled(mut files: BTreeMap<PathBuf, Vec<u8>>, bytes: &[u8]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut way = bytes.iter().fold(1_u32, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    let mut next = |count: usize| {
        way = way.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (way >> 8) as usize % count
    };
    let count = files.len();
    let Some(text) = files.values_mut().nth(next(count)) else {
        return files;
    };
    let read = String::from_utf8_lossy(text).into_owned();
    let mut words: Vec<&str> = read
        .split_inclusive(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    if words.is_empty() {
        return files;
    }
    let (at, with) = (next(words.len()), next(words.len()));
    match next(4) {
        0 => drop(words.remove(at)),
        1 => words.insert(at, words[at]),
        2 => words.swap(at, with),
        _ => words[at] = words[with],
    }
    *text = words.concat().into_bytes();
    files
}
