//! Journeys and rules of a plan.

use super::Check;
use crate::plan::{
    Arm, Days, Edge, Enter, Journey, Leave, Moment, On, Otherwise, Reenter, Rule, RuleKind, Send,
    SendChannel, Split, Step, StepKind,
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

impl Check<'_> {
    pub(super) fn rule(&mut self, rule: &Rule) {
        let plan = self.plan;
        self.each(&rule.channels, plan.channels.len(), "channel");
        self.each(&rule.purposes, plan.purposes.len(), "purpose");
        let otherwise = match &rule.kind {
            RuleKind::Permit { when, .. } => {
                when.iter().for_each(|when| self.expr(when));
                return;
            }
            RuleKind::Forbid {
                when,
                on,
                otherwise,
                ..
            } => {
                when.iter().for_each(|when| self.expr(when));
                if let Some(Days::Holidays(calendar)) = on {
                    self.within(*calendar, plan.calendars.len(), "calendar");
                }
                otherwise
            }
            RuleKind::Limit {
                count,
                per,
                key,
                otherwise,
            } => {
                if *count < 0 {
                    self.fault(format!("limits to {count}"));
                }
                self.duration(*per);
                key.iter().for_each(|key| self.expr(key));
                otherwise
            }
        };
        if let Otherwise::Delay { up_to: Some(up_to) } = otherwise {
            self.duration(*up_to);
        }
    }

    pub(super) fn journey(&mut self, journey: &Journey) {
        self.part = format!("journey `{}`", journey.name);
        self.slots = journey.slots.len();
        self.sends = journey.sends.len();
        self.profile(journey.profile);
        self.fields(&journey.params);
        if journey.params.len() >= journey.slots.len() {
            self.fault("has no slots for the person and the parameters");
        }
        self.header(journey);
        let steps = journey.steps.len();
        for send in &journey.sends {
            let sends = journey.steps.get(*send as usize).map(|step| &step.kind);
            if !matches!(sends, Some(StepKind::Send(_))) {
                self.fault(format!("names step {send} as a send, which is none"));
            }
        }
        self.edge(journey.first, steps);
        self.edge(journey.finally, steps);
        let mut ids = BTreeSet::new();
        for step in &journey.steps {
            self.part = format!("journey `{}`, step `{}`", journey.name, step.id);
            if !ids.insert(&step.id) {
                self.fault("another step has the same id");
            }
            self.step(step, steps);
        }
        self.moments(journey);
    }

    fn header(&mut self, journey: &Journey) {
        let plan = self.plan;
        journey
            .purpose
            .iter()
            .for_each(|one| self.within(*one, plan.purposes.len(), "purpose"));
        journey
            .holdout
            .iter()
            .for_each(|one| self.within(*one, plan.holdouts.len(), "holdout"));
        journey.enter.iter().for_each(|enter| self.way_in(enter));
        journey.one_per.iter().for_each(|one| self.expr(&one.key));
        if let Reenter::After(after) = journey.reenter {
            self.duration(after);
        }
        for leave in &journey.leave {
            match leave {
                Leave::When { when, held } => {
                    self.expr(when);
                    held.iter().for_each(|held| self.duration(*held));
                }
                Leave::On(on) => self.on(on),
            }
        }
        for goal in &journey.goals {
            self.on(&goal.on);
            goal.within.iter().for_each(|within| self.duration(*within));
            goal.worth.iter().for_each(|worth| self.expr(worth));
        }
        if let Some(admit) = &journey.admit {
            self.duration(admit.rate.per);
            admit.by.iter().for_each(|by| self.expr(by));
        }
        if let Some(budget) = &journey.budget {
            self.money(&budget.total);
            if let Some((amount, per)) = &budget.rate {
                self.money(amount);
                self.duration(*per);
            }
        }
    }

    fn way_in(&mut self, enter: &Enter) {
        match enter {
            Enter::On {
                on,
                each,
                person,
                no_later_than,
            } => {
                self.on(on);
                each.iter().for_each(|rows| self.rows(rows));
                self.expr(person);
                self.duration(*no_later_than);
            }
            Enter::When { when, held, .. } => {
                self.expr(when);
                held.iter().for_each(|held| self.duration(*held));
            }
            Enter::Every { at, filter, .. } => {
                self.expr(at);
                filter.iter().for_each(|filter| self.expr(filter));
            }
            Enter::Yearly {
                offset,
                date,
                at,
                filter,
            } => {
                offset
                    .iter()
                    .for_each(|offset| self.duration(offset.duration));
                self.expr(date);
                self.expr(at);
                filter.iter().for_each(|filter| self.expr(filter));
            }
            Enter::Dated {
                offset,
                date,
                row,
                at,
                filter,
            } => {
                self.duration(offset.duration);
                self.expr(date);
                self.expr(at);
                filter.iter().for_each(|filter| self.expr(filter));
                if let Some(row) = row {
                    self.within(row.entity, self.plan.entities.len(), "entity");
                    self.slot(row.slot);
                    self.expr(&row.person);
                }
            }
        }
    }

    pub(super) fn on(&mut self, on: &On) {
        self.trigger(&on.trigger);
        self.slot(on.slot);
        on.filter.iter().for_each(|filter| self.expr(filter));
    }

    fn edge(&mut self, edge: Edge, steps: usize) {
        if let Some(to) = edge.filter(|to| *to as usize >= steps) {
            self.fault(format!("leads to step {to}, but there are only {steps}"));
        }
    }

    fn step(&mut self, step: &Step, steps: usize) {
        for edge in step.kind.edges() {
            self.edge(edge, steps);
        }
        let plan = self.plan;
        match &step.kind {
            StepKind::Send(send) => self.send(send),
            StepKind::Wait { duration, at, .. } => {
                self.duration(*duration);
                at.iter().for_each(|at| self.expr(at));
            }
            StepKind::WaitMoment { moment, .. } => match moment {
                Moment::Time(time) => self.expr(time),
                Moment::Weekday { at, .. } => at.iter().for_each(|at| self.expr(at)),
                Moment::Workday { calendar, at } => {
                    self.within(*calendar, plan.calendars.len(), "calendar");
                    at.iter().for_each(|at| self.expr(at));
                }
            },
            StepKind::WaitUntil {
                moment, at, within, ..
            } => {
                self.expr(moment);
                at.iter().for_each(|at| self.expr(at));
                self.duration(*within);
            }
            StepKind::WaitUpTo { limit, arms, .. } => {
                self.duration(*limit);
                for arm in arms {
                    match arm {
                        Arm::On { on, .. } => self.on(on),
                        Arm::When { when, .. } => self.expr(when),
                    }
                }
            }
            StepKind::If { when, .. } => self.expr(when),
            StepKind::Match { value, arms, .. } => {
                self.expr(value);
                arms.iter()
                    .flat_map(|arm| &arm.values)
                    .for_each(|value| self.constant(value));
            }
            StepKind::Split(split) => self.split(split),
            StepKind::Repeat { every, until, .. } => {
                every.iter().for_each(|every| self.duration(*every));
                until.iter().for_each(|until| self.expr(until));
            }
            StepKind::Set {
                of, field, value, ..
            } => {
                self.expr(of);
                self.field(*field);
                self.expr(value);
            }
            StepKind::Grant {
                of, field, from, ..
            }
            | StepKind::Withdraw {
                of, field, from, ..
            } => {
                self.expr(of);
                self.field(*field);
                self.trigger(from);
            }
            StepKind::AddTo { audience, .. } | StepKind::RemoveFrom { audience, .. } => {
                self.within(*audience, plan.audiences.len(), "audience");
            }
            StepKind::Do {
                action, args, slot, ..
            } => {
                self.within(*action, plan.actions.len(), "action");
                args.iter().for_each(|arg| self.expr(arg));
                slot.iter().for_each(|slot| self.slot(*slot));
            }
            StepKind::Start { journey, args, .. } => {
                self.within(*journey, plan.journeys.len(), "journey");
                args.iter().for_each(|arg| self.expr(arg));
            }
            StepKind::Exit { .. } => {}
        }
    }

    fn send(&mut self, send: &Send) {
        let plan = self.plan;
        self.within(send.message, plan.messages.len(), "message");
        self.within(send.purpose, plan.purposes.len(), "purpose");
        send.within.iter().for_each(|within| self.duration(*within));
        send.args.iter().for_each(|arg| self.expr(arg));
        let wanted = plan
            .messages
            .get(send.message as usize)
            .map(|message| message.params.len());
        if wanted.is_some_and(|wanted| wanted != send.args.len()) {
            self.fault(format!(
                "gives {} arguments to its message",
                send.args.len()
            ));
        }
        if send.by.is_empty() || send.by.iter().any(Vec::is_empty) {
            self.fault("sends by no channel");
        }
        for channel in send.by.iter().flatten() {
            match channel {
                SendChannel::Channel(channel) => {
                    self.within(*channel, plan.channels.len(), "channel");
                }
                SendChannel::Dynamic(expr) => self.expr(expr),
            }
        }
    }

    fn split(&mut self, split: &Split) {
        let mut total = Decimal::ZERO;
        for arm in &split.arms {
            total = total.saturating_add(arm.share);
        }
        let whole = Decimal::ONE_HUNDRED;
        let rest = split.best.as_ref().is_some_and(|best| best.rest);
        if if rest { total >= whole } else { total != whole } {
            self.fault(format!("splits into {total}%"));
        }
        if let Some(best) = &split.best {
            self.duration(best.after);
        }
    }

    /// A moment must end: no circle of steps without a rest, other than a `repeat`, which counts.
    fn moments(&mut self, journey: &Journey) {
        let rests = |kind: &StepKind| {
            matches!(
                kind,
                StepKind::Wait { .. }
                    | StepKind::WaitMoment { .. }
                    | StepKind::WaitUntil { .. }
                    | StepKind::WaitUpTo { .. }
                    | StepKind::Do { .. }
                    | StepKind::Repeat { .. }
            )
        };
        let mut waiting: Vec<usize> = vec![0; journey.steps.len()];
        let edges = |step: &Step| {
            let kept = if rests(&step.kind) {
                Vec::new()
            } else {
                step.kind.edges()
            };
            kept.into_iter().flatten().map(|to| to as usize)
        };
        for to in journey.steps.iter().flat_map(edges) {
            if let Some(count) = waiting.get_mut(to) {
                *count += 1;
            }
        }
        let free = waiting.iter().enumerate().filter(|(_, count)| **count == 0);
        let mut free: Vec<usize> = free.map(|(step, _)| step).collect();
        let mut reached = 0;
        while let Some(step) = free.pop() {
            reached += 1;
            for to in journey.steps.get(step).into_iter().flat_map(edges) {
                if let Some(count) = waiting.get_mut(to) {
                    *count -= 1;
                    if *count == 0 {
                        free.push(to);
                    }
                }
            }
        }
        if reached < journey.steps.len() {
            self.part = format!("journey `{}`", journey.name);
            self.fault("has a circle of steps in which nobody ever rests");
        }
    }
}

impl StepKind {
    /// Every edge out of a step, in order.
    #[must_use]
    pub fn edges(&self) -> Vec<Edge> {
        match self {
            Self::Send(send) => vec![send.next, send.refused],
            Self::WaitUntil {
                reached, missed, ..
            } => vec![*reached, *missed],
            Self::WaitUpTo { arms, timeout, .. } => {
                let arms = arms.iter().map(|arm| match arm {
                    Arm::On { next, .. } | Arm::When { next, .. } => *next,
                });
                arms.chain([*timeout]).collect()
            }
            Self::If {
                then, otherwise, ..
            } => vec![*then, *otherwise],
            Self::Match {
                arms, otherwise, ..
            } => arms
                .iter()
                .map(|arm| arm.next)
                .chain([*otherwise])
                .collect(),
            Self::Split(split) => split.arms.iter().map(|arm| arm.next).collect(),
            Self::Repeat { body, next, .. } => vec![*body, *next],
            Self::Do {
                next, no_answer, ..
            } => vec![*next, *no_answer],
            Self::Wait { next, .. }
            | Self::WaitMoment { next, .. }
            | Self::Set { next, .. }
            | Self::Grant { next, .. }
            | Self::Withdraw { next, .. }
            | Self::AddTo { next, .. }
            | Self::RemoveFrom { next, .. }
            | Self::Start { next, .. } => vec![*next],
            Self::Exit { .. } => Vec::new(),
        }
    }
}
