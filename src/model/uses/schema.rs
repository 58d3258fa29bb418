//! The uses in everything but journeys, promises and tests.

use super::walk::Walk;
use super::{How, Thing, User, entity, ids};
use crate::model::hir::{Channel, ConsentBlock, Days, Derived, Field, Message, RuleKind, Shown};
use crate::model::ids::*;
use crate::model::names::Named;
use crate::source::{Place, Span};

impl<'m> Walk<'m, '_> {
    /// Goes through everything that is no journey, promise or test.
    pub(super) fn schema(&mut self) {
        let model = self.model;
        for (id, it) in ids(model.entities.len()).zip(&model.entities) {
            self.declaration(entity(model, EntityId(id)), it.place);
            self.fields(&it.fields);
        }
        for (id, it) in ids(model.events.len()).zip(&model.events) {
            self.declaration(Named::Event(EventId(id)), it.place);
            self.entity(it.subject, How::Type, it.place.span);
            self.fields(&it.fields);
        }
        for (id, it) in ids(model.channels.len()).zip(&model.channels) {
            self.channel(ChannelId(id), it);
        }
        for (id, it) in ids(model.consents.len()).zip(&model.consents) {
            self.consent(ConsentId(id), it);
        }
        for (id, it) in ids(model.segments.len()).zip(&model.segments) {
            self.derived(Named::Segment(SegmentId(id)), it);
        }
        for (id, it) in ids(model.measures.len()).zip(&model.measures) {
            self.derived(Named::Measure(MeasureId(id)), it);
        }
        for (id, it) in ids(model.messages.len()).zip(&model.messages) {
            self.message(MessageId(id), it);
        }
        for (id, it) in ids(model.actions.len()).zip(&model.actions) {
            self.declaration(Named::Action(ActionId(id)), it.place);
            self.fields(&it.params);
            self.fields(&it.returns);
        }
        for (id, it) in ids(model.audiences.len()).zip(&model.audiences) {
            self.declaration(Named::Audience(AudienceId(id)), it.place);
            self.entity(it.profile, How::Type, it.place.span);
            self.named(Named::Channel(it.via), How::Via, it.place.span);
        }
        for (id, it) in ids(model.settings.len()).zip(&model.settings) {
            self.declaration(Named::Setting(SettingId(id)), it.place);
            self.ty(&it.ty, it.place.span);
            self.constant(&it.value, it.place.span);
        }
        for (id, it) in ids(model.holdouts.len()).zip(&model.holdouts) {
            self.declaration(Named::Holdout(HoldoutId(id)), it.place);
            self.entity(it.profile, How::Type, it.place.span);
            self.purposes(&it.purposes, How::Rule, it.place.span);
        }
    }

    fn declaration(&mut self, named: Named, place: Place) {
        self.turn_to(User::Declared(named), place, None);
    }

    fn channel(&mut self, id: ChannelId, it: &'m Channel) {
        let head = it.place.span;
        let by = User::Declared(Named::Channel(id));
        self.turn_to(by, it.place, Some(&it.locals));
        self.entity(it.profile, How::Type, head);
        self.exprs(&it.address);
        for length in it.lead.iter().chain(it.capacity.iter().map(|(_, per)| per)) {
            self.calendar(length, head);
        }
        for (field, _) in &it.shares {
            self.used(Thing::Field(*field), How::Share, head);
        }
    }

    fn consent(&mut self, id: ConsentId, it: &'m ConsentBlock) {
        let by = User::Declared(Named::Consent(id));
        self.turn_to(by, it.place, Some(&it.locals));
        self.entity(it.profile, How::Type, it.place.span);
        self.exprs(&it.filter);
        for rule in &it.rules {
            self.channels(&rule.channels, How::Rule, rule.span);
            self.purposes(&rule.purposes, How::Rule, rule.span);
            match &rule.kind {
                RuleKind::Permit { when, .. } => self.exprs(when),
                RuleKind::Forbid { when, days, .. } => {
                    self.exprs(when);
                    if let Some(Days::Holidays(calendar)) = days {
                        self.named(Named::Calendar(*calendar), How::Read, rule.span);
                    }
                }
                RuleKind::Limit { per_key, .. } => self.exprs(per_key),
            }
        }
    }

    fn derived(&mut self, named: Named, it: &'m Derived) {
        self.turn_to(User::Declared(named), it.place, Some(&it.locals));
        self.entity(it.entity, How::Type, it.place.span);
        self.expr(&it.value);
    }

    /// The types and defaults of fields or parameters.
    pub(super) fn fields(&mut self, fields: &'m [Field]) {
        for field in fields {
            let span = field.place.span;
            self.ty(&field.ty, span);
            if let Some(via) = field.relation {
                self.used(Thing::Field(via), How::Type, span);
            }
            if let Some(default) = &field.default {
                self.constant(default, span);
            }
            if let Some(record) = &field.consent {
                self.channels(&record.channels, How::Rule, span);
                self.purposes(&record.purposes, How::Rule, span);
            }
        }
    }

    fn message(&mut self, id: MessageId, message: &'m Message) {
        let head: Span = message.place.span;
        self.declaration(Named::Message(id), message.place);
        self.entity(message.profile, How::Type, head);
        self.fields(&message.params);
        if let Some(purpose) = message.purpose {
            self.named(Named::Purpose(purpose), How::Purpose, head);
        }
        let parts = message.contents.iter().flat_map(|content| &content.parts);
        for slot in parts.flat_map(|part| &part.slots) {
            for (shown, place) in &slot.shows {
                let thing = match shown {
                    Shown::Param(index) => Thing::MessageParam(id, *index),
                    Shown::Field(field) => Thing::Field(*field),
                };
                self.at(thing, How::Show, *place);
            }
        }
    }
}
