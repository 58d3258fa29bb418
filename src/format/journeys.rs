//! Journeys: the header clauses, and the body that they share with the steps.

use super::parts::Part;
use super::printer::Printer;
use crate::syntax::ast::{
    Enter, Finally, Journey, JourneyClause, JourneyClauseKind, Reenter, Step,
};

/// What may stand in the body of a journey. A clause after a step is an error of a later stage,
/// so all three are printed in the order of the text.
enum Item<'a> {
    Clause(&'a JourneyClause),
    Step(&'a Step),
    Finally(&'a Finally),
}

impl Item<'_> {
    fn start(&self) -> u32 {
        match self {
            Self::Clause(clause) => clause.span.start,
            Self::Step(step) => step.span.start,
            Self::Finally(finally) => finally.span.start,
        }
    }
}

impl<'a> Printer<'a> {
    pub(super) fn journey(&mut self, journey: &'a Journey) {
        self.copy_to(journey.name.span.end);
        self.parameters(&journey.params);
        self.copy_to(journey.body.start);
        let mut items: Vec<Item<'a>> = Vec::new();
        items.extend(journey.clauses.iter().map(Item::Clause));
        items.extend(journey.steps.iter().map(Item::Step));
        items.extend(journey.finally.iter().map(Item::Finally));
        items.sort_by_key(Item::start);
        self.open_block();
        for item in items {
            self.statement(item.start());
            match item {
                Item::Clause(clause) => {
                    self.node(&clause.kind);
                    self.journey_clause(&clause.kind);
                    self.copy_to(clause.span.end);
                }
                Item::Step(step) => self.step(step),
                Item::Finally(finally) => self.steps(&finally.block),
            }
        }
        self.close_block();
    }

    fn journey_clause(&mut self, kind: &'a JourneyClauseKind) {
        match kind {
            JourneyClauseKind::Priority(expr) | JourneyClauseKind::OnePer { key: expr, .. } => {
                self.expr(expr);
            }
            JourneyClauseKind::Enter(enter) => self.enter(enter),
            JourneyClauseKind::Reenter(Reenter::After(duration)) => self.expr(duration),
            JourneyClauseKind::LeaveWhen { when, held } => {
                self.parts([Some(Part::Expr(when)), held.as_deref().map(Part::Expr)]);
            }
            JourneyClauseKind::LeaveOn { event, filter } => {
                self.parts([Some(Part::Expr(event)), filter.as_deref().map(Part::Expr)]);
            }
            JourneyClauseKind::Goal {
                event,
                filter,
                within,
                worth,
            } => self.parts([
                Some(Part::Expr(event)),
                filter.as_deref().map(Part::Expr),
                within.as_deref().map(Part::Expr),
                worth.as_deref().map(Part::Expr),
            ]),
            JourneyClauseKind::Active { from, to } => {
                self.parts([Some(Part::Expr(from)), Some(Part::Expr(to))]);
            }
            JourneyClauseKind::Admit { count, per, by } => self.parts([
                Some(Part::Expr(count)),
                Some(Part::Expr(per)),
                by.as_deref().map(Part::Expr),
            ]),
            JourneyClauseKind::Budget { total, rate } => self.parts([
                Some(Part::Expr(total)),
                rate.as_deref().map(|(amount, _)| Part::Expr(amount)),
                rate.as_deref().map(|(_, per)| Part::Expr(per)),
            ]),
            JourneyClauseKind::Reenter(Reenter::Never | Reenter::Always)
            | JourneyClauseKind::Title(_)
            | JourneyClauseKind::Owner(_)
            | JourneyClauseKind::Objective(_)
            | JourneyClauseKind::Purpose(_)
            | JourneyClauseKind::Holdout(_)
            | JourneyClauseKind::Renamed { .. }
            | JourneyClauseKind::Removed { .. } => {}
        }
    }

    fn enter(&mut self, enter: &'a Enter) {
        self.node(enter);
        match enter {
            Enter::On {
                event,
                each,
                filter,
                no_later_than,
                ..
            } => self.parts([
                Some(Part::Expr(event)),
                each.as_ref().map(|each| Part::Rows(&each.0)),
                filter.as_ref().map(Part::Expr),
                no_later_than.as_ref().map(Part::Expr),
            ]),
            Enter::When { when, held, .. } => {
                self.parts([Some(Part::Expr(when)), held.as_ref().map(Part::Expr)]);
            }
            Enter::Every { at, filter, .. } => {
                self.parts([Some(Part::Expr(at)), filter.as_ref().map(Part::Expr)]);
            }
            Enter::Yearly {
                offset,
                date,
                at,
                filter,
            } => self.parts([
                offset.as_ref().map(|offset| Part::Expr(&offset.duration)),
                Some(Part::Expr(date)),
                Some(Part::Expr(at)),
                filter.as_ref().map(Part::Expr),
            ]),
            Enter::Dated {
                offset,
                date,
                at,
                filter,
                ..
            } => self.parts([
                Some(Part::Expr(&offset.duration)),
                Some(Part::Expr(date)),
                Some(Part::Expr(at)),
                filter.as_ref().map(Part::Expr),
            ]),
        }
    }
}
