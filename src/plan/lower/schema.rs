//! Lowering of the data schema.

use super::Unlowered;
use super::expr::{Lowering, constant, duration, field_ref};
use crate::model::hir;
use crate::model::types::Ty;
use crate::plan::{Calendar, Coverage, Entity, Enum, Event, Field, Setting, Type, Weekday};
use crate::source::Span;
use smol_str::SmolStr;

pub(super) fn enumeration(of: &hir::Enum) -> Enum {
    Enum {
        name: of.name.clone(),
        ordered: of.ordered,
        variants: of.variants.iter().map(|(name, _)| name.clone()).collect(),
    }
}

pub(super) fn entity(of: &hir::Entity) -> Result<Entity, Unlowered> {
    let lowering = Lowering::new(&of.name);
    Ok(Entity {
        name: of.name.clone(),
        profile: of.profile,
        fields: fields(&lowering, &of.fields)?,
        key: of
            .key
            .ok_or_else(|| lowering.fault("it has no key", of.place.span))?,
        occurred: of.occurred,
        timezone: of.timezone,
        language: of.language,
    })
}

pub(super) fn event(of: &hir::Event) -> Result<Event, Unlowered> {
    let fields = fields(&Lowering::new(&of.name), &of.fields)?;
    Ok(Event {
        name: of.name.clone(),
        subject: of.subject.0,
        fields,
    })
}

pub(super) fn setting(of: &hir::Setting) -> Result<Setting, Unlowered> {
    let lowering = Lowering::new(&of.name);
    Ok(Setting {
        name: of.name.clone(),
        ty: ty(&lowering, &of.ty, of.place.span)?,
        value: constant(&of.value),
    })
}

pub(super) fn calendar(of: &hir::Calendar) -> Calendar {
    Calendar {
        name: of.name.clone(),
        weekend: of.weekend.iter().map(|day| weekday(*day)).collect(),
        holidays: of.holidays.clone(),
    }
}

pub(super) fn fields(lowering: &Lowering, of: &[hir::Field]) -> Result<Vec<Field>, Unlowered> {
    of.iter().map(|one| field(lowering, one)).collect()
}

fn field(lowering: &Lowering, of: &hir::Field) -> Result<Field, Unlowered> {
    let (ty_of, optional) = match &of.ty {
        Ty::Optional(inner) => (&**inner, true),
        other => (other, false),
    };
    let notes = &of.annotations;
    Ok(Field {
        name: of.name.clone(),
        ty: ty(lowering, ty_of, of.place.span)?,
        optional,
        default: of.default.as_ref().map(constant),
        fixed: notes.fixed,
        personal: notes.personal,
        sensitive: notes.sensitive,
        index: notes.index,
        refreshed: notes.refreshed.map(duration),
        expires: notes.expires.map(duration),
        source: notes.source.clone(),
        relation: of.relation.map(field_ref),
        consent: of.consent.as_ref().map(|consent| Coverage {
            channels: consent.channels.iter().map(|channel| channel.0).collect(),
            purposes: consent.purposes.iter().map(|purpose| purpose.0).collect(),
        }),
    })
}

/// A field of which only the name and the type are known.
pub(super) fn plain_field(
    lowering: &Lowering,
    name: &'static str,
    of: &Ty,
    span: Span,
) -> Result<Field, Unlowered> {
    Ok(Field {
        name: SmolStr::new_static(name),
        ty: ty(lowering, of, span)?,
        optional: false,
        default: None,
        fixed: false,
        personal: false,
        sensitive: false,
        index: false,
        refreshed: None,
        expires: None,
        source: None,
        relation: None,
        consent: None,
    })
}

fn ty(lowering: &Lowering, of: &Ty, span: Span) -> Result<Type, Unlowered> {
    Ok(match of {
        Ty::Bool => Type::Bool,
        Ty::Int(range) => Type::Int { range: *range },
        Ty::Decimal => Type::Decimal,
        Ty::Percent => Type::Percent,
        Ty::Text(max) => Type::Text { max: *max },
        Ty::Date => Type::Date,
        Ty::Time => Type::Time,
        Ty::Instant => Type::Instant,
        Ty::Duration => Type::Duration,
        Ty::Money(currency) => Type::Money(SmolStr::new_static(currency.code())),
        Ty::Email => Type::Email,
        Ty::Phone => Type::Phone,
        Ty::Url => Type::Url,
        Ty::Country => Type::Country,
        Ty::Language => Type::Language,
        Ty::Timezone => Type::Timezone,
        Ty::Channel(channels) => Type::Channel(channels.iter().map(|channel| channel.0).collect()),
        Ty::Consent(_) => Type::Consent,
        Ty::Enum(id) => Type::Enum(id.0),
        Ty::Row(id) => Type::Row(id.0),
        Ty::List(inner) => Type::List(Box::new(ty(lowering, inner, span)?)),
        Ty::Error | Ty::Status | Ty::Purpose | Ty::Event(_) | Ty::Result(_) | Ty::Optional(_) => {
            return Err(lowering.fault("a field's type cannot be stored", span));
        }
    })
}

pub(super) const fn weekday(day: jiff::civil::Weekday) -> Weekday {
    use jiff::civil::Weekday as W;
    match day {
        W::Monday => Weekday::Monday,
        W::Tuesday => Weekday::Tuesday,
        W::Wednesday => Weekday::Wednesday,
        W::Thursday => Weekday::Thursday,
        W::Friday => Weekday::Friday,
        W::Saturday => Weekday::Saturday,
        W::Sunday => Weekday::Sunday,
    }
}
