//! From MJML to HTML, once, when the plan is made.
//!
//! Each piece of Liquid, and each `>` in a text, becomes a word of letters and digits, which mrml
//! carries through texts and attributes as it is, and is put back into the HTML. A Liquid tag between elements is wrapped in
//! `mj-raw`, which is how MJML takes what is not its own. mrml's own fonts are left out: a message
//! asks no other server for a font unless its author names one with `mj-font`.

use super::check::{Checked, Context, check};
use super::hidden::hide;
use super::signs;
use crate::diag::codes::template as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::template::PlaceMap;
use crate::template::liquid::{self, cut::PieceKind};
use mrml::prelude::render::RenderOptions;

/// Converts a template.
///
/// # Errors
///
/// What is wrong with its Liquid or its MJML.
pub fn to_html(text: &str, places: &PlaceMap) -> Result<String, Diagnostics> {
    let parsed = liquid::parse(text, places);
    let Checked {
        mut diagnostics,
        contexts,
    } = check(text, &parsed.pieces, places);
    diagnostics.append(parsed.diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    let word = unused_word(text);
    let mut source = String::with_capacity(text.len() * 2);
    let mut kept: Vec<&str> = Vec::new();
    let mut in_raw = false;
    let mut closers = signs::closers(&hide(text, &parsed.pieces))
        .into_iter()
        .peekable();
    for (piece, context) in parsed.pieces.iter().zip(&contexts) {
        let written = piece.span.text(text);
        let inner = piece.inner.text(text).trim();
        match piece.kind {
            PieceKind::Text => {
                let mut from = piece.span.start as usize;
                let end = piece.span.end as usize;
                while let Some(at) = closers.next_if(|at| *at < end) {
                    source.push_str(text.get(from..at).unwrap_or(""));
                    source.push_str(&format!("{word}{}z", kept.len()));
                    kept.push(">");
                    from = at + 1;
                }
                source.push_str(text.get(from..end).unwrap_or(""));
            }
            PieceKind::Comment => {}
            PieceKind::Tag if matches!(inner, "comment" | "endcomment") => {}
            _ => {
                // The three pieces of a raw block stay together and in their order.
                let raw = in_raw || inner == "raw";
                in_raw = raw && inner != "endraw";
                let token = format!("{word}{}z", kept.len());
                kept.push(written);
                if *context == Context::Structure {
                    source.push_str("<mj-raw>");
                    source.push_str(&token);
                    source.push_str("</mj-raw>");
                } else {
                    source.push_str(&token);
                }
            }
        }
    }
    let html = convert(&source).map_err(|message| {
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::new(
                &codes::UNREADABLE_MARKUP,
                places.place(Span::at(0)),
                format!("the MJML of this template cannot be laid out: {message}"),
            )
            .help("check that every tag is closed and every value is between quotes"),
        );
        diagnostics
    })?;
    Ok(put_back(&html, &word, &kept))
}

fn convert(source: &str) -> Result<String, String> {
    let parsed = mrml::parse(source).map_err(|error| error.to_string())?;
    let mut options = RenderOptions::default();
    options.fonts.clear();
    parsed
        .element
        .render(&options)
        .map_err(|error| error.to_string())
}

/// A word that the text does not have.
fn unused_word(text: &str) -> String {
    let mut word = "jalonliquid".to_owned();
    while text.contains(&word) {
        word.push('x');
    }
    word
}

fn put_back(html: &str, word: &str, kept: &[&str]) -> String {
    let mut result = String::with_capacity(html.len() * 2);
    let mut parts = html.split(word);
    result.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let (number, rest) = part.split_once('z').unwrap_or((part, ""));
        let piece = number.parse::<usize>().ok().and_then(|at| kept.get(at));
        result.push_str(piece.copied().unwrap_or(""));
        result.push_str(rest);
    }
    result
}
