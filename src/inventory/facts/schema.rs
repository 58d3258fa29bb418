//! Profiles, tables, events, enums, and what is computed or set.

use crate::inventory::{Inventory, find, item::Facts};
use crate::model::hir::Derived;
use crate::model::ids::*;
use crate::model::uses;
use crate::source::Place;
use crate::syntax::ast::DeclKind;

impl Inventory<'_> {
    pub(super) fn enumeration(&self, id: EnumId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.enums.get(id.index())?;
        let variants = it.variants.iter().map(|(name, _)| name.as_str());
        let between = if it.ordered { " < " } else { ", " };
        facts.one("variants", variants.collect::<Vec<_>>().join(between));
        Some(it.place)
    }

    pub(super) fn entity(&self, id: EntityId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.entities.get(id.index())?;
        facts.many("fields", self.fields(it.place, find::fields));
        Some(it.place)
    }

    pub(super) fn event(&self, id: EventId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.events.get(id.index())?;
        facts.one("for", self.name(uses::entity(self.model, it.subject)));
        facts.many("fields", self.fields(it.place, find::fields));
        Some(it.place)
    }

    /// A segment or a measure.
    pub(super) fn derived(&self, it: &Derived, facts: &mut Facts) -> Option<Place> {
        facts.one("of", self.name(uses::entity(self.model, it.entity)));
        facts.one("is", self.expr(it.place.file, &it.value));
        Some(it.place)
    }

    pub(super) fn action(&self, id: ActionId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.actions.get(id.index())?;
        facts.many("parameters", self.fields(it.place, find::params));
        facts.many("returns", self.fields(it.place, find::returns));
        facts.one("post", it.post.as_ref().map(ToString::to_string));
        facts.one(
            "timeout",
            it.timeout.as_ref().map(|length| self.duration(length)),
        );
        facts.one("secret", it.secret.as_ref().map(ToString::to_string));
        Some(it.place)
    }

    pub(super) fn calendar(&self, id: CalendarId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.calendars.get(id.index())?;
        let weekend = it.weekend.iter().filter_map(|day| {
            let words = crate::model::words::WEEKDAYS.iter();
            words
                .clone()
                .find(|(_, known)| known == day)
                .map(|(word, _)| *word)
        });
        facts.one("weekend", weekend.collect::<Vec<_>>().join(", "));
        let holidays = it.holidays.iter().map(ToString::to_string);
        facts.one("holidays", holidays.collect::<Vec<_>>().join(", "));
        Some(it.place)
    }

    pub(super) fn setting(&self, id: SettingId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.settings.get(id.index())?;
        if let Some(decl) = self.decl_at(it.place)
            && let DeclKind::Setting(setting) = &decl.kind
        {
            facts.one("type", self.line(it.place.file, setting.ty.span));
            facts.one("value", self.line(it.place.file, setting.value.span));
        }
        Some(it.place)
    }
}
