//! `dearer-channel-first`: a text message is tried first where an email would do.
//!
//! The rule is careful. It speaks only if the send names both channels itself, the text message right
//! first and an email behind it; if both say what they cost, and the text message costs at least
//! five times as much in every language; and if nothing says that there is haste: the purpose is
//! not a service, and no `within` of a day or less is written.

use crate::diag::codes::lint::DEARER_CHANNEL_FIRST;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::measure::{Cost, slot_named};
use crate::model::hir::visit::each_step;
use crate::model::hir::{Channel, Duration, Journey, Send, SendChannel, StepKind};
use crate::model::types::{ChannelKind, PurposeKind};
use crate::syntax::ast::Unit;
use rust_decimal::Decimal;

/// How many times as much is worth a word.
const TIMES: u64 = 5;

/// Looks at every send.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    each_step(&journey.steps, &mut |step| {
        if let StepKind::Send(send) = &step.kind
            && whole.purpose_kind(send) != Some(PurposeKind::Service)
            && !send.within.as_ref().is_some_and(is_haste)
            && let Some((dear, cheap)) = channels(whole, send)
            && let Some((costs, instead)) = costs(whole, send, dear, cheap)
        {
            out.push(
                Diagnostic::new(
                    &DEARER_CHANNEL_FIRST,
                    send.head.in_file(journey.place.file),
                    format!(
                        "this tries `{}` first, which costs {costs}, and `{}` would cost {instead}",
                        dear.name, cheap.name
                    ),
                )
                .help(format!(
                    "write `by {}, {}`, or say that there is haste: `within 2 hours`",
                    cheap.name, dear.name
                )),
            );
        }
    });
}

/// The text message that is tried first, and the email behind it.
fn channels<'w>(whole: &'w Whole<'_>, send: &Send) -> Option<(&'w Channel, &'w Channel)> {
    let alone = |alternative: &Vec<SendChannel>| match alternative.as_slice() {
        [SendChannel::Channel(id)] => whole.model.channels.get(id.index()),
        _ => None,
    };
    let (first, others) = send.by.split_first()?;
    let dear = alone(first).filter(|channel| channel.kind == ChannelKind::Sms)?;
    let cheap = others
        .iter()
        .filter_map(alone)
        .find(|channel| channel.kind == ChannelKind::Email)?;
    Some((dear, cheap))
}

/// What the two cost in the language in which the text message is cheapest.
fn costs(whole: &Whole<'_>, send: &Send, dear: &Channel, cheap: &Channel) -> Option<(Cost, Cost)> {
    let message = whole.model.messages.get(send.message.index())?;
    let (unit, instead) = (Cost::of(dear)?, Cost::of(cheap)?);
    let segments = message.contents.iter().flat_map(|content| {
        content.parts.iter().filter_map(move |part| {
            if whole.scale.kind_of(part) != Some(ChannelKind::Sms) {
                return None;
            }
            let body = slot_named(part, "body")?;
            let measured = whole.scale.slot(message, content, ChannelKind::Sms, body)?;
            Some(measured.reach.usual.sent().segments)
        })
    });
    let costs = unit.times(segments.min()?)?;
    let limit = instead.amount.checked_mul(Decimal::from(TIMES))?;
    (costs.currency == instead.currency && costs.amount >= limit && !costs.amount.is_zero())
        .then_some((costs, instead))
}

/// Whether a length of time is a day or less.
const fn is_haste(within: &Duration) -> bool {
    match within.unit {
        Unit::Second | Unit::Minute => true,
        Unit::Hour => within.count <= 24,
        Unit::Day | Unit::Workday => within.count <= 1,
        Unit::Week | Unit::Month | Unit::Year => false,
    }
}
