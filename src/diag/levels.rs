//! How serious each code is in one project.

use std::collections::BTreeMap;

use super::{Code, Level};

/// The levels that a project sets in `[lints]`; every other code keeps its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    by_id: BTreeMap<&'static str, Level>,
}

impl Levels {
    /// Sets the level of a code. A hard error stays one, whatever is asked.
    pub fn set(&mut self, code: &'static Code, level: Level) {
        if !code.is_hard() {
            self.by_id.insert(code.id, level);
        }
    }

    /// The level that counts for a code.
    #[must_use]
    pub fn of(&self, code: &Code) -> Level {
        self.by_id.get(code.id).copied().unwrap_or(code.level)
    }
}
