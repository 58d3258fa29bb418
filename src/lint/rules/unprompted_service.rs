//! `unprompted-service`: a service that a campaign sends to people who did nothing to be owed it.
//!
//! A journey whose own purpose asks for something, and which people enter by a segment or a date, sends
//! a message that is a service. What answers an event in an arm is left alone: it may well be owed.

use crate::diag::codes::lint::UNPROMPTED_SERVICE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{ArmKind, Enter, Journey, Send, Step, StepKind, Wait, visit};
use crate::model::types::PurposeKind;

/// Looks at the sends of campaigns.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let own = journey
        .purpose
        .and_then(|id| whole.model.purposes.get(id.index()));
    let Some(own) = own.filter(|purpose| asks(purpose.kind)) else {
        return;
    };
    let prompted = |enter: &Enter| matches!(enter, Enter::On { .. } | Enter::Dated { .. });
    if journey.enters.is_empty() || journey.enters.iter().any(|(enter, _)| prompted(enter)) {
        return;
    }
    let mut sends = Vec::new();
    unprompted(&journey.steps, &mut sends);
    for send in sends {
        let purpose = send
            .purpose
            .and_then(|id| whole.model.purposes.get(id.index()));
        let Some(purpose) = purpose.filter(|purpose| purpose.kind == PurposeKind::Service) else {
            continue;
        };
        let message = whole.model.messages.get(send.message.index());
        let name = message.map_or("", |message| message.name.as_str());
        out.push(
            Diagnostic::new(
                &UNPROMPTED_SERVICE,
                send.head.in_file(journey.place.file),
                format!(
                    "`{name}` is sent as a service (`{}`), in a journey for `{}` that nothing of theirs starts",
                    purpose.name,
                    own.kind.word()
                ),
            )
            .help(format!(
                "give `{name}` the purpose `{}` if it asks for something: a service goes out without consent",
                own.name
            )),
        );
    }
}

const fn asks(kind: PurposeKind) -> bool {
    match kind {
        PurposeKind::Marketing
        | PurposeKind::Fundraising
        | PurposeKind::Political
        | PurposeKind::Advertising => true,
        PurposeKind::Service
        | PurposeKind::Relationship
        | PurposeKind::Research
        | PurposeKind::Tracking => false,
    }
}

/// The sends that no event of the person leads to, inside the journey. The parser bounds how deep
/// blocks nest.
fn unprompted<'s>(steps: &'s [Step], sends: &mut Vec<&'s Send>) {
    for step in steps {
        match &step.kind {
            StepKind::Send(send) => sends.push(send),
            StepKind::Wait(wait) => {
                if let Wait::UpTo {
                    arms, otherwise, ..
                } = &**wait
                {
                    let quiet = arms
                        .iter()
                        .filter(|arm| matches!(arm.kind, ArmKind::When(_)));
                    quiet.for_each(|arm| unprompted(&arm.steps, sends));
                    otherwise.iter().for_each(|block| unprompted(block, sends));
                    continue;
                }
            }
            _ => {}
        }
        visit::blocks(step, |block| unprompted(block, sends));
    }
}
