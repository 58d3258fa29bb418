//! What the rules about contents of messages have in common: parts of a kind, and what is written
//! in a template for everybody.

use super::Whole;
use crate::model::hir::{Content, Message, Part};
use crate::model::types::ChannelKind;
use crate::source::FileId;
use crate::source::{Place, Span};
use crate::template::PlaceMap;
use crate::template::liquid::{self, Node};

/// Calls `found` with every part of a message that channels of this kind use.
pub(crate) fn each_part<'m>(
    whole: &Whole<'_>,
    message: &'m Message,
    kind: ChannelKind,
    mut found: impl FnMut(&'m Content, &'m Part),
) {
    for content in &message.contents {
        for part in &content.parts {
            if whole.scale.kind_of(part) == Some(kind) {
                found(content, part);
            }
        }
    }
}

/// Where the stretches of a template stand that are shown as they are written.
pub(crate) fn written(source: &str) -> Vec<Span> {
    let parsed = liquid::parse(source, &PlaceMap::file(FileId(0)));
    let mut spans = Vec::new();
    collect(&parsed.tree.nodes, &mut spans);
    spans
}

/// Depth is bounded by the parser.
fn collect(nodes: &[Node], spans: &mut Vec<Span>) {
    for node in nodes {
        match node {
            Node::Text(span) | Node::Raw(span) => spans.push(*span),
            Node::Output(_) => {}
            Node::If(node) => {
                node.arms.iter().for_each(|arm| collect(&arm.body, spans));
                collect(node.otherwise.as_deref().unwrap_or_default(), spans);
            }
            Node::Case(node) => {
                let whens = node.whens.iter();
                whens.for_each(|when| collect(&when.body, spans));
                collect(node.otherwise.as_deref().unwrap_or_default(), spans);
            }
            Node::For(node) => {
                collect(&node.body, spans);
                collect(node.otherwise.as_deref().unwrap_or_default(), spans);
            }
        }
    }
}

/// The word that a part starts with: `email`, `sms`.
pub(crate) fn head(whole: &Whole<'_>, message: &Message, part: &Part) -> Place {
    let file = message.place.file;
    let text = part.span.text(whole.scale.text(file));
    let end = text.find(|c: char| c.is_whitespace() || c == '{' || c == '"');
    let length = u32::try_from(end.unwrap_or(text.len())).unwrap_or(0);
    Span::new(part.span.start, part.span.start + length).in_file(file)
}
