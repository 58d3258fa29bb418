//! The pest grammar of a piece, and the step from its pairs to our tree.
//!
//! `Rule` stays in this file: everything it gives out is ours.

use super::tree::{
    Chain, Comparator, Condition, FilterCall, Literal, Path, Segment, Test, Value, ValueKind,
};
use super::{quick, words};
use crate::source::Span;
use pest::Parser as _;
use pest::iterators::Pair;

/// What the parser of a piece says about a mistake: where, what, and what to do.
#[derive(Debug, Clone)]
pub struct Mistake {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl Mistake {
    pub fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

type Result<T> = std::result::Result<T, Mistake>;

mod generated {
    #![allow(missing_docs, reason = "the derive documents nothing")]
    /// The parser that pest derives.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/liquid.pest"]
    pub struct LiquidParser;
}

use generated::{LiquidParser, Rule};

/// A piece: what stands inside the braces, and where.
#[derive(Clone, Copy)]
pub struct Inside<'a> {
    pub text: &'a str,
    pub span: Span,
}

impl<'a> Inside<'a> {
    fn of(self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        let (start, end) = (span.start(), span.end());
        let trimmed = span.as_str().trim_end().len();
        let end = end.min(start + trimmed);
        Span::new(
            self.span.start + u32::try_from(start).unwrap_or(u32::MAX),
            self.span.start + u32::try_from(end).unwrap_or(u32::MAX),
        )
    }

    fn parse(self, rule: Rule) -> Result<Vec<Pair<'a, Rule>>> {
        let pairs = LiquidParser::parse(rule, self.text).map_err(|_| {
            Mistake::new(
                self.span,
                "this cannot be read",
                "write a name like `member.first_name`",
            )
        })?;
        Ok(pairs
            .into_iter()
            .flat_map(Pair::into_inner)
            .filter(|pair| pair.as_rule() != Rule::EOI)
            .collect())
    }

    /// Refuses what the grammar did not understand, in a user's words.
    fn refuse_junk(self, pairs: &[Pair<'a, Rule>]) -> Result<()> {
        match pairs.iter().find(|pair| pair.as_rule() == Rule::junk) {
            Some(junk) => {
                let before = self
                    .text
                    .get(..junk.as_span().start())
                    .unwrap_or("")
                    .trim_end();
                Err(words::junk(before, junk.as_str(), self.of(junk)))
            }
            None => Ok(()),
        }
    }

    /// `member.first_name | default: 'friend'`
    pub fn output(self) -> Result<Chain> {
        match quick::output(self.text, self.span.start) {
            Some(chain) => Ok(chain),
            None => self.output_by_grammar(),
        }
    }

    /// What [`Inside::output`] gives, by the grammar alone.
    pub(super) fn output_by_grammar(self) -> Result<Chain> {
        let pairs = self.parse(Rule::output)?;
        self.refuse_junk(&pairs)?;
        match pairs.first() {
            Some(chain) => self.chain(chain.clone()),
            None => Err(Mistake::new(
                self.span,
                "nothing stands between the braces",
                "write a name like `{{ member.first_name }}`, or remove the braces",
            )),
        }
    }

    /// What follows `if`, `unless` or `elsif`.
    pub fn condition(self, tag: &str) -> Result<Condition> {
        match quick::condition(self.text, self.span.start) {
            Some(condition) => Ok(condition),
            None => self.condition_by_grammar(tag),
        }
    }

    /// What [`Inside::condition`] gives, by the grammar alone.
    pub(super) fn condition_by_grammar(self, tag: &str) -> Result<Condition> {
        let pairs = self.parse(Rule::condition)?;
        self.refuse_junk(&pairs)?;
        let mut any = vec![Vec::new()];
        let mut joined = true;
        for pair in pairs {
            match pair.as_rule() {
                Rule::test => {
                    let test = self.test(pair)?;
                    if let Some(all) = any.last_mut() {
                        all.push(test);
                    }
                    joined = false;
                }
                _ => {
                    let at = self.of(&pair);
                    let word = pair.as_str().trim();
                    if let Some(right) = match word {
                        "&&" => Some("and"),
                        "||" => Some("or"),
                        _ => None,
                    } {
                        return Err(Mistake::new(
                            at,
                            format!("`{word}` is not a word of Liquid"),
                            format!("write `{right}`"),
                        ));
                    }
                    if joined {
                        return Err(missing_condition(at, word));
                    }
                    if word == "or" {
                        any.push(Vec::new());
                    }
                    joined = true;
                }
            }
        }
        if joined {
            return Err(missing_condition(self.span, tag));
        }
        Ok(Condition { any })
    }

    /// What follows `case`.
    pub fn subject(self) -> Result<Value> {
        let pairs = self.parse(Rule::subject)?;
        self.refuse_junk(&pairs)?;
        match pairs.first() {
            Some(pair) => self.value(pair.clone()),
            None => Err(Mistake::new(
                self.span,
                "`case` says nothing to compare",
                "write the value that the `when`s compare: `{% case member.stage %}`",
            )),
        }
    }

    /// What follows `when`.
    pub fn choices(self) -> Result<Vec<Value>> {
        let pairs = self.parse(Rule::choices)?;
        self.refuse_junk(&pairs)?;
        let values: Vec<Value> = pairs
            .into_iter()
            .filter(|pair| pair.as_rule() == Rule::value)
            .map(|pair| self.value(pair))
            .collect::<Result<_>>()?;
        if values.is_empty() {
            return Err(Mistake::new(
                self.span,
                "`when` says nothing to compare with",
                "write a value: `{% when 'loyalty' %}`",
            ));
        }
        Ok(values)
    }

    /// What follows `for`.
    pub fn header(self) -> Result<Header> {
        let pairs = self.parse(Rule::r#loop)?;
        self.refuse_junk(&pairs)?;
        let mut name = None;
        let mut has_in = false;
        let mut list = None;
        let mut header_options = (None, None, false);
        for pair in pairs {
            match pair.as_rule() {
                Rule::name => name = Some(self.segment(&pair)),
                Rule::in_word => has_in = true,
                Rule::path => list = Some(self.path(pair)),
                _ => {
                    let Some(option) = pair.into_inner().next() else {
                        continue;
                    };
                    let rule = option.as_rule();
                    let at = self.of(&option);
                    let value = option.into_inner().next();
                    let value = value.map(|value| self.value(value)).transpose()?;
                    match (rule, value) {
                        (Rule::reversed, _) => header_options.2 = true,
                        (Rule::limit, Some(value)) => header_options.0 = Some(value),
                        (_, Some(value)) => header_options.1 = Some(value),
                        (_, None) => {
                            return Err(Mistake::new(
                                at,
                                "this option says no number",
                                "write a number behind the colon: `limit: 3`",
                            ));
                        }
                    }
                }
            }
        }
        match (name, has_in, list) {
            (Some(name), true, Some(list)) => Ok(Header {
                name,
                list,
                limit: header_options.0,
                offset: header_options.1,
                reversed: header_options.2,
            }),
            _ => Err(Mistake::new(
                self.span,
                "this `for` does not say what it goes through",
                "write `{% for gift in member.gifts %}`",
            )),
        }
    }

    fn chain(self, pair: Pair<'_, Rule>) -> Result<Chain> {
        let mut value = None;
        let mut filters = Vec::new();
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::value {
                value = Some(self.value(inner)?);
            } else {
                filters.push(self.filter(inner)?);
            }
        }
        value
            .map(|value| Chain { value, filters })
            .ok_or_else(|| Mistake::new(self.span, "no value stands here", "write a name"))
    }

    fn filter(self, pair: Pair<'_, Rule>) -> Result<FilterCall> {
        let at = self.of(&pair);
        let mut name = None;
        let mut args = Vec::new();
        let mut wants = false;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::name => name = Some(self.segment(&inner)),
                Rule::argument => {
                    let mut parts = inner.into_inner();
                    let mut part = parts.next();
                    if let Some(keyword) = part.as_ref().filter(|p| p.as_rule() == Rule::keyword) {
                        return Err(Mistake::new(
                            self.of(keyword),
                            "a filter's arguments have no names",
                            "write the value alone, and the next behind a comma",
                        ));
                    }
                    if let Some(value) = part.take() {
                        args.push(self.value(value)?);
                    }
                    wants = false;
                }
                // A colon or a comma.
                _ => {
                    if wants {
                        break;
                    }
                    wants = true;
                }
            }
        }
        let Some(name) = name else {
            return Err(Mistake::new(
                at,
                "no filter stands behind this `|`",
                "write a filter like `default: 'friend'`, or remove the `|`",
            ));
        };
        if wants {
            return Err(Mistake::new(
                at,
                format!("an argument of `{}` is missing", name.text),
                "write a text in quotes, a number or a name behind the `:` or `,`",
            ));
        }
        Ok(FilterCall {
            span: Span::new(name.span.start, at.end),
            name,
            args,
        })
    }

    fn test(self, pair: Pair<'_, Rule>) -> Result<Test> {
        let span = self.of(&pair);
        let mut left = None;
        let mut comparator = None;
        let mut right = None;
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::comparator {
                comparator = Some((self.comparator(&inner)?, self.of(&inner)));
            } else if left.is_none() {
                left = Some(self.value(inner)?);
            } else {
                right = Some(self.value(inner)?);
            }
        }
        let left = left.ok_or_else(|| missing_condition(span, "if"))?;
        let right = match (comparator, right) {
            (Some((comparator, _)), Some(right)) => Some((comparator, right)),
            (Some((comparator, at)), None) => {
                return Err(Mistake::new(
                    at,
                    format!(
                        "nothing to compare with stands behind `{}`",
                        comparator.text()
                    ),
                    "write a text in quotes, a number or a name",
                ));
            }
            (None, _) => None,
        };
        Ok(Test { left, right, span })
    }

    fn comparator(self, pair: &Pair<'_, Rule>) -> Result<Comparator> {
        let word = pair.as_str().trim();
        Ok(match word {
            "==" => Comparator::Equal,
            "!=" => Comparator::NotEqual,
            "<" => Comparator::Less,
            "<=" => Comparator::LessEqual,
            ">" => Comparator::Greater,
            ">=" => Comparator::GreaterEqual,
            "contains" => Comparator::Contains,
            _ => {
                let right = if word == "=" { "==" } else { "!=" };
                return Err(Mistake::new(
                    self.of(pair),
                    format!("`{word}` does not compare"),
                    format!("write `{right}`"),
                ));
            }
        })
    }

    fn value(self, pair: Pair<'_, Rule>) -> Result<Value> {
        let span = self.of(&pair);
        let inner = pair
            .into_inner()
            .next()
            .ok_or_else(|| Mistake::new(span, "no value stands here", "write a name"))?;
        let word = inner.as_str();
        let kind = match inner.as_rule() {
            Rule::text => {
                let text = word.get(1..word.len().saturating_sub(1)).unwrap_or("");
                ValueKind::Literal(Literal::Text(text.into()))
            }
            Rule::number if word.contains('.') => ValueKind::Literal(Literal::Decimal(word.into())),
            Rule::number => ValueKind::Literal(Literal::Int(word.parse().map_err(|_| {
                Mistake::new(
                    span,
                    "this number is too large",
                    "write a number of at most 18 digits",
                )
            })?)),
            _ => {
                let path = self.path(inner);
                match literal_word(&path) {
                    Some(literal) => ValueKind::Literal(literal),
                    None => ValueKind::Path(path),
                }
            }
        };
        Ok(Value { kind, span })
    }

    fn path(self, pair: Pair<'_, Rule>) -> Path {
        let span = self.of(&pair);
        let mut names = pair.into_inner().map(|name| self.segment(&name));
        let first = names.next().unwrap_or(Segment {
            text: Default::default(),
            span,
        });
        Path {
            first,
            rest: names.collect(),
            span,
        }
    }

    fn segment(self, pair: &Pair<'_, Rule>) -> Segment {
        Segment {
            text: pair.as_str().trim_end().into(),
            span: self.of(pair),
        }
    }
}

/// What follows `for`.
pub struct Header {
    pub name: Segment,
    pub list: Path,
    pub limit: Option<Value>,
    pub offset: Option<Value>,
    pub reversed: bool,
}

/// The words that stand for values.
pub(super) fn literal_word(path: &Path) -> Option<Literal> {
    if !path.rest.is_empty() {
        return None;
    }
    Some(match path.first.text.as_str() {
        "true" => Literal::Bool(true),
        "false" => Literal::Bool(false),
        "nil" | "null" => Literal::Nil,
        "blank" => Literal::Blank,
        "empty" => Literal::Empty,
        _ => return None,
    })
}

fn missing_condition(span: Span, word: &str) -> Mistake {
    Mistake::new(
        span,
        format!("a condition is missing at `{word}`"),
        "write what must hold: `{% if member.first_name %}` or `{% if amount > 50 %}`",
    )
}
