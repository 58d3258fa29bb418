//! Where a name is a field that is no field here: what to write to read it.

use super::Body;
use crate::model::cx::JourneyHead;
use crate::model::hir::{Field, Local};
use crate::model::ids::{EntityId, JourneyId};
use crate::model::types::Ty;
use crate::syntax::ast::Name;

impl Body<'_, '_> {
    /// What to write where `of`, a row of `entity`, has no field `name`: the field of the row that bare
    /// names read, of an event or row that has a name here, or of a row that `of` leads to.
    pub(super) fn field_elsewhere(
        &self,
        of: &str,
        entity: EntityId,
        name: &Name,
    ) -> Option<String> {
        let text = &name.text;
        if self.row_has(name) {
            return Some(format!(
                "write `{text}` alone: it is a field of the row, not of `{of}`"
            ));
        }
        self.variable_with(name)
            .map(|path| format!("it is read as `{path}`"))
            .or_else(|| self.behind_reference(of, entity, name))
            .or_else(|| self.age_of(of, entity, name))
            .or_else(|| {
                let rows = self.relation_with(entity, name)?;
                Some(format!(
                    "it is a field of `{of}.{rows}`: ask for them, as in `any({of}.{rows} where {text} ...)`"
                ))
            })
    }

    /// The path to a field of this name from a variable: `filled.cart`. The first variable wins.
    pub(super) fn variable_with(&self, name: &Name) -> Option<String> {
        let readable =
            |local: &&Local| !local.name.is_empty() && self.local_named(&local.name).is_some();
        self.locals.0.iter().filter(readable).find_map(|local| {
            let has = match &local.ty {
                Ty::Row(entity) => self.cx.field_named(*entity, &name.text).is_some(),
                Ty::Event(event) => self.event_field(event, &name.text).is_some(),
                _ => false,
            };
            has.then(|| format!("{}.{}", local.name, name.text))
        })
    }

    /// `client.home_store?.city`, where somebody writes `client.city`.
    fn behind_reference(&self, of: &str, entity: EntityId, name: &Name) -> Option<String> {
        let leads = |field: &&Field| match field.ty.known() {
            Ty::Row(to) => *to != entity && self.cx.field_named(*to, &name.text).is_some(),
            _ => false,
        };
        let field = self.cx.entity(entity)?.fields.iter().find(leads)?;
        let step = if field.ty.is_optional() { "?." } else { "." };
        Some(format!(
            "it is read as `{of}.{}{step}{}`",
            field.name, name.text
        ))
    }

    /// The relation whose rows have a field of this name.
    pub(super) fn relation_with(&self, entity: EntityId, name: &Name) -> Option<&str> {
        let leads = |field: &&Field| match &field.ty {
            Ty::List(of) => match **of {
                Ty::Row(rows) => self.cx.field_named(rows, &name.text).is_some(),
                _ => false,
            },
            _ => false,
        };
        let field = self.cx.entity(entity)?.fields.iter().find(leads)?;
        Some(field.name.as_str())
    }

    /// An age is no field: it is asked of a date.
    fn age_of(&self, of: &str, entity: EntityId, name: &Name) -> Option<String> {
        let asked = matches!(name.text.to_lowercase().as_str(), "age" | "âge");
        let fields = &self.cx.entity(entity).filter(|_| asked)?.fields;
        let dates = || fields.iter().filter(|field| *field.ty.known() == Ty::Date);
        let born = |field: &&Field| {
            let name = field.name.to_lowercase();
            ["birth", "born", "naiss", "dob"]
                .iter()
                .any(|part| name.contains(part))
        };
        let date = dates().find(born).or_else(|| dates().next())?;
        let path = format!("{of}.{}", date.name);
        Some(match date.ty.is_optional() {
            true => format!("ask for the age at a date: `{path} is known and age({path}) ...`"),
            false => format!("ask for the age at a date: `age({path})`"),
        })
    }

    /// What to write for a name that is no channel, message, labelled send or journey: it may be the label
    /// of a send of another journey, or of no send.
    pub(super) fn label_help(
        &self,
        name: &str,
        event: &str,
        journey: Option<&JourneyHead>,
    ) -> String {
        let cx = self.cx;
        let elsewhere = (0..)
            .map(JourneyId)
            .zip(&cx.journeys)
            .find_map(|(id, head)| {
                let send = head.sends.iter().find(|send| send.label == name)?;
                Some((cx.journey_name(id), cx.message_name(send.message?)))
            });
        if let Some((other, message)) = elsewhere {
            return format!(
                "write `{message}.{event}`: `{name}` is a label of `{other}`, and a label is known in its own journey only"
            );
        }
        let sends = journey.map_or(&[][..], |journey| &journey.sends);
        let labels: Vec<String> = sends
            .iter()
            .map(|send| format!("`{}`", send.label))
            .collect();
        match labels.len() {
            0 => format!(
                "give the send a label, `{name}: send ...`, or write a channel before `.{event}`"
            ),
            1..=6 => format!("the labelled sends here are {}", labels.join(", ")),
            _ => format!("give the send a label, `{name}: send ...`"),
        }
    }
}
