//! One thing of a project, with what there is to say of it.

use super::{Inventory, Kind};
use crate::model::names::Named;
use crate::model::uses::{Thing, User};
use crate::source::{Place, Span};
use schemars::JsonSchema;
use serde::Serialize;

/// A declared thing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its name, with that of its owner before a dot if it has one; the title of a promise or test.
    pub name: String,
    /// Where it is declared.
    #[serde(flatten)]
    pub place: Where,
    /// What its `///` lines say.
    pub doc: Option<String>,
    /// What it says, in the order in which people read it. Facts that it does not have are left out.
    pub facts: Vec<Fact>,
    /// Where it is used, ordered by place.
    pub uses: Vec<Use>,
    /// Its source, from the keyword to the closing brace; only `show` gives it.
    pub source: Option<String>,
}

/// A place in the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Where {
    /// The path, from where the command stands.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
}

/// One thing that there is to say: `sends`, and each send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The word for it.
    pub name: &'static str,
    /// Its values, mostly in the words of the source; at least one.
    pub values: Vec<String>,
}

/// One use of a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Use {
    /// In which way: `sent by`, `read by`.
    pub how: &'static str,
    /// The kind of what uses it.
    pub by: Kind,
    /// The name or title of what uses it.
    pub name: String,
    /// Where it is used.
    #[serde(flatten)]
    pub place: Where,
    /// The line of source at that place.
    pub text: String,
}

/// The facts of an item while they are collected.
#[derive(Debug, Default)]
pub(super) struct Facts(pub(super) Vec<Fact>);

impl Facts {
    /// Adds a fact with one value, if there is one.
    pub(super) fn one(&mut self, name: &'static str, value: impl IntoOptional) {
        self.many(name, value.optional());
    }

    /// Adds a fact with these values, if there are any.
    pub(super) fn many(&mut self, name: &'static str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect();
        if !values.is_empty() {
            self.0.push(Fact { name, values });
        }
    }
}

/// What may be a value or none.
pub(super) trait IntoOptional {
    fn optional(self) -> Option<String>;
}

impl IntoOptional for String {
    fn optional(self) -> Option<String> {
        Some(self)
    }
}

impl IntoOptional for Option<String> {
    fn optional(self) -> Option<String> {
        self
    }
}

impl IntoOptional for &str {
    fn optional(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Inventory<'_> {
    /// The uses of a thing by others, one a line of source and way.
    pub(super) fn uses_of(&self, things: &[Thing]) -> Vec<Use> {
        let mut uses: Vec<Use> = Vec::new();
        for thing in things {
            for found in self.uses.uses(*thing) {
                if matches!((thing, found.by), (Thing::Declared(one), User::Declared(by)) if *one == by)
                {
                    continue;
                }
                let (by, name) = self.user(found.by);
                uses.push(Use {
                    how: found.how.words(),
                    by,
                    name,
                    place: self.locate(found.place),
                    text: self.source_line(found.place),
                });
            }
        }
        uses.sort_by(|a, b| (&a.place, a.how).cmp(&(&b.place, b.how)));
        uses.dedup_by(|a, b| {
            (&a.place.file, a.place.line, a.how, &a.name)
                == (&b.place.file, b.place.line, b.how, &b.name)
        });
        uses
    }

    /// The kind and name of what uses something.
    fn user(&self, user: User) -> (Kind, String) {
        let title =
            |title: Option<&smol_str::SmolStr>| title.map(ToString::to_string).unwrap_or_default();
        match user {
            User::Declared(named) => (Kind::of(named), self.name(named).to_owned()),
            User::Promise(id) => {
                let promise = self.model.promises.get(id as usize);
                (Kind::Promise, title(promise.map(|it| &it.title)))
            }
            User::Test(id) => {
                let test = self.model.tests.get(id as usize);
                (Kind::Test, title(test.map(|it| &it.title)))
            }
        }
    }

    /// The line of source on which a place starts, without its indentation.
    fn source_line(&self, place: Place) -> String {
        let Some(file) = self.sources.get(place.file) else {
            return String::new();
        };
        let lines = file.lines();
        let line = lines.line_of(place.span.start);
        let span = Span::new(lines.line_start(line), lines.line_end(line));
        span.text(&file.text).trim().to_owned()
    }

    /// The name of a declaration.
    pub(super) fn name(&self, named: Named) -> &str {
        let model = self.model;
        let found = match named {
            Named::Enum(id) => model.enums.get(id.index()).map(|it| &it.name),
            Named::Profile(id) | Named::Table(id) => {
                model.entities.get(id.index()).map(|it| &it.name)
            }
            Named::Event(id) => model.events.get(id.index()).map(|it| &it.name),
            Named::Channel(id) => model.channels.get(id.index()).map(|it| &it.name),
            Named::Purpose(id) => model.purposes.get(id.index()).map(|it| &it.name),
            Named::Consent(id) => model.consents.get(id.index()).map(|it| &it.name),
            Named::Segment(id) => model.segments.get(id.index()).map(|it| &it.name),
            Named::Measure(id) => model.measures.get(id.index()).map(|it| &it.name),
            Named::Message(id) => model.messages.get(id.index()).map(|it| &it.name),
            Named::Action(id) => model.actions.get(id.index()).map(|it| &it.name),
            Named::Audience(id) => model.audiences.get(id.index()).map(|it| &it.name),
            Named::Calendar(id) => model.calendars.get(id.index()).map(|it| &it.name),
            Named::Setting(id) => model.settings.get(id.index()).map(|it| &it.name),
            Named::Holdout(id) => model.holdouts.get(id.index()).map(|it| &it.name),
            Named::Journey(id) => model.journeys.get(id.index()).map(|it| &it.name),
        };
        found.map_or("", |name| name.as_str())
    }
}
