//! What a journey listens to and watches, worked out once.

use super::Reads;
use crate::plan::{Arm, Enter, Expr, Journey, Leave, Plan, StepKind, Trigger};

/// The dependencies of a journey.
#[derive(Debug)]
pub(in crate::engine) struct JourneyLinks {
    /// Its entries that are not events.
    pub entries: Vec<EntryLink>,
    /// What its `leave when` conditions read together.
    pub leave: Reads,
    /// What the watched conditions of each step read, by step.
    pub steps: Vec<Reads>,
}

/// An entry that is watched.
#[derive(Debug)]
pub(in crate::engine) struct EntryLink {
    /// Position among the journey's entries.
    pub enter: u32,
    /// What decides when it happens: the condition, or the date and time.
    pub reads: Reads,
    /// The entity whose rows have the date.
    pub entity: Option<u32>,
}

impl JourneyLinks {
    pub(super) fn of(plan: &Plan, journey: &Journey) -> Self {
        let profile = journey.profile;
        let reads = |exprs: &[&Expr]| {
            let mut reads = Reads::default();
            for expr in exprs {
                reads.add(plan, profile, expr);
            }
            reads
        };
        let entries = (0..)
            .zip(&journey.enter)
            .filter_map(|(enter, clause)| {
                let (mut reads, entity, moves) = match clause {
                    Enter::On { .. } => return None,
                    Enter::When { when, .. } => (reads(&[when]), None, false),
                    Enter::Every { at, .. } => (reads(&[at]), None, true),
                    Enter::Yearly { date, at, .. } => (reads(&[date, at]), None, true),
                    Enter::Dated { date, row, at, .. } => {
                        let row = row.as_ref();
                        let entity = row.map(|row| row.entity);
                        let person = row.map(|row| &row.person);
                        let exprs: Vec<&Expr> = [date, at].into_iter().chain(person).collect();
                        (reads(&exprs), entity, true)
                    }
                };
                if moves {
                    reads.add_zone(plan, profile);
                }
                Some(EntryLink {
                    enter,
                    reads,
                    entity,
                })
            })
            .collect();
        let mut leave = Reads::default();
        for clause in &journey.leave {
            if let Leave::When { when, .. } = clause {
                leave.add(plan, profile, when);
            }
        }
        let steps = journey
            .steps
            .iter()
            .map(|step| match &step.kind {
                StepKind::Send(_) => {
                    let mut reads = Reads::default();
                    reads.add_gate(plan, profile);
                    reads
                }
                StepKind::WaitUntil { moment, at, .. } => {
                    let mut reads = Reads::of(plan, profile, moment);
                    if let Some(at) = at {
                        reads.add(plan, profile, at);
                    }
                    reads.add_zone(plan, profile);
                    reads
                }
                StepKind::WaitUpTo { arms, .. } => {
                    let mut reads = Reads::default();
                    for arm in arms {
                        if let Arm::When { when, .. } = arm {
                            reads.add(plan, profile, when);
                        }
                    }
                    reads
                }
                _ => Reads::default(),
            })
            .collect();
        Self {
            entries,
            leave,
            steps,
        }
    }
}

/// What ends a rest or a stay, or is a goal.
pub(super) fn triggers(journey: &Journey) -> Vec<&Trigger> {
    let mut triggers: Vec<&Trigger> = Vec::new();
    for leave in &journey.leave {
        if let Leave::On(on) = leave {
            triggers.push(&on.trigger);
        }
    }
    triggers.extend(journey.goals.iter().map(|goal| &goal.on.trigger));
    for step in &journey.steps {
        if let StepKind::WaitUpTo { arms, .. } = &step.kind {
            for arm in arms {
                if let Arm::On { on, .. } = arm {
                    triggers.push(&on.trigger);
                }
            }
        }
    }
    triggers
}
