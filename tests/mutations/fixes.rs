//! Fixes of broken projects: they come to an end, make nothing worse, and leave nothing to fix.

use std::fs;
use std::path::Path;

use jalon::diag::Level;
use jalon::fix::{Fixed, Wanted, fix};
use jalon::pipeline::{self, Checked, Project};

use super::mutate::{Dice, mutate};
use super::{attempt, corpora, number, write};

/// The errors about what cannot be read, and all errors.
fn errors(checked: &Checked) -> (usize, usize) {
    let errors = checked.findings.iter().filter(|f| f.level == Level::Error);
    let codes: Vec<&str> = errors.map(|f| f.diagnostic.code.id).collect();
    let syntax = codes.iter().filter(|id| id.starts_with('S')).count();
    (syntax, codes.len())
}

fn checked(folder: &Path) -> Option<Checked> {
    Some(pipeline::check(Project::load(folder).ok()?))
}

/// Fixes the project in a folder, holds what comes out to what is promised, and writes it.
fn fixed(folder: &Path, chosen: bool) -> Option<Fixed> {
    let wanted = Wanted {
        chosen,
        files: None,
    };
    let before = errors(&checked(folder)?);
    let fixed = fix(checked(folder)?, &wanted).unwrap();
    assert!(!fixed.unsettled, "the fixes do not come to an end");
    let after = errors(&fixed.checked);
    assert!(
        after.0 <= before.0,
        "more cannot be read: {before:?} {after:?}"
    );
    // What could not be read may have hidden other errors.
    let read_more = after.0 < before.0;
    assert!(after.1 <= before.1 || read_more, "{before:?} {after:?}");
    for change in &fixed.changes {
        assert_ne!(change.old, change.new);
        let on_disk = fs::read_to_string(&change.path).unwrap();
        assert_eq!(on_disk.trim_start_matches('\u{feff}'), change.old);
    }
    assert_eq!(fixed.count() == 0, fixed.changes.is_empty());
    for change in &fixed.changes {
        fs::write(&change.path, &change.new).unwrap();
    }
    // What was checked in memory is what stands on the disk.
    let again = checked(folder)?;
    assert_eq!(errors(&again), after);
    Some(fixed)
}

#[test]
fn fixes_of_mistakes_make_nothing_worse() {
    let corpora = corpora();
    let first = number("MUTATIONS_SEED", 1) << 32;
    let mut failed = 0;
    let mut made = 0;
    for seed in first..first + number("MUTATIONS", 300) / 10 {
        let mut dice = Dice::new(seed);
        let corpus = &corpora[dice.below(corpora.len())];
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), corpus);
        let (path, text) = dice.pick(&corpus.files).unwrap();
        let mut mutated = mutate(text, &mut dice);
        for _ in 0..dice.below(4) {
            mutated = mutate(&mutated, &mut dice);
        }
        fs::write(folder.path().join(path), &mutated).unwrap();
        let what = format!("the fixes of {} {}", corpus.name, path.display());
        let held = attempt(&what, seed, &mutated, || {
            for chosen in [false, true] {
                let Some(first) = fixed(folder.path(), chosen) else {
                    return;
                };
                made += first.count();
                let second = fixed(folder.path(), chosen).unwrap();
                let again: Vec<_> = second.changes.iter().map(|change| &change.new).collect();
                assert!(again.is_empty(), "a second run changes {again:?}");
            }
        });
        failed += u32::from(!held);
    }
    assert_eq!(failed, 0);
    assert!(made > 0, "not one fix was made");
}
