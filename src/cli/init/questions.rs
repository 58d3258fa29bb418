//! What `jalon init` asks on a terminal: only what the command line does not say.

use std::io;

use dialoguer::{Input, MultiSelect, Select};

use super::starters::{self, Starter};
use crate::cli::Failure;

/// Which starter.
///
/// # Errors
/// The questions were left.
pub(super) fn starter() -> Result<&'static Starter, Failure> {
    let widest = starters::ALL.iter().map(|one| one.name.len()).max();
    let widest = widest.unwrap_or(0);
    let lines = starters::ALL
        .iter()
        .map(|one| format!("{:widest$}  {}", one.name, one.title));
    let chosen = Select::new()
        .with_prompt("Template")
        .items(lines)
        .default(0)
        .interact_opt()
        .map_err(|error| left(&error))?;
    let starter = chosen.and_then(|chosen| starters::ALL.get(chosen));
    starter.ok_or_else(|| Failure::new("nothing was chosen, and nothing was written"))
}

/// A line of text that `check` accepts; `default` if nothing is typed.
///
/// # Errors
/// The questions were left.
pub(super) fn line(
    question: &str,
    default: &str,
    check: impl Fn(&str) -> Result<(), Failure>,
) -> Result<String, Failure> {
    Input::new()
        .with_prompt(question)
        .default(default.to_owned())
        .validate_with(|text: &String| check(text).map_err(|failure| failure.message))
        .interact_text()
        .map_err(|error| left(&error))
}

/// A line of text that may be left for later.
///
/// # Errors
/// The questions were left.
pub(super) fn later(
    question: &str,
    check: impl Fn(&str) -> Result<(), Failure>,
) -> Result<Option<String>, Failure> {
    let text: String = Input::new()
        .with_prompt(question)
        .allow_empty(true)
        .validate_with(|text: &String| match text.as_str() {
            "" => Ok(()),
            text => check(text).map_err(|failure| failure.message),
        })
        .interact_text()
        .map_err(|error| left(&error))?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Some of these languages; all if none is ticked.
///
/// # Errors
/// The questions were left.
pub(super) fn languages(known: &[&str]) -> Result<Vec<String>, Failure> {
    let chosen = MultiSelect::new()
        .with_prompt("Languages of the messages (space ticks, enter goes on)")
        .items_checked(known.iter().map(|language| (*language, true)))
        .interact()
        .map_err(|error| left(&error))?;
    let chosen = chosen.iter().filter_map(|place| known.get(*place));
    let chosen: Vec<String> = chosen.map(ToString::to_string).collect();
    if chosen.is_empty() {
        return Ok(known.iter().map(ToString::to_string).collect());
    }
    Ok(chosen)
}

/// The terminal went away, or the user did.
fn left(error: &dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    match error.kind() {
        io::ErrorKind::Interrupted => {
            Failure::new("the questions were interrupted, and nothing was written")
        }
        _ => Failure::new(format!("the terminal cannot be asked: {error}"))
            .help("say everything on the command line, with `--template` and `--yes`"),
    }
}
