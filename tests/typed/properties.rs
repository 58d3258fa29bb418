//! What holds of every project that is right.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jalon::diag::Level;
use jalon::diag::render::concise;
use jalon::engine::Program;
use jalon::format::format;
use jalon::pipeline::{self, Checked, Project};
use jalon::plan::{self, Plan};
use jalon::run::outbox::{self, Reader};
use jalon::run::replay::{Span, replay};
use jalon::source::FileId;
use jalon::store::{SqliteStore, StoreError};
use jalon::syntax;

use super::project::Made;
use super::trees::{places_are_within, without_places};

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Holds a project to everything; the reason if it does not hold.
pub fn hold(made: &Made) -> Result<(), String> {
    let checked = no_error(&made.files)?;
    for (path, bytes) in &made.files {
        if path.extension().is_some_and(|end| end == "jalon") {
            layout(&String::from_utf8_lossy(bytes))?;
        }
    }
    let plan = planned(&checked)?;
    let shuffled = planned(&no_error(&made.shuffled)?)?;
    same(
        "plans of two orders of files",
        &plan::to_json(&plan),
        &plan::to_json(&shuffled),
    )?;
    same("fingerprints", &plan.fingerprint, &shuffled.fingerprint)?;
    let once = replayed(&plan, &made.events)?;
    let twice = replayed(&plan, &made.events)?;
    same("outboxes of two runs", &once, &twice)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, a: &T, b: &T) -> Result<(), String> {
    if a == b {
        Ok(())
    } else {
        Err(format!("{what} differ:\n{a:?}\n{b:?}"))
    }
}

fn no_error(files: &Files) -> Result<Checked, String> {
    let checked = pipeline::check(Project::in_memory(files));
    let again = pipeline::check(Project::in_memory(files));
    same("findings of two runs", &checked.findings, &again.findings)?;
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

/// Printing and parsing again changes nothing but places.
fn layout(text: &str) -> Result<(), String> {
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
    same("layouts", &once, &twice)
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

/// What goes out for the events, line by line, and what the runner says.
fn replayed(plan: &Plan, events: &str) -> Result<Vec<String>, String> {
    let shared = Arc::new(plan.clone());
    let store = SqliteStore::open(Path::new(":memory:"), &shared, outbox::line_of)
        .map_err(|error| format!("no store: {error}"))?;
    let program = Program::link(plan.clone());
    let span = Span {
        from: Some("2026-01-01T12:00:00Z".parse().unwrap()),
        until: Some("2026-09-01T12:00:00Z".parse().unwrap()),
    };
    let (mut store, report) = replay(&program, store, events.as_bytes(), span, &mut |_| {})
        .map_err(|error| format!("the replay stops: {error}"))?;
    let mut lines = vec![format!("{report:?}")];
    let reader = Reader::new(plan);
    store
        .lines(|kept| {
            lines.push(reader.line(kept).unwrap_or_else(|what| what));
            Ok::<(), StoreError>(())
        })
        .map_err(|error| format!("the outbox cannot be read: {error}"))?;
    Ok(lines)
}
