//! The projects that `jalon init` can make: the folders of `starters/`, which are part of the program.

/// A project to start from.
#[derive(Debug)]
pub(super) struct Starter {
    /// What it is called on the command line.
    pub(super) name: &'static str,
    /// What it is, in a few words.
    pub(super) title: &'static str,
    /// The languages that its messages are written in; empty if it has none.
    pub(super) languages: &'static [&'static str],
    /// Whether it names amounts of money.
    pub(super) has_money: bool,
    /// The file with the channels, which say who sends.
    pub(super) channels: &'static str,
    /// Its sample data.
    pub(super) sample: Option<Sample>,
    /// Its files: the path from the project's folder, and the text.
    pub(super) files: &'static [(&'static str, &'static str)],
}

/// People and events to try a project with.
#[derive(Debug)]
pub(super) struct Sample {
    /// The profile that the people are rows of.
    pub(super) profile: &'static str,
    /// The file with the people.
    pub(super) people: &'static str,
    /// The file with the events.
    pub(super) events: &'static str,
    /// When everything has happened that follows from them.
    pub(super) until: &'static str,
}

/// The files of a starter, read when the program is built.
macro_rules! files {
    ($name:literal: $($path:literal),* $(,)?) => {
        &[$((
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/starters/", $name, "/", $path)),
        )),*]
    };
}

/// All starters, in the order in which they are offered.
pub(super) const ALL: &[Starter] = &[
    Starter {
        name: "welcome",
        title: "greet who opens an account, and show the way",
        languages: BOTH,
        has_money: true,
        channels: "policy.jalon",
        sample: Some(Sample {
            profile: "Customer",
            people: "data/customers.csv",
            events: "data/events.ndjson",
            until: "2026-04-15T00:00:00Z",
        }),
        files: files!("welcome":
            "jalon.toml",
            "people.jalon",
            "policy.jalon",
            "messages.jalon",
            "journeys/welcome.jalon",
            "data/customers.csv",
            "data/events.ndjson",
        ),
    },
    Starter {
        name: "abandoned-cart",
        title: "remind of a cart that was left, stop at the order",
        languages: BOTH,
        has_money: true,
        channels: "policy.jalon",
        sample: Some(Sample {
            profile: "Customer",
            people: "data/customers.csv",
            events: "data/events.ndjson",
            until: "2026-03-15T00:00:00Z",
        }),
        files: files!("abandoned-cart":
            "jalon.toml",
            "people.jalon",
            "policy.jalon",
            "messages.jalon",
            "journeys/abandoned_cart.jalon",
            "templates/cart_reminder.en.mjml",
            "templates/cart_reminder.fr.mjml",
            "data/customers.csv",
            "data/events.ndjson",
        ),
    },
    Starter {
        name: "reactivation",
        title: "write to customers who went quiet, then leave them in peace",
        languages: BOTH,
        has_money: true,
        channels: "policy.jalon",
        sample: Some(Sample {
            profile: "Customer",
            people: "data/customers.csv",
            events: "data/events.ndjson",
            until: "2026-08-15T00:00:00Z",
        }),
        files: files!("reactivation":
            "jalon.toml",
            "people.jalon",
            "policy.jalon",
            "messages.jalon",
            "journeys/reactivation.jalon",
            "data/customers.csv",
            "data/events.ndjson",
        ),
    },
    Starter {
        name: "donations",
        title: "thank for a gift, and ask for a regular one",
        languages: BOTH,
        has_money: true,
        channels: "policy.jalon",
        sample: Some(Sample {
            profile: "Donor",
            people: "data/donors.csv",
            events: "data/events.ndjson",
            until: "2026-04-15T00:00:00Z",
        }),
        files: files!("donations":
            "jalon.toml",
            "people.jalon",
            "policy.jalon",
            "messages.jalon",
            "journeys/first_gift.jalon",
            "data/donors.csv",
            "data/events.ndjson",
        ),
    },
    Starter {
        name: "empty",
        title: "a profile and a channel, and nothing else",
        languages: &[],
        has_money: false,
        channels: "people.jalon",
        sample: None,
        files: files!("empty": "jalon.toml", "people.jalon"),
    },
];

/// The languages of every starter that has messages.
const BOTH: &[&str] = &["en", "fr"];

/// The starter that is taken when nothing is said.
pub(super) const FIRST: &str = "welcome";

/// The starter of this name.
pub(super) fn find(name: &str) -> Option<&'static Starter> {
    ALL.iter().find(|starter| starter.name == name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_a_starter_is_in_the_program() {
        for starter in ALL {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let root = root.join("starters").join(starter.name);
            let mut found: Vec<String> = ignore::WalkBuilder::new(&root)
                .standard_filters(false)
                .build()
                .map(|entry| entry.unwrap().into_path())
                .filter(|path| path.extension().is_some_and(|end| end != "db"))
                .map(|path| path.strip_prefix(&root).unwrap().display().to_string())
                .map(|path| path.replace('\\', "/"))
                .collect();
            found.sort();
            let mut embedded: Vec<_> = starter.files.iter().map(|(path, _)| *path).collect();
            embedded.sort_unstable();
            assert_eq!(found, embedded, "{}", starter.name);
            if let Some(sample) = &starter.sample {
                assert!(embedded.contains(&sample.people) && embedded.contains(&sample.events));
            }
            assert!(embedded.contains(&starter.channels));
        }
        assert!(find(FIRST).is_some());
    }
}
