//! The grammar as the generator reads it, and what can be known of a rule before any text is
//! seen: which bytes it can begin with, whether it can fail, whether it leaves pairs.

use pest_meta::ast::{Expr, RuleType};
use std::collections::BTreeMap;
use std::io;

/// Bytes that can stand next. Byte 0 also stands for the end of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes {
    pub ascii: u128,
    /// Any byte of a character outside of ASCII.
    pub wide: bool,
}

impl Bytes {
    pub const NONE: Self = Self {
        ascii: 0,
        wide: false,
    };
    pub const ALL: Self = Self {
        ascii: u128::MAX,
        wide: true,
    };

    pub fn or(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            wide: self.wide || other.wide,
        }
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            ascii: self.ascii & other.ascii,
            wide: self.wide && other.wide,
        }
    }

    pub fn has(self, byte: u8) -> bool {
        if byte < 0x80 {
            self.ascii >> byte & 1 == 1
        } else {
            self.wide
        }
    }
}

/// One character of a set.
#[derive(Clone, PartialEq)]
pub struct Class {
    pub ascii: u128,
    pub wide: Wide,
}

/// Which characters outside of ASCII are in a set.
#[derive(Clone, PartialEq)]
pub enum Wide {
    None,
    All,
    /// Those for which this code about the character `c` is true.
    When(String),
}

impl Class {
    fn of(range: impl Fn(char) -> bool, wide: Wide) -> Self {
        let ascii = (0..128u8)
            .filter(|byte| range(char::from(*byte)))
            .fold(0, |all, byte| all | 1 << byte);
        Self { ascii, wide }
    }

    fn between(low: char, high: char) -> Self {
        let wide = match (low.is_ascii(), high.is_ascii()) {
            (_, true) => Wide::None,
            (true, false) => Wide::When(format!("c <= {high:?}")),
            (false, false) => Wide::When(format!("({low:?}..={high:?}).contains(&c)")),
        };
        Self::of(|c| low <= c && c <= high, wide)
    }

    fn property(name: &str) -> Option<Self> {
        let has = pest::unicode::by_name(name)?;
        Some(Self::of(
            has,
            Wide::When(format!("::pest::unicode::{name}(c)")),
        ))
    }

    fn or(self, other: Self) -> Self {
        let wide = match (self.wide, other.wide) {
            (Wide::All, _) | (_, Wide::All) => Wide::All,
            (Wide::None, some) | (some, Wide::None) => some,
            (Wide::When(a), Wide::When(b)) => Wide::When(format!("{a} || {b}")),
        };
        Self {
            ascii: self.ascii | other.ascii,
            wide,
        }
    }

    fn without(self, other: &Self) -> Self {
        let wide = match (self.wide, &other.wide) {
            (some, Wide::None) => some,
            (_, Wide::All) | (Wide::None, _) => Wide::None,
            (Wide::All, Wide::When(b)) => Wide::When(format!("!({b})")),
            (Wide::When(a), Wide::When(b)) => Wide::When(format!("({a}) && !({b})")),
        };
        Self {
            ascii: self.ascii & !other.ascii,
            wide,
        }
    }

    pub fn bytes(&self) -> Bytes {
        Bytes {
            ascii: self.ascii,
            wide: self.wide != Wide::None,
        }
    }
}

/// What a rule says.
#[derive(Clone, PartialEq)]
pub enum Node {
    Text(String),
    Class(Class),
    Rule(String),
    Start,
    End,
    Seq(Vec<Node>),
    Choice(Vec<Node>),
    Opt(Box<Node>),
    Many(Box<Node>),
    Not(Box<Node>),
    Ahead(Box<Node>),
}

pub struct Rule {
    pub name: String,
    /// Leaves a pair.
    pub pair: bool,
    /// What stands in it leaves none.
    pub atomic: bool,
    pub node: Node,
}

pub struct Grammar {
    pub rules: Vec<Rule>,
    index: BTreeMap<String, usize>,
}

impl Grammar {
    /// Reads a grammar, as pest reads it.
    pub fn read(text: &str) -> io::Result<Self> {
        let wrong = |errors: Vec<pest::error::Error<_>>| {
            let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
            io::Error::other(all.join("\n"))
        };
        let pairs = pest_meta::parser::parse(pest_meta::parser::Rule::grammar_rules, text)
            .map_err(|error| wrong(vec![error]))?;
        pest_meta::validator::validate_pairs(pairs.clone()).map_err(wrong)?;
        let mut rules = Vec::new();
        for rule in pest_meta::parser::consume_rules(pairs).map_err(wrong)? {
            let (pair, atomic) = match rule.ty {
                RuleType::Normal => (true, false),
                RuleType::Silent => (false, false),
                RuleType::Atomic => (true, true),
                _ => return Err(unknown(&rule.name)),
            };
            // White space between tokens is written out in our grammar.
            if ["WHITESPACE", "COMMENT"].contains(&rule.name.as_str()) {
                return Err(unknown(&rule.name));
            }
            rules.push(Rule {
                node: node(rule.expr)?,
                name: rule.name,
                pair,
                atomic,
            });
        }
        let index = rules
            .iter()
            .enumerate()
            .map(|(at, rule)| (rule.name.clone(), at))
            .collect();
        Ok(Self { rules, index })
    }

    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.index.get(name).and_then(|at| self.rules.get(*at))
    }

    /// The bytes that what matches can begin with, and whether it can be empty. Never too few.
    pub fn first(&self, node: &Node) -> (Bytes, bool) {
        match node {
            Node::Text(text) => match text.bytes().next() {
                None => (Bytes::NONE, true),
                Some(byte) => {
                    let ascii = if byte < 0x80 { 1 << byte } else { 0 };
                    let wide = byte >= 0x80;
                    (Bytes { ascii, wide }, false)
                }
            },
            Node::Class(class) => (class.bytes(), false),
            Node::Rule(name) => match self.rule(name) {
                Some(rule) => self.first(&rule.node),
                None => (Bytes::ALL, true),
            },
            Node::End => (
                Bytes {
                    ascii: 1,
                    ..Bytes::NONE
                },
                false,
            ),
            Node::Start | Node::Not(_) | Node::Ahead(_) => (Bytes::NONE, true),
            Node::Opt(inner) | Node::Many(inner) => (self.first(inner).0, true),
            Node::Choice(all) => all.iter().fold((Bytes::NONE, false), |sum, node| {
                let (first, empty) = self.first(node);
                (sum.0.or(first), sum.1 || empty)
            }),
            Node::Seq(all) => self.first_of(all),
        }
    }

    fn first_of(&self, nodes: &[Node]) -> (Bytes, bool) {
        let mut sum = Bytes::NONE;
        let mut mask = Bytes::ALL;
        for node in nodes {
            match node {
                Node::Not(inner) => {
                    if let Node::Class(class) = &**inner {
                        mask.ascii &= !class.ascii;
                    }
                }
                Node::Ahead(inner) => {
                    let (first, empty) = self.first(inner);
                    if !empty {
                        mask = mask.and(first);
                    }
                }
                _ => {
                    let (first, empty) = self.first(node);
                    sum = sum.or(first.and(mask));
                    if !empty {
                        return (sum, false);
                    }
                }
            }
        }
        (sum, true)
    }

    /// The bytes without which `node` fails.
    pub fn needs(&self, node: &Node) -> Bytes {
        match self.first(node) {
            (first, false) => first,
            (_, true) => Bytes::ALL,
        }
    }

    /// Whether `node` leaves no pair.
    pub fn silent(&self, node: &Node) -> bool {
        match node {
            Node::End => false,
            Node::Rule(name) => self
                .rule(name)
                .is_some_and(|rule| !rule.pair && self.silent(&rule.node)),
            Node::Seq(all) | Node::Choice(all) => all.iter().all(|node| self.silent(node)),
            Node::Opt(inner) | Node::Many(inner) => self.silent(inner),
            _ => true,
        }
    }

    /// Whether `node` matches whatever stands there.
    pub fn certain(&self, node: &Node) -> bool {
        match node {
            Node::Text(text) => text.is_empty(),
            Node::Opt(_) | Node::Many(_) => true,
            Node::Rule(name) => self
                .rule(name)
                .is_some_and(|rule| matches!(&rule.node, Node::Text(text) if text.is_empty())),
            Node::Seq(all) => all.iter().all(|node| self.certain(node)),
            Node::Choice(all) => all.iter().any(|node| self.certain(node)),
            _ => false,
        }
    }
}

fn unknown(what: &str) -> io::Error {
    io::Error::other(format!(
        "the grammar uses `{what}`, which build/ does not know"
    ))
}

fn node(expr: Expr) -> io::Result<Node> {
    let boxed = |expr: Box<Expr>| node(*expr).map(Box::new);
    Ok(match expr {
        Expr::Str(text) => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(only), None) => Node::Class(Class::between(only, only)),
                _ => Node::Text(text),
            }
        }
        Expr::Range(low, high) => match (low.chars().next(), high.chars().next()) {
            (Some(low), Some(high)) => Node::Class(Class::between(low, high)),
            _ => return Err(unknown("..")),
        },
        Expr::Ident(name) => named(name),
        Expr::PosPred(inner) => Node::Ahead(boxed(inner)?),
        Expr::NegPred(inner) => Node::Not(boxed(inner)?),
        Expr::Seq(left, right) => {
            let mut all = Vec::new();
            for side in [node(*left)?, node(*right)?] {
                match side {
                    Node::Seq(more) => all.extend(more),
                    one => all.push(one),
                }
            }
            in_a_row(all)
        }
        Expr::Choice(left, right) => {
            let mut all: Vec<Node> = Vec::new();
            for side in [node(*left)?, node(*right)?] {
                let more = match side {
                    Node::Choice(more) => more,
                    one => vec![one],
                };
                for one in more {
                    match (all.pop(), one) {
                        (Some(Node::Class(a)), Node::Class(b)) => all.push(Node::Class(a.or(b))),
                        (before, one) => {
                            all.extend(before);
                            all.push(one);
                        }
                    }
                }
            }
            match <[Node; 1]>::try_from(all) {
                Ok([one]) => one,
                Err(all) => Node::Choice(all),
            }
        }
        Expr::Opt(inner) => Node::Opt(boxed(inner)?),
        Expr::Rep(inner) => Node::Many(boxed(inner)?),
        Expr::RepOnce(inner) => {
            let inner = node(*inner)?;
            Node::Seq(vec![inner.clone(), Node::Many(Box::new(inner))])
        }
        Expr::RepExact(inner, count) => repeated(&node(*inner)?, count, count),
        Expr::RepMinMax(inner, least, most) => repeated(&node(*inner)?, least, most),
        other => return Err(unknown(&other.to_string())),
    })
}

fn repeated(node: &Node, least: u32, most: u32) -> Node {
    let once = |count| match count < least {
        true => node.clone(),
        false => Node::Opt(Box::new(node.clone())),
    };
    Node::Seq((0..most).map(once).collect())
}

/// `!"x" ~ ANY` is one character that is no `x`.
fn in_a_row(nodes: Vec<Node>) -> Node {
    let mut all: Vec<Node> = Vec::new();
    for node in nodes {
        let before = all.pop();
        match (before, node) {
            (Some(Node::Not(not)), Node::Class(class)) if matches!(*not, Node::Class(_)) => {
                if let Node::Class(not) = *not {
                    all.push(Node::Class(class.without(&not)));
                }
            }
            (before, node) => {
                all.extend(before);
                all.push(node);
            }
        }
    }
    match <[Node; 1]>::try_from(all) {
        Ok([one]) => one,
        Err(all) => Node::Seq(all),
    }
}

fn named(name: String) -> Node {
    let class = match name.as_str() {
        "SOI" => return Node::Start,
        "EOI" => return Node::End,
        "ANY" => Class::of(|_| true, Wide::All),
        "ASCII_DIGIT" => Class::of(|c| c.is_ascii_digit(), Wide::None),
        "ASCII_ALPHA" => Class::of(|c| c.is_ascii_alphabetic(), Wide::None),
        "ASCII_ALPHA_UPPER" => Class::of(|c| c.is_ascii_uppercase(), Wide::None),
        "ASCII_ALPHANUMERIC" => Class::of(|c| c.is_ascii_alphanumeric(), Wide::None),
        other => match Class::property(other) {
            Some(class) => class,
            None => return Node::Rule(name),
        },
    };
    Node::Class(class)
}
