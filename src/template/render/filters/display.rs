//! Showing values: `__text`, `__sms`, `__html`, `date`, `default`, `link`, and the loops' tick.

use super::super::RenderValue;
use super::super::state::State;
use super::plain;
use crate::template::Type;
use crate::template::moment::Pattern;
use liquid_core::model::{Value, ValueView};

type Outcome = Result<Value, String>;

fn shown(input: &dyn ValueView, state: &mut State) -> Result<String, String> {
    let value = plain(input)?;
    state.formats.show(&value).map_err(str::to_owned)
}

/// Shows a value in plain text.
pub fn text(input: &dyn ValueView, _: &[RenderValue], state: &mut State) -> Outcome {
    shown(input, state).map(Value::scalar)
}

/// Shows a value in a text message: a narrow or protected space would make the whole message leave
/// the short alphabet, so it becomes a plain one.
pub fn sms(input: &dyn ValueView, _: &[RenderValue], state: &mut State) -> Outcome {
    shown(input, state).map(|text| Value::scalar(plain_spaces(text)))
}

/// A text with plain spaces in place of those that the alphabet of text messages lacks.
pub fn plain_spaces(text: String) -> String {
    const SPACES: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2009}'];
    if text.contains(SPACES) {
        text.replace(SPACES, " ")
    } else {
        text
    }
}

/// Shows a value in HTML.
pub fn html(input: &dyn ValueView, _: &[RenderValue], state: &mut State) -> Outcome {
    shown(input, state).map(|text| Value::scalar(escaped(&text)))
}

/// A text as HTML shows it, in an element and in an attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Some mail programs run what follows a backtick in an attribute.
            '`' => escaped.push_str("&#96;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Counts a round of a loop and shows nothing.
pub fn tick(_: &dyn ValueView, _: &[RenderValue], state: &mut State) -> Outcome {
    if state.tick() {
        Ok(Value::Nil)
    } else {
        Err("the loops of this text go around too often".to_owned())
    }
}

/// The date filter.
pub fn date(input: &dyn ValueView, args: &[RenderValue], state: &mut State) -> Outcome {
    if input.is_nil() {
        return Ok(Value::Nil);
    }
    let Some(RenderValue::Text(form)) = args.first() else {
        return Err("`date` needs a form in quotes".to_owned());
    };
    let value = plain(input)?;
    let ty = match value {
        RenderValue::Date(_) => Type::Date,
        RenderValue::Time(_) => Type::Time,
        _ => Type::Instant,
    };
    let pattern = Pattern::read(form, &ty)?;
    let text = state.formats.moment(&value, &pattern)?;
    Ok(Value::scalar(text))
}

/// The default filter: for what is unknown, and as in Liquid for an empty text.
pub fn default(input: &dyn ValueView, args: &[RenderValue], _: &mut State) -> Outcome {
    let empty_text = input.as_scalar().is_some() && input.to_kstr().is_empty();
    if input.is_nil() || empty_text {
        Ok(args.first().map_or(Value::Nil, RenderValue::to_liquid))
    } else {
        Ok(input.to_value())
    }
}

/// The link filter: notes the link and leaves the URL as it is.
pub fn link(input: &dyn ValueView, args: &[RenderValue], state: &mut State) -> Outcome {
    if let (Some(RenderValue::Text(name)), RenderValue::Text(url)) = (args.first(), plain(input)?) {
        state.link(name, &url);
    }
    Ok(input.to_value())
}
