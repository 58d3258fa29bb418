//! Which journeys use what the engine does not run yet.

use crate::plan::{Enter, Expr, Journey, Leave, Plan, SendChannel, StepKind, Type};
use smol_str::SmolStr;

/// A journey that does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inactive {
    /// Position in the plan.
    pub journey: u32,
    /// Its name.
    pub name: SmolStr,
    /// What it uses, in the words of the language: `split`, `latest wins`.
    pub what: Vec<&'static str>,
}

/// Every journey of a plan that cannot run yet, in the order of the plan.
pub(super) fn find(plan: &Plan) -> Vec<Inactive> {
    (0..)
        .zip(&plan.journeys)
        .filter_map(|(position, journey)| {
            let mut what = Vec::new();
            header(journey, &mut what);
            steps(plan, journey, &mut what);
            what.sort_unstable();
            what.dedup();
            (!what.is_empty()).then(|| Inactive {
                journey: position,
                name: journey.name.clone(),
                what,
            })
        })
        .collect()
}

fn header(journey: &Journey, what: &mut Vec<&'static str>) {
    for enter in &journey.enter {
        match enter {
            Enter::On { each: Some(_), .. } => what.push("for each"),
            Enter::When { held: Some(_), .. } => what.push("for D"),
            Enter::On { .. }
            | Enter::When { .. }
            | Enter::Every { .. }
            | Enter::Yearly { .. }
            | Enter::Dated { .. } => {}
        }
    }
    for leave in &journey.leave {
        if let Leave::When { held: Some(_), .. } = leave {
            what.push("for D");
        }
    }
    let clauses = [
        (
            journey.one_per.as_ref().is_some_and(|per| per.latest_wins),
            "latest wins",
        ),
        (journey.admit.is_some(), "admit"),
        (journey.budget.is_some(), "budget"),
        (journey.holdout.is_some(), "holdout"),
        (!journey.renamed.is_empty(), "renamed"),
        (!journey.removed.is_empty(), "removed"),
    ];
    what.extend(
        clauses
            .iter()
            .filter(|(used, _)| *used)
            .map(|(_, word)| *word),
    );
}

/// The channels that a path may lead to: those that the type of its field names, else any of the
/// profile's.
fn named_by(plan: &Plan, journey: &Journey, path: &Expr) -> Vec<u32> {
    if let Expr::Field { field, .. } = path
        && let Some(entity) = plan.entities.get(field.entity as usize)
        && let Some(field) = entity.fields.get(field.field as usize)
        && let Type::Channel(channels) = &field.ty
    {
        return channels.clone();
    }
    (0..)
        .zip(&plan.channels)
        .filter(|(_, channel)| channel.profile == journey.profile)
        .map(|(position, _)| position)
        .collect()
}

fn steps(plan: &Plan, journey: &Journey, what: &mut Vec<&'static str>) {
    for step in &journey.steps {
        match &step.kind {
            StepKind::Split(_) => what.push("split"),
            StepKind::Repeat { .. } => what.push("repeat"),
            StepKind::AddTo { .. } => what.push("add"),
            StepKind::RemoveFrom { .. } => what.push("remove"),
            StepKind::Do { .. } => what.push("do"),
            StepKind::Start { .. } => what.push("start"),
            StepKind::Send(send) => {
                for channel in send.by.iter().flatten() {
                    let channels: Vec<u32> = match channel {
                        SendChannel::Channel(channel) => vec![*channel],
                        SendChannel::Dynamic(path) => named_by(plan, journey, path),
                    };
                    for channel in channels {
                        let channel = plan.channels.get(channel as usize);
                        if channel.is_some_and(|channel| channel.lead.is_some()) {
                            what.push("lead");
                        }
                        if channel.is_some_and(|channel| channel.capacity.is_some()) {
                            what.push("capacity");
                        }
                    }
                }
                let held = plan
                    .holdouts
                    .iter()
                    .any(|holdout| holdout.purposes.contains(&send.purpose));
                if held {
                    what.push("holdout");
                }
            }
            StepKind::Wait { .. }
            | StepKind::WaitMoment { .. }
            | StepKind::WaitUntil { .. }
            | StepKind::WaitUpTo { .. }
            | StepKind::If { .. }
            | StepKind::Match { .. }
            | StepKind::Set { .. }
            | StepKind::Grant { .. }
            | StepKind::Withdraw { .. }
            | StepKind::Exit { .. } => {}
        }
    }
}
