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
pub mod promise;
pub mod purpose;
mod reach;
mod rule;
pub mod setting;
pub mod test;
mod test_given;
mod test_row;

use super::cx::Cx;
use super::hir::Model;
use super::names::Item;
use super::schema;
use crate::diag::Diagnostics;
use crate::source::FileId;
use crate::syntax::ast;
use rayon::prelude::*;

/// Checks every body of a project.
#[must_use]
pub fn all(cx: &Cx<'_>, diagnostics: &mut Diagnostics) -> Model {
    let (segments, measures) = schema::check_derived(cx, diagnostics);
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
        messages: each(cx, &cx.names.messages, message::check, diagnostics),
        actions: each(cx, &cx.names.actions, action::check, diagnostics),
        audiences: each(cx, &cx.names.audiences, audience::check, diagnostics),
        calendars: each(cx, &cx.names.calendars, calendar::check, diagnostics),
        settings: each(cx, &cx.names.settings, setting::check, diagnostics),
        holdouts: each(cx, &cx.names.holdouts, holdout::check, diagnostics),
        journeys: each(cx, &cx.names.journeys, journey::check, diagnostics),
        promises: titled(cx, &cx.names.promises, promise::check, diagnostics),
        tests: titled(cx, &cx.names.tests, test::check, diagnostics),
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
    let checked: Vec<(R, Diagnostics)> = items
        .par_iter()
        .enumerate()
        .map(|(index, item)| check(cx, item, index))
        .collect();
    all_of(checked, diagnostics)
}

/// Checks promises or tests, which have titles and no names, like [`each`].
fn titled<'a, T: Sync, R: Send>(
    cx: &Cx<'a>,
    declared: &[(FileId, &'a ast::Decl, &'a T)],
    check: impl Fn(&Cx<'a>, FileId, &ast::Decl, &T) -> (R, Diagnostics) + Sync,
    diagnostics: &mut Diagnostics,
) -> Vec<R> {
    let checked: Vec<(R, Diagnostics)> = declared
        .par_iter()
        .map(|(file, decl, ast)| check(cx, *file, decl, ast))
        .collect();
    all_of(checked, diagnostics)
}

/// The results; what was found goes to `diagnostics`, in the same order.
fn all_of<R>(checked: Vec<(R, Diagnostics)>, diagnostics: &mut Diagnostics) -> Vec<R> {
    checked
        .into_iter()
        .map(|(result, found)| {
            diagnostics.append(found);
            result
        })
        .collect()
}
