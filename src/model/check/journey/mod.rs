//! Journeys.

use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::ids::{EntityId, JourneyId};
use crate::model::names::Item;
use crate::syntax::ast;

/// Checks one declaration.
#[must_use]
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Journey>,
    index: usize,
) -> (hir::Journey, Diagnostics) {
    let id = JourneyId(u32::try_from(index).unwrap_or(u32::MAX));
    let head = cx.journeys.get(index);
    let profile = head.and_then(|head| head.profile);
    let params = head.map_or_else(Vec::new, |head| head.params.clone());
    let mut body = Body::about(cx, item.file, item.decl.broken, &item.ast.subject, profile);
    body.declare_params(&item.ast.params, &params);
    body.use_labels_of(id);
    let (locals, diagnostics) = body.finish();
    let journey = hir::Journey {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.decl.doc.clone(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        params,
        locals,
        sends: Vec::new(),
        title: None,
        owner: None,
        objective: None,
        purpose: head.and_then(|head| head.purpose),
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
        broken: item.decl.broken,
    };
    (journey, diagnostics)
}

/// What concerns several journeys at once: cycles of entries.
pub fn whole(_cx: &Cx<'_>, _model: &hir::Model, _diagnostics: &mut Diagnostics) {}
