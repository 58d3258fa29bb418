//! Things in the order of their time.

use jiff::Timestamp;
use std::sync::Arc;

/// Entries by time; those of one instant in the order of their arrival.
#[derive(Debug, Clone)]
pub(super) struct Timeline<T> {
    entries: Vec<Arc<T>>,
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
        }
    }
}

impl<T> Timeline<T> {
    /// Adds an entry at its time. Late entries move those after them.
    pub(super) fn add(&mut self, entry: Arc<T>, time: impl Fn(&T) -> Timestamp) {
        let at = time(&entry);
        let place = match self.entries.last() {
            Some(last) if time(last) > at => {
                self.entries.partition_point(|other| time(other) <= at)
            }
            _ => self.entries.len(),
        };
        self.entries.insert(place, entry);
    }

    /// The entries later than an instant; without one, all.
    pub(super) fn after(
        &self,
        after: Option<Timestamp>,
        time: impl Fn(&T) -> Timestamp,
    ) -> &[Arc<T>] {
        let start = after.map_or(0, |after| {
            self.entries.partition_point(|entry| time(entry) <= after)
        });
        self.entries.get(start..).unwrap_or_default()
    }
}
