//! What consent blocks and messages say about sends, gathered once for all journeys.

use crate::model::hir::{ConsentBlock, Message, RuleKind};
use crate::model::ids::{ChannelId, MessageId, PurposeId};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// The consent blocks and messages of a project, as sends look at them.
#[derive(Debug)]
pub struct House<'m> {
    spoken: FxHashSet<(ChannelId, PurposeId)>,
    /// By [`MessageId`].
    messages: &'m [Message],
    /// Whether every consent block was read without a syntax error.
    complete: bool,
}

impl<'m> House<'m> {
    /// Gathers what the permits name. With a consent block that had a syntax error (`complete` is
    /// `false`) nothing is known of what is missing.
    #[must_use]
    pub fn new(consents: &[ConsentBlock], messages: &'m [Message], complete: bool) -> Self {
        let mut spoken = FxHashSet::default();
        for rule in consents.iter().flat_map(|block| &block.rules) {
            if matches!(rule.kind, RuleKind::Permit { .. }) {
                for channel in &rule.channels {
                    spoken.extend(rule.purposes.iter().map(|purpose| (*channel, *purpose)));
                }
            }
        }
        Self {
            spoken,
            messages,
            complete,
        }
    }

    /// Whether a `permit` of some block names the channel and the purpose together.
    #[must_use]
    pub fn speaks_for(&self, channel: ChannelId, purpose: PurposeId) -> bool {
        !self.complete || self.spoken.contains(&(channel, purpose))
    }

    /// A message with its contents.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<&'m Message> {
        self.messages.get(id.index())
    }

    /// The languages in which a message has no content for a channel.
    #[must_use]
    pub fn languages_without(&self, id: MessageId, channel: ChannelId) -> Vec<&'m SmolStr> {
        let Some(message) = self.message(id).filter(|m| !m.broken && !m.external) else {
            return Vec::new();
        };
        message
            .contents
            .iter()
            .filter(|content| !content.parts.iter().any(|part| part.channels.contains(&channel)))
            .map(|content| &content.language)
            .collect()
    }
}
