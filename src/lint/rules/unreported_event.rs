//! `unreported-event`: something is waited for or asked that no channel of the send can report.

use crate::diag::codes::lint::UNREPORTED_EVENT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::channel_events;
use crate::model::hir::{
    ArmKind, ExprKind, Journey, Leave, Send, SendChannel, Source, StepKind, Trigger, Wait, visit,
};
use crate::model::ids::SendId;
use crate::model::types::{ChannelKind, Ty};
use crate::source::Span;

/// Looks at what a journey waits for and asks about its own sends.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let mut asked: Vec<(SendId, &'static str, Span)> = Vec::new();
    let mut sends: Vec<&Send> = Vec::new();
    let on = |trigger: &Trigger, span: Span| match trigger {
        Trigger::Send { send, event } => Some((*send, *event, span)),
        _ => None,
    };
    asked.extend(
        journey
            .leaves
            .iter()
            .filter_map(|(leave, span)| match leave {
                Leave::On(leave) => on(&leave.trigger, *span),
                Leave::When { .. } => None,
            }),
    );
    let goals = journey.goals.iter();
    asked.extend(goals.filter_map(|goal| on(&goal.on.trigger, goal.span)));
    visit::each_step(&journey.steps, &mut |step| {
        visit::of_step(step, &mut |expr| {
            visit::each_expr(expr, |expr| {
                if let ExprKind::Aggregate { rows, .. }
                | ExprKind::Pick { rows, .. }
                | ExprKind::Top { rows, .. } = &expr.kind
                    && let Source::SendEvents { send, event } = rows.source
                {
                    asked.push((send, event, rows.span));
                }
            });
        });
        match &step.kind {
            StepKind::Send(send) => sends.push(send),
            StepKind::Wait(wait) => {
                if let Wait::UpTo { arms, .. } = &**wait {
                    asked.extend(arms.iter().filter_map(|arm| match &arm.kind {
                        ArmKind::On(arm_on) => on(&arm_on.trigger, arm.span),
                        ArmKind::When(_) => None,
                    }));
                }
            }
            _ => {}
        }
    });
    for (id, event, span) in asked {
        let Some(send) = sends.iter().find(|send| send.id == Some(id)) else {
            continue;
        };
        let kinds = kinds(whole, send);
        let reports = |kind: &ChannelKind| channel_events::find(*kind, event).is_some();
        if kinds.is_empty() || kinds.iter().any(reports) {
            continue;
        }
        let label = journey
            .sends
            .get(id.index())
            .map_or("", |(label, _)| label.as_str());
        let mut known: Vec<String> = Vec::new();
        for found in kinds.iter().flat_map(|kind| channel_events::of(*kind)) {
            let word = format!("`{}`", found.name);
            if !known.contains(&word) {
                known.push(word);
            }
        }
        let file = journey.place.file;
        out.push(
            Diagnostic::new(
                &UNREPORTED_EVENT,
                span.in_file(file),
                format!("`{label}.{event}` never happens: no channel of this send reports it"),
            )
            .other(
                send.head.in_file(file),
                format!("reports {}", known.join(", ")),
            )
            .help(format!(
                "ask for one of {}, or send by a channel that reports `{event}`",
                known.join(", ")
            )),
        );
    }
}

/// The kinds of the channels that a send may use.
fn kinds(whole: &Whole<'_>, send: &Send) -> Vec<ChannelKind> {
    let mut ids = Vec::new();
    for channel in send.by.iter().flatten() {
        match channel {
            SendChannel::Channel(id) => ids.push(*id),
            SendChannel::Dynamic(path) => {
                if let Ty::Channel(among) = path.ty.known() {
                    ids.extend(among.iter().copied());
                }
            }
        }
    }
    let channels = ids
        .iter()
        .filter_map(|id| whole.model.channels.get(id.index()));
    channels.map(|channel| channel.kind).collect()
}
