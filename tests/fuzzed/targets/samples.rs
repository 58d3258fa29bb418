//! The projects that targets start from: the page of the language, and a wide one.

use std::sync::OnceLock;

use jalon::pipeline::{self, Project};
use jalon::plan::Plan;

use super::{archive, project};

const MANIFEST: &str = "[project]\n\
    name = \"page\"\n\
    sender_address = \"1 rue A\"\n\
    unsubscribe_url = \"https://example.org/u\"\n";

const BODY: &str = "<mjml><mj-body><mj-section><mj-column><mj-text>{{ amount }} \
    {{ member.first_name | default: 'you' }}</mj-text></mj-column></mj-section></mj-body></mjml>\n";

/// The files of the page of the language.
pub const PAGE: [(&str, &str); 4] = [
    ("jalon.toml", MANIFEST),
    ("main.jalon", include_str!("../../format/one_page.jalon")),
    ("templates/thank_you.en.mjml", BODY),
    ("templates/thank_you.fr.mjml", BODY),
];

/// The files of a project with nearly every construct, and without an error.
pub const WIDE: [(&str, &str); 5] = [
    ("jalon.toml", include_str!("../sample/jalon.toml")),
    ("journeys.jalon", include_str!("../sample/journeys.jalon")),
    ("messages.jalon", include_str!("../sample/messages.jalon")),
    ("schema.jalon", include_str!("../sample/schema.jalon")),
    (
        "templates/thank_you.mjml",
        include_str!("../sample/templates/thank_you.mjml"),
    ),
];

/// The plans of [`PAGE`] and [`WIDE`].
pub fn plans() -> &'static [Plan; 2] {
    static PLANS: OnceLock<[Plan; 2]> = OnceLock::new();
    PLANS.get_or_init(|| {
        [&PAGE[..], &WIDE[..]].map(|files| {
            let files = archive::files(archive::of(files.iter().copied()).as_bytes());
            let checked = pipeline::check(Project::in_memory(&files));
            project::planned(&checked).expect("a sample has no error")
        })
    })
}
