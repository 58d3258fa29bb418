//! `do` and `start`: work of another system, and other journeys.

use super::Walk;
use super::flow::ends::leave;
use crate::model::body::{Known, Missing};
use crate::model::hir::StepKind;
use crate::model::ids::{ActionId, JourneyId};
use crate::model::types::{LocalKind, Ty};
use crate::syntax::ast::{self, Argument, Name};

impl<'a> Walk<'_, 'a> {
    /// `do A(args) [as NAME] [else { }]`. It rests, so only what a rest keeps is known after it.
    pub(super) fn action(&mut self, it: &'a ast::Do) -> Option<StepKind> {
        let action = self.body.resolve::<ActionId>(&it.action);
        let args = match action.and_then(|id| self.cx.actions.get(id.index())) {
            Some(head) => {
                self.body
                    .arguments(&it.args, &head.params, &it.action, Missing::Reported)
            }
            None => self.untyped(&it.args),
        };
        self.body.forget_at_rest();
        let no_answer = it.no_answer.as_ref().map(|block| {
            let before = self.body.known();
            let (steps, known) = self.block(block, &Known::default());
            if !leave(&steps) {
                self.body.set_known(before.or(&known));
            }
            steps
        });
        // Without an answer there is no result, unless who gets none leaves.
        let sure = no_answer.as_ref().is_some_and(|steps| leave(steps));
        let result = it.bind.as_ref().map(|name| {
            let ty = match action {
                Some(action) if sure => Ty::Result(action),
                Some(action) => Ty::Result(action).optional(),
                None => Ty::Error,
            };
            self.body.declare(name, LocalKind::Bound, ty)
        });
        Some(StepKind::Do {
            action: action?,
            args,
            result,
            no_answer,
        })
    }

    /// `start J(args)`.
    pub(super) fn start(&mut self, name: &'a Name, args: &'a [Argument]) -> Option<StepKind> {
        let journey = self.body.resolve::<JourneyId>(name);
        let args = match journey.and_then(|id| self.cx.journeys.get(id.index())) {
            Some(head) => {
                self.same_profile(name, "journey", head.profile);
                self.body
                    .arguments(args, &head.params, name, Missing::Reported)
            }
            None => self.untyped(args),
        };
        Some(StepKind::Start {
            journey: journey?,
            args,
        })
    }

    /// Arguments of something unknown.
    pub(super) fn untyped(&mut self, args: &'a [Argument]) -> Vec<crate::model::hir::Expr> {
        args.iter().map(|arg| self.body.infer(&arg.value)).collect()
    }
}
