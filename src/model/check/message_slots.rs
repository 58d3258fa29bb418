//! The parts of a content: which slots a kind of channel has, and what they are written in.

use super::reach::unknown_word;
use crate::diag::Diagnostic;
use crate::diag::codes::template::TEMPLATE_FORMAT;
use crate::model::body::Body;
use crate::model::hir::Format;
use crate::model::types::ChannelKind;
use crate::source::Span;
use crate::syntax::ast::{self, Template};

/// One slot of a kind.
#[derive(Debug)]
pub(super) struct SlotRule {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// What it may be written in.
    formats: &'static [Format],
    /// Written inline, it says what it is written in; otherwise that is text.
    says_format: bool,
}

const TEXT: &[Format] = &[Format::Text];
const PAGE: &[Format] = &[Format::Text, Format::Html];
const MAIL: &[Format] = &[Format::Mjml, Format::Html, Format::Text];

const fn slot(name: &'static str, formats: &'static [Format]) -> SlotRule {
    SlotRule {
        name,
        required: false,
        formats,
        says_format: false,
    }
}

const fn required(name: &'static str, formats: &'static [Format]) -> SlotRule {
    SlotRule {
        required: true,
        ..slot(name, formats)
    }
}

static EMAIL: &[SlotRule] = &[
    required("subject", TEXT),
    slot("preheader", TEXT),
    SlotRule {
        says_format: true,
        ..required("body", MAIL)
    },
    slot("text", TEXT),
];
static SHORT: &[SlotRule] = &[required("body", TEXT)];
static NOTICE: &[SlotRule] = &[
    slot("title", TEXT),
    required("body", TEXT),
    slot("link", TEXT),
    slot("image", TEXT),
];
static SURFACE: &[SlotRule] = &[
    slot("title", TEXT),
    required("body", PAGE),
    slot("link", TEXT),
    slot("image", TEXT),
];
static LETTER: &[SlotRule] = &[required("body", PAGE)];

/// The slots of a kind, in the order of the reference page; an audience shows nothing.
pub(super) fn slots_of(kind: ChannelKind) -> &'static [SlotRule] {
    match kind {
        ChannelKind::Email => EMAIL,
        ChannelKind::Sms | ChannelKind::Whatsapp | ChannelKind::Call | ChannelKind::Webhook => {
            SHORT
        }
        ChannelKind::Push | ChannelKind::Wallet => NOTICE,
        ChannelKind::InApp | ChannelKind::Web => SURFACE,
        ChannelKind::Print => LETTER,
        ChannelKind::Audience => &[],
    }
}

impl Format {
    /// The words before a template.
    const WORDS: [(&'static str, Self); 3] = [
        ("mjml", Self::Mjml),
        ("html", Self::Html),
        ("text", Self::Text),
    ];

    /// The word before a template.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mjml => "mjml",
            Self::Html => "html",
            Self::Text => "text",
        }
    }

    /// What a file is written in, by the end of its name; `None` if that does not tell.
    fn of_file(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "mjml" => Some(Self::Mjml),
            "html" | "htm" => Some(Self::Html),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }
}

/// What a template is written in: by the word before it, else by the end of its file's name.
pub(super) fn format(
    body: &mut Body<'_, '_>,
    rule: &SlotRule,
    word: Option<&ast::Name>,
    template: &Template,
) -> Option<Format> {
    let span = span_of(template);
    let by_file = match template {
        Template::File(name) => Format::of_file(&name.value),
        Template::Inline(_) => None,
    };
    let by_word = match word {
        Some(word) => {
            let found = Format::WORDS.iter().find(|(known, _)| word.text == *known);
            let Some((_, format)) = found else {
                let words = Format::WORDS.iter().map(|(word, _)| *word);
                unknown_word(body, word, "a format of templates", words);
                return None;
            };
            Some(*format)
        }
        None => None,
    };
    if let (Some(said), Some(named), Some(word)) = (by_word, by_file, word)
        && said != named
    {
        let diagnostic = Diagnostic::new(
            &TEMPLATE_FORMAT,
            body.place(word.span),
            format!(
                "this says `{}`, and the file's name says `{}`",
                said.word(),
                named.word()
            ),
        )
        .other(body.place(span), "the file")
        .help("leave the word out, or rename the file");
        body.report(diagnostic);
    }
    let found = match (by_word.or(by_file), rule.formats) {
        (Some(format), _) => format,
        (None, [only]) => *only,
        (None, _) if rule.says_format => {
            let diagnostic = Diagnostic::new(
                &TEMPLATE_FORMAT,
                body.place(span),
                format!("`{}` does not say what it is written in", rule.name),
            )
            .help(format!(
                "write one of {} before it, like `{} text \"...\"`",
                rule.words(),
                rule.name
            ));
            body.report(diagnostic);
            return None;
        }
        (None, _) => Format::Text,
    };
    if rule.formats.contains(&found) {
        return Some(found);
    }
    let diagnostic = Diagnostic::new(
        &TEMPLATE_FORMAT,
        body.place(word.map_or(span, |word| word.span)),
        format!("`{}` cannot be written in `{}`", rule.name, found.word()),
    )
    .help(format!("write it in {}", rule.words()));
    body.report(diagnostic);
    None
}

impl SlotRule {
    fn words(&self) -> String {
        let words = self
            .formats
            .iter()
            .map(|format| format!("`{}`", format.word()));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Where a template is written or named.
pub(super) fn span_of(template: &Template) -> Span {
    match template {
        Template::Inline(text) | Template::File(text) => text.span,
    }
}
