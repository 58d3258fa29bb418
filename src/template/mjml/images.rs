//! Pictures without a text for those who do not see them.

use super::hidden::hide;
use super::scan::{Token, tokens};
use crate::source::{FileId, Span};
use crate::template::PlaceMap;
use crate::template::liquid;

/// The names of the elements of MJML or HTML that show a picture and have no `alt`, not even an
/// empty one.
///
/// A picture of one point that counts openings shows nothing, and what `mj-attributes` says of
/// `alt` counts for all.
#[must_use]
pub fn images_without_alt(text: &str) -> Vec<Span> {
    let parsed = liquid::parse(text, &PlaceMap::file(FileId(0)));
    let hidden = hide(text, &parsed.pieces);
    let mut found = Vec::new();
    let mut in_defaults = false;
    for token in tokens(&hidden) {
        match token {
            Token::Open {
                name,
                attributes,
                closed,
                span,
            } => {
                let element = name.text(text);
                let has = |wanted: &str| {
                    let mut names = attributes.iter().map(|attribute| attribute.name.text(text));
                    names.any(|name| name.eq_ignore_ascii_case(wanted))
                };
                if element == "mj-attributes" {
                    in_defaults = !closed;
                } else if in_defaults {
                    if has("alt") {
                        return Vec::new();
                    }
                } else if is_image(element)
                    && !has("alt")
                    // Written without quotes, or put there by Liquid: not read as an attribute.
                    && !span.text(text).contains("alt")
                    && !span.text(text).contains("{%")
                    && !is_point(&attributes, text)
                {
                    found.push(name);
                }
            }
            Token::Close { name, .. } if name.text(text) == "mj-attributes" => in_defaults = false,
            Token::Close { .. } | Token::Text(_) | Token::Comment(_) | Token::Broken(..) => {}
        }
    }
    found
}

fn is_image(element: &str) -> bool {
    element.eq_ignore_ascii_case("img") || matches!(element, "mj-image" | "mj-carousel-image")
}

fn is_point(attributes: &[super::scan::Attribute], text: &str) -> bool {
    attributes.iter().any(|attribute| {
        let name = attribute.name.text(text);
        let value = attribute.value.map_or("", |value| value.text(text));
        matches!(name, "width" | "height") && matches!(value.trim_end_matches("px"), "0" | "1")
    })
}
