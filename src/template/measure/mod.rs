//! Measuring: how long what a template shows can get, before anybody is written to.
//!
//! A template is walked as it is rendered, with the longest values in place of real ones: a
//! `text(40)` counts as 40 characters, an amount as the longest in its language, a choice as its
//! longest way. Two figures are kept throughout: with *usual* values and with *any* ([`Reach`]). No
//! text that is rendered is longer than the second, unless something in it has no bound ([`Open`]).

mod extent;
mod filters;
mod longest;
mod value;

pub use extent::{Extent, Size};
pub use longest::{Longest, Reach, Shown};

use crate::source::{Place, Span};
use crate::template::liquid::{self, Chain, For, Literal, Node, ValueKind};
use crate::template::render::Renderer;
use crate::template::{Format, Scope};
use longest::shown_in;
use smol_str::SmolStr;
use value::{Form, Local};

/// What messages show besides the values of the person.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The page where a person unsubscribes, as `jalon.toml` has it.
    pub unsubscribe_url: String,
    /// What `{{ sender_address }}` shows.
    pub sender_address: String,
}

/// Measures templates. What it finds out about a language is kept for the next one.
#[derive(Debug, Default)]
pub struct Measurer {
    longest: Longest,
    renderer: std::sync::OnceLock<Renderer>,
    settings: Settings,
}

/// Why something that a template shows has no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A `text` without a length.
    Text,
    /// An address on the web or of mail: its type has no useful bound.
    Address,
    /// A list without `limit`.
    List,
    /// The page to unsubscribe, which carries the id of the send.
    Unsubscribe,
}

/// Something in a template that has no bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The path as written.
    pub path: String,
    /// Why.
    pub cause: Cause,
    /// Where it is shown, in the template.
    pub span: Span,
    /// Where it is declared, if somewhere.
    pub declared: Option<Place>,
}

/// How long a template can get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What stands in it for everybody: no values but those written in it.
    pub own: Extent,
    /// With values; what has no bound counts as it usually is.
    pub reach: Reach,
    /// What has no bound, each once.
    pub open: Vec<Open>,
}

impl Measurer {
    /// A measurer for the messages of a project.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// Measures a template as it is shown in a language; `tree` is what its text was parsed to.
    ///
    /// For MJML this is the HTML that it was turned into, with [`Format::Html`]. Of a template
    /// with errors, what can be read is measured.
    #[must_use]
    pub fn measure(
        &self,
        text: &str,
        tree: &liquid::Tree,
        format: Format,
        language: &str,
        scope: &dyn Scope,
    ) -> Measure {
        let mut walk = Walk {
            measurer: self,
            text,
            format,
            language,
            scope,
            locals: Vec::new(),
            open: Vec::new(),
        };
        let found = walk.nodes(&tree.nodes);
        Measure {
            own: found.own,
            reach: found.reach,
            open: walk.open,
        }
    }

    fn renderer(&self) -> &Renderer {
        self.renderer.get_or_init(Renderer::new)
    }
}

/// The measure of a piece of a template.
#[derive(Debug, Clone, Copy)]
struct Found {
    own: Extent,
    reach: Reach,
}

impl Found {
    const EMPTY: Self = Self::own(Extent::EMPTY);

    const fn own(extent: Extent) -> Self {
        Self {
            own: extent,
            reach: Reach::same(extent),
        }
    }

    fn join(self, other: Self, join: impl Fn(Extent, Extent) -> Extent) -> Self {
        Self {
            own: join(self.own, other.own),
            reach: Reach {
                usual: join(self.reach.usual, other.reach.usual),
                most: join(self.reach.most, other.reach.most),
            },
        }
    }

    fn each(self, change: impl Fn(Extent) -> Extent) -> Self {
        self.join(self, |extent, _| change(extent))
    }
}

/// The walk over one template.
struct Walk<'a> {
    measurer: &'a Measurer,
    text: &'a str,
    format: Format,
    language: &'a str,
    scope: &'a dyn Scope,
    locals: Vec<Local>,
    open: Vec<Open>,
}

impl Walk<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> Found {
        let mut whole = Found::EMPTY;
        for node in nodes {
            let found = self.node(node);
            whole = whole.join(found, Extent::then);
        }
        whole
    }

    fn node(&mut self, node: &Node) -> Found {
        match node {
            Node::Text(span) | Node::Raw(span) => Found::own(Extent::of(span.text(self.text))),
            Node::Output(output) => self.output(&output.chain, output.span),
            Node::If(node) => {
                let bodies = node.arms.iter().map(|arm| arm.body.as_slice());
                self.either(bodies, node.otherwise.as_deref())
            }
            Node::Case(node) => {
                let bodies = node.whens.iter().map(|when| when.body.as_slice());
                self.either(bodies, node.otherwise.as_deref())
            }
            Node::For(node) => self.for_node(node),
        }
    }

    /// One of the bodies is shown, or what stands behind `else`.
    fn either<'n>(
        &mut self,
        bodies: impl Iterator<Item = &'n [Node]>,
        otherwise: Option<&[Node]>,
    ) -> Found {
        let last = otherwise.map_or(Found::EMPTY, |body| self.nodes(body));
        bodies.fold(last, |longest, body| {
            let found = self.nodes(body);
            longest.join(found, Extent::or)
        })
    }

    fn for_node(&mut self, node: &For) -> Found {
        let empty = node
            .otherwise
            .as_deref()
            .map_or(Found::EMPTY, |body| self.nodes(body));
        let Some((name, list)) = &node.header else {
            return empty;
        };
        let limit = node.limit.as_ref().and_then(|value| self.count(value));
        let (item, declared) = self.item_of(list);
        let rounds = limit.unwrap_or(1);
        self.locals.push(Local {
            name: name.text.clone(),
            item,
            rounds: limit,
        });
        let body = self.nodes(&node.body);
        self.locals.pop();
        if limit.is_none() && body.reach.most.longest().chars > 0 {
            self.note(Cause::List, list.text(), list.span, declared);
        }
        let rounds = u64::try_from(rounds).unwrap_or(0);
        body.each(|extent| extent.up_to(rounds))
            .join(empty, Extent::or)
    }

    /// A number of rounds, if it has an upper bound that is not that of its type.
    fn count(&mut self, value: &liquid::Value) -> Option<i64> {
        match &value.kind {
            ValueKind::Literal(Literal::Int(number)) => Some((*number).max(0)),
            ValueKind::Literal(_) => None,
            ValueKind::Path(path) => match self.path(path).as_slice() {
                [Form::Shown(Shown::Int(_, most))] if *most < i64::MAX => Some((*most).max(0)),
                _ => None,
            },
        }
    }

    fn output(&mut self, chain: &Chain, span: Span) -> Found {
        let forms = self.chain(chain);
        let none = Found {
            own: Extent::NONE,
            reach: Reach::same(Extent::NONE),
        };
        let whole = forms.iter().fold(none, |longest, form| {
            let found = self.shown(form, span);
            longest.join(found, Extent::or)
        });
        if forms.is_empty() {
            Found::EMPTY
        } else {
            whole
        }
    }

    fn shown(&mut self, form: &Form, span: Span) -> Found {
        match form {
            Form::Exact { text, own } => {
                let extent = Extent::of(&shown_in(self.format, text.to_string()));
                Found {
                    own: if *own { extent } else { Extent::EMPTY },
                    reach: Reach::same(extent),
                }
            }
            Form::Shown(shown) => {
                let longest = &self.measurer.longest;
                Found {
                    own: Extent::EMPTY,
                    reach: longest.of(self.language, self.format, shown),
                }
            }
            Form::Text(reach) => Found {
                own: Extent::EMPTY,
                reach: self.escaped(*reach),
            },
            Form::Open {
                cause,
                path,
                declared,
                usual,
            } => {
                self.note(*cause, path.clone(), span, *declared);
                Found {
                    own: Extent::EMPTY,
                    reach: Reach {
                        usual: Extent::plain(*usual, 1),
                        most: Extent::any(*usual, 4),
                    },
                }
            }
            Form::List(..) | Form::Silent => Found::EMPTY,
        }
    }

    /// In HTML each character may become an entity of six.
    fn escaped(&self, reach: Reach) -> Reach {
        if !self.format.escapes() {
            return reach;
        }
        let chars = reach.most.longest().chars;
        Reach {
            most: Extent::any(chars.saturating_mul(6), 1),
            ..reach
        }
    }

    fn note(&mut self, cause: Cause, path: String, span: Span, declared: Option<Place>) {
        if !self.open.iter().any(|open| open.path == path) {
            self.open.push(Open {
                path,
                cause,
                span,
                declared,
            });
        }
    }
}

/// The name of a loop's own variable.
const FORLOOP: SmolStr = SmolStr::new_static("forloop");
