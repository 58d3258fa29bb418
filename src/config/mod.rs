//! `jalon.toml`.

use std::collections::BTreeMap;

/// What `jalon.toml` says, with defaults filled in.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// `[project] name`
    pub name: String,
    /// What `{{ sender_address }}` prints.
    pub sender_address: Option<String>,
    /// What `{{ unsubscribe }}` leads to, without the parameter.
    pub unsubscribe_url: Option<String>,
    /// Folders or files below the project; empty: the whole folder.
    pub sources: Vec<String>,
    /// The folder of templates below the project.
    pub templates: Option<String>,
    /// How long an event waits for a row it refers to, in seconds; by default 3,600.
    pub late_rows: u64,
    /// `[lints]`: name to level, as written.
    pub lints: BTreeMap<String, String>,
}
