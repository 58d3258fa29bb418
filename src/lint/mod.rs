//! Lints: what is correct, but likely not meant. One rule a file.
//!
//! A rule looks at one of three things: the tree of a declaration, a checked journey or message,
//! or the project as a whole. A rule over trees is not silenced by an error elsewhere, and says
//! nothing about declarations with a syntax error. The others know names, types and uses, and run
//! once the project has no error; what is about use, only if there is a journey. The level of
//! every rule is the project's to choose; a rule that the project allows does not run.

mod contents;
mod facts;
mod registry;
mod rename;
mod rules;
mod shown;
mod words;

use crate::config::Manifest;
use crate::diag::{Code, Diagnostics, Level, Levels};
use crate::measure::Scale;
use crate::model::hir::{Message, Model, Send};
use crate::model::ids::MessageId;
use crate::model::types::PurposeKind;
use crate::model::uses::Marks;
use crate::source::{FileId, Place, Sources};
use crate::syntax::ast::Ast;
pub(crate) use contents::Contents;
use rayon::prelude::*;
use registry::{CONTENTS, JOURNEYS, MEANING, MESSAGES, PROJECT, TREES};
pub(crate) use words::words;

/// What the lints read that do not look at trees.
pub struct Input<'a> {
    /// All texts.
    pub sources: &'a Sources,
    /// The checked form, if the project has no error.
    pub model: Option<&'a Model>,
    /// What the project is set to, the levels of the lints too.
    pub manifest: &'a Manifest,
}

/// How far the lints look into a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookedAt {
    /// At trees only: there are errors.
    Trees,
    /// At the contents of messages too. What nobody uses yet is no news in a project without a
    /// journey.
    Contents,
    /// At everything.
    All,
}

impl Input<'_> {
    /// How far the lints look.
    #[must_use]
    pub fn looks_at(&self) -> LookedAt {
        match self.model {
            None => LookedAt::Trees,
            Some(model) if model.journeys.is_empty() => LookedAt::Contents,
            Some(_) => LookedAt::All,
        }
    }
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
    /// All texts.
    pub(crate) sources: &'a Sources,
    /// How long messages get.
    pub(crate) scale: Scale<'a>,
    /// The names that the project writes under, each with a word of it to look for in a text.
    pub(crate) senders: Vec<(String, String)>,
}

/// A rule and the code that it reports.
pub(crate) struct Rule<F> {
    code: &'static Code,
    run: F,
}

impl Whole<'_> {
    /// What the source says at a place.
    pub(crate) fn source(&self, place: Place) -> &str {
        place.span.text(self.scale.text(place.file))
    }

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

/// Runs the rules over trees that the project wants, on all cores. The findings do not depend on
/// how the work was divided.
#[must_use]
pub fn of_trees(trees: &[(FileId, Ast)], sources: &Sources, manifest: &Manifest) -> Diagnostics {
    let mut all = Diagnostics::default();
    let rules = Rule::wanted(TREES, &manifest.levels);
    let found = trees.par_iter().map(|(id, ast)| {
        let mut out = Diagnostics::default();
        let file = File {
            id: *id,
            text: sources.text(*id),
        };
        for decl in ast.decls.iter().filter(|decl| !decl.broken) {
            rules.iter().for_each(|rule| rule(&file, decl, &mut out));
        }
        out
    });
    append(found, &mut all);
    rename::give(&mut all, trees, sources);
    all
}

/// Runs the other rules that the project wants, in the same way.
#[must_use]
pub fn of_model(input: &Input<'_>) -> Diagnostics {
    let mut all = Diagnostics::default();
    let levels = &input.manifest.levels;
    let Some(model) = input.model else {
        return all;
    };
    let whole = Whole {
        model,
        marks: Marks::of(model),
        sources: input.sources,
        scale: Scale::new(model, input.sources, input.manifest),
        senders: rules::unsigned_text_message::senders(model, input.manifest),
    };
    let rules = Rule::wanted(CONTENTS, levels);
    let found = model.messages.par_iter().map(|message| {
        let mut out = Diagnostics::default();
        let contents = Contents::new(&whole, message);
        rules.iter().for_each(|rule| rule(&contents, &mut out));
        out
    });
    append(found, &mut all);
    project(MEANING, levels, &whole, &mut all);
    if input.looks_at() < LookedAt::All {
        return all;
    }
    let rules = Rule::wanted(MESSAGES, levels);
    let found = model.messages.par_iter().map(|message| {
        let mut out = Diagnostics::default();
        rules
            .iter()
            .for_each(|rule| rule(&whole, message, &mut out));
        out
    });
    append(found, &mut all);
    let rules = Rule::wanted(JOURNEYS, levels);
    let found = model.journeys.par_iter().map(|journey| {
        let mut out = Diagnostics::default();
        rules
            .iter()
            .for_each(|rule| rule(&whole, journey, &mut out));
        out
    });
    append(found, &mut all);
    project(PROJECT, levels, &whole, &mut all);
    all
}

fn project(
    rules: &[Rule<registry::ProjectRule>],
    levels: &Levels,
    whole: &Whole<'_>,
    all: &mut Diagnostics,
) {
    let rules = Rule::wanted(rules, levels);
    let found = rules.par_iter().map(|rule| {
        let mut out = Diagnostics::default();
        rule(whole, &mut out);
        out
    });
    append(found, all);
}

fn append(found: impl IndexedParallelIterator<Item = Diagnostics>, all: &mut Diagnostics) {
    let found: Vec<Diagnostics> = found.collect();
    found.into_iter().for_each(|found| all.append(found));
}

/// Whether the rule of a code has run, for a project with these levels that was looked at so far.
/// A code without a rule of its own here is found by another stage, which always runs.
#[must_use]
pub fn has_run(code: &Code, levels: &Levels, looked_at: LookedAt) -> bool {
    let needs = if TREES.iter().any(|rule| rule.code == code) {
        LookedAt::Trees
    } else if CONTENTS.iter().any(|rule| rule.code == code)
        || MEANING.iter().any(|rule| rule.code == code)
    {
        LookedAt::Contents
    } else if JOURNEYS.iter().any(|rule| rule.code == code)
        || MESSAGES.iter().any(|rule| rule.code == code)
        || PROJECT.iter().any(|rule| rule.code == code)
    {
        LookedAt::All
    } else {
        return true;
    };
    levels.of(code) != Level::Allow && looked_at >= needs
}
