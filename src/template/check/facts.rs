//! Which optional values are known where the check stands.

use rustc_hash::FxHashMap;

/// Paths that are known. A path may be known for several reasons at once.
#[derive(Debug, Default)]
pub struct Facts {
    known: FxHashMap<String, u32>,
}

/// What a condition makes known.
#[derive(Debug, Default, Clone)]
pub struct Learned {
    /// Paths that are known where it holds.
    pub if_true: Vec<String>,
    /// Paths that are known where it does not.
    pub if_false: Vec<String>,
}

impl Facts {
    /// Adds facts. Each call is undone by one [`Facts::remove`] of the same list.
    pub fn add(&mut self, paths: &[String]) {
        for path in paths {
            *self.known.entry(path.clone()).or_default() += 1;
        }
    }

    /// Takes facts back.
    pub fn remove(&mut self, paths: &[String]) {
        for path in paths {
            if let Some(count) = self.known.get_mut(path) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.known.remove(path);
                }
            }
        }
    }

    /// Whether a path is known.
    pub fn knows(&self, path: &str) -> bool {
        self.known.contains_key(path)
    }
}

/// The paths that stand in both lists.
pub fn both(left: &[String], right: &[String]) -> Vec<String> {
    let right: rustc_hash::FxHashSet<&String> = right.iter().collect();
    left.iter()
        .filter(|path| right.contains(path))
        .cloned()
        .collect()
}
