//! `split`: shares of the people, by a draw that sticks or by what works best.

use super::Walk;
use super::steps::After;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::WRONG_SHARES;
use crate::diag::codes::names::{DUPLICATE_NAME, MISSING_CLAUSE};
use crate::diag::codes::types::TYPE_MISMATCH;
use crate::model::body::{Known, Length};
use crate::model::check::clauses::count;
use crate::model::check::reach::unknown_word;
use crate::model::hir::{Best, BestBy, Const, Split, SplitArm, StepKind};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

impl<'a> Walk<'_, 'a> {
    /// A split. Its shares sum to 100%; with `best by`, to less, and `rest` gets the others.
    pub(super) fn split(&mut self, split: &'a ast::Split, span: Span) -> Option<StepKind> {
        let head = Span::new(
            span.start,
            split.arms.first().map_or(span.end, |arm| arm.span.start),
        );
        let best = split.best.as_ref().map(|best| self.best(best));
        let mut after = After::default();
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut total = Some(Decimal::ZERO);
        let mut plain = false;
        let mut arms = Vec::with_capacity(split.arms.len());
        for arm in &split.arms {
            let share = self.share(&arm.share, &mut plain);
            total = total.zip(share).and_then(|(a, b)| a.checked_add(b));
            if let Some(label) = arm.label.as_ref().filter(|label| !label.text.is_empty()) {
                if let Some(first) = seen.get(label.as_str()) {
                    let (place, first) = (self.body.place(label.span), self.body.place(*first));
                    self.body.report(
                        Diagnostic::new(
                            &DUPLICATE_NAME,
                            place,
                            format!("two arms of this split are called `{}`", label.text),
                        )
                        .other(first, "first here")
                        .help("give one of them another name"),
                    );
                }
                seen.insert(label.as_str(), label.span);
            }
            let (steps, known) = self.block(&arm.block, &Known::default());
            after.add(&steps, known);
            arms.push(SplitArm {
                share: share.unwrap_or_default(),
                label: arm.label.as_ref().map(|label| label.text.clone()),
                steps,
            });
        }
        self.body.set_known(after.known());
        self.fits(split, total, head);
        let best = match best {
            Some(best) => Some(best?),
            None => None,
        };
        Some(StepKind::Split(Box::new(Split {
            name: split.name.as_ref().map(|name| name.text.clone()),
            drawn_each_time: split.drawn_each_time,
            best,
            arms,
            rest: split.rest.is_some(),
        })))
    }

    /// The share of an arm. `plain` says whether one without its sign was reported.
    fn share(&mut self, share: &'a ast::Expr, plain: &mut bool) -> Option<Decimal> {
        if let ast::ExprKind::Literal(ast::Literal::Int(number)) = &share.kind {
            // One arm without its sign says enough of all.
            if !std::mem::replace(plain, true) {
                let message = format!("`{number}` is no share without its sign");
                let help = format!("write `{number}%`, and the other shares like it");
                self.body
                    .error_with(&TYPE_MISMATCH, share.span, message, help);
            }
            return None;
        }
        let Const::Percent(value) = self.body.constant(share, &Ty::Percent)? else {
            return None;
        };
        if value > Decimal::ZERO {
            return Some(value);
        }
        self.body.error_with(
            &WRONG_SHARES,
            share.span,
            "nobody comes into an arm of this share",
            "write a share of more than 0%, or remove the arm",
        );
        None
    }

    /// The number of arms, the sum of their shares, and `rest`.
    fn fits(&mut self, split: &'a ast::Split, total: Option<Decimal>, head: Span) {
        if split.arms.len() < 2 {
            let message = format!("this split has {} of at least 2 arms", split.arms.len());
            self.body.error_with(
                &WRONG_SHARES,
                head,
                message,
                "add an arm, or remove the split",
            );
            return;
        }
        match (split.best.is_some(), split.rest) {
            (true, None) => {
                self.body.error_with(
                    &WRONG_SHARES,
                    head,
                    "nothing says who gets the best arm",
                    "end the split with `rest`: who waits for the winner",
                );
                return;
            }
            (false, Some(rest)) => {
                self.body.error_with(
                    &WRONG_SHARES,
                    rest,
                    "`rest` waits for a winner, and this split has none",
                    "remove it, or write `split NAME best by ...`",
                );
                return;
            }
            _ => {}
        }
        let Some(total) = total.map(|total| total.normalize()) else {
            return;
        };
        if split.best.is_some() {
            if total >= Decimal::ONE_HUNDRED {
                let message = format!("the arms take {total}%, and `rest` gets nobody");
                let help = "lower the shares: they are only for the people who try the arms";
                self.body.error_with(&WRONG_SHARES, head, message, help);
            }
            if split.name.is_none() {
                let help = "write `split NAME best by ...`";
                let message = "a split with a winner needs a name to keep it under";
                self.body.error_with(&MISSING_CLAUSE, head, message, help);
            }
        } else if total != Decimal::ONE_HUNDRED {
            let message = format!("the shares sum to {total}%, not to 100%");
            let help = if total < Decimal::ONE_HUNDRED {
                format!(
                    "give the missing {}% to an arm",
                    Decimal::ONE_HUNDRED - total
                )
            } else {
                format!("take {}% away", total - Decimal::ONE_HUNDRED)
            };
            self.body.error_with(&WRONG_SHARES, head, message, help);
        }
    }

    fn best(&mut self, best: &'a ast::Best) -> Option<Best> {
        let by = match best.by.as_str() {
            "clicked" => Some(BestBy::Clicked),
            "goal" => Some(BestBy::Goal),
            "worth" => Some(BestBy::Worth),
            _ => {
                let words = ["clicked", "goal", "worth"].into_iter();
                unknown_word(&mut self.body, &best.by, "a measure of success", words);
                None
            }
        };
        if let Some(BestBy::Goal | BestBy::Worth) = by {
            self.needs_goal(&best.by, by == Some(BestBy::Worth));
        }
        let after = self.body.duration(&best.after, Length::Exact);
        let people = best
            .people
            .as_ref()
            .map(|people| count(&mut self.body, people));
        let keeping = best
            .keeping
            .as_ref()
            .map(|share| self.share(share, &mut false));
        let people = match people {
            Some(people) => Some(people?),
            None => None,
        };
        let keeping = match keeping {
            Some(keeping) => Some(keeping?),
            None => None,
        };
        Some(Best {
            by: by?,
            after: after?,
            people,
            keeping,
        })
    }

    fn needs_goal(&mut self, by: &ast::Name, worth: bool) {
        let found = self.ast.clauses.iter().any(|clause| {
            matches!(&clause.kind, ast::JourneyClauseKind::Goal { worth: of, .. } if !worth || of.is_some())
        });
        if !found {
            let what = if worth {
                "a goal with a `worth`"
            } else {
                "a goal"
            };
            let message = format!(
                "`best by {}` counts {what}, and the journey has none",
                by.text
            );
            let help = format!("add {what} to the header, or choose another measure");
            self.body
                .error_with(&MISSING_CLAUSE, by.span, message, help);
        }
    }
}
