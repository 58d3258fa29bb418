//! `missing-title`: a journey that reports can only call by its name.

use crate::diag::codes::lint::MISSING_TITLE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::File;
use crate::syntax::ast::{Decl, DeclKind, JourneyClauseKind};

/// Looks for the clause.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    let DeclKind::Journey(journey) = &decl.kind else {
        return;
    };
    let has_title = |kind: &JourneyClauseKind| matches!(kind, JourneyClauseKind::Title(_));
    if journey.clauses.iter().any(|clause| has_title(&clause.kind)) {
        return;
    }
    out.push(
        Diagnostic::new(
            &MISSING_TITLE,
            journey.name.span.in_file(file.id),
            format!("journey `{}` has no title", journey.name.text),
        )
        .help("write `title \"...\"` below this line, in the words that reports shall use"),
    );
}
