//! The house keeps its order: who imports whom, how long a file may be, where pest is named.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

use std::path::{Path, PathBuf};

/// The rooms, low to high, with the rooms that each may import besides itself.
///
/// `plan::lower` is the one part of `plan` that reads the model; after `plan`, nothing does.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("standards", &[]),
    ("diag", &[]),
    ("config", &["diag"]),
    ("syntax", &["diag"]),
    ("template", &["diag", "config", "syntax"]),
    ("format", &["diag", "config", "syntax"]),
    ("model", &["diag", "config", "syntax", "template", "format"]),
    ("measure", &["diag", "config", "template", "model"]),
    ("inventory", &["diag", "syntax", "model"]),
    (
        "policy",
        &["diag", "config", "syntax", "template", "format", "model"],
    ),
    (
        "flow",
        &[
            "diag", "config", "syntax", "template", "format", "model", "policy",
        ],
    ),
    ("plan", &["diag", "config"]),
    (
        "plan/lower",
        &[
            "diag", "config", "syntax", "template", "model", "policy", "flow", "plan",
        ],
    ),
    (
        "lint",
        &["diag", "config", "syntax", "template", "model", "measure"],
    ),
    ("engine", &["diag", "config", "plan"]),
    ("store", &["diag", "config", "plan", "engine"]),
    (
        "run",
        &["diag", "config", "template", "plan", "engine", "store"],
    ),
    (
        "pipeline",
        &[
            "diag", "config", "syntax", "template", "model", "policy", "flow", "plan", "lint",
        ],
    ),
    ("fix", &["diag", "format", "pipeline"]),
    (
        "cli",
        &[
            "diag",
            "config",
            "syntax",
            "format",
            "measure",
            "inventory",
            "plan",
            "engine",
            "store",
            "run",
            "pipeline",
            "fix",
        ],
    ),
];

/// The rooms below all others, which every room may import.
const GROUND: &[&str] = &["source", "standards"];

/// The longest file, in lines.
const LONGEST: usize = 600;

struct Source {
    /// `src/model/mod.rs`
    path: String,
    text: String,
}

impl Source {
    /// The room that the file belongs to; `None` for the files directly below `src`.
    fn room(&self) -> Option<(&'static str, &'static [&'static str])> {
        let inside = self.path.strip_prefix("src/")?;
        let folder = |room: &str| {
            inside
                .strip_prefix(room)
                .is_some_and(|rest| rest.starts_with(['/', '.']))
        };
        ROOMS
            .iter()
            .filter(|(room, _)| folder(room))
            .max_by_key(|(room, _)| room.len())
            .copied()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        vec![root.join("src"), root.join("tests"), root.join("benches")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let path = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The rooms that a line names after `crate::`, except in comments.
fn imported(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split([',', '}']).map(str::trim).collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String = name
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            rooms.push(name);
        }
    }
    rooms
}

#[test]
fn every_room_stands_in_the_table() {
    for source in sources()
        .iter()
        .filter(|source| source.path.starts_with("src/"))
    {
        let outside = matches!(source.path.as_str(), "src/main.rs" | "src/lib.rs");
        assert!(
            outside || source.room().is_some(),
            "{} is in a room that the table lacks",
            source.path
        );
    }
}

#[test]
fn rooms_import_lower_rooms_only() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((room, allowed)) = source.room() else {
            continue;
        };
        let own = room.split('/').next().unwrap();
        for (number, line) in source.text.lines().enumerate() {
            for name in imported(line) {
                let is_room = ROOMS.iter().any(|(room, _)| *room == name);
                let ground = GROUND.contains(&name.as_str());
                if is_room && name != own && !ground && !allowed.contains(&name.as_str()) {
                    wrong.push(format!(
                        "{}:{}: `{room}` imports `{name}`",
                        source.path,
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn pest_is_named_where_texts_are_parsed_only() {
    for source in sources()
        .iter()
        .filter(|source| source.path.starts_with("src/"))
    {
        let room = source.room().map_or("", |(room, _)| room);
        let names_pest = source.text.lines().any(|line| {
            let code = line.split("//").next().unwrap_or("");
            code.contains("pest::") || code.contains("pest_derive")
        });
        assert!(
            !names_pest || ["syntax", "template"].contains(&room),
            "{} names pest",
            source.path
        );
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > LONGEST {
            wrong.push(format!(
                "{} has {lines} lines; {LONGEST} is the most",
                source.path
            ));
        }
        if !source.text.starts_with("//!") {
            wrong.push(format!("{} does not start with a `//!` line", source.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// `ARCHITECTURE.md` shows the same table.
#[test]
fn the_page_shows_this_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let page = std::fs::read_to_string(path).unwrap();
    for (room, allowed) in ROOMS {
        let imports: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
        let row = format!("| `{room}` | {}", imports.join(", "));
        let row = format!("{} |", row.trim_end());
        assert!(page.lines().any(|line| line == row), "not there: {row}");
    }
}
