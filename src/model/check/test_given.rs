//! What a test gives: rows, the arms of splits, what actions answer, and events.

use super::test::Test;
use super::test_row::{given, is_written, written_params};
use crate::diag::Diagnostic;
use crate::diag::codes::names::WRONG_KIND;
use crate::model::body::{Body, Missing};
use crate::model::channel_events;
use crate::model::hir::{Annotations, Field, TestStatementKind as Typed};
use crate::model::ids::{ActionId, EntityId};
use crate::model::types::{EventTy, LocalKind, Ty};
use crate::syntax::ast::{self, Argument, ExprKind, Name};
use std::sync::Arc;

impl Test<'_> {
    /// `given member { ... }`, `given Gift { ... }`, `given Member as friend { ... }`.
    pub(super) fn given_row(
        &self,
        body: &mut Body<'_, '_>,
        entity: &Name,
        bind: Option<&Name>,
        fields: &[Argument],
    ) -> Option<Typed> {
        let cx = body.cx;
        let subject = self.journey.map(|tree| &tree.subject.name.text);
        let person = subject == Some(&entity.text);
        let id = if person {
            self.profile
        } else {
            body.resolve::<EntityId>(entity)
        };
        let row = id.and_then(|id| cx.entity(id)).filter(|row| !row.broken);
        let fields = row.map(|row| {
            let params = written_params(cx, &row.fields, fields);
            let values = body.arguments(fields, &params, entity, Missing::Reported);
            given(&row.fields, values)
        });
        let bind =
            bind.map(|bind| body.declare(bind, LocalKind::Bound, id.map_or(Ty::Error, Ty::Row)));
        Some(Typed::GivenRow {
            entity: id?,
            person,
            bind,
            fields: fields?,
        })
    }

    pub(super) fn given_split(
        &self,
        body: &mut Body<'_, '_>,
        name: &Name,
        arm: &Name,
    ) -> Option<Typed> {
        let Some(split) = self.splits.get(name.as_str()) else {
            let mut known: Vec<&str> = self.splits.keys().copied().collect();
            known.sort_unstable();
            let message = format!("the journey has no split `{}`", name.text);
            body.unknown(name, message, known);
            return None;
        };
        let arms: Vec<&str> = split
            .arms
            .iter()
            .filter_map(|arm| arm.label.as_ref())
            .map(Name::as_str)
            .collect();
        if !arms.contains(&arm.as_str()) {
            let message = format!("split `{}` has no arm `{}`", name.text, arm.text);
            body.unknown(arm, message, arms);
            return None;
        }
        Some(Typed::GivenSplit {
            split: name.text.clone(),
            arm: arm.text.clone(),
        })
    }

    /// An event as a statement. What a channel reports may leave its fields out.
    pub(super) fn event(
        &self,
        body: &mut Body<'_, '_>,
        event: &ast::Expr,
        args: &[Argument],
    ) -> Option<Typed> {
        let cx = body.cx;
        let found = body.trigger(event)?;
        let callee = callee(event)?;
        let trigger = found.trigger;
        match found.ty {
            EventTy::Declared(id) => {
                let head = cx.events.get(id.index()).filter(|head| !head.broken)?;
                let mut params = head.fields.clone();
                let ours = head.subject.is_some() && head.subject == self.profile;
                if let Some(subject) = head.subject {
                    // Left out, it is about the person of the test.
                    let ty = Ty::Row(subject);
                    let ty = if ours { Ty::Optional(Arc::new(ty)) } else { ty };
                    let place = cx.names.events.get(id.index()).map_or_else(
                        || body.place(event.span),
                        |item| item.ast.subject.name.span.in_file(item.file),
                    );
                    params.push(plain(&head.subject_name, ty, place));
                }
                let params = written_params(cx, &params, args);
                let mut values = body.arguments(args, &params, callee, Missing::Reported);
                let subject = head.subject.and_then(|_| values.pop());
                Some(Typed::Event {
                    trigger,
                    subject: subject.filter(is_written),
                    fields: given(&head.fields, values),
                })
            }
            EventTy::Channel {
                kind, event: word, ..
            } => {
                let fields = channel_events::find(kind, word).map_or(&[][..], |event| event.fields);
                let place = body.place(event.span);
                let params: Vec<Field> = fields
                    .iter()
                    .map(|(name, ty)| plain(name, ty.clone(), place))
                    .collect();
                let values = body.arguments(args, &params, callee, Missing::Allowed);
                Some(Typed::Event {
                    trigger,
                    subject: None,
                    fields: given(&params, values),
                })
            }
            EventTy::Journey(..) => {
                let diagnostic = Diagnostic::new(
                    &WRONG_KIND,
                    body.place(event.span),
                    "a journey's events follow from what happens in it",
                )
                .help("write what makes it happen, or `expect` it");
                body.report(diagnostic);
                None
            }
        }
    }
}

/// `given do A { ... }`, `given do A silent`.
pub(super) fn given_do(
    body: &mut Body<'_, '_>,
    action: &Name,
    result: Option<&[Argument]>,
) -> Option<Typed> {
    let cx = body.cx;
    let id = body.resolve::<ActionId>(action)?;
    let Some(result) = result else {
        return Some(Typed::GivenDo {
            action: id,
            result: None,
        });
    };
    let head = cx.actions.get(id.index()).filter(|head| !head.broken)?;
    let params = written_params(cx, &head.returns, result);
    let values = body.arguments(result, &params, action, Missing::Reported);
    Some(Typed::GivenDo {
        action: id,
        result: Some(given(&head.returns, values)),
    })
}

/// The last name of an event expression, which its arguments are for.
fn callee(event: &ast::Expr) -> Option<&Name> {
    match &event.kind {
        ExprKind::Name(name) | ExprKind::Field { name, .. } => Some(name),
        _ => None,
    }
}

fn plain(name: &str, ty: Ty, place: crate::source::Place) -> Field {
    Field {
        name: name.into(),
        place,
        doc: None,
        ty,
        relation: None,
        default: None,
        has_default: false,
        annotations: Annotations::default(),
        consent: None,
    }
}
