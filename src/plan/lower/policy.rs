//! Lowering of channels, consent, messages and what else the house declares.

use super::Unlowered;
use super::expr::{Lowering, constant, duration, field_ref};
use super::schema::{fields, plain_field, weekday};
use crate::model::hir;
use crate::model::{channel_events, types};
use crate::plan::{
    Action, Audience, Basis, Channel, ChannelEvent, ChannelKind, ConsentBlock, Content, Days,
    Derived, Duration, Format, Holdout, Message, Otherwise, Part, Purpose, PurposeKind, Rate, Rule,
    RuleKind, Shared, Slot, Unit,
};
use crate::source::Span;
use crate::template::{self, PlaceMap};
use smol_str::SmolStr;

/// How long all attempts of an action may take if nothing is written.
const ACTION_TIMEOUT: Duration = Duration {
    count: 1,
    unit: Unit::Hour,
    calendar: None,
};

pub(super) fn slots(locals: &hir::Locals) -> u32 {
    u32::try_from(locals.0.len()).unwrap_or(u32::MAX)
}

pub(super) fn channel(of: &hir::Channel) -> Result<Channel, Unlowered> {
    let lowering = Lowering::new(&of.name);
    Ok(Channel {
        name: of.name.clone(),
        kind: channel_kind(of.kind),
        profile: of.profile.0,
        slots: slots(&of.locals),
        address: lowering.optional(of.address.as_ref())?,
        sender: of.sender.clone(),
        cost: of.cost.as_ref().map(constant),
        lead: of.lead.map(duration),
        capacity: of.capacity.map(|(count, per)| Rate {
            count,
            per: duration(per),
        }),
        shares: of
            .shares
            .iter()
            .map(|(field, hashed)| Shared {
                field: field_ref(*field),
                hashed: *hashed,
            })
            .collect(),
        events: channel_events::of(of.kind)
            .iter()
            .map(|event| channel_event(&lowering, event, of.place.span))
            .collect::<Result<_, _>>()?,
    })
}

fn channel_event(
    lowering: &Lowering,
    of: &channel_events::ChannelEvent,
    span: Span,
) -> Result<ChannelEvent, Unlowered> {
    let fields = of
        .fields
        .iter()
        .map(|(name, ty)| plain_field(lowering, name, ty, span));
    Ok(ChannelEvent {
        name: SmolStr::new_static(of.name),
        fields: fields.collect::<Result<_, _>>()?,
    })
}

pub(super) fn purpose(of: &hir::Purpose) -> Purpose {
    let kind = match of.kind {
        types::PurposeKind::Service => PurposeKind::Service,
        types::PurposeKind::Relationship => PurposeKind::Relationship,
        types::PurposeKind::Marketing => PurposeKind::Marketing,
        types::PurposeKind::Fundraising => PurposeKind::Fundraising,
        types::PurposeKind::Political => PurposeKind::Political,
        types::PurposeKind::Research => PurposeKind::Research,
        types::PurposeKind::Advertising => PurposeKind::Advertising,
        types::PurposeKind::Tracking => PurposeKind::Tracking,
    };
    Purpose {
        name: of.name.clone(),
        kind,
        because: of.because.clone(),
    }
}

pub(super) fn consent(of: &hir::ConsentBlock) -> Result<ConsentBlock, Unlowered> {
    let lowering = Lowering::new(&of.name);
    Ok(ConsentBlock {
        name: of.name.clone(),
        profile: of.profile.0,
        slots: slots(&of.locals),
        filter: lowering.optional(of.filter.as_ref())?,
        under: of.under.clone(),
        rules: of
            .rules
            .iter()
            .map(|one| rule(&lowering, one))
            .collect::<Result<_, _>>()?,
    })
}

fn rule(lowering: &Lowering, of: &hir::Rule) -> Result<Rule, Unlowered> {
    let kind = match &of.kind {
        hir::RuleKind::Permit {
            basis: by,
            when,
            because,
        } => RuleKind::Permit {
            by: basis(*by),
            when: lowering.optional(when.as_ref())?,
            because: because.clone(),
        },
        hir::RuleKind::Forbid {
            when,
            between,
            days,
            otherwise: then,
        } => RuleKind::Forbid {
            when: lowering.optional(when.as_ref())?,
            between: *between,
            on: days.as_ref().map(|on| match on {
                hir::Days::Weekdays(list) => {
                    Days::Weekdays(list.iter().map(|day| weekday(*day)).collect())
                }
                hir::Days::Holidays(calendar) => Days::Holidays(calendar.0),
            }),
            otherwise: otherwise(then),
        },
        hir::RuleKind::Limit {
            count,
            per,
            per_key,
            otherwise: then,
        } => RuleKind::Limit {
            count: *count,
            per: duration(*per),
            key: lowering.optional(per_key.as_ref())?,
            otherwise: otherwise(then),
        },
    };
    Ok(Rule {
        text: of.text.as_str().into(),
        channels: of.channels.iter().map(|channel| channel.0).collect(),
        purposes: of.purposes.iter().map(|purpose| purpose.0).collect(),
        kind,
    })
}

fn otherwise(of: &hir::Otherwise) -> Otherwise {
    match of {
        hir::Otherwise::Skip => Otherwise::Skip,
        hir::Otherwise::Delay { up_to } => Otherwise::Delay {
            up_to: up_to.map(duration),
        },
    }
}

pub(super) fn holdout(of: &hir::Holdout) -> Holdout {
    Holdout {
        name: of.name.clone(),
        profile: of.profile.0,
        share: of.share,
        purposes: of.purposes.iter().map(|purpose| purpose.0).collect(),
        redrawn_every_year: of.redrawn,
    }
}

pub(super) fn derived(of: &hir::Derived) -> Result<Derived, Unlowered> {
    Ok(Derived {
        name: of.name.clone(),
        entity: of.entity.0,
        slots: slots(&of.locals),
        value: Lowering::new(&of.name).expr(&of.value)?,
    })
}

pub(super) fn message(model: &hir::Model, of: &hir::Message) -> Result<Message, Unlowered> {
    let lowering = Lowering::new(&of.name);
    Ok(Message {
        name: of.name.clone(),
        profile: of.profile.0,
        subject: of.subject.clone(),
        params: fields(&lowering, &of.params)?,
        purpose: of.purpose.map(|purpose| purpose.0),
        external: of.external,
        contents: of
            .contents
            .iter()
            .map(|one| content(&lowering, model, one))
            .collect::<Result<_, _>>()?,
    })
}

fn content(
    lowering: &Lowering,
    model: &hir::Model,
    of: &hir::Content,
) -> Result<Content, Unlowered> {
    let part = |part: &hir::Part| {
        let kinds = part
            .channels
            .iter()
            .filter_map(|channel| model.channels.get(channel.index()));
        let texted = kinds
            .map(|channel| channel.kind)
            .any(|kind| matches!(kind, types::ChannelKind::Sms | types::ChannelKind::Whatsapp));
        Ok(Part {
            channels: part.channels.iter().map(|channel| channel.0).collect(),
            slots: part
                .slots
                .iter()
                .map(|one| slot(lowering, one, texted))
                .collect::<Result<_, _>>()?,
        })
    };
    Ok(Content {
        language: of.language.clone(),
        only: of.only,
        parts: of.parts.iter().map(part).collect::<Result<_, _>>()?,
    })
}

/// Prepares a template: MJML becomes HTML, values are escaped and shown for the format.
fn slot(lowering: &Lowering, of: &hir::Slot, texted: bool) -> Result<Slot, Unlowered> {
    let (format, written) = match of.format {
        hir::Format::Text if texted => (Format::Text, template::Format::Sms),
        hir::Format::Text => (Format::Text, template::Format::Text),
        hir::Format::Html => (Format::Html, template::Format::Html),
        hir::Format::Mjml => (Format::Html, template::Format::Mjml),
    };
    let places = PlaceMap::file(of.place.file);
    let prepared = template::prepare(&of.source, written, &places).map_err(|found| {
        let first = found.iter().next().map(|one| one.message.clone());
        lowering.fault(first.unwrap_or_else(|| "a template".into()), of.place.span)
    })?;
    Ok(Slot {
        name: of.name.clone(),
        format,
        template: prepared.liquid,
    })
}

pub(super) fn action(of: &hir::Action) -> Result<Action, Unlowered> {
    let lowering = Lowering::new(&of.name);
    let post = of.post.clone();
    Ok(Action {
        name: of.name.clone(),
        params: fields(&lowering, &of.params)?,
        returns: fields(&lowering, &of.returns)?,
        post: post.ok_or_else(|| lowering.fault("it has no `post`", of.place.span))?,
        timeout: of.timeout.map_or(ACTION_TIMEOUT, duration),
        secret: of.secret.clone(),
    })
}

pub(super) fn audience(of: &hir::Audience) -> Audience {
    Audience {
        name: of.name.clone(),
        profile: of.profile.0,
        via: of.via.0,
    }
}

const fn basis(of: hir::Basis) -> Basis {
    match of {
        hir::Basis::Consent => Basis::Consent,
        hir::Basis::DoubleOptIn => Basis::DoubleOptIn,
        hir::Basis::SoftOptIn => Basis::SoftOptIn,
        hir::Basis::ImpliedBusiness => Basis::ImpliedBusiness,
        hir::Basis::ImpliedInquiry => Basis::ImpliedInquiry,
        hir::Basis::ImpliedNonprofit => Basis::ImpliedNonprofit,
        hir::Basis::Contract => Basis::Contract,
        hir::Basis::LegitimateInterest => Basis::LegitimateInterest,
        hir::Basis::Exempt => Basis::Exempt,
    }
}

const fn channel_kind(of: types::ChannelKind) -> ChannelKind {
    match of {
        types::ChannelKind::Email => ChannelKind::Email,
        types::ChannelKind::Sms => ChannelKind::Sms,
        types::ChannelKind::Push => ChannelKind::Push,
        types::ChannelKind::InApp => ChannelKind::InApp,
        types::ChannelKind::Whatsapp => ChannelKind::Whatsapp,
        types::ChannelKind::Web => ChannelKind::Web,
        types::ChannelKind::Print => ChannelKind::Print,
        types::ChannelKind::Call => ChannelKind::Call,
        types::ChannelKind::Wallet => ChannelKind::Wallet,
        types::ChannelKind::Audience => ChannelKind::Audience,
        types::ChannelKind::Webhook => ChannelKind::Webhook,
    }
}
