//! Filters on lists.

use super::super::RenderValue;
use super::super::state::State;
use liquid_core::model::{Value, ValueView};

type Outcome = Result<Value, String>;

/// The first item, unknown if there is none.
pub fn first(input: &dyn ValueView, _: &[RenderValue], _: &mut State) -> Outcome {
    Ok(input
        .as_array()
        .and_then(|list| list.first())
        .map_or(Value::Nil, ValueView::to_value))
}

/// The last item, unknown if there is none.
pub fn last(input: &dyn ValueView, _: &[RenderValue], _: &mut State) -> Outcome {
    Ok(input
        .as_array()
        .and_then(|list| list.last())
        .map_or(Value::Nil, ValueView::to_value))
}

/// How many items a list has, or characters a text.
pub fn size(input: &dyn ValueView, _: &[RenderValue], _: &mut State) -> Outcome {
    if input.is_nil() {
        return Ok(Value::Nil);
    }
    let size = match input.as_array() {
        Some(list) => list.size(),
        None if input.is_object() => return Err("an amount, a date or a record is no text".into()),
        None => i64::try_from(input.to_kstr().chars().count()).unwrap_or(i64::MAX),
    };
    Ok(Value::scalar(size))
}
