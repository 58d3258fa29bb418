//! What one rendering keeps: whom it is for, what it has shown, how far it has gone.

use super::RenderContext;
use super::show::Formats;
use smol_str::SmolStr;

/// A link that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedLink {
    /// Its name in the template.
    pub name: SmolStr,
    /// Its URL, as it is: nothing is added to it.
    pub url: String,
}

/// How many rounds all loops of a text may go together.
const MAX_ROUNDS: u32 = 100_000;

/// The state that our filters share through the runtime's registers.
#[derive(Default)]
pub struct State {
    /// Shows values in the content's language.
    pub formats: Formats,
    /// The links shown so far.
    pub links: Vec<RenderedLink>,
    rounds: u32,
}

impl State {
    /// The state at the start.
    pub fn new(context: &RenderContext) -> Self {
        Self {
            formats: Formats::new(&context.language, context.zone.clone()),
            links: Vec::new(),
            rounds: 0,
        }
    }

    /// Counts a round of a loop; false when there were too many.
    pub fn tick(&mut self) -> bool {
        self.rounds += 1;
        self.rounds <= MAX_ROUNDS
    }

    /// Notes a link, each name and URL once.
    pub fn link(&mut self, name: &str, url: &str) {
        if !self
            .links
            .iter()
            .any(|link| link.name == name && link.url == url)
        {
            self.links.push(RenderedLink {
                name: name.into(),
                url: url.to_owned(),
            });
        }
    }
}
