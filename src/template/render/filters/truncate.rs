//! `truncate`: the liquid crate's own compares bytes with characters, and counts what is written with
//! several characters (an accent of its own, a family of emoji) as one, so that its result has no
//! bound.

use super::super::RenderValue;
use super::super::state::State;
use super::plain;
use liquid_core::model::{Value, ValueView};
use unicode_segmentation::UnicodeSegmentation;

/// The length when it is left out, and what is put behind a text that was cut.
pub const DEFAULTS: (i64, &str) = (50, "...");

/// A text of more than N characters becomes one of at most N, with the ellipsis counted, that ends
/// between two characters as people see them. The ellipsis itself is never cut.
pub fn truncate(
    input: &dyn ValueView,
    args: &[RenderValue],
    _: &mut State,
) -> Result<Value, String> {
    if input.is_nil() {
        return Ok(Value::Nil);
    }
    let RenderValue::Text(text) = plain(input)? else {
        return Ok(input.to_value());
    };
    let most = match args.first() {
        Some(RenderValue::Int(most)) => *most,
        _ => DEFAULTS.0,
    };
    let most = usize::try_from(most).unwrap_or(0);
    if text.chars().count() <= most {
        return Ok(Value::scalar(text));
    }
    let ellipsis = match args.get(1) {
        Some(RenderValue::Text(ellipsis)) => ellipsis,
        _ => DEFAULTS.1,
    };
    let mut left = most.saturating_sub(ellipsis.chars().count());
    let mut kept = String::new();
    for seen in text.graphemes(true) {
        let Some(rest) = left.checked_sub(seen.chars().count()) else {
            break;
        };
        left = rest;
        kept.push_str(seen);
    }
    kept.push_str(ellipsis);
    Ok(Value::scalar(kept))
}
