//! In which language a message is said.

use crate::engine::eval::{Context, Fault};
use crate::engine::{RowRef, Value};
use crate::plan::Content;
use smol_str::SmolStr;

/// A language, and a content by its position in the message.
type Choice = (Option<SmolStr>, Option<u32>);

/// The language and the content for a person and a channel; of a message that lives on a platform
/// the person's language and no content. Nothing if the message says nothing for this person.
pub(super) fn choose(
    context: &Context<'_>,
    message: u32,
    channel: u32,
    person: &RowRef,
) -> Result<Option<Choice>, Fault> {
    let plan = context.program.plan();
    let message = plan.messages.get(message as usize);
    let message = message.ok_or(Fault::Plan("no such message"))?;
    let spoken = plan
        .entities
        .get(person.entity as usize)
        .and_then(|profile| profile.language)
        .and_then(|field| match context.row(person)?.field(field)? {
            Value::Text(language) => Some(language.clone()),
            _ => None,
        });
    if message.external {
        return Ok(Some((spoken, None)));
    }
    let found = position(&message.contents, spoken.as_deref());
    let content = found.and_then(|found| message.contents.get(found));
    let says = content.filter(|content| {
        let mut parts = content.parts.iter();
        parts.any(|part| part.channels.contains(&channel))
    });
    Ok(says.map(|content| {
        let position = found.and_then(|found| u32::try_from(found).ok());
        (Some(content.language.clone()), position)
    }))
}

/// The content with the longest match of a language: its tag, or the tag without its last parts.
/// Without a match the first, unless it is the only one to be used for its language.
fn position(contents: &[Content], spoken: Option<&str>) -> Option<usize> {
    let mut tag = spoken;
    while let Some(wanted) = tag {
        let found = contents
            .iter()
            .position(|content| content.language.eq_ignore_ascii_case(wanted));
        if found.is_some() {
            return found;
        }
        tag = wanted.rsplit_once('-').map(|(shorter, _)| shorter);
    }
    contents.first().filter(|first| !first.only).map(|_| 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(languages: &[&str], only: bool) -> Vec<Content> {
        languages
            .iter()
            .map(|language| Content {
                language: SmolStr::new(language),
                only,
                parts: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn the_longest_match_is_taken_else_the_first() {
        let both = contents(&["en", "fr", "fr-CA"], false);
        assert_eq!(position(&both, Some("fr-CA")), Some(2));
        assert_eq!(position(&both, Some("FR-ch")), Some(1));
        assert_eq!(position(&both, Some("de")), Some(0));
        assert_eq!(position(&both, None), Some(0));
    }

    #[test]
    fn with_only_there_is_no_fallback() {
        let only = contents(&["fr"], true);
        assert_eq!(position(&only, Some("fr-CA")), Some(0));
        assert_eq!(position(&only, Some("en")), None);
    }
}
