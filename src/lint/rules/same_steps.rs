//! `same-steps`: a choice whose sides do the same.
//!
//! Two blocks are the same if they read the same, word for word, without comments, layout and the
//! labels of their steps; where the steps of one name a label, those of the other name the label of
//! the same step.

use std::mem::discriminant;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::diag::codes::lint::SAME_STEPS;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::File;
use crate::lint::words::words;
use crate::source::Span;
use crate::syntax::ast::{ArmKind, Block, Decl, DeclKind, Name, Step, StepKind, Wait};

/// Looks at every choice of a journey.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    if let DeclKind::Journey(journey) = &decl.kind {
        Choices { file, out }.in_steps(&journey.steps);
    }
}

struct Choices<'a> {
    file: &'a File<'a>,
    out: &'a mut Diagnostics,
}

impl Choices<'_> {
    fn in_steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.at(&step.kind);
            step.for_each_block(&mut |block| self.in_steps(&block.steps));
        }
    }

    fn at(&mut self, step: &StepKind) {
        match step {
            StepKind::If(it) => {
                let blocks = it.branches.iter().map(|(_, block)| block);
                let blocks: Vec<&Block> = blocks.chain(&it.otherwise).collect();
                let last = it
                    .otherwise
                    .as_ref()
                    .map(|_| blocks.len().saturating_sub(1));
                for (at, pair) in (1..).zip(blocks.windows(2)) {
                    let [one, other] = pair else { continue };
                    // `if a { exit } else if b { exit }` may be clearer than one long condition.
                    if (Some(at) == last || sends(one)) && self.same(one, other) {
                        let help = if Some(at) == last {
                            "write what differs, or leave the condition out"
                        } else {
                            "write what differs, or join the conditions with `or`"
                        };
                        self.report(one, other, help);
                    }
                }
            }
            StepKind::Match(it) => {
                let blocks = it.arms.iter().map(|arm| &arm.block).chain(&it.otherwise);
                let blocks: Vec<&Block> = blocks.collect();
                let help = "write what differs, or join the arms: `one, other { ... }`";
                if !self.all_same(&blocks, help) {
                    self.any_same(blocks.into_iter().filter(|block| sends(block)), help);
                }
            }
            StepKind::Split(it) => {
                let blocks = it.arms.iter().map(|arm| &arm.block);
                let help = "write what differs: two arms that do the same compare nothing";
                self.any_same(blocks.filter(|block| !block.steps.is_empty()), help);
            }
            StepKind::Wait(wait) => self.at_wait(wait),
            StepKind::Send(_)
            | StepKind::Repeat(_)
            | StepKind::Set { .. }
            | StepKind::Grant { .. }
            | StepKind::Withdraw { .. }
            | StepKind::AddTo(_)
            | StepKind::RemoveFrom(_)
            | StepKind::Do(_)
            | StepKind::Start { .. }
            | StepKind::Exit(_) => {}
        }
    }

    /// A wait may be there for the moment at which it ends, so empty arms say nothing. Arms that
    /// name their event may tell their events apart by that name.
    fn at_wait(&mut self, wait: &Wait) {
        let blocks: Vec<&Block> = match wait {
            Wait::Until {
                then: Some(then),
                otherwise: Some(otherwise),
                ..
            } => vec![then, otherwise],
            Wait::UpTo {
                arms, otherwise, ..
            } => {
                let named = |kind: &ArmKind| matches!(kind, ArmKind::On { bind: Some(_), .. });
                if otherwise.is_none() || arms.iter().any(|arm| named(&arm.kind)) {
                    return;
                }
                arms.iter().map(|arm| &arm.block).chain(otherwise).collect()
            }
            _ => return,
        };
        if blocks.iter().all(|block| !block.steps.is_empty()) {
            let help = "write what differs, or write these steps once after the wait";
            self.all_same(&blocks, help);
        }
    }

    /// Reports the second of the blocks if all are the same.
    fn all_same(&mut self, blocks: &[&Block], help: &str) -> bool {
        let [first, second, ..] = blocks else {
            return false;
        };
        let same = blocks
            .windows(2)
            .all(|pair| matches!(pair, [one, other] if self.same(one, other)));
        if same {
            self.report(first, second, help);
        }
        same
    }

    /// Reports each block that is the same as an earlier one.
    fn any_same<'b>(&mut self, blocks: impl Iterator<Item = &'b Block>, help: &str) {
        let mut seen: FxHashMap<Vec<Piece<'_>>, &Block> = FxHashMap::default();
        let text = self.file.text;
        let mut found = Vec::new();
        for block in blocks {
            let first = *seen.entry(pieces(block, text)).or_insert(block);
            if !std::ptr::eq(first, block) {
                found.push((first, block));
            }
        }
        for (first, block) in found {
            self.report(first, block, help);
        }
    }

    fn same(&self, one: &Block, other: &Block) -> bool {
        let alike = one.steps.len() == other.steps.len()
            && one
                .steps
                .iter()
                .zip(&other.steps)
                .all(|(one, other)| discriminant(&one.kind) == discriminant(&other.kind));
        alike && pieces(one, self.file.text) == pieces(other, self.file.text)
    }

    fn report(&mut self, one: &Block, other: &Block, help: &str) {
        self.out.push(
            Diagnostic::new(
                &SAME_STEPS,
                place(other).in_file(self.file.id),
                "both ways lead to the same steps",
            )
            .label("these steps")
            .other(place(one).in_file(self.file.id), "are the same as these")
            .help(help),
        );
    }
}

/// The steps of a block; its braces if there are none.
fn place(block: &Block) -> Span {
    match (block.steps.first(), block.steps.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => block.span,
    }
}

fn sends(block: &Block) -> bool {
    let is_send = |step: &Step| matches!(step.kind, StepKind::Send(_));
    block.steps.iter().any(is_send)
}

/// A word of a block, or the position of the step whose label it is.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Piece<'t> {
    Word(&'t str),
    Label(usize),
}

/// A block as it is compared.
fn pieces<'t>(block: &Block, text: &'t str) -> Vec<Piece<'t>> {
    let mut labels = Labels::default();
    labels.of_steps(&block.steps);
    let mut declared = labels.declared.iter().peekable();
    let mut pieces = Vec::new();
    let mut after_label = false;
    for span in words(text, block.span) {
        while declared.next_if(|label| label.end <= span.start).is_some() {}
        if declared
            .next_if(|label| label.start <= span.start)
            .is_some()
        {
            after_label = true;
            continue;
        }
        let word = span.text(text);
        if std::mem::take(&mut after_label) && word == ":" {
            continue;
        }
        pieces.push(match labels.steps.get(word) {
            Some(step) => Piece::Label(*step),
            None => Piece::Word(word),
        });
    }
    pieces
}

/// The labels in a block.
#[derive(Default)]
struct Labels {
    /// Where they stand, in order.
    declared: Vec<Span>,
    /// By text, the position of their step.
    steps: FxHashMap<SmolStr, usize>,
    count: usize,
}

impl Labels {
    fn of_steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.count += 1;
            self.label(step.label.as_ref());
            if let StepKind::Split(split) = &step.kind {
                self.label(split.name.as_ref());
                for arm in &split.arms {
                    self.count += 1;
                    self.label(arm.label.as_ref());
                    self.of_steps(&arm.block.steps);
                }
            } else {
                step.for_each_block(&mut |block| self.of_steps(&block.steps));
            }
        }
    }

    fn label(&mut self, label: Option<&Name>) {
        if let Some(label) = label {
            self.declared.push(label.span);
            self.steps.insert(label.text.clone(), self.count);
        }
    }
}
