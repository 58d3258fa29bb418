//! `jalon check --fix` over a project on the disk, as an archive of its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use jalon::fix::{Wanted, fix};
use jalon::pipeline::{self, Checked, Project, Reading, report};
use jalon::source::Sources;

use super::{archive, chosen, findings};

/// Fixes a project: it ends, nothing gets worse, and nothing is left to fix afterwards.
pub fn run(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let files = archive::files(bytes);
    for (path, bytes) in &files {
        write(folder.path(), path, bytes);
    }
    let wanted = Wanted {
        chosen: bytes.first().is_some_and(|byte| byte % 2 == 0),
        files: None,
    };
    let Some(before) = checked(folder.path()) else {
        return;
    };
    let had_errors = before.has_errors();
    let texts: BTreeMap<PathBuf, String> = before
        .project
        .sources
        .iter()
        .map(|(_, file)| (file.path.clone(), file.text.to_string()))
        .collect();
    let fixed = fix(before, &wanted).unwrap();
    assert!(!fixed.unsettled, "fixes undo each other: {:?}", fixed.made);
    assert!(
        had_errors || !fixed.checked.has_errors(),
        "{:?}",
        fixed.made
    );
    let sources = &fixed.checked.project.sources;
    for finding in &fixed.checked.findings {
        findings::is_sound(&finding.diagnostic, sources);
    }
    for change in &fixed.changes {
        assert_ne!(change.old, change.new);
        assert_eq!(texts.get(&change.path), Some(&change.old));
        fs::write(&change.path, &change.new).unwrap();
    }
    // What is written is what was promised.
    let after = checked(folder.path()).unwrap();
    assert_eq!(after.findings, fixed.checked.findings);
    if chosen(bytes, 4) {
        kept(folder.path(), &after);
    }
    let again = fix(after, &wanted).unwrap();
    assert!(again.changes.is_empty(), "more to fix: {:?}", again.made);
}

/// A check that keeps its findings finds the same, and again when it has nothing to do.
fn kept(folder: &Path, cold: &Checked) {
    for _ in 0..2 {
        let kept = report(Reading::load(folder).unwrap(), true);
        assert_eq!(kept.findings, cold.findings);
        let texts = |sources: &Sources| -> Vec<_> {
            let files = sources.iter();
            files
                .map(|(_, file)| (file.path.clone(), file.text.clone()))
                .collect()
        };
        assert_eq!(texts(&kept.sources), texts(&cold.project.sources));
    }
}

fn checked(folder: &Path) -> Option<Checked> {
    Some(pipeline::check(Project::load(folder).ok()?))
}

/// Writes a file, if its path stays in the folder.
fn write(folder: &Path, path: &Path, bytes: &[u8]) {
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(path);
    if let (true, Some(parent)) = (inside, path.parent())
        && fs::create_dir_all(parent).is_ok()
    {
        let _ = fs::write(path, bytes);
    }
}
