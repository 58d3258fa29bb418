//! Writes the parser of a grammar: the same pairs as pest's own generator, with fewer questions.
//!
//! pest's generator asks every alternative in turn. This one looks at the next byte first and asks
//! only those that can begin with it, and matches what leaves no pairs (white space, words, looks
//! ahead) on the text alone, without pest's state.

use crate::grammar::{Bytes, Class, Grammar, Node, Rule, Wide};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What every parser has.
const COMMON: &str = r#"
type State<'t> = Box<::pest::ParserState<'t, Rule>>;
type Step<'t> = ::pest::ParseResult<State<'t>>;

#[inline(always)]
fn peek(t: &str, at: usize) -> u8 {
    match t.as_bytes().get(at) {
        Some(byte) => *byte,
        None => 0,
    }
}

#[inline(always)]
fn ahead(s: &State<'_>, t: &str) -> u8 {
    peek(t, s.position().pos())
}

#[inline(always)]
fn text(t: &str, at: usize, wanted: &str) -> Option<usize> {
    let to = at + wanted.len();
    (t.as_bytes().get(at..to) == Some(wanted.as_bytes())).then_some(to)
}

#[inline(always)]
fn one(t: &str, at: usize, ascii: impl Fn(u8) -> bool, wide: impl Fn(char) -> bool) -> Option<usize> {
    match t.as_bytes().get(at) {
        Some(byte) if *byte < 0x80 => ascii(*byte).then_some(at + 1),
        Some(_) => t.get(at..)?.chars().next().filter(|c| wide(*c)).map(|c| at + c.len_utf8()),
        None => None,
    }
}

#[inline(always)]
fn run(t: &str, from: usize, ascii: impl Fn(u8) -> bool, wide: impl Fn(char) -> bool) -> usize {
    let mut at = from;
    loop {
        match t.as_bytes().get(at) {
            Some(byte) if *byte < 0x80 => {
                if !ascii(*byte) {
                    return at;
                }
                at += 1;
            }
            Some(_) => match t.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if wide(c) => at += c.len_utf8(),
                _ => return at,
            },
            None => return at,
        }
    }
}

#[inline(always)]
fn rest(t: &str, at: usize) -> &[u8] {
    match t.as_bytes().get(at..) {
        Some(rest) => rest,
        None => &[],
    }
}

#[inline]
fn go<'t>(s: State<'t>, t: &'t str, to: Option<usize>) -> Step<'t> {
    let at = s.position().pos();
    match to {
        None => Err(s),
        Some(to) if to == at => Ok(s),
        Some(to) => match t.get(at..to) {
            Some(matched) => s.match_string(matched),
            None => Err(s),
        },
    }
}

#[inline(always)]
fn either<'t>(done: Step<'t>) -> Step<'t> {
    match done {
        Ok(s) | Err(s) => Ok(s),
    }
}
"#;

/// The source of a module with `Rule` and the parser `Grammar`.
pub fn write(grammar: &Grammar) -> String {
    let mut writer = Writer {
        grammar,
        out: COMMON.to_string(),
        wanted: Vec::new(),
        known: BTreeSet::new(),
        count: 0,
    };
    writer.entry();
    for rule in &grammar.rules {
        writer.rule(rule);
    }
    while let Some(name) = writer.wanted.pop() {
        if let Some(rule) = grammar.rule(&name) {
            let body = writer.plain(&rule.node);
            writer.function(
                &format!("p_{name}(t: &str, at: usize) -> Option<usize>"),
                &body,
            );
        }
    }
    writer.out
}

struct Writer<'a> {
    grammar: &'a Grammar,
    out: String,
    /// Rules that are to be matched on the text alone, and are not written yet.
    wanted: Vec<String>,
    known: BTreeSet<String>,
    count: usize,
}

impl Writer<'_> {
    fn function(&mut self, head: &str, body: &str) {
        let _ = writeln!(self.out, "fn {head} {{\n{body}\n}}");
    }

    fn fresh(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn entry(&mut self) {
        let rules = &self.grammar.rules;
        let listed = |before: &str| {
            let names = rules.iter().map(|rule| format!("{before}{}", rule.name));
            names.collect::<Vec<_>>().join(", ")
        };
        let pairs = rules.iter().filter(|rule| rule.pair);
        let arms: String = pairs
            .map(|rule| format!("Rule::{0} => r_{0}(state, text),\n", rule.name))
            .collect();
        let _ = writeln!(
            self.out,
            "#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Rule {{ EOI, {} }}
impl Rule {{
    pub fn all_rules() -> &'static [Self] {{ &[{}] }}
}}
pub struct Grammar;
impl ::pest::Parser<Rule> for Grammar {{
    fn parse(rule: Rule, text: &str) -> Result<::pest::iterators::Pairs<'_, Rule>, ::pest::error::Error<Rule>> {{
        ::pest::state(text, |state| match rule {{
            {arms}
            Rule::EOI => state.rule(Rule::EOI, |state| state.end_of_input()),
            // A rule that leaves no pair is no way in.
            _ => Err(state),
        }})
    }}
}}",
            listed(""),
            listed("Self::")
        );
    }

    /// The function that matches a rule and leaves its pairs.
    fn rule(&mut self, rule: &Rule) {
        if !rule.pair && self.grammar.silent(&rule.node) {
            return;
        }
        let name = &rule.name;
        let head = format!("r_{name}<'t>(s: State<'t>, t: &'t str) -> Step<'t>");
        let body = if rule.atomic {
            let to = self.plain(&rule.node);
            format!(
                "let at = s.position().pos();
match {to} {{ None => Err(s), to => s.rule(Rule::{name}, |s| go(s, t, to)) }}"
            )
        } else if rule.pair {
            let inner = self.step(&rule.node);
            let needs = self.grammar.needs(&rule.node);
            let inner = format!("s.rule(Rule::{name}, |s| {inner})");
            guarded("ahead(&s, t)", needs, &inner, "Err(s)")
        } else {
            self.step(&rule.node)
        };
        self.function(&head, &body);
    }

    /// An expression of the type `Step` that takes the state `s` on.
    fn step(&mut self, node: &Node) -> String {
        if self.grammar.silent(node) {
            let to = self.plain(node);
            return match node {
                Node::Text(text) if text.is_empty() => "Ok(s)".to_string(),
                _ => format!("{{ let at = s.position().pos(); let to = {to}; go(s, t, to) }}"),
            };
        }
        match node {
            Node::Rule(name) => format!("r_{name}(s, t)"),
            Node::End => "s.rule(Rule::EOI, |s| s.end_of_input())".to_string(),
            Node::Seq(all) => self.steps(all),
            Node::Choice(all) => {
                let inner = all.iter().map(|node| self.step(node)).collect::<Vec<_>>();
                let inner = self.shared(all, inner, |id| {
                    (
                        format!("s{id}<'t>(s: State<'t>, t: &'t str) -> Step<'t>"),
                        format!("s{id}(s, t)"),
                    )
                });
                self.by_byte(all, &inner, "ahead(&s, t)", "Err(s)", "|s|")
            }
            Node::Opt(inner) => {
                let needs = self.grammar.needs(inner);
                let inner = self.step(inner);
                guarded("ahead(&s, t)", needs, &format!("either({inner})"), "Ok(s)")
            }
            Node::Many(inner) => {
                let needs = self.grammar.needs(inner);
                let inner = self.step(inner);
                let inner = guarded("ahead(&s, t)", needs, &inner, "Err(s)");
                format!("s.repeat(|s| {inner})")
            }
            // Only these are left, and they leave no pairs.
            _ => "Err(s)".to_string(),
        }
    }

    fn steps(&mut self, nodes: &[Node]) -> String {
        let mut groups: Vec<Vec<Node>> = Vec::new();
        for node in nodes {
            let silent = self.grammar.silent(node);
            match groups.last_mut() {
                Some(group)
                    if silent && group.last().is_some_and(|last| self.grammar.silent(last)) =>
                {
                    group.push(node.clone());
                }
                _ => groups.push(vec![node.clone()]),
            }
        }
        let mut can_fail = 0;
        let mut first_only = true;
        let mut steps = Vec::new();
        for (at, group) in groups.into_iter().enumerate() {
            let node = match <[Node; 1]>::try_from(group) {
                Ok([one]) => one,
                Err(all) => Node::Seq(all),
            };
            if !self.grammar.certain(&node) {
                can_fail += 1;
                first_only &= at == 0;
            }
            steps.push(self.step(&node));
        }
        let row = steps
            .into_iter()
            .reduce(|row, step| format!("{row}.and_then(|s| {step})"))
            .unwrap_or_default();
        // Nothing is taken back where nothing fails after something has matched.
        if can_fail == 0 || first_only {
            row
        } else {
            format!("s.sequence(|s| {row})")
        }
    }

    /// An expression of the type `Option<usize>`: the end of what matches `t` from `at`.
    fn plain(&mut self, node: &Node) -> String {
        match node {
            Node::Text(text) if text.is_empty() => "Some(at)".to_string(),
            Node::Text(wanted) => format!("text(t, at, {wanted:?})"),
            Node::Class(class) => format!("one(t, at, {})", of_class(class)),
            Node::Rule(name) => {
                if self.known.insert(name.clone()) {
                    self.wanted.push(name.clone());
                }
                format!("p_{name}(t, at)")
            }
            Node::Start => "(at == 0).then_some(at)".to_string(),
            Node::End => "(at == t.len()).then_some(at)".to_string(),
            Node::Seq(all) => {
                let label = format!("'l{}", self.fresh());
                let mut code = format!("{label}: {{ ");
                for node in all {
                    let part = self.plain(node);
                    let _ = writeln!(
                        code,
                        "let Some(at) = ({part}) else {{ break {label} None }};"
                    );
                }
                code + "Some(at) }"
            }
            Node::Choice(all) => {
                let inner = all.iter().map(|node| self.plain(node)).collect::<Vec<_>>();
                let inner = self.shared(all, inner, |id| {
                    (
                        format!("p{id}(t: &str, at: usize) -> Option<usize>"),
                        format!("p{id}(t, at)"),
                    )
                });
                self.by_byte(all, &inner, "peek(t, at)", "None", "||")
            }
            Node::Opt(inner) => {
                let needs = self.grammar.needs(inner);
                let inner = format!("Some(({}).unwrap_or(at))", self.plain(inner));
                guarded("peek(t, at)", needs, &inner, "Some(at)")
            }
            Node::Many(inner) => match &**inner {
                Node::Class(class) => match until(class) {
                    Some(find) => format!("Some({find}.map_or(t.len(), |found| at + found))"),
                    None => format!("Some(run(t, at, {}))", of_class(class)),
                },
                inner => {
                    let needs = self.grammar.needs(inner);
                    let inner = guarded("peek(t, at)", needs, &self.plain(inner), "None");
                    format!(
                        "{{ let mut at = at; loop {{ match {inner} {{ Some(to) if to > at => at = to, _ => break Some(at) }} }} }}"
                    )
                }
            },
            Node::Not(inner) => {
                let needs = self.grammar.needs(inner);
                let inner = guarded("peek(t, at)", needs, &self.plain(inner), "None");
                format!("match {inner} {{ Some(_) => None, None => Some(at) }}")
            }
            Node::Ahead(inner) => format!("({}).map(|_| at)", self.plain(inner)),
        }
    }

    /// Alternatives that more than one byte leads to stand in a function of their own.
    fn shared(
        &mut self,
        nodes: &[Node],
        inner: Vec<String>,
        names: impl Fn(usize) -> (String, String),
    ) -> Vec<String> {
        let small = |node: &Node| matches!(node, Node::Text(_) | Node::Rule(_) | Node::Class(_));
        nodes
            .iter()
            .zip(inner)
            .map(|(node, code)| {
                if small(node) || nodes.len() == 1 {
                    return code;
                }
                let (head, call) = names(self.fresh());
                self.function(&head, &code);
                call
            })
            .collect()
    }

    /// Of these alternatives those that can begin with the next byte, in their order.
    fn by_byte(
        &self,
        nodes: &[Node],
        inner: &[String],
        byte: &str,
        none: &str,
        taking: &str,
    ) -> String {
        let needs: Vec<Bytes> = nodes.iter().map(|node| self.grammar.needs(node)).collect();
        let mut groups: Vec<(Vec<usize>, Bytes)> = Vec::new();
        for byte in 0..=0x80u8 {
            let able: Vec<usize> = (0..nodes.len())
                .filter(|at| needs.get(*at).is_some_and(|needs| needs.has(byte)))
                .collect();
            let here = match byte {
                0x80 => Bytes {
                    ascii: 0,
                    wide: true,
                },
                _ => Bytes {
                    ascii: 1 << byte,
                    wide: false,
                },
            };
            match groups.iter_mut().find(|(known, _)| *known == able) {
                Some((_, bytes)) => *bytes = bytes.or(here),
                None => groups.push((able, here)),
            }
        }
        let chain = |able: &[usize]| {
            able.iter()
                .filter_map(|at| inner.get(*at).cloned())
                .reduce(|row, next| format!("({row}).or_else({taking} {next})"))
                .unwrap_or_else(|| none.to_string())
        };
        if let [(able, _)] = groups.as_slice() {
            return chain(able);
        }
        // The widest group comes last, as what is left.
        groups.sort_by_key(|(_, bytes)| bytes.ascii.count_ones());
        let mut code = format!("match {byte} {{ ");
        let last = groups.pop();
        for (able, bytes) in &groups {
            let _ = writeln!(code, "{} => {},", pattern(*bytes), chain(able));
        }
        let _ = write!(
            code,
            "_ => {} }}",
            chain(&last.unwrap_or((Vec::new(), Bytes::ALL)).0)
        );
        code
    }
}

/// `code` if the next byte is one of `needs`, else `otherwise`.
fn guarded(byte: &str, needs: Bytes, code: &str, otherwise: &str) -> String {
    if needs == Bytes::ALL {
        return code.to_string();
    }
    format!(
        "if matches!({byte}, {}) {{ {code} }} else {{ {otherwise} }}",
        pattern(needs)
    )
}

/// The pattern that these bytes match.
fn pattern(bytes: Bytes) -> String {
    let mut parts = Vec::new();
    let mut byte = 0u8;
    while byte < 0x80 {
        let from = byte;
        while byte < 0x80 && bytes.has(byte) {
            byte += 1;
        }
        match byte - from {
            0 => byte += 1,
            1 => parts.push(from.to_string()),
            _ => parts.push(format!("{from}..={}", byte - 1)),
        }
    }
    if bytes.wide {
        parts.push("128..=255".to_string());
    }
    parts.join(" | ")
}

fn of_class(class: &Class) -> String {
    let ascii = match class.ascii {
        u128::MAX => "|_| true".to_string(),
        0 => "|_| false".to_string(),
        ascii => format!("|b| matches!(b, {})", pattern(Bytes { ascii, wide: false })),
    };
    let wide = match &class.wide {
        Wide::None => "|_| false".to_string(),
        Wide::All => "|_| true".to_string(),
        Wide::When(code) => format!("|c| {code}"),
    };
    format!("{ascii}, {wide}")
}

/// Where the first character stands that is not of a class which leaves out three bytes at most.
fn until(class: &Class) -> Option<String> {
    let bytes: Vec<u8> = (0..128u8)
        .filter(|byte| class.ascii >> byte & 1 == 0)
        .collect();
    if class.wide != Wide::All {
        return None;
    }
    match bytes.as_slice() {
        [a] => Some(format!("::memchr::memchr({a}, rest(t, at))")),
        [a, b] => Some(format!("::memchr::memchr2({a}, {b}, rest(t, at))")),
        [a, b, c] => Some(format!("::memchr::memchr3({a}, {b}, {c}, rest(t, at))")),
        _ => None,
    }
}
