//! From the template that a person wrote to the text that the plan stores.
//!
//! The stored text is Liquid that the liquid crate reads: MJML has become HTML, comments are gone,
//! white space control is applied, names are written as the crate can read them, and every output
//! ends in a filter that shows the value for the format (`__text`, `__sms`, `__html`). Values stay
//! what they are until that filter, so conditions and other filters see numbers and dates, and what
//! is shown is formatted for the language of the content and escaped in one place.

use crate::diag::Diagnostics;
use crate::source::Span;
use crate::template::liquid::{
    self, Chain, Condition, FilterCall, For, If, Literal, Node, Path, Segment, Value, ValueKind,
};
use crate::template::names::encode;
use crate::template::{Format, PlaceMap, mjml};
use std::fmt::Write as _;

/// A template as the plan stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Liquid, for [`crate::template::Renderer`].
    pub liquid: String,
}

/// White space is broken up at this length: the liquid crate reads a run of it in quadratic time.
const LONGEST_BLANK: usize = 128;

/// Prepares a template that the check has passed.
///
/// # Errors
///
/// What the parsers of Liquid and MJML report; nothing for a template without their errors.
pub fn prepare(text: &str, format: Format, places: &PlaceMap) -> Result<Prepared, Diagnostics> {
    let html;
    let source = if format == Format::Mjml {
        html = mjml::to_html(text, places)?;
        html.as_str()
    } else {
        text
    };
    let parsed = liquid::parse(source, places);
    // What MJML was turned into has text of its own between tags; its errors were found before.
    if format != Format::Mjml && parsed.diagnostics.has_errors() {
        return Err(parsed.diagnostics);
    }
    let mut writer = Writer {
        source,
        format,
        out: String::with_capacity(source.len() + 64),
    };
    writer.nodes(&parsed.tree.nodes);
    Ok(Prepared { liquid: writer.out })
}

struct Writer<'a> {
    source: &'a str,
    format: Format,
    out: String,
}

impl Writer<'_> {
    /// Writing to memory does not fail.
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(text);
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(span) | Node::Raw(span) => self.text(*span),
                Node::Output(output) => {
                    self.out.push_str("{{ ");
                    self.chain(&output.chain);
                    let show = match self.format {
                        Format::Text => "__text",
                        Format::Sms => "__sms",
                        Format::Html | Format::Mjml => "__html",
                    };
                    self.put(format_args!(" | {show} }}}}"));
                }
                Node::If(node) => self.if_node(node),
                Node::Case(node) => {
                    let Some(subject) = &node.subject else {
                        continue;
                    };
                    self.out.push_str("{% case ");
                    self.value(subject);
                    self.out.push_str(" %}");
                    for when in &node.whens {
                        self.out.push_str("{% when ");
                        for (position, value) in when.values.iter().enumerate() {
                            if position > 0 {
                                self.out.push_str(", ");
                            }
                            self.value(value);
                        }
                        self.out.push_str(" %}");
                        self.nodes(&when.body);
                    }
                    self.otherwise(node.otherwise.as_deref());
                    self.out.push_str("{% endcase %}");
                }
                Node::For(node) => self.for_node(node),
            }
        }
    }

    fn if_node(&mut self, node: &If) {
        let negated = node.arms.first().is_some_and(|arm| arm.negated);
        for (position, arm) in node.arms.iter().enumerate() {
            let word = match (position, negated) {
                (0, false) => "if",
                (0, true) => "unless",
                _ => "elsif",
            };
            self.put(format_args!("{{% {word} "));
            if let Some(condition) = &arm.condition {
                self.condition(condition);
            }
            self.out.push_str(" %}");
            self.nodes(&arm.body);
        }
        self.otherwise(node.otherwise.as_deref());
        self.out.push_str(if negated {
            "{% endunless %}"
        } else {
            "{% endif %}"
        });
    }

    fn for_node(&mut self, node: &For) {
        let Some((name, list)) = &node.header else {
            return;
        };
        self.put(format_args!("{{% for {} in ", encode(&name.text)));
        self.path(list);
        for (word, value) in [("limit", &node.limit), ("offset", &node.offset)] {
            if let Some(value) = value {
                self.put(format_args!(" {word}:"));
                self.value(value);
            }
        }
        if node.reversed {
            self.out.push_str(" reversed");
        }
        // The tick counts the rounds of all loops, so that nested loops end.
        self.out.push_str(" %}{{ nil | __tick }}");
        self.nodes(&node.body);
        self.otherwise(node.otherwise.as_deref());
        self.out.push_str("{% endfor %}");
    }

    fn otherwise(&mut self, body: Option<&[Node]>) {
        if let Some(body) = body {
            self.out.push_str("{% else %}");
            self.nodes(body);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        for (position, all) in condition.any.iter().enumerate() {
            if position > 0 {
                self.out.push_str(" or ");
            }
            for (position, test) in all.iter().enumerate() {
                if position > 0 {
                    self.out.push_str(" and ");
                }
                self.value(&test.left);
                if let Some((comparator, right)) = &test.right {
                    self.put(format_args!(" {} ", comparator.text()));
                    self.value(right);
                }
            }
        }
    }

    fn chain(&mut self, chain: &Chain) {
        self.value(&chain.value);
        for call in &chain.filters {
            // Everything is escaped when it is shown: once more would show `&amp;`.
            if !(self.format.escapes() && call.name.text == "escape") {
                self.filter(call);
            }
        }
    }

    fn filter(&mut self, call: &FilterCall) {
        self.put(format_args!(" | {}", call.name.text));
        for (position, value) in call.args.iter().enumerate() {
            self.out.push_str(if position == 0 { ": " } else { ", " });
            self.value(value);
        }
    }

    fn value(&mut self, value: &Value) {
        match &value.kind {
            ValueKind::Path(path) => self.path(path),
            ValueKind::Literal(literal) => match literal {
                Literal::Text(text) => {
                    let quote = if text.contains('\'') { '"' } else { '\'' };
                    self.put(format_args!("{quote}{text}{quote}"));
                }
                Literal::Int(number) => self.put(format_args!("{number}")),
                Literal::Decimal(digits) => self.out.push_str(digits),
                Literal::Bool(value) => self.put(format_args!("{value}")),
                Literal::Nil => self.out.push_str("nil"),
                Literal::Blank => self.out.push_str("blank"),
                Literal::Empty => self.out.push_str("empty"),
            },
        }
    }

    fn path(&mut self, path: &Path) {
        let name = |segment: &Segment| encode(&segment.text);
        self.out.push_str(&name(&path.first));
        for segment in &path.rest {
            self.put(format_args!(".{}", name(segment)));
        }
    }

    fn text(&mut self, span: Span) {
        let mut blank = 0;
        let mut chars = span.text(self.source).chars().peekable();
        while let Some(c) = chars.next() {
            blank = if c.is_whitespace() { blank + 1 } else { 0 };
            if blank > LONGEST_BLANK {
                self.out.push_str("{{ '' }}");
                blank = 0;
            }
            // A brace that would open something with what follows: it comes from a raw block.
            if c == '{' && matches!(chars.peek(), Some('{' | '%') | None) {
                self.out.push_str("{{ '{' }}");
            } else {
                self.out.push(c);
            }
        }
    }
}
