//! `clipped-email`: an email so large that Gmail hides its end.
//!
//! MJML is turned into HTML only if it can become that large: an element of MJML becomes at most
//! [`ELEMENT`] bytes besides what is written on it, which a test holds against every element.

use crate::diag::codes::lint::CLIPPED_EMAIL;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Contents;
use crate::model::hir::Format;
use crate::model::types::ChannelKind;
use crate::source::FileId;
use crate::template::PlaceMap;
use crate::template::liquid::{self, Literal, Node, ValueKind};
use memchr::memmem;

/// What Gmail shows, in bytes of HTML: senders' tests find 102 to 105 kB.
const SHOWN: u64 = 102 * 1_024;
/// What HTML has around the elements, and the most that an element of MJML becomes.
const PAGE: u64 = 4_096;
const ELEMENT: u64 = 1_500;
/// How often what is written on an element can stand in what it becomes.
const COPIES: u64 = 4;

/// Looks at the bodies of emails.
pub(crate) fn check(contents: &Contents<'_>, out: &mut Diagnostics) {
    contents.each_slot(ChannelKind::Email, "body", |content, body| {
        if body.format == Format::Text || at_most(&body.source, body.format) <= SHOWN {
            return;
        }
        let scale = &contents.whole.scale;
        let measured = scale.slot(contents.message, content, ChannelKind::Email, body);
        let bytes = measured.map_or(0, |measured| measured.reach.usual.longest().bytes);
        if bytes > SHOWN {
            out.push(
                Diagnostic::new(
                    &CLIPPED_EMAIL,
                    body.place,
                    format!(
                        "this email has {} kB of HTML, and Gmail hides what comes after 102",
                        bytes.div_ceil(1_024)
                    ),
                )
                .help("shorten it, or put a part of it on a page that it links to: its end has the way out"),
            );
        }
    });
}

/// More bytes than the HTML of a template has, values aside.
fn at_most(source: &str, format: Format) -> u64 {
    let written = source.len() as u64;
    let has = |what: &str| memmem::find(source.as_bytes(), what.as_bytes()).is_some();
    let rounds = if has("for ") {
        let parsed = liquid::parse(source, &PlaceMap::file(FileId(0)));
        most_rounds(&parsed.tree.nodes)
    } else {
        1
    };
    let once = match format {
        Format::Text | Format::Html => written,
        // Each picture of a carousel adds rules of style for all the others.
        Format::Mjml if has("<mj-carousel") => u64::MAX,
        Format::Mjml => {
            let elements = memmem::find_iter(source.as_bytes(), "<mj-").count() as u64;
            // What `mj-attributes` says may be written on every element.
            let defaults = source
                .split_once("<mj-attributes")
                .and_then(|(_, rest)| rest.split_once("</mj-attributes"))
                .map_or(0, |(inside, _)| inside.len() as u64);
            let each = ELEMENT.saturating_add(defaults.saturating_mul(COPIES));
            written
                .saturating_mul(COPIES)
                .saturating_add(elements.saturating_mul(each))
        }
    };
    once.saturating_mul(rounds).saturating_add(PAGE)
}

/// How often the innermost of nested loops goes around at most; a loop without a limit counts once,
/// as it does when it is measured.
fn most_rounds(nodes: &[Node]) -> u64 {
    let inside = |body: &[Node]| most_rounds(body);
    let rounds = nodes.iter().map(|node| match node {
        Node::Text(_) | Node::Raw(_) | Node::Output(_) => 1,
        Node::If(node) => {
            let arms = node.arms.iter().map(|arm| inside(&arm.body));
            let otherwise = inside(node.otherwise.as_deref().unwrap_or_default());
            arms.fold(otherwise, u64::max)
        }
        Node::Case(node) => {
            let whens = node.whens.iter().map(|when| inside(&when.body));
            let otherwise = inside(node.otherwise.as_deref().unwrap_or_default());
            whens.fold(otherwise, u64::max)
        }
        Node::For(node) => {
            let limit = match node.limit.as_ref().map(|value| &value.kind) {
                Some(ValueKind::Literal(Literal::Int(limit))) => u64::try_from(*limit).unwrap_or(1),
                // The range of a value is known to the measure only.
                Some(_) => u64::MAX,
                None => 1,
            };
            limit.max(1).saturating_mul(inside(&node.body))
        }
    });
    rounds.fold(1, u64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::mjml_to_html;

    #[test]
    fn no_element_becomes_more_than_it_may() {
        let column = ["<mj-section><mj-column>", "</mj-column></mj-section>"];
        let within = |outer: &str| {
            [
                format!("{}<{outer}>", column[0]),
                format!("</{outer}>{}", column[1]),
            ]
        };
        let one = |[open, close]: [&str; 2]| [open.to_owned(), close.to_owned()];
        let accordion = "<mj-accordion-element><mj-accordion-title>a</mj-accordion-title>\
             <mj-accordion-text>a</mj-accordion-text></mj-accordion-element>";
        let wide = "full-width=\"full-width\" background-url=\"https://example.org/a.png\"";
        let cases = [
            (one(["", ""]), "<mj-section></mj-section>".to_owned()),
            (one(["", ""]), format!("<mj-section {wide}></mj-section>")),
            (one(["", ""]), format!("<mj-wrapper {wide}></mj-wrapper>")),
            (
                one(["", ""]),
                "<mj-hero background-url=\"https://example.org/a.png\"></mj-hero>".to_owned(),
            ),
            (
                one(["<mj-section>", "</mj-section>"]),
                "<mj-column></mj-column>".to_owned(),
            ),
            (
                one(["<mj-section>", "</mj-section>"]),
                "<mj-group></mj-group>".to_owned(),
            ),
            (one(column), "<mj-text>a</mj-text>".to_owned()),
            (one(column), "<mj-button>a</mj-button>".to_owned()),
            (one(column), "<mj-image src=\"a\" href=\"b\" />".to_owned()),
            (one(column), "<mj-divider />".to_owned()),
            (one(column), "<mj-spacer />".to_owned()),
            (one(column), "<mj-table></mj-table>".to_owned()),
            (one(column), "<mj-social></mj-social>".to_owned()),
            (
                one(column),
                "<mj-navbar hamburger=\"hamburger\"></mj-navbar>".to_owned(),
            ),
            (
                within("mj-social"),
                "<mj-social-element name=\"facebook\">a</mj-social-element>".to_owned(),
            ),
            (
                within("mj-navbar"),
                "<mj-navbar-link href=\"a\">a</mj-navbar-link>".to_owned(),
            ),
            (within("mj-accordion"), accordion.to_owned()),
        ];
        for ([before, behind], element) in cases {
            for count in [1, 12] {
                let source = format!(
                    "<mjml><mj-body>{before}{}{behind}</mj-body></mjml>",
                    element.repeat(count)
                );
                let html = mjml_to_html(&source, &PlaceMap::file(FileId(0))).unwrap();
                let most = at_most(&source, Format::Mjml);
                assert!(html.len() as u64 <= most, "{source}: {}", html.len());
            }
        }
    }
}
