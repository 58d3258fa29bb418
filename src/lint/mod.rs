//! Lints: what is correct, but likely not meant. One rule a file.
//!
//! A rule looks at one of three things: the tree of a declaration, a checked journey or message,
//! or the project as a whole. A rule over trees is not silenced by an error elsewhere, and says
//! nothing about declarations with a syntax error. The others know names, types and uses, and run
//! once the project has no error and a journey. The level of every rule is the project's to choose; a rule that
//! the project allows does not run.

mod registry;
mod rules;
mod words;

use crate::diag::{Code, Diagnostics, Level, Levels};
use crate::model::hir::{Message, Model, Send};
use crate::model::ids::MessageId;
use crate::model::types::PurposeKind;
use crate::model::uses::Marks;
use crate::source::{FileId, Sources};
use crate::syntax::ast::Ast;
use rayon::prelude::*;
use registry::{JOURNEYS, MESSAGES, PROJECT, TREES};

/// What the lints read.
pub struct Input<'a> {
    /// All texts.
    pub sources: &'a Sources,
    /// The trees, ordered by path.
    pub files: &'a [(FileId, Ast)],
    /// The checked form, if the project has no error and a journey.
    pub model: Option<&'a Model>,
    /// The levels of the project.
    pub levels: &'a Levels,
}

/// The file that a tree was read from.
pub(crate) struct File<'a> {
    /// Which one.
    pub(crate) id: FileId,
    /// What stands in it.
    pub(crate) text: &'a str,
}

/// A checked project, for the rules that need more than a tree.
pub(crate) struct Whole<'a> {
    /// Names and types, without errors.
    pub(crate) model: &'a Model,
    /// How each thing is used.
    pub(crate) marks: Marks,
}

/// A rule and the code that it reports.
pub(crate) struct Rule<F> {
    code: &'static Code,
    run: F,
}

impl Whole<'_> {
    /// The kind of the purpose of a send.
    pub(crate) fn purpose_kind(&self, send: &Send) -> Option<PurposeKind> {
        let purpose = self.model.purposes.get(send.purpose?.index());
        purpose.map(|purpose| purpose.kind)
    }

    /// The id of a message of the model.
    pub(crate) fn message_id(&self, message: &Message) -> Option<MessageId> {
        let messages = &self.model.messages;
        let at = messages
            .binary_search_by(|other| other.name.cmp(&message.name))
            .ok()?;
        Some(MessageId(u32::try_from(at).ok()?))
    }
}

impl<F: Copy> Rule<F> {
    /// The functions of the rules that the project does not allow.
    fn wanted(rules: &[Self], levels: &Levels) -> Vec<F> {
        rules
            .iter()
            .filter(|rule| levels.of(rule.code) != Level::Allow)
            .map(|rule| rule.run)
            .collect()
    }
}

/// Runs the rules that the project wants, on all cores. The findings do not depend on how the
/// work was divided.
#[must_use]
pub fn check(input: &Input<'_>) -> Diagnostics {
    let mut all = Diagnostics::default();
    let rules = Rule::wanted(TREES, input.levels);
    let found = input.files.par_iter().map(|(id, ast)| {
        let mut out = Diagnostics::default();
        let file = File {
            id: *id,
            text: input.sources.text(*id),
        };
        for decl in ast.decls.iter().filter(|decl| !decl.broken) {
            rules.iter().for_each(|rule| rule(&file, decl, &mut out));
        }
        out
    });
    append(found, &mut all);
    let Some(model) = input.model else {
        return all;
    };
    let whole = Whole {
        model,
        marks: Marks::of(model),
    };
    let rules = Rule::wanted(JOURNEYS, input.levels);
    let found = model.journeys.par_iter().map(|journey| {
        let mut out = Diagnostics::default();
        rules
            .iter()
            .for_each(|rule| rule(&whole, journey, &mut out));
        out
    });
    append(found, &mut all);
    let rules = Rule::wanted(MESSAGES, input.levels);
    let found = model.messages.par_iter().map(|message| {
        let mut out = Diagnostics::default();
        rules
            .iter()
            .for_each(|rule| rule(&whole, message, &mut out));
        out
    });
    append(found, &mut all);
    let rules = Rule::wanted(PROJECT, input.levels);
    let found = rules.par_iter().map(|rule| {
        let mut out = Diagnostics::default();
        rule(&whole, &mut out);
        out
    });
    append(found, &mut all);
    all
}

fn append(found: impl IndexedParallelIterator<Item = Diagnostics>, all: &mut Diagnostics) {
    let found: Vec<Diagnostics> = found.collect();
    found.into_iter().for_each(|found| all.append(found));
}

/// Whether the rule of a code has run, for a project with these levels; `complete` says whether
/// there was a model. A code without a rule of
/// its own here is found by another stage, which always runs.
#[must_use]
pub fn has_run(code: &Code, levels: &Levels, complete: bool) -> bool {
    let over_trees = TREES.iter().any(|rule| rule.code == code);
    let over_model = JOURNEYS.iter().any(|rule| rule.code == code)
        || MESSAGES.iter().any(|rule| rule.code == code)
        || PROJECT.iter().any(|rule| rule.code == code);
    match (over_trees, over_model) {
        (false, false) => true,
        (true, _) => levels.of(code) != Level::Allow,
        (false, true) => levels.of(code) != Level::Allow && complete,
    }
}
