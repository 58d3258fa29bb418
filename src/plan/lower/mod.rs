//! Lowering: from the checked project to the plan.
//!
//! It needs a model without errors. What it cannot lower is then a defect of Jalon, reported as
//! [`Unlowered`] and never as a wrong plan.

mod claims;
mod expr;
mod journey;
mod policy;
mod schema;

use super::{FORMAT_VERSION, Plan, Project, fingerprint};
use crate::config::Manifest;
use crate::model::hir::Model;
use crate::source::Span;
use smol_str::SmolStr;

/// What kept a model from being lowered: a part that the check should have refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{declaration}` passed the check but cannot be planned: {what}")]
pub struct Unlowered {
    /// The declaration.
    pub declaration: SmolStr,
    /// What is missing or wrong in it.
    pub what: String,
    /// Where in the file of the declaration.
    pub span: Span,
}

/// Lowers a whole project.
///
/// The same project gives the same plan, whatever its layout, comments and order of files.
///
/// # Errors
/// The first part that cannot be lowered.
pub fn lower(model: &Model, manifest: &Manifest) -> Result<Plan, Unlowered> {
    let mut plan = Plan {
        format_version: FORMAT_VERSION,
        fingerprint: String::new(),
        project: Project {
            name: manifest.name.clone(),
            sender_address: manifest.sender_address.clone(),
            unsubscribe_url: manifest.unsubscribe_url.clone(),
            late_rows: manifest.late_rows,
        },
        enums: model.enums.iter().map(schema::enumeration).collect(),
        entities: each(&model.entities, schema::entity)?,
        events: each(&model.events, schema::event)?,
        settings: each(&model.settings, schema::setting)?,
        calendars: model.calendars.iter().map(schema::calendar).collect(),
        channels: each(&model.channels, policy::channel)?,
        purposes: model.purposes.iter().map(policy::purpose).collect(),
        consents: each(&model.consents, policy::consent)?,
        holdouts: model.holdouts.iter().map(policy::holdout).collect(),
        segments: each(&model.segments, policy::derived)?,
        measures: each(&model.measures, policy::derived)?,
        messages: each(&model.messages, |message| policy::message(model, message))?,
        actions: each(&model.actions, policy::action)?,
        audiences: model.audiences.iter().map(policy::audience).collect(),
        journeys: each(&model.journeys, |journey| journey::journey(model, journey))?,
        promises: claims::promises(model)?,
        tests: claims::tests(model)?,
    };
    plan.fingerprint = fingerprint(&plan);
    Ok(plan)
}

fn each<T, U>(
    items: &[T],
    lower: impl Fn(&T) -> Result<U, Unlowered>,
) -> Result<Vec<U>, Unlowered> {
    items.iter().map(lower).collect()
}
