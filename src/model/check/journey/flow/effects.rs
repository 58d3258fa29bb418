//! What a journey causes in the moment of an entry, before its first sure rest.

use super::entries::Node;
use crate::model::hir::{
    ArmKind, Duration, Expr, ExprKind, Journey, Leave, Model, SendChannel, Step, StepKind, Trigger,
    Wait, visit,
};
use crate::model::ids::ChannelId;
use crate::model::types::Ty;
use crate::source::Span;

/// What a journey causes at once.
#[derive(Debug, Default)]
pub struct Effects {
    /// What is caused, with the step that does it, in the order of the source.
    pub caused: Vec<(Node, Span)>,
    /// A place at which someone may leave in the moment they entered.
    pub left: Option<Span>,
}

/// What a person's entry into a journey causes before a rest that nobody can skip.
#[must_use]
pub fn of(journey: &Journey, model: &Model) -> Effects {
    let mut walk = Walk {
        model,
        effects: Effects::default(),
    };
    if walk.block(&journey.steps, false) == End::Goes(false) {
        walk.effects.left = Some(journey.steps.last().map_or(journey.place.span, |s| s.span));
    }
    for (leave, span) in &journey.leaves {
        if let Leave::When { when, .. } = leave
            && walk.is_touched(when)
        {
            walk.effects.left.get_or_insert(*span);
        }
    }
    if walk.effects.left.is_some()
        && let Some(steps) = &journey.finally
    {
        walk.block(steps, false);
    }
    walk.effects
}

/// How a block ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Everyone left.
    Left,
    /// Someone goes on; whether all of them have rested.
    Goes(bool),
}

impl End {
    fn meet(self, other: Self) -> Self {
        match (self, other) {
            (Self::Left, other) | (other, Self::Left) => other,
            (Self::Goes(a), Self::Goes(b)) => Self::Goes(a && b),
        }
    }
}

struct Walk<'a> {
    model: &'a Model,
    effects: Effects,
}

impl Walk<'_> {
    fn block(&mut self, steps: &[Step], mut rested: bool) -> End {
        for step in steps {
            match self.step(step, rested) {
                End::Left => return End::Left,
                End::Goes(after) => rested = after,
            }
        }
        End::Goes(rested)
    }

    fn optional(&mut self, steps: Option<&Vec<Step>>, rested: bool) -> End {
        match steps {
            Some(steps) => self.block(steps, rested),
            None => End::Goes(rested),
        }
    }

    fn step(&mut self, step: &Step, rested: bool) -> End {
        match &step.kind {
            StepKind::Exit(_) => {
                if !rested {
                    self.effects.left.get_or_insert(step.span);
                }
                return End::Left;
            }
            StepKind::If {
                branches,
                otherwise,
            } => {
                let end = self.optional(otherwise.as_ref(), rested);
                return branches
                    .iter()
                    .fold(end, |end, (_, block)| end.meet(self.block(block, rested)));
            }
            StepKind::Match {
                arms, otherwise, ..
            } => {
                if arms.is_empty() && otherwise.is_none() {
                    return End::Goes(rested);
                }
                let ends = arms.iter().map(|(_, block)| block).chain(otherwise);
                return ends.fold(End::Left, |end, block| end.meet(self.block(block, rested)));
            }
            StepKind::Split(split) => {
                if split.arms.is_empty() {
                    return End::Goes(rested);
                }
                return split.arms.iter().fold(End::Left, |end, arm| {
                    end.meet(self.block(&arm.steps, rested))
                });
            }
            StepKind::Repeat { steps, .. } => return self.block(steps, rested),
            StepKind::Wait(wait) => return self.wait(wait, rested),
            StepKind::Do { no_answer, .. } => {
                let end = self.optional(no_answer.as_ref(), true);
                return End::Goes(true).meet(end);
            }
            StepKind::Send(send) => {
                self.cause(Node::Message(send.message), step.span, rested);
                for channel in send.by.iter().flatten() {
                    match channel {
                        SendChannel::Channel(channel) => {
                            self.cause(Node::Channel(*channel), step.span, rested);
                        }
                        SendChannel::Dynamic(path) => {
                            for channel in channels(&path.ty) {
                                self.cause(Node::Channel(*channel), step.span, rested);
                            }
                        }
                    }
                }
                if let Some(block) = &send.refused {
                    return End::Goes(rested).meet(self.block(block, rested));
                }
            }
            StepKind::Set { field, .. }
            | StepKind::Grant { field, .. }
            | StepKind::Withdraw { field, .. } => {
                self.cause(Node::Field(*field), step.span, rested);
            }
            StepKind::AddTo(audience) | StepKind::RemoveFrom(audience) => {
                if let Some(audience) = self.model.audiences.get(audience.index()) {
                    self.cause(Node::Channel(audience.via), step.span, rested);
                }
            }
            StepKind::Start { journey, .. } => {
                self.cause(Node::Journey(*journey), step.span, rested);
            }
        }
        End::Goes(rested)
    }

    fn wait(&mut self, wait: &Wait, rested: bool) -> End {
        match wait {
            Wait::For { duration, .. } => End::Goes(rested || is_positive(duration)),
            Wait::Time { .. } | Wait::Weekday { .. } | Wait::Workday { .. } => End::Goes(true),
            // A moment that is already past is no rest.
            Wait::Until {
                then, otherwise, ..
            } => match (then, otherwise) {
                (None, _) => End::Goes(rested),
                (Some(then), otherwise) => {
                    let end = self.block(then, true);
                    end.meet(self.optional(otherwise.as_ref(), rested))
                }
            },
            Wait::UpTo {
                limit,
                arms,
                otherwise,
            } => {
                let late = rested || is_positive(limit);
                let mut end = self.optional(otherwise.as_ref(), late);
                for arm in arms {
                    let at_once = match &arm.kind {
                        ArmKind::On(on) => is_caused(&on.trigger),
                        ArmKind::When(_) => true,
                    };
                    end = end.meet(self.block(&arm.steps, rested || !at_once));
                }
                end
            }
        }
    }

    fn cause(&mut self, node: Node, span: Span, rested: bool) {
        if !rested {
            self.effects.caused.push((node, span));
        }
    }

    /// Whether a condition reads what the journey has written in this moment.
    fn is_touched(&self, when: &Expr) -> bool {
        let mut touched = false;
        visit::each_expr(when, |expr| {
            touched |= match &expr.kind {
                ExprKind::Field { field, .. } => self
                    .effects
                    .caused
                    .iter()
                    .any(|(node, _)| *node == Node::Field(*field)),
                ExprKind::InSegment { .. } | ExprKind::Measure { .. } => {
                    !self.effects.caused.is_empty()
                }
                _ => false,
            };
        });
        touched
    }
}

fn is_positive(duration: &Duration) -> bool {
    duration.count > 0
}

/// The channels of a path of type `channel(...)`, optional or not.
fn channels(ty: &Ty) -> &[ChannelId] {
    match ty {
        Ty::Channel(channels) => channels,
        Ty::Optional(inner) => channels(inner),
        _ => &[],
    }
}

/// Whether an event may come without anybody outside doing something.
#[must_use]
pub fn is_caused(trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Event(_) => false,
        Trigger::Channel { event, .. }
        | Trigger::Message { event, .. }
        | Trigger::Send { event, .. } => is_reported_at_once(event),
        Trigger::Journey { .. } => true,
    }
}

/// Whether a channel reports the event by itself; what is left needs a person who opens, clicks,
/// replies, answers or complains.
#[must_use]
pub fn is_reported_at_once(event: &str) -> bool {
    matches!(
        event,
        "sent"
            | "delivered"
            | "bounced"
            | "failed"
            | "posted"
            | "queued"
            | "shown"
            | "called"
            | "added"
            | "removed"
            | "updated"
    )
}
