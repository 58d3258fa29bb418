//! `back-to-back-sends`: two messages reach a person at the same moment.
//!
//! The rule follows every way through a journey and keeps the last message that may have been
//! handed over since people last rested. The `else` of a send is the way of those who were not sent
//! it. What is owed for a `service` may meet anything, and so may what waits to be seen: only
//! channels that call for attention count.

use crate::diag::codes::lint::BACK_TO_BACK_SENDS;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Journey, Send, SendChannel, Step, StepKind, Wait};
use crate::model::ids::{ChannelId, MessageId};
use crate::model::types::{ChannelKind, PurposeKind, Ty};
use crate::source::Span;

/// Follows the ways through the steps.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let mut walk = Ways {
        whole,
        found: Vec::new(),
    };
    walk.block(&journey.steps, Way::Rested);
    walk.found.sort_unstable();
    walk.found.dedup_by_key(|(second, _)| *second);
    let name = |id: MessageId| {
        let message = whole.model.messages.get(id.index());
        message.map_or("", |message| message.name.as_str())
    };
    for ((second, message), (first, other)) in walk.found {
        out.push(
            Diagnostic::new(
                &BACK_TO_BACK_SENDS,
                second.in_file(journey.place.file),
                format!(
                    "people get `{}` in the same moment as `{}`",
                    name(message),
                    name(other)
                ),
            )
            .label("no `wait` on the way here")
            .other(first.in_file(journey.place.file), "the other one")
            .help(
                "put a `wait` between them, or write one message for both channels: \
                 `send MESSAGE by email and sms`",
            ),
        );
    }
}

/// What is true of the people who come to a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nobody comes here.
    Gone,
    /// They have got nothing since they last rested.
    Rested,
    /// They may have got this message since.
    Sent(Handed),
}

/// A send, and what it sends.
type Handed = (Span, MessageId);

impl Way {
    /// Where two ways meet. Of two messages the last in the source is named, as the nearer one.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Gone, way) | (way, Self::Gone) => way,
            (Self::Sent(one), Self::Sent(other)) => Self::Sent(one.max(other)),
            (Self::Sent(one), Self::Rested) | (Self::Rested, Self::Sent(one)) => Self::Sent(one),
            (Self::Rested, Self::Rested) => Self::Rested,
        }
    }
}

struct Ways<'w> {
    whole: &'w Whole<'w>,
    /// The second message, then the first.
    found: Vec<(Handed, Handed)>,
}

impl Ways<'_> {
    fn block(&mut self, steps: &[Step], way: Way) -> Way {
        steps.iter().fold(way, |way, step| self.step(step, way))
    }

    fn blocks<'s>(&mut self, blocks: impl Iterator<Item = &'s Vec<Step>>, way: Way) -> Way {
        blocks.fold(Way::Gone, |after, block| after.or(self.block(block, way)))
    }

    fn step(&mut self, step: &Step, way: Way) -> Way {
        if way == Way::Gone {
            return way;
        }
        match &step.kind {
            StepKind::Send(send) => self.send(send, way),
            StepKind::Wait(wait) => self.wait(wait),
            StepKind::If {
                branches,
                otherwise,
            } => {
                let after = self.blocks(branches.iter().map(|(_, block)| block), way);
                after.or(self.maybe(otherwise.as_ref(), way))
            }
            StepKind::Match {
                arms, otherwise, ..
            } => {
                let blocks = arms.iter().map(|(_, block)| block).chain(otherwise);
                self.blocks(blocks, way)
            }
            StepKind::Split(split) => self.blocks(split.arms.iter().map(|arm| &arm.steps), way),
            StepKind::Repeat { every, steps, .. } => {
                let once = self.block(steps, way);
                // Without a rest between two passes, the second comes right after the first.
                if every.is_none() && way == Way::Rested && matches!(once, Way::Sent(_)) {
                    return self.block(steps, once);
                }
                once
            }
            StepKind::Do { no_answer, .. } => way.or(self.maybe(no_answer.as_ref(), way)),
            StepKind::Exit(_) => Way::Gone,
            StepKind::Set { .. }
            | StepKind::Grant { .. }
            | StepKind::Withdraw { .. }
            | StepKind::AddTo(_)
            | StepKind::RemoveFrom(_)
            | StepKind::Start { .. } => way,
        }
    }

    /// A block that may be left out: whoever does not take it goes on as they came.
    fn maybe(&mut self, block: Option<&Vec<Step>>, way: Way) -> Way {
        block.map_or(way, |block| self.block(block, way))
    }

    fn send(&mut self, send: &Send, way: Way) -> Way {
        let refused = self.maybe(send.refused.as_ref(), way);
        if self.whole.purpose_kind(send) == Some(PurposeKind::Service)
            || !self.calls_for_attention(send)
        {
            return way.or(refused);
        }
        let this = (send.head, send.message);
        if let Way::Sent(first) = way {
            self.found.push((this, first));
        }
        Way::Sent(this).or(refused)
    }

    fn wait(&mut self, wait: &Wait) -> Way {
        let way = Way::Rested;
        match wait {
            Wait::Until {
                then, otherwise, ..
            } => {
                let after = self.maybe(then.as_ref(), way);
                after.or(self.maybe(otherwise.as_ref(), way))
            }
            Wait::UpTo {
                arms, otherwise, ..
            } => {
                let after = self.blocks(arms.iter().map(|arm| &arm.steps), way);
                after.or(self.maybe(otherwise.as_ref(), way))
            }
            Wait::For { .. } | Wait::Time { .. } | Wait::Weekday { .. } | Wait::Workday { .. } => {
                way
            }
        }
    }

    /// Whether one of the channels that the send may use interrupts people.
    fn calls_for_attention(&self, send: &Send) -> bool {
        let interrupts = |id: &ChannelId| {
            let channel = self.whole.model.channels.get(id.index());
            channel.is_some_and(|channel| interrupts(channel.kind))
        };
        send.by.iter().flatten().any(|channel| match channel {
            SendChannel::Channel(id) => interrupts(id),
            SendChannel::Dynamic(path) => match path.ty.known() {
                Ty::Channel(ids) => ids.iter().any(interrupts),
                _ => false,
            },
        })
    }
}

/// Kinds whose messages arrive at once and ring: not what is shown when people come by, what takes
/// days by post, or what a colleague does.
const fn interrupts(kind: ChannelKind) -> bool {
    match kind {
        ChannelKind::Email | ChannelKind::Sms | ChannelKind::Push | ChannelKind::Whatsapp => true,
        ChannelKind::InApp
        | ChannelKind::Web
        | ChannelKind::Print
        | ChannelKind::Call
        | ChannelKind::Wallet
        | ChannelKind::Audience
        | ChannelKind::Webhook => false,
    }
}
