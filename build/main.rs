//! What is made before the compiler itself is built: the parser of `grammar/jalon.pest`, and an
//! identity.
//!
//! The identity is a hash of everything that decides what a check finds. What a check kept is only
//! used by the build that kept it (`src/pipeline/cache.rs`).
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script reads the disk, and tells cargo what it found"
)]

mod grammar;
mod parser;

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// The code, the grammars, the pages of the codes, and the exact dependencies.
const INPUTS: [&str; 6] = [
    "src",
    "build",
    "grammar",
    "docs/codes",
    "Cargo.toml",
    "Cargo.lock",
];

fn main() -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        let mut files = Vec::new();
        collect(Path::new(input), &mut files)?;
        files.sort();
        for file in files {
            hasher.write(file.as_os_str().as_encoded_bytes());
            let bytes = std::fs::read(&file)?;
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
    }
    println!("cargo::rustc-env=JALON_BUILD={:016x}", hasher.finish());
    let grammar = grammar::Grammar::read(&std::fs::read_to_string("grammar/jalon.pest")?)?;
    let out = std::env::var_os("OUT_DIR").ok_or_else(|| std::io::Error::other("no OUT_DIR"))?;
    std::fs::write(Path::new(&out).join("jalon.rs"), parser::write(&grammar))
}

/// Every file at or below a path; none if there is nothing.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_path_buf());
    }
    Ok(())
}
