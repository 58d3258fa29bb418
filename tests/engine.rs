//! What the engine does, as documents: `tests/engine/*.md`.
//!
//! Each section with a `story` block is a scenario: its `jalon` blocks (and those of the page with
//! the word `shared`) are a project, the story is what happens to it, and the `outbox` block says
//! what follows, in order. A story has one thing a line:
//!
//! ```text
//! Member {"id": "m1"}                                  a row that is there before the deployment
//! deploy 2026-03-02T09:00-05:00
//! 2026-03-02T14:00-05:00 gift_made m1 {"amount": "30 CAD"}
//! 2026-03-02T15:00-05:00 Member.upserted m1 {"email": null}
//! until 2026-03-31T00:00-04:00
//! restart                                              the host is built anew from its store
//! ```
//!
//! `BLESS=1 cargo test --test engine` writes what follows into the pages; read the difference.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

mod markdown;

use jalon::engine::{
    EventData, EventKind, Failure, HandOver, Program, Refusal, RowRef, SendRef, Value, View,
};
use jalon::pipeline::{self, Project};
use jalon::plan::{self, JourneyEvent, Plan};
use jalon::run::intake::events::{self, What};
use jalon::run::intake::rows;
use jalon::store::{Host, MemoryStore, Outbox, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use markdown::{Block, files, pages, sections};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

#[test]
fn every_scenario_holds() {
    let filter = std::env::var("SCENARIO").unwrap_or_default();
    let mut failures = String::new();
    let mut count = 0;
    for path in pages("tests/engine") {
        let page = std::fs::read_to_string(&path).unwrap();
        let mut blessed = page.clone();
        let mut shared: Vec<Block> = Vec::new();
        for section in sections(&page) {
            let story = section
                .blocks
                .iter()
                .find(|block| block.language == "story");
            let code: Vec<&Block> = section
                .blocks
                .iter()
                .filter(|block| block.language == "jalon" || block.file.is_some())
                .collect();
            let own = shared.iter().chain(code.iter().copied());
            if let Some(story) = story.filter(|_| section.title.contains(&filter)) {
                let expected = section
                    .blocks
                    .iter()
                    .find(|block| block.language == "outbox")
                    .unwrap_or_else(|| panic!("{}: no outbox block", section.title));
                count += 1;
                let found = run(own, &story.text, &section.title);
                if found != expected.text {
                    writeln!(
                        failures,
                        "{}: {}\nexpected\n{}found\n{found}",
                        path.display(),
                        section.title,
                        expected.text
                    )
                    .unwrap();
                    let old = format!("```outbox\n{}```", expected.text);
                    let heading = format!("# {}\n", section.title);
                    let at = blessed.find(&heading).unwrap();
                    let (before, after) = blessed.split_at(at);
                    let new = format!("```outbox\n{found}```");
                    blessed = format!("{before}{}", after.replacen(&old, &new, 1));
                }
            }
            shared.extend(code.into_iter().filter(|block| block.is("shared")).cloned());
        }
        if std::env::var("BLESS").is_ok() {
            std::fs::write(&path, blessed).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
    assert!(count > 0, "no scenario was run");
}

fn plan_of<'a>(blocks: impl Iterator<Item = &'a Block>, title: &str) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("jalon.toml"), markdown::MANIFEST).unwrap();
    for (name, block) in files(blocks) {
        std::fs::write(folder.path().join(name), &block.text).unwrap();
    }
    let checked = pipeline::check(Project::load(folder.path()).unwrap());
    let errors: Vec<String> = checked
        .findings
        .iter()
        .filter(|finding| finding.level == jalon::diag::Level::Error)
        .map(|finding| {
            let place = finding.diagnostic.primary.place;
            let line = checked.project.sources.locate(place).line;
            let path = checked
                .project
                .sources
                .path(place.file)
                .display()
                .to_string();
            format!("{path}:{line} {}", finding.diagnostic.message)
        })
        .collect();
    assert!(errors.is_empty(), "{title}: {errors:#?}");
    plan::lower(&checked.model, &checked.project.manifest).unwrap()
}

/// Everything that goes out, as the lines of an `outbox` block.
struct Lines<'p> {
    plan: &'p Plan,
    zone: TimeZone,
    text: String,
    sends: BTreeMap<String, Arc<SendRef>>,
}

impl Lines<'_> {
    fn line(&mut self, at: Timestamp, text: &str) {
        let local = self.zone.to_datetime(at);
        let offset = self.zone.to_offset(at);
        writeln!(self.text, "{local}{offset} {text}").unwrap();
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => format!("{value}"),
        Value::List(items) => format!("{:?}", items.iter().map(shown).collect::<Vec<_>>()),
        other => other.key().to_string(),
    }
}

impl Outbox for Lines<'_> {
    fn hand_over(&mut self, view: &dyn View, hand_over: &HandOver) {
        let send = &hand_over.send;
        assert!(
            view.row(hand_over.person.entity, &hand_over.person.key)
                .is_some()
        );
        self.sends.insert(send.id.to_string(), Arc::clone(send));
        let params: Vec<String> = send
            .params
            .iter()
            .map(|value| value.as_ref().map_or("unknown".into(), shown))
            .collect();
        let params = if params.is_empty() {
            String::new()
        } else {
            format!("({})", params.join(", "))
        };
        let message = &self.plan.messages[send.message as usize].name;
        let to = send.to.as_deref().unwrap_or("nowhere");
        let language = hand_over.language.as_deref().unwrap_or("none");
        let text = format!("{} {message}{params} to {to} in {language}", send.id);
        self.line(hand_over.at, &text);
    }

    fn refusal(&mut self, refusal: &Refusal) {
        let rule = refusal
            .rule
            .as_ref()
            .map_or(String::new(), |rule| format!(" {rule}"));
        let text = format!("{} refused {}{rule}", refusal.id, refusal.reason.word());
        self.line(refusal.at, &text);
    }

    fn failure(&mut self, failure: &Failure) {
        let journey = &self.plan.journeys[failure.journey as usize].name;
        let text = format!(
            "{journey}/{} failed at {}: {}",
            failure.key, failure.place, failure.what
        );
        self.line(failure.at, &text);
    }

    fn recorded(&mut self, event: &EventData) {
        let EventKind::Journey {
            journey,
            event: what,
            key,
            entry,
        } = &event.kind
        else {
            return;
        };
        let field = event.fields[0]
            .as_ref()
            .map_or(String::new(), |it| format!(" {}", shown(it)));
        let word = match what {
            JourneyEvent::Entered => "entered",
            JourneyEvent::Left => "left",
            JourneyEvent::Converted => "converted",
        };
        let journey = &self.plan.journeys[*journey as usize].name;
        let text = format!("{journey}/{key}/{entry} {word}{field}");
        self.line(event.time, &text);
    }
}

fn run<'a>(blocks: impl Iterator<Item = &'a Block>, story: &str, title: &str) -> String {
    let plan = plan_of(blocks, title);
    let program = Program::link(plan);
    let plan = program.plan();
    assert!(
        program.inactive().is_empty(),
        "{title}: {:?}",
        program.inactive()
    );
    let mut lines = Lines {
        plan,
        zone: TimeZone::get("America/Toronto").unwrap(),
        text: String::new(),
        sends: BTreeMap::new(),
    };
    let store = MemoryStore::new(plan);
    let mut host = Host::new(&program, store, Timestamp::MIN).unwrap();
    for (number, line) in story.lines().enumerate() {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        let at = |text: &str| -> Timestamp {
            text.parse()
                .unwrap_or_else(|error| panic!("{title}: {line}: {error}"))
        };
        match first {
            "deploy" => host.deploy(at(rest), &mut lines).unwrap(),
            "until" => host.advance(at(rest), &mut lines).unwrap(),
            "restart" => {
                let clock = host.clock();
                host = Host::new(&program, host.into_store(), clock).unwrap();
            }
            "setting" => {
                let (when, rest) = rest.split_once(' ').unwrap();
                let (name, value) = rest.split_once(' ').unwrap();
                let place = plan.settings.iter().position(|it| it.name == name).unwrap();
                let ty = &plan.settings[place].ty;
                let value = jalon::store::wire::from_text(plan, ty, value)
                    .unwrap()
                    .unwrap();
                host.setting(place as u32, value, at(when), &mut lines)
                    .unwrap();
            }
            // An event from before the deployment.
            "past" => {
                let mut words = rest.splitn(4, ' ');
                let (when, kind) = (words.next().unwrap(), words.next().unwrap());
                let subject = words.next().unwrap();
                let data: serde_json::Value =
                    serde_json::from_str(words.next().unwrap_or("{}")).unwrap();
                let event = serde_json::json!({
                    "specversion": "1.0", "id": format!("{number}"), "source": "story", "type": kind,
                    "subject": subject, "time": at(when).to_string(), "data": data,
                });
                let event = events::read(plan, &event.to_string()).unwrap().event(None);
                assert!(host.history(&Arc::new(event.unwrap())).unwrap());
            }
            table if plan.entities.iter().any(|entity| entity.name == table) => {
                let entity = plan
                    .entities
                    .iter()
                    .position(|it| it.name == table)
                    .unwrap() as u32;
                let object = serde_json::from_str(rest).unwrap();
                let patch = rows::from_object(plan, entity, &object)
                    .unwrap_or_else(|error| panic!("{title}: {line}: {error:?}"));
                let row = rows::applied(plan, &patch, None, Timestamp::MIN)
                    .unwrap_or_else(|error| panic!("{title}: {line}: {error:?}"));
                host.store_mut()
                    .write_row(&patch.id, Some(Arc::new(row)))
                    .unwrap();
            }
            when => {
                let mut words = rest.splitn(3, ' ');
                let kind = words.next().unwrap();
                let subject = words.next().unwrap();
                let mut data: serde_json::Value =
                    serde_json::from_str(words.next().unwrap_or("{}")).unwrap();
                let id = data
                    .as_object_mut()
                    .and_then(|data| data.remove("event_id"))
                    .map_or(format!("{number}"), |id| id.as_str().unwrap().to_owned());
                let event = serde_json::json!({
                    "specversion": "1.0", "id": id, "source": "story", "type": kind,
                    "subject": subject, "time": at(when).to_string(), "data": data,
                });
                happen(&mut host, plan, &event.to_string(), &mut lines, title);
            }
        }
    }
    lines.text
}

fn happen(
    host: &mut Host<'_, MemoryStore>,
    plan: &Plan,
    line: &str,
    lines: &mut Lines<'_>,
    title: &str,
) {
    let incoming =
        events::read(plan, line).unwrap_or_else(|error| panic!("{title}: {line}: {error}"));
    host.advance_before(incoming.time, lines).unwrap();
    match &incoming.what {
        What::Upserted(patch) => {
            let before = host.store().row(patch.id.entity, &patch.id.key);
            let row = rows::applied(plan, patch, before.as_deref(), incoming.time).unwrap();
            let row = Some(Arc::new(row));
            host.row(&patch.id, row, incoming.time, lines).unwrap();
        }
        What::Deleted(id) => {
            let id: &RowRef = id;
            host.row(id, None, incoming.time, lines).unwrap();
        }
        What::Declared { .. } | What::Channel { .. } => {
            let send = match &incoming.what {
                What::Channel {
                    send: Some(send), ..
                } => Some(Arc::clone(lines.sends.get(send.as_str()).unwrap_or_else(
                    || panic!("{title}: no hand-over {send} in\n{}", lines.text),
                ))),
                _ => None,
            };
            let event = incoming.event(send).unwrap();
            host.event(&Arc::new(event), lines).unwrap();
        }
    }
}
