//! Replacements in texts.

use super::choose::Candidate;
use crate::format;
use crate::pipeline::Texts;
use crate::source::{Sources, Span};

/// The texts that these fixes change.
pub(super) fn texts_of(sources: &Sources, fixes: &[Candidate]) -> Texts {
    fixes
        .iter()
        .flat_map(|fix| &fix.edits)
        .filter_map(|edit| sources.get(edit.place.file))
        .map(|file| (file.path.clone(), file.text.to_string()))
        .collect()
}

/// The texts of `base` that these fixes change, with the changes. Their places are those of `base`,
/// and none overlap.
pub(super) fn apply<'a>(base: &Texts, fixes: impl Iterator<Item = &'a Candidate>) -> Texts {
    let mut edits: Vec<_> = fixes
        .flat_map(|fix| fix.paths.iter().zip(&fix.edits))
        .collect();
    edits.sort_by_key(|(path, edit)| (*path, edit.place.span));
    let mut changed = Texts::default();
    for group in edits.chunk_by(|(left, _), (right, _)| left == right) {
        let Some(((path, _), old)) = group
            .first()
            .and_then(|first| Some((first, base.get(first.0)?)))
        else {
            continue;
        };
        let line_end = if old.contains("\r\n") { "\r\n" } else { "\n" };
        let mut text = String::with_capacity(old.len() + 64);
        let mut at = 0;
        for (_, edit) in group {
            text.push_str(Span::new(at, edit.place.span.start).text(old));
            text.push_str(&edit.text.replace('\n', line_end));
            at = edit.place.span.end;
        }
        text.push_str(old.get(at as usize..).unwrap_or(""));
        changed.insert((*path).clone(), text);
    }
    changed
}

/// Whether a text is in the canonical layout, its line ends aside.
pub(super) fn is_laid_out(text: &str) -> bool {
    format::format(text).is_ok_and(|laid_out| with_line_ends_of(text, &laid_out) == text)
}

/// `text`, whose line ends are line feeds, with line ends like those of `like`.
pub(super) fn with_line_ends_of(like: &str, text: &str) -> String {
    if like.contains("\r\n") {
        text.replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}
