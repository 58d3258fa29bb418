//! The uses in journeys, promises and tests.

use super::walk::Walk;
use super::{How, Thing, User, ids};
use crate::model::hir::{
    Arm, ArmKind, Claim, ClaimKind, Enter, Journey, Leave, Send, SendChannel, Step, StepKind, Test,
    TestStatement, TestStatementKind, Trigger, Wait, visit,
};
use crate::model::ids::*;
use crate::model::names::Named;
use crate::model::types::Ty;
use crate::source::Span;

impl<'m> Walk<'m, '_> {
    /// Goes through all journeys, promises and tests.
    pub(super) fn journeys(&mut self) {
        let model = self.model;
        for (id, it) in ids(model.journeys.len()).zip(&model.journeys) {
            let by = User::Declared(Named::Journey(JourneyId(id)));
            self.turn_to(by, it.place, Some(&it.locals));
            self.journey(it);
        }
        for (id, it) in ids(model.promises.len()).zip(&model.promises) {
            self.turn_to(User::Promise(id), it.place, Some(&it.locals));
            it.claims.iter().for_each(|claim| self.claim(claim));
        }
        for (id, it) in ids(model.tests.len()).zip(&model.tests) {
            self.turn_to(User::Test(id), it.place, Some(&it.locals));
            self.test(it);
        }
    }

    fn journey(&mut self, journey: &'m Journey) {
        let head = journey.place.span;
        self.entity(journey.profile, How::Type, head);
        self.fields(&journey.params);
        if let Some(purpose) = journey.purpose {
            self.named(Named::Purpose(purpose), How::Purpose, head);
        }
        if let Some(holdout) = journey.holdout {
            self.named(Named::Holdout(holdout), How::Compare, head);
        }
        for (enter, span) in &journey.enters {
            self.enter(enter, *span);
        }
        for (leave, span) in &journey.leaves {
            match leave {
                Leave::When { held, .. } => {
                    held.iter().for_each(|held| self.calendar(held, *span));
                }
                Leave::On(on) => self.trigger(&on.trigger, How::Listen, *span),
            }
        }
        for goal in &journey.goals {
            self.trigger(&goal.on.trigger, How::Listen, goal.span);
        }
        let mut header = Vec::new();
        visit::of_header(journey, &mut |expr| header.push(expr));
        self.exprs(header);
        let finally = journey.finally.as_deref().unwrap_or_default();
        for steps in [&journey.steps, finally] {
            visit::each_step(steps, &mut |step| self.step(step));
        }
    }

    fn enter(&mut self, enter: &'m Enter, span: Span) {
        match enter {
            Enter::On { on, each, .. } => {
                self.trigger(&on.trigger, How::Enter, span);
                each.iter().for_each(|(rows, _)| self.source(rows));
            }
            Enter::Dated { row, offset, .. } => {
                if let Some((entity, _)) = row {
                    self.entity(*entity, How::Read, span);
                }
                self.calendar(&offset.0, span);
            }
            Enter::Yearly { offset, .. } => {
                offset
                    .iter()
                    .for_each(|(length, _)| self.calendar(length, span));
            }
            Enter::When { held, .. } => held.iter().for_each(|held| self.calendar(held, span)),
            Enter::Every { .. } => {}
        }
    }

    /// A step without the blocks inside it.
    fn step(&mut self, step: &'m Step) {
        let span = step.span;
        match &step.kind {
            StepKind::Send(send) => self.sent(send),
            StepKind::Wait(wait) => self.wait(wait, span),
            StepKind::Match { arms, .. } => {
                for pattern in arms.iter().flat_map(|(patterns, _)| patterns) {
                    self.constant(pattern, span);
                }
            }
            StepKind::Set { field, .. } => self.used(Thing::Field(*field), How::Write, span),
            StepKind::Grant { field, from, .. } | StepKind::Withdraw { field, from, .. } => {
                self.used(Thing::Field(*field), How::Write, span);
                self.trigger(from, How::Prove, span);
            }
            StepKind::AddTo(id) => self.named(Named::Audience(*id), How::Add, span),
            StepKind::RemoveFrom(id) => self.named(Named::Audience(*id), How::Remove, span),
            StepKind::Do { action, args, .. } => {
                self.named(Named::Action(*action), How::Do, span);
                for (index, arg) in ids(args.len()).zip(args) {
                    self.used(Thing::ActionParam(*action, index), How::Argument, arg.span);
                }
            }
            StepKind::Start { journey, args } => {
                self.named(Named::Journey(*journey), How::Start, span);
                for (index, arg) in ids(args.len()).zip(args) {
                    self.used(
                        Thing::JourneyParam(*journey, index),
                        How::Argument,
                        arg.span,
                    );
                }
            }
            StepKind::Repeat { every, .. } => {
                every.iter().for_each(|every| self.calendar(every, span));
            }
            StepKind::If { .. } | StepKind::Split(_) | StepKind::Exit(_) => {}
        }
        let mut exprs = Vec::new();
        visit::of_step(step, &mut |expr| exprs.push(expr));
        self.exprs(exprs);
    }

    fn sent(&mut self, send: &'m Send) {
        let head = send.head;
        self.named(Named::Message(send.message), How::Send, head);
        for (index, arg) in ids(send.args.len()).zip(&send.args) {
            self.used(
                Thing::MessageParam(send.message, index),
                How::Argument,
                arg.span,
            );
        }
        for channel in send.by.iter().flatten() {
            match channel {
                SendChannel::Channel(id) => self.named(Named::Channel(*id), How::Send, head),
                SendChannel::Dynamic(path) => {
                    if let Ty::Channel(channels) = path.ty.known() {
                        self.channels(channels, How::Send, path.span);
                    }
                }
            }
        }
        if let Some(purpose) = send.purpose {
            self.named(Named::Purpose(purpose), How::Send, head);
        }
    }

    fn wait(&mut self, wait: &'m Wait, span: Span) {
        match wait {
            Wait::For { duration, .. } => self.calendar(duration, span),
            Wait::Workday { calendar, .. } => {
                self.named(Named::Calendar(*calendar), How::Read, span);
            }
            Wait::UpTo { limit, arms, .. } => {
                self.calendar(limit, span);
                for Arm { kind, span, .. } in arms {
                    if let ArmKind::On(on) = kind {
                        self.trigger(&on.trigger, How::Listen, *span);
                    }
                }
            }
            Wait::Until { within, .. } => {
                within.iter().for_each(|within| self.calendar(within, span));
            }
            Wait::Time { .. } | Wait::Weekday { .. } => {}
        }
    }

    fn claim(&mut self, claim: &'m Claim) {
        let span = claim.span;
        match &claim.kind {
            ClaimKind::AtMost {
                channels, purposes, ..
            } => {
                self.channels(channels, How::Promise, span);
                self.purposes(purposes, How::Promise, span);
            }
            ClaimKind::Never {
                channels,
                purposes,
                when,
                ..
            } => {
                self.channels(channels, How::Promise, span);
                self.purposes(purposes, How::Promise, span);
                self.exprs(when);
            }
            ClaimKind::After { on, message, .. } => {
                self.trigger(&on.trigger, How::Promise, span);
                self.exprs(&on.filter);
                self.named(Named::Message(*message), How::Promise, span);
            }
            ClaimKind::EndsWithin { journey, .. } | ClaimKind::CostsAtMost { journey, .. } => {
                self.named(Named::Journey(*journey), How::Promise, span);
            }
            ClaimKind::NeverWith { journey, other } => {
                self.named(Named::Journey(*journey), How::Promise, span);
                self.named(Named::Journey(*other), How::Promise, span);
            }
        }
    }

    fn test(&mut self, test: &'m Test) {
        if let Some(journey) = test.journey {
            self.named(Named::Journey(journey), How::Expect, test.place.span);
        }
        for TestStatement { kind, span } in &test.statements {
            self.statement(kind, *span);
        }
    }

    fn statement(&mut self, kind: &'m TestStatementKind, span: Span) {
        match kind {
            TestStatementKind::GivenRow { entity, fields, .. } => {
                let entity = *entity;
                self.entity(entity, How::Given, span);
                self.given(fields, |index| Thing::Field(FieldId { entity, index }));
            }
            TestStatementKind::GivenSetting { setting, .. } => {
                self.named(Named::Setting(*setting), How::Given, span);
            }
            TestStatementKind::GivenDo { action, result } => {
                let action = *action;
                self.named(Named::Action(action), How::Given, span);
                let fields = result.as_deref().unwrap_or_default();
                self.given(fields, |index| Thing::ResultField(action, index));
            }
            TestStatementKind::Event {
                trigger,
                subject,
                fields,
            } => {
                self.trigger(trigger, How::Given, span);
                self.exprs(subject);
                match trigger {
                    Trigger::Event(event) => {
                        self.given(fields, |index| Thing::EventField(*event, index));
                    }
                    _ => fields.iter().for_each(|given| self.expr(&given.value)),
                }
            }
            TestStatementKind::ExpectSent {
                message, by, at, ..
            } => {
                self.named(Named::Message(*message), How::Expect, span);
                self.channels(by.as_slice(), How::Expect, span);
                self.exprs(at);
            }
            TestStatementKind::ExpectRefused { message, .. } => {
                self.named(Named::Message(*message), How::Expect, span);
            }
            TestStatementKind::Expect(condition) => self.expr(condition),
            TestStatementKind::GivenSplit { .. }
            | TestStatementKind::Clock(_)
            | TestStatementKind::After(_)
            | TestStatementKind::ExpectResting(_)
            | TestStatementKind::ExpectLeft(_) => {}
        }
    }
}
