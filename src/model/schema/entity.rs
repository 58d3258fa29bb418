//! Profiles and tables: their fields, first the types, then everything that reads other fields.

use super::annotations;
use super::types::{Position, Types};
use super::{misplaced, reserved, twice};
use crate::diag::codes::names::{DUPLICATE_NAME, UNKNOWN_NAME};
use crate::diag::codes::types::{
    KEY_FIELD, TIMEZONE_FIELD, WRONG_DEFAULT, WRONG_FIELD_TYPE, WRONG_RELATION,
};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::{Annotations, Const, Entity, Field};
use crate::model::ids::{EntityId, FieldId};
use crate::model::names::{Item, Named, alike};
use crate::model::types::Ty;
use crate::source::{FileId, Place};
use crate::syntax::ast;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Gives every entity its fields with their types.
pub(super) fn shapes(cx: &mut Cx<'_>, diagnostics: &mut Diagnostics) {
    let names = &cx.names;
    let shaped: Vec<_> = names
        .entities
        .par_iter()
        .enumerate()
        .map(|(index, item)| {
            let id = EntityId(u32::try_from(index).unwrap_or(u32::MAX));
            let mut types = Types {
                names,
                file: item.file,
                diagnostics: Diagnostics::default(),
            };
            let (entity, by_name) = shape(id, item, &mut types);
            (entity, by_name, types.diagnostics)
        })
        .collect();
    for (entity, by_name, found) in shaped {
        if !entity.broken {
            diagnostics.append(found);
        }
        cx.entities.push(entity);
        cx.fields.push(by_name);
    }
}

fn shape(
    id: EntityId,
    item: &Item<'_, ast::Entity>,
    types: &mut Types<'_, '_>,
) -> (Entity, FxHashMap<smol_str::SmolStr, u32>) {
    let profile = matches!(types.names.get(&item.name.text), Some(Named::Profile(_)));
    reserved(item.name, item.file, &mut types.diagnostics);
    for annotation in item.annotations {
        let what = if profile { "a profile" } else { "a table" };
        types
            .diagnostics
            .push(misplaced(annotation, item.file, what));
    }
    let mut fields: Vec<Field> = Vec::with_capacity(item.ast.fields.len());
    let mut by_name = FxHashMap::default();
    let mut capitals = FxHashMap::default();
    for field in &item.ast.fields {
        if field.name.text.is_empty() {
            continue;
        }
        let index = u32::try_from(fields.len()).unwrap_or(u32::MAX);
        if let Some(first) = by_name.get(&field.name.text) {
            let first = fields
                .get(*first as usize)
                .map(|field: &Field| field.place.span);
            let first = first.unwrap_or_default();
            let found = twice("field", &field.name, first, item.file);
            types.diagnostics.push(found);
            continue;
        }
        by_name.insert(field.name.text.clone(), index);
        match capitals.entry(field.name.text.to_lowercase()) {
            Entry::Occupied(other) => {
                let first: &ast::Name = other.get();
                let place = field.name.span.in_file(item.file);
                let other = (first, first.span.in_file(item.file));
                types.diagnostics.push(alike(&field.name, place, other));
            }
            Entry::Vacant(free) => {
                free.insert(field.name.clone());
            }
        }
        let position = if profile {
            Position::Profile(FieldId { entity: id, index })
        } else {
            Position::Table
        };
        let (ty, consent) = types.resolve(&field.ty, position);
        fields.push(Field {
            name: field.name.text.clone(),
            place: field.name.span.in_file(item.file),
            doc: field.doc.clone(),
            ty,
            relation: None,
            default: None,
            has_default: false,
            annotations: Annotations::default(),
            consent,
        });
    }
    let position_of = |wanted: &Ty| {
        (0..)
            .zip(&fields)
            .find(|(_, field)| field.ty.known() == wanted)
            .map(|(index, _)| index)
    };
    let entity = Entity {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        profile,
        key: None,
        occurred: None,
        timezone: profile.then(|| position_of(&Ty::Timezone)).flatten(),
        language: profile.then(|| position_of(&Ty::Language)).flatten(),
        broken: item.broken,
        fields,
    };
    (entity, by_name)
}

/// Reads annotations, defaults and relations, and holds every entity to its rules.
pub(super) fn finish(cx: &mut Cx<'_>, diagnostics: &mut Diagnostics) {
    let seen: &Cx<'_> = cx;
    let finished: Vec<(Entity, Diagnostics)> = seen
        .names
        .entities
        .par_iter()
        .zip(&seen.entities)
        .map(|(item, shape)| {
            let mut body = Body::new(seen, item.file, item.broken);
            let entity = finish_one(&mut body, item, shape);
            (entity, body.finish().1)
        })
        .collect();
    cx.entities.clear();
    for (entity, found) in finished {
        cx.entities.push(entity);
        diagnostics.append(found);
    }
}

fn finish_one(body: &mut Body<'_, '_>, item: &Item<'_, ast::Entity>, shape: &Entity) -> Entity {
    let mut entity = shape.clone();
    let mut written = item.ast.fields.iter();
    let mut keys = Vec::new();
    for (index, field) in (0..).zip(&mut entity.fields) {
        // The fields are those of the tree, less the nameless and the repeated.
        let Some(ast) = written.find(|ast| field_place(ast, item.file) == field.place) else {
            break;
        };
        annotations::read(body, ast, field);
        relation(body, ast, field, item.name);
        field.default = default(body, ast, field);
        field.has_default = ast.default.is_some();
        if field.annotations.key {
            keys.push((index, field.place));
        }
        if field.annotations.occurred {
            if let Some(first) = entity.occurred {
                let first = shape.fields.get(first as usize).map(|field| field.place);
                annotations::second_occurred(body, field.place, first);
            } else {
                entity.occurred = Some(index);
            }
        }
    }
    entity.key = keys.first().map(|(index, _)| *index);
    one_key(body, item, &keys);
    if entity.profile {
        one_timezone(body, item, &entity);
        one_language(body, &entity);
    }
    measures_beside_fields(body, &entity);
    entity
}

fn field_place(field: &ast::Field, file: FileId) -> Place {
    field.name.span.in_file(file)
}

fn one_key(body: &mut Body<'_, '_>, item: &Item<'_, ast::Entity>, keys: &[(u32, Place)]) {
    match keys {
        [] => body.report(
            Diagnostic::new(
                &KEY_FIELD,
                item.place(),
                format!("`{}` has no key", item.name.text),
            )
            .help("mark the field that identifies a row: `id: text @key`"),
        ),
        [_] => {}
        [(_, first), (_, second), ..] => body.report(
            Diagnostic::new(
                &KEY_FIELD,
                *second,
                format!("`{}` has two keys", item.name.text),
            )
            .other(*first, "the first key")
            .help("keep `@key` on one field"),
        ),
    }
}

fn one_timezone(body: &mut Body<'_, '_>, item: &Item<'_, ast::Entity>, entity: &Entity) {
    let zones: Vec<&Field> = entity
        .fields
        .iter()
        .filter(|field| *field.ty.known() == Ty::Timezone)
        .collect();
    match zones.as_slice() {
        [] => body.report(
            Diagnostic::new(
                &TIMEZONE_FIELD,
                item.place(),
                format!("the profile `{}` has no time zone", item.name.text),
            )
            .help(
                "add a field of type `timezone`, like `timezone: timezone = \"America/Toronto\"`",
            ),
        ),
        [zone] => {
            if zone.ty.is_optional() && zone.default.is_none() {
                body.report(
                    Diagnostic::new(
                        &TIMEZONE_FIELD,
                        zone.place,
                        format!("the time zone of `{}` may be unknown", item.name.text),
                    )
                    .help("leave out the `?`, and give it a default if it may be missing"),
                );
            }
        }
        [first, second, ..] => body.report(
            Diagnostic::new(
                &TIMEZONE_FIELD,
                second.place,
                format!("the profile `{}` has two time zones", item.name.text),
            )
            .other(first.place, "the first time zone")
            .help("keep one: it decides when it is night for the person"),
        ),
    }
}

fn one_language(body: &mut Body<'_, '_>, entity: &Entity) {
    let mut languages = entity
        .fields
        .iter()
        .filter(|field| *field.ty.known() == Ty::Language);
    if let (Some(first), Some(second)) = (languages.next(), languages.next()) {
        body.report(
            Diagnostic::new(
                &WRONG_FIELD_TYPE,
                second.place,
                format!("the profile `{}` has two languages", entity.name),
            )
            .other(first.place, "the first language")
            .help("keep one: it decides in which language the person is written to"),
        );
    }
}

/// A measure is read like a field, so the two cannot share a name.
fn measures_beside_fields(body: &mut Body<'_, '_>, entity: &Entity) {
    for field in &entity.fields {
        let Some((crate::model::names::Named::Measure(id), place)) =
            body.cx.names.get_with_place(&field.name)
        else {
            continue;
        };
        let of = body
            .cx
            .measures
            .get(id.index())
            .and_then(|head| head.entity);
        if of.and_then(|of| body.cx.entity(of)).map(|of| &of.name) == Some(&entity.name) {
            body.report(
                Diagnostic::new(
                    &DUPLICATE_NAME,
                    place,
                    format!(
                        "`{}` is both a measure and a field of `{}`",
                        field.name, entity.name
                    ),
                )
                .other(field.place, "the field")
                .help("rename one of them: both are read as `.NAME`"),
            );
        }
    }
}

fn relation(body: &mut Body<'_, '_>, ast: &ast::Field, field: &mut Field, own: &ast::Name) {
    let rows = match field.ty.known() {
        Ty::List(inner) => match inner.as_ref() {
            Ty::Row(id) => Some(*id),
            _ => None,
        },
        _ => None,
    };
    match (&ast.by, rows) {
        (None, None) => {}
        (None, Some(target)) => {
            let target = body.cx.entity_name(target).to_owned();
            body.error_with(
                &WRONG_RELATION,
                ast.ty.span,
                format!("`{}` does not say how its rows lead back", field.name),
                format!(
                    "name the field of `{target}` that refers to `{}`: `by {target}.FIELD`",
                    own.text
                ),
            );
            field.ty = Ty::Error;
        }
        (Some(by), None) => {
            if !field.ty.is_error() {
                body.error_with(
                    &WRONG_RELATION,
                    by.first.span.to(by.second.span),
                    format!("`{}` is no list of rows", field.name),
                    "give it a type like `[Gift]`, or remove `by`",
                );
            }
        }
        (Some(by), Some(target)) => {
            field.relation = back_reference(body, by, target, own);
            if field.relation.is_none() {
                field.ty = Ty::Error;
            } else if field.ty.is_optional() {
                body.error_with(
                    &WRONG_FIELD_TYPE,
                    ast.ty.span,
                    "a relation is always known: there may be no row",
                    "leave out the `?`",
                );
            }
        }
    }
}

/// The field of `target` that refers back, as `by` names it.
fn back_reference(
    body: &mut Body<'_, '_>,
    by: &ast::Path2,
    target: EntityId,
    own: &ast::Name,
) -> Option<FieldId> {
    let named: EntityId = body.resolve(&by.first)?;
    if named != target {
        let (listed, named) = (
            body.cx.entity_name(target).to_owned(),
            body.cx.entity_name(named).to_owned(),
        );
        body.error_with(
            &WRONG_RELATION,
            by.first.span,
            format!("the rows are of `{listed}`, and this is a field of `{named}`"),
            format!("write `by {listed}.FIELD`"),
        );
        return None;
    }
    let cx = body.cx;
    let entity = cx.entity(target)?;
    let Some(id) = cx.field_named(target, &by.second.text) else {
        if entity.broken || by.second.text.is_empty() {
            return None;
        }
        let place = body.place(by.second.span);
        let mut diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            place,
            format!("`{}` has no field `{}`", entity.name, by.second.text),
        );
        diagnostic.help = did_you_mean(
            &by.second.text,
            entity.fields.iter().map(|field| field.name.as_str()),
        );
        body.report(diagnostic);
        return None;
    };
    let field = cx.field(id)?;
    let own_id: Option<EntityId> = cx.names.lookup(&own.text);
    match field.ty.known() {
        Ty::Row(back) if Some(*back) == own_id => Some(id),
        Ty::Error => None,
        other => {
            let found = cx.ty_name(other);
            let place = body.place(by.second.span);
            body.report(
                Diagnostic::new(
                    &WRONG_RELATION,
                    place,
                    format!(
                        "`{}.{}` does not refer to `{}`",
                        entity.name, field.name, own.text
                    ),
                )
                .other(field.place, format!("it is of type `{found}`"))
                .help(format!(
                    "name a field of `{}` whose type is `{}`",
                    entity.name, own.text
                )),
            );
            None
        }
    }
}

fn default(body: &mut Body<'_, '_>, ast: &ast::Field, field: &Field) -> Option<Const> {
    let default = ast.default.as_ref()?;
    let refused = match field.ty.known() {
        Ty::Consent(_) => Some("a record of consent starts as `never_asked`"),
        Ty::Row(_) => Some("a reference has no default"),
        Ty::List(_) if ast.by.is_some() => Some("a relation has no default"),
        _ if field.annotations.key => Some("a key has no default"),
        _ => None,
    };
    if let Some(why) = refused {
        body.error_with(&WRONG_DEFAULT, default.span, why, "remove the default");
        return None;
    }
    if field.ty.is_optional() {
        body.error_with(
            &WRONG_DEFAULT,
            ast.ty.span,
            format!("`{}` has a default, so it is always known", field.name),
            "leave out the `?`, or the default",
        );
    }
    body.constant(default, field.ty.known())
}
