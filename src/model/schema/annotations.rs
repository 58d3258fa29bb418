//! Annotations of fields: what each one needs, and where it may stand.

use crate::diag::Diagnostic;
use crate::diag::codes::names::{DUPLICATE_NAME, UNKNOWN_NAME};
use crate::diag::codes::types::WRONG_ANNOTATION;
use crate::diag::did_you_mean;
use crate::model::body::{Body, Length};
use crate::model::hir::Field;
use crate::model::types::Ty;
use crate::source::Place;
use crate::syntax::ast::{self, ExprKind, Literal};
use rustc_hash::FxHashMap;

/// The annotations of fields, in the order of the reference page.
const FIELD_ANNOTATIONS: &[&str] = &[
    "key",
    "fixed",
    "personal",
    "sensitive",
    "refreshed",
    "source",
    "occurred",
    "index",
    "expires",
];

/// Reads the annotations of a field of a profile or table into `field`.
pub(super) fn read(body: &mut Body<'_, '_>, ast: &ast::Field, field: &mut Field) {
    let mut seen = FxHashMap::default();
    for annotation in &ast.annotations {
        let name = annotation.name.as_str();
        if let Some(first) = seen.insert(name, annotation.span) {
            let (place, first) = (body.place(annotation.span), body.place(first));
            body.report(
                Diagnostic::new(
                    &DUPLICATE_NAME,
                    place,
                    format!("`@{name}` is written twice"),
                )
                .other(first, "first written here")
                .help("remove one of them"),
            );
            continue;
        }
        let with_argument = matches!(name, "refreshed" | "source" | "expires");
        if FIELD_ANNOTATIONS.contains(&name) && with_argument != annotation.argument.is_some() {
            let help = match name {
                "source" => {
                    "write where the value is owned: `@source(\"loyalty.balances\")`".to_owned()
                }
                _ if with_argument => format!("write a length of time: `@{name}(1 day)`"),
                _ => format!("write only `@{name}`"),
            };
            let what = if with_argument {
                format!("`@{name}` needs a value in parentheses")
            } else {
                format!("`@{name}` takes no value")
            };
            body.error_with(&WRONG_ANNOTATION, annotation.span, what, help);
            continue;
        }
        one(body, annotation, field, ast.by.is_some());
    }
}

fn one(body: &mut Body<'_, '_>, annotation: &ast::Annotation, field: &mut Field, relation: bool) {
    let refuse = |body: &mut Body<'_, '_>, why: String, help: &str| {
        body.error_with(&WRONG_ANNOTATION, annotation.span, why, help);
    };
    let name = annotation.name.as_str();
    let is_error = field.ty.is_error();
    if relation && !is_error {
        refuse(
            body,
            format!("`@{name}` cannot stand on a relation, which stores nothing"),
            "annotate the fields of its rows",
        );
        return;
    }
    let known = field.ty.known().clone();
    let marks = &mut field.annotations;
    match name {
        "key" => {
            marks.key = true;
            if !is_error && !matches!(field.ty, Ty::Text(_) | Ty::Int(_) | Ty::Email) {
                let ty = body.cx.ty_name(&field.ty);
                refuse(
                    body,
                    format!("a key cannot be of type `{ty}`"),
                    "use a required `text` or `int`",
                );
            }
        }
        "fixed" => marks.fixed = true,
        "personal" => marks.personal = true,
        "sensitive" => marks.sensitive = true,
        "index" => {
            marks.index = true;
            if matches!(known, Ty::List(_) | Ty::Consent(_)) {
                let ty = body.cx.ty_name(&field.ty);
                refuse(
                    body,
                    format!("a field of type `{ty}` cannot be looked up by value"),
                    "remove `@index`",
                );
            }
        }
        "occurred" => {
            marks.occurred = true;
            if !is_error && !matches!(field.ty, Ty::Instant | Ty::Date) {
                let ty = body.cx.ty_name(&field.ty);
                refuse(
                    body,
                    format!("the time of a row cannot be of type `{ty}`"),
                    "use a required `instant` or `date`",
                );
                marks_off(field);
            }
        }
        "refreshed" => {
            if let Some(argument) = &annotation.argument {
                field.annotations.refreshed = body.duration(argument, Length::Calendar);
            }
        }
        "expires" => {
            if !is_error && !matches!(known, Ty::Consent(_)) {
                refuse(
                    body,
                    "only a record of consent expires".to_owned(),
                    "remove `@expires`",
                );
                return;
            }
            if let Some(argument) = &annotation.argument {
                field.annotations.expires = body.duration(argument, Length::Calendar);
            }
        }
        "source" => match annotation.argument.as_ref().map(|argument| &argument.kind) {
            Some(ExprKind::Literal(Literal::Text(text))) => {
                field.annotations.source = Some(text.value.clone());
            }
            Some(ExprKind::Broken) | None => {}
            Some(_) => refuse(
                body,
                "`@source` names a place in quotes".to_owned(),
                "write `@source(\"loyalty.balances\")`",
            ),
        },
        "ordered" => refuse(
            body,
            "`@ordered` cannot stand on a field".to_owned(),
            "write it before an `enum`",
        ),
        _ => {
            if annotation.name.text.is_empty() {
                return;
            }
            let place = body.place(annotation.span);
            let mut diagnostic = Diagnostic::new(
                &UNKNOWN_NAME,
                place,
                format!("there is no annotation `@{name}`"),
            );
            diagnostic.help = did_you_mean(name, FIELD_ANNOTATIONS.iter().copied());
            body.report(diagnostic);
        }
    }
}

fn marks_off(field: &mut Field) {
    field.annotations.occurred = false;
}

/// Reports a second `@occurred` of one entity.
pub(super) fn second_occurred(body: &mut Body<'_, '_>, place: Place, first: Option<Place>) {
    let mut diagnostic = Diagnostic::new(
        &WRONG_ANNOTATION,
        place,
        "a row happens once, and this is its second `@occurred`",
    )
    .help("keep `@occurred` on one field");
    if let Some(first) = first {
        diagnostic = diagnostic.other(first, "the first");
    }
    body.report(diagnostic);
}
