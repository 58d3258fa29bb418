//! The closed lists of words: kinds of channels and purposes, bases, regimes, weekdays.

use super::hir::Basis;
use super::types::{ChannelKind, PurposeKind};
use jiff::civil::Weekday;

/// Gives a type its words: both ways, and the whole list in order.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal,)* }) => {
        impl $name {
            /// Every value, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the language.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Every word, in the order of the reference page.
            pub fn words() -> impl Iterator<Item = &'static str> + Clone {
                Self::ALL.iter().map(|value| value.word())
            }
        }
    };
}

words! { ChannelKind {
    Email = "email",
    Sms = "sms",
    Push = "push",
    InApp = "in_app",
    Whatsapp = "whatsapp",
    Web = "web",
    Print = "print",
    Call = "call",
    Wallet = "wallet",
    Audience = "audience",
    Webhook = "webhook",
} }

words! { PurposeKind {
    Service = "service",
    Relationship = "relationship",
    Marketing = "marketing",
    Fundraising = "fundraising",
    Political = "political",
    Research = "research",
    Advertising = "advertising",
    Tracking = "tracking",
} }

words! { Basis {
    Consent = "consent",
    DoubleOptIn = "double_opt_in",
    SoftOptIn = "soft_opt_in",
    ImpliedBusiness = "implied_business",
    ImpliedInquiry = "implied_inquiry",
    ImpliedNonprofit = "implied_nonprofit",
    Contract = "contract",
    LegitimateInterest = "legitimate_interest",
    Exempt = "exempt",
} }

/// The built-in regimes that `under` names.
pub const REGIMES: &[&str] = &[
    "eu_base",
    "fr",
    "be",
    "de",
    "uk",
    "ca_casl",
    "ca_qc",
    "us_federal",
    "us_fl_ok_or_tx",
    "gmail_yahoo",
    "whatsapp",
    "wallet",
];

/// The days of the week by their words, Monday first.
pub const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The day of the week that a word stands for.
#[must_use]
pub fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, day)| *day)
}

impl ChannelKind {
    /// Whether it hands something to the person. `any` means the channels that do; `audience`
    /// and `webhook` are always named.
    #[must_use]
    pub const fn reaches_person(self) -> bool {
        !matches!(self, Self::Audience | Self::Webhook)
    }
}

impl Basis {
    /// Whether a record of consent must answer for the channel and purpose, in whatever status:
    /// it is where a withdrawal would be kept, which beats every basis that needs one.
    #[must_use]
    pub const fn needs_record(self) -> bool {
        !matches!(self, Self::Contract | Self::Exempt)
    }
}
