//! Lowering of steps: from a tree of blocks to a graph.
//!
//! Steps keep the order of the source: a step stands before the steps of its blocks, and those
//! before the step that follows it. So the position of a following step is known from the number
//! of steps in between, and the graph is written in one pass.

use super::{on, trigger};
use crate::model::hir::{self, StepKind as From};
use crate::plan::lower::Unlowered;
use crate::plan::lower::expr::{Lowering, constant, duration, field_ref};
use crate::plan::lower::schema::weekday;
use crate::plan::{
    Arm, Best, BestBy, Duration, Edge, MatchArm, Moment, Send, SendChannel, SetOp, Split, SplitArm,
    Step, StepKind, Unit,
};
use crate::syntax::ast;
use smol_str::{SmolStr, format_smolstr};

/// How long `wait until` follows a date, if nothing is written.
const FOLLOWED: Duration = Duration {
    count: 1,
    unit: Unit::Year,
    calendar: None,
};

/// The steps of a journey.
pub(super) struct Graph {
    pub steps: Vec<Step>,
    pub first: Edge,
    pub finally: Edge,
    /// The steps of the labelled sends.
    pub sends: Vec<u32>,
}

pub(super) fn graph(
    lowering: &Lowering,
    model: &hir::Model,
    journey: &hir::Journey,
) -> Result<Graph, Unlowered> {
    let mut builder = Builder {
        lowering,
        model,
        steps: Vec::with_capacity(size(&journey.steps)),
        sends: vec![None; journey.sends.len()],
    };
    let first = builder.block(&journey.steps, "", None)?;
    let finally = match &journey.finally {
        Some(steps) => builder.block(steps, ".finally", None)?,
        None => None,
    };
    let missing = || lowering.fault("a step was left out", journey.place.span);
    let steps = builder
        .steps
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(missing)?;
    let sends = builder
        .sends
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(missing)?;
    Ok(Graph {
        steps,
        first,
        finally,
        sends,
    })
}

/// How many steps of the graph a block becomes.
fn size(steps: &[hir::Step]) -> usize {
    steps
        .iter()
        .map(|step| blocks(&step.kind).map(size).sum::<usize>() + own(&step.kind))
        .sum()
}

/// How many steps of the graph a step itself becomes: an `if` is one for each condition.
fn own(kind: &From) -> usize {
    match kind {
        From::If { branches, .. } => branches.len(),
        _ => 1,
    }
}

/// The blocks of a step, in the order of the source.
fn blocks(kind: &From) -> Box<dyn Iterator<Item = &[hir::Step]> + '_> {
    fn maybe(block: &Option<Vec<hir::Step>>) -> impl Iterator<Item = &[hir::Step]> {
        block.iter().map(Vec::as_slice)
    }
    match kind {
        From::Send(send) => Box::new(maybe(&send.refused)),
        From::Wait(wait) => match &**wait {
            hir::Wait::Until {
                then, otherwise, ..
            } => Box::new(maybe(then).chain(maybe(otherwise))),
            hir::Wait::UpTo {
                arms, otherwise, ..
            } => Box::new(
                arms.iter()
                    .map(|arm| arm.steps.as_slice())
                    .chain(maybe(otherwise)),
            ),
            _ => Box::new(std::iter::empty()),
        },
        From::If {
            branches,
            otherwise,
        } => Box::new(
            branches
                .iter()
                .map(|(_, block)| block.as_slice())
                .chain(maybe(otherwise)),
        ),
        From::Match {
            arms, otherwise, ..
        } => Box::new(
            arms.iter()
                .map(|(_, block)| block.as_slice())
                .chain(maybe(otherwise)),
        ),
        From::Split(split) => Box::new(split.arms.iter().map(|arm| arm.steps.as_slice())),
        From::Repeat { steps, .. } => Box::new(std::iter::once(steps.as_slice())),
        From::Do { no_answer, .. } => Box::new(maybe(no_answer)),
        From::Set { .. }
        | From::Grant { .. }
        | From::Withdraw { .. }
        | From::AddTo(_)
        | From::RemoveFrom(_)
        | From::Start { .. }
        | From::Exit(_) => Box::new(std::iter::empty()),
    }
}

struct Builder<'a> {
    lowering: &'a Lowering,
    model: &'a hir::Model,
    /// Reserved in order, filled when lowered.
    steps: Vec<Option<Step>>,
    sends: Vec<Option<u32>>,
}

impl Builder<'_> {
    fn position(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    /// Lowers a block that goes on at `next`, and gives its first step.
    ///
    /// An unlabelled step is named after the label before it in its block: `rest+1`; the first ones
    /// of a block after the block: `ask.else+1`.
    fn block(&mut self, block: &[hir::Step], name: &str, next: Edge) -> Result<Edge, Unlowered> {
        if block.is_empty() {
            return Ok(next);
        }
        let first = self.position();
        let mut anchor = SmolStr::new(name);
        let mut since = 0_u32;
        for (position, step) in block.iter().enumerate() {
            let id = if let Some(label) = &step.label {
                (anchor, since) = (label.clone(), 0);
                label.clone()
            } else {
                since += 1;
                format_smolstr!("{anchor}+{since}")
            };
            let here = self.steps.len();
            let after = here + own(&step.kind) + blocks(&step.kind).map(size).sum::<usize>();
            let last = position + 1 == block.len();
            let following = if last {
                next
            } else {
                u32::try_from(after).ok()
            };
            self.step(step, &id, following)?;
        }
        Ok(Some(first))
    }

    /// Lowers a block that may be left out; then `next` follows at once.
    fn maybe(
        &mut self,
        block: Option<&Vec<hir::Step>>,
        name: &str,
        next: Edge,
    ) -> Result<Edge, Unlowered> {
        block.map_or(Ok(next), |block| self.block(block, name, next))
    }

    fn fill(&mut self, at: u32, id: &SmolStr, labelled: bool, kind: StepKind) {
        if let Some(place) = self.steps.get_mut(at as usize) {
            *place = Some(Step {
                id: id.clone(),
                labelled,
                kind,
            });
        }
    }

    fn step(&mut self, step: &hir::Step, id: &SmolStr, next: Edge) -> Result<(), Unlowered> {
        let here = self.position();
        self.steps.push(None);
        let lowering = self.lowering;
        let kind = match &step.kind {
            From::Send(send) => {
                if let Some(place) = send.id.and_then(|id| self.sends.get_mut(id.index())) {
                    *place = Some(here);
                }
                self.send(send, step, id, next)?
            }
            From::Wait(wait) => self.wait(wait, id, next)?,
            From::If {
                branches,
                otherwise,
            } => {
                return self.choose(step, here, id, branches, otherwise.as_ref(), next);
            }
            From::Match {
                value,
                arms,
                otherwise,
            } => {
                let value = lowering.expr(value)?;
                let mut lowered = Vec::with_capacity(arms.len());
                for (values, block) in arms {
                    let name = values
                        .first()
                        .map_or(SmolStr::default(), |one| self.named(one));
                    let next = self.block(block, &format!("{id}.{name}"), next)?;
                    lowered.push(MatchArm {
                        values: values.iter().map(constant).collect(),
                        next,
                    });
                }
                let otherwise = self.maybe(otherwise.as_ref(), &format!("{id}.else"), next)?;
                StepKind::Match {
                    value,
                    arms: lowered,
                    otherwise,
                }
            }
            From::Split(split) => self.split(split, id, next)?,
            From::Repeat {
                times,
                every,
                until,
                steps,
            } => {
                let until = lowering.optional(until.as_ref())?;
                let body = self.block(steps, &format!("{id}.body"), Some(here))?;
                StepKind::Repeat {
                    times: *times,
                    every: every.map(duration),
                    until,
                    body,
                    next,
                }
            }
            From::Set {
                field,
                of,
                op,
                value,
            } => StepKind::Set {
                of: lowering.expr(of)?,
                field: field_ref(*field),
                op: match op {
                    ast::SetOp::Assign => SetOp::Assign,
                    ast::SetOp::Add => SetOp::Add,
                    ast::SetOp::Subtract => SetOp::Subtract,
                },
                value: lowering.expr(value)?,
                next,
            },
            From::Grant { field, of, from } => StepKind::Grant {
                of: lowering.expr(of)?,
                field: field_ref(*field),
                from: trigger(from),
                next,
            },
            From::Withdraw { field, of, from } => StepKind::Withdraw {
                of: lowering.expr(of)?,
                field: field_ref(*field),
                from: trigger(from),
                next,
            },
            From::AddTo(audience) => StepKind::AddTo {
                audience: audience.0,
                next,
            },
            From::RemoveFrom(audience) => StepKind::RemoveFrom {
                audience: audience.0,
                next,
            },
            From::Do {
                action,
                args,
                result,
                no_answer,
            } => StepKind::Do {
                action: action.0,
                args: lowering.all(args)?,
                slot: result.map(|local| local.0),
                next,
                no_answer: self.maybe(no_answer.as_ref(), &format!("{id}.else"), next)?,
            },
            From::Start { journey, args } => StepKind::Start {
                journey: journey.0,
                args: lowering.all(args)?,
                next,
            },
            From::Exit(name) => StepKind::Exit { name: name.clone() },
        };
        self.fill(here, id, step.label.is_some(), kind);
        Ok(())
    }

    /// An `if` with its `else if`s: a chain of two-way steps.
    fn choose(
        &mut self,
        step: &hir::Step,
        first: u32,
        id: &SmolStr,
        branches: &[(hir::Expr, Vec<hir::Step>)],
        otherwise: Option<&Vec<hir::Step>>,
        next: Edge,
    ) -> Result<(), Unlowered> {
        let mut here = first;
        for (position, (when, block)) in branches.iter().enumerate() {
            let (own_id, then) = if position == 0 {
                (id.clone(), format!("{id}.then"))
            } else {
                let own = format_smolstr!("{id}.else_if{position}");
                let then = format!("{own}.then");
                (own, then)
            };
            let when = self.lowering.expr(when)?;
            let then = self.block(block, &then, next)?;
            let last = position + 1 == branches.len();
            let otherwise = if last {
                self.maybe(otherwise, &format!("{id}.else"), next)?
            } else {
                let following = self.position();
                self.steps.push(None);
                Some(following)
            };
            let labelled = position == 0 && step.label.is_some();
            self.fill(
                here,
                &own_id,
                labelled,
                StepKind::If {
                    when,
                    then,
                    otherwise,
                },
            );
            here = otherwise.unwrap_or(here);
        }
        Ok(())
    }

    fn send(
        &mut self,
        send: &hir::Send,
        step: &hir::Step,
        id: &SmolStr,
        next: Edge,
    ) -> Result<StepKind, Unlowered> {
        let lowering = self.lowering;
        let purpose = send
            .purpose
            .ok_or_else(|| lowering.fault("a send has no purpose", step.span))?;
        let channel = |one: &hir::SendChannel| {
            Ok(match one {
                hir::SendChannel::Channel(channel) => SendChannel::Channel(channel.0),
                hir::SendChannel::Dynamic(expr) => SendChannel::Dynamic(lowering.expr(expr)?),
            })
        };
        let by = send
            .by
            .iter()
            .map(|both| both.iter().map(channel).collect());
        Ok(StepKind::Send(Box::new(Send {
            message: send.message.0,
            args: lowering.all(&send.args)?,
            by: by.collect::<Result<_, _>>()?,
            purpose: purpose.0,
            within: send.within.map(duration),
            next,
            refused: self.maybe(send.refused.as_ref(), &format!("{id}.else"), next)?,
        })))
    }

    fn wait(&mut self, wait: &hir::Wait, id: &SmolStr, next: Edge) -> Result<StepKind, Unlowered> {
        let lowering = self.lowering;
        let moment = |moment| StepKind::WaitMoment { moment, next };
        Ok(match wait {
            hir::Wait::For {
                duration: length,
                at,
            } => StepKind::Wait {
                duration: duration(*length),
                at: lowering.optional(at.as_ref())?,
                next,
            },
            hir::Wait::Time { time } => moment(Moment::Time(lowering.expr(time)?)),
            hir::Wait::Weekday { day, at } => moment(Moment::Weekday {
                day: weekday(*day),
                at: lowering.optional(at.as_ref())?,
            }),
            hir::Wait::Workday { calendar, at } => moment(Moment::Workday {
                calendar: calendar.0,
                at: lowering.optional(at.as_ref())?,
            }),
            hir::Wait::Until {
                moment,
                at,
                within,
                then,
                otherwise,
            } => StepKind::WaitUntil {
                moment: lowering.expr(moment)?,
                at: lowering.optional(at.as_ref())?,
                within: within.map_or(FOLLOWED, duration),
                reached: self.maybe(then.as_ref(), &format!("{id}.then"), next)?,
                missed: self.maybe(otherwise.as_ref(), &format!("{id}.else"), next)?,
            },
            hir::Wait::UpTo {
                limit,
                arms,
                otherwise,
            } => {
                let mut lowered = Vec::with_capacity(arms.len());
                for (position, arm) in arms.iter().enumerate() {
                    let name = format!("{id}.arm{}", position + 1);
                    let next = self.block(&arm.steps, &name, next)?;
                    lowered.push(match &arm.kind {
                        hir::ArmKind::On(event) => Arm::On {
                            on: on(lowering, event)?,
                            next,
                        },
                        hir::ArmKind::When(when) => Arm::When {
                            when: lowering.expr(when)?,
                            next,
                        },
                    });
                }
                let timeout = self.maybe(otherwise.as_ref(), &format!("{id}.else"), next)?;
                StepKind::WaitUpTo {
                    limit: duration(*limit),
                    arms: lowered,
                    timeout,
                }
            }
        })
    }

    fn split(
        &mut self,
        split: &hir::Split,
        id: &SmolStr,
        next: Edge,
    ) -> Result<StepKind, Unlowered> {
        let mut arms = Vec::with_capacity(split.arms.len());
        for (position, arm) in split.arms.iter().enumerate() {
            let name = arm
                .label
                .clone()
                .unwrap_or_else(|| format_smolstr!("{}", position + 1));
            let next = self.block(&arm.steps, &format!("{id}.{name}"), next)?;
            arms.push(SplitArm {
                name,
                share: arm.share,
                next,
            });
        }
        let best = split.best.as_ref().map(|best| Best {
            by: match best.by {
                hir::BestBy::Clicked => BestBy::Clicked,
                hir::BestBy::Goal => BestBy::Goal,
                hir::BestBy::Worth => BestBy::Worth,
            },
            after: duration(best.after),
            people: best.people,
            keeping: best.keeping,
            rest: split.rest,
        });
        Ok(StepKind::Split(Box::new(Split {
            name: split.name.clone().unwrap_or_else(|| id.clone()),
            drawn_each_time: split.drawn_each_time,
            best,
            arms,
        })))
    }

    /// The word for a value that a `match` compares with.
    fn named(&self, value: &hir::Const) -> SmolStr {
        match value {
            hir::Const::Variant(of, variant) => self
                .model
                .enums
                .get(of.index())
                .and_then(|one| one.variants.get(*variant as usize))
                .map_or(SmolStr::default(), |(name, _)| name.clone()),
            hir::Const::Channel(channel) => self
                .model
                .channels
                .get(channel.index())
                .map_or(SmolStr::default(), |c| c.name.clone()),
            hir::Const::Bool(value) => SmolStr::new_static(if *value { "yes" } else { "no" }),
            hir::Const::Status(status) => SmolStr::new(format!("{status:?}").to_lowercase()),
            _ => SmolStr::default(),
        }
    }
}
