//! Messages and their contents.

use super::{Kids, Lower, Node};
use crate::syntax::ast::{
    Content, ContentBody, ContentPart, ContentSlot, Message, MessageClause, Name, Template,
};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

impl<'a> Lower<'a> {
    /// A message, behind its name.
    pub fn message(&mut self, name: Name, kids: &mut Kids<'a>) -> Message {
        let params = self.params(kids);
        let subject = self.subject(kids);
        let mut clauses = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::message_body]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                clauses.extend(self.message_clause(node));
            }
        }
        Message {
            name,
            params,
            subject,
            clauses,
        }
    }

    fn message_clause(&mut self, node: Node<'a>) -> Option<MessageClause> {
        let span = self.span(&node);
        let part = node.into_inner().next()?;
        Some(match part.as_rule() {
            Rule::message_purpose => MessageClause::Purpose {
                purpose: self.name_of(part),
                span,
            },
            Rule::external => MessageClause::External { span },
            _ => {
                let mut kids = Kids::of(part);
                let (language, language_is_text) = self.language(&mut kids);
                let only = self.opt(&mut kids, &[Rule::only]).is_some();
                let mut parts = Vec::new();
                if let Some(body) = self.opt(&mut kids, &[Rule::content_body]) {
                    let mut kids = Kids::of(body);
                    while let Some(node) = self.part(&mut kids) {
                        parts.extend(self.content_part(node));
                    }
                }
                parts.shrink_to_fit();
                self.rest(kids);
                MessageClause::Content(Content {
                    language,
                    language_is_text,
                    only,
                    parts,
                    span,
                })
            }
        })
    }

    /// `fr` or `"fr-CA"`
    fn language(&mut self, kids: &mut Kids<'a>) -> (Name, bool) {
        match self.opt(kids, &[Rule::text]) {
            Some(node) => {
                let text = self.to_text(&node);
                let name = Name {
                    text: text.value,
                    span: text.span,
                    quoted: false,
                };
                (name, true)
            }
            None => (self.name(kids), false),
        }
    }

    /// A part of a content; nothing if it is none.
    fn content_part(&mut self, node: Node<'a>) -> Option<ContentPart> {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let channel = self.name(&mut kids);
        if report::misplaced_slot(self, channel.span) || report::glued_to_text(self, channel.span) {
            return None;
        }
        let body = match self.opt(&mut kids, &[Rule::slots]) {
            Some(slots) => {
                let mut parts = Vec::new();
                let mut kids = Kids::of(slots);
                while let Some(node) = self.part(&mut kids) {
                    parts.push(self.slot(node));
                }
                parts.shrink_to_fit();
                ContentBody::Slots(parts)
            }
            None => ContentBody::Plain(self.template(&mut kids)),
        };
        self.rest(kids);
        Some(ContentPart {
            channel,
            body,
            span,
        })
    }

    fn slot(&mut self, node: Node<'a>) -> ContentSlot {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let name = self.name(&mut kids);
        let format = self
            .opt(&mut kids, &[Rule::format])
            .map(|node| self.to_name(&node));
        let template = self.template(&mut kids);
        self.rest(kids);
        ContentSlot {
            name,
            format,
            template,
            span,
        }
    }

    fn template(&mut self, kids: &mut Kids<'a>) -> Template {
        let Some(node) = self.opt(kids, &[Rule::template]) else {
            return Template::Inline(self.text(kids));
        };
        let mut kids = Kids::of(node);
        let template = match self.opt(&mut kids, &[Rule::file_word]) {
            Some(_) => Template::File(self.text(&mut kids)),
            None => Template::Inline(self.text(&mut kids)),
        };
        self.rest(kids);
        template
    }
}
