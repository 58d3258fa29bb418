//! `said-twice`: a clause of a journey or a rule of a consent block that stands there word for word
//! once more.

use rustc_hash::FxHashMap;

use crate::diag::codes::lint::SAID_TWICE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::File;
use crate::lint::words::words;
use crate::source::Span;
use crate::syntax::ast::{Decl, DeclKind};

/// Looks at what may stand several times in a declaration.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    match &decl.kind {
        DeclKind::Journey(journey) => {
            let clauses = journey.clauses.iter().map(|clause| clause.span);
            repeated(file, "clause", clauses.collect(), out);
        }
        DeclKind::Consent(block) => {
            let rules = block.rules.iter().map(|rule| rule.span);
            repeated(file, "rule", rules.collect(), out);
        }
        DeclKind::Promise(promise) => {
            let claims = promise.claims.iter().map(|claim| claim.span);
            repeated(file, "claim", claims.collect(), out);
        }
        _ => {}
    }
}

/// Reports each text that is the same as an earlier one, layout and comments aside.
fn repeated(file: &File<'_>, what: &str, spans: Vec<Span>, out: &mut Diagnostics) {
    let said = |span: Span| words(file.text, span).map(|word| word.text(file.text));
    // What begins like nothing else is like nothing else: most clauses are read no further.
    let mut beginnings: FxHashMap<Option<&str>, usize> = FxHashMap::default();
    for span in &spans {
        *beginnings.entry(said(*span).next()).or_default() += 1;
    }
    let mut seen: FxHashMap<Vec<&str>, Span> = FxHashMap::default();
    for span in spans {
        let mut said = said(span).peekable();
        if beginnings.get(&said.peek().copied()) == Some(&1) {
            continue;
        }
        match seen.entry(said.collect()) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(span);
            }
            std::collections::hash_map::Entry::Occupied(first) => {
                out.push(
                    Diagnostic::new(
                        &SAID_TWICE,
                        span.in_file(file.id),
                        format!("this {what} stands here already, word for word"),
                    )
                    .other(first.get().in_file(file.id), "the same stands here")
                    .help("write what differs, or remove one of the two"),
                );
            }
        }
    }
}
