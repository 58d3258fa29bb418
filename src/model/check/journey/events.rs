//! `EVENT [as NAME] [where C]`: what an entry, an arm, a `leave` or a goal waits for.

use super::Walk;
use crate::model::body::Known;
use crate::model::hir::{On, Trigger};
use crate::model::ids::LocalId;
use crate::model::types::{EventTy, LocalKind, Ty};
use crate::syntax::ast::{Expr, Name};

/// A resolved event with its variable.
pub(super) struct Happened {
    /// The trigger and its type; `None` if it is wrong, which is reported.
    pub(super) trigger: Option<(Trigger, EventTy)>,
    /// The variable that holds the event.
    pub(super) event: LocalId,
}

impl<'a> Walk<'_, 'a> {
    /// An event about the person, with its condition. What the condition tells is known in the
    /// steps that follow. The name, if there is one, comes into scope.
    pub(super) fn on(
        &mut self,
        event: &'a Expr,
        bind: Option<&'a Name>,
        filter: Option<&'a Expr>,
    ) -> (Option<On>, Known) {
        let happened = self.happened(event, bind);
        let (filter, known) = self.filter(filter, happened.event);
        let Some((trigger, ty)) = happened.trigger else {
            return (None, known);
        };
        let fits = self.is_about_person(&ty, event.span);
        let on = On {
            trigger,
            event: happened.event,
            filter,
        };
        (fits.then_some(on), known)
    }

    fn happened(&mut self, event: &'a Expr, bind: Option<&'a Name>) -> Happened {
        let triggered = self.body.trigger(event);
        let ty = match &triggered {
            Some(triggered) => Ty::Event(triggered.ty.clone()),
            None => Ty::Error,
        };
        let local = match bind {
            Some(name) => self.body.declare(name, LocalKind::Bound, ty),
            None => self.unnamed(ty, event.span),
        };
        Happened {
            trigger: triggered.map(|triggered| (triggered.trigger, triggered.ty)),
            event: local,
        }
    }

    /// `where C`, in which bare names are fields of the row or event. With it, what it tells when
    /// it holds.
    pub(super) fn filter(
        &mut self,
        filter: Option<&'a Expr>,
        row: LocalId,
    ) -> (Option<crate::model::hir::Expr>, Known) {
        match filter {
            None => (None, Known::default()),
            Some(filter) => {
                let (filter, facts) = self.body.with_row(row, |body| body.condition(filter));
                (Some(filter), facts.when_true)
            }
        }
    }
}
