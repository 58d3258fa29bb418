//! Labels: unique in their journey, hiding nothing; what became of those of earlier versions.

use super::Walk;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::UNKNOWN_LABEL;
use crate::diag::codes::names::{DUPLICATE_NAME, SHADOWED_NAME};
use crate::diag::did_you_mean;
use crate::source::Span;
use crate::syntax::ast::{Name, RemovedTo, Step};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

impl<'a> Walk<'_, 'a> {
    /// Checks every label of the journey.
    pub(super) fn labels(&mut self) {
        let ast = self.ast;
        let mut seen = FxHashMap::default();
        self.labels_in(&ast.steps, &mut seen);
        for finally in &ast.finally {
            self.labels_in(&finally.block.steps, &mut seen);
        }
    }

    fn labels_in(&mut self, steps: &'a [Step], seen: &mut FxHashMap<SmolStr, Span>) {
        for step in steps {
            if let Some(label) = step.label.as_ref().filter(|label| !label.text.is_empty()) {
                self.label(label, seen);
            }
            step.for_each_block(&mut |block| self.labels_in(&block.steps, seen));
        }
    }

    fn label(&mut self, label: &'a Name, seen: &mut FxHashMap<SmolStr, Span>) {
        let place = self.body.place(label.span);
        if let Some(first) = seen.get(&label.text) {
            let first = self.body.place(*first);
            self.body.report(
                Diagnostic::new(
                    &DUPLICATE_NAME,
                    place,
                    format!("two steps have the label `{}`", label.text),
                )
                .label("again here")
                .other(first, "first here")
                .help("give one of them another label"),
            );
            return;
        }
        seen.insert(label.text.clone(), label.span);
        let hidden = self
            .cx
            .names
            .get_with_place(&label.text)
            .map(|(named, declared)| (named.a_kind(), declared))
            .or_else(|| {
                let local = self.body.local_named(&label.text)?;
                let declared = self.body.locals.0.get(local.index())?.place;
                Some(("a variable", declared))
            });
        if let Some((what, declared)) = hidden {
            self.body.report(
                Diagnostic::new(
                    &SHADOWED_NAME,
                    place,
                    format!("the label `{}` hides {what} of that name", label.text),
                )
                .other(declared, "declared here")
                .help("choose another label"),
            );
        }
    }

    /// `renamed LABEL to LABEL`, if it fits.
    pub(super) fn renamed(&mut self, from: &Name, to: &Name) -> Option<(SmolStr, SmolStr)> {
        let gone = self.is_gone(from, "renamed");
        (self.is_label(to) && gone).then(|| (from.text.clone(), to.text.clone()))
    }

    /// `removed LABEL to LABEL | exit`, if it fits.
    pub(super) fn removed(
        &mut self,
        from: &Name,
        to: &RemovedTo,
    ) -> Option<(SmolStr, Option<SmolStr>)> {
        let gone = self.is_gone(from, "removed");
        let to = match to {
            RemovedTo::Label(to) => Some(self.is_label(to).then(|| to.text.clone())?),
            RemovedTo::Exit(_) => None,
        };
        gone.then(|| (from.text.clone(), to))
    }

    fn is_gone(&mut self, from: &Name, what: &str) -> bool {
        let Some(label) = self.head.labels.get(&from.text) else {
            return !from.text.is_empty();
        };
        let (place, still) = (self.body.place(from.span), self.body.place(label.span));
        self.body.report(
            Diagnostic::new(
                &UNKNOWN_LABEL,
                place,
                format!("`{}` is {what}, and still the label of a step", from.text),
            )
            .other(still, "this step has it")
            .help("remove the clause, or change the label of the step"),
        );
        false
    }

    fn is_label(&mut self, to: &Name) -> bool {
        let labels = &self.head.labels;
        if to.text.is_empty() || labels.contains_key(&to.text) {
            return !to.text.is_empty();
        }
        let mut found = Diagnostic::new(
            &UNKNOWN_LABEL,
            self.body.place(to.span),
            format!("no step of this journey has the label `{}`", to.text),
        );
        found.help = did_you_mean(&to.text, labels.keys().map(SmolStr::as_str))
            .or_else(|| Some("name a label of this version of the journey".to_owned()));
        self.body.report(found);
        false
    }
}
