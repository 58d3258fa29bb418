//! A whole small project, as an archive of its files.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jalon::engine::Program;
use jalon::format::format;
use jalon::measure::Scale;
use jalon::pipeline::{self, Checked, Project};
use jalon::plan::{self, Plan};
use jalon::source::FileId;
use jalon::syntax::decode;

use super::{archive, asked, chosen, findings, printed};

/// Checks a project: every finding is sound, and without an error there is a plan that loads, and
/// that a layout does not change.
pub fn run(bytes: &[u8]) {
    let files = archive::files(bytes);
    let checked = sound(&files);
    if chosen(bytes, 8) {
        let again = pipeline::check(Project::in_memory(&files));
        assert_eq!(checked.findings, again.findings);
    }
    if let Some(plan) = planned(&checked) {
        if chosen(bytes, 4) {
            let again = pipeline::check(Project::in_memory(&laid_out(files)));
            assert_eq!(planned(&again).as_ref(), Some(&plan));
        }
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
    printed::print(&checked.findings, sources);
    asked::ask(&checked);
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

/// The files in the one layout.
pub fn laid_out(mut files: BTreeMap<PathBuf, Vec<u8>>) -> BTreeMap<PathBuf, Vec<u8>> {
    for (path, bytes) in &mut files {
        if path.extension().is_some_and(|end| end == "jalon")
            && let Ok(text) = format(&decode(FileId(0), bytes).0)
        {
            *bytes = text.into_bytes();
        }
    }
    files
}
