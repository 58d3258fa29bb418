//! What the verbs that run something take: the folder of a project, or a plan.

use std::path::Path;

use super::{Console, Failure, Outcome};
use crate::diag::{Levels, settle};
use crate::pipeline::{self, Checked, Project};
use crate::plan::{self, Plan};
use crate::source::{Sources, disk};

/// A plan, or why there is none. What was found is printed already.
#[derive(Debug)]
pub(super) enum Program {
    /// It can run.
    Ready(Box<Plan>),
    /// It has errors; the verb ends with this outcome.
    Refused(Outcome),
}

/// The plan of a project, or the plan in a file.
///
/// A folder is checked and planned, as `jalon plan` does it; a file is validated in full. Warnings
/// are printed and do not stop a run, unless they are denied.
///
/// # Errors
/// There is no project and no file at this path, or Jalon cannot plan what it has checked.
pub(super) fn read(path: &Path, console: &mut Console) -> Result<Program, Failure> {
    if disk::is_file(path) {
        return read_plan(path, console);
    }
    let checked = pipeline::check(Project::load(path)?);
    let outcome = console.findings(&checked.findings, &checked.project.sources)?;
    if outcome != Outcome::Clean {
        return Ok(Program::Refused(outcome));
    }
    Ok(Program::Ready(Box::new(lowered(&checked)?)))
}

/// The plan of a project that was checked without errors.
///
/// # Errors
/// Jalon cannot plan what it has checked.
pub(super) fn lowered(checked: &Checked) -> Result<Plan, Failure> {
    plan::lower(&checked.model, &checked.project.manifest).map_err(|fault| {
        Failure::new(fault.to_string()).help("this is a defect of Jalon: please report it")
    })
}

fn read_plan(path: &Path, console: &mut Console) -> Result<Program, Failure> {
    let bytes = disk::read(path).map_err(|error| Failure::file(path, "read", &error))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("`{}` is not a text in UTF-8", path.display())))?;
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    match plan::load(file, sources.text(file)) {
        Ok(plan) => {
            console.findings(&[], &sources)?;
            Ok(Program::Ready(Box::new(plan)))
        }
        Err(diagnostics) => {
            let findings = settle(diagnostics, &sources, &Levels::default());
            Ok(Program::Refused(console.findings(&findings, &sources)?))
        }
    }
}
