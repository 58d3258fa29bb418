//! Finding the template files that messages name.

use std::collections::BTreeSet;
use std::path::Path;

use super::Project;
use crate::source::disk;
use crate::syntax::ast::{Ast, ContentBody, ContentPart, DeclKind, MessageClause, Template};

/// The folder of the templates when `jalon.toml` does not say.
const FOLDER: &str = "templates";

/// Reads each template file that a message names, once, in the order of their names.
///
/// A file that does not exist, or a name that leads out of the folder, is left out: the check of
/// the message reports it at the name.
pub(super) fn read(project: &mut Project, root: &Path) {
    let folder = match project.manifest.templates.clone() {
        None => disk::join(root, Path::new(FOLDER)),
        Some(named) => {
            let Some(folder) = project.inside(root, &named, "templates") else {
                return;
            };
            if !disk::is_folder(&folder) {
                project.missing(&named, "templates");
                return;
            }
            folder
        }
    };
    let names: BTreeSet<String> = project
        .files
        .iter()
        .flat_map(|(_, ast)| parts(ast))
        .flat_map(files_of)
        .collect();
    for name in names {
        let Some(path) = disk::inside(&folder, &name) else {
            continue;
        };
        let file = match project.read(&path) {
            Ok(bytes) => project.add_text(path, &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => project.add_unreadable(path, &error),
        };
        project.templates.insert(name, file);
    }
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
