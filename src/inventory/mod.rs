//! What a project contains, and where it is used: the answers of `jalon list` and `jalon show`.
//!
//! An [`Item`] is one declared thing with what there is to say of it, fact by fact, in the words of
//! the source. The same items are printed for people ([`text`]) and for programs ([`json`]).

mod facts;
mod find;
mod item;
mod kind;
mod longest;
mod print;

pub use find::Unknown;
pub use item::{Fact, Item, Use, Where};
pub use kind::Kind;
pub use print::{Detail, overview, text};

use crate::model::hir::Model;
use crate::model::uses::Index;
use crate::source::{FileId, Place, Sources, Span};
use crate::syntax::{self, ast::Decl};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::cell::OnceCell;

/// A checked project, to be asked what is in it. It may have errors: what is known is shown.
pub struct Inventory<'a> {
    model: &'a Model,
    sources: &'a Sources,
    /// The declarations of each file by their names or titles, from when they are first asked for.
    /// The check has given their trees up, so the file is parsed again.
    decls: Vec<OnceCell<FxHashMap<Span, Decl>>>,
    uses: Index,
}

impl<'a> Inventory<'a> {
    /// Looks through a project.
    #[must_use]
    pub fn new(model: &'a Model, sources: &'a Sources) -> Self {
        Self {
            model,
            sources,
            decls: sources.iter().map(|_| OnceCell::new()).collect(),
            uses: Index::of(model),
        }
    }

    /// The names of one kind, in order; the titles of promises and tests.
    #[must_use]
    pub fn names(&self, kind: Kind) -> Vec<&str> {
        let all = self.all(kind).into_iter();
        all.map(|which| self.title(which)).collect()
    }

    /// The declaration whose name or title stands at a place.
    fn decl_at(&self, place: Place) -> Option<&Decl> {
        let file = self.decls.get(place.file.0 as usize)?;
        let decls = file.get_or_init(|| {
            let parsed = syntax::parse(place.file, self.sources.text(place.file));
            let decls = parsed.ast.decls.into_iter();
            decls.map(|decl| (find::head(&decl), decl)).collect()
        });
        decls.get(&place.span)
    }

    /// The source at a place, on one line.
    fn line(&self, file: FileId, span: Span) -> String {
        let text = span.text(self.sources.text(file));
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Brackets that were broken over lines are closed up again.
        words
            .replace("( ", "(")
            .replace(", )", ")")
            .replace(" )", ")")
    }

    /// Where a place is, for people and programs.
    fn locate(&self, place: Place) -> Where {
        let found = self.sources.locate(place);
        Where {
            file: self
                .sources
                .path(place.file)
                .to_string_lossy()
                .replace('\\', "/"),
            line: found.line,
            column: found.column,
        }
    }
}

/// What `--format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "What a Jalon project contains")]
pub struct Listing {
    /// The version of this format. It grows when a field is removed or changes its meaning; new
    /// fields, kinds and facts do not change it.
    format_version: u32,
    /// The things, those of one kind in the order of their names.
    items: Vec<Item>,
}

/// The items as one JSON document.
///
/// # Errors
/// None in practice.
pub fn json(items: Vec<Item>) -> serde_json::Result<String> {
    let listing = Listing {
        format_version: 1,
        items,
    };
    Ok(serde_json::to_string_pretty(&listing)? + "\n")
}

/// The JSON Schema of [`json`], as it is published in `docs/reference/listing.schema.json`.
///
/// # Errors
/// None in practice.
pub fn schema() -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(&schemars::schema_for!(Listing))? + "\n")
}
