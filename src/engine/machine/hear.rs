//! Whether an event is the one that something waits for.

use super::{Moment, asking};
use crate::engine::eval::{Fault, Frame, bind};
use crate::engine::{EventData, EventKind, Instance, Value};
use crate::plan::{On, Trigger};
use std::sync::Arc;

impl Moment<'_> {
    /// Whether an instance hears an event: it is the trigger's, about this person, and passes the
    /// condition, for which it is put into its slot of the frame.
    pub(super) fn hears(
        &self,
        instance: &Instance,
        frame: &mut Frame,
        on: &On,
        event: &Arc<EventData>,
    ) -> Result<bool, Fault> {
        if !self.is_trigger(&on.trigger, event, Some(instance)) {
            return Ok(false);
        }
        let before = bind(frame, on.slot, Some(Value::Event(Arc::clone(event))));
        let context = self.for_instance(instance);
        let heard = context.passes(frame, on.filter.as_ref());
        if !matches!(heard, Ok(true)) {
            bind(frame, on.slot, before);
        }
        heard
    }

    /// Whether an event is of the kind of a trigger and about this person.
    pub(super) fn is_trigger(
        &self,
        trigger: &Trigger,
        event: &EventData,
        instance: Option<&Instance>,
    ) -> bool {
        match (trigger, &event.kind) {
            (Trigger::Event(wanted), EventKind::Declared(happened)) => {
                wanted == happened && event.subject == *self.person
            }
            (
                Trigger::Channel {
                    channel,
                    event: wanted,
                },
                EventKind::Channel {
                    channel: of,
                    event: happened,
                },
            ) => channel == of && wanted == happened && event.subject == *self.person,
            (
                Trigger::Message {
                    message,
                    event: wanted,
                },
                EventKind::Channel {
                    event: happened, ..
                },
            ) => {
                wanted == happened
                    && event.subject == *self.person
                    && event
                        .send
                        .as_ref()
                        .is_some_and(|send| send.message == *message)
            }
            (
                Trigger::Send {
                    send,
                    event: wanted,
                },
                EventKind::Channel {
                    event: happened, ..
                },
            ) => wanted == happened && self.is_own_send(*send, event, instance),
            (
                Trigger::Journey {
                    journey,
                    event: wanted,
                },
                EventKind::Journey {
                    journey: of,
                    event: happened,
                    ..
                },
            ) => journey == of && wanted == happened && event.subject == *self.person,
            _ => false,
        }
    }

    /// Whether an event is about a labelled send of an instance.
    fn is_own_send(&self, send: u32, event: &EventData, instance: Option<&Instance>) -> bool {
        let Some(instance) = instance else {
            return false;
        };
        let asking = asking(instance);
        let step = self
            .program
            .journey(asking.journey)
            .and_then(|journey| journey.sends.get(send as usize));
        let (Some(step), Some(about)) = (step, &event.send) else {
            return false;
        };
        about.journey == asking.journey
            && about.key == asking.key
            && about.entry == asking.entry
            && about.step == *step
    }
}
