//! How fast the compiler is: `cargo bench` measures all of it, `cargo bench -- parse` one part
//! (`parse`, `check`, `fmt`, `plan`). `cargo bench -- write DIR N` only writes a project of N
//! files, for other tools. Nothing here fails for being slow; `docs/performance.md` has results.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench writes files, prints tables, and may stop at what cannot be"
)]

mod check;
mod fmt;
mod generator;
mod parse;
mod plan;
mod timing;

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    if let [verb, folder, files] = arguments.as_slice()
        && verb == "write"
    {
        let files = files.parse().map_err(io::Error::other)?;
        return generator::write(Path::new(folder), files);
    }
    let wanted = |part: &str| arguments.is_empty() || arguments.iter().any(|word| word == part);
    if wanted("parse") {
        parse::table();
    }
    if wanted("fmt") {
        fmt::table();
    }
    if wanted("check") {
        check::table()?;
    }
    if wanted("plan") {
        plan::table()?;
    }
    Ok(())
}
