//! The steps of a journey and the blocks that hold them.

use super::journey::Items;
use super::{Kids, Lower, Node};
use crate::source::Span;
use crate::syntax::ast::{
    Argument, Best, Block, Do, Expr, Finally, If, JourneyClause, Match, MatchArm, Name, Repeat,
    Send, SendTarget, SetOp, Split, SplitArm, Step, StepKind,
};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

impl<'a> Lower<'a> {
    /// A block of steps inside a step.
    pub fn to_block(&mut self, node: Node<'a>) -> Block {
        let span = self.span(&node);
        let mut items = Items::default();
        self.items(node, &mut items);
        let clauses = items.clauses.iter().map(|clause| clause.span);
        let finally = items.finally.iter().map(|finally| finally.span);
        let misplaced: Vec<Span> = clauses.chain(finally).collect();
        report::in_block(self, &misplaced);
        Block {
            steps: items.steps,
            span,
        }
    }

    /// The steps and clauses of a block, in order.
    pub fn items(&mut self, node: Node<'a>, items: &mut Items) {
        let mut kids = Kids::of(node);
        while let Some(node) = self.part(&mut kids) {
            self.item(node, items);
        }
        // Most blocks hold one step, and a growing list makes room for four.
        items.steps.shrink_to_fit();
        items.clauses.shrink_to_fit();
    }

    fn item(&mut self, node: Node<'a>, items: &mut Items) {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let label = self.opt(&mut kids, &[Rule::label]).map(|part| {
            let mut kids = Kids::of(part);
            self.new_name(&mut kids)
        });
        let Some(node) = self.part(&mut kids) else {
            return;
        };
        let after_steps = items.steps.len();
        if node.as_rule() == Rule::finally {
            report::unlabelled(self, label.as_ref());
            let block = self.block_of(node);
            items.finally.push(Finally {
                block,
                span,
                after_steps,
            });
        } else if is_clause(node.as_rule()) {
            report::unlabelled(self, label.as_ref());
            if let Some(kind) = self.clause(node) {
                items.clauses.push(JourneyClause {
                    kind,
                    span,
                    after_steps,
                });
            }
        } else if let Some(kind) = self.step(node) {
            items.steps.push(Step { label, kind, span });
        }
    }

    fn step(&mut self, node: Node<'a>) -> Option<StepKind> {
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let kind = match rule {
            Rule::send | Rule::flat_send => StepKind::Send(Box::new(self.send(&mut kids))),
            Rule::wait | Rule::flat_wait => StepKind::Wait(Box::new(self.wait(&mut kids)?)),
            Rule::if_step => StepKind::If(self.if_step(&mut kids)),
            Rule::match_step => StepKind::Match(Box::new(self.match_step(&mut kids))),
            Rule::split => StepKind::Split(Box::new(self.split(&mut kids))),
            Rule::repeat => StepKind::Repeat(Box::new(self.repeat(&mut kids))),
            Rule::set => self.set(&mut kids),
            Rule::grant => StepKind::Grant {
                target: Box::new(self.path(&mut kids)),
                from: Box::new(self.path(&mut kids)),
            },
            Rule::withdraw => StepKind::Withdraw {
                target: Box::new(self.path(&mut kids)),
                from: Box::new(self.path(&mut kids)),
            },
            Rule::add => StepKind::AddTo(self.name(&mut kids)),
            Rule::remove => StepKind::RemoveFrom(self.name(&mut kids)),
            Rule::do_step => StepKind::Do(Box::new(self.do_step(&mut kids))),
            Rule::start => StepKind::Start {
                journey: self.name(&mut kids),
                args: self.args(&mut kids),
            },
            _ => StepKind::Exit(
                self.opt(&mut kids, &[Rule::name])
                    .map(|node| self.to_name(&node)),
            ),
        };
        self.rest(kids);
        Some(kind)
    }

    fn send(&mut self, kids: &mut Kids<'a>) -> Send {
        let message = self.name(kids);
        let args = self.args(kids);
        let (mut by, mut purpose, mut within, mut refused) = (None, None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::send_by => {
                    let targets = self.send_by(part);
                    self.once(&mut by, targets, span);
                }
                Rule::send_for => {
                    let name = self.name_of(part);
                    self.once(&mut purpose, name, span);
                }
                Rule::within => {
                    let value = self.value_of(part);
                    self.once(&mut within, value, span);
                }
                _ => {
                    let block = self.block_of(part);
                    self.once(&mut refused, block, span);
                }
            }
        }
        Send {
            message,
            args,
            by: by.unwrap_or_default(),
            purpose,
            within,
            refused,
        }
    }

    fn send_by(&mut self, part: Node<'a>) -> Vec<SendTarget> {
        let mut targets = Vec::new();
        let mut kids = Kids::of(part);
        while let Some(target) = self.part(&mut kids) {
            let mut channels = Vec::new();
            let mut inner = Kids::of(target);
            while let Some(node) = self.part(&mut inner) {
                channels.push(self.to_path(&node));
            }
            channels.shrink_to_fit();
            targets.push(SendTarget { channels });
        }
        targets.shrink_to_fit();
        targets
    }

    /// The next `(name: value, ...)`, if there is one.
    pub fn args(&mut self, kids: &mut Kids<'a>) -> Vec<Argument> {
        let mut args = Vec::new();
        if let Some(node) = self.opt(kids, &[Rule::args]) {
            let mut kids = Kids::of(node);
            while let Some(node) = self.part(&mut kids) {
                let mut kids = Kids::of(node);
                let name = self
                    .opt(&mut kids, &[Rule::word])
                    .map(|node| self.to_name(&node));
                let before = self.found.len();
                let value = self.value(&mut kids);
                match name {
                    None if report::argument_with_equals(self, &value, before) => {}
                    Some(name) => args.push(Argument { name, value }),
                    // Which parameter it is for is known where the parameters are.
                    None => args.push(Argument {
                        name: Name {
                            span: Span::at(value.span.start),
                            ..self.nothing()
                        },
                        value,
                    }),
                }
                self.rest(kids);
            }
        }
        args
    }

    fn if_step(&mut self, kids: &mut Kids<'a>) -> If {
        let mut branches = vec![(self.value(kids), self.block(kids))];
        let mut otherwise = None;
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            if part.as_rule() == Rule::else_if {
                let mut kids = Kids::of(part);
                branches.push((self.value(&mut kids), self.block(&mut kids)));
                self.rest(kids);
            } else {
                let block = self.block_of(part);
                self.once(&mut otherwise, block, span);
            }
        }
        If {
            branches,
            otherwise,
        }
    }

    fn match_step(&mut self, kids: &mut Kids<'a>) -> Match {
        let value = self.value(kids);
        let mut arms = Vec::new();
        let mut otherwise = None;
        if let Some(body) = self.opt(kids, &[Rule::match_body]) {
            let mut kids = Kids::of(body);
            while let Some(part) = self.part(&mut kids) {
                let span = self.span(&part);
                if part.as_rule() == Rule::arm_else {
                    let block = self.block_of(part);
                    self.once(&mut otherwise, block, span);
                    continue;
                }
                let mut patterns = Vec::new();
                let mut kids = Kids::of(part);
                while let Some(node) = self.opt(&mut kids, &[Rule::path, Rule::number, Rule::text])
                {
                    patterns.push(self.pattern(&node));
                }
                let block = self.block(&mut kids);
                self.rest(kids);
                patterns.shrink_to_fit();
                arms.push(MatchArm {
                    patterns,
                    block,
                    span,
                });
            }
        }
        Match {
            value,
            arms,
            otherwise,
        }
    }

    fn split(&mut self, kids: &mut Kids<'a>) -> Split {
        let mut split = Split {
            name: self.opt(kids, &[Rule::name]).map(|n| self.to_name(&n)),
            drawn_each_time: false,
            best: None,
            arms: Vec::new(),
            rest: None,
        };
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::drawn => {
                    self.rest(Kids::of(part));
                    split.drawn_each_time = true;
                }
                Rule::best => {
                    let best = self.best(part);
                    self.once(&mut split.best, best, span);
                }
                _ => {
                    let mut kids = Kids::of(part);
                    while let Some(node) = self.part(&mut kids) {
                        let span = self.span(&node);
                        if node.as_rule() == Rule::split_rest {
                            self.once(&mut split.rest, span, span);
                        } else {
                            split.arms.push(self.split_arm(node));
                        }
                    }
                }
            }
        }
        split
    }

    fn best(&mut self, part: Node<'a>) -> Best {
        let span = self.span(&part);
        let mut kids = Kids::of(part);
        let by = self.name(&mut kids);
        let (mut after, mut people, mut keeping) = (None, None, None);
        while let Some(part) = self.part(&mut kids) {
            let span = self.span(&part);
            let rule = part.as_rule();
            let value = self.value_of(part);
            let slot = match rule {
                Rule::best_after => &mut after,
                Rule::best_people => &mut people,
                _ => &mut keeping,
            };
            self.once(slot, value, span);
        }
        Best {
            by,
            after: after.unwrap_or_else(|| report::best_without_after(self, span)),
            people,
            keeping,
        }
    }

    fn split_arm(&mut self, node: Node<'a>) -> SplitArm {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let share = match self.opt(&mut kids, &[Rule::number]) {
            Some(node) => self.number(&node),
            None => self.broken(),
        };
        let label = self
            .opt(&mut kids, &[Rule::name])
            .map(|node| self.to_name(&node));
        let block = self.block(&mut kids);
        self.rest(kids);
        SplitArm {
            share,
            label,
            block,
            span,
        }
    }

    fn repeat(&mut self, kids: &mut Kids<'a>) -> Repeat {
        let times = self.value(kids);
        let (mut every, mut until, mut block) = (None, None, Block::default());
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::repeat_every => {
                    let value = self.value_of(part);
                    self.once(&mut every, value, span);
                }
                Rule::repeat_until => {
                    let value = self.value_of(part);
                    self.once(&mut until, value, span);
                }
                _ => block = self.to_block(part),
            }
        }
        Repeat {
            times,
            every,
            until,
            block,
        }
    }

    fn set(&mut self, kids: &mut Kids<'a>) -> StepKind {
        let target = Box::new(self.path(kids));
        let op = match self.opt(kids, &[Rule::set_op]) {
            Some(node) => match node.as_str() {
                "+=" => SetOp::Add,
                "-=" => SetOp::Subtract,
                "==" => {
                    let span = self.at(&node);
                    report::equals_in_set(self, span);
                    SetOp::Assign
                }
                _ => SetOp::Assign,
            },
            None => SetOp::Assign,
        };
        StepKind::Set {
            target,
            op,
            value: Box::new(self.value(kids)),
        }
    }

    fn do_step(&mut self, kids: &mut Kids<'a>) -> Do {
        let action = self.name(kids);
        let args = self.args(kids);
        let (mut bind, mut no_answer): (Option<Name>, Option<Block>) = (None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            if part.as_rule() == Rule::as_part {
                let name = self.bind_of(part);
                self.once(&mut bind, name, span);
            } else {
                let block = self.block_of(part);
                self.once(&mut no_answer, block, span);
            }
        }
        Do {
            action,
            args,
            bind,
            no_answer,
        }
    }

    /// A pattern of `match`.
    fn pattern(&mut self, node: &Node<'a>) -> Expr {
        self.atom(node)
    }
}

/// Whether a rule is a header clause of a journey.
fn is_clause(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::title
            | Rule::owner
            | Rule::objective
            | Rule::journey_purpose
            | Rule::priority
            | Rule::enter
            | Rule::one_per
            | Rule::reenter
            | Rule::leave
            | Rule::goal
            | Rule::journey_holdout
            | Rule::active
            | Rule::admit
            | Rule::budget
            | Rule::renamed
            | Rule::removed
    )
}
