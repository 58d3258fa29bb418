//! `unlabelled-wait`: a step at which people rest has no label.

use crate::diag::codes::lint::UNLABELLED_WAIT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::File;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Decl, DeclKind, Step, StepKind};

/// People rest at waits, at sends and at `do`; elsewhere nobody needs a label to be found again.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    if let DeclKind::Journey(journey) = &decl.kind {
        in_steps(file.id, &journey.steps, out);
    }
}

fn in_steps(file: FileId, steps: &[Step], out: &mut Diagnostics) {
    for step in steps {
        let word = match &step.kind {
            _ if step.label.is_some() => "",
            StepKind::Wait(_) => "wait",
            StepKind::Send(_) => "send",
            StepKind::Do(_) => "do",
            _ => "",
        };
        if !word.is_empty() {
            let start = step.span.start;
            let length = u32::try_from(word.len()).unwrap_or_default();
            let place = Span::new(start, start + length).in_file(file);
            out.push(
                Diagnostic::new(
                    &UNLABELLED_WAIT,
                    place,
                    format!("people may rest at this `{word}`, and it has no label"),
                )
                .help(format!("put a label before it: `LABEL: {word} ...`")),
            );
        }
        step.for_each_block(&mut |block| in_steps(file, &block.steps, out));
    }
}
