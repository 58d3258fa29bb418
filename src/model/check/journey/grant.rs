//! `grant` and `withdraw`: consent, with the event that proves it.

use super::Walk;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::{EVENT_NOT_IN_SCOPE, NOT_WRITABLE};
use crate::model::hir::{Expr, Trigger};
use crate::model::ids::FieldId;
use crate::model::types::Ty;
use crate::syntax::ast;

impl<'a> Walk<'_, 'a> {
    /// The record, the person and the event of a `grant` or `withdraw`.
    pub(super) fn consent(
        &mut self,
        word: &str,
        target: &'a ast::Expr,
        from: &'a ast::Expr,
    ) -> Option<(FieldId, Expr, Trigger)> {
        let record = self.own_field(target).filter(|(field, _)| {
            let found = self.cx.field(*field);
            let is_consent = found.is_some_and(|f| matches!(f.ty, Ty::Consent(_) | Ty::Error));
            if let Some(found) = found.filter(|_| !is_consent) {
                let message = format!("`{}` is no record of consent", found.name);
                let (place, declared) = (self.body.place(target.span), found.place);
                self.body.report(
                    Diagnostic::new(&NOT_WRITABLE, place, message)
                        .other(declared, "declared here")
                        .help("name a field of type `consent(...)`, or write it with `set`"),
                );
            }
            is_consent
        });
        let triggered = self.body.trigger(from)?;
        if !self.is_about_person(&triggered.ty, from.span) {
            return None;
        }
        if !self.events.contains(&triggered.trigger) {
            let name = self.cx.event_name(&triggered.ty);
            let message = format!("`{name}` has not certainly happened here");
            let help = format!(
                "let the journey `enter on {name}` only, or {word} in the arm that waits for it"
            );
            self.body
                .error_with(&EVENT_NOT_IN_SCOPE, from.span, message, help);
            return None;
        }
        let (field, of) = record?;
        self.body.forget_field(field);
        Some((field, of, triggered.trigger))
    }
}
