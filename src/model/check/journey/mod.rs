//! Journeys: who enters and leaves, the steps, and the way through them.

mod calls;
mod choice;
mod deliver;
mod each;
mod entry;
mod events;
pub mod flow;
mod grant;
mod header;
mod labels;
mod person;
mod schedule;
mod send;
mod sensitive;
mod split;
mod steps;
mod wait;
mod write;

use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::{Cx, JourneyHead};
use crate::model::hir::{self, Locals, Trigger};
use crate::model::ids::{EntityId, JourneyId, LocalId, MessageId};
use crate::model::names::Item;
use crate::source::Span;
use crate::syntax::ast;

/// Checks one declaration. What it gives is complete if nothing was found.
#[must_use]
pub fn check<'a>(
    cx: &Cx<'a>,
    item: &Item<'a, ast::Journey>,
    index: usize,
) -> (hir::Journey, Diagnostics) {
    let mut journey = empty(item);
    let Some(head) = cx.journeys.get(index) else {
        return (journey, Diagnostics::default());
    };
    let broken = item.broken;
    let mut body = Body::about(cx, item.file, broken, &item.ast.subject, head.profile);
    body.declare_params(&item.ast.params, &head.params);
    body.use_labels_of(JourneyId(u32::try_from(index).unwrap_or(u32::MAX)));
    let mut walk = Walk {
        cx,
        head,
        ast: item.ast,
        body,
        profile: head.profile,
        events: Vec::new(),
        only_some: Vec::new(),
        in_finally: false,
    };
    journey.profile = head.profile.unwrap_or(EntityId(u32::MAX));
    journey.params.clone_from(&head.params);
    journey.purpose = head.purpose;
    journey.sends = head
        .sends
        .iter()
        .map(|send| {
            (
                send.label.clone(),
                send.message.unwrap_or(MessageId(u32::MAX)),
            )
        })
        .collect();
    walk.labels();
    walk.entries(&mut journey);
    let known = walk.body.known();
    walk.header(&mut journey);
    walk.body.set_known(known);
    // What the steps bind ends with them: `finally` runs whatever happened.
    let mark = walk.body.mark();
    journey.steps = walk.steps(&item.ast.steps);
    walk.body.leave(mark);
    walk.finally(&mut journey);
    walk.report_unshared(&journey);
    let (locals, mut diagnostics) = walk.body.finish();
    journey.locals = locals;
    // Of each there is mostly one, and a growing list makes room for four.
    journey.enters.shrink_to_fit();
    journey.leaves.shrink_to_fit();
    journey.goals.shrink_to_fit();
    if !broken && !diagnostics.has_errors() {
        flow::ends::report_unreachable(&journey.steps, item.file, &mut diagnostics);
        flow::reliance::report(&journey, &mut diagnostics);
    }
    (journey, diagnostics)
}

/// What concerns more than one declaration: what may be sent, and entries that cause each other.
pub fn whole(cx: &Cx<'_>, model: &hir::Model, diagnostics: &mut Diagnostics) {
    deliver::report(cx, model, diagnostics);
    sensitive::report(cx, model, diagnostics);
    flow::entries::report(model, diagnostics);
}

/// The check of one journey on its way through the tree.
struct Walk<'c, 'a> {
    cx: &'c Cx<'a>,
    head: &'c JourneyHead,
    ast: &'a ast::Journey,
    body: Body<'c, 'a>,
    /// `None` if the profile is wrong.
    profile: Option<EntityId>,
    /// The events that have certainly happened here: those of the entry, then of the arms around.
    events: Vec<Trigger>,
    /// Names that only some entries bind, with the place that binds them.
    only_some: Vec<(LocalId, Span)>,
    in_finally: bool,
}

/// A journey of which nothing but its name is known.
fn empty(item: &Item<'_, ast::Journey>) -> hir::Journey {
    hir::Journey {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        profile: EntityId(0),
        params: Vec::new(),
        locals: Locals::default(),
        sends: Vec::new(),
        title: None,
        owner: None,
        objective: None,
        purpose: None,
        priority: 0,
        enters: Vec::new(),
        one_per: None,
        reenter: None,
        leaves: Vec::new(),
        goals: Vec::new(),
        holdout: None,
        active: None,
        admit: None,
        budget: None,
        renamed: Vec::new(),
        removed: Vec::new(),
        steps: Vec::new(),
        finally: None,
        broken: item.broken,
    }
}
