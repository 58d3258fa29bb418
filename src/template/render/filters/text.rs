//! The text filters of the liquid crate, guarded.

use liquid_core::error::{Error, Result};
use liquid_core::model::{Value, ValueView};
use liquid_core::parser::{Filter, FilterArguments, FilterReflection, ParseFilter, PluginRegistry};
use liquid_core::runtime::{Expression, Runtime};
use liquid_lib::stdlib;
use std::fmt;

/// How long a text may grow in a chain of filters, in bytes.
const MAX_TEXT: usize = 1_048_576;

/// Registers them under their names.
pub fn register(registry: &mut PluginRegistry<Box<dyn ParseFilter>>) {
    let filters: [Box<dyn ParseFilter>; 20] = [
        stdlib::Append.into(),
        stdlib::Capitalize.into(),
        stdlib::Downcase.into(),
        stdlib::Escape.into(),
        stdlib::Join.into(),
        stdlib::Lstrip.into(),
        stdlib::Prepend.into(),
        stdlib::Remove.into(),
        stdlib::RemoveFirst.into(),
        stdlib::Replace.into(),
        stdlib::ReplaceFirst.into(),
        stdlib::Reverse.into(),
        stdlib::Rstrip.into(),
        stdlib::Slice.into(),
        stdlib::Split.into(),
        stdlib::Strip.into(),
        stdlib::StripHtml.into(),
        stdlib::StripNewlines.into(),
        stdlib::TruncateWords.into(),
        stdlib::Upcase.into(),
    ];
    for filter in filters.into_iter().chain([
        Box::<dyn ParseFilter>::from(stdlib::UrlDecode),
        stdlib::UrlEncode.into(),
    ]) {
        let name = filter.reflection().name().to_owned();
        registry.register(name, Guarded { filter }.into());
    }
}

#[derive(Clone)]
struct Guarded {
    filter: Box<dyn ParseFilter>,
}

impl ParseFilter for Guarded {
    fn parse(&self, arguments: FilterArguments<'_>) -> Result<Box<dyn Filter>> {
        let args: Vec<Expression> = arguments.positional.collect();
        let name = self.filter.reflection().name().to_owned();
        let copy = args.clone();
        let filter = self.filter.parse(FilterArguments {
            positional: Box::new(copy.into_iter()),
            keyword: Box::new(std::iter::empty()),
        })?;
        Ok(Box::new(GuardedCall {
            filter,
            args,
            replaces: name == "replace",
            lists: name == "reverse",
        }))
    }

    fn reflection(&self) -> &dyn FilterReflection {
        self.filter.reflection()
    }
}

#[derive(Debug)]
struct GuardedCall {
    filter: Box<dyn Filter>,
    args: Vec<Expression>,
    /// Whether it is `replace`, the one filter that can multiply a text.
    replaces: bool,
    /// Whether it takes lists and leaves what is in them as it is.
    lists: bool,
}

impl fmt::Display for GuardedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.filter.fmt(f)
    }
}

impl Filter for GuardedCall {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        if input.is_nil() {
            return Ok(Value::Nil);
        }
        let mut textless = !self.lists && has_no_text(input);
        for arg in &self.args {
            textless |= has_no_text(arg.evaluate(runtime)?.as_view());
        }
        if textless {
            return Err(Error::with_msg("an amount, a date or a record is no text"));
        }
        if let (true, [_, by]) = (self.replaces, self.args.as_slice()) {
            let length = input.to_kstr().len() + 1;
            let by = by.evaluate(runtime)?.to_kstr().len() + 1;
            if length.saturating_mul(by) > MAX_TEXT {
                return Err(too_long());
            }
        }
        let value = self.filter.evaluate(input, runtime)?;
        if value
            .as_scalar()
            .is_some_and(|text| text.to_kstr().len() > MAX_TEXT)
        {
            return Err(too_long());
        }
        Ok(value)
    }
}

/// Whether a value is an object, or a list of them. Their keys have no order, and so no text.
fn has_no_text(value: &dyn ValueView) -> bool {
    let list = value.as_array();
    value.is_object() || list.is_some_and(|list| list.values().any(ValueView::is_object))
}

fn too_long() -> Error {
    Error::with_msg("a value of this text grows too long")
}
