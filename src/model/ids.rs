//! Ids: indices into the tables of a [`super::hir::Model`].
//!
//! Ids are given in the order of the names, so they do not depend on the order of files.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $name(pub u32);

            impl $name {
                /// The id as an index.
                #[must_use]
                pub const fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// An enum.
    EnumId;
    /// A profile or a table.
    EntityId;
    /// A declared event.
    EventId;
    /// A channel.
    ChannelId;
    /// A purpose.
    PurposeId;
    /// A consent block.
    ConsentId;
    /// A segment.
    SegmentId;
    /// A measure.
    MeasureId;
    /// A message.
    MessageId;
    /// An action.
    ActionId;
    /// An audience.
    AudienceId;
    /// A calendar.
    CalendarId;
    /// A setting.
    SettingId;
    /// A holdout.
    HoldoutId;
    /// A journey.
    JourneyId;
    /// A variable of one declaration: its subject, a parameter, a bound event, a row.
    LocalId;
    /// A labelled send of one journey.
    SendId;
}

/// A field of a profile or table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// The profile or table.
    pub entity: EntityId,
    /// Its position among the fields, from 0.
    pub index: u32,
}
