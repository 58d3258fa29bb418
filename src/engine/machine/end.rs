//! Goals, `leave`, and what happens when an instance ends.

use super::{Moment, Run, asking, journey_event};
use crate::engine::eval::{Fault, bind};
use crate::engine::{Because, EventData, Input, Instance, Tail, Value};
use crate::plan::{Goal, Journey, JourneyEvent, Leave};
use jiff::Timestamp;
use std::sync::Arc;

impl Moment<'_> {
    /// Whether an event is the goal of someone inside, or of someone who has left.
    pub(super) fn goals(&mut self, input: &Input) {
        let Input::Event(event) = input else {
            return;
        };
        for (journey, key) in self.present() {
            let has_goals = self
                .program
                .journey(journey)
                .is_some_and(|journey| !journey.goals.is_empty());
            if !has_goals || self.instance(journey, &key).is_none_or(|it| it.converted) {
                continue;
            }
            let Some(run) = self.take(journey, &key) else {
                continue;
            };
            match self.converts(&run.instance, event) {
                Ok(Some(worth)) => {
                    let mut run = run;
                    run.instance.converted = true;
                    self.convert(&run.instance, worth, event.time);
                    self.end(run, Because::Goal);
                }
                Ok(None) => self.put(run.instance),
                Err(fault) => self.fail(run, "goal", &fault),
            }
        }
        let tails = std::mem::take(&mut self.state.tails);
        for tail in tails {
            let ended = tail.instance(self.now);
            match self.converts(&ended, event) {
                Ok(Some(worth)) => self.convert(&ended, worth, event.time),
                Ok(None) => self.state.tails.push(tail),
                Err(fault) => self.failed(tail.journey, &tail.key, "goal", super::sentence(&fault)),
            }
        }
    }

    /// Whether an event is the goal of an entry, and then what it is worth.
    #[allow(
        clippy::option_option,
        reason = "no goal, a goal without a value, a goal with one"
    )]
    fn converts(
        &self,
        instance: &Instance,
        event: &Arc<EventData>,
    ) -> Result<Option<Option<Value>>, Fault> {
        let Some(journey) = self.program.journey(instance.journey) else {
            return Ok(None);
        };
        if event.time < instance.entered {
            return Ok(None);
        }
        let mut frame = self.frame(instance.journey, &instance.slots);
        for goal in &journey.goals {
            let in_time = self
                .goal_ends(goal, instance.entered)
                .is_none_or(|end| event.time <= end);
            if !in_time || !self.hears(instance, &mut frame, &goal.on, event)? {
                continue;
            }
            let worth = match &goal.worth {
                Some(worth) => self.for_instance(instance).eval(&mut frame, worth)?,
                None => None,
            };
            return Ok(Some(worth));
        }
        Ok(None)
    }

    fn goal_ends(&self, goal: &Goal, entered: Timestamp) -> Option<Timestamp> {
        self.program
            .local(&self.zone)
            .add_exact(entered, goal.within?)
    }

    fn convert(&mut self, instance: &Instance, worth: Option<Value>, at: Timestamp) {
        let event = journey_event(
            self.program,
            self.person,
            instance,
            JourneyEvent::Converted,
            worth,
            at,
        );
        self.record(event);
    }

    /// Who fulfils a `leave` leaves.
    pub(super) fn leaves(&mut self, input: &Input) {
        for (journey, key) in self.present() {
            let Some(declared) = self.program.journey(journey) else {
                continue;
            };
            if declared.leave.is_empty() {
                continue;
            }
            let Some(instance) = self.instance(journey, &key) else {
                continue;
            };
            match self.should_leave(declared, instance, input) {
                Ok(false) => {}
                Ok(true) => {
                    if let Some(run) = self.take(journey, &key) {
                        self.end(run, Because::Leave);
                    }
                }
                Err(fault) => {
                    if let Some(run) = self.take(journey, &key) {
                        self.fail(run, "leave", &fault);
                    }
                }
            }
        }
    }

    fn should_leave(
        &self,
        journey: &Journey,
        instance: &Instance,
        input: &Input,
    ) -> Result<bool, Fault> {
        let links = self.program.links(instance.journey);
        let look = instance.rest.wake.is_some_and(|wake| wake <= self.now)
            || links.is_some_and(|links| links.leave.touched_by(input));
        let mut frame = self.frame(instance.journey, &instance.slots);
        for leave in &journey.leave {
            let leaves = match leave {
                Leave::On(on) => match input {
                    Input::Event(event) if event.time >= instance.entered => {
                        self.hears(instance, &mut frame, on, event)?
                    }
                    _ => false,
                },
                Leave::When { when, .. } => {
                    look && self.for_instance(instance).holds(&mut frame, when)?
                }
            };
            if leaves {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether someone who is about to enter fulfils a `leave when` already.
    pub(super) fn leaves_at_the_door(
        &self,
        journey: &Journey,
        run: &mut Run,
    ) -> Result<bool, Fault> {
        let context = self.context(Some(asking(&run.instance)), None);
        for leave in &journey.leave {
            if let Leave::When { when, .. } = leave
                && context.holds(&mut run.frame, when)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Ends an instance: `finally`, then `left`; its goal may count on.
    pub(super) fn end(&mut self, run: Run, because: Because) {
        let mut run = run;
        let Some(journey) = self.program.journey(run.instance.journey) else {
            return;
        };
        self.running = Some(run.instance.journey);
        if journey.finally.is_some() {
            let start = self.checkpoint();
            if let Err((place, fault)) = self.walk(&mut run, journey, journey.finally) {
                self.roll_back(start);
                let what = super::sentence(&fault);
                self.failed(run.instance.journey, &run.instance.key, &place, what);
            }
        }
        let field = Some(Value::Text(because.word()));
        let event = journey_event(
            self.program,
            self.person,
            &run.instance,
            JourneyEvent::Left,
            field,
            self.now,
        );
        self.record(event);
        if run.instance.converted {
            return;
        }
        let until = journey
            .goals
            .iter()
            .filter_map(|goal| self.goal_ends(goal, run.instance.entered))
            .max();
        if let Some(until) = until.filter(|until| *until >= self.now) {
            self.state.tails.push(Tail {
                journey: run.instance.journey,
                key: run.instance.key,
                entry: run.instance.entry,
                entered: run.instance.entered,
                slots: run.instance.slots,
                until,
            });
        }
    }

    /// Ends an instance that cannot go on, and reports it.
    pub(super) fn fail(&mut self, run: Run, place: &str, fault: &Fault) {
        let what = super::sentence(fault);
        self.failed(run.instance.journey, &run.instance.key, place, what);
        self.end(run, Because::Failed);
    }

    /// Binds a value in the frame, and keeps it if the slot has a name.
    pub(super) fn remember(&self, run: &mut Run, slot: u32, value: Value) {
        let named = self
            .program
            .journey(run.instance.journey)
            .and_then(|journey| journey.slots.get(slot as usize))
            .is_some_and(|name| !name.is_empty());
        bind(&mut run.frame, slot, Some(value.clone()));
        if named {
            run.instance.slots.retain(|(other, _)| *other != slot);
            run.instance.slots.push((slot, value));
        }
    }
}

impl Tail {
    /// The ended entry, as far as conditions can ask for it.
    fn instance(&self, now: Timestamp) -> Instance {
        Instance {
            journey: self.journey,
            key: self.key.clone(),
            entry: self.entry,
            entered: self.entered,
            slots: self.slots.clone(),
            converted: false,
            rest: crate::engine::Rest::none(now),
        }
    }
}
