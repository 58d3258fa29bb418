//! Projects that are right by construction: every name is declared, every type fits, every unknown
//! value is handled, every refusal too.
//!
//! What is decided, and how, comes from tapes of bytes: see [`choices`].

mod choices;
mod claims;
mod conditions;
pub mod feed;
mod journeys;
mod liquid;
mod messages;
mod policy;
mod rows;
mod schema;
mod scope;
mod steps;
mod types;
mod values;
mod waits;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;

use choices::Choices;
use world::World;

/// A tape for each part of a project.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    pub schema: Vec<u8>,
    pub policy: Vec<u8>,
    /// A segment or a measure each.
    pub derived: Vec<Vec<u8>>,
    pub messages: Vec<Vec<u8>>,
    pub journeys: Vec<Vec<u8>>,
    pub claims: Vec<u8>,
    /// How declarations are spread over files.
    pub layout: Vec<u8>,
    /// Rows and events.
    pub feed: Vec<u8>,
}

impl Shape {
    /// The shape that any bytes say: tapes with a 255 between two.
    pub fn of(bytes: &[u8]) -> Self {
        let mut tapes = bytes.split(|byte| *byte == 255).map(<[u8]>::to_vec);
        let mut next = || tapes.next().unwrap_or_default();
        let mut shape = Self {
            schema: next(),
            policy: next(),
            claims: next(),
            layout: next(),
            feed: next(),
            ..Self::default()
        };
        for (number, tape) in tapes.take(24).enumerate() {
            match number % 4 {
                0 => shape.messages.push(tape),
                1 => shape.journeys.push(tape),
                _ => shape.derived.push(tape),
            }
        }
        shape
    }
}

/// A project, and what belongs to it.
pub struct Made {
    /// Its files, by path.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// The same declarations in other files, in another order.
    pub shuffled: BTreeMap<PathBuf, Vec<u8>>,
    /// Events to replay, one a line.
    pub events: String,
    /// At which share of the events, of 256, a replay is interrupted.
    pub interrupted: Option<usize>,
}

/// What makes a project: what there is so far, and the decisions of the part that is being made.
pub struct Maker {
    world: World,
    c: Choices,
}

const MANIFEST: &str = "[project]\n\
    name = \"made\"\n\
    sender_address = \"1 rue A\"\n\
    unsubscribe_url = \"https://example.org/u\"\n";

/// Makes the project of a shape.
pub fn make(shape: &Shape) -> Made {
    let mut maker = Maker {
        world: World::default(),
        c: Choices::new(&shape.schema),
    };
    maker.schema();
    maker.c = Choices::new(&shape.policy);
    maker.policy();
    // What is made later names what is made before, so nothing leads back to itself.
    let parts = shape
        .derived
        .len()
        .max(shape.messages.len())
        .max(shape.journeys.len());
    for part in 0..parts {
        if let Some(tape) = shape.derived.get(part) {
            maker.c = Choices::new(tape);
            maker.derived();
        }
        if let Some(tape) = shape.messages.get(part) {
            maker.c = Choices::new(tape);
            maker.message();
        }
        if let Some(tape) = shape.journeys.get(part) {
            maker.c = Choices::new(tape);
            maker.journey();
        }
    }
    maker.c = Choices::new(&shape.claims);
    maker.claims();
    maker.c = Choices::new(&shape.feed);
    let interrupted = maker.c.once_in(4).then(|| maker.c.below(256));
    let events = maker.events();
    maker.c = Choices::new(&shape.layout);
    let spread = 1 + maker.c.below(4);
    let mut shuffled = maker.world.written.clone();
    for at in (1..shuffled.len()).rev() {
        let with = maker.c.below(at.min(255) + 1);
        shuffled.swap(at, with);
    }
    Made {
        files: maker.files(&maker.world.written, spread),
        shuffled: maker.files(&shuffled, 5 - spread),
        events,
        interrupted,
    }
}

impl Maker {
    fn files(&self, declarations: &[String], spread: usize) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::from([(PathBuf::from("jalon.toml"), MANIFEST.into())]);
        for (name, text) in &self.world.templates {
            files.insert(
                PathBuf::from("templates").join(name),
                text.clone().into_bytes(),
            );
        }
        for (number, text) in declarations.iter().enumerate() {
            let path = PathBuf::from(format!("part{}/main.jalon", number % spread));
            let file: &mut Vec<u8> = files.entry(path).or_default();
            file.extend_from_slice(text.as_bytes());
            file.push(b'\n');
        }
        files
    }
}
