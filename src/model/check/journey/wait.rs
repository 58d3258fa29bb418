//! The forms of `wait`.

use super::Walk;
use super::steps::After;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::{DEAD_ARM, WAIT_WITHOUT_DATE};
use crate::diag::codes::types::{TYPE_MISMATCH, UNHANDLED_UNKNOWN};
use crate::model::body::{Known, Length};
use crate::model::hir::{Arm, ArmKind, Expr, StepKind, Wait, same};
use crate::model::ids::CalendarId;
use crate::model::types::Ty;
use crate::model::words::weekday;
use crate::source::Span;
use crate::syntax::ast::{self, Block};

/// `wait until EXPR [at TIME] [within D] [{ } [else { }]]`
struct Until<'a> {
    moment: &'a ast::Expr,
    at: Option<&'a ast::Expr>,
    within: Option<&'a ast::Expr>,
    then: Option<&'a Block>,
    otherwise: Option<&'a Block>,
}

impl<'a> Walk<'_, 'a> {
    /// A wait. Afterwards only what a rest keeps is known, and what the arms tell.
    pub(super) fn wait(&mut self, wait: &'a ast::Wait) -> Option<StepKind> {
        let wait = match wait {
            ast::Wait::For { duration, at } => {
                let duration = self.positive(duration);
                let at = self.optional_time(at.as_ref());
                self.body.forget_at_rest();
                Wait::For {
                    duration: duration?,
                    at,
                }
            }
            ast::Wait::Weekday { day, at } => {
                let day = self.weekday(day);
                let at = self.optional_time(at.as_ref());
                self.body.forget_at_rest();
                Wait::Weekday { day: day?, at }
            }
            ast::Wait::Workday { calendar, at } => {
                let calendar = self.body.resolve::<CalendarId>(calendar);
                let at = self.optional_time(at.as_ref());
                self.body.forget_at_rest();
                Wait::Workday {
                    calendar: calendar?,
                    at,
                }
            }
            ast::Wait::Until {
                moment,
                at,
                within,
                then,
                otherwise,
            } => self.until(Until {
                moment,
                at: at.as_ref(),
                within: within.as_ref(),
                then: then.as_ref(),
                otherwise: otherwise.as_ref(),
            })?,
            ast::Wait::UpTo {
                limit,
                arms,
                otherwise,
            } => self.up_to(limit, arms, otherwise.as_ref())?,
            ast::Wait::UpToFor {
                limit,
                event,
                filter,
            } => {
                let limit = self.positive(limit);
                self.body.forget_at_rest();
                let (on, _) = self.on(event, None, filter.as_ref());
                Wait::UpTo {
                    limit: limit?,
                    arms: vec![Arm {
                        kind: ArmKind::On(on?),
                        steps: Vec::new(),
                        span: event
                            .span
                            .to(filter.as_ref().map_or(event.span, |f| f.span)),
                    }],
                    otherwise: None,
                }
            }
        };
        Some(StepKind::Wait(Box::new(wait)))
    }

    fn optional_time(&mut self, at: Option<&'a ast::Expr>) -> Option<Expr> {
        at.map(|at| self.time(at))
    }

    /// Whether a `wait until` is for a time of day, or for a date or instant, follows from the
    /// type of its expression.
    fn until(&mut self, until: Until<'a>) -> Option<Wait> {
        if let ast::ExprKind::Name(name) = &until.moment.kind
            && let Some(day) = weekday(&name.text)
            && self.body.local_named(&name.text).is_none()
        {
            let at = self.optional_time(until.at);
            self.only_dates("a day of the week", until);
            self.body.forget_at_rest();
            return Some(Wait::Weekday { day, at });
        }
        let moment = self.body.infer(until.moment);
        match moment.ty.known() {
            Ty::Time => {
                let moment = self.known_moment(moment);
                if let Some(at) = until.at {
                    self.body.error_with(
                        &WAIT_WITHOUT_DATE,
                        at.span,
                        "a time of day is given twice",
                        "write the time once, after `until`",
                    );
                }
                self.only_dates("a time of day", until);
                self.body.forget_at_rest();
                Some(Wait::Time { time: moment? })
            }
            Ty::Date | Ty::Instant | Ty::Error => {
                let moment = self.known_moment(moment);
                self.until_date(moment, until)
            }
            _ => {
                let ty = self.cx.ty_name(&moment.ty);
                let quoted = self.body.quote(until.moment.span);
                let help = match quoted.filter(|_| *moment.ty.known() == Ty::Duration) {
                    Some(length) => format!("write `wait {length}` without `until`"),
                    None => "name a date, an instant or a time of day".to_owned(),
                };
                self.body.error_with(
                    &TYPE_MISMATCH,
                    until.moment.span,
                    format!("a `{ty}` stands where a time, a date or an instant is needed"),
                    help,
                );
                self.until_date(None, until)
            }
        }
    }

    /// A moment that may be unknown cannot be waited for.
    fn known_moment(&mut self, moment: Expr) -> Option<Expr> {
        if moment.ty.is_optional() {
            self.body.error_with(
                &UNHANDLED_UNKNOWN,
                moment.span,
                "this moment may be unknown, and nobody can wait for it then",
                "ask `if ... is known` first, or give another moment with `??`",
            );
            return None;
        }
        (!moment.ty.is_error()).then_some(moment)
    }

    fn until_date(&mut self, moment: Option<Expr>, until: Until<'a>) -> Option<Wait> {
        let at = self.optional_time(until.at);
        let within = until
            .within
            .and_then(|length| self.body.duration(length, Length::Exact));
        self.body.forget_at_rest();
        let mut after = After::default();
        let then = self.optional_block(until.then, &mut after);
        let otherwise = self.optional_block(until.otherwise, &mut after);
        self.body.set_known(after.known());
        Some(Wait::Until {
            moment: moment?,
            at,
            within,
            then,
            otherwise,
        })
    }

    /// A block that may be left out; then everyone goes on.
    fn optional_block(
        &mut self,
        block: Option<&'a Block>,
        after: &mut After,
    ) -> Option<Vec<crate::model::hir::Step>> {
        let Some(block) = block else {
            after.add_known(self.body.known());
            return None;
        };
        let (steps, known) = self.block(block, &Known::default());
        after.add(&steps, known);
        Some(steps)
    }

    /// Reports the parts of a `wait until` that need a date.
    fn only_dates(&mut self, what: &str, until: Until<'a>) {
        let place = until
            .within
            .map(|within| within.span)
            .or_else(|| until.then.map(|block| block.span))
            .or_else(|| until.otherwise.map(|block| block.span));
        if let Some(span) = place {
            let place = self.body.place(span);
            let moment = self.body.place(until.moment.span);
            self.body.report(
                Diagnostic::new(
                    &WAIT_WITHOUT_DATE,
                    place,
                    format!("{what} always comes, so this never counts"),
                )
                .other(moment, format!("waits for {what}"))
                .help("leave it out; what follows the wait runs at that moment"),
            );
        }
        for block in until.then.into_iter().chain(until.otherwise) {
            self.block(block, &Known::default());
        }
    }

    /// Reports an arm of which an earlier one takes everything: of two that happen, the first counts.
    fn dead_arm(&mut self, earlier: &[Arm], kind: &ArmKind, span: Span) {
        let takes_all = |earlier: &&Arm| match (&earlier.kind, kind) {
            (ArmKind::On(first), ArmKind::On(second)) => same::takes_all(first, second),
            (ArmKind::When(first), ArmKind::When(second)) => same::same(first, second),
            _ => false,
        };
        let Some(first) = earlier.iter().find(takes_all) else {
            return;
        };
        let (place, first) = (self.body.place(span), self.body.place(first.span));
        self.body.report(
            Diagnostic::new(&DEAD_ARM, place, "an arm above takes all of this")
                .label("nobody comes here")
                .other(first, "they are all here")
                .help(
                    "remove it, put it first, or say in a `where` which ones the arm above takes",
                ),
        );
    }

    fn up_to(
        &mut self,
        limit: &'a ast::Expr,
        arms: &'a [ast::Arm],
        otherwise: Option<&'a Block>,
    ) -> Option<Wait> {
        let limit = self.positive(limit);
        self.body.forget_at_rest();
        let mut after = After::default();
        let mut checked = Vec::with_capacity(arms.len());
        for arm in arms {
            let mark = self.body.mark();
            let events = self.events.len();
            let (kind, told) = match &arm.kind {
                ast::ArmKind::On {
                    event,
                    bind,
                    filter,
                } => {
                    let (on, known) = self.on(event, bind.as_ref(), filter.as_ref());
                    self.events.extend(on.iter().map(|on| on.trigger.clone()));
                    (on.map(ArmKind::On), known)
                }
                ast::ArmKind::When(when) => {
                    let (when, facts) = self.body.condition(when);
                    (Some(ArmKind::When(when)), facts.when_true)
                }
            };
            let (steps, known) = self.block(&arm.block, &told);
            self.events.truncate(events);
            self.body.leave(mark);
            after.add(&steps, known);
            if let Some(kind) = &kind {
                self.dead_arm(&checked, kind, arm.span);
            }
            checked.extend(kind.map(|kind| Arm {
                kind,
                steps,
                span: arm.span,
            }));
        }
        let otherwise = self.optional_block(otherwise, &mut after);
        self.body.set_known(after.known());
        Some(Wait::UpTo {
            limit: limit?,
            arms: checked,
            otherwise,
        })
    }
}
