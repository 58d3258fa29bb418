//! The plan: a versioned, self-contained program in JSON.
//!
//! These are the only types of the wire format, and what the engine runs. Everything refers to
//! everything else by position in the lists of [`Plan`]; the lists are sorted by name, so the same
//! project gives the same bytes. A plan read from outside is only trusted after [`load`].

#![allow(
    missing_docs,
    reason = "fields that say what their name says are not repeated in prose"
)]

mod claims;
mod expr;
mod fingerprint;
mod journey;
mod load;
mod lower;
mod policy;
mod schema;
mod validate;
pub(crate) mod visit;

pub use claims::*;
pub use expr::*;
pub use fingerprint::fingerprint;
pub use journey::*;
pub use load::load;
pub use lower::{Unlowered, lower};
pub use policy::*;
pub use schema::*;
pub use validate::{Fault, faults};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the format that this program writes, and the only one that it reads.
pub const FORMAT_VERSION: u32 = 1;

/// A whole project, ready to run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the format: 1.
    pub format_version: u32,
    /// `sha256:` and 64 hexadecimal digits: the digest of this plan as compact JSON with an empty
    /// fingerprint. It depends on what the project says, not on its layout or comments.
    pub fingerprint: String,
    pub project: Project,
    pub enums: Vec<Enum>,
    /// Profiles and tables.
    pub entities: Vec<Entity>,
    pub events: Vec<Event>,
    pub settings: Vec<Setting>,
    pub calendars: Vec<Calendar>,
    pub channels: Vec<Channel>,
    pub purposes: Vec<Purpose>,
    pub consents: Vec<ConsentBlock>,
    pub holdouts: Vec<Holdout>,
    pub segments: Vec<Derived>,
    pub measures: Vec<Derived>,
    pub messages: Vec<Message>,
    pub actions: Vec<Action>,
    pub audiences: Vec<Audience>,
    pub journeys: Vec<Journey>,
    /// By title; two may have the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promise>,
    /// By title; two may have the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<Test>,
}

/// What `jalon.toml` says that matters at run time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe_url: Option<String>,
    /// How long an event is held for a row it refers to, in seconds.
    pub late_rows: u64,
}

/// The plan as it is written: JSON for people, two spaces, ending in a line break.
///
/// The same plan gives the same bytes.
#[must_use]
pub fn to_json(plan: &Plan) -> String {
    // Serialising to memory fails only for maps with keys that are not text; a plan has none.
    let mut text = serde_json::to_string_pretty(plan).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON Schema of the format, as it is published in `docs/reference/plan.schema.json`.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Plan);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
