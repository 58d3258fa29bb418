//! Rests: how long, what ends them, and when their conditions are looked at again.

use super::run::Next;
use super::{Moment, Run, asking};
use crate::engine::eval::{Fault, Frame, Watch, bind};
use crate::engine::{Because, EventData, Foreign, Input, Instance, Rest, RestKind, Value};
use crate::plan::{Arm, Duration, Edge, Expr, Leave, Moment as WaitFor, StepKind, Trigger};
use jiff::Timestamp;
use jiff::civil::Time;
use smol_str::SmolStr;
use std::cell::RefCell;
use std::sync::Arc;

/// What ends a rest before its time.
enum Ended {
    /// An arm, by its edge, with the event that it binds.
    Arm(Edge, Option<(u32, Arc<EventData>)>),
    /// A date that has moved.
    Moved(Edge),
    /// The rules no longer delay the send.
    Free,
}

impl Moment<'_> {
    pub(super) fn wait_for(
        &self,
        run: &mut Run,
        step: u32,
        duration: Duration,
        at: Option<&Expr>,
        next: Edge,
    ) -> Result<Next, Fault> {
        let local = self.program.local(&self.zone);
        let base = local.add(self.now, duration).ok_or(Fault::Overflow)?;
        let until = match self.time(run, at)? {
            Some(time) => local.time_from(base, time).ok_or(Fault::Overflow)?,
            None => base,
        };
        Ok(self.rest_until(step, until, RestKind::Time, next))
    }

    pub(super) fn wait_moment(
        &self,
        run: &mut Run,
        step: u32,
        moment: &WaitFor,
        next: Edge,
    ) -> Result<Next, Fault> {
        let local = self.program.local(&self.zone);
        let until = match moment {
            WaitFor::Time(time) => {
                let Some(time) = self.time(run, Some(time))? else {
                    return Ok(Next::Follow(next));
                };
                local.time_after(self.now, time)
            }
            WaitFor::Weekday { day, at } => {
                let time = self.time(run, at.as_ref())?.unwrap_or(Time::midnight());
                local.weekday_after(self.now, *day, time)
            }
            WaitFor::Workday { calendar, at } => {
                let time = self.time(run, at.as_ref())?.unwrap_or(Time::midnight());
                local.workday_after(self.now, *calendar, time)
            }
        };
        let until = until.ok_or(Fault::Overflow)?;
        Ok(self.rest_until(step, until, RestKind::Time, next))
    }

    pub(super) fn wait_until(
        &self,
        run: &mut Run,
        step: u32,
        kind: &StepKind,
    ) -> Result<Next, Fault> {
        let StepKind::WaitUntil {
            moment,
            at,
            within,
            reached,
            missed,
        } = kind
        else {
            return Err(Fault::Plan("not a wait until"));
        };
        let target = self.target(&run.instance, &mut run.frame, moment, at.as_ref(), None)?;
        let local = self.program.local(&self.zone);
        let deadline = local.add_exact(self.now, *within).ok_or(Fault::Overflow)?;
        Ok(match target {
            Some(target) if target > self.now => {
                let kind = RestKind::Moment { deadline };
                self.rest_until(step, target.min(deadline), kind, *reached)
            }
            Some(target) if target == self.now => Next::Follow(*reached),
            Some(_) | None => Next::Follow(*missed),
        })
    }

    pub(super) fn wait_up_to(
        &self,
        run: &mut Run,
        step: u32,
        limit: Duration,
        arms: &[Arm],
        timeout: Edge,
    ) -> Result<Next, Fault> {
        if let Some((next, bound)) = self.already(run, arms)? {
            if let Some((slot, event)) = bound {
                self.remember(run, slot, Value::Event(event));
            }
            return Ok(Next::Follow(next));
        }
        let local = self.program.local(&self.zone);
        let until = local.add(self.now, limit).ok_or(Fault::Overflow)?;
        Ok(self.rest_until(step, until, RestKind::Arms, timeout))
    }

    /// An arm that has happened before the wait: an event of a labelled send counts from its
    /// hand-over, the earliest first; then conditions that hold already, in source order.
    #[allow(clippy::type_complexity, reason = "an edge and what its arm binds")]
    fn already(
        &self,
        run: &mut Run,
        arms: &[Arm],
    ) -> Result<Option<(Edge, Option<(u32, Arc<EventData>)>)>, Fault> {
        let mut earliest: Option<(Timestamp, Edge, u32, Arc<EventData>)> = None;
        for arm in arms {
            let Arm::On { on, next } = arm else {
                continue;
            };
            let Trigger::Send { send, event } = &on.trigger else {
                continue;
            };
            let past = self.for_instance(&run.instance).send_events(*send, event)?;
            for event in past {
                if self.hears(&run.instance, &mut run.frame, on, &event)? {
                    if earliest.as_ref().is_none_or(|(at, ..)| event.time < *at) {
                        earliest = Some((event.time, *next, on.slot, event));
                    }
                    break;
                }
            }
        }
        if let Some((_, next, slot, event)) = earliest {
            return Ok(Some((next, Some((slot, event)))));
        }
        for arm in arms {
            if let Arm::When { when, next } = arm
                && self
                    .for_instance(&run.instance)
                    .holds(&mut run.frame, when)?
            {
                return Ok(Some((*next, None)));
            }
        }
        Ok(None)
    }

    fn rest_until(&self, step: u32, until: Timestamp, kind: RestKind, next: Edge) -> Next {
        if until <= self.now {
            return Next::Follow(next);
        }
        Next::Rest(Rest {
            until: Some(until),
            step,
            kind,
            ..Rest::none(self.now)
        })
    }

    fn time(&self, run: &mut Run, at: Option<&Expr>) -> Result<Option<Time>, Fault> {
        let Some(at) = at else {
            return Ok(None);
        };
        let value = self.for_instance(&run.instance).eval(&mut run.frame, at)?;
        Ok(match value {
            Some(Value::Time(time)) => Some(time),
            _ => None,
        })
    }

    /// The instant of a date (at the start of its day) or of an instant; `at` sets the time on
    /// that very day.
    fn target(
        &self,
        instance: &Instance,
        frame: &mut Frame,
        moment: &Expr,
        at: Option<&Expr>,
        watch: Option<&RefCell<Watch>>,
    ) -> Result<Option<Timestamp>, Fault> {
        let context = self.context(Some(asking(instance)), watch);
        let local = context.local;
        let time = match at {
            Some(at) => match context.eval(frame, at)? {
                Some(Value::Time(time)) => Some(time),
                _ => None,
            },
            None => None,
        };
        Ok(match (context.eval(frame, moment)?, time) {
            (Some(Value::Date(date)), time) => {
                let time = time.unwrap_or(Time::midnight());
                local.instant(date.to_datetime(time))
            }
            (Some(Value::Instant(at)), None) => Some(at),
            (Some(Value::Instant(at)), Some(time)) => {
                local.instant(local.civil(at).date().to_datetime(time))
            }
            _ => None,
        })
    }

    /// Puts an instance that has come to a rest into the state, unless it leaves at once.
    pub(super) fn settle(&mut self, run: Run) {
        let mut run = run;
        match self.observe(&run.instance, &mut run.frame) {
            Ok((true, ..)) => self.end(run, Because::Leave),
            Ok((false, wake, foreign)) => {
                run.instance.rest.wake = wake;
                run.instance.rest.foreign = foreign;
                self.put(run.instance);
            }
            Err(fault) => {
                let place = self.place(&run.instance);
                self.fail(run, &place, &fault);
            }
        }
    }

    /// Looks at everything that is watched for an instance: whether it leaves, when the answers
    /// may change by the clock, and what they read of others.
    fn observe(
        &self,
        instance: &Instance,
        frame: &mut Frame,
    ) -> Result<(bool, Option<Timestamp>, Foreign), Fault> {
        let Some(journey) = self.program.journey(instance.journey) else {
            return Ok((false, None, None));
        };
        let watch = RefCell::new(Watch::default());
        let context = self.context(Some(asking(instance)), Some(&watch));
        for leave in &journey.leave {
            if let Leave::When { when, .. } = leave
                && context.holds(frame, when)?
            {
                return Ok((true, None, None));
            }
        }
        let step = journey.steps.get(instance.rest.step as usize);
        match (&instance.rest.kind, step.map(|step| &step.kind)) {
            (RestKind::Arms, Some(StepKind::WaitUpTo { arms, .. })) => {
                for arm in arms {
                    if let Arm::When { when, .. } = arm {
                        context.holds(frame, when)?;
                    }
                }
            }
            (RestKind::Moment { .. }, Some(StepKind::WaitUntil { moment, at, .. })) => {
                self.target(instance, frame, moment, at.as_ref(), Some(&watch))?;
            }
            (RestKind::Send(rest), Some(StepKind::Send(send))) => {
                for channel in &rest.waiting {
                    crate::engine::gate::delay(&context, send.purpose, *channel, self.person)?;
                }
            }
            _ => {}
        }
        let Watch { wake, deps } = watch.into_inner();
        let foreign = (!deps.is_empty()).then(|| deps.into_boxed_slice());
        Ok((false, wake, foreign))
    }

    /// Lets the first arm that an input makes happen end each rest.
    pub(super) fn arms(&mut self, input: &Input) {
        for (journey, key) in self.present() {
            let Some(instance) = self.instance(journey, &key) else {
                continue;
            };
            let woken = instance.rest.wake.is_some_and(|wake| wake <= self.now);
            let step = instance.rest.step as usize;
            let touched = self.program.links(journey).is_some_and(|links| {
                let rest = links.steps.get(step);
                links.leave.touched_by(input) || rest.is_some_and(|reads| reads.touched_by(input))
            });
            let heard = matches!(
                (input, &instance.rest.kind),
                (Input::Event(_), RestKind::Arms)
            );
            if !(woken || touched || heard) {
                continue;
            }
            let Some(run) = self.take(journey, &key) else {
                continue;
            };
            self.look(run, input, woken || touched);
        }
    }

    /// Looks at one rest again.
    fn look(&mut self, run: Run, input: &Input, changed: bool) {
        let mut run = run;
        match self.ended(&mut run, input, changed) {
            Ok(Some(Ended::Arm(next, bound))) => {
                if let Some((slot, event)) = bound {
                    self.remember(&mut run, slot, Value::Event(event));
                }
                self.run(run, next);
            }
            Ok(Some(Ended::Moved(next))) => self.run(run, next),
            Ok(Some(Ended::Free)) => self.resume_send(run),
            Ok(None) if changed => self.settle(run),
            Ok(None) => self.put(run.instance),
            Err(fault) => {
                let place = self.place(&run.instance);
                self.fail(run, &place, &fault);
            }
        }
    }

    fn ended(&self, run: &mut Run, input: &Input, changed: bool) -> Result<Option<Ended>, Fault> {
        let step = self
            .program
            .journey(run.instance.journey)
            .and_then(|journey| journey.steps.get(run.instance.rest.step as usize));
        let Some(step) = step else {
            return Ok(None);
        };
        match (&run.instance.rest.kind, &step.kind) {
            (RestKind::Arms, StepKind::WaitUpTo { arms, .. }) => {
                for arm in arms {
                    match (arm, input) {
                        (Arm::On { on, next }, Input::Event(event)) => {
                            let own = matches!(on.trigger, Trigger::Send { .. });
                            let in_time = own || event.time >= run.instance.rest.since;
                            if in_time && self.hears(&run.instance, &mut run.frame, on, event)? {
                                let bound = Some((on.slot, Arc::clone(event)));
                                return Ok(Some(Ended::Arm(*next, bound)));
                            }
                        }
                        (Arm::When { when, next }, _) if changed => {
                            let context = self.for_instance(&run.instance);
                            if context.holds(&mut run.frame, when)? {
                                return Ok(Some(Ended::Arm(*next, None)));
                            }
                        }
                        _ => {}
                    }
                }
                Ok(None)
            }
            (
                RestKind::Moment { deadline },
                StepKind::WaitUntil {
                    moment,
                    at,
                    reached,
                    missed,
                    ..
                },
            ) if changed => {
                let deadline = *deadline;
                let target =
                    self.target(&run.instance, &mut run.frame, moment, at.as_ref(), None)?;
                match target {
                    // Already due: the timer's turn comes after this.
                    Some(target) if run.instance.rest.until == Some(target) => Ok(None),
                    Some(target) if target > self.now => {
                        run.instance.rest.until = Some(target.min(deadline));
                        Ok(None)
                    }
                    Some(target) if target == self.now => Ok(Some(Ended::Moved(*reached))),
                    Some(_) | None => Ok(Some(Ended::Moved(*missed))),
                }
            }
            (RestKind::Send(rest), StepKind::Send(send)) if changed => {
                let due = run.instance.rest.until;
                if due.is_some_and(|due| due <= self.now) {
                    return Ok(None);
                }
                // Only whether the rules still delay it is asked; all else is asked when they
                // do not, or when their time is over.
                let context = self.for_instance(&run.instance);
                let mut until = due;
                for channel in &rest.waiting {
                    let delayed =
                        crate::engine::gate::delay(&context, send.purpose, *channel, self.person)?;
                    let Some(delayed) = delayed else {
                        return Ok(Some(Ended::Free));
                    };
                    until = until.into_iter().chain(delayed.until).min();
                }
                run.instance.rest.until = until;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// Ends the rests whose time has come.
    pub(super) fn timers(&mut self) {
        for (journey, key) in self.present() {
            let due = self
                .instance(journey, &key)
                .and_then(|instance| instance.rest.until)
                .is_some_and(|until| until <= self.now);
            if due && let Some(run) = self.take(journey, &key) {
                self.time_out(run);
            }
        }
    }

    fn time_out(&mut self, run: Run) {
        let step = self
            .program
            .journey(run.instance.journey)
            .and_then(|journey| journey.steps.get(run.instance.rest.step as usize));
        let Some(step) = step else {
            let fault = Fault::Plan("a rest at no step");
            return self.fail(run, "", &fault);
        };
        match &step.kind {
            StepKind::Wait { next, .. } | StepKind::WaitMoment { next, .. } => {
                self.run(run, *next);
            }
            StepKind::WaitUpTo { timeout, .. } => self.run(run, *timeout),
            StepKind::WaitUntil {
                moment,
                at,
                reached,
                missed,
                ..
            } => {
                let mut run = run;
                let target = self.target(&run.instance, &mut run.frame, moment, at.as_ref(), None);
                match target {
                    Ok(Some(target)) if target <= self.now => self.run(run, *reached),
                    Ok(_) => self.run(run, *missed),
                    Err(fault) => self.fail(run, &step.id, &fault),
                }
            }
            StepKind::Send(_) => self.resume_send(run),
            _ => self.fail(
                run,
                &step.id,
                &Fault::Plan("a rest at a step that has none"),
            ),
        }
    }

    /// The id of the step at which an instance rests.
    fn place(&self, instance: &Instance) -> SmolStr {
        self.program
            .journey(instance.journey)
            .and_then(|journey| journey.steps.get(instance.rest.step as usize))
            .map(|step| step.id.clone())
            .unwrap_or_default()
    }

    /// Puts an event into its slot of a fresh frame.
    pub(super) fn bound(&self, journey: u32, slot: u32, event: &Arc<EventData>) -> Frame {
        let mut frame = self.frame(journey, &[]);
        bind(&mut frame, slot, Some(Value::Event(Arc::clone(event))));
        frame
    }
}
