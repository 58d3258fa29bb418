//! The schema pass: everything that one declaration may need to know of another.
//!
//! It runs before any body is checked and reports the mistakes in what it reads: types, subjects,
//! kinds, annotations, defaults, relations. After it the [`Cx`] does not change.

mod annotations;
mod consent_records;
mod derived;
mod entity;
mod heads;
mod types;

use super::Input;
use super::cx::Cx;
use super::hir;
use super::ids::*;
use super::names::Names;
use super::taken::Taken;
use crate::diag::codes::names::{DUPLICATE_NAME, RESERVED_NAME};
use crate::diag::codes::types::WRONG_ANNOTATION;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::ast;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::OnceLock;

pub use derived::check as check_derived;

/// Collects the names and resolves the heads and the schema of a project.
///
/// What was taken is numbered; what did not win its name is dropped.
pub fn resolve<'a>(
    input: &'a Input<'a>,
    others: &'a [(FileId, ast::Decl)],
    taken: &mut Taken,
    diagnostics: &mut Diagnostics,
) -> Cx<'a> {
    let names = Names::collect(others, taken, diagnostics);
    taken.number(&names);
    let mut cx = Cx {
        input,
        names,
        enums: Vec::new(),
        entities: Vec::new(),
        events: Vec::new(),
        channels: Vec::new(),
        purposes: Vec::new(),
        messages: Vec::new(),
        actions: Vec::new(),
        settings: Vec::new(),
        audiences: Vec::new(),
        holdouts: Vec::new(),
        segments: Vec::new(),
        measures: Vec::new(),
        journeys: Vec::new(),
        fields: Vec::new(),
        variants: FxHashMap::default(),
        variant_indexes: Vec::new(),
        records: FxHashMap::default(),
    };
    enums(&mut cx, diagnostics);
    cx.variant_indexes = cx.enums.iter().map(|_| OnceLock::new()).collect();
    entity::shapes(&mut cx, diagnostics);
    heads::resolve(&mut cx, taken, diagnostics);
    entity::finish(&mut cx, diagnostics);
    consent_records::index(&mut cx, diagnostics);
    cx
}

fn enums(cx: &mut Cx<'_>, diagnostics: &mut Diagnostics) {
    for (id, item) in (0..).map(EnumId).zip(&cx.names.enums) {
        let mut found = Diagnostics::default();
        reserved(item.name, item.file, &mut found);
        let mut ordered = false;
        for annotation in item.annotations {
            if annotation.name.as_str() == "ordered" && annotation.argument.is_none() {
                ordered = true;
            } else {
                found.push(misplaced(annotation, item.file, "an enum"));
            }
        }
        let mut variants: Vec<(SmolStr, Span)> = Vec::new();
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for variant in &item.ast.variants {
            if let Some(first) = seen.insert(variant.as_str(), variant.span) {
                found.push(twice("variant", variant, first, item.file));
                continue;
            }
            let index = u32::try_from(variants.len()).unwrap_or(u32::MAX);
            cx.variants
                .entry(variant.text.clone())
                .or_default()
                .push((id, index));
            variants.push((variant.text.clone(), variant.span));
        }
        cx.enums.push(hir::Enum {
            name: item.name.text.clone(),
            place: item.place(),
            doc: item.doc.cloned(),
            ordered,
            variants,
            broken: item.broken,
        });
        if !item.broken {
            diagnostics.append(found);
        }
    }
}

/// Reports a type's name that belongs to the language.
fn reserved(name: &ast::Name, file: FileId, diagnostics: &mut Diagnostics) {
    if types::BUILT_IN.contains(&name.as_str()) {
        diagnostics.push(
            Diagnostic::new(
                &RESERVED_NAME,
                name.span.in_file(file),
                format!("`{}` is a type of the language", name.text),
            )
            .help("choose another name"),
        );
    }
}

/// What is said of an annotation that cannot stand on `what`.
fn misplaced(annotation: &ast::Annotation, file: FileId, what: &str) -> Diagnostic {
    Diagnostic::new(
        &WRONG_ANNOTATION,
        annotation.span.in_file(file),
        format!("`@{}` cannot stand on {what}", annotation.name.text),
    )
    .help("remove it")
}

/// What is said of two parts of one declaration with one name.
fn twice(what: &str, name: &ast::Name, first: Span, file: FileId) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_NAME,
        name.span.in_file(file),
        format!("the {what} `{}` is declared twice", name.text),
    )
    .label("declared again here")
    .other(first.in_file(file), "first declared here")
    .help("remove or rename one of them")
}
