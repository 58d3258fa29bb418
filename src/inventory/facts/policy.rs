//! Channels, purposes, consent, audiences and control groups.

use super::money;
use crate::inventory::{Inventory, item::Facts};
use crate::model::ids::*;
use crate::model::names::Named;
use crate::model::uses;
use crate::source::Place;

impl Inventory<'_> {
    pub(super) fn channel(&self, id: ChannelId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.channels.get(id.index())?;
        facts.one("kind", it.kind.word());
        let address = it.address.as_ref();
        facts.one(
            "address",
            address.map(|expr| self.expr(it.place.file, expr)),
        );
        facts.one("sender", it.sender.as_ref().map(ToString::to_string));
        facts.one("cost", it.cost.as_ref().and_then(money));
        facts.one("lead", it.lead.as_ref().map(|lead| self.duration(lead)));
        let capacity = it.capacity.as_ref();
        facts.one(
            "capacity",
            capacity.map(|(count, per)| format!("{count} per {}", self.duration(per))),
        );
        let shares = it.shares.iter().map(|(field, hashed)| {
            let entity = self.model.entities.get(field.entity.index());
            let field = entity.and_then(|entity| entity.fields.get(field.index as usize));
            let name = field.map_or("", |field| field.name.as_str());
            if *hashed {
                format!("hashed {name}")
            } else {
                name.to_owned()
            }
        });
        facts.one("shares", shares.collect::<Vec<_>>().join(", "));
        Some(it.place)
    }

    pub(super) fn purpose(&self, id: PurposeId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.purposes.get(id.index())?;
        facts.one("kind", it.kind.word());
        facts.one("because", it.because.as_ref().map(ToString::to_string));
        Some(it.place)
    }

    pub(super) fn consent(&self, id: ConsentId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.consents.get(id.index())?;
        facts.one("for", self.name(uses::entity(self.model, it.profile)));
        let filter = it.filter.as_ref();
        facts.one("where", filter.map(|expr| self.expr(it.place.file, expr)));
        facts.one("under", it.under.join(", "));
        let rules = (1..).zip(&it.rules);
        facts.many(
            "rules",
            rules.map(|(number, rule)| format!("#{number} {}", rule.text)),
        );
        Some(it.place)
    }

    pub(super) fn holdout(&self, id: HoldoutId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.holdouts.get(id.index())?;
        facts.one("of", self.name(uses::entity(self.model, it.profile)));
        facts.one("share", format!("{}%", it.share));
        facts.one("for", self.purpose_names(&it.purposes));
        Some(it.place)
    }

    pub(super) fn audience(&self, id: AudienceId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.audiences.get(id.index())?;
        facts.one("of", self.name(uses::entity(self.model, it.profile)));
        facts.one("via", self.name(Named::Channel(it.via)));
        Some(it.place)
    }
}
