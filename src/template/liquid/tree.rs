//! The tree of a Liquid template. Spans are byte offsets in the template's text.

#![allow(
    missing_docs,
    reason = "fields are named by the grammar; each type shows its form"
)]

use crate::source::Span;
use smol_str::SmolStr;

/// A whole template.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
}

/// A piece of a template. Comments are not kept.
#[derive(Debug, Clone)]
pub enum Node {
    /// Text that is shown as it is; what whitespace control takes away is not in the span.
    Text(Span),
    /// The inside of `{% raw %}...{% endraw %}`.
    Raw(Span),
    Output(Output),
    If(If),
    Case(Case),
    For(For),
}

/// `{{ chain }}`
#[derive(Debug, Clone)]
pub struct Output {
    pub chain: Chain,
    /// With its braces.
    pub span: Span,
}

/// `value | filter: argument | filter`
#[derive(Debug, Clone)]
pub struct Chain {
    pub value: Value,
    pub filters: Vec<FilterCall>,
}

/// `default: 'friend'`
#[derive(Debug, Clone)]
pub struct FilterCall {
    pub name: Segment,
    pub args: Vec<Value>,
    /// From the name to the last argument.
    pub span: Span,
}

/// A literal or a path.
#[derive(Debug, Clone)]
pub struct Value {
    pub kind: ValueKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ValueKind {
    Literal(Literal),
    Path(Path),
}

/// What is written in place of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// Between `'` or `"`; there are no escapes.
    Text(SmolStr),
    Int(i64),
    /// As written: `-12.50`.
    Decimal(SmolStr),
    Bool(bool),
    /// `nil` or `null`: unknown.
    Nil,
    /// `blank`: unknown, or a text of nothing but spaces.
    Blank,
    /// `empty`: a text or list with nothing in it.
    Empty,
}

/// `member.first_name`
#[derive(Debug, Clone)]
pub struct Path {
    pub first: Segment,
    pub rest: Vec<Segment>,
    pub span: Span,
}

impl Path {
    /// The path as it is written.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.first.text.to_string();
        for segment in &self.rest {
            text.push('.');
            text.push_str(&segment.text);
        }
        text
    }
}

/// A name and where it stands.
#[derive(Debug, Clone)]
pub struct Segment {
    pub text: SmolStr,
    pub span: Span,
}

/// `{% if %}...{% elsif %}...{% else %}...{% endif %}`, or `{% unless %}`.
#[derive(Debug, Clone)]
pub struct If {
    /// `if` or `elsif` with their bodies, at least one.
    pub arms: Vec<Arm>,
    /// The body of `else`.
    pub otherwise: Option<Vec<Node>>,
    /// The opening tag.
    pub opener: Span,
}

/// A condition and what is shown when it holds.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Whether the body is shown when the condition does not hold (`unless`).
    pub negated: bool,
    /// Missing if it could not be read; that is reported.
    pub condition: Option<Condition>,
    pub body: Vec<Node>,
}

/// Tests joined by `and` inside, `or` outside: `and` binds tighter.
#[derive(Debug, Clone)]
pub struct Condition {
    pub any: Vec<Vec<Test>>,
}

/// `value`, or `value comparator value`.
#[derive(Debug, Clone)]
pub struct Test {
    pub left: Value,
    pub right: Option<(Comparator, Value)>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Contains,
}

impl Comparator {
    /// As it is written.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Contains => "contains",
        }
    }
}

/// `{% case %}{% when %}...{% else %}...{% endcase %}`
#[derive(Debug, Clone)]
pub struct Case {
    /// Missing if it could not be read; that is reported.
    pub subject: Option<Value>,
    pub whens: Vec<When>,
    pub otherwise: Option<Vec<Node>>,
    pub opener: Span,
}

/// `{% when 'a', 'b' %}...`
#[derive(Debug, Clone)]
pub struct When {
    pub values: Vec<Value>,
    pub body: Vec<Node>,
    pub span: Span,
}

/// `{% for gift in member.gifts limit: 3 %}...{% else %}...{% endfor %}`
#[derive(Debug, Clone)]
pub struct For {
    /// The name that each item bears. With `list`, missing if it could not be read.
    pub header: Option<(Segment, Path)>,
    pub limit: Option<Value>,
    pub offset: Option<Value>,
    pub reversed: bool,
    pub body: Vec<Node>,
    /// What is shown when the list is empty.
    pub otherwise: Option<Vec<Node>>,
    pub opener: Span,
}
