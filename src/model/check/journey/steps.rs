//! The walk over the steps: one method a kind of step, blocks with what is known in them.

use super::Walk;
use super::flow::ends::leave;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::{MISPLACED_CLAUSE, NOT_IN_FINALLY, OUT_OF_BOUNDS};
use crate::diag::codes::names::REPEATED_CLAUSE;
use crate::model::body::{Known, Length};
use crate::model::check::clauses::count;
use crate::model::hir::{Duration, Journey, Step, StepKind};
use crate::syntax::ast::{self, Block};

/// What is known after branches: what all those know that go on.
#[derive(Default)]
pub(super) struct After(Option<Known>);

impl After {
    /// Adds a branch, unless everyone in it leaves.
    pub(super) fn add(&mut self, steps: &[Step], known: Known) {
        if !leave(steps) {
            self.add_known(known);
        }
    }

    /// Adds a way on.
    pub(super) fn add_known(&mut self, known: Known) {
        self.0 = Some(match self.0.take() {
            Some(before) => before.or(&known),
            None => known,
        });
    }

    /// What is known on every way on; nothing if there is none.
    pub(super) fn known(self) -> Known {
        self.0.unwrap_or_default()
    }
}

impl<'a> Walk<'_, 'a> {
    /// Checks steps in the scope they stand in.
    pub(super) fn steps(&mut self, steps: &'a [ast::Step]) -> Vec<Step> {
        let mut checked = Vec::with_capacity(steps.len());
        checked.extend(steps.iter().filter_map(|step| {
            let kind = self.step(step)?;
            Some(Step {
                label: step.label.as_ref().map(|label| label.text.clone()),
                kind,
                span: step.span,
            })
        }));
        checked
    }

    /// Checks a block: names bound in it end with it, and so does what it learns. With the steps
    /// comes what is known at their end.
    pub(super) fn block(&mut self, block: &'a Block, told: &Known) -> (Vec<Step>, Known) {
        let mark = self.body.mark();
        let before = self.body.known();
        self.body.assume(told);
        let steps = self.steps(&block.steps);
        let after = self.body.known();
        self.body.set_known(before);
        self.body.leave(mark);
        (steps, after)
    }

    fn step(&mut self, step: &'a ast::Step) -> Option<StepKind> {
        if self.in_finally && !may_stand_in_finally(&step.kind) {
            let place = self.body.place(step.span);
            self.body.report(
                Diagnostic::new(
                    &NOT_IN_FINALLY,
                    place,
                    format!("`{}` cannot stand in `finally`", word(&step.kind)),
                )
                .help("keep only `set`, `remove from` and `withdraw` in it"),
            );
        }
        match &step.kind {
            ast::StepKind::Send(send) => self.send(send, step),
            ast::StepKind::Wait(wait) => self.wait(wait),
            ast::StepKind::If(it) => Some(self.branches(it)),
            ast::StepKind::Match(it) => Some(self.choice(it)),
            ast::StepKind::Split(split) => self.split(split, step.span),
            ast::StepKind::Repeat(repeat) => self.repeat(repeat),
            ast::StepKind::Set { target, op, value } => self.set(target, *op, value),
            ast::StepKind::Grant { target, from } => {
                let (field, of, from) = self.consent("grant", target, from)?;
                Some(StepKind::Grant { field, of, from })
            }
            ast::StepKind::Withdraw { target, from } => {
                let (field, of, from) = self.consent("withdraw", target, from)?;
                Some(StepKind::Withdraw { field, of, from })
            }
            ast::StepKind::AddTo(name) => self.add_to(name),
            ast::StepKind::RemoveFrom(name) => self.audience(name).map(StepKind::RemoveFrom),
            ast::StepKind::Do(it) => self.action(it),
            ast::StepKind::Start { journey, args } => self.start(journey, args),
            ast::StepKind::Exit(name) => {
                Some(StepKind::Exit(name.as_ref().map(|name| name.text.clone())))
            }
        }
    }

    fn branches(&mut self, it: &'a ast::If) -> StepKind {
        let before = self.body.known();
        let mut after = After::default();
        let mut branches = Vec::with_capacity(it.branches.len());
        for (when, block) in &it.branches {
            let (when, facts) = self.body.condition(when);
            let (steps, known) = self.block(block, &facts.when_true);
            after.add(&steps, known);
            branches.push((when, steps));
            // The next branch is only asked when this one does not hold.
            self.body.assume(&facts.when_false);
        }
        let otherwise = match &it.otherwise {
            Some(block) => {
                let (steps, known) = self.block(block, &Known::default());
                after.add(&steps, known);
                Some(steps)
            }
            None => {
                after.add_known(self.body.known());
                None
            }
        };
        self.body.set_known(before);
        self.body.set_known(after.known());
        StepKind::If {
            branches,
            otherwise,
        }
    }

    /// `repeat up to N times [every D] [until C] { }`: C is asked after each pass.
    fn repeat(&mut self, repeat: &'a ast::Repeat) -> Option<StepKind> {
        let times = count(&mut self.body, &repeat.times)
            .map(|times| u32::try_from(times).unwrap_or(u32::MAX));
        let every = repeat.every.as_ref().map(|every| self.positive(every));
        // A pass may follow one that rested.
        self.body.forget_at_rest();
        let mark = self.body.mark();
        let steps = self.steps(&repeat.block.steps);
        let until = repeat.until.as_ref().map(|until| {
            let (until, _) = self.body.condition(until);
            until
        });
        self.body.leave(mark);
        let every = match every {
            Some(every) => Some(every?),
            None => None,
        };
        Some(StepKind::Repeat {
            times: times?,
            every,
            until,
            steps,
        })
    }

    /// Checks `finally`.
    pub(super) fn finally(&mut self, journey: &mut Journey) {
        let ast = self.ast;
        let Some((first, again)) = ast.finally.split_first() else {
            return;
        };
        for finally in again {
            let place = self.body.place(finally.span);
            let other = self.body.place(first.span);
            self.body.report(
                Diagnostic::new(
                    &REPEATED_CLAUSE,
                    place,
                    "`finally` stands here a second time",
                )
                .label("again here")
                .other(other, "first here")
                .help("write all of it in one block"),
            );
        }
        if let Some(after) = ast.steps.get(first.after_steps) {
            let (place, other) = (self.body.place(after.span), self.body.place(first.span));
            self.body.report(
                Diagnostic::new(&MISPLACED_CLAUSE, place, "a step stands after `finally`")
                    .other(other, "`finally` is here")
                    .help("move `finally` to the end of the journey"),
            );
        }
        self.in_finally = true;
        // However the person leaves: only what a rest keeps is known.
        self.body.set_known(Known::default());
        let (steps, _) = self.block(&first.block, &Known::default());
        self.in_finally = false;
        journey.finally = Some(steps);
    }

    /// A length of time in the person's calendar of more than nothing.
    pub(super) fn positive(&mut self, length: &'a ast::Expr) -> Option<Duration> {
        let duration = self.body.duration(length, Length::Calendar)?;
        if duration.count > 0 {
            return Some(duration);
        }
        self.body.error_with(
            &OUT_OF_BOUNDS,
            length.span,
            "this length of time is nothing",
            "write a length of at least 1",
        );
        None
    }
}

fn may_stand_in_finally(step: &ast::StepKind) -> bool {
    matches!(
        step,
        ast::StepKind::Set { .. } | ast::StepKind::RemoveFrom(_) | ast::StepKind::Withdraw { .. }
    )
}

/// The word with which a step begins.
fn word(step: &ast::StepKind) -> &'static str {
    match step {
        ast::StepKind::Send(_) => "send",
        ast::StepKind::Wait(_) => "wait",
        ast::StepKind::If(_) => "if",
        ast::StepKind::Match(_) => "match",
        ast::StepKind::Split(_) => "split",
        ast::StepKind::Repeat(_) => "repeat",
        ast::StepKind::Set { .. } => "set",
        ast::StepKind::Grant { .. } => "grant",
        ast::StepKind::Withdraw { .. } => "withdraw",
        ast::StepKind::AddTo(_) => "add to",
        ast::StepKind::RemoveFrom(_) => "remove from",
        ast::StepKind::Do(_) => "do",
        ast::StepKind::Start { .. } => "start",
        ast::StepKind::Exit(_) => "exit",
    }
}
