//! Every use of every thing, with its place.

use super::{How, Sink, Thing, User, each_use};
use crate::model::hir::Model;
use crate::source::Place;
use rustc_hash::FxHashMap;

/// One use of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// In which way.
    pub how: How,
    /// The declaration that uses it.
    pub by: User,
    /// Where.
    pub place: Place,
}

/// All uses, by the thing that is used; those of one thing in the order of the model.
#[derive(Debug, Default)]
pub struct Index {
    uses: FxHashMap<Thing, Vec<Use>>,
}

impl Index {
    /// The uses in a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut index = Self::default();
        each_use(model, &mut index);
        index
    }

    /// The uses of one thing, ordered by file and place, each once.
    #[must_use]
    pub fn uses(&self, thing: Thing) -> Vec<Use> {
        let mut uses = self.uses.get(&thing).cloned().unwrap_or_default();
        uses.sort_by_key(|found| (found.place, found.how));
        uses.dedup();
        uses
    }
}

impl Sink for Index {
    fn found(&mut self, thing: Thing, how: How, by: User, place: Place) {
        self.uses
            .entry(thing)
            .or_default()
            .push(Use { how, by, place });
    }
}
