//! Fixes: changes of text that do what a finding's help says.

use crate::source::Place;

/// How sure it is that a fix is what the author meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// There is only one thing the author can have meant; `jalon check --fix` makes the change.
    Safe,
    /// Likely meant, but it chooses for the author; made only under `--unsafe-fixes`.
    Unsafe,
}

/// A replacement of the text at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// A change that a program can make, all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "write `==`".
    pub title: String,
    /// How sure it is.
    pub safety: Safety,
    /// The replacements, none of which overlap; at least one.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of one replacement that is surely meant.
    #[must_use]
    pub fn safe(title: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self::one(Safety::Safe, title, place, text)
    }

    /// A fix of one replacement that chooses for the author.
    #[must_use]
    pub fn chosen(title: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self::one(Safety::Unsafe, title, place, text)
    }

    fn one(
        safety: Safety,
        title: impl Into<String>,
        place: Place,
        text: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            safety,
            edits: vec![Edit {
                place,
                text: text.into(),
            }],
        }
    }

    /// Adds another replacement.
    #[must_use]
    pub fn and(mut self, place: Place, text: impl Into<String>) -> Self {
        self.edits.push(Edit {
            place,
            text: text.into(),
        });
        self
    }
}
