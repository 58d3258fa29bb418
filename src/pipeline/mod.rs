//! From a folder to findings and a model: the order of the stages, in one place.
//!
//! Every stage runs, whatever the ones before it found, and adds to one list of diagnostics.

mod allow;
mod answers;
mod cache;
mod currency;
mod hash;
mod in_memory;
mod lost;
mod project;
mod reading;
mod report;
mod stored;
mod templates;

pub use project::{LoadError, Project};
pub use reading::{Reading, Texts};
pub use report::{Report, report};

use allow::Allows;
use lost::Lost;

use crate::diag::{Finding, Level, settle};
use crate::lint;
use crate::model::{self, hir::Model};

/// A project that has gone through every check.
#[derive(Debug)]
pub struct Checked {
    /// What was read, but for the trees.
    pub project: Project,
    /// Names and types; complete if there is no error.
    pub model: Model,
    /// What was found, with levels, ordered by path and place.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether a finding is an error, so that there is no plan.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.level == Level::Error)
    }

    /// Whether a finding is an error of `jalon.toml` or of the files themselves.
    #[must_use]
    pub fn has_configuration_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|f| f.level == Level::Error && f.diagnostic.code.id.starts_with('G'))
    }
}

/// Checks a project that was loaded.
#[must_use]
pub fn check(mut project: Project) -> Checked {
    let mut diagnostics = std::mem::take(&mut project.diagnostics);
    let trees = std::mem::take(&mut project.trees);
    // What needs whole trees comes first: the check gives them up.
    let of_trees = lint::of_trees(&trees, &project.sources, &project.manifest);
    let allows = Allows::of(&trees, &project.sources);
    let input = model::Input {
        sources: &project.sources,
        templates: &project.templates,
        template_names: &project.template_names,
        manifest: &project.manifest,
    };
    let checked = model::check(&input, trees);
    let mut meant = checked.diagnostics;
    let lost = Lost::of(&diagnostics, &project.sources);
    meant.retain(|found| !lost.explains(found, &project.sources));
    diagnostics.append(meant);
    diagnostics.append(of_trees);
    let lints = lint::Input {
        sources: &project.sources,
        model: (!diagnostics.has_errors()).then_some(&checked.model),
        manifest: &project.manifest,
    };
    let looked_at = lints.looks_at();
    diagnostics.append(lint::of_model(&lints));
    let mut diagnostics = allows.silence(&project, diagnostics, looked_at);
    currency::settle(&mut diagnostics, &project.files, &project.sources);
    answers::give(&mut diagnostics, &project.sources);
    let findings = settle(diagnostics, &project.sources, &project.manifest.levels);
    Checked {
        project,
        model: checked.model,
        findings,
    }
}
