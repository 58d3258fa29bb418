//! The steps of a journey.

use super::printer::{Before, Printer};
use crate::syntax::ast::{
    Arm, ArmKind, Block, Expr, If, Match, MatchArm, Split, SplitArm, Step, StepKind, Wait,
};

impl<'a> Printer<'a> {
    /// Prints a step from its label or keyword to its end.
    pub(super) fn step(&mut self, step: &'a Step) {
        self.node(&step.kind);
        self.fact(&step.label.is_some());
        if let Some(label) = &step.label {
            // The label and its colon.
            self.to(label.span.end);
            self.token();
        }
        self.step_kind(&step.kind);
        self.to(step.span.end);
        self.node(&step.kind);
    }

    fn step_kind(&mut self, kind: &'a StepKind) {
        match kind {
            StepKind::Send(send) => {
                self.to(send.message.span.end);
                self.arguments(&send.args);
                let channels = send.by.iter().flat_map(|target| &target.channels);
                channels.for_each(|channel| self.expr(channel));
                self.maybe(send.within.as_ref());
                self.refusal(send.refused.as_ref());
            }
            StepKind::Wait(wait) => self.wait(wait),
            StepKind::If(inner) => self.conditions(inner),
            StepKind::Match(inner) => self.match_step(inner),
            StepKind::Split(split) => self.split(split),
            StepKind::Repeat(repeat) => {
                self.expr(&repeat.times);
                self.maybe(repeat.every.as_ref());
                self.maybe(repeat.until.as_ref());
                self.steps(&repeat.block);
            }
            StepKind::Set { target, value, .. } => {
                self.expr(target);
                self.expr(value);
            }
            StepKind::Grant { target, from } | StepKind::Withdraw { target, from } => {
                self.expr(target);
                self.expr(from);
            }
            StepKind::Do(inner) => {
                self.to(inner.action.span.end);
                self.arguments(&inner.args);
                self.refusal(inner.no_answer.as_ref());
            }
            StepKind::Start { journey, args } => {
                self.to(journey.span.end);
                self.arguments(args);
            }
            StepKind::AddTo(_) | StepKind::RemoveFrom(_) | StepKind::Exit(_) => {}
        }
    }

    /// `else { ... }` on the line of what it belongs to.
    fn refusal(&mut self, block: Option<&'a Block>) {
        if let Some(block) = block {
            self.steps(block);
        }
    }

    /// `else { ... }` after a `}`, on the line of the `}`.
    fn else_after_block(&mut self, block: Option<&'a Block>) {
        if let Some(block) = block {
            self.before = Before::Else;
            self.steps(block);
        }
    }

    fn conditions(&mut self, inner: &'a If) {
        for (place, (condition, block)) in inner.branches.iter().enumerate() {
            if place > 0 {
                self.before = Before::Else;
            }
            self.expr(condition);
            self.steps(block);
        }
        self.else_after_block(inner.otherwise.as_ref());
    }

    fn wait(&mut self, wait: &'a Wait) {
        self.node(wait);
        match wait {
            Wait::For { duration, at } => {
                self.expr(duration);
                self.maybe(at.as_ref());
            }
            Wait::Weekday { at, .. } | Wait::Workday { at, .. } => self.maybe(at.as_ref()),
            Wait::Until {
                moment,
                at,
                within,
                then,
                otherwise,
            } => {
                self.expr(moment);
                self.maybe(at.as_ref());
                self.maybe(within.as_ref());
                if let Some(block) = then {
                    self.steps(block);
                }
                self.else_after_block(otherwise.as_ref());
            }
            Wait::UpTo {
                limit,
                arms,
                otherwise,
            } => {
                self.expr(limit);
                self.to_block();
                self.arms(
                    arms,
                    |arm: &Arm| arm.span.start,
                    Self::arm,
                    otherwise.as_ref(),
                );
            }
            Wait::UpToFor {
                limit,
                event,
                filter,
            } => {
                self.expr(limit);
                self.expr(event);
                self.maybe(filter.as_ref());
            }
        }
    }

    /// A block of arms, the last of which may be an `else`, on a line of its own.
    fn arms<T>(
        &mut self,
        arms: &'a [T],
        start: impl Fn(&T) -> u32,
        each: impl Fn(&mut Self, &'a T),
        otherwise: Option<&'a Block>,
    ) {
        self.open_block();
        for arm in arms {
            self.statement(start(arm));
            each(self, arm);
        }
        if let Some(block) = otherwise {
            self.statement(0);
            self.steps(block);
        }
        self.close_block();
    }

    fn arm(&mut self, arm: &'a Arm) {
        self.node(&arm.kind);
        match &arm.kind {
            ArmKind::On { event, filter, .. } => {
                self.expr(event);
                self.maybe(filter.as_ref());
            }
            ArmKind::When(condition) => self.expr(condition),
        }
        self.steps(&arm.block);
    }

    fn match_step(&mut self, inner: &'a Match) {
        self.expr(&inner.value);
        self.to_block();
        self.arms(
            &inner.arms,
            |arm: &MatchArm| arm.span.start,
            |printer, arm| {
                printer.all(&arm.patterns);
                printer.steps(&arm.block);
            },
            inner.otherwise.as_ref(),
        );
    }

    fn all(&mut self, exprs: &'a [Expr]) {
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn split(&mut self, split: &'a Split) {
        self.fact(&(split.drawn_each_time, split.best.is_some()));
        if let Some(best) = &split.best {
            self.expr(&best.after);
            self.maybe(best.people.as_ref());
            self.maybe(best.keeping.as_ref());
        }
        self.to_block();
        self.open_block();
        for arm in &split.arms {
            self.statement(arm.span.start);
            self.split_arm(arm);
        }
        if let Some(rest) = split.rest {
            self.statement(rest.start);
            self.to(rest.end);
        }
        self.close_block();
    }

    fn split_arm(&mut self, arm: &'a SplitArm) {
        self.expr(&arm.share);
        self.steps(&arm.block);
    }
}
