//! The objects of SARIF 2.1.0 that Jalon writes, with their fields in the order of writing.

use serde::Serialize;

/// `sarifLog`
#[derive(Debug, Serialize)]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run<'a>; 1],
}

/// `run`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run<'a> {
    pub tool: Tool<'a>,
    pub invocations: [Invocation; 1],
    pub original_uri_base_ids: BaseIds,
    /// What columns count in.
    pub column_kind: &'static str,
    pub results: Vec<SarifResult>,
}

/// `tool`
#[derive(Debug, Serialize)]
pub(super) struct Tool<'a> {
    pub driver: Driver<'a>,
}

/// `toolComponent`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'a> {
    pub name: &'static str,
    pub full_name: &'static str,
    pub version: &'static str,
    pub semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub information_uri: Option<&'a str>,
    /// The codes that results have, ordered by id.
    pub rules: Vec<Rule>,
}

/// `reportingDescriptor`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub id: &'static str,
    pub name: &'static str,
    pub short_description: Message,
    pub full_description: Message,
    pub default_configuration: Configuration,
    pub help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_uri: Option<String>,
    pub properties: RuleProperties,
}

/// `reportingConfiguration`
#[derive(Debug, Serialize)]
pub(super) struct Configuration {
    pub enabled: bool,
    pub level: &'static str,
}

/// `multiformatMessageString`
#[derive(Debug, Serialize)]
pub(super) struct Help {
    pub text: &'static str,
    pub markdown: &'static str,
}

/// What GitHub reads of a rule's property bag.
#[derive(Debug, Serialize)]
pub(super) struct RuleProperties {
    #[serde(rename = "problem.severity")]
    pub severity: &'static str,
    pub tags: [&'static str; 1],
}

/// `invocation`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub execution_successful: bool,
    pub exit_code: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_execution_notifications: Vec<Notification>,
}

/// `notification`
#[derive(Debug, Serialize)]
pub(super) struct Notification {
    pub level: &'static str,
    pub message: Message,
}

/// The one entry of `originalUriBaseIds`. It has no URI: where the repository lies on the machine
/// that checked it is nobody's business, and would make equal runs differ.
#[derive(Debug, Serialize)]
pub(super) struct BaseIds {
    #[serde(rename = "SRCROOT")]
    pub root: Described,
}

#[derive(Debug, Serialize)]
pub(super) struct Described {
    pub description: Message,
}

/// `message`
#[derive(Debug, Serialize)]
pub(super) struct Message {
    pub text: String,
}

/// `result`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult {
    pub rule_id: &'static str,
    pub rule_index: usize,
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location>,
    pub partial_fingerprints: PartialFingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<SarifFix>,
}

/// What stays when a finding moves to another line.
#[derive(Debug, Serialize)]
pub(super) struct PartialFingerprints {
    /// What GitHub tells findings of a file apart by.
    #[serde(rename = "primaryLocationLineHash")]
    pub line: String,
    /// The code, the message and the text of the line.
    #[serde(rename = "jalonFinding/v1")]
    pub finding: String,
}

/// `location`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    pub physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// `physicalLocation`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub artifact_location: ArtifactLocation,
    pub region: Region,
}

/// `artifactLocation`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_base_id: Option<&'static str>,
}

/// `region`: lines and columns count from 1, the end is after the last character.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub start_line: u32,
    pub start_column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// `fix`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifFix {
    pub description: Message,
    pub artifact_changes: Vec<ArtifactChange>,
    pub properties: FixProperties,
}

/// How sure a fix is: `safe` or `unsafe`.
#[derive(Debug, Serialize)]
pub(super) struct FixProperties {
    pub safety: &'static str,
}

/// `artifactChange`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactChange {
    pub artifact_location: ArtifactLocation,
    pub replacements: Vec<Replacement>,
}

/// `replacement`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Replacement {
    pub deleted_region: Region,
    pub inserted_content: Content,
}

/// `artifactContent`
#[derive(Debug, Serialize)]
pub(super) struct Content {
    pub text: String,
}
