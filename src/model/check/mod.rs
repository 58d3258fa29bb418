//! The bodies of declarations: one file a kind.
//!
//! Each `check` gives the checked form of one declaration and what was found in it. It reads the
//! [`Cx`], which does not change, so declarations are checked on all cores. What concerns several
//! declarations at once stands in the `whole` functions, which see the finished model.

pub mod action;
pub mod audience;
pub mod calendar;
pub mod channel;
mod clauses;
pub mod consent;
mod evidence;
pub mod holdout;
pub mod journey;
pub mod message;
mod message_footer;
mod message_part;
pub mod message_scope;
mod message_slots;
mod missing_template;
pub mod promise;
pub mod purpose;
mod reach;
mod rule;
pub mod setting;
pub mod test;
mod test_given;
mod test_row;

use super::cx::Cx;
use super::hir::{self, Model};
use super::names::Item;
use super::schema;
use super::taken::{Owned, Taken};
use crate::diag::Diagnostics;
use crate::source::FileId;
use crate::syntax::ast;
use rayon::prelude::*;
use test::Journeys;

/// Checks every body of a project. A message or journey is given up when it is checked; tests look
/// at journeys and come before.
#[must_use]
pub fn all(cx: &Cx<'_>, mut taken: Taken, diagnostics: &mut Diagnostics) -> Model {
    let tests = tests(cx, &taken.journeys, diagnostics);
    let (segments, measures) = schema::check_derived(cx, &mut taken, diagnostics);
    let (messages, journeys) = given_up(cx, taken, diagnostics);
    let model = Model {
        enums: cx.enums.clone(),
        entities: cx.entities.clone(),
        segments,
        measures,
        events: cx
            .names
            .events
            .iter()
            .zip(&cx.events)
            .map(|(item, head)| head.checked(item))
            .collect(),
        channels: each(cx, &cx.names.channels, channel::check, diagnostics),
        purposes: each(cx, &cx.names.purposes, purpose::check, diagnostics),
        consents: each(cx, &cx.names.consents, consent::check, diagnostics),
        messages,
        actions: each(cx, &cx.names.actions, action::check, diagnostics),
        audiences: each(cx, &cx.names.audiences, audience::check, diagnostics),
        calendars: each(cx, &cx.names.calendars, calendar::check, diagnostics),
        settings: each(cx, &cx.names.settings, setting::check, diagnostics),
        holdouts: each(cx, &cx.names.holdouts, holdout::check, diagnostics),
        journeys,
        promises: titled(cx, &cx.names.promises, promise::check, diagnostics),
        tests,
    };
    consent::whole(cx, &model, diagnostics);
    message_footer::whole(cx, &model, diagnostics);
    promise::whole(&model, diagnostics);
    journey::whole(cx, &model, diagnostics);
    model
}

/// Checks all declarations of one kind, on all cores; results and findings stand in order of ids.
fn each<'a, T: Sync, R: Send>(
    cx: &Cx<'a>,
    items: &[Item<'a, T>],
    check: impl Fn(&Cx<'a>, &Item<'a, T>, usize) -> (R, Diagnostics) + Sync,
    diagnostics: &mut Diagnostics,
) -> Vec<R> {
    let checked = items.par_iter().enumerate();
    let checked = checked.map(|(index, item)| check(cx, item, index));
    all_of(checked, diagnostics)
}

/// Checks messages and journeys, and gives up each behind its check; results stand in order of ids.
///
/// The memory of a file is free when both its messages and its journeys are. So they take turns, a
/// part of the project at a time.
fn given_up(
    cx: &Cx<'_>,
    taken: Taken,
    diagnostics: &mut Diagnostics,
) -> (Vec<hir::Message>, Vec<hir::Journey>) {
    /// How many parts a large project has: more make the cores wait for each other more often.
    const PARTS: usize = 16;
    /// A part has more than so many of each.
    const LEAST: usize = 64;
    let mut messages = Vec::with_capacity(taken.messages.len());
    let mut journeys = Vec::with_capacity(taken.journeys.len());
    let part = |length: usize| length / PARTS + LEAST;
    let (more_messages, more_journeys) = (part(taken.messages.len()), part(taken.journeys.len()));
    let mut left = (taken.messages.into_iter(), taken.journeys.into_iter());
    while left.0.len() + left.1.len() > 0 {
        let next = left.0.by_ref().take(more_messages).collect();
        messages.extend(owned(cx, next, message::check, diagnostics));
        let next = left.1.by_ref().take(more_journeys).collect();
        journeys.extend(owned(cx, next, journey::check, diagnostics));
    }
    messages.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    journeys.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    (messages, journeys)
}

/// Checks messages or journeys like [`each`]; results and findings stand in the order of files.
fn owned<T: Send, R: Send>(
    cx: &Cx<'_>,
    items: Vec<Owned<T>>,
    check: impl for<'x> Fn(&Cx<'x>, &Item<'x, T>, usize) -> (R, Diagnostics) + Sync,
    diagnostics: &mut Diagnostics,
) -> Vec<R> {
    let checked = items.into_par_iter();
    let checked = checked.map(|owned| check(cx, &owned.item(), owned.index));
    all_of(checked, diagnostics)
}

/// Checks the tests of these journeys.
fn tests(
    cx: &Cx<'_>,
    journeys: &[Owned<ast::Journey>],
    diagnostics: &mut Diagnostics,
) -> Vec<hir::Test> {
    let mut tested = Journeys::default();
    if !cx.names.tests.is_empty() {
        tested.extend(journeys.iter().map(|owned| (owned.index, &owned.ast)));
    }
    let check = |cx: &Cx<'_>, file, decl: &_, ast: &_| test::check(cx, &tested, file, decl, ast);
    titled(cx, &cx.names.tests, check, diagnostics)
}

/// Checks promises or tests, which have titles and no names, like [`each`].
fn titled<'a, T: Sync, R: Send>(
    cx: &Cx<'a>,
    declared: &[(FileId, &'a ast::Decl, &'a T)],
    check: impl Fn(&Cx<'a>, FileId, &ast::Decl, &T) -> (R, Diagnostics) + Sync,
    diagnostics: &mut Diagnostics,
) -> Vec<R> {
    let checked = declared.par_iter();
    let checked = checked.map(|(file, decl, ast)| check(cx, *file, decl, ast));
    all_of(checked, diagnostics)
}

/// The results; what was found goes to `diagnostics`, in the same order.
fn all_of<R: Send>(
    checked: impl IndexedParallelIterator<Item = (R, Diagnostics)>,
    diagnostics: &mut Diagnostics,
) -> Vec<R> {
    let (results, found): (Vec<R>, Vec<Diagnostics>) = checked.unzip();
    found
        .into_iter()
        .for_each(|found| diagnostics.append(found));
    results
}
