//! Running steps: from a rest to the next, or to the end.

use super::{Checkpoint, Moment, Run};
use crate::engine::eval::Fault;
use crate::engine::{Because, Rest, Value};
use crate::plan::{Edge, Journey, Status, StepKind};
use smol_str::SmolStr;

/// Where a run has come to.
pub(super) enum Stop {
    /// It rests.
    Rests(Rest),
    /// It ends.
    Ends(Because),
}

/// What a step leads to.
pub(super) enum Next {
    /// The step after an edge.
    Follow(Edge),
    Rest(Rest),
    End(Because),
}

/// A fault, and the step in which it happened.
pub(super) type StepFault = (SmolStr, Fault);

impl Moment<'_> {
    /// Runs an instance from an edge until it rests or ends. If that fails nothing of it is
    /// recorded but the end.
    pub(super) fn run(&mut self, run: Run, from: Edge) {
        let start = self.checkpoint();
        self.run_on(run, from, start);
    }

    /// Runs on in a moment that has begun; a failure goes back to its start.
    pub(super) fn run_on(&mut self, run: Run, from: Edge, start: Checkpoint) {
        let mut run = run;
        let Some(journey) = self.program.journey(run.instance.journey) else {
            return;
        };
        self.running = Some(run.instance.journey);
        match self.walk(&mut run, journey, from) {
            Ok(Stop::Ends(because)) => self.end(run, because),
            Ok(Stop::Rests(rest)) => {
                run.instance.rest = rest;
                self.settle(run);
            }
            Err((place, fault)) => {
                self.roll_back(start);
                self.fail(run, &place, &fault);
            }
        }
    }

    /// Runs steps from an edge.
    pub(super) fn walk(
        &mut self,
        run: &mut Run,
        journey: &Journey,
        from: Edge,
    ) -> Result<Stop, StepFault> {
        let mut edge = from;
        // Steps form no circle: more of them than there are is a damaged plan.
        for _ in 0..=journey.steps.len() {
            let Some(position) = edge else {
                return Ok(Stop::Ends(Because::Done));
            };
            let Some(step) = journey.steps.get(position as usize) else {
                let fault = Fault::Plan("an edge leads nowhere");
                return Err((SmolStr::default(), fault));
            };
            let next = self
                .do_step(run, position, &step.kind)
                .map_err(|fault| (step.id.clone(), fault))?;
            match next {
                Next::Follow(next) => edge = next,
                Next::Rest(rest) => return Ok(Stop::Rests(rest)),
                Next::End(because) => return Ok(Stop::Ends(because)),
            }
        }
        Err((SmolStr::default(), Fault::Plan("steps go in a circle")))
    }

    fn do_step(&mut self, run: &mut Run, position: u32, kind: &StepKind) -> Result<Next, Fault> {
        match kind {
            StepKind::Send(send) => self.start_send(run, position, send),
            StepKind::Wait { duration, at, next } => {
                self.wait_for(run, position, *duration, at.as_ref(), *next)
            }
            StepKind::WaitMoment { moment, next } => self.wait_moment(run, position, moment, *next),
            StepKind::WaitUntil { .. } => self.wait_until(run, position, kind),
            StepKind::WaitUpTo {
                limit,
                arms,
                timeout,
            } => self.wait_up_to(run, position, *limit, arms, *timeout),
            StepKind::If {
                when,
                then,
                otherwise,
            } => {
                let context = self.for_instance(&run.instance);
                let holds = context.holds(&mut run.frame, when)?;
                Ok(Next::Follow(if holds { *then } else { *otherwise }))
            }
            StepKind::Match {
                value,
                arms,
                otherwise,
            } => {
                let context = self.for_instance(&run.instance);
                let Some(value) = context.eval(&mut run.frame, value)? else {
                    return Ok(Next::Follow(*otherwise));
                };
                for arm in arms {
                    for wanted in &arm.values {
                        let wanted = context.constant(wanted);
                        if let Some(wanted) = wanted
                            && context.equal(&value, &wanted)?
                        {
                            return Ok(Next::Follow(arm.next));
                        }
                    }
                }
                Ok(Next::Follow(*otherwise))
            }
            StepKind::Set {
                of,
                field,
                op,
                value,
                next,
            } => {
                let context = self.for_instance(&run.instance);
                let row = context.eval(&mut run.frame, of)?;
                let value = context.eval(&mut run.frame, value)?;
                if let Some(Value::Row(row)) = row {
                    self.set(row, *field, *op, value)?;
                }
                Ok(Next::Follow(*next))
            }
            StepKind::Grant {
                of,
                field,
                from,
                next,
            }
            | StepKind::Withdraw {
                of,
                field,
                from,
                next,
            } => {
                let status = match kind {
                    StepKind::Grant { .. } => Status::Granted,
                    _ => Status::Withdrawn,
                };
                let context = self.for_instance(&run.instance);
                let row = context.eval(&mut run.frame, of)?;
                if let Some(Value::Row(row)) = row {
                    self.permission(row, *field, from, &run.instance, status);
                }
                Ok(Next::Follow(*next))
            }
            StepKind::Exit { name } => Ok(Next::End(Because::Exit(name.clone()))),
            StepKind::Split(_)
            | StepKind::Repeat { .. }
            | StepKind::AddTo { .. }
            | StepKind::RemoveFrom { .. }
            | StepKind::Do { .. }
            | StepKind::Start { .. } => Err(Fault::Plan("a step that does not run yet")),
        }
    }
}
