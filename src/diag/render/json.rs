//! Findings for programs. The schema is published as `docs/reference/diagnostics.schema.json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::shown_path;
use crate::diag::{Finding, Label, Level};
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
