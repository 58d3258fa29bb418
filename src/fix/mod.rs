//! `jalon check --fix`: makes the changes that findings carry, in memory.
//!
//! A round takes the fixes of all findings that are shown, makes those that do not overlap, and
//! checks the whole project again. Rounds follow until nothing is left to fix. A fix after which
//! the project has more errors is left out. Who calls this writes the files.

mod apply;
mod choose;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use choose::Candidate;
use verdict::Errors;

use crate::diag::{Code, Fix, Safety};
use crate::format;
use crate::pipeline::{self, Checked, LoadError, Texts};

/// After so many rounds the fixes are taken to undo each other.
const MOST_ROUNDS: usize = 20;

/// How often a project is checked to find the fixes that make it worse.
const MOST_TRIALS: usize = 64;

/// Which fixes are made.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Whether fixes that choose for the author are made too.
    pub chosen: bool,
    /// The only files that may be changed, by the paths of the project's sources; all if `None`.
    pub files: Option<BTreeSet<PathBuf>>,
}

impl Wanted {
    /// Whether a fix as sure as this one is made.
    fn allows(&self, fix: &Fix) -> bool {
        self.chosen || fix.safety == Safety::Safe
    }
}

/// A file that the fixes change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path, as in the project's sources.
    pub path: PathBuf,
    /// The text as it was read, without a byte order mark.
    pub old: String,
    /// The text with the fixes.
    pub new: String,
}

/// A fix that was not made: its finding would have stayed, or the project would have had more errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file of the finding.
    pub path: PathBuf,
    /// The line of the finding, from 1, in the text as it was when the fix was tried.
    pub line: u32,
    /// What was found.
    pub code: &'static Code,
    /// What the fix would have done.
    pub title: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Fixed {
    /// The project with the fixes.
    pub checked: Checked,
    /// The files that differ, ordered by path.
    pub changes: Vec<Change>,
    /// How many findings of each code were fixed in each file.
    pub made: BTreeMap<PathBuf, BTreeMap<&'static str, usize>>,
    /// What was left out.
    pub refused: Vec<Refused>,
    /// Whether fixes were still found after the last round: a defect of Jalon.
    pub unsettled: bool,
}

impl Fixed {
    /// How many fixes were made.
    #[must_use]
    pub fn count(&self) -> usize {
        self.made.values().flat_map(BTreeMap::values).sum()
    }
}

/// Makes the fixes of a checked project.
///
/// Deterministic: of overlapping fixes the one of the earlier finding is made first, and the
/// other if it is still found afterwards. Nothing is written.
///
/// # Errors
/// The project could be read before and cannot be read again.
pub fn fix(checked: Checked, wanted: &Wanted) -> Result<Fixed, LoadError> {
    let mut work = Work {
        errors: Errors::of(&checked, wanted),
        checked,
        originals: Texts::default(),
        texts: Texts::default(),
        made: BTreeMap::new(),
        refused: Vec::new(),
        refused_keys: BTreeSet::new(),
        trials: 0,
    };
    let mut rounds = 0;
    let unsettled = loop {
        let chosen = choose::choose(&work.checked, wanted, &work.refused_keys);
        if chosen.is_empty() {
            break false;
        }
        if rounds == MOST_ROUNDS {
            break true;
        }
        rounds += 1;
        work.round(chosen, wanted)?;
    };
    work.lay_out()?;
    Ok(work.finish(unsettled))
}

/// The project between two rounds.
struct Work {
    checked: Checked,
    errors: Errors,
    /// The files that were changed, as they were.
    originals: Texts,
    /// The files that were changed, as they are.
    texts: Texts,
    made: BTreeMap<PathBuf, BTreeMap<&'static str, usize>>,
    refused: Vec<Refused>,
    refused_keys: BTreeSet<String>,
    trials: usize,
}

impl Work {
    /// Makes these fixes, or as many of them as make nothing worse.
    fn round(&mut self, chosen: Vec<Candidate>, wanted: &Wanted) -> Result<(), LoadError> {
        // The places of all fixes are those of the texts at the start of the round.
        let base = apply::texts_of(&self.checked.project.sources, &chosen);
        for (path, text) in &base {
            let original = self.originals.entry(path.clone());
            original.or_insert_with(|| text.clone());
        }
        let before = self.texts.clone();
        let mut accepted: Vec<Candidate> = Vec::new();
        let mut waiting = vec![chosen];
        while let Some(mut group) = waiting.pop() {
            let all = || accepted.iter().chain(&group);
            let mut texts = before.clone();
            texts.extend(apply::apply(&base, all()));
            let checked = pipeline::check(self.checked.project.again_with(&texts)?);
            let errors = Errors::of(&checked, wanted);
            if !errors.are_worse_than(&self.errors, &group) {
                self.texts = texts;
                self.checked = checked;
                self.errors = errors;
                accepted.append(&mut group);
                continue;
            }
            self.trials += 1;
            if group.len() == 1 || self.trials > MOST_TRIALS {
                group.into_iter().for_each(|one| self.refuse(one));
                continue;
            }
            let later = group.split_off(group.len() / 2);
            waiting.push(later);
            waiting.push(group);
        }
        for one in accepted {
            let codes = self.made.entry(one.path).or_default();
            *codes.entry(one.code.name).or_default() += 1;
        }
        Ok(())
    }

    fn refuse(&mut self, one: Candidate) {
        self.refused_keys.insert(one.key);
        self.refused.push(Refused {
            path: one.path,
            line: one.line,
            code: one.code,
            title: one.title,
        });
    }

    /// Lays out the files that were in the canonical layout before they were changed.
    fn lay_out(&mut self) -> Result<(), LoadError> {
        let mut differs = false;
        for (path, text) in &mut self.texts {
            let was = self.originals.get(path).map_or("", String::as_str);
            if path.extension().is_some_and(|end| end == "jalon")
                && apply::is_laid_out(was)
                && let Ok(laid_out) = format::format(text)
            {
                let laid_out = apply::with_line_ends_of(was, &laid_out);
                differs |= laid_out != *text;
                *text = laid_out;
            }
        }
        if differs {
            self.checked = pipeline::check(self.checked.project.again_with(&self.texts)?);
        }
        Ok(())
    }

    fn finish(mut self, unsettled: bool) -> Fixed {
        let mut changes = Vec::new();
        for (path, new) in self.texts {
            let old = self.originals.remove(&path).unwrap_or_default();
            if old != new {
                changes.push(Change { path, old, new });
            }
        }
        Fixed {
            checked: self.checked,
            changes,
            made: self.made,
            refused: self.refused,
            unsettled,
        }
    }
}
