//! Diagnostics: what Jalon says about a project, with a code, a place and what to do.
//!
//! Every stage adds to a [`Diagnostics`] and none stops at the first. The codes are declared in
//! [`codes`]; each has a page in `docs/codes/`, which is part of the program.

mod articles;
pub mod codes;
mod finding;
mod fix;
mod levels;
mod near;
pub mod render;
mod suggest;

pub use finding::{Finding, Tally, counted, settle};
pub use fix::{Edit, Fix, Safety};
pub use levels::Levels;
pub use near::NameIndex;
pub use suggest::{did_you_mean, nearest, nearest_of, surely};

use crate::source::Place;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not shown.
    Allow,
    /// Shown, changes nothing.
    Note,
    /// Shown; an error under `--deny-warnings`.
    Warn,
    /// The project does not pass.
    Error,
}

/// A kind of finding: declared once, in [`codes`].
#[derive(Debug)]
pub struct Code {
    /// A letter for the stage and three digits: `S001`.
    pub id: &'static str,
    /// A kebab name that reads after "allow": `unclosed-block`.
    pub name: &'static str,
    /// The level when nothing else is said.
    pub level: Level,
    /// One line for lists of codes.
    pub summary: &'static str,
    /// The page that `jalon explain` prints: `docs/codes/<name>.md`.
    pub page: &'static str,
}

impl Code {
    /// Whether its level is fixed. What is an error by default is one for everybody: the
    /// program has no meaning without it, so `[lints]` and `allow` comments cannot lower it.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        self.level == Level::Error
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl Eq for Code {}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there; may be empty for the main place.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: &'static Code,
    /// One lower-case sentence without a full stop, the user's things in backticks.
    pub message: String,
    /// The main place. A finding about a whole file points at its first byte.
    pub primary: Label,
    /// The other places that matter, in any file.
    pub others: Vec<Label>,
    /// What to do about it, in the imperative.
    pub help: Option<String>,
    /// The change that does it, where a program can make it.
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// A finding at one place. The message is one line, also where it quotes more than one.
    #[must_use]
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            message: one_line(message.into()),
            primary: Label {
                place,
                text: String::new(),
            },
            others: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says a few words at the main place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Shows another place.
    #[must_use]
    pub fn other(mut self, place: Place, text: impl Into<String>) -> Self {
        self.others.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Gives the change that does what the help says.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// Gives the change, if there is one.
    #[must_use]
    pub fn fix_if(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }
}

/// A text without its line breaks and the white space around them.
fn one_line(text: String) -> String {
    const BREAKS: [char; 2] = ['\n', '\r'];
    if !text.contains(BREAKS) {
        return text;
    }
    let lines: Vec<&str> = text.split(BREAKS).map(str::trim).collect();
    lines.join(" ")
}

/// A growing list of findings.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// The finding that was added as the one of this number, counted from 0.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut Diagnostic> {
        self.items.get_mut(index)
    }

    /// The finding that was added last.
    pub fn last_mut(&mut self) -> Option<&mut Diagnostic> {
        self.items.last_mut()
    }

    /// Adds all findings of another list.
    pub fn append(&mut self, mut other: Self) {
        self.items.append(&mut other.items);
    }

    /// Keeps the findings for which `keep` says yes, in their order.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(keep);
    }

    /// Puts the findings in the order of files and places; those of one place stay in order.
    pub fn sort_by_place(&mut self) {
        self.items.sort_by_key(|d| d.primary.place);
    }

    /// Whether any finding has a code that is an error, before levels are set.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.code.level == Level::Error)
    }

    /// The findings, in the order they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// The findings, to be changed in their places.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.items.iter_mut()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The findings themselves.
    #[must_use]
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.items
    }
}
