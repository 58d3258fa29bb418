//! The steps of a journey.

use super::parts::Part;
use super::printer::{Before, Printer};
use crate::syntax::ast::{
    Arm, ArmKind, Block, If, Match, MatchArm, Send, Split, SplitArm, Step, StepKind, Wait,
};

impl<'a> Printer<'a> {
    /// Prints a step from its label or keyword to its end.
    pub(super) fn step(&mut self, step: &'a Step) {
        self.node(&step.kind);
        self.fact(&step.label.is_some());
        if let Some(label) = &step.label {
            // The label and its colon.
            self.copy_to(label.span.end);
            self.token();
        }
        self.step_kind(&step.kind);
        self.copy_to(step.span.end);
        self.node(&step.kind);
    }

    fn step_kind(&mut self, kind: &'a StepKind) {
        match kind {
            StepKind::Send(send) => self.send(send),
            StepKind::Wait(wait) => self.wait(wait),
            StepKind::If(inner) => self.conditions(inner),
            StepKind::Match(inner) => self.match_step(inner),
            StepKind::Split(split) => self.split(split),
            StepKind::Repeat(repeat) => self.parts([
                Some(Part::Expr(&repeat.times)),
                repeat.every.as_ref().map(Part::Expr),
                repeat.until.as_ref().map(Part::Expr),
                Some(Part::Block(&repeat.block)),
            ]),
            StepKind::Set { target, value, .. } => {
                self.expr(target);
                self.expr(value);
            }
            StepKind::Grant { target, from } | StepKind::Withdraw { target, from } => {
                self.expr(target);
                self.expr(from);
            }
            StepKind::Do(inner) => {
                self.copy_to(inner.action.span.end);
                self.arguments(&inner.args);
                self.parts([inner.no_answer.as_ref().map(Part::Else)]);
            }
            StepKind::Start { journey, args } => {
                self.copy_to(journey.span.end);
                self.arguments(args);
            }
            StepKind::AddTo(_) | StepKind::RemoveFrom(_) | StepKind::Exit(_) => {}
        }
    }

    fn send(&mut self, send: &'a Send) {
        self.copy_to(send.message.span.end);
        self.arguments(&send.args);
        let channels = || send.by.iter().flat_map(|target| &target.channels);
        // `by` may stand after `within` or after the `else`; a channel holds nothing to lay out.
        self.fact(&channels().count());
        self.parts([
            send.within.as_ref().map(Part::Expr),
            send.refused.as_ref().map(Part::Else),
        ]);
    }

    fn conditions(&mut self, inner: &'a If) {
        for (place, (condition, block)) in inner.branches.iter().enumerate() {
            if place > 0 {
                self.before = Before::Else;
            }
            self.expr(condition);
            self.steps(block);
        }
        self.parts([inner.otherwise.as_ref().map(Part::Else)]);
    }

    fn wait(&mut self, wait: &'a Wait) {
        self.node(wait);
        match wait {
            Wait::For { duration, at } => {
                self.parts([Some(Part::Expr(duration)), at.as_ref().map(Part::Expr)]);
            }
            Wait::Weekday { at, .. } | Wait::Workday { at, .. } => {
                self.parts([at.as_ref().map(Part::Expr)]);
            }
            Wait::Until {
                moment,
                at,
                within,
                then,
                otherwise,
            } => self.parts([
                Some(Part::Expr(moment)),
                at.as_ref().map(Part::Expr),
                within.as_ref().map(Part::Expr),
                then.as_ref().map(Part::Block),
                otherwise.as_ref().map(Part::Else),
            ]),
            Wait::UpTo {
                limit,
                arms,
                otherwise,
            } => {
                self.expr(limit);
                self.arms(arms, |arm: &Arm| arm.span.start, Self::arm, otherwise);
            }
            Wait::UpToFor {
                limit,
                event,
                filter,
            } => self.parts([
                Some(Part::Expr(limit)),
                Some(Part::Expr(event)),
                filter.as_ref().map(Part::Expr),
            ]),
        }
    }

    /// A block of arms. The `else` is an arm like the others, and stands where it stands.
    fn arms<T>(
        &mut self,
        arms: &'a [T],
        start: impl Fn(&T) -> u32,
        each: impl Fn(&mut Self, &'a T),
        otherwise: &'a Option<Block>,
    ) {
        let above = |block: &Block| {
            let before = |arm: &&T| start(arm) < block.span.start;
            arms.iter().take_while(before).count()
        };
        let place = otherwise.as_ref().map_or(arms.len(), above);
        let (above, below) = arms.split_at(place);
        self.copy_to_block();
        self.open_block();
        for arm in above {
            self.statement(start(arm));
            each(self, arm);
        }
        if let Some(block) = otherwise {
            self.new_statement();
            self.steps(block);
        }
        for arm in below {
            self.statement(start(arm));
            each(self, arm);
        }
        self.close_block();
    }

    fn arm(&mut self, arm: &'a Arm) {
        self.node(&arm.kind);
        match &arm.kind {
            ArmKind::On { event, filter, .. } => {
                self.parts([Some(Part::Expr(event)), filter.as_ref().map(Part::Expr)]);
            }
            ArmKind::When(condition) => self.expr(condition),
        }
        self.steps(&arm.block);
    }

    fn match_step(&mut self, inner: &'a Match) {
        self.expr(&inner.value);
        self.arms(
            &inner.arms,
            |arm: &MatchArm| arm.span.start,
            |printer, arm| {
                arm.patterns
                    .iter()
                    .for_each(|pattern| printer.expr(pattern));
                printer.steps(&arm.block);
            },
            &inner.otherwise,
        );
    }

    fn split(&mut self, split: &'a Split) {
        self.fact(&(split.drawn_each_time, split.best.is_some()));
        if let Some(best) = &split.best {
            self.parts([
                Some(Part::Expr(&best.after)),
                best.people.as_ref().map(Part::Expr),
                best.keeping.as_ref().map(Part::Expr),
            ]);
        }
        self.copy_to_block();
        self.open_block();
        let mut rest = split.rest;
        for arm in &split.arms {
            if let Some(rest) = rest.take_if(|rest| rest.start < arm.span.start) {
                self.statement(rest.start);
                self.copy_to(rest.end);
            }
            self.statement(arm.span.start);
            self.split_arm(arm);
        }
        if let Some(rest) = rest {
            self.statement(rest.start);
            self.copy_to(rest.end);
        }
        self.close_block();
    }

    fn split_arm(&mut self, arm: &'a SplitArm) {
        self.expr(&arm.share);
        self.steps(&arm.block);
    }
}
