//! The kinds of things that a project contains.

use crate::model::names::Named;
use schemars::JsonSchema;
use serde::Serialize;

macro_rules! kinds {
    ($($variant:ident $word:literal $many:literal;)*) => {
        /// What a thing is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each variant is a word of the language")]
        pub enum Kind {
            $($variant,)*
            Field,
            Parameter,
            Variant,
            Result,
            Step,
        }

        impl Kind {
            /// The kinds that can be listed, in the order in which an overview shows them.
            pub const LISTED: &'static [Self] = &[$(Self::$variant),*];

            /// The word for one of them.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Field => "field",
                    Self::Parameter => "parameter",
                    Self::Variant => "variant",
                    Self::Result => "field of a result",
                    Self::Step => "step",
                }
            }

            /// The word for several, as `jalon list` takes it.
            #[must_use]
            pub const fn plural(self) -> &'static str {
                match self {
                    $(Self::$variant => $many,)*
                    Self::Field | Self::Result => "fields",
                    Self::Parameter => "parameters",
                    Self::Variant => "variants",
                    Self::Step => "steps",
                }
            }
        }
    };
}

kinds! {
    Journey "journey" "journeys";
    Message "message" "messages";
    Event "event" "events";
    Channel "channel" "channels";
    Purpose "purpose" "purposes";
    Consent "consent block" "consents";
    Segment "segment" "segments";
    Measure "measure" "measures";
    Profile "profile" "profiles";
    Table "table" "tables";
    Enum "enum" "enums";
    Audience "audience" "audiences";
    Action "action" "actions";
    Calendar "calendar" "calendars";
    Setting "setting" "settings";
    Holdout "holdout" "holdouts";
    Promise "promise" "promises";
    Test "test" "tests";
}

impl Kind {
    /// The kind that a plural word names.
    #[must_use]
    pub fn of_plural(word: &str) -> Option<Self> {
        Self::LISTED
            .iter()
            .copied()
            .find(|kind| kind.plural() == word)
    }

    /// The kind of a declaration with a name.
    #[must_use]
    pub const fn of(named: Named) -> Self {
        match named {
            Named::Enum(_) => Self::Enum,
            Named::Profile(_) => Self::Profile,
            Named::Table(_) => Self::Table,
            Named::Event(_) => Self::Event,
            Named::Channel(_) => Self::Channel,
            Named::Purpose(_) => Self::Purpose,
            Named::Consent(_) => Self::Consent,
            Named::Segment(_) => Self::Segment,
            Named::Measure(_) => Self::Measure,
            Named::Message(_) => Self::Message,
            Named::Action(_) => Self::Action,
            Named::Audience(_) => Self::Audience,
            Named::Calendar(_) => Self::Calendar,
            Named::Setting(_) => Self::Setting,
            Named::Holdout(_) => Self::Holdout,
            Named::Journey(_) => Self::Journey,
        }
    }
}
