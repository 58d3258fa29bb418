//! `if` and `unless`: the crate's own compare binary floating point, and recurse at each `elsif`.

use super::compare;
use crate::template::liquid::Comparator;
use liquid_core::error::Result;
use liquid_core::model::{Value, ValueCow};
use liquid_core::parser::{
    BlockElement, BlockReflection, Language, ParseBlock, TagBlock, TagTokenIter,
};
use liquid_core::runtime::{Expression, Renderable, Runtime, Template};
use std::io::Write;

/// A block that shows one of its bodies.
#[derive(Debug, Clone, Copy)]
pub struct IfBlock {
    start: &'static str,
    end: &'static str,
}

impl IfBlock {
    /// `if` or `unless`, with its closing tag.
    pub fn new(start: &'static str, end: &'static str) -> Self {
        Self { start, end }
    }
}

impl BlockReflection for IfBlock {
    fn start_tag(&self) -> &str {
        self.start
    }

    fn end_tag(&self) -> &str {
        self.end
    }

    fn description(&self) -> &'static str {
        ""
    }
}

impl ParseBlock for IfBlock {
    fn parse(
        &self,
        arguments: TagTokenIter<'_>,
        mut block: TagBlock<'_, '_>,
        options: &Language,
    ) -> Result<Box<dyn Renderable>> {
        let mut arms = Vec::new();
        let mut otherwise = None;
        let mut condition = condition(arguments)?;
        let mut negated = self.start == "unless";
        let mut body = Vec::new();
        while let Some(element) = block.next()? {
            match element {
                BlockElement::Tag(tag) if tag.name() == "elsif" => {
                    let next = self::condition(tag.into_tokens())?;
                    arms.push(Arm {
                        negated,
                        condition: std::mem::replace(&mut condition, next),
                        body: Template::new(std::mem::take(&mut body)),
                    });
                    negated = false;
                }
                BlockElement::Tag(tag) if tag.name() == "else" => {
                    otherwise = Some(Template::new(block.parse_all(options)?));
                    break;
                }
                element => body.push(element.parse(&mut block, options)?),
            }
        }
        arms.push(Arm {
            negated,
            condition,
            body: Template::new(body),
        });
        Ok(Box::new(Choice { arms, otherwise }))
    }

    fn reflection(&self) -> &dyn BlockReflection {
        self
    }
}

#[derive(Debug)]
struct Choice {
    arms: Vec<Arm>,
    otherwise: Option<Template>,
}

#[derive(Debug)]
struct Arm {
    negated: bool,
    condition: Vec<Vec<Test>>,
    body: Template,
}

#[derive(Debug)]
struct Test {
    left: Expression,
    right: Option<(Comparator, Expression)>,
}

impl Renderable for Choice {
    fn render_to(&self, writer: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        for arm in &self.arms {
            let holds = arm
                .condition
                .iter()
                .any(|all| all.iter().all(|test| test.holds(runtime)));
            if holds != arm.negated {
                return arm.body.render_to(writer, runtime);
            }
        }
        match &self.otherwise {
            Some(body) => body.render_to(writer, runtime),
            None => Ok(()),
        }
    }
}

impl Test {
    fn holds(&self, runtime: &dyn Runtime) -> bool {
        // `and` and `or` stop at the first answer, so a field is only read where its owner is
        // known; what is missing nevertheless counts as unknown.
        let value = |expression: &Expression| {
            expression
                .try_evaluate(runtime)
                .map_or(Value::Nil, ValueCow::into_owned)
        };
        let left = value(&self.left);
        match &self.right {
            None => compare::truth(left.as_view()),
            Some((comparator, right)) => {
                compare::holds(left.as_view(), *comparator, value(right).as_view())
            }
        }
    }
}

/// Reads `value [comparator value]` joined by `and` and `or`; `and` binds tighter.
fn condition(mut tokens: TagTokenIter<'_>) -> Result<Vec<Vec<Test>>> {
    let mut any = vec![Vec::new()];
    let mut token = Some(tokens.expect_next("a value is expected")?);
    while let Some(first) = token.take() {
        let left = first.expect_value().into_result()?;
        let mut right = None;
        let mut next = tokens.next();
        if let Some(comparator) = next.as_ref().and_then(|token| comparator(token.as_str())) {
            let value = tokens.expect_next("a value is expected")?;
            right = Some((comparator, value.expect_value().into_result()?));
            next = tokens.next();
        }
        if let Some(all) = any.last_mut() {
            all.push(Test { left, right });
        }
        match next.as_ref().map(liquid_core::parser::TagToken::as_str) {
            None => break,
            Some("and") => {}
            Some("or") => any.push(Vec::new()),
            Some(_) => return Err(tokens.raise_error("`and` or `or` is expected")),
        }
        token = Some(tokens.expect_next("a value is expected")?);
    }
    Ok(any)
}

fn comparator(written: &str) -> Option<Comparator> {
    Some(match written {
        "==" => Comparator::Equal,
        "!=" => Comparator::NotEqual,
        "<" => Comparator::Less,
        "<=" => Comparator::LessEqual,
        ">" => Comparator::Greater,
        ">=" => Comparator::GreaterEqual,
        "contains" => Comparator::Contains,
        _ => return None,
    })
}
