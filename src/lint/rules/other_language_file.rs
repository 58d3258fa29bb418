//! `other-language-file`: the content of one language shows a file of another.

use crate::diag::codes::lint::OTHER_LANGUAGE_FILE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::File;
use crate::syntax::ast::{ContentBody, Decl, DeclKind, MessageClause, Template};

/// Looks at the files that the contents of a message name: one that has another of its languages, and
/// not its own, between two signs of its name.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    let DeclKind::Message(message) = &decl.kind else {
        return;
    };
    let contents = || {
        message.clauses.iter().filter_map(|clause| match clause {
            MessageClause::Content(content) => Some(content),
            MessageClause::Purpose { .. } | MessageClause::External { .. } => None,
        })
    };
    let languages: Vec<&str> = contents()
        .map(|content| content.language.as_str())
        .collect();
    for content in contents() {
        let own = content.language.as_str();
        let templates = content.parts.iter().flat_map(|part| match &part.body {
            ContentBody::Plain(template) => vec![template],
            ContentBody::Slots(slots) => slots.iter().map(|slot| &slot.template).collect(),
        });
        for template in templates {
            let Template::File(name) = template else {
                continue;
            };
            let Some(other) = other_language(&name.value, own, &languages) else {
                continue;
            };
            out.push(
                Diagnostic::new(
                    &OTHER_LANGUAGE_FILE,
                    name.span.in_file(file.id),
                    format!("the content in `{own}` shows a file in `{other}`"),
                )
                .help(format!(
                    "write the file in `{own}`, like `{}`",
                    in_language(&name.value, other, own)
                )),
            );
        }
    }
}

/// The language that a file's name says, if it is another of these and not its own.
fn other_language<'l>(name: &str, own: &str, languages: &[&'l str]) -> Option<&'l str> {
    let parts: Vec<&str> = name.split(['.', '/', '_', '-']).collect();
    let says = |language: &str| parts.iter().any(|part| part.eq_ignore_ascii_case(language));
    if says(own) {
        return None;
    }
    languages
        .iter()
        .copied()
        .find(|other| *other != own && says(other))
}

/// The name with one language in place of another.
fn in_language(name: &str, other: &str, own: &str) -> String {
    let parts = name.split_inclusive(['.', '/', '_', '-']).map(|part| {
        let word = part.trim_end_matches(['.', '/', '_', '-']);
        match word.eq_ignore_ascii_case(other) {
            true => part.replacen(word, own, 1),
            false => part.to_owned(),
        }
    });
    parts.collect()
}
