//! `unused-declaration`: an enum, table, channel, purpose, segment, measure, action, audience,
//! calendar or setting that nothing uses. Messages and events have rules of their own.

use crate::diag::codes::lint::UNUSED_DECLARATION;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::ids::*;
use crate::model::names::Named;
use crate::model::types::PurposeKind;
use crate::model::uses::{How, Thing};
use crate::source::Place;

/// What keeps a declaration alive. A rule of consent about a channel does not use it, and neither
/// does a test.
pub(super) const LIVES: &[How] = &[
    How::Read,
    How::Type,
    How::Send,
    How::Purpose,
    How::Via,
    How::Listen,
    How::Enter,
    How::Do,
    How::Add,
    How::Remove,
];
/// A type that names a channel only says where people may be reached.
const SENT_BY: &[How] = &[How::Send, How::Via, How::Listen, How::Enter, How::Read];

/// Looks at the declarations of each kind.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    let model = whole.model;
    let mut one = |named: Named, ways: &[How], name: &str, place: Place| {
        if !whole.marks.any(Thing::Declared(named), ways) {
            let kind = named.a_kind();
            let kind = kind.split_once(' ').map_or(kind, |(_, kind)| kind);
            out.push(
                Diagnostic::new(
                    &UNUSED_DECLARATION,
                    place,
                    format!("nothing uses the {kind} `{name}`"),
                )
                .help("use it, or remove it"),
            );
        }
    };
    for (id, it) in (0..).zip(&model.enums) {
        one(Named::Enum(EnumId(id)), LIVES, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.entities) {
        if !it.profile {
            one(Named::Table(EntityId(id)), LIVES, &it.name, it.place);
        }
    }
    for (id, it) in (0..).zip(&model.channels) {
        one(Named::Channel(ChannelId(id)), SENT_BY, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.purposes) {
        // No send is for the tracking of others.
        if it.kind != PurposeKind::Tracking {
            one(Named::Purpose(PurposeId(id)), LIVES, &it.name, it.place);
        }
    }
    for (id, it) in (0..).zip(&model.segments) {
        one(Named::Segment(SegmentId(id)), LIVES, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.measures) {
        one(Named::Measure(MeasureId(id)), LIVES, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.actions) {
        one(Named::Action(ActionId(id)), LIVES, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.audiences) {
        one(Named::Audience(AudienceId(id)), LIVES, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.calendars) {
        one(Named::Calendar(CalendarId(id)), LIVES, &it.name, it.place);
    }
    for (id, it) in (0..).zip(&model.settings) {
        one(Named::Setting(SettingId(id)), LIVES, &it.name, it.place);
    }
}
