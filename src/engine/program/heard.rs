//! Which of the engine's own events matter to any journey: the others need not be told.

use super::links::{JourneyLinks, triggers};
use crate::engine::EventKind;
use crate::plan::{Enter, Plan, Trigger};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// What is listened to or read, over all journeys.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The names of channel events.
    channel: FxHashSet<SmolStr>,
    /// Whether a watched condition reads channel events.
    all_channels: bool,
    journeys: FxHashSet<u32>,
}

impl Heard {
    pub(super) fn of(plan: &Plan, links: &[JourneyLinks]) -> Self {
        let mut heard = Self::default();
        for journey in &plan.journeys {
            for clause in &journey.enter {
                if let Enter::On { on, .. } = clause {
                    heard.trigger(&on.trigger);
                }
            }
            for trigger in triggers(journey) {
                heard.trigger(trigger);
            }
        }
        for links in links {
            let entries = links.entries.iter().map(|entry| &entry.reads);
            for reads in entries.chain(&links.steps).chain([&links.leave]) {
                heard.all_channels |= reads.channels();
                heard.journeys.extend(reads.journeys());
            }
        }
        heard
    }

    fn trigger(&mut self, trigger: &Trigger) {
        match trigger {
            Trigger::Event(_) => {}
            Trigger::Channel { event, .. }
            | Trigger::Message { event, .. }
            | Trigger::Send { event, .. } => {
                self.channel.insert(event.clone());
            }
            Trigger::Journey { journey, .. } => {
                self.journeys.insert(*journey);
            }
        }
    }

    pub(super) fn hears(&self, kind: &EventKind) -> bool {
        match kind {
            EventKind::Declared(_) => true,
            EventKind::Channel { event, .. } => self.all_channels || self.channel.contains(event),
            EventKind::Journey { journey, .. } => self.journeys.contains(journey),
        }
    }
}
