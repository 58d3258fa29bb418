//! The header clauses of a journey, besides `enter`.

use super::Walk;
use crate::diag::codes::flow::OUT_OF_BOUNDS;
use crate::diag::codes::names::{MISSING_CLAUSE, REPEATED_CLAUSE};
use crate::diag::codes::types::{MIXED_CURRENCIES, TYPE_MISMATCH, UNHANDLED_UNKNOWN};
use crate::diag::{Diagnostic, Fix};
use crate::model::body::{Body, Known, Length};
use crate::model::check::clauses::{Clauses, count as count_of, money};
use crate::model::check::reach::unknown_word;
use crate::model::hir::{Admit, Budget, Const, Expr, Goal, Journey, Leave, OnePer, Reenter};
use crate::model::ids::{HoldoutId, LocalId, PurposeId};
use crate::model::types::{EventTy, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, JourneyClauseKind as Clause};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// What a journey may be for, in the words of reports.
const OBJECTIVES: [&str; 5] = ["attract", "engage", "grow", "enrich", "retain"];

impl<'a> Walk<'_, 'a> {
    /// Checks every clause but `enter`, and that none is missing, repeated or misplaced.
    pub(super) fn header(&mut self, journey: &mut Journey) {
        let ast = self.ast;
        let known = self.body.known();
        let mut seen = Clauses::default();
        for clause in &ast.clauses {
            let (word, once) = word(&clause.kind);
            if once && clause.after_steps > 0 && seen.has(word) {
                continue;
            }
            if once && !seen.first(&mut self.body, word, clause.span) {
                continue;
            }
            // What the entry told holds at its moment, not whenever these are asked.
            self.body.set_known(Known::default());
            self.clause(&clause.kind, clause.span, journey);
        }
        self.body.set_known(known);
        self.relabelled_twice();
        if !seen.has("reenter") {
            let message = format!(
                "`{}` does not say whether a person may come back",
                ast.name.text
            );
            let help = "add `reenter never`, `reenter always` or `reenter after D`";
            let place = self.body.place(ast.name.span);
            let found = Diagnostic::new(&MISSING_CLAUSE, place, message).help(help);
            // Of the three it is the one by which nobody gets more messages than was thought.
            let last = ast.clauses.iter().rfind(|clause| clause.after_steps == 0);
            let fix = last.map(|last| {
                let end = self.body.place(Span::at(last.span.end));
                Fix::chosen("add `reenter never`", end, "\n  reenter never")
            });
            self.body.report(found.fix_if(fix));
        }
    }

    fn clause(&mut self, clause: &'a Clause, span: Span, journey: &mut Journey) {
        match clause {
            Clause::Enter(_) => {}
            Clause::Title(text) => journey.title = Some(text.value.clone()),
            Clause::Owner(text) => journey.owner = Some(text.value.clone()),
            Clause::Objective(name) => {
                if OBJECTIVES.contains(&name.as_str()) {
                    journey.objective = Some(name.text.clone());
                } else {
                    unknown_word(
                        &mut self.body,
                        name,
                        "an objective",
                        OBJECTIVES.iter().copied(),
                    );
                }
            }
            Clause::Purpose(name) => journey.purpose = self.body.resolve::<PurposeId>(name),
            Clause::Priority(number) => {
                if let Some(Const::Int(value)) = self.body.constant(number, &Ty::Int(None)) {
                    journey.priority = value;
                }
            }
            Clause::OnePer { key, latest_wins } => {
                let key = self.key(key);
                journey.one_per = Some(OnePer {
                    key,
                    latest_wins: *latest_wins,
                });
            }
            Clause::Reenter(reenter) => journey.reenter = self.reenter(reenter),
            Clause::LeaveWhen { when, held } => {
                let (when, _) = self.body.condition(when);
                let held = held
                    .as_ref()
                    .and_then(|held| self.body.duration(held, Length::Exact));
                journey.leaves.push((Leave::When { when, held }, span));
            }
            Clause::LeaveOn { event, filter } => {
                if let (Some(on), _) = self.on(event, None, filter.as_deref()) {
                    journey.leaves.push((Leave::On(on), span));
                }
            }
            Clause::Goal {
                event,
                filter,
                within,
                worth,
            } => journey.goals.extend(self.goal(
                event,
                filter.as_deref(),
                within.as_deref(),
                worth.as_deref(),
                span,
            )),
            Clause::Holdout(name) => {
                journey.holdout = self.body.resolve::<HoldoutId>(name);
                let profile = journey
                    .holdout
                    .and_then(|id| self.cx.holdouts.get(id.index()).copied().flatten());
                self.same_profile(name, "holdout", profile);
            }
            Clause::Active { from, to } => journey.active = self.active(from, to),
            Clause::Admit { count, per, by } => {
                journey.admit = self.admit(count, per, by.as_deref());
            }
            Clause::Budget { total, rate } => journey.budget = self.budget(total, rate.as_deref()),
            Clause::Renamed { from, to } => journey.renamed.extend(self.renamed(from, to)),
            Clause::Removed { from, to } => journey.removed.extend(self.removed(from, to)),
        }
    }

    /// A label can have become only one thing.
    fn relabelled_twice(&mut self) {
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for clause in &self.ast.clauses {
            let (Clause::Renamed { from, .. } | Clause::Removed { from, .. }) = &clause.kind else {
                continue;
            };
            match seen.get(from.as_str()) {
                Some(first) => {
                    let (again, first) = (self.body.place(from.span), self.body.place(*first));
                    self.body.report(
                        Diagnostic::new(
                            &REPEATED_CLAUSE,
                            again,
                            format!("two clauses say what became of `{}`", from.text),
                        )
                        .other(first, "first here")
                        .help("keep one of them"),
                    );
                }
                None => {
                    seen.insert(from.as_str(), from.span);
                }
            }
        }
    }

    /// What there is one instance per: a value that can be told from others for ever.
    fn key(&mut self, key: &'a ast::Expr) -> Expr {
        let found = self.body.infer(key);
        if found.ty.is_optional() {
            self.body.error_with(
                &UNHANDLED_UNKNOWN,
                key.span,
                "what there is one instance per may be unknown",
                "give another value with `??`",
            );
        } else if matches!(found.ty, Ty::Consent(_) | Ty::List(_) | Ty::Result(_))
            || matches!(&found.ty, Ty::Event(event) if !matches!(event, EventTy::Declared(_)))
        {
            let message = format!(
                "there cannot be one instance per `{}`",
                self.cx.ty_name(&found.ty)
            );
            self.body.error_with(
                &TYPE_MISMATCH,
                key.span,
                message,
                "name a row, an event or a plain value",
            );
        }
        found
    }

    fn reenter(&mut self, reenter: &'a ast::Reenter) -> Option<Reenter> {
        Some(match reenter {
            ast::Reenter::Never => Reenter::Never,
            ast::Reenter::Always => Reenter::Always,
            ast::Reenter::After(pause) => Reenter::After(self.positive(pause)?),
        })
    }

    fn goal(
        &mut self,
        event: &'a ast::Expr,
        filter: Option<&'a ast::Expr>,
        within: Option<&'a ast::Expr>,
        worth: Option<&'a ast::Expr>,
        span: Span,
    ) -> Option<Goal> {
        let (on, told) = self.on(event, None, filter);
        let within = within.and_then(|within| self.body.duration(within, Length::Exact));
        let worth = match (&on, worth) {
            (Some(on), Some(worth)) => Some(self.worth(worth, on.event, &told)),
            _ => None,
        };
        Some(Goal {
            on: on?,
            within,
            worth,
            span,
        })
    }

    /// The value of a conversion, in which bare names are fields of the event.
    fn worth(&mut self, worth: &'a ast::Expr, event: LocalId, told: &Known) -> Expr {
        let found = self.body.with_row(event, |body| {
            body.with_facts(told, |body| body.infer(worth))
        });
        match found.ty.known() {
            Ty::Money(_) | Ty::Int(_) | Ty::Decimal if !found.ty.is_optional() => found,
            Ty::Error => found,
            Ty::Money(_) | Ty::Int(_) | Ty::Decimal => {
                self.body.error_with(
                    &UNHANDLED_UNKNOWN,
                    worth.span,
                    "what the goal is worth may be unknown",
                    "give another value with `??`, or ask for it in the `where`",
                );
                Body::erroneous(worth.span)
            }
            _ => {
                let message = format!("a goal cannot be worth a `{}`", self.cx.ty_name(&found.ty));
                self.body.error_with(
                    &TYPE_MISMATCH,
                    worth.span,
                    message,
                    "write an amount of money or a number",
                );
                Body::erroneous(worth.span)
            }
        }
    }

    fn active(&mut self, from: &'a ast::Expr, to: &'a ast::Expr) -> Option<(Date, Date)> {
        let first = self.body.constant(from, &Ty::Date);
        let last = self.body.constant(to, &Ty::Date);
        let (Some(Const::Date(first)), Some(Const::Date(last))) = (first, last) else {
            return None;
        };
        if last < first {
            self.body.error_with(
                &OUT_OF_BOUNDS,
                from.span.to(to.span),
                "this period ends before it begins",
                "write the first day, then the last",
            );
            return None;
        }
        Some((first, last))
    }

    fn admit(
        &mut self,
        count: &'a ast::Expr,
        per: &'a ast::Expr,
        by: Option<&'a ast::Expr>,
    ) -> Option<Admit> {
        let count = count_of(&mut self.body, count);
        let per = self.body.duration(per, Length::Exact);
        let by = by.map(|by| {
            let row = self.entry_row();
            let found = self.body.with_row(row, |body| body.infer(by));
            self.must_order(&found);
            found
        });
        Some(Admit {
            count: count?,
            per: per?,
            by,
        })
    }

    /// The row that `admit ... by` reads: what every `enter` binds, the `for each` row first; else
    /// the person.
    fn entry_row(&self) -> LocalId {
        let mut rows = self
            .ast
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                Clause::Enter(enter) => Some(match &**enter {
                    ast::Enter::On { bind, each, .. } => {
                        each.as_ref().map(|each| &each.1).or(bind.as_ref())
                    }
                    ast::Enter::Dated { bind, .. } => bind.as_ref(),
                    _ => None,
                }),
                _ => None,
            })
            .map(|name| self.body.local_named(&name?.text));
        let first = rows.next().flatten();
        match first {
            Some(row) if rows.all(|other| other == first) => row,
            _ => LocalId(0),
        }
    }

    fn must_order(&mut self, found: &Expr) {
        let orders = matches!(
            found.ty.known(),
            Ty::Int(_)
                | Ty::Decimal
                | Ty::Percent
                | Ty::Money(_)
                | Ty::Date
                | Ty::Time
                | Ty::Instant
                | Ty::Duration
                | Ty::Text(_)
                | Ty::Enum(_)
                | Ty::Error
        );
        if !orders {
            let message = format!("a `{}` has no smallest value", self.cx.ty_name(&found.ty));
            self.body.error_with(
                &TYPE_MISMATCH,
                found.span,
                message,
                "name a field that is a number, an amount, a text or a time",
            );
        }
    }

    fn budget(
        &mut self,
        total: &'a ast::Expr,
        rate: Option<&'a (ast::Expr, ast::Expr)>,
    ) -> Option<Budget> {
        let whole = money(&mut self.body, total);
        let rate = rate.map(|(amount, per)| {
            let part = money(&mut self.body, amount);
            let per = self.body.duration(per, Length::Exact);
            if let (
                Some(Const::Money { currency, .. }),
                Some(Const::Money {
                    currency: other, ..
                }),
            ) = (&whole, &part)
                && currency != other
            {
                let message = format!(
                    "this amount is in {}, and the whole budget in {}",
                    other.code(),
                    currency.code()
                );
                let help = "write both in one currency";
                self.body
                    .error_with(&MIXED_CURRENCIES, amount.span, message, help);
            }
            if let (
                Some(Const::Money {
                    amount: most,
                    currency,
                }),
                Some(Const::Money {
                    amount: each,
                    currency: other,
                }),
            ) = (&whole, &part)
                && currency == other
                && each > most
            {
                self.body.error_with(
                    &OUT_OF_BOUNDS,
                    amount.span,
                    "this part of the budget is larger than the whole",
                    "write the whole budget first, and what may be spent at a time behind it",
                );
            }
            Some((part?, per?))
        });
        let rate = match rate {
            Some(rate) => Some(rate?),
            None => None,
        };
        Some(Budget {
            total: whole?,
            rate,
        })
    }
}

/// The word of a clause, and whether it may stand only once.
const fn word(clause: &Clause) -> (&'static str, bool) {
    match clause {
        Clause::Title(_) => ("title", true),
        Clause::Owner(_) => ("owner", true),
        Clause::Objective(_) => ("objective", true),
        Clause::Purpose(_) => ("purpose", true),
        Clause::Priority(_) => ("priority", true),
        Clause::Enter(_) => ("enter", false),
        Clause::OnePer { .. } => ("one per", true),
        Clause::Reenter(_) => ("reenter", true),
        Clause::LeaveWhen { .. } | Clause::LeaveOn { .. } => ("leave", false),
        Clause::Goal { .. } => ("goal", false),
        Clause::Holdout(_) => ("holdout", true),
        Clause::Active { .. } => ("active", true),
        Clause::Admit { .. } => ("admit", true),
        Clause::Budget { .. } => ("budget", true),
        Clause::Renamed { .. } => ("renamed", false),
        Clause::Removed { .. } => ("removed", false),
    }
}
