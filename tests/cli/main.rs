//! The program as its users meet it: arguments, streams, exit codes, what is printed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod check;
mod explain;
mod fix;
mod hostile;
mod init;
mod inventory;
mod measure;
mod outputs;
mod running;
mod sarif;
mod shells;
mod streams;
mod watch;

use std::path::Path;

use tempfile::TempDir;

/// A folder with these files.
fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// How a command ended.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs `jalon` in a folder, away from the terminal and the variables of whoever runs the tests.
fn jalon(folder: &Path, args: &[&str]) -> Ran {
    jalon_with(folder, args, &[])
}

/// Like [`jalon`], with variables set.
fn jalon_with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = assert_cmd::Command::cargo_bin("jalon").unwrap();
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "FORCE_COLOR",
        "COLUMNS",
        "GITHUB_WORKSPACE",
    ] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    let output = command.current_dir(folder).args(args).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The manifest of a project in which nothing is wrong.
const MANIFEST: &str = "[project]\nname = \"shop\"\n";
/// A source in which nothing is wrong.
const SCHEMA: &str = "enum Stage { discovery, loyalty }\n";
