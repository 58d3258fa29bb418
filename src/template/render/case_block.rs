//! `case`: compares as our `if` does.

use super::compare;
use crate::template::liquid::Comparator;
use liquid_core::error::Result;
use liquid_core::model::{Value, ValueCow};
use liquid_core::parser::{
    BlockElement, BlockReflection, Language, ParseBlock, TagBlock, TagTokenIter,
};
use liquid_core::runtime::{Expression, Renderable, Runtime, Template};
use std::io::Write;

/// The block.
#[derive(Debug, Clone, Copy)]
pub struct CaseBlock;

impl BlockReflection for CaseBlock {
    fn start_tag(&self) -> &'static str {
        "case"
    }

    fn end_tag(&self) -> &'static str {
        "endcase"
    }

    fn description(&self) -> &'static str {
        ""
    }
}

impl ParseBlock for CaseBlock {
    fn parse(
        &self,
        mut arguments: TagTokenIter<'_>,
        mut block: TagBlock<'_, '_>,
        options: &Language,
    ) -> Result<Box<dyn Renderable>> {
        let subject = arguments
            .expect_next("a value is expected")?
            .expect_value()
            .into_result()?;
        arguments.expect_nothing()?;
        let mut whens = Vec::new();
        let mut otherwise = None;
        let mut values: Option<Vec<Expression>> = None;
        let mut body: Vec<Box<dyn Renderable>> = Vec::new();
        while let Some(element) = block.next()? {
            match element {
                BlockElement::Tag(mut tag) if tag.name() == "when" => {
                    // What stands before the first `when` is never shown.
                    let shown = std::mem::take(&mut body);
                    if let Some(values) = values.replace(choices(tag.tokens())?) {
                        whens.push((values, Template::new(shown)));
                    }
                }
                BlockElement::Tag(tag) if tag.name() == "else" => {
                    otherwise = Some(Template::new(block.parse_all(options)?));
                    break;
                }
                element => body.push(element.parse(&mut block, options)?),
            }
        }
        if let Some(values) = values {
            whens.push((values, Template::new(body)));
        }
        Ok(Box::new(Case {
            subject,
            whens,
            otherwise,
        }))
    }

    fn reflection(&self) -> &dyn BlockReflection {
        self
    }
}

fn choices(tokens: &mut TagTokenIter<'_>) -> Result<Vec<Expression>> {
    let mut values = Vec::new();
    loop {
        let value = tokens.expect_next("a value is expected")?;
        values.push(value.expect_value().into_result()?);
        match tokens.next() {
            None => return Ok(values),
            Some(token) => token.expect_str(",").into_result()?,
        }
    }
}

#[derive(Debug)]
struct Case {
    subject: Expression,
    whens: Vec<(Vec<Expression>, Template)>,
    otherwise: Option<Template>,
}

impl Renderable for Case {
    fn render_to(&self, writer: &mut dyn Write, runtime: &dyn Runtime) -> Result<()> {
        let value = |expression: &Expression| {
            expression
                .try_evaluate(runtime)
                .map_or(Value::Nil, ValueCow::into_owned)
        };
        let subject = value(&self.subject);
        for (values, body) in &self.whens {
            let meets = values.iter().any(|choice| {
                compare::holds(
                    subject.as_view(),
                    Comparator::Equal,
                    value(choice).as_view(),
                )
            });
            if meets {
                return body.render_to(writer, runtime);
            }
        }
        match &self.otherwise {
            Some(body) => body.render_to(writer, runtime),
            None => Ok(()),
        }
    }
}
