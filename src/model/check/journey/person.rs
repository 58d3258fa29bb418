//! From the row that an entry starts from to the one person it is about.

use super::Walk;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::UNCLEAR_PERSON;
use crate::model::body::Path;
use crate::model::hir::{Expr, ExprKind};
use crate::model::ids::FieldId;
use crate::model::types::{EventTy, Ty};
use crate::source::Span;

impl Walk<'_, '_> {
    /// The expression that leads from a row to the person: the row itself, or its one reference
    /// to the profile. Reports at `span` if there is no such way, or more than one.
    pub(super) fn person_from(&mut self, row: Expr, span: Span) -> Expr {
        let (Some(profile), Ty::Row(entity)) = (self.profile, row.ty.known()) else {
            return row;
        };
        let entity = *entity;
        if entity == profile {
            return row;
        }
        let cx = self.cx;
        let references: Vec<(FieldId, &Ty, &str)> = cx
            .entity(entity)
            .into_iter()
            .flat_map(|found| (0..).zip(&found.fields))
            .filter(|(_, field)| matches!(field.ty.known(), Ty::Row(to) if *to == profile))
            .map(|(index, field)| (FieldId { entity, index }, &field.ty, field.name.as_str()))
            .collect();
        if let [(field, ty, name)] = references.as_slice() {
            let found = Expr {
                kind: ExprKind::Field {
                    of: Box::new(row),
                    field: *field,
                },
                ty: (*ty).clone(),
                span,
            };
            if !ty.is_optional() {
                return found;
            }
            if Path::of(&found).is_some_and(|path| self.body.known().contains(&path)) {
                return Expr {
                    ty: ty.known().clone(),
                    kind: ExprKind::Known(Box::new(found)),
                    span,
                };
            }
            let what = format!(
                "`{name}` of a `{}` may be unknown, so this may lead to nobody",
                cx.entity_name(entity)
            );
            let help = format!("add `where {name} is known`");
            self.unclear(span, what, Some(help));
        } else if references.is_empty() {
            let what = format!(
                "a `{}` does not lead to a `{}`: none of its fields refers to one",
                cx.entity_name(entity),
                cx.entity_name(profile)
            );
            let help =
                "run the entry once for each row that belongs to a person: `for each ROWS as NAME`";
            self.unclear(span, what, Some(help.to_owned()));
        } else {
            let names: Vec<_> = references
                .iter()
                .map(|(_, _, name)| format!("`{name}`"))
                .collect();
            let what = format!(
                "a `{}` leads to more than one `{}`: {}",
                cx.entity_name(entity),
                cx.entity_name(profile),
                names.join(", ")
            );
            self.unclear(span, what, None);
        }
        crate::model::body::Body::erroneous(span)
    }

    /// Reports an event that is not about a person of this journey's profile; `true` if it is.
    pub(super) fn is_about_person(&mut self, event: &EventTy, span: Span) -> bool {
        let (Some(profile), Some(subject)) = (self.profile, self.cx.event_subject(event)) else {
            return true;
        };
        if subject == profile {
            return true;
        }
        let what = format!(
            "`{}` is about a `{}`, and this journey about a `{}`",
            self.cx.event_name(event),
            self.cx.entity_name(subject),
            self.cx.entity_name(profile)
        );
        let help = format!(
            "name an event that is about a `{}`",
            self.cx.entity_name(profile)
        );
        self.unclear(span, what, Some(help));
        false
    }

    fn unclear(&mut self, span: Span, what: String, help: Option<String>) {
        let mut found = Diagnostic::new(&UNCLEAR_PERSON, self.body.place(span), what);
        found.help = help;
        self.body.report(found);
    }
}
