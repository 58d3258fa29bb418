//! What holds of every project that is right.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jalon::diag::Level;
use jalon::diag::render::concise;
use jalon::format::format;
use jalon::pipeline::{self, Checked, Project};
use jalon::plan::{self, Plan};
use jalon::source::FileId;
use jalon::syntax;

use super::project::Made;
use super::replays::replays;
use super::trees::{places_are_within, without_places};

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Holds a project to everything; the reason if it does not hold.
pub fn hold(made: &Made) -> Result<(), String> {
    let checked = no_error(&made.files)?;
    let again = no_error(&made.files)?;
    same("findings of two runs", &checked.findings, &again.findings)?;
    let mut laid_out = made.files.clone();
    for (path, bytes) in &mut laid_out {
        if path.extension().is_some_and(|end| end == "jalon") {
            *bytes = layout(&String::from_utf8_lossy(bytes))?.into_bytes();
        }
    }
    let plan = planned(&checked)?;
    same(
        "plans before and after the layout",
        &plan,
        &planned(&no_error(&laid_out)?)?,
    )?;
    let shuffled = planned(&no_error(&made.shuffled)?)?;
    same(
        "plans of two orders of files",
        &plan::to_json(&plan),
        &plan::to_json(&shuffled),
    )?;
    same("fingerprints", &plan.fingerprint, &shuffled.fingerprint)?;
    replays(&plan, made)
}

pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, a: &T, b: &T) -> Result<(), String> {
    if a == b {
        Ok(())
    } else {
        Err(format!("{what} differ:\n{a:?}\n{b:?}"))
    }
}

fn no_error(files: &Files) -> Result<Checked, String> {
    let checked = pipeline::check(Project::in_memory(files));
    let sources = &checked.project.sources;
    let errors: Vec<String> = checked
        .findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| concise(finding, sources))
        .collect();
    if errors.is_empty() {
        Ok(checked)
    } else {
        Err(errors.concat())
    }
}

/// The layout: printing and parsing again changes nothing but places.
fn layout(text: &str) -> Result<String, String> {
    let tree = |text: &str| {
        let parsed = syntax::parse(FileId(0), text);
        places_are_within(&parsed.ast, text);
        without_places(&parsed.ast.decls)
    };
    let once = format(text).map_err(|error| format!("cannot be laid out: {error:?}"))?;
    same(
        "trees before and after the layout",
        &tree(text),
        &tree(&once),
    )?;
    let twice = format(&once).map_err(|error| format!("cannot be laid out again: {error:?}"))?;
    same("layouts", &once, &twice)?;
    Ok(once)
}

/// The plan, which is read back as it was written.
fn planned(checked: &Checked) -> Result<Plan, String> {
    let lowered = plan::lower(&checked.model, &checked.project.manifest)
        .map_err(|fault| format!("cannot be planned: {fault}"))?;
    let text = plan::to_json(&lowered);
    let loaded =
        plan::load(FileId(0), &text).map_err(|found| format!("does not load: {found:#?}"))?;
    same("plans written and read", &lowered, &loaded)?;
    Ok(loaded)
}
