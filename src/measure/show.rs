//! Measures as lines that people read.

use super::part::Segments;
use super::{Email, Kind, Measured, TextMessage};
use crate::diag::counted;
use crate::standards::gsm::{ALONE, JOINED};
use std::fmt::Write as _;

/// How many characters outside of the short alphabet are named.
const NAMED: usize = 4;

/// A line for each part of each message, under the message's name.
#[must_use]
pub fn table(measured: &[Measured]) -> String {
    let widest = |length: fn(&Measured) -> usize| measured.iter().map(length).max().unwrap_or(0);
    let language = widest(|part| part.language.chars().count());
    let channel = widest(|part| part.channel.chars().count());
    let mut text = String::new();
    let mut last = None;
    for part in measured {
        // Writing to memory does not fail.
        if last != Some(&part.message) {
            let _ = writeln!(text, "{}", part.message);
            last = Some(&part.message);
        }
        let _ = write!(
            text,
            "  {:language$}  {:channel$}  {}",
            part.language,
            part.channel,
            priced(part)
        );
        text.push('\n');
        if let Some(unbounded) = unbounded(part) {
            let indent = language + channel + 6;
            let _ = writeln!(text, "{:indent$}{unbounded}", "");
        }
    }
    text
}

/// One part in one line, for a place that names the message already.
#[must_use]
pub fn line(part: &Measured) -> String {
    let mut text = format!("{} {}: {}", part.language, part.channel, priced(part));
    if let Some(unbounded) = unbounded(part) {
        let _ = write!(text, "; {unbounded}");
    }
    text
}

/// How long a part gets, and what it costs.
fn priced(part: &Measured) -> String {
    let mut text = length(part);
    if let Some(cost) = part.cost {
        let _ = write!(text, ": {cost}");
        match part.most_cost {
            Some(most) if most != cost => {
                let _ = write!(text, ", at most {most}");
            }
            _ => {}
        }
    }
    text
}

/// What keeps a part from having a bound.
fn unbounded(part: &Measured) -> Option<String> {
    let paths = part.unbounded.iter().map(|path| format!("`{path}`"));
    let paths: Vec<String> = paths.collect();
    (!paths.is_empty()).then(|| format!("without a bound: {}", paths.join(", ")))
}

fn length(part: &Measured) -> String {
    match &part.kind {
        Kind::Sms(sms) => text_message(sms),
        Kind::Email(email) => self::email(email),
        Kind::Other {
            characters,
            most_characters,
            ..
        } => format!("body of {}", up_to(*characters, *most_characters)),
    }
}

fn text_message(sms: &TextMessage) -> String {
    let segments = usize::try_from(sms.usual.segments).unwrap_or(usize::MAX);
    let mut text = format!("{} ({}", counted(segments, "segment"), filled(sms.usual));
    if sms.usual.encoding == "UCS-2" && !sms.outside.is_empty() {
        let mut letters: Vec<String> = sms.outside.chars().map(|c| format!("`{c}`")).collect();
        if letters.len() > NAMED {
            letters.truncate(NAMED);
            letters.push("...".to_owned());
        }
        let _ = write!(text, " because of {}", letters.join(" "));
    }
    text.push(')');
    let usual = (sms.usual.encoding, sms.usual.length);
    if let Some(most) = sms.most
        && (most.encoding, most.length) != usual
    {
        let _ = write!(text, ", at most {} ({})", most.segments, filled(most));
    }
    text
}

/// `98 of 160 in GSM-7`
fn filled(sent: Segments) -> String {
    let of = if sent.encoding == "GSM-7" {
        (ALONE.0, JOINED.0)
    } else {
        (ALONE.1, JOINED.1)
    };
    let of = if sent.segments == 1 {
        of.0
    } else {
        of.1.saturating_mul(sent.segments)
    };
    format!("{} of {of} in {}", sent.length, sent.encoding)
}

fn email(email: &Email) -> String {
    let mut text = format!("subject of {}", up_to(email.subject, email.most_subject));
    match email.preheader {
        Some(characters) => {
            let _ = write!(text, ", preheader of {characters}");
        }
        None => text.push_str(", no preheader"),
    }
    let _ = write!(text, ", {}", kilobytes(email.bytes));
    text.push_str(if email.text_part {
        ", with a text part"
    } else {
        ", no text part"
    });
    if email.links > 0 {
        let _ = write!(text, ", {}", counted(email.links, "link"));
    }
    text
}

fn up_to(usual: u64, most: u64) -> String {
    if usual == most {
        format!("{usual}")
    } else {
        format!("{usual} (at most {most})")
    }
}

/// `12.4 kB`, of 1,024 bytes as mail programs count them.
fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1_024);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}
