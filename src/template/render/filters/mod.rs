//! The work of the filters.
//!
//! Filters that count, show or read dates are ours. Text filters are the liquid crate's, behind
//! two guards: what is unknown stays unknown (so that a `default` at the end of a chain answers
//! it), and no text grows without bound.

mod display;
mod list;
mod number;
mod text;
mod truncate;

pub(in crate::template) use display::{escaped, plain_spaces};

use super::RenderValue;
use super::state::State;
use liquid_core::error::{Error, Result};
use liquid_core::model::{Value, ValueView};
use liquid_core::parser::{
    Filter, FilterArguments, FilterReflection, ParameterReflection, ParseFilter, PluginRegistry,
};
use liquid_core::runtime::{Expression, Runtime};
use std::fmt;

/// What a filter of ours does: from the input and the arguments to a value.
type Work = fn(&dyn ValueView, &[RenderValue], &mut State) -> std::result::Result<Value, String>;

/// Registers every filter of the table, and the four that only `prepare` writes.
pub fn register(registry: &mut PluginRegistry<Box<dyn ParseFilter>>) {
    text::register(registry);
    let ours: [(&'static str, Work); 21] = [
        ("__html", display::html),
        ("__sms", display::sms),
        ("__text", display::text),
        ("__tick", display::tick),
        ("abs", number::abs),
        ("at_least", number::at_least),
        ("at_most", number::at_most),
        ("ceil", number::ceil),
        ("date", display::date),
        ("default", display::default),
        ("divided_by", number::divided_by),
        ("first", list::first),
        ("floor", number::floor),
        ("last", list::last),
        ("link", display::link),
        ("minus", number::minus),
        ("modulo", number::modulo),
        ("plus", number::plus),
        ("round", number::round),
        ("size", list::size),
        ("truncate", truncate::truncate),
    ];
    for (name, work) in ours {
        registry.register(name.to_owned(), Ours { name, work }.into());
    }
    registry.register(
        "times".to_owned(),
        Ours {
            name: "times",
            work: number::times,
        }
        .into(),
    );
}

/// A filter of ours.
#[derive(Clone, Copy)]
struct Ours {
    name: &'static str,
    work: Work,
}

impl FilterReflection for Ours {
    fn name(&self) -> &str {
        self.name
    }

    fn description(&self) -> &'static str {
        ""
    }

    fn positional_parameters(&self) -> &'static [ParameterReflection] {
        &[]
    }

    fn keyword_parameters(&self) -> &'static [ParameterReflection] {
        &[]
    }
}

impl ParseFilter for Ours {
    fn parse(&self, arguments: FilterArguments<'_>) -> Result<Box<dyn Filter>> {
        Ok(Box::new(Call {
            ours: *self,
            args: arguments.positional.collect(),
        }))
    }

    fn reflection(&self) -> &dyn FilterReflection {
        self
    }
}

/// A use of a filter of ours.
struct Call {
    ours: Ours,
    args: Vec<Expression>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ours.name)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ours.name)
    }
}

impl Filter for Call {
    fn evaluate(&self, input: &dyn ValueView, runtime: &dyn Runtime) -> Result<Value> {
        let mut args = Vec::with_capacity(self.args.len());
        for arg in &self.args {
            let value = arg.evaluate(runtime)?;
            let read = RenderValue::from_liquid(value.as_view());
            args.push(read.ok_or_else(|| Error::with_msg("a record is no argument of a filter"))?);
        }
        let mut state = runtime.registers().get_mut::<State>();
        (self.ours.work)(input, &args, &mut state).map_err(Error::with_msg)
    }
}

/// Reads the input of a filter that needs a plain value.
fn plain(input: &dyn ValueView) -> std::result::Result<RenderValue, String> {
    RenderValue::from_liquid(input).ok_or_else(|| "a record has no text of its own".to_owned())
}
