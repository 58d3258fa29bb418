//! What holds of replays of a plan: the same outbox from the same events, however they are run.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use jalon::engine::Program;
use jalon::plan::Plan;
use jalon::run::outbox::{self, Reader};
use jalon::run::replay::{ReplayError, Report, Span, replay};
use jalon::store::{SqliteStore, StoreError};

use super::project::Made;
use super::properties::same;

/// Runs the events twice, once more over the store of the first run, and, if the project says
/// where, with an interruption. The reason if the outboxes differ.
pub fn replays(plan: &Plan, made: &Made) -> Result<(), String> {
    let case = Case {
        plan,
        shared: Arc::new(plan.clone()),
        program: Program::link(plan.clone()),
    };
    let events = made.events.as_bytes();
    let memory = Path::new(":memory:");
    let (mut store, report) = case.replayed(case.open(memory)?, events)?;
    let (mut other, again) = case.replayed(case.open(memory)?, events)?;
    let lines = case.lines(&mut store)?;
    same("reports of two runs", &report, &again)?;
    same("outboxes of two runs", &lines, &case.lines(&mut other)?)?;
    let (mut store, more) = case.replayed(store, events)?;
    same(
        "outboxes of a run and one more",
        &lines,
        &case.lines(&mut store)?,
    )?;
    same(
        "what one more run does",
        &(more.used, more.sent, more.refused),
        &(0, 0, 0),
    )?;
    same("what is set aside", &report.set_aside, &more.set_aside)?;
    match made.interrupted {
        Some(share) => case.interrupted(events, share, &lines, &report),
        None => Ok(()),
    }
}

struct Case<'p> {
    plan: &'p Plan,
    shared: Arc<Plan>,
    program: Program,
}

impl Case<'_> {
    fn open(&self, file: &Path) -> Result<SqliteStore, String> {
        SqliteStore::open(file, &self.shared, outbox::line_of)
            .map_err(|error| format!("no store: {error}"))
    }

    fn run(
        &self,
        store: SqliteStore,
        events: impl BufRead,
    ) -> Result<(SqliteStore, Report), ReplayError> {
        let span = Span {
            from: Some("2026-01-01T12:00:00Z".parse().unwrap()),
            until: Some("2026-09-01T12:00:00Z".parse().unwrap()),
        };
        replay(&self.program, store, events, span, &mut |_| {})
    }

    fn replayed(&self, store: SqliteStore, events: &[u8]) -> Result<(SqliteStore, Report), String> {
        let replayed = self.run(store, events);
        replayed.map_err(|error| format!("the replay stops: {error}"))
    }

    /// What goes out, line by line, as it is read.
    fn lines(&self, store: &mut SqliteStore) -> Result<Vec<String>, String> {
        let mut lines = Vec::new();
        let reader = Reader::new(self.plan);
        let read = store.lines(|kept| {
            lines.push(reader.line(kept).unwrap_or_else(|what| what));
            Ok::<(), StoreError>(())
        });
        read.map_err(|error| format!("the outbox cannot be read: {error}"))?;
        Ok(lines)
    }

    /// Stops in the middle of the events, leaves the store as it is on the disk, and runs again.
    fn interrupted(
        &self,
        events: &[u8],
        share: usize,
        lines: &[String],
        report: &Report,
    ) -> Result<(), String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.db");
        let cut = BufReader::new(Cut(&events[..events.len() * share / 256]));
        if self.run(self.open(&file)?, cut).is_ok() {
            return Err("a replay goes on when its events cannot be read".to_owned());
        }
        let (mut store, again) = self.replayed(self.open(&file)?, events)?;
        same(
            "outboxes with an interruption",
            &lines,
            &self.lines(&mut store)?.as_slice(),
        )?;
        same("what is set aside", &report.set_aside, &again.set_aside)
    }
}

/// Events that cannot be read to their end, as if the process had ended there.
struct Cut<'t>(&'t [u8]);

impl Read for Cut<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("cut")),
            read => Ok(read),
        }
    }
}
