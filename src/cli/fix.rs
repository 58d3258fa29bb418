//! `jalon check --fix`: writing the changes, or showing them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::{Console, Failure};
use crate::diag::render::is_closing;
use crate::diag::{Finding, counted};
use crate::fix::{Change, Fixed};
use crate::source::disk::{self, Kept};

/// How many unchanged lines a diff shows around what changes.
const CONTEXT: usize = 3;

/// Writes every changed file, or none: what was checked is the project with all of them.
///
/// # Errors
/// A file changed meanwhile, may not be written, or cannot be.
pub(super) fn write(changes: &[Change]) -> Result<(), Failure> {
    let mut targets: BTreeMap<PathBuf, &Change> = BTreeMap::new();
    for change in changes {
        disk::unchanged(&change.path, &change.old).map_err(|kept| failure(&change.path, &kept))?;
        let target = disk::resolved(&change.path).unwrap_or_else(|| change.path.clone());
        if let Some(other) = targets.insert(target, change) {
            return Err(Failure::new(format!(
                "`{}` and `{}` are one file; nothing was written",
                other.path.display(),
                change.path.display()
            ))
            .help("remove the link, or leave it out of `sources` in jalon.toml"));
        }
    }
    for change in changes {
        disk::replace(&change.path, &change.old, &change.new)
            .map_err(|kept| failure(&change.path, &kept))?;
    }
    Ok(())
}

fn failure(path: &Path, kept: &Kept) -> Failure {
    let shown = path.display();
    match kept {
        Kept::Changed => Failure::new(format!(
            "`{shown}` was changed while it was checked; it was not written"
        ))
        .help("run the command again"),
        Kept::ReadOnly => Failure::new(format!("`{shown}` may not be written: it is read-only"))
            .help("make it writable, or name the files that may be changed"),
        Kept::Failed(error) => Failure::file(path, "written", error),
    }
}

/// The changes as a unified diff.
pub(super) fn diff(changes: &[Change]) -> String {
    let one = |change: &Change| {
        let shown = change.path.display().to_string();
        let diff = TextDiff::from_lines(&change.old, &change.new);
        let mut unified = diff.unified_diff();
        unified.context_radius(CONTEXT).header(&shown, &shown);
        unified.to_string()
    };
    changes.iter().map(one).collect()
}

/// Says what was fixed, file by file, and what was left out.
pub(super) fn say_what(console: &Console, fixed: &Fixed, verb: &str) {
    for (path, codes) in &fixed.made {
        let list: Vec<String> = codes
            .iter()
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        console.say(&format!("{verb} {}: {}", path.display(), list.join(", ")));
    }
    for refused in &fixed.refused {
        console.say(&format!(
            "left out in {}:{}, since it would not have led to fewer errors: {} ({})",
            refused.path.display(),
            refused.line,
            refused.title,
            refused.code.name
        ));
    }
    if fixed.unsettled {
        console.say(
            "the fixes do not come to an end: please report this as a defect of Jalon, with the \
             files if you may share them",
        );
    }
}

/// `fixed 3 of 5 findings`: what is left is counted in `findings`, but for what only the closing line
/// says.
pub(super) fn tally(fixed: &Fixed, findings: &[Finding], verb: &str) -> String {
    let count = fixed.count();
    let left = findings.iter().filter(|found| !is_closing(found)).count();
    let all = counted(count + left, "finding");
    match (count, left) {
        (0, 0) => "nothing to fix".to_owned(),
        (0, _) => format!("{verb} none of {all}"),
        _ => format!("{verb} {count} of {all}"),
    }
}
