//! `unread-field`: data that is delivered and kept, and that nothing looks at.

use super::unheard_event::HEARD;
use super::unused_declaration::LIVES;
use crate::diag::codes::lint::UNREAD_FIELD;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Entity, Field};
use crate::model::ids::{ActionId, EntityId, EventId, FieldId};
use crate::model::names::Named;
use crate::model::uses::{self, How, Thing};

/// What reads a field. That a step writes it, or a test gives it a value, does not. A relation
/// reads the reference that it goes by.
const READ: &[How] = &[How::Read, How::Show, How::Share, How::Type, How::Follow];

/// Looks at the fields of profiles, tables, events and results. Of what is not used at all, that is
/// said once, by another rule.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    let model = whole.model;
    let used = |named, ways| whole.marks.any(Thing::Declared(named), ways);
    for (id, entity) in (0..).map(EntityId).zip(&model.entities) {
        if !entity.profile && !used(uses::entity(model, id), LIVES) {
            continue;
        }
        for (index, field) in (0..).zip(&entity.fields) {
            let thing = Thing::Field(FieldId { entity: id, index });
            // Conditions go along a relation by the reference that it is made of.
            let followed = field
                .relation
                .is_some_and(|via| whole.marks.any(Thing::Field(via), &[How::Follow]));
            if !is_read_by_jalon(entity, index, field) && !followed && !whole.marks.any(thing, READ)
            {
                report(&entity.name, field, out);
            }
        }
    }
    for (id, event) in (0..).map(EventId).zip(&model.events) {
        // What proves a consent is kept for those who ask, not read.
        if !used(Named::Event(id), HEARD) || used(Named::Event(id), &[How::Prove]) {
            continue;
        }
        for (index, field) in (0..).zip(&event.fields) {
            let own = field.annotations.key || field.annotations.occurred;
            if !own && !whole.marks.any(Thing::EventField(id, index), READ) {
                report(&event.name, field, out);
            }
        }
    }
    for (id, action) in (0..).map(ActionId).zip(&model.actions) {
        if !used(Named::Action(id), LIVES) {
            continue;
        }
        for (index, field) in (0..).zip(&action.returns) {
            if !whole.marks.any(Thing::ResultField(id, index), READ) {
                report(&action.name, field, out);
            }
        }
    }
}

/// Whether the program itself reads a field: to tell rows apart, to date them, to find a person's
/// hour and language, and at the gate.
fn is_read_by_jalon(entity: &Entity, index: u32, field: &Field) -> bool {
    let itself = Some(index);
    [
        entity.key,
        entity.occurred,
        entity.timezone,
        entity.language,
    ]
    .contains(&itself)
        || field.consent.is_some()
}

fn report(owner: &str, field: &Field, out: &mut Diagnostics) {
    let personal = if field.annotations.personal || field.annotations.sensitive {
        ": personal data that nothing here needs"
    } else {
        ""
    };
    out.push(
        Diagnostic::new(
            &UNREAD_FIELD,
            field.place,
            format!("nothing reads `{owner}.{}`{personal}", field.name),
        )
        .help("use it, or remove it and stop delivering it"),
    );
}
