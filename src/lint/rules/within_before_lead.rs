//! `within-before-lead`: a send that is refused as late before its channel can be ready.
//!
//! `within` counts days of 24 hours; a `lead` in workdays is at least as many days, so nothing is said
//! that a long weekend would change.

use crate::diag::codes::lint::WITHIN_BEFORE_LEAD;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Channel, Duration, Journey, Send, SendChannel, StepKind, visit};
use crate::syntax::ast::Unit;

/// Looks at the sends by channels with a `lead`.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    visit::each_step(&journey.steps, &mut |step| {
        if let StepKind::Send(send) = &step.kind
            && let Some((channel, lead)) = late(whole, send)
        {
            let written = send.within.map_or_else(
                || "1 day, which counts if `within` is left out".to_owned(),
                |within| within.words(),
            );
            let enough = enough(&lead);
            out.push(
                Diagnostic::new(
                    &WITHIN_BEFORE_LEAD,
                    send.head.in_file(journey.place.file),
                    format!(
                        "`{}` needs {}, and this is refused as late after {written}",
                        channel.name,
                        lead.words()
                    ),
                )
                .other(channel.place, format!("`lead {}`", lead.words()))
                .help(format!(
                    "write `within {enough} days`, with some days to spare"
                )),
            );
        }
    });
}

/// The channel of a send that needs longer than the send may take.
fn late<'w>(whole: &'w Whole<'_>, send: &Send) -> Option<(&'w Channel, Duration)> {
    let within = send.within.map_or(Some(24), |within| hours(&within))?;
    send.by.iter().flatten().find_map(|channel| {
        let SendChannel::Channel(id) = channel else {
            return None;
        };
        let channel = whole.model.channels.get(id.index())?;
        let lead = channel.lead?;
        (hours(&lead)? > within).then_some((channel, lead))
    })
}

/// At least how many hours a length of time has; nothing for a month or a year.
fn hours(length: &Duration) -> Option<i64> {
    let hours = match length.unit {
        Unit::Second | Unit::Minute => 0,
        Unit::Hour => 1,
        Unit::Day | Unit::Workday => 24,
        Unit::Week => 24 * 7,
        Unit::Month | Unit::Year => return None,
    };
    length.count.checked_mul(hours)
}

/// So many days that the lead fits in with its weekends and some days to spare.
fn enough(lead: &Duration) -> i64 {
    const SPARE: i64 = 3;
    let days = hours(lead).unwrap_or(24).saturating_add(23) / 24;
    match lead.unit {
        Unit::Workday => days.saturating_add(days.saturating_add(4) / 5 * 2 + SPARE - 2),
        _ => days.saturating_add(SPARE),
    }
}
