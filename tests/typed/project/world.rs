//! What a project declares so far, for what is made next to refer to.

use super::types::Ty;

#[derive(Debug, Default)]
pub struct World {
    /// What the person is called everywhere: `member`.
    pub person: String,
    pub currency: String,
    pub enums: Vec<Enum>,
    /// The first is the profile that journeys are about.
    pub entities: Vec<Entity>,
    pub events: Vec<Event>,
    pub settings: Vec<Field>,
    pub calendars: Vec<String>,
    pub channels: Vec<Channel>,
    pub purposes: Vec<Purpose>,
    /// Channel and purpose, for each pair that a permit names.
    pub permits: Vec<(usize, usize)>,
    pub segments: Vec<String>,
    pub measures: Vec<Field>,
    pub messages: Vec<Message>,
    pub actions: Vec<Action>,
    pub audiences: Vec<Audience>,
    pub holdouts: Vec<String>,
    pub journeys: Vec<Journey>,
    /// The declarations as they are written, in the order in which they were made.
    pub written: Vec<String>,
    /// Template files: name and text.
    pub templates: Vec<(String, String)>,
    /// Names that are taken.
    names: Vec<String>,
}

#[derive(Debug)]
pub struct Enum {
    pub name: String,
    pub variants: Vec<String>,
    pub ordered: bool,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub ty: Ty,
    pub optional: bool,
    pub has_default: bool,
    pub key: bool,
    pub fixed: bool,
    pub sensitive: bool,
    pub sourced: bool,
    pub refreshed: bool,
    pub index: bool,
}

#[derive(Debug)]
pub struct Entity {
    pub name: String,
    pub fields: Vec<Field>,
    /// Whether rows say when they happened.
    pub occurred: bool,
}

#[derive(Debug)]
pub struct Event {
    pub name: String,
    pub subject: String,
    pub entity: usize,
    pub fields: Vec<Field>,
}

#[derive(Debug)]
pub struct Channel {
    pub name: String,
    pub kind: &'static str,
}

#[derive(Debug)]
pub struct Purpose {
    pub name: String,
    pub kind: &'static str,
}

#[derive(Debug)]
pub struct Message {
    pub name: String,
    pub params: Vec<Field>,
    pub purpose: Option<usize>,
    /// The channels that it has content for.
    pub channels: Vec<usize>,
}

#[derive(Debug)]
pub struct Action {
    pub name: String,
    pub params: Vec<Field>,
    pub result: Vec<Field>,
}

#[derive(Debug)]
pub struct Audience {
    pub name: String,
    pub channel: usize,
}

#[derive(Debug)]
pub struct Journey {
    pub name: String,
    pub params: Vec<Field>,
    pub labels: Vec<Label>,
    pub exits: Vec<String>,
    /// Named splits, each with its named arms.
    pub splits: Vec<(String, Vec<String>)>,
}

/// A label of a step.
#[derive(Debug, Clone)]
pub struct Label {
    pub name: String,
    /// The message, and the channels that it may go by, of a send.
    pub send: Option<(usize, Vec<usize>)>,
    pub rests: bool,
}

impl Field {
    pub fn plain(name: &str, ty: Ty) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            optional: false,
            has_default: false,
            key: false,
            fixed: false,
            sensitive: false,
            sourced: false,
            refreshed: false,
            index: false,
        }
    }
}

/// Words that cannot stand as a name in an expression unless between backticks.
const RESERVED: [&str; 28] = [
    "and", "or", "not", "in", "is", "if", "else", "where", "when", "for", "by", "of", "as", "at",
    "within", "until", "because", "send", "wait", "match", "split", "repeat", "set", "grant", "do",
    "start", "exit", "finally",
];

/// A name as an expression reads it by itself.
pub fn bare(name: &str) -> String {
    if RESERVED.contains(&name) {
        format!("`{name}`")
    } else {
        name.to_owned()
    }
}

impl World {
    /// A name that nothing has yet: the word, or the word and a number.
    pub fn fresh(&mut self, word: &str) -> String {
        let mut name = word.to_owned();
        let mut number = 2;
        while self
            .names
            .iter()
            .any(|taken| taken.to_lowercase() == name.to_lowercase())
        {
            name = format!("{word}_{number}");
            number += 1;
        }
        self.names.push(name.clone());
        name
    }

    /// The same, as profiles, tables and enums are written.
    pub fn fresh_type(&mut self, word: &str) -> String {
        self.fresh(word).replace('_', "")
    }

    pub fn person_fields(&self) -> &[Field] {
        &self.entities[0].fields
    }
}
