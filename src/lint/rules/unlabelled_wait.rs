//! `unlabelled-wait`: a step at which people rest has no label.

use crate::diag::codes::lint::UNLABELLED_WAIT;
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::lint::File;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Decl, DeclKind, Step, StepKind};
use std::collections::BTreeSet;

/// People rest at waits, at sends and at `do`; elsewhere nobody needs a label to be found again.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    if let DeclKind::Journey(journey) = &decl.kind {
        let mut labels = BTreeSet::new();
        taken(&journey.steps, &mut labels);
        in_steps(file.id, &journey.steps, &mut labels, out);
    }
}

/// The labels that the steps have.
fn taken(steps: &[Step], labels: &mut BTreeSet<String>) {
    for step in steps {
        labels.extend(step.label.iter().map(|label| label.text.to_string()));
        step.for_each_block(&mut |block| taken(&block.steps, labels));
    }
}

/// A label that no step of the journey has, and takes it.
fn free(word: &str, labels: &mut BTreeSet<String>) -> String {
    let mut number = 1;
    loop {
        let label = format!("{word}_{number}");
        if labels.insert(label.clone()) {
            return label;
        }
        number += 1;
    }
}

fn in_steps(file: FileId, steps: &[Step], labels: &mut BTreeSet<String>, out: &mut Diagnostics) {
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
            let label = free(word, labels);
            let fix = Fix::chosen(
                format!("write `{label}: ` before it"),
                Span::at(start).in_file(file),
                format!("{label}: "),
            );
            out.push(
                Diagnostic::new(
                    &UNLABELLED_WAIT,
                    place,
                    format!("people may rest at this `{word}`, and it has no label"),
                )
                .help(format!("put a label before it: `LABEL: {word} ...`"))
                .fix(fix),
            );
        }
        step.for_each_block(&mut |block| in_steps(file, &block.steps, labels, out));
    }
}
