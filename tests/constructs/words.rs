//! The closed lists of words that neither the grammar nor the plan's schema knows: regimes, what
//! channels report, the filters and tags of templates.

use crate::plans::plans;
use crate::{assert_covered, read, texts};
use jalon::model::channel_events;
use jalon::model::types::ChannelKind;
use jalon::model::words::REGIMES;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_regime_is_named() {
    let wanted = REGIMES.iter().map(|it| (*it).to_owned()).collect();
    let mut found = BTreeSet::new();
    for plan in plans() {
        for block in plan["consents"].as_array().unwrap() {
            for regime in block["under"].as_array().into_iter().flatten() {
                found.insert(regime.as_str().unwrap().to_owned());
            }
        }
    }
    assert_covered("regime", &wanted, &found, &[]);
}

/// Each event of each kind of channel is waited for, counted, or told by a recorded event.
#[test]
fn everything_that_channels_report_occurs() {
    let mut wanted = BTreeSet::new();
    for kind in ChannelKind::ALL {
        for event in channel_events::of(*kind) {
            wanted.insert(format!("{}.{}", kind.word(), event.name));
        }
    }
    let mut kinds = BTreeMap::new();
    let mut told = Vec::new();
    for plan in plans() {
        for channel in plan["channels"].as_array().unwrap() {
            let name = channel["name"].as_str().unwrap().to_owned();
            kinds.insert(name, channel["kind"].as_str().unwrap().to_owned());
        }
    }
    for text in texts("events.ndjson") {
        for line in text.lines() {
            let event: Value = serde_json::from_str(line).unwrap();
            told.push(event["type"].as_str().unwrap().to_owned());
        }
    }
    let code = texts(".jalon").concat();
    let mut found = BTreeSet::new();
    for (channel, kind) in &kinds {
        for name in &wanted {
            let Some(event) = name.strip_prefix(&format!("{kind}.")) else {
                continue;
            };
            let full = format!("{channel}.{event}");
            let in_code = code.match_indices(&full).any(|(at, _)| {
                let rest = code[at + full.len()..].chars().next();
                rest.is_none_or(|next| !next.is_alphanumeric() && next != '_')
            });
            if in_code || told.contains(&full) {
                found.insert(name.clone());
            }
        }
    }
    assert_covered("report of a channel", &wanted, &found, &[]);
}

/// The words between backticks in the first column of the table under a heading.
fn first_column(page: &str, heading: &str) -> Vec<String> {
    let section = page.split(heading).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|line| line.replace("\\|", "¦"));
    cells
        .map(|line| line.split('|').nth(1).unwrap().to_owned())
        .collect()
}

/// All that stands between `{{` and `}}`, and between `{%` and `%}`, in any example.
fn liquid() -> (String, String) {
    let mut all = texts(".jalon");
    for ending in [".mjml", ".txt"] {
        all.extend(texts(ending));
    }
    let all = all.concat();
    let between = |open: &str, close: &str| -> String {
        let parts = all.split(open).skip(1);
        parts
            .filter_map(|part| Some(part.split_once(close)?.0))
            .collect::<Vec<_>>()
            .join("\n")
    };
    (between("{{", "}}"), between("{%", "%}"))
}

#[test]
fn every_filter_occurs() {
    let page = read("docs/reference/templates.md");
    let mut wanted = BTreeSet::new();
    for cell in first_column(&page, "\n## Filters\n") {
        for part in cell.split('`').skip(1).step_by(2) {
            wanted.insert(part.split(':').next().unwrap().trim().to_owned());
        }
    }
    let (outputs, _) = liquid();
    let filters = outputs.split('|').skip(1).filter_map(|part| {
        let word = part
            .trim_start()
            .split(|c: char| !c.is_alphanumeric() && c != '_');
        word.into_iter().next()
    });
    let found = filters.map(str::to_owned).collect();
    assert_covered("filter", &wanted, &found, &[]);
}

#[test]
fn every_tag_occurs() {
    let page = read("docs/reference/templates.md");
    let mut wanted = BTreeSet::new();
    for cell in first_column(&page, "\n## Tags\n") {
        for part in cell.split("{%").skip(1) {
            wanted.insert(part.trim().split([' ', '%']).next().unwrap().to_owned());
        }
    }
    let (_, tags) = liquid();
    let words = tags.lines().filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim();
        tag.split(' ').next()
    });
    let found = words.map(str::to_owned).collect();
    assert_covered("tag", &wanted, &found, &[]);
}
