//! `jalon replay`: a plan on recorded events, with what it would have sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;

use super::program::{self, Program};
use super::{Console, Failure, Outcome, store};
use crate::diag::codes::run as codes;
use crate::engine;
use crate::plan::Plan;
use crate::run::outbox;
use crate::run::replay::{Report, Span, replay};
use crate::run::timeline::Timeline;
use crate::source::disk;
use crate::store::{SqliteStore, StoreError};

/// Run a project on recorded events and print what is sent, to whom and why
#[derive(Debug, Args)]
pub struct Replay {
    /// The folder of a project, or a plan
    #[arg(value_name = "DIR|PLAN", default_value = ".")]
    project: PathBuf,
    /// The store that `jalon load` filled
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// The events: CloudEvents in JSON, one a line
    #[arg(long, value_name = "EVENTS")]
    events: PathBuf,
    /// The instant of deployment [default: the first event's time]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    from: Option<Timestamp>,
    /// The instant at which the clock stops [default: the last event's time]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    until: Option<Timestamp>,
    /// Write the outbox to a file instead of standard output
    #[arg(long, value_name = "OUTBOX")]
    out: Option<PathBuf>,
    /// Print a table for people: when, who, what and why
    #[arg(long)]
    timeline: bool,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| {
        "an instant is written as in RFC 3339, with its offset: 2026-12-25T09:00:00Z".to_owned()
    })
}

impl Replay {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            return Err(Failure::new("`--until` is before `--from`"));
        }
        let plan: Arc<Plan> = match program::read(&self.project, console)? {
            Program::Ready(plan) => Arc::new(*plan),
            Program::Refused(outcome) => return Ok(outcome),
        };
        let linked = engine::Program::link((*plan).clone());
        for inactive in linked.inactive() {
            let what = format!(
                "journey `{}` uses `{}`, which the runner does not run yet: nobody enters it",
                inactive.name,
                inactive.what.join("`, `")
            );
            console.plain_finding(&codes::INACTIVE_JOURNEY, &self.project, &what);
        }
        let events = disk::open(&self.events)
            .map_err(|error| Failure::file(&self.events, "read", &error))?;
        let store = match store::open(&self.db, &plan, console)? {
            Ok(store) => store,
            Err(outcome) => return Ok(outcome),
        };
        let bar = progress(console, &self.events);
        let span = Span {
            from: self.from,
            until: self.until,
        };
        let replayed = replay(&linked, store, events, span, &mut |done| {
            bar.set_position(done)
        });
        bar.finish_and_clear();
        let (mut store, report) = replayed.map_err(|error| Failure::new(error.to_string()))?;
        self.write_outbox(&plan, &mut store, console)?;
        store
            .close()
            .map_err(|error| Failure::new(format!("`{}`: {error}", self.db.display())))?;
        Ok(self.tell(&report, !linked.inactive().is_empty(), console))
    }

    fn write_outbox(
        &self,
        plan: &Plan,
        store: &mut SqliteStore,
        console: &mut Console,
    ) -> Result<(), Failure> {
        let reader = outbox::Reader::new(plan);
        let mut text = String::new();
        let mut timeline = Timeline::new(plan);
        let in_full = self.out.is_some() || !self.timeline;
        store
            .lines(|kept| {
                if in_full {
                    let line = reader.line(kept).map_err(Stopped::Line)?;
                    text.push_str(&line);
                    text.push('\n');
                }
                if self.timeline {
                    timeline.add(kept).map_err(Stopped::Line)?;
                }
                Ok(())
            })
            .map_err(|stopped| match stopped {
                Stopped::Line(what) => Failure::new(what),
                Stopped::Store(error) => Failure::new(format!("`{}`: {error}", self.db.display())),
            })?;
        if let Some(path) = &self.out {
            disk::write(path, &text).map_err(|error| Failure::file(path, "written", &error))?;
        }
        if self.timeline {
            console.result(&timeline.to_text())
        } else if self.out.is_none() {
            console.result(&text)
        } else {
            Ok(())
        }
    }

    fn tell(&self, report: &Report, inactive: bool, console: &Console) -> Outcome {
        console.line_findings(&codes::SET_ASIDE, &self.events, &report.set_aside);
        for (event, field) in &report.left_out {
            let what = format!(
                "`{event}` events carry `{field}`, which the project does not declare: it is left out"
            );
            console.plain_finding(&codes::LEFT_OUT, &self.events, &what);
        }
        for what in &report.failed {
            console.plain_finding(&codes::FAILED_INSTANCE, &self.project, what);
        }
        let mut summary = format!("{} used", count(report.used, "event"));
        for (number, words) in [
            (report.known, "known already"),
            (report.later, "after the end"),
            (
                u64::try_from(report.set_aside.len()).unwrap_or(u64::MAX),
                "set aside",
            ),
        ] {
            if number > 0 {
                summary += &format!(", {number} {words}");
            }
        }
        console.say(&summary);
        let end = report
            .clock
            .map_or_else(String::new, |clock| format!(", up to {clock}"));
        console.say(&format!(
            "{} sent, {} refused{end}",
            count(report.sent, "message"),
            report.refused
        ));
        let wrong = !report.set_aside.is_empty() || !report.failed.is_empty();
        if wrong || (console.denies_warnings() && (inactive || !report.left_out.is_empty())) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }
}

/// Why the outbox could not be written.
enum Stopped {
    Line(String),
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn count(number: u64, thing: &str) -> String {
    crate::diag::counted(usize::try_from(number).unwrap_or(usize::MAX), thing)
}

/// A bar over the bytes of the events, where people watch.
fn progress(console: &Console, events: &Path) -> ProgressBar {
    let length = disk::length(events).unwrap_or(0);
    let bar = ProgressBar::new(length);
    if console.shows_progress() {
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
    } else {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("replaying {wide_bar} {percent}% {eta}") {
        bar.set_style(style);
    }
    bar
}
