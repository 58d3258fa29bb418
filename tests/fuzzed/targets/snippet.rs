//! A few words in a project that is right: the steps of a journey, an expression, a template.
//!
//! Bytes that fill a hole go further than bytes that must make a project.

use jalon::source::FileId;
use jalon::syntax;

use super::{formatter, project, samples};

/// What stands around the hole.
const HOLES: [(&str, &str); 6] = [
    ("segment hole of member: Member =\n  ", "\n"),
    ("measure hole of member: Member =\n  ", "\n"),
    (
        "journey hole for member: Member {\n  purpose appeals\n  enter on gift_made as gift\n  reenter always\n\n",
        "\n}\n",
    ),
    ("journey hole for member: Member {\n", "\n}\n"),
    ("consent hole for member: Member {\n", "\n}\n"),
    (
        "message hole(amount: money(CAD), at: instant?) for member: Member {\n  purpose receipts\n  content fr {\n    email {\n      subject \"",
        "\"\n      body text \"x\"\n    }\n  }\n}\n",
    ),
];

/// Nests what is given: brackets and blocks, up to depths that the parser must refuse.
const NESTS: [(&str, &str); 8] = [
    ("(", ")"),
    ("not (", ")"),
    ("-(", ")"),
    ("[", "]"),
    ("any(member.gifts where ", ")"),
    ("if member.vip {\n", "\n}\n"),
    ("wait up to 1 day {\n  else {\n", "\n  }\n}\n"),
    ("{{ ", " }}"),
];

/// The first byte chooses the hole, the second how deep what follows is nested, and in what.
pub fn run(bytes: &[u8]) {
    let [hole, nest, rest @ ..] = bytes else {
        return;
    };
    let (before, after) = HOLES[usize::from(*hole) % HOLES.len()];
    let (open, close) = NESTS[usize::from(*nest) % NESTS.len()];
    let depth = usize::from(*nest) / NESTS.len();
    let depth = if depth > 24 { depth * 8 } else { depth / 4 };
    let (filling, _) = syntax::decode(FileId(0), rest);
    let text = [
        before,
        &open.repeat(depth),
        filling.as_str(),
        &close.repeat(depth),
        after,
    ]
    .concat();
    formatter::run(text.as_bytes());
    let mut files = samples::WIDE.to_vec();
    files.push(("hole.jalon", &text));
    let files = files
        .into_iter()
        .map(|(path, text)| (path.into(), text.as_bytes().to_vec()))
        .collect();
    project::planned(&project::sound(&files));
}
