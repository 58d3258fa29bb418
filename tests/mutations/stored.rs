//! The same of what a runner reads: plans, rows and events with random mistakes in them.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jalon::engine::Program;
use jalon::pipeline::{self, Project};
use jalon::plan::{self, Plan};
use jalon::run::load::Loader;
use jalon::run::outbox::{self, Reader};
use jalon::run::replay::{Span, replay};
use jalon::source::FileId;
use jalon::store::{SqliteStore, StoreError};
use serde_json::Value;

use crate::mutate::{Dice, mutate};
use crate::{PATIENCE, attempt, number};

fn example() -> (Plan, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fondation");
    let checked = pipeline::check(Project::load(&folder).unwrap());
    let lowered = plan::lower(&checked.model, &checked.project.manifest).unwrap();
    let text = plan::to_json(&lowered);
    (lowered, text)
}

fn data(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fondation");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Rows, then events, over a new store; the outbox is read at the end. A plan may be stopped by an
/// error that is said, never by a panic.
fn run(plan: &Plan, members: &str, gifts: &str, events: &str) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir().unwrap();
    let shared = Arc::new(plan.clone());
    let mut store = SqliteStore::open(&folder.path().join("s.db"), &shared, outbox::line_of)?;
    let entity = |name: &str| plan.entities.iter().position(|entity| entity.name == name);
    if let Some(at) = entity("Member") {
        let _ = Loader::new(plan, &mut store, at as u32)
            .unwrap()
            .csv(members.as_bytes());
    }
    if let Some(at) = entity("Gift") {
        let _ = Loader::new(plan, &mut store, at as u32)
            .unwrap()
            .ndjson(gifts.as_bytes());
    }
    let program = Program::link(plan.clone());
    let span = Span {
        from: Some("2026-02-01T18:00:00Z".parse().unwrap()),
        until: Some("2026-07-01T12:00:00Z".parse().unwrap()),
    };
    let (mut store, _) = replay(&program, store, events.as_bytes(), span, &mut |_| {})?;
    let reader = Reader::new(plan);
    let mut wrong = Ok(());
    store.lines(|kept| {
        if let Err(what) = reader.line(kept) {
            wrong = Err(what);
        }
        Ok::<(), StoreError>(())
    })?;
    Ok(wrong?)
}

#[test]
fn mistakes_in_rows_and_events() {
    let (plan, _) = example();
    let files = ["data/members.csv", "data/gifts.ndjson", "events.ndjson"].map(data);
    let first = number("MUTATIONS_SEED", 1) << 32;
    let mut failed = 0;
    for seed in first..first + number("MUTATIONS", 300) / 10 {
        let mut dice = Dice::new(seed);
        let mut mutated = files.clone();
        let at = dice.below(files.len());
        for _ in 0..=dice.below(20) {
            mutated[at] = mutate(&mutated[at], &mut dice);
        }
        let held = attempt("rows and events", seed, &mutated[at], || {
            let started = Instant::now();
            let [members, gifts, events] = &mutated;
            run(&plan, members, gifts, events).unwrap();
            let took = started.elapsed();
            assert!(took < 4 * PATIENCE, "took {took:?}");
        });
        failed += u32::from(!held);
    }
    assert_eq!(failed, 0);
}

/// Changes one value somewhere below: another one of the document, or none.
fn disturb(value: &mut Value, dice: &mut Dice) {
    let strange = [
        Value::Null,
        Value::Bool(true),
        0.into(),
        1.into(),
        7.into(),
        99_999.into(),
        u32::MAX.into(),
        i64::MIN.into(),
        (-1).into(),
        "".into(),
        "x".into(),
        "2026-02-30".into(),
        Value::Array(Vec::new()),
    ];
    match value {
        Value::Object(fields) if !fields.is_empty() && dice.below(20) > 0 => {
            let key = fields.keys().nth(dice.below(fields.len())).unwrap().clone();
            if dice.below(60) == 0 {
                fields.remove(&key);
            } else {
                disturb(&mut fields[&key], dice);
            }
        }
        Value::Array(items) if !items.is_empty() && dice.below(20) > 0 => {
            let at = dice.below(items.len());
            match dice.below(60) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                2 => {
                    let with = dice.below(items.len());
                    items.swap(at, with);
                }
                _ => disturb(&mut items[at], dice),
            }
        }
        Value::Number(number) if dice.below(2) == 0 => {
            if let Some(old) = number.as_i64() {
                *value = (old.wrapping_add(dice.below(5) as i64 - 2)).into();
            }
        }
        other => *other = dice.pick(&strange).unwrap().clone(),
    }
}

/// A plan that was changed is refused. One that was changed and given the fingerprint of what it
/// says now is refused too, or it is a plan that runs.
#[test]
fn mistakes_in_plans() {
    let (plan, text) = example();
    let (members, gifts, events) = (
        data("data/members.csv"),
        data("data/gifts.ndjson"),
        data("events.ndjson"),
    );
    let whole: Value = serde_json::from_str(&text).unwrap();
    let first = number("MUTATIONS_SEED", 1) << 32;
    let mut failed = 0;
    for seed in first..first + number("MUTATIONS", 300) {
        let mut dice = Dice::new(seed);
        if dice.below(10) == 0 {
            let mutated = mutate(&text, &mut dice);
            let held = attempt("the text of a plan", seed, &mutated, || {
                if let Ok(loaded) = plan::load(FileId(0), &mutated) {
                    assert_eq!(plan::to_json(&loaded), text);
                }
            });
            failed += u32::from(!held);
            continue;
        }
        let mut mutated = whole.clone();
        disturb(&mut mutated, &mut dice);
        let kept = mutated.to_string();
        let held = attempt("a plan", seed, &kept, || {
            if let Ok(loaded) = plan::load(FileId(0), &kept) {
                assert_eq!(plan::to_json(&loaded), text);
            }
            let Ok(mut forged) = serde_json::from_str::<Plan>(&kept) else {
                return;
            };
            forged.fingerprint = plan::fingerprint(&forged);
            if let Ok(loaded) = plan::load(FileId(0), &plan::to_json(&forged)) {
                assert_eq!(loaded, forged);
                if loaded != plan {
                    let _ = run(&loaded, &members, &gifts, &events);
                }
            }
        });
        failed += u32::from(!held);
    }
    assert_eq!(failed, 0);
}
