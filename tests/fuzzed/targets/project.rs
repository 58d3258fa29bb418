//! A whole small project, as an archive of its files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jalon::engine::Program;
use jalon::measure::Scale;
use jalon::pipeline::{self, Checked, Project};
use jalon::plan::{self, Plan};
use jalon::source::FileId;

use super::{archive, chosen, findings};

/// Checks a project: every finding is sound, and without an error there is a plan that loads.
pub fn run(bytes: &[u8]) {
    let files = archive::files(bytes);
    let checked = sound(&files);
    if chosen(bytes, 8) {
        let again = pipeline::check(Project::in_memory(&files));
        assert_eq!(checked.findings, again.findings);
    }
    if let Some(plan) = planned(&checked) {
        let _ = Program::link(plan);
        let scale = Scale::new(
            &checked.model,
            &checked.project.sources,
            &checked.project.manifest,
        );
        for message in &checked.model.messages {
            let _ = scale.message(message);
        }
    }
}

/// The project, checked; every finding is what it must be.
pub fn sound(files: &BTreeMap<PathBuf, Vec<u8>>) -> Checked {
    let checked = pipeline::check(Project::in_memory(files));
    let sources = &checked.project.sources;
    for finding in &checked.findings {
        findings::is_sound(&finding.diagnostic, sources);
    }
    findings::print(&checked.findings, sources);
    checked
}

/// The plan of a project without errors, which loads, and is written again as it was.
pub fn planned(checked: &Checked) -> Option<Plan> {
    if checked.has_errors() {
        return None;
    }
    let lowered = plan::lower(&checked.model, &checked.project.manifest).unwrap();
    let text = plan::to_json(&lowered);
    let loaded = plan::load(FileId(0), &text).unwrap_or_else(|found| panic!("{found:#?}"));
    assert_eq!(loaded, lowered);
    assert_eq!(plan::to_json(&loaded), text);
    Some(loaded)
}
