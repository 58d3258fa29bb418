//! Messages: what for, in which languages, on which channels.

use crate::inventory::{Inventory, find, item::Facts};
use crate::model::ids::MessageId;
use crate::model::names::Named;
use crate::source::Place;

impl Inventory<'_> {
    pub(super) fn message(&self, id: MessageId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.messages.get(id.index())?;
        let purpose = it
            .purpose
            .map(|id| self.name(Named::Purpose(id)).to_owned());
        facts.one("purpose", purpose);
        facts.many("parameters", self.fields(it.place, find::params));
        if it.external {
            facts.one("contents", "on a platform");
        }
        let contents = it.contents.iter().map(|content| {
            let only = if content.only { " only" } else { "" };
            let parts = content
                .parts
                .iter()
                .map(|part| self.channel_names(&part.channels));
            let parts: Vec<String> = parts.filter(|names| !names.is_empty()).collect();
            format!("{}{only}: {}", content.language, parts.join(", "))
        });
        facts.many("contents", contents);
        let parts = it.contents.iter().flat_map(|content| &content.parts);
        let files = parts
            .flat_map(|part| &part.slots)
            .filter_map(|slot| slot.file.as_ref());
        let mut files: Vec<String> = files.map(ToString::to_string).collect();
        files.sort();
        files.dedup();
        facts.one("templates", files.join(", "));
        Some(it.place)
    }
}
