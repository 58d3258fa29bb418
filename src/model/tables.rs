//! The declarations that both the check and the finished model can be asked for.

use super::cx::Cx;
use super::hir::{Entity, Enum, Field, Model};
use super::ids::{ChannelId, EntityId, FieldId};

/// Looks up declarations by their ids and names.
pub trait Tables {
    /// Profiles and tables, by their ids.
    fn entities(&self) -> &[Entity];
    /// Enums, by their ids.
    fn enums(&self) -> &[Enum];
    /// The field of an entity with this name.
    fn field_named(&self, entity: EntityId, name: &str) -> Option<FieldId>;
    /// The name of a channel.
    fn channel_name(&self, id: ChannelId) -> &str;

    /// A profile or table.
    fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities().get(id.index())
    }

    /// A field of an entity.
    fn field(&self, id: FieldId) -> Option<&Field> {
        self.entity(id.entity)?.fields.get(id.index as usize)
    }

    /// The name of a profile or table.
    fn entity_name(&self, id: EntityId) -> &str {
        self.entity(id).map_or("", |entity| entity.name.as_str())
    }
}

impl Tables for Cx<'_> {
    fn entities(&self) -> &[Entity] {
        &self.entities
    }

    fn enums(&self) -> &[Enum] {
        &self.enums
    }

    fn field_named(&self, entity: EntityId, name: &str) -> Option<FieldId> {
        Cx::field_named(self, entity, name)
    }

    fn channel_name(&self, id: ChannelId) -> &str {
        Cx::channel_name(self, id)
    }
}

impl Tables for Model {
    fn entities(&self) -> &[Entity] {
        &self.entities
    }

    fn enums(&self) -> &[Enum] {
        &self.enums
    }

    fn field_named(&self, entity: EntityId, name: &str) -> Option<FieldId> {
        let fields = &self.entity(entity)?.fields;
        let index = fields.iter().position(|field| field.name == name)?;
        Some(FieldId {
            entity,
            index: u32::try_from(index).ok()?,
        })
    }

    fn channel_name(&self, id: ChannelId) -> &str {
        let channel = self.channels.get(id.index());
        channel.map_or("", |channel| channel.name.as_str())
    }
}
