//! From pieces to a tree: pairs openers with closers and reports what does not pair.

use super::cut::{Piece, PieceKind, cut};
use super::grammar::{Header, Inside, Mistake};
use super::tags;
use super::tree::{Arm, Case, Condition, For, If, Node, Output, Tree, Value, When};
use crate::diag::codes::template as codes;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::template::PlaceMap;
use smol_str::SmolStr;

/// How deep tags may nest.
pub const MAX_DEPTH: usize = 64;

/// How long a template may be, in bytes.
pub const MAX_BYTES: usize = 1_048_576;

/// A parsed template.
#[derive(Debug)]
pub struct Parsed {
    /// What could be read.
    pub tree: Tree,
    /// The pieces that the text was cut into; they cover it.
    pub pieces: Vec<Piece>,
    /// What could not.
    pub diagnostics: Diagnostics,
    /// Names that refused tags would bind (`assign x = 1`): reported once, at the tag.
    pub refused_names: Vec<SmolStr>,
}

/// Parses a template. Linear in its length; never fails.
#[must_use]
pub fn parse(text: &str, places: &PlaceMap) -> Parsed {
    let mut builder = Builder {
        text,
        places,
        open: Vec::new(),
        nodes: Vec::new(),
        diagnostics: Diagnostics::default(),
        handlebars: false,
        refused_names: Vec::new(),
        too_deep: false,
    };
    if text.len() > MAX_BYTES {
        builder.report(
            &codes::OVERSIZED_TEMPLATE,
            Mistake::new(
                Span::at(0),
                format!(
                    "a template may have {MAX_BYTES} bytes, and this one has {}",
                    text.len()
                ),
                "shorten it: mail programs cut a message at about 100 kB",
            ),
        );
        return builder.finish(Vec::new());
    }
    let pieces = cut(text);
    builder.all(&pieces);
    builder.finish(pieces)
}

/// A tag that is open, with what has been read of it.
struct Open {
    kind: Kind,
    opener: Span,
    /// The nodes that stand around the tag.
    outside: Vec<Node>,
}

enum Kind {
    If {
        word: &'static str,
        arms: Vec<Arm>,
        /// The condition of the arm that is being read; none once `else` was met.
        current: Option<(bool, Option<Condition>)>,
    },
    Case {
        subject: Option<Value>,
        whens: Vec<When>,
        current: Current,
    },
    For {
        header: Option<Header>,
        body: Option<Vec<Node>>,
    },
}

/// Which part of a `case` is being read.
enum Current {
    Nothing,
    When(Vec<Value>, Span),
    Else,
}

impl Kind {
    fn word(&self) -> &'static str {
        match self {
            Self::If { word, .. } => word,
            Self::Case { .. } => "case",
            Self::For { .. } => "for",
        }
    }
}

struct Builder<'a> {
    text: &'a str,
    places: &'a PlaceMap,
    open: Vec<Open>,
    /// The nodes of the innermost body.
    nodes: Vec<Node>,
    diagnostics: Diagnostics,
    /// Whether a tag of Handlebars was reported: what ends it follows from it.
    handlebars: bool,
    refused_names: Vec<SmolStr>,
    too_deep: bool,
}

impl Builder<'_> {
    fn report(&mut self, code: &'static Code, mistake: Mistake) {
        let handlebars = mistake.message.ends_with("is Handlebars");
        if handlebars && self.handlebars && mistake.message.starts_with("`{{/") {
            return;
        }
        self.handlebars |= handlebars;
        let mut diagnostic =
            Diagnostic::new(code, self.places.place(mistake.span), mistake.message);
        diagnostic.help = mistake.help;
        self.diagnostics.push(diagnostic);
    }

    fn unreadable<T>(&mut self, result: Result<T, Mistake>) -> Option<T> {
        result
            .map_err(|mistake| self.report(&codes::UNREADABLE_LIQUID, mistake))
            .ok()
    }

    fn all(&mut self, pieces: &[Piece]) {
        let mut before: Option<&Piece> = None;
        let mut after = pieces.iter().skip(1);
        let mut raw: Option<Span> = None;
        for piece in pieces {
            let next = after.next();
            match piece.kind {
                PieceKind::Text => self.text_node(piece, before, next),
                PieceKind::Raw => self.nodes.push(Node::Raw(piece.span)),
                PieceKind::Comment => {}
                PieceKind::Unclosed => self.unclosed(piece),
                PieceKind::Output => {
                    let chain = self.inside(piece.inner).output();
                    if let Some(chain) = self.unreadable(chain) {
                        self.nodes.push(Node::Output(Output {
                            chain,
                            span: piece.span,
                        }));
                    }
                }
                PieceKind::Tag => {
                    let inner = piece.inner.text(self.text).trim();
                    let hides = matches!(inner, "raw" | "comment");
                    let closes = matches!(inner, "endraw" | "endcomment") && raw.is_some();
                    if closes {
                        raw = None;
                    } else if hides {
                        raw = Some(piece.span);
                        let closed = next.is_some_and(|next| {
                            matches!(next.kind, PieceKind::Raw | PieceKind::Comment)
                                || matches!(
                                    next.inner.text(self.text).trim(),
                                    "endraw" | "endcomment"
                                )
                        });
                        if !closed {
                            self.not_closed(piece.span, inner);
                            raw = None;
                        }
                    } else {
                        self.tag(piece);
                    }
                }
            }
            before = Some(piece);
        }
    }

    fn inside(&self, span: Span) -> Inside<'_> {
        Inside {
            text: span.text(self.text),
            span,
        }
    }

    fn text_node(&mut self, piece: &Piece, before: Option<&Piece>, after: Option<&Piece>) {
        let mut span = piece.span;
        if before.is_some_and(|piece| piece.trim_after) {
            let text = span.text(self.text);
            let gone = text.len() - text.trim_start().len();
            span.start += u32::try_from(gone).unwrap_or(0);
        }
        if after.is_some_and(|piece| piece.trim_before) {
            let text = span.text(self.text);
            let gone = text.len() - text.trim_end().len();
            span.end -= u32::try_from(gone).unwrap_or(0);
        }
        if !span.is_empty() {
            self.nodes.push(Node::Text(span));
        }
    }

    fn unclosed(&mut self, piece: &Piece) {
        let text = piece.span.text(self.text);
        let (opener, closer) = if text.starts_with("{{") {
            ("{{", "}}")
        } else {
            ("{%", "%}")
        };
        let at = Span::new(piece.span.start, piece.span.start + 2);
        self.report(
            &codes::UNCLOSED_TAG,
            Mistake::new(
                at,
                format!("this `{opener}` is not closed"),
                format!("write `{closer}` where it ends"),
            ),
        );
    }

    fn not_closed(&mut self, opener: Span, word: &str) {
        self.report(
            &codes::UNCLOSED_TAG,
            Mistake::new(
                opener,
                format!("this `{{% {word} %}}` is not closed"),
                format!("write `{{% end{word} %}}` where it ends"),
            ),
        );
    }

    fn tag(&mut self, piece: &Piece) {
        if self.too_deep {
            return;
        }
        let inner = piece.inner.text(self.text);
        let lead = inner.len() - inner.trim_start().len();
        let trimmed = inner.trim();
        let len = trimmed
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(trimmed.len());
        let name = trimmed.get(..len).unwrap_or("");
        let start = piece.inner.start + u32::try_from(lead + len).unwrap_or(0);
        let rest = Span::new(start.min(piece.inner.end), piece.inner.end);
        match name {
            "if" | "unless" => {
                let word = if name == "if" { "if" } else { "unless" };
                let condition = self.inside(rest).condition(word);
                let condition = self.unreadable(condition);
                self.open(
                    piece.span,
                    Kind::If {
                        word,
                        arms: Vec::new(),
                        current: Some((name == "unless", condition)),
                    },
                );
            }
            "case" => {
                let subject = self.inside(rest).subject();
                let subject = self.unreadable(subject);
                self.open(
                    piece.span,
                    Kind::Case {
                        subject,
                        whens: Vec::new(),
                        current: Current::Nothing,
                    },
                );
            }
            "for" => {
                let header = self.inside(rest).header();
                let header = self.unreadable(header);
                self.open(piece.span, Kind::For { header, body: None });
            }
            "elsif" | "else" | "when" => self.middle(name, piece.span, rest),
            "endif" | "endunless" | "endcase" | "endfor" => self.close(name, piece.span),
            "" => self.report(
                &codes::UNREADABLE_LIQUID,
                Mistake::new(
                    piece.span,
                    "no tag stands between `{%` and `%}`",
                    "write a tag like `{% if member.first_name %}`, or `{{ }}` to show a value",
                ),
            ),
            _ => {
                if matches!(
                    name,
                    "assign" | "capture" | "set" | "increment" | "decrement"
                ) {
                    let bound = rest.text(self.text).trim_start();
                    let end = bound
                        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                        .unwrap_or(bound.len());
                    self.refused_names
                        .extend(bound.get(..end).map(SmolStr::from));
                }
                if name.contains("unsub") {
                    // Another platform's tag for it: its link is not missing besides.
                    self.refused_names.push(SmolStr::new_static("unsubscribe"));
                }
                let at = Span::new(start - u32::try_from(len).unwrap_or(0), start);
                self.report(
                    &codes::REFUSED_TAG,
                    Mistake::new(
                        at,
                        format!("a template has no tag `{name}`"),
                        tags::instead_of(name),
                    ),
                );
            }
        }
    }

    fn open(&mut self, opener: Span, kind: Kind) {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = true;
            self.report(
                &codes::OVERSIZED_TEMPLATE,
                Mistake::new(
                    opener,
                    format!("tags are nested more than {MAX_DEPTH} deep here"),
                    "split the message, or decide in the journey which message is sent",
                ),
            );
            return;
        }
        let outside = std::mem::take(&mut self.nodes);
        self.open.push(Open {
            kind,
            opener,
            outside,
        });
    }

    /// `elsif`, `else` and `when`: ends the body that is being read and starts the next.
    fn middle(&mut self, name: &str, span: Span, rest: Span) {
        let inside = Inside {
            text: rest.text(self.text),
            span: rest,
        };
        // `else if` reads like one thing and would be an `else` that hides its condition.
        if name == "else" && !inside.text.trim().is_empty() {
            self.report(
                &codes::UNREADABLE_LIQUID,
                Mistake::new(
                    rest,
                    "`else` takes no condition",
                    "write `{% elsif ... %}` for another condition",
                ),
            );
            return;
        }
        let misplaced = match (self.open.last_mut().map(|open| &mut open.kind), name) {
            (Some(Kind::If { arms, current, .. }), "elsif" | "else") => match current.take() {
                Some((negated, condition)) => {
                    arms.push(Arm {
                        negated,
                        condition,
                        body: std::mem::take(&mut self.nodes),
                    });
                    if name == "elsif" {
                        let condition = inside.condition("elsif");
                        let condition = self.unreadable(condition);
                        if let Some(Kind::If { current, .. }) =
                            self.open.last_mut().map(|open| &mut open.kind)
                        {
                            *current = Some((false, condition));
                        }
                    }
                    None
                }
                None => Some("it follows the `else`, and nothing can come after that"),
            },
            (Some(Kind::Case { whens, current, .. }), "when" | "else") => {
                match std::mem::replace(current, Current::Else) {
                    Current::When(values, at) => {
                        whens.push(When {
                            values,
                            body: std::mem::take(&mut self.nodes),
                            span: at,
                        });
                    }
                    Current::Nothing => {
                        let shown = self.nodes.drain(..).find(|node| match node {
                            Node::Text(at) => !at.text(self.text).trim().is_empty(),
                            _ => true,
                        });
                        if let Some(Node::Text(at) | Node::Raw(at)) = shown {
                            self.diagnostics.push(
                                Diagnostic::new(
                                    &codes::UNREADABLE_LIQUID,
                                    self.places.place(at),
                                    "what stands between `case` and its first `when` is never \
                                     shown",
                                )
                                .help("move it in front of the `case`, or into a `when`"),
                            );
                        }
                    }
                    Current::Else => {}
                }
                let values = (name == "when").then(|| inside.choices());
                let values = values.map(|values| self.unreadable(values));
                if let (Some(values), Some(Kind::Case { current, .. })) =
                    (values, self.open.last_mut().map(|open| &mut open.kind))
                {
                    *current = Current::When(values.unwrap_or_default(), span);
                }
                None
            }
            (Some(Kind::For { body, .. }), "else") if body.is_none() => {
                *body = Some(std::mem::take(&mut self.nodes));
                None
            }
            (_, "when") => Some("it stands outside of a `case`"),
            (_, "else") => Some("it stands outside of an `if`, `case` or `for`"),
            _ => Some("it stands outside of an `if`"),
        };
        if let Some(why) = misplaced {
            self.report(
                &codes::UNCLOSED_TAG,
                Mistake::new(
                    span,
                    format!("this `{name}` belongs to nothing: {why}"),
                    "close the tags inside before it, or remove it",
                ),
            );
        }
    }

    fn close(&mut self, name: &str, span: Span) {
        let word = name.strip_prefix("end").unwrap_or(name);
        if !self.open.iter().any(|open| open.kind.word() == word) {
            self.report(
                &codes::UNCLOSED_TAG,
                Mistake::new(
                    span,
                    format!("this `{name}` closes nothing"),
                    format!("open it with `{{% {word} %}}`, or remove it"),
                ),
            );
            return;
        }
        while let Some(open) = self.open.pop() {
            let found = open.kind.word();
            if found != word {
                self.not_closed(open.opener, found);
            }
            self.end(open);
            if found == word {
                break;
            }
        }
    }

    /// Builds the node of a tag whose last body is complete.
    fn end(&mut self, open: Open) {
        let body = std::mem::replace(&mut self.nodes, open.outside);
        let opener = open.opener;
        let node = match open.kind {
            Kind::If {
                mut arms, current, ..
            } => {
                let otherwise = match current {
                    Some((negated, condition)) => {
                        arms.push(Arm {
                            negated,
                            condition,
                            body,
                        });
                        None
                    }
                    None => Some(body),
                };
                Node::If(If {
                    arms,
                    otherwise,
                    opener,
                })
            }
            Kind::Case {
                subject,
                mut whens,
                current,
            } => {
                let mut otherwise = None;
                match current {
                    Current::When(values, span) => whens.push(When { values, body, span }),
                    Current::Else => otherwise = Some(body),
                    Current::Nothing => {}
                }
                Node::Case(Case {
                    subject,
                    whens,
                    otherwise,
                    opener,
                })
            }
            Kind::For {
                header,
                body: first,
            } => {
                let (body, otherwise) = match first {
                    Some(first) => (first, Some(body)),
                    None => (body, None),
                };
                let (names, limit, offset, reversed) = match header {
                    Some(header) => (
                        Some((header.name, header.list)),
                        header.limit,
                        header.offset,
                        header.reversed,
                    ),
                    None => (None, None, None, false),
                };
                Node::For(For {
                    header: names,
                    limit,
                    offset,
                    reversed,
                    body,
                    otherwise,
                    opener,
                })
            }
        };
        self.nodes.push(node);
    }

    fn finish(mut self, pieces: Vec<Piece>) -> Parsed {
        while let Some(open) = self.open.pop() {
            // Behind a tag that is too deep nothing was read: its closers are not missing.
            if !self.too_deep {
                self.not_closed(open.opener, open.kind.word());
            }
            self.end(open);
        }
        let mut found = self.diagnostics.into_vec();
        found.sort_by_key(|diagnostic| diagnostic.primary.place);
        let mut diagnostics = Diagnostics::default();
        for diagnostic in found {
            diagnostics.push(diagnostic);
        }
        Parsed {
            tree: Tree { nodes: self.nodes },
            pieces,
            diagnostics,
            refused_names: self.refused_names,
        }
    }
}
