//! The template files that messages name.

use std::collections::BTreeSet;

use crate::source::FileId;
use crate::syntax::ast::{Ast, ContentBody, ContentPart, DeclKind, MessageClause, Template};

/// The names of the template files, each once, in order.
pub(super) fn named(files: &[(FileId, Ast)]) -> BTreeSet<String> {
    files
        .iter()
        .flat_map(|(_, ast)| parts(ast))
        .flat_map(files_of)
        .collect()
}

/// The contents of every message of a file.
fn parts(ast: &Ast) -> impl Iterator<Item = &ContentPart> {
    ast.decls
        .iter()
        .filter_map(|decl| match &decl.kind {
            DeclKind::Message(message) => Some(&message.clauses),
            _ => None,
        })
        .flatten()
        .filter_map(|clause| match clause {
            MessageClause::Content(content) => Some(&content.parts),
            MessageClause::Purpose { .. } | MessageClause::External { .. } => None,
        })
        .flatten()
}

/// The names of the template files of one part.
fn files_of(part: &ContentPart) -> Vec<String> {
    let templates: Vec<&Template> = match &part.body {
        ContentBody::Plain(template) => vec![template],
        ContentBody::Slots(slots) => slots.iter().map(|slot| &slot.template).collect(),
    };
    templates
        .into_iter()
        .filter_map(|template| match template {
            Template::File(name) => Some(name.value.to_string()),
            Template::Inline(_) => None,
        })
        .collect()
}
