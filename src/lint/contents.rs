//! A message as the rules about contents look at it: parts of a kind, and what is written in a
//! template for everybody. What a template is parsed and measured to is kept for the next rule.

use super::Whole;
use crate::model::hir::{Content, Message, Part, Slot};
use crate::model::types::ChannelKind;
use crate::source::{Place, Span};
use crate::template::PlaceMap;
use crate::template::liquid::{self, Node, Parsed};
use crate::template::measure::Measure;
use std::cell::RefCell;
use std::rc::Rc;

/// One message.
pub(crate) struct Contents<'w> {
    /// The project.
    pub(crate) whole: &'w Whole<'w>,
    /// The message.
    pub(crate) message: &'w Message,
    parsed: Kept<'w, Parsed>,
    measured: Kept<'w, Measure>,
}

/// What was found out about slots. A message has a handful of them.
type Kept<'w, T> = RefCell<Vec<(&'w Slot, Rc<T>)>>;

fn kept<'w, T>(list: &Kept<'w, T>, slot: &'w Slot, make: impl FnOnce() -> T) -> Rc<T> {
    let known = list.borrow();
    let found = known.iter().find(|(of, _)| std::ptr::eq(*of, slot));
    if let Some((_, found)) = found {
        return Rc::clone(found);
    }
    drop(known);
    let made = Rc::new(make());
    list.borrow_mut().push((slot, Rc::clone(&made)));
    made
}

impl<'w> Contents<'w> {
    /// A message of which nothing is known yet.
    pub(super) fn new(whole: &'w Whole<'w>, message: &'w Message) -> Self {
        Self {
            whole,
            message,
            parsed: RefCell::default(),
            measured: RefCell::default(),
        }
    }

    /// Calls `found` with every part that channels of this kind use.
    pub(crate) fn each_part(
        &self,
        kind: ChannelKind,
        mut found: impl FnMut(&'w Content, &'w Part),
    ) {
        for content in &self.message.contents {
            for part in &content.parts {
                if self.whole.scale.kind_of(part) == Some(kind) {
                    found(content, part);
                }
            }
        }
    }

    /// Calls `found` with the slot of this name of every such part.
    pub(crate) fn each_slot(
        &self,
        kind: ChannelKind,
        name: &str,
        mut found: impl FnMut(&'w Content, &'w Slot),
    ) {
        self.each_part(kind, |content, part| {
            if let Some(slot) = part.slots.iter().find(|slot| slot.name == name) {
                found(content, slot);
            }
        });
    }

    /// How long a text can get: a slot that is neither MJML nor HTML.
    pub(crate) fn measure(
        &self,
        kind: ChannelKind,
        content: &Content,
        slot: &'w Slot,
    ) -> Rc<Measure> {
        kept(&self.measured, slot, || {
            let parsed = self.parsed(slot);
            let scale = &self.whole.scale;
            scale.text_slot(self.message, content, kind, (slot, &parsed.tree))
        })
    }

    fn parsed(&self, slot: &'w Slot) -> Rc<Parsed> {
        kept(&self.parsed, slot, || {
            liquid::parse(&slot.source, &PlaceMap::file(slot.place.file))
        })
    }

    /// Where the stretches of a template stand that are shown as they are written.
    pub(crate) fn written(&self, slot: &'w Slot) -> Vec<Span> {
        let mut spans = Vec::new();
        collect(&self.parsed(slot).tree.nodes, &mut spans);
        spans
    }

    /// The word that a part starts with: `email`, `sms`.
    pub(crate) fn head(&self, part: &Part) -> Place {
        let file = self.message.place.file;
        let text = part.span.text(self.whole.scale.text(file));
        let end = text.find(|c: char| c.is_whitespace() || c == '{' || c == '"');
        let length = u32::try_from(end.unwrap_or(text.len())).unwrap_or(0);
        Span::new(part.span.start, part.span.start + length).in_file(file)
    }
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
