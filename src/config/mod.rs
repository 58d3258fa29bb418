//! `jalon.toml`: what a project is called, where its files are, how strict its checks are.
//!
//! Every mistake in the file is reported at its place, all at once; what is wrong keeps its
//! default, so that the rest of the project can still be checked.

mod duration;
mod reader;

use indexmap::IndexMap;

use crate::diag::codes::config as codes;
use crate::diag::{Diagnostic, Diagnostics, Level, Levels, codes as registry, did_you_mean};
use crate::source::{FileId, Place, Span};
use reader::Reader;

/// The name of the file that makes a folder a project.
pub const FILE_NAME: &str = "jalon.toml";

/// How long an event may wait for its row when `late_rows` is left out: one hour, in seconds.
const LATE_ROWS: u64 = 3600;

/// A value and where it stands in `jalon.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}

/// What `jalon.toml` says.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The file itself; `None` when files are checked without a project.
    pub file: Option<FileId>,
    /// The project's name; empty if it is missing, which is reported.
    pub name: String,
    /// The postal address that `{{ sender_address }}` prints.
    pub sender_address: Option<String>,
    /// Where `{{ unsubscribe }}` leads; starts with `https://` or `http://`.
    pub unsubscribe_url: Option<String>,
    /// Folders and files with the source, relative to the project; empty means the whole folder.
    pub sources: Vec<Located<String>>,
    /// The folder of the template files, relative to the project.
    pub templates: Option<Located<String>>,
    /// How long an event that refers to a row not loaded yet is held, in seconds.
    pub late_rows: u64,
    /// The levels of `[lints]`.
    pub levels: Levels,
    /// The platforms that the project must also fit, by name.
    pub targets: IndexMap<String, Target>,
    /// Whether something in the file is wrong: what it seems to lack may be there.
    pub is_wrong: bool,
}

/// One `[targets.NAME]`.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where its name stands.
    pub place: Place,
    /// A file with the platform's ids for the project's own names.
    pub bindings: Option<Located<String>>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            file: None,
            name: String::new(),
            sender_address: None,
            unsubscribe_url: None,
            sources: Vec::new(),
            templates: None,
            late_rows: LATE_ROWS,
            levels: Levels::default(),
            targets: IndexMap::new(),
            is_wrong: false,
        }
    }
}

/// Reads the text of a `jalon.toml`. A manifest is always made.
#[must_use]
pub fn parse(file: FileId, text: &str) -> (Manifest, Diagnostics) {
    let mut manifest = Manifest {
        file: Some(file),
        ..Manifest::default()
    };
    let mut reader = Reader::new(file);
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    for error in errors {
        reader.invalid_toml(&error);
    }
    // A file that is not TOML is reported as that, and not also as what could be read of it.
    if !reader.diagnostics.is_empty() {
        manifest.is_wrong = true;
        return (manifest, reader.diagnostics);
    }
    if headless(table.get_ref()) {
        read_project(&mut reader, &mut manifest, table.get_ref());
        reader
            .diagnostics
            .retain(|found| found.code != &codes::UNKNOWN_SETTING);
        let place = Span::at(0).in_file(file);
        let help = "write `[project]` on a line above the first key";
        reader.diagnostics.push(
            Diagnostic::new(
                &codes::UNKNOWN_SETTING,
                place,
                "the keys of the project stand below no `[project]`",
            )
            .help(help),
        );
        manifest.is_wrong = true;
        return (manifest, reader.diagnostics);
    }
    reader.known_keys(table.get_ref(), "", &["project", "lints", "targets"]);

    let project = table.get_ref().get("project");
    if let Some(project) = project.and_then(|value| reader.table(value, "project")) {
        read_project(&mut reader, &mut manifest, project);
    }
    if manifest.name.is_empty() && reader.diagnostics.is_empty() {
        let place = project.map_or(Span::at(0), |value| reader::span(&value.span()));
        reader.diagnostics.push(
            Diagnostic::new(
                &codes::NAMELESS_PROJECT,
                place.in_file(file),
                "the project has no name",
            )
            .help("write `name = \"my-project\"` under `[project]` in jalon.toml"),
        );
    }
    if let Some(lints) = table.get_ref().get("lints")
        && let Some(lints) = reader.table(lints, "lints")
    {
        read_lints(&mut reader, &mut manifest.levels, lints);
    }
    if let Some(targets) = table.get_ref().get("targets")
        && let Some(targets) = reader.table(targets, "targets")
    {
        read_targets(&mut reader, &mut manifest.targets, targets);
    }
    manifest.is_wrong = !reader.diagnostics.is_empty();
    (manifest, reader.diagnostics)
}

/// The keys of `[project]`.
const PROJECT_KEYS: [&str; 6] = [
    "name",
    "sender_address",
    "unsubscribe_url",
    "sources",
    "templates",
    "late_rows",
];

/// Whether the keys of a project stand at the top of the file, and no `[project]` does.
fn headless(table: &toml::de::DeTable<'_>) -> bool {
    !table.contains_key("project")
        && table
            .keys()
            .any(|key| PROJECT_KEYS.contains(&key.get_ref().as_ref()))
}

fn read_project(reader: &mut Reader, manifest: &mut Manifest, table: &toml::de::DeTable<'_>) {
    reader.known_keys(table, "project", &PROJECT_KEYS);
    if let Some(name) = reader.text(table, "name") {
        manifest.name = name.value;
    }
    let sender_address = reader.text(table, "sender_address");
    manifest.sender_address = sender_address.map(|address| address.value);
    let unsubscribe_url = reader.text(table, "unsubscribe_url").filter(|url| {
        let is_url = url.value.starts_with("https://") || url.value.starts_with("http://");
        if !is_url {
            reader.diagnostics.push(
                Diagnostic::new(
                    &codes::WRONG_SETTING,
                    url.place,
                    format!(
                        "`unsubscribe_url` is `{}`, which is not a web address",
                        url.value
                    ),
                )
                .help("write the full address of the page, starting with `https://`"),
            );
        }
        is_url
    });
    manifest.unsubscribe_url = unsubscribe_url.map(|url| url.value);
    manifest.sources = reader.texts(table, "sources");
    manifest.templates = reader.text(table, "templates");
    if let Some(late) = reader.text(table, "late_rows") {
        match duration::parse(&late.value) {
            Ok(seconds) => manifest.late_rows = seconds,
            Err(reason) => reader.diagnostics.push(
                Diagnostic::new(
                    &codes::WRONG_DURATION,
                    late.place,
                    format!("`late_rows` is `{}`, {reason}", late.value),
                )
                .help("write a number and a unit, like \"1 hour\", \"30 minutes\" or \"2 days\""),
            ),
        }
    }
}

/// Groups first, from wide to narrow: a code's own name counts, wherever it is written.
fn read_lints(reader: &mut Reader, levels: &mut Levels, table: &toml::de::DeTable<'_>) {
    let groups = registry::lint::groups();
    for (group, group_codes) in &groups {
        if let Some((_, value)) = table.iter().find(|(key, _)| key.get_ref() == group)
            && let Some(level) = reader.level(value, group)
        {
            group_codes.iter().for_each(|code| levels.set(code, level));
        }
    }
    for (key, value) in table {
        let place = reader.place(&key.span());
        let name = key.get_ref().as_ref();
        if groups.iter().any(|(group, _)| *group == name) {
            continue;
        }
        let Some(code) = registry::find(name) else {
            let groups = groups.iter().map(|(group, _)| *group);
            reader.diagnostics.push(unknown(name, place, groups));
            continue;
        };
        let Some(level) = reader.level(value, name) else {
            continue;
        };
        if code.is_hard() && level != Level::Error {
            reader.diagnostics.push(
                Diagnostic::new(
                    &codes::LOWERED_ERROR,
                    place,
                    format!("`{}` is always an error", code.name),
                )
                .label("its level cannot be lowered")
                .help(format!(
                    "remove this line; `jalon explain {}` says what to write instead",
                    code.name
                )),
            );
            continue;
        }
        levels.set(code, level);
    }
}

/// The finding for a word that is not the name of a code, in an `allow` comment.
#[must_use]
pub fn unknown_code(name: &str, place: Place) -> Diagnostic {
    unknown(name, place, [])
}

/// The finding for a word that is neither the name of a code nor one of `others`.
fn unknown(name: &str, place: Place, others: impl IntoIterator<Item = &'static str>) -> Diagnostic {
    let known = registry::all().map(|code| code.name);
    let help = did_you_mean(name, known.chain(others))
        .unwrap_or_else(|| "run `jalon explain` for the list of names".to_owned());
    Diagnostic::new(
        &codes::UNKNOWN_CODE,
        place,
        format!("there is no diagnostic called `{name}`"),
    )
    .help(help)
}

fn read_targets(
    reader: &mut Reader,
    targets: &mut IndexMap<String, Target>,
    table: &toml::de::DeTable<'_>,
) {
    for (key, value) in table {
        let name = key.get_ref().to_string();
        let Some(target) = reader.table(value, &format!("targets.{name}")) else {
            continue;
        };
        reader.known_keys(target, &format!("targets.{name}"), &["bindings"]);
        let bindings = reader.text(target, "bindings");
        let place = reader.place(&key.span());
        targets.insert(name, Target { place, bindings });
    }
    targets.sort_unstable_keys();
}

#[cfg(test)]
mod tests;
