//! Rows and consent: what is written, opt-outs, addresses that are dead.

use super::Moment;
use crate::engine::eval::{Context, Fault, new_frame};
use crate::engine::{ConsentRecord, Effect, EventData, EventKind, Input, RowRef, Value};
use crate::plan::{ArithmeticOp, FieldRef, SetOp, Status, Trigger, Type};
use smol_str::{SmolStr, format_smolstr};
use std::sync::Arc;

impl Moment<'_> {
    /// What an input means for consent and for the addresses of the person.
    pub(super) fn absorb(&mut self, input: &Input) {
        let Input::Event(event) = input else {
            if let Input::Row { id, .. } = input
                && id == self.person
            {
                self.refresh_zone();
            }
            return;
        };
        let EventKind::Channel {
            channel,
            event: what,
        } = &event.kind
        else {
            return;
        };
        if event.subject != *self.person {
            return;
        }
        let hard = matches!(event.fields.first(), Some(Some(Value::Bool(true))));
        if what == "complained" || (what == "bounced" && hard) {
            self.mark_unreachable(*channel, event);
        }
        if matches!(what.as_str(), "unsubscribed" | "stopped" | "complained") {
            self.opt_out(*channel, event);
        }
    }

    /// An address that bounced hard or complained is dead until the person has another.
    fn mark_unreachable(&mut self, channel: u32, event: &EventData) {
        let told = event
            .send
            .as_ref()
            .filter(|send| send.channel == channel)
            .and_then(|send| send.to.clone());
        let plan = self.program.plan();
        let known = || {
            let declared = plan.channels.get(channel as usize)?;
            let mut frame = new_frame(declared.slots, Value::Row(self.person.clone()));
            let context = self.context(None, None);
            let address = context.eval(&mut frame, declared.address.as_ref()?);
            Some(address.ok()??.key())
        };
        if let Some(address) = told.or_else(known) {
            let dead = (channel, address);
            if !self.state.unreachable.contains(&dead) {
                self.state.unreachable.push(dead);
            }
        }
    }

    /// An opt-out withdraws every record that covers the channel, unless the person has granted
    /// it since.
    fn opt_out(&mut self, channel: u32, event: &EventData) {
        let Some(row) = self.person_row() else {
            return;
        };
        let plan = self.program.plan();
        let Some(profile) = plan.entities.get(self.person.entity as usize) else {
            return;
        };
        let record = Arc::new(self.proven(Status::Withdrawn, event));
        let fields: Vec<(u32, Option<Value>)> = (0..)
            .zip(&profile.fields)
            .filter(|(_, field)| {
                field
                    .consent
                    .as_ref()
                    .is_some_and(|coverage| coverage.channels.contains(&channel))
            })
            .filter(|(field, _)| match row.field(*field) {
                Some(Value::Consent(old)) => {
                    old.status != Status::Withdrawn
                        && !(old.status == Status::Granted
                            && old.since.is_some_and(|since| since > event.time))
                }
                _ => true,
            })
            .map(|(field, _)| (field, Some(Value::Consent(Arc::clone(&record)))))
            .collect();
        if !fields.is_empty() {
            self.write(self.person.clone(), fields);
        }
    }

    /// Writes fields of a row that is there, and lets the journeys see it.
    pub(super) fn write(&mut self, id: RowRef, fields: Vec<(u32, Option<Value>)>) {
        let before = self.context(None, None).snapshot.row(id.entity, &id.key);
        let Some(before) = before else {
            return;
        };
        self.effects.push(Effect::Write {
            row: id.clone(),
            fields,
            at: self.now,
        });
        let after = self.context(None, None).snapshot.row(id.entity, &id.key);
        if id == *self.person {
            self.refresh_zone();
        }
        if after.as_ref() != Some(&before) {
            self.queue.push_back(Input::Row {
                id,
                before: Some(before),
                after,
            });
        }
    }

    /// `set`, `+=` and `-=`.
    pub(super) fn set(
        &mut self,
        row: RowRef,
        field: FieldRef,
        op: SetOp,
        value: Option<Value>,
    ) -> Result<(), Fault> {
        let reader = self.context(None, None);
        let value = match op {
            SetOp::Assign => value,
            SetOp::Add | SetOp::Subtract => {
                let (Some(old), Some(value)) = (reader.field(&row, field), value) else {
                    return Ok(());
                };
                let op = match op {
                    SetOp::Subtract => ArithmeticOp::Subtract,
                    SetOp::Assign | SetOp::Add => ArithmeticOp::Add,
                };
                reader.arithmetic(op, old, value)?
            }
        };
        let value = fitted(&reader, field, value)?;
        self.write(row, vec![(field.field, value)]);
        Ok(())
    }

    /// `grant` and `withdraw`: the time and proof of the latest such event. Without one, nothing.
    pub(super) fn permission(
        &mut self,
        row: RowRef,
        field: FieldRef,
        from: &Trigger,
        instance: &crate::engine::Instance,
        status: Status,
    ) {
        let Some(event) = self.latest(from, instance) else {
            return;
        };
        let record = self.proven(status, &event);
        let value = Some(Value::Consent(Arc::new(record)));
        self.write(row, vec![(field.field, value)]);
    }

    fn latest(&self, from: &Trigger, instance: &crate::engine::Instance) -> Option<Arc<EventData>> {
        let snapshot = self.context(None, None).snapshot;
        let events = match from {
            Trigger::Event(event) => snapshot.events(*event, self.person, None),
            Trigger::Channel { .. } | Trigger::Message { .. } | Trigger::Send { .. } => {
                snapshot.channel_events(self.person, None)
            }
            Trigger::Journey { .. } => snapshot.journey_events(self.person, None),
        };
        events
            .iter()
            .rfind(|event| self.is_trigger(from, event, Some(instance)))
            .cloned()
    }

    /// A record that an event proves.
    fn proven(&self, status: Status, event: &EventData) -> ConsentRecord {
        ConsentRecord {
            status,
            since: Some(event.time),
            basis: (status == Status::Granted).then_some(SmolStr::new_static("consent")),
            source: Some(self.name_of(&event.kind)),
            proof: Some(format_smolstr!("{}/{}", event.source, event.id)),
        }
    }

    /// The name of an event as the language says it.
    fn name_of(&self, kind: &EventKind) -> SmolStr {
        let plan = self.program.plan();
        let named = match kind {
            EventKind::Declared(event) => {
                plan.events.get(*event as usize).map(|it| it.name.clone())
            }
            EventKind::Channel { channel, event } => plan
                .channels
                .get(*channel as usize)
                .map(|channel| format_smolstr!("{}.{event}", channel.name)),
            EventKind::Journey { journey, .. } => plan
                .journeys
                .get(*journey as usize)
                .map(|journey| journey.name.clone()),
        };
        named.unwrap_or_default()
    }
}

/// A value as a field stores it. What does not fit the field's range or length is a fault.
fn fitted(
    context: &Context<'_>,
    field: FieldRef,
    value: Option<Value>,
) -> Result<Option<Value>, Fault> {
    let declared = context.program.field(field);
    let declared = declared.ok_or(Fault::Plan("no such field"))?;
    let value = value.map(|value| context.as_type(&declared.ty, value));
    Ok(match (&declared.ty, value) {
        (
            Type::Int {
                range: Some((low, high)),
            },
            Some(Value::Int(value)),
        ) if !(*low..=*high).contains(&value) => {
            return Err(Fault::Range);
        }
        (Type::Text { max: Some(max) }, Some(Value::Text(text)))
            if text.chars().count() > *max as usize =>
        {
            return Err(Fault::Range);
        }
        (_, value) => value,
    })
}
