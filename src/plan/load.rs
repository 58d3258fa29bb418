//! Reading a plan: nothing of it is trusted before all of it is checked.

use super::{FORMAT_VERSION, Plan, fingerprint, validate};
use crate::diag::codes::run as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use serde::Deserialize;

/// The one part of a plan whose form never changes.
#[derive(Deserialize)]
struct Version {
    format_version: Option<serde_json::Value>,
}

/// Reads a plan from JSON text.
///
/// On success every position in the plan leads somewhere, every frame is large enough for its
/// expressions, and the fingerprint is that of the content.
///
/// # Errors
/// What is wrong, each finding at its place in the text as far as that is known:
/// `unreadable-plan`, `unknown-plan-version`, `tampered-plan`, `invalid-plan`.
pub fn load(file: FileId, text: &str) -> Result<Plan, Diagnostics> {
    let whole = Span::at(0).in_file(file);
    let refuse = |diagnostic: Diagnostic| {
        let mut found = Diagnostics::default();
        found.push(diagnostic);
        Err(found)
    };
    let version: Version = match serde_json::from_str(text) {
        Ok(version) => version,
        Err(error) => return refuse(unreadable(file, text, &error)),
    };
    let found = match version.format_version {
        Some(value) if value.as_u64() == Some(u64::from(FORMAT_VERSION)) => None,
        Some(value) => Some(format!("this plan has format version {value}")),
        None => Some("this JSON has no `format_version`: it is not a plan".to_owned()),
    };
    if let Some(message) = found {
        let help = format!(
            "this program reads version {FORMAT_VERSION}: write the plan again with `jalon plan`"
        );
        return refuse(Diagnostic::new(&codes::UNKNOWN_PLAN_VERSION, whole, message).help(help));
    }
    let plan: Plan = match serde_json::from_str(text) {
        Ok(plan) => plan,
        Err(error) => return refuse(unreadable(file, text, &error)),
    };
    let digest = fingerprint(&plan);
    if plan.fingerprint != digest {
        return refuse(
            Diagnostic::new(
                &codes::TAMPERED_PLAN,
                whole,
                "the plan is not what its fingerprint says: it was changed after it was written",
            )
            .label(format!("says `{}`, is `{digest}`", plan.fingerprint))
            .help("change the `.jalon` sources and write the plan again with `jalon plan`"),
        );
    }
    let faults = validate::faults(&plan);
    if faults.is_empty() {
        return Ok(plan);
    }
    let mut found = Diagnostics::default();
    for fault in faults {
        let message = format!("{}: {}", fault.part, fault.what);
        found.push(
            Diagnostic::new(&codes::INVALID_PLAN, whole, message)
                .help("write the plan again with `jalon plan`"),
        );
    }
    Err(found)
}

/// A text that is not JSON, or not of a plan's form, with its place.
fn unreadable(file: FileId, text: &str, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let mut offset = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let place = Span::at(u32::try_from(offset).unwrap_or(u32::MAX)).in_file(file);
    let mut message = error.to_string();
    if let Some(at) = message.rfind(" at line ") {
        message.truncate(at);
    }
    Diagnostic::new(
        &codes::UNREADABLE_PLAN,
        place,
        format!("this is not a plan that can be read: {message}"),
    )
    .help("write the plan again with `jalon plan`")
}
