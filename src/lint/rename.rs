//! The fix of a name in another style: the name is changed wherever it stands.
//!
//! Only names that nobody outside of the project knows are changed. Events, profiles, tables, fields
//! and channels are names in feeds, files and reports of others, and names of variants and measures
//! stand in templates: they are the author's to change.

use rustc_hash::FxHashMap;

use super::words;
use crate::diag::codes::lint::NAMING_STYLE;
use crate::diag::{Diagnostics, Edit, Fix, Safety};
use crate::source::{FileId, Place, Sources, Span};
use crate::syntax::ast::{Ast, DeclKind, Name};

/// Gives findings about the style of such a name the fix, if what it becomes is free.
pub(super) fn give(found: &mut Diagnostics, files: &[(FileId, Ast)], sources: &Sources) {
    let mut wanted: FxHashMap<Place, (String, String)> = FxHashMap::default();
    for finding in found.iter().filter(|finding| finding.code == &NAMING_STYLE) {
        let place = finding.primary.place;
        let old = place.span.text(sources.text(place.file));
        let help = finding.help.as_deref().unwrap_or_default();
        let new = help
            .strip_prefix("write `")
            .and_then(|rest| rest.strip_suffix('`'));
        if let Some(new) = new {
            wanted.insert(place, (old.to_owned(), new.to_owned()));
        }
    }
    // What cannot be read may hold the name too.
    let broken = |ast: &Ast| ast.decls.iter().any(|decl| decl.broken);
    if wanted.is_empty() || files.iter().any(|(_, ast)| broken(ast)) {
        return;
    }
    let names = files.iter().flat_map(|(file, ast)| {
        let names = ast.decls.iter().filter_map(|decl| own(&decl.kind));
        names.map(|name| name.span.in_file(*file))
    });
    let mut changed: FxHashMap<String, (Place, String)> = FxHashMap::default();
    for place in names {
        if let Some((old, new)) = wanted.remove(&place) {
            changed.insert(old, (place, new));
        }
    }
    if changed.is_empty() {
        return;
    }
    let mut places: FxHashMap<&str, Vec<Place>> = FxHashMap::default();
    let mut taken: FxHashMap<&str, bool> = FxHashMap::default();
    for (_, new) in changed.values() {
        taken.insert(new, false);
    }
    for (file, _) in files {
        let text = sources.text(*file);
        let whole = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
        for word in words(text, whole) {
            let name = word.text(text);
            if let Some((old, _)) = changed.get_key_value(name) {
                places.entry(old).or_default().push(word.in_file(*file));
            }
            if let Some(taken) = taken.get_mut(name) {
                *taken = true;
            }
        }
    }
    for finding in found.iter_mut() {
        let place = finding.primary.place;
        let old = place.span.text(sources.text(place.file));
        let Some((declared, new)) = changed.get(old) else {
            continue;
        };
        if *declared != place || taken.get(new.as_str()) != Some(&false) {
            continue;
        }
        let places = places.get(old).map_or(&[][..], Vec::as_slice);
        let edits = places.iter().map(|place| Edit {
            place: *place,
            text: new.clone(),
        });
        finding.fix = Some(Box::new(Fix {
            title: format!("write `{new}`"),
            safety: Safety::Unsafe,
            edits: edits.collect(),
        }));
    }
}

/// The name of a declaration that is known in the project alone.
fn own(kind: &DeclKind) -> Option<&Name> {
    match kind {
        DeclKind::Enum(it) => Some(&it.name),
        DeclKind::Purpose(it) => Some(&it.name),
        DeclKind::Consent(it) => Some(&it.name),
        DeclKind::Segment(it) => Some(&it.name),
        DeclKind::Message(it) => Some(&it.name),
        DeclKind::Action(it) => Some(&it.name),
        DeclKind::Audience(it) => Some(&it.name),
        DeclKind::Calendar(it) => Some(&it.name),
        DeclKind::Setting(it) => Some(&it.name),
        DeclKind::Holdout(it) => Some(&it.name),
        DeclKind::Journey(it) => Some(&it.name),
        DeclKind::Profile(_)
        | DeclKind::Table(_)
        | DeclKind::Event(_)
        | DeclKind::Channel(_)
        | DeclKind::Measure(_)
        | DeclKind::Promise(_)
        | DeclKind::Test(_) => None,
    }
}
