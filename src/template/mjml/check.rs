//! The check of MJML: elements and attributes held to the table, tags paired, Liquid where it can
//! stand.

use super::elements::{self, Content, Element};
use super::hidden::{HIDDEN, hide};
use super::scan::{Attribute, Token, tokens};
use super::signs;
use crate::diag::codes::template as codes;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Span;
use crate::template::PlaceMap;
use crate::template::liquid::MAX_DEPTH;
use crate::template::liquid::cut::{Piece, PieceKind};

/// Where a piece of Liquid stands, for the conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In text, HTML or the value of an attribute.
    Inline,
    /// Between elements: it is wrapped in `mj-raw`.
    Structure,
}

/// What the check found.
pub struct Checked {
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// Where each piece stands, beside the pieces.
    pub contexts: Vec<Context>,
}

/// Checks a template.
pub fn check(text: &str, pieces: &[Piece], places: &PlaceMap) -> Checked {
    let hidden = hide(text, pieces);
    let mut checker = Checker {
        text,
        hidden: &hidden,
        places,
        diagnostics: Diagnostics::default(),
        open: Vec::new(),
        blocks: Vec::new(),
        contexts: vec![Context::Inline; pieces.len()],
        next_piece: 0,
        pieces,
        roots: 0,
        too_deep: false,
        cut_short: false,
    };
    for token in tokens(&hidden) {
        if checker.too_deep {
            break;
        }
        checker.token(&token);
    }
    checker.finish();
    for (span, c) in signs::foreign(text, pieces) {
        checker.report(
            &codes::UNREADABLE_MARKUP,
            span,
            format!("the character U+{:04X} cannot stand in MJML", u32::from(c)),
            "remove it: it cannot be seen, and no mail program shows it",
        );
    }
    Checked {
        diagnostics: checker.diagnostics,
        contexts: checker.contexts,
    }
}

/// An element that is open.
struct Open {
    name: Span,
    span: Span,
    /// `None` for HTML, and for what is not MJML.
    element: Option<&'static Element>,
    /// Whether what stands inside is HTML.
    html: bool,
}

struct Checker<'a> {
    text: &'a str,
    hidden: &'a str,
    places: &'a PlaceMap,
    diagnostics: Diagnostics,
    open: Vec<Open>,
    /// The Liquid tags that are open, with the number of elements around them.
    blocks: Vec<(Span, usize)>,
    contexts: Vec<Context>,
    next_piece: usize,
    pieces: &'a [Piece],
    roots: usize,
    too_deep: bool,
    cut_short: bool,
}

const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

impl Checker<'_> {
    fn report(
        &mut self,
        code: &'static Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic::new(code, self.places.place(span), message).help(help);
        self.diagnostics.push(finding);
    }

    fn name(&self, span: Span) -> &str {
        span.text(self.text)
    }

    fn token(&mut self, token: &Token) {
        match token {
            Token::Broken(span, message, help) => {
                // Behind a comment without an end nothing was read: no closer is missing there.
                self.cut_short |= span.text(self.hidden) == "<!--";
                self.report(&codes::UNREADABLE_MARKUP, *span, *message, *help);
            }
            Token::Comment(span) => self.liquid_until(span.end, true),
            Token::Text(span) => self.text_token(*span),
            Token::Open {
                name,
                attributes,
                closed,
                span,
            } => {
                self.liquid_until(span.end, true);
                self.open_tag(*name, attributes, *closed, *span);
            }
            Token::Close { name, span } => self.close_tag(*name, *span),
        }
    }

    /// Notes where the pieces of Liquid stand up to an offset.
    fn liquid_until(&mut self, end: u32, inline: bool) {
        while let Some(piece) = self.pieces.get(self.next_piece) {
            if piece.span.start >= end {
                break;
            }
            let structure = !inline && piece.kind == PieceKind::Tag;
            if let Some(context) = self.contexts.get_mut(self.next_piece) {
                *context = if structure {
                    Context::Structure
                } else {
                    Context::Inline
                };
            }
            self.next_piece += 1;
            if piece.kind == PieceKind::Tag {
                self.block(piece);
            }
            if inline || matches!(piece.kind, PieceKind::Text | PieceKind::Comment) {
                continue;
            }
            let inside = self.open.last().and_then(|open| open.element);
            if piece.kind != PieceKind::Tag {
                self.report(
                    &codes::MISPLACED_MJML_ELEMENT,
                    piece.span,
                    "a value cannot stand between elements: it would not be shown",
                    "put it into an `mj-text`",
                );
            } else if !inside.is_some_and(Element::takes_tags) {
                let place = inside.map_or("outside of `mj-body`".to_owned(), |element| {
                    format!("in `{}`", element.name)
                });
                self.report(
                    &codes::MISPLACED_MJML_ELEMENT,
                    piece.span,
                    format!("Liquid cannot stand between the elements {place}"),
                    "put it around what stands in a column, or inside a text",
                );
            }
        }
    }

    /// Holds a Liquid tag and its closer to one element, so that no element is shown in half.
    fn block(&mut self, piece: &Piece) {
        let inside = piece.inner.text(self.text).trim();
        let word = inside.split_whitespace().next().unwrap_or("");
        match word {
            "if" | "unless" | "case" | "for" => self.blocks.push((piece.span, self.open.len())),
            "endif" | "endunless" | "endcase" | "endfor" | "else" | "elsif" | "when" => {
                let opened = if word.starts_with("end") {
                    self.blocks.pop()
                } else {
                    self.blocks.last().copied()
                };
                let Some((opener, depth)) = opened else {
                    return;
                };
                if depth != self.open.len() {
                    let finding = Diagnostic::new(
                        &codes::UNREADABLE_MARKUP,
                        self.places.place(piece.span),
                        format!("this `{word}` stands in another element than its opening tag"),
                    )
                    .other(self.places.place(opener), "opened here")
                    .help("open and close it inside the same element");
                    self.diagnostics.push(finding);
                }
            }
            _ => {}
        }
    }

    fn in_html(&self) -> bool {
        self.open.last().is_some_and(|open| open.html)
    }

    fn text_token(&mut self, span: Span) {
        let html = self.in_html();
        self.liquid_until(span.end, html);
        if html {
            return;
        }
        let text = span.text(self.hidden);
        let shown = text.find(|c: char| !c.is_whitespace() && c != char::from(HIDDEN));
        if let Some(at) = shown {
            let rest = text.get(at..).unwrap_or("");
            let len = rest.trim_end().find('\n').unwrap_or(rest.trim_end().len());
            let start = span.start + u32::try_from(at).unwrap_or(0);
            let at = Span::new(start, start + u32::try_from(len).unwrap_or(0));
            let place = self.open.last().map_or("here".to_owned(), |open| {
                format!("directly in `{}`", open.name.text(self.text))
            });
            self.report(
                &codes::MISPLACED_MJML_ELEMENT,
                at,
                format!("text that stands {place} is not shown"),
                "put it into an `mj-text` in a column",
            );
        }
    }

    fn open_tag(&mut self, name: Span, attributes: &[Attribute], closed: bool, span: Span) {
        let word = self.name(name).to_owned();
        let html = self.in_html();
        let element = if html { None } else { elements::find(&word) };
        if html && word.starts_with("mj-") {
            let outer = self
                .open
                .iter()
                .rev()
                .find_map(|open| open.element)
                .map_or("", |element| element.name);
            self.report(
                &codes::MISPLACED_MJML_ELEMENT,
                name,
                format!("`{word}` cannot stand in `{outer}`, which holds text and HTML"),
                format!("close `{outer}` before it"),
            );
        } else if html {
            self.html_attributes(attributes);
        } else {
            self.mjml_tag(&word, name, element, attributes);
        }
        let void = element.is_none() && VOID.contains(&word.to_ascii_lowercase().as_str());
        if closed || void {
            return;
        }
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = true;
            self.report(
                &codes::OVERSIZED_TEMPLATE,
                span,
                format!("elements are nested more than {MAX_DEPTH} deep here"),
                "use fewer elements inside each other",
            );
            return;
        }
        // What stands in something unknown is read as HTML, so that one mistake is one finding.
        let html = html || element.is_none_or(|element| element.content == Content::Html);
        self.open.push(Open {
            name,
            span,
            element,
            html,
        });
    }

    fn mjml_tag(
        &mut self,
        word: &str,
        name: Span,
        element: Option<&'static Element>,
        attributes: &[Attribute],
    ) {
        let parent = self.open.last().and_then(|open| open.element);
        let Some(element) = element else {
            let (message, help) = if let Some((why, help)) = elements::refused(word) {
                (format!("`{word}` is refused: {why}"), help.to_owned())
            } else if word.starts_with("mj") {
                let known = elements::ELEMENTS.iter().map(|element| element.name);
                let help = nearest(word, known).map_or_else(
                    || "use an element of MJML".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                (format!("MJML has no element `{word}`"), help)
            } else {
                let place =
                    parent.map_or("here".to_owned(), |parent| format!("in `{}`", parent.name));
                self.report(
                    &codes::MISPLACED_MJML_ELEMENT,
                    name,
                    format!("HTML like `{word}` cannot stand {place}"),
                    if parent.is_none() {
                        "start the file with `<mjml>`, or write `body html file`"
                    } else {
                        "put it into an `mj-text` or an `mj-raw`"
                    },
                );
                return;
            };
            self.report(&codes::UNKNOWN_MJML_ELEMENT, name, message, help);
            return;
        };
        let styled = matches!(parent.map(|p| p.name), Some("mj-attributes" | "mj-class"));
        let placed = match parent {
            None => element.name == "mjml",
            Some(_) if styled => !element.parents.is_empty(),
            Some(parent) => element.parents.contains(&parent.name),
        };
        if parent.is_none() && self.open.is_empty() {
            self.roots += 1;
        }
        if !placed || (parent.is_none() && self.roots > 1) {
            let place = parent.map_or("outside of `mjml`".to_owned(), |parent| {
                format!("in `{}`", parent.name)
            });
            let help = if element.name == "mjml" {
                "start the file with one `<mjml>` and nothing around it".to_owned()
            } else {
                let mut parents: Vec<String> = element
                    .parents
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect();
                parents.truncate(3);
                format!("put it into {}", parents.join(" or "))
            };
            self.report(
                &codes::MISPLACED_MJML_ELEMENT,
                name,
                format!("`{word}` cannot stand {place}"),
                help,
            );
        }
        for (position, attribute) in attributes.iter().enumerate() {
            let written = self.name(attribute.name).to_owned();
            let before = attributes.get(..position).unwrap_or(&[]);
            if before.iter().any(|other| self.name(other.name) == written) {
                self.report(
                    &codes::UNREADABLE_MARKUP,
                    attribute.name,
                    format!("`{written}` is written twice on this element"),
                    "keep one of them",
                );
            } else if !element.knows(&written) {
                let known: Vec<String> = element.attributes().collect();
                let help = nearest(&written, known.iter().map(String::as_str)).map_or_else(
                    || {
                        let shown = known.iter().take(8).map(|name| format!("`{name}`"));
                        let shown: Vec<String> = shown.collect();
                        if shown.is_empty() {
                            "remove it".to_owned()
                        } else {
                            format!("use one of its attributes: {}", shown.join(", "))
                        }
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                self.report(
                    &codes::UNKNOWN_MJML_ATTRIBUTE,
                    attribute.name,
                    format!("`{word}` has no attribute `{written}`"),
                    help,
                );
            } else {
                self.value(attribute, &written);
            }
        }
    }

    fn value(&mut self, attribute: &Attribute, written: &str) {
        let Some(value) = attribute.value else {
            self.report(
                &codes::UNREADABLE_MARKUP,
                attribute.name,
                format!("`{written}` has no value"),
                format!("write `{written}=\"...\"`"),
            );
            return;
        };
        let liquid = value.text(self.hidden).contains(char::from(HIDDEN));
        if liquid && !elements::may_vary(written) {
            self.report(
                &codes::UNREADABLE_MARKUP,
                value,
                format!("`{written}` cannot depend on the person: the layout is computed once"),
                "write a fixed value, and put the element into `{% if %}` where it differs",
            );
        }
    }

    fn html_attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            if attribute
                .name
                .text(self.hidden)
                .contains(char::from(HIDDEN))
            {
                self.report(
                    &codes::UNREADABLE_MARKUP,
                    attribute.name,
                    "Liquid cannot stand in the name of an attribute",
                    "write it inside the quotes of a value",
                );
            }
        }
    }

    fn close_tag(&mut self, name: Span, span: Span) {
        let html = self.in_html();
        self.liquid_until(span.end, html);
        let word = self.name(name).to_owned();
        let opened = self
            .open
            .iter()
            .rev()
            .position(|open| self.name(open.name) == word);
        let Some(above) = opened else {
            if VOID.contains(&word.as_str()) || self.closes_mistyped(&word, span) {
                return;
            }
            self.report(
                &codes::UNCLOSED_TAG,
                span,
                format!("this `</{word}>` closes nothing"),
                format!("open it with `<{word}>`, or remove it"),
            );
            return;
        };
        for _ in 0..above {
            if let Some(open) = self.open.pop() {
                self.not_closed(&open);
            }
        }
        self.open.pop();
    }

    /// Takes `</mj-text>` for the end of a `<mj-txt>` around it, and the other way round: one of
    /// the two is mistyped, and that is the one mistake.
    fn closes_mistyped(&mut self, word: &str, span: Span) -> bool {
        let Some(top) = self.open.last() else {
            return false;
        };
        let opened = self.name(top.name).to_owned();
        let is_known = top.element.is_some();
        let one_is_wrong = is_known != elements::find(word).is_some();
        if !one_is_wrong || nearest(word, [opened.as_str()]).is_none() {
            return false;
        }
        self.open.pop();
        // An unknown element was reported where it is opened.
        if is_known {
            self.report(
                &codes::UNCLOSED_TAG,
                span,
                format!("this `</{word}>` does not close `<{opened}>`"),
                format!("write `</{opened}>`"),
            );
        }
        true
    }

    fn not_closed(&mut self, open: &Open) {
        let word = self.name(open.name).to_owned();
        self.report(
            &codes::UNCLOSED_TAG,
            open.span,
            format!("this `<{word}>` is not closed"),
            format!("write `</{word}>` where it ends"),
        );
    }

    fn finish(&mut self) {
        if self.too_deep || self.cut_short {
            return;
        }
        self.liquid_until(u32::MAX, self.in_html());
        while let Some(open) = self.open.pop() {
            self.not_closed(&open);
        }
        if self.roots == 0 && self.diagnostics.is_empty() {
            self.report(
                &codes::UNREADABLE_MARKUP,
                Span::at(0),
                "this template has no `mjml` element",
                "start the file with `<mjml>`, or write `body html` or `body text`",
            );
        }
    }
}
