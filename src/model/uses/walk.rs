//! The walk: one declaration after the other, and every expression in them.

use super::{How, Sink, Thing, User, entity};
use crate::model::hir::{
    Const, Duration, EventField, Expr, ExprKind, Given, Locals, Model, Rows, Source, Trigger, visit,
};
use crate::model::ids::*;
use crate::model::names::Named;
use crate::model::types::{EventTy, LocalKind, Ty};
use crate::source::{FileId, Place, Span};

/// The walk, standing in one declaration.
pub(super) struct Walk<'m, 's> {
    pub(super) model: &'m Model,
    pub(super) by: User,
    pub(super) file: FileId,
    /// The variables of the declaration.
    pub(super) locals: Option<&'m Locals>,
    pub(super) sink: &'s mut dyn Sink,
}

/// Finds every use in the declarations of a model, in the order of the model.
pub fn each_use(model: &Model, sink: &mut dyn Sink) {
    let mut walk = Walk {
        model,
        by: User::Promise(u32::MAX),
        file: FileId(0),
        locals: None,
        sink,
    };
    walk.schema();
    walk.journeys();
}

impl<'m> Walk<'m, '_> {
    /// Turns to the next declaration.
    pub(super) fn turn_to(&mut self, by: User, place: Place, locals: Option<&'m Locals>) {
        self.by = by;
        self.file = place.file;
        self.locals = locals;
    }

    pub(super) fn at(&mut self, thing: Thing, how: How, place: Place) {
        self.sink.found(thing, how, self.by, place);
    }

    pub(super) fn used(&mut self, thing: Thing, how: How, span: Span) {
        self.at(thing, how, span.in_file(self.file));
    }

    pub(super) fn named(&mut self, named: Named, how: How, span: Span) {
        self.used(Thing::Declared(named), how, span);
    }

    pub(super) fn entity(&mut self, id: EntityId, how: How, span: Span) {
        self.named(entity(self.model, id), how, span);
    }

    pub(super) fn calendar(&mut self, duration: &Duration, span: Span) {
        if let Some(calendar) = duration.calendar {
            self.named(Named::Calendar(calendar), How::Read, span);
        }
    }

    pub(super) fn channels(&mut self, channels: &[ChannelId], how: How, span: Span) {
        for channel in channels {
            self.named(Named::Channel(*channel), how, span);
        }
    }

    pub(super) fn purposes(&mut self, purposes: &[PurposeId], how: How, span: Span) {
        for purpose in purposes {
            self.named(Named::Purpose(*purpose), how, span);
        }
    }

    /// What a type names.
    pub(super) fn ty(&mut self, ty: &Ty, span: Span) {
        match ty {
            Ty::Enum(id) => self.named(Named::Enum(*id), How::Type, span),
            Ty::Row(id) => self.entity(*id, How::Type, span),
            Ty::Channel(channels) => self.channels(channels, How::Type, span),
            Ty::List(item) | Ty::Optional(item) => self.ty(item, span),
            Ty::Error
            | Ty::Bool
            | Ty::Int(_)
            | Ty::Decimal
            | Ty::Percent
            | Ty::Text(_)
            | Ty::Date
            | Ty::Time
            | Ty::Instant
            | Ty::Duration
            | Ty::Money(_)
            | Ty::Email
            | Ty::Phone
            | Ty::Url
            | Ty::Country
            | Ty::Language
            | Ty::Timezone
            | Ty::Consent(_)
            | Ty::Status
            | Ty::Purpose
            | Ty::Event(_)
            | Ty::Result(_) => {}
        }
    }

    /// Every use in an expression.
    pub(super) fn expr(&mut self, root: &'m Expr) {
        visit::each_expr(root, |expr| self.one(expr));
    }

    pub(super) fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>)
    where
        'm: 'e,
    {
        for expr in exprs {
            visit::each_expr(expr, |expr| self.one(expr));
        }
    }

    /// The use that an expression itself is, without what stands inside it.
    fn one(&mut self, expr: &Expr) {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Const(value) => self.constant(value, span),
            ExprKind::Local(id) => self.local(*id, span),
            ExprKind::Field { field, .. } => self.used(Thing::Field(*field), How::Read, span),
            ExprKind::EventField { of, field } => self.event_field(&of.ty, *field, span),
            ExprKind::ResultField { of, index } => {
                if let Ty::Result(action) = of.ty.known() {
                    self.used(Thing::ResultField(*action, *index), How::Read, span);
                }
            }
            ExprKind::Setting(id) => self.named(Named::Setting(*id), How::Read, span),
            ExprKind::Measure { measure, .. } => {
                self.named(Named::Measure(*measure), How::Read, span);
            }
            ExprKind::InSegment { segment, .. } => {
                self.named(Named::Segment(*segment), How::Read, span);
            }
            ExprKind::InJourney { journey, .. } => {
                self.named(Named::Journey(*journey), How::Read, span);
            }
            ExprKind::Permitted {
                message, channels, ..
            } => {
                self.named(Named::Message(*message), How::Read, span);
                self.channels(channels, How::Read, span);
            }
            ExprKind::Aggregate { rows, .. }
            | ExprKind::Pick { rows, .. }
            | ExprKind::Top { rows, .. } => self.source(rows),
            ExprKind::ConsentPart { .. }
            | ExprKind::InList { .. }
            | ExprKind::InRange { .. }
            | ExprKind::List(_)
            | ExprKind::Call { .. }
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Arithmetic { .. }
            | ExprKind::Coalesce(_)
            | ExprKind::Compare { .. }
            | ExprKind::Is { .. }
            | ExprKind::Ago(_)
            | ExprKind::FromNow(_)
            | ExprKind::Unknown
            | ExprKind::Known(_)
            | ExprKind::Error => {}
        }
    }

    pub(super) fn constant(&mut self, value: &Const, span: Span) {
        match value {
            Const::Variant(id, variant) => {
                self.used(Thing::Variant(*id, *variant), How::Read, span);
            }
            Const::Channel(id) => self.named(Named::Channel(*id), How::Read, span),
            Const::Purpose(id) => self.named(Named::Purpose(*id), How::Read, span),
            Const::Duration(duration) => self.calendar(duration, span),
            Const::List(items) => items.iter().for_each(|item| self.constant(item, span)),
            Const::Bool(_)
            | Const::Int(_)
            | Const::Decimal(_)
            | Const::Percent(_)
            | Const::Text(_)
            | Const::Date(_)
            | Const::Time(_)
            | Const::Instant { .. }
            | Const::Money { .. }
            | Const::Country(_)
            | Const::Language(_)
            | Const::Timezone(_)
            | Const::Email(_)
            | Const::Phone(_)
            | Const::Url(_)
            | Const::Status(_) => {}
        }
    }

    /// A variable: only the parameters of a journey are things of their own.
    fn local(&mut self, id: LocalId, span: Span) {
        let local = self.locals.and_then(|locals| locals.0.get(id.index()));
        if let (User::Declared(Named::Journey(journey)), Some(local)) = (self.by, local)
            && local.kind == LocalKind::Param
            && let Some(index) = id.0.checked_sub(1)
        {
            self.used(Thing::JourneyParam(journey, index), How::Read, span);
        }
    }

    fn event_field(&mut self, of: &Ty, field: EventField, span: Span) {
        let Ty::Event(event) = of.known() else { return };
        match (event, field) {
            (EventTy::Declared(id), EventField::Field(index)) => {
                self.used(Thing::EventField(*id, index), How::Read, span);
            }
            (
                EventTy::Channel {
                    message: Some(message),
                    ..
                },
                EventField::Param(index),
            ) => self.used(Thing::MessageParam(*message, index), How::Read, span),
            _ => {}
        }
    }

    /// A row source, without the expressions in it.
    pub(super) fn source(&mut self, rows: &Rows) {
        let span = rows.span;
        if let Some(last) = &rows.last {
            self.calendar(last, span);
        }
        match &rows.source {
            Source::Relation { via, .. } => {
                self.used(Thing::Field(*via), How::Follow, span);
                self.entity(via.entity, How::Read, span);
            }
            Source::Table(id) => self.entity(*id, How::Read, span),
            Source::Events { event, .. } => self.named(Named::Event(*event), How::Listen, span),
            Source::ChannelEvents { channel, .. } => {
                self.named(Named::Channel(*channel), How::Listen, span);
            }
            Source::MessageEvents { message, .. } => {
                self.named(Named::Message(*message), How::Listen, span);
            }
            Source::SendEvents { send, .. } => self.send(*send, How::Listen, span),
            Source::JourneyEvents { journey, .. } => {
                self.named(Named::Journey(*journey), How::Listen, span);
            }
            Source::One(_) => {}
        }
    }

    /// A labelled send of the journey that the declaration is, or is about.
    pub(super) fn send(&mut self, send: SendId, how: How, span: Span) {
        let journey = match self.by {
            User::Declared(Named::Journey(journey)) => Some(journey),
            User::Test(test) => self
                .model
                .tests
                .get(test as usize)
                .and_then(|test| test.journey),
            _ => None,
        };
        if let Some(journey) = journey {
            self.used(Thing::Send(journey, send), how, span);
        }
    }

    pub(super) fn trigger(&mut self, trigger: &Trigger, how: How, span: Span) {
        match trigger {
            Trigger::Event(id) => self.named(Named::Event(*id), how, span),
            Trigger::Channel { channel, .. } => self.named(Named::Channel(*channel), how, span),
            Trigger::Message { message, .. } => self.named(Named::Message(*message), how, span),
            Trigger::Send { send, .. } => self.send(*send, how, span),
            Trigger::Journey { journey, .. } => self.named(Named::Journey(*journey), how, span),
        }
    }

    /// The values that a test gives to the fields of a thing.
    pub(super) fn given(&mut self, fields: &'m [Given], thing: impl Fn(u32) -> Thing) {
        for given in fields {
            self.used(thing(given.field), How::Given, given.value.span);
            self.expr(&given.value);
        }
    }
}
