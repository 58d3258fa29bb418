//! `costly-character`: a text message costs more because of single characters that the short
//! alphabet does not have.
//!
//! One such character makes the whole message leave the alphabet of GSM 03.38. The rule speaks only
//! where that costs a segment, and where the rest of the text is in the alphabet: Greek or Polish
//! cannot be written in it, French and English can.

use crate::diag::codes::lint::COSTLY_CHARACTER;
use crate::diag::{Diagnostic, Diagnostics, Edit, Fix, Safety, counted};
use crate::lint::Contents;
use crate::model::hir::{Content, Slot};
use crate::model::types::ChannelKind;
use crate::source::{Place, Span};
use crate::standards::gsm::{self, Substitute};
use smol_str::{SmolStr, format_smolstr};

/// How many characters the help names.
const NAMED: usize = 4;

/// Looks at the text messages.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Sms, "body", |content, body| {
        if !body.source.chars().all(|c| gsm::septets(c).is_some())
            && let Some(found) = text_message(contents, content, body)
        {
            out.push(found);
        }
    });
}

/// A character that costs.
struct Costly {
    character: char,
    span: Span,
    /// Whether it stands in the text itself, and not in the quotes of a filter.
    in_text: bool,
}

fn text_message<'w>(
    contents: &Contents<'w>,
    content: &Content,
    body: &'w Slot,
) -> Option<Diagnostic> {
    let scale = &contents.whole.scale;
    let segments = |body: &Slot| {
        let measured = scale.slot(contents.message, content, ChannelKind::Sms, body)?;
        Some(measured.reach.usual.sent().segments)
    };
    let costly = costly(&body.source, &contents.written(body));
    // A letter of another script is no accident.
    let foreign = |found: &Costly| {
        found.character.is_alphabetic() && gsm::substitute(found.character).is_none()
    };
    if costly.iter().any(foreign) {
        return None;
    }
    let now = segments(body)?;
    let plain = Slot {
        source: plainer(&body.source).into(),
        ..body.clone()
    };
    let then = segments(&plain)?;
    let first = costly.first()?;
    if then >= now {
        return None;
    }
    let places = scale.places(body);
    let billed =
        |segments: u64| counted(usize::try_from(segments).unwrap_or(usize::MAX), "segment");
    let diagnostic = Diagnostic::new(
        &COSTLY_CHARACTER,
        places.place(first.span),
        format!(
            "{} is not in the short alphabet of text messages: this one is billed as {} instead of \
             {then}",
            name(first.character),
            billed(now),
        ),
    )
    .help(help(&costly, then));
    Some(
        match fix(&body.source, &costly, is_quoted(contents, body), |span| {
            places.place(span)
        }) {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        },
    )
}

/// Each character outside of the alphabet, in the order of the text.
fn costly(source: &str, written: &[Span]) -> Vec<Costly> {
    let outside = source.char_indices();
    outside
        .filter(|(_, character)| gsm::septets(*character).is_none())
        .map(|(at, character)| {
            let start = u32::try_from(at).unwrap_or(u32::MAX);
            let end = start.saturating_add(u32::try_from(character.len_utf8()).unwrap_or(4));
            let span = Span::new(start, end);
            Costly {
                character,
                span,
                in_text: written
                    .iter()
                    .any(|text| text.start <= start && end <= text.end),
            }
        })
        .collect()
}

/// The text as long as it would be in the alphabet. Letters stand for signs, which could end what
/// is written in the quotes of a filter.
fn plainer(source: &str) -> String {
    let mut plain = String::with_capacity(source.len());
    for c in source.chars() {
        if gsm::septets(c).is_some() {
            plain.push(c);
        } else if let Some(Substitute::Same(text) | Substitute::Plainer(text)) = gsm::substitute(c)
        {
            plain.extend(text.chars().map(|_| 'x'));
        }
    }
    plain
}

/// Whether a text stands between `"`, in which a `"` needs a `\`.
fn is_quoted(contents: &Contents<'_>, body: &Slot) -> bool {
    let text = contents.whole.scale.text(body.place.file);
    body.file.is_none() && !body.place.span.text(text).starts_with("\"\"\"")
}

/// The changes, if each character has a substitute that can stand where it does.
fn fix(
    source: &str,
    costly: &[Costly],
    quoted: bool,
    place: impl Fn(Span) -> Place,
) -> Option<Fix> {
    let mut safety = Safety::Safe;
    let mut edits = Vec::new();
    for found in costly {
        let text = match gsm::substitute(found.character)? {
            Substitute::Same(text) => text,
            Substitute::Plainer(text) => {
                safety = Safety::Unsafe;
                text
            }
        };
        let is_quote = matches!(text, "'" | "\"");
        if is_quote && !found.in_text {
            return None;
        }
        let (span, text) = without_inner_space(source, found, text);
        edits.push(Edit {
            place: place(span),
            text: if quoted && text == "\"" {
                "\\\"".to_owned()
            } else {
                text.to_owned()
            },
        });
    }
    Some(Fix {
        title: "write it in the short alphabet".to_owned(),
        safety,
        edits,
    })
}

/// French quotes have spaces inside, and plain ones have none: what is replaced, and by what.
fn without_inner_space<'t>(source: &str, found: &Costly, text: &'t str) -> (Span, &'t str) {
    let Span { start, end } = found.span;
    let before = source.get(..start as usize).unwrap_or("");
    let behind = source.get(end as usize..).unwrap_or("");
    match found.character {
        '«' if behind.starts_with(' ') => (Span::new(start, end + 1), text),
        '»' if before.ends_with(' ') && !before.ends_with("« ") => {
            (Span::new(start - 1, end), text)
        }
        c if c.is_whitespace() && (before.ends_with('«') || behind.starts_with('»')) => {
            (found.span, "")
        }
        _ => (found.span, text),
    }
}

fn help(costly: &[Costly], then: u64) -> String {
    let mut seen: Vec<char> = Vec::new();
    for found in costly {
        if !seen.contains(&found.character) {
            seen.push(found.character);
        }
    }
    let mut words: Vec<SmolStr> = seen
        .iter()
        .take(NAMED)
        .map(|c| match gsm::substitute(*c) {
            Some(Substitute::Same("")) | None => format_smolstr!("leave out {}", name(*c)),
            Some(Substitute::Same(" ")) => format_smolstr!("write a plain space for {}", name(*c)),
            Some(Substitute::Same(text) | Substitute::Plainer(text)) => {
                format_smolstr!("write `{text}` for {}", name(*c))
            }
        })
        .collect();
    if seen.len() > NAMED {
        words.push("replace the others".into());
    }
    let segments = counted(usize::try_from(then).unwrap_or(usize::MAX), "segment");
    format!(
        "{}, or say it in other words: then it takes {segments}",
        words.join(", ")
    )
}

/// A character as a person can see it.
fn name(c: char) -> SmolStr {
    match c {
        '\u{a0}' => "a protected space".into(),
        '\u{202f}' => "a narrow space".into(),
        '\t' => "a tab".into(),
        c if c.is_whitespace() || c.is_control() => {
            format_smolstr!("an invisible space (U+{:04X})", u32::from(c))
        }
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{200d}' | '\u{fe0f}' => {
            format_smolstr!("an invisible character (U+{:04X})", u32::from(c))
        }
        '`' => "a backtick".into(),
        c => format_smolstr!("`{c}`"),
    }
}
