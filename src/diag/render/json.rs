//! Findings for programs. The schema is published as `docs/reference/diagnostics.schema.json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::shown_path;
use crate::diag::{Edit, Finding, Fix, Label, Level, Safety};
use crate::source::{LineColumn, Place, Sources};

/// What `--format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Findings of Jalon")]
pub struct Output {
    /// The version of this format. It grows when a field is removed or changes its meaning; new
    /// fields and new codes do not change it.
    format_version: u32,
    /// Every finding, ordered by path, then by place.
    findings: Vec<JsonFinding>,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Finding")]
struct JsonFinding {
    /// A letter for the stage and three digits: `S001`. It never changes its meaning.
    code: String,
    /// The name of the code, as `jalon explain` and `[lints]` take it: `unclosed-block`.
    name: String,
    /// How serious it is in this project.
    level: JsonLevel,
    /// One sentence without a full stop.
    message: String,
    /// What to do about it.
    help: Option<String>,
    /// The main place.
    primary: JsonLabel,
    /// The other places that matter, which may lie in other files.
    others: Vec<JsonLabel>,
    /// The change that does what the help says, where a program can make it.
    fix: Option<JsonFix>,
}

/// A change of text, all of it or nothing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Fix")]
struct JsonFix {
    /// What it does, in the imperative.
    title: String,
    /// How sure it is that this is what was meant.
    safety: JsonSafety,
    /// The replacements. They do not overlap, and count in the text as it is before any of them.
    edits: Vec<JsonEdit>,
}

/// How sure it is that a fix is what was meant.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Safety")]
enum JsonSafety {
    /// There is only one thing that can have been meant: `jalon check --fix` makes the change.
    Safe,
    /// It chooses for the author: made only under `--unsafe-fixes`.
    Unsafe,
}

/// A replacement of the text between two positions.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Edit")]
struct JsonEdit {
    /// The file, as in a label.
    path: String,
    /// Where what is replaced starts.
    start: JsonPosition,
    /// Where it ends; at `start` if nothing is replaced.
    end: JsonPosition,
    /// What stands there afterwards.
    text: String,
}

/// A level.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Level")]
enum JsonLevel {
    /// The project does not pass.
    Error,
    /// An error under `--deny-warnings`.
    Warning,
    /// For information.
    Note,
}

/// A place with a few words about it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Label")]
struct JsonLabel {
    /// The file, relative to where the command was run, with `/` between folders.
    path: String,
    /// Where the place starts.
    start: JsonPosition,
    /// Where it ends; the character there does not belong to it.
    end: JsonPosition,
    /// What is there; may be empty.
    text: String,
}

/// A position in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Position")]
struct JsonPosition {
    /// Bytes of UTF-8 before it in the file, a byte order mark left out.
    offset: u32,
    /// The line, counted from 1.
    line: u32,
    /// The column, counted from 1, in characters (Unicode scalar values).
    column: u32,
}

/// The version of the format that [`json`] prints.
const FORMAT_VERSION: u32 = 1;

/// All findings as one JSON document, with a line feed at its end.
///
/// # Errors
/// None in practice: every value here has a form in JSON.
pub fn json(findings: &[Finding], sources: &Sources) -> Result<String, serde_json::Error> {
    let output = Output {
        format_version: FORMAT_VERSION,
        findings: findings.iter().map(|f| finding(f, sources)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&output)?;
    text.push('\n');
    Ok(text)
}

/// The JSON Schema of [`Output`], with a line feed at its end.
///
/// # Errors
/// None in practice: a schema has a form in JSON.
pub fn schema() -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Output))?;
    text.push('\n');
    Ok(text)
}

fn finding(finding: &Finding, sources: &Sources) -> JsonFinding {
    let diagnostic = &finding.diagnostic;
    JsonFinding {
        code: diagnostic.code.id.to_owned(),
        name: diagnostic.code.name.to_owned(),
        level: match finding.level {
            Level::Error => JsonLevel::Error,
            Level::Warn => JsonLevel::Warning,
            Level::Note | Level::Allow => JsonLevel::Note,
        },
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        primary: label(&diagnostic.primary, sources),
        others: diagnostic
            .others
            .iter()
            .map(|other| label(other, sources))
            .collect(),
        fix: diagnostic.fix.as_deref().map(|it| fix(it, sources)),
    }
}

fn fix(fix: &Fix, sources: &Sources) -> JsonFix {
    let edit = |edit: &Edit| {
        let place = edit.place;
        JsonEdit {
            path: shown_path(sources.path(place.file)),
            start: position(sources, place, place.span.start),
            end: position(sources, place, place.span.end),
            text: edit.text.clone(),
        }
    };
    JsonFix {
        title: fix.title.clone(),
        safety: match fix.safety {
            Safety::Safe => JsonSafety::Safe,
            Safety::Unsafe => JsonSafety::Unsafe,
        },
        edits: fix.edits.iter().map(edit).collect(),
    }
}

fn label(label: &Label, sources: &Sources) -> JsonLabel {
    let Place { file, span } = label.place;
    JsonLabel {
        path: shown_path(sources.path(file)),
        start: position(sources, label.place, span.start),
        end: position(sources, label.place, span.end),
        text: label.text.clone(),
    }
}

fn position(sources: &Sources, place: Place, offset: u32) -> JsonPosition {
    let LineColumn { line, column } = sources
        .get(place.file)
        .map_or(LineColumn { line: 1, column: 1 }, |file| {
            file.locate(offset)
        });
    JsonPosition {
        offset,
        line,
        column,
    }
}
