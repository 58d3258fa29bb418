//! The repository that a project lies in: its folder, and its address where CI says one.
#![expect(
    clippy::disallowed_methods,
    reason = "GitHub Actions and GitLab say in variables what they check"
)]

use std::env::{var, var_os};
use std::path::{Path, PathBuf};

use crate::diag::render::Root;
use crate::source::{Sources, disk};

/// The repository of these sources: the nearest `.git` above them; else the workspace of GitHub
/// Actions if they lie in it; else where the user stands.
pub(super) fn root(sources: &Sources) -> Root {
    let here = disk::resolved(Path::new(".")).unwrap_or_default();
    let first = sources.iter().next().map(|(_, file)| file.path.as_path());
    let folder = first
        .and_then(Path::parent)
        .map(|parent| here.join(parent))
        .and_then(|folder| disk::resolved(&folder))
        .unwrap_or_else(|| here.clone());
    let workspace = || {
        let workspace = folder_in("GITHUB_WORKSPACE")?;
        folder.starts_with(&workspace).then_some(workspace)
    };
    let root = disk::repository(&folder).or_else(workspace);
    Root::new(root.unwrap_or_else(|| here.clone()), here)
}

/// What stands before the path of a file in its address, with the commit that is checked:
/// `https://example.org/owner/name/blob/0a1b2c/`.
///
/// Only in a job of GitHub Actions or GitLab, and only if the root is what it has checked out: of
/// another repository beside it, nobody says the address.
pub(super) fn address(root: &Root) -> Option<String> {
    let is_root = |variable| folder_in(variable).is_some_and(|folder| folder == root.folder());
    let address = if is_root("GITHUB_WORKSPACE") {
        let (server, name) = (word("GITHUB_SERVER_URL")?, word("GITHUB_REPOSITORY")?);
        format!("{server}/{name}/blob/{}/", word("GITHUB_SHA")?)
    } else if is_root("CI_PROJECT_DIR") {
        let project = word("CI_PROJECT_URL")?;
        format!("{project}/-/blob/{}/", word("CI_COMMIT_SHA")?)
    } else {
        return None;
    };
    address.starts_with("http").then_some(address)
}

/// The folder that a variable names, links followed.
fn folder_in(variable: &str) -> Option<PathBuf> {
    disk::resolved(Path::new(&var_os(variable)?))
}

/// A variable that holds a part of an address, and nothing that would end a link.
fn word(variable: &str) -> Option<String> {
    let value = var(variable).ok()?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~:/%+".contains(c);
    (!value.is_empty() && value.chars().all(is_part)).then_some(value)
}
