//! What a runner reads: rows in CSV and JSON, events in JSON, over a plan.

use std::path::Path;
use std::sync::Arc;

use jalon::engine::{Program, Row};
use jalon::plan::{Plan, Type};
use jalon::run::intake::events::{self, What};
use jalon::run::intake::rows;
use jalon::run::load::{LoadError, Loader};
use jalon::run::outbox::{self, Reader};
use jalon::run::replay::{Span, replay};
use jalon::store::{SqliteStore, StoreError, wire};
use jiff::Timestamp;

use super::{chosen, samples};

/// What comes in: rows of members in CSV, rows of gifts in JSON, events.
pub struct Feed<'a> {
    members: &'a [u8],
    gifts: &'a [u8],
    events: &'a [u8],
}

const MEMBERS: &[u8] = include_bytes!("../sample/members.csv");
const GIFTS: &[u8] = include_bytes!("../sample/gifts.ndjson");
const EVENTS: &[u8] = include_bytes!("../sample/events.ndjson");

impl Feed<'_> {
    /// A few rows and events in which nothing is wrong.
    pub fn usual() -> Self {
        Self {
            members: MEMBERS,
            gifts: GIFTS,
            events: EVENTS,
        }
    }
}

/// The first byte chooses the plan and what the others are: members, gifts or events.
pub fn run(bytes: &[u8]) {
    let Some((first, data)) = bytes.split_first() else {
        return;
    };
    let plans = samples::plans();
    let plan = &plans[usize::from(*first / 4) % plans.len()];
    let mut feed = Feed::usual();
    match first % 4 {
        0 => feed.members = data,
        1 => feed.gifts = data,
        _ => {
            feed.events = data;
            lines(plan, data);
        }
    }
    let outbox = fed(plan, &feed);
    if chosen(bytes, 8) {
        assert_eq!(outbox, fed(plan, &feed));
    }
}

/// Each line alone: set aside with a reason, or understood, its values as they can be stored.
fn lines(plan: &Plan, data: &[u8]) {
    for line in data.split(|byte| *byte == b'\n') {
        let Ok(line) = str::from_utf8(line) else {
            continue;
        };
        match events::read(plan, line) {
            Err(reason) => assert!(!reason.is_empty()),
            Ok(event) => {
                assert!(!event.name(plan).is_empty());
                match &event.what {
                    What::Upserted(patch) => {
                        if let Ok(row) = rows::applied(plan, patch, None, event.time) {
                            is_stored(plan, &row);
                        }
                    }
                    What::Declared { event, fields, .. } => {
                        let declared = &plan.events[*event as usize].fields;
                        assert_eq!(declared.len(), fields.len());
                        for (field, value) in declared.iter().zip(fields) {
                            if let Some(value) = value {
                                round_trip(plan, &field.ty, value);
                            }
                        }
                    }
                    What::Deleted(_) | What::Channel { .. } => {}
                }
            }
        }
    }
}

/// A row's values are those that are read back from the texts that they are stored as.
fn is_stored(plan: &Plan, row: &Row) {
    let entity = &plan.entities[row.id.entity as usize];
    assert_eq!(entity.fields.len(), row.fields.len());
    for (field, value) in entity.fields.iter().zip(&row.fields) {
        if let (Some(value), true) = (value, field.ty != Type::Consent) {
            round_trip(plan, &field.ty, value);
        }
    }
}

fn round_trip(plan: &Plan, ty: &Type, value: &jalon::engine::Value) {
    let Some(text) = wire::to_text(plan, ty, value) else {
        panic!("{value:?} of {ty:?} has no text");
    };
    if text.is_empty() {
        return;
    }
    let back = wire::from_text(plan, ty, &text);
    assert_eq!(back.as_ref(), Ok(&Some(value.clone())), "{text}");
}

/// Loads and replays over a new store in memory, and gives the outbox as it is read, or the error
/// that is said. A plan may be stopped by an error, never by a panic.
pub fn fed(plan: &Plan, feed: &Feed<'_>) -> Result<Vec<String>, String> {
    let shared = Arc::new(plan.clone());
    let path = Path::new(":memory:");
    let said = |error: &dyn std::error::Error| error.to_string();
    let mut store =
        SqliteStore::open(path, &shared, outbox::line_of).map_err(|error| said(&error))?;
    let entity = |name: &str| plan.entities.iter().position(|entity| entity.name == name);
    let mut report = Vec::new();
    for (name, data) in [("Member", feed.members), ("Gift", feed.gifts)] {
        let at = entity(name).and_then(|at| u32::try_from(at).ok());
        let Some(loader) = at.and_then(|at| Loader::new(plan, &mut store, at)) else {
            continue;
        };
        let loaded = if name == "Member" {
            loader.csv(data)
        } else {
            loader.ndjson(data)
        };
        match loaded {
            Ok(loaded) => {
                for (_, reason) in &loaded.bad {
                    assert!(!reason.is_empty());
                }
                report.push(format!("{loaded:?}"));
            }
            // Then the store must not be kept.
            Err(error @ (LoadError::Columns(_) | LoadError::Read(_) | LoadError::Store(_))) => {
                return Err(said(&error));
            }
        }
    }
    let program = Program::link(plan.clone());
    let instant = |text: &str| text.parse::<Timestamp>().unwrap();
    let span = Span {
        from: Some(instant("2026-02-01T18:00:00Z")),
        until: Some(instant("2026-07-01T12:00:00Z")),
    };
    let played = |store| replay(&program, store, feed.events, span, &mut |_| {});
    let (mut store, replayed) = played(store).map_err(|error| said(&error))?;
    report.push(format!("{replayed:?}"));
    let sent = sent(plan, &mut store).map_err(|error| said(&error))?;
    let fingerprint = plan.fingerprint.as_bytes();
    let all = [fingerprint, feed.members, feed.gifts, feed.events].concat();
    if chosen(&all, 4) {
        // A replay that has ended adds nothing when it is run again.
        let (mut store, more) = played(store).map_err(|error| said(&error))?;
        assert_eq!((more.used, more.sent, more.refused), (0, 0, 0));
        assert_eq!(more.set_aside, replayed.set_aside);
        assert_eq!(self::sent(plan, &mut store).as_ref().ok(), Some(&sent));
    }
    report.extend(sent);
    Ok(report)
}

/// The outbox, each line as it is read: JSON, or what is wrong with it.
fn sent(plan: &Plan, store: &mut SqliteStore) -> Result<Vec<String>, StoreError> {
    let reader = Reader::new(plan);
    let mut lines = Vec::new();
    store.lines(|kept| {
        match reader.line(kept) {
            Ok(line) => {
                let line: serde_json::Value = serde_json::from_str(&line).unwrap();
                lines.push(line.to_string());
            }
            Err(what) => lines.push(what),
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(lines)
}
