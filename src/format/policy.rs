//! Consent blocks, promises and tests.

use super::parts::Part;
use super::printer::Printer;
use crate::syntax::ast::{
    Claim, ClaimKind, ConsentBlock, ConsentRule, ConsentRuleKind, Otherwise, Promise, Test,
    TestStatement, TestStatementKind,
};

impl<'a> Printer<'a> {
    pub(super) fn consent(&mut self, consent: &'a ConsentBlock) {
        self.maybe(consent.filter.as_ref());
        self.copy_to_block();
        self.block(
            &consent.rules,
            |rule: &ConsentRule| rule.span.start,
            |printer, rule| {
                printer.fact(&rule.doc);
                printer.node(&rule.kind);
                printer.rule(&rule.kind);
                printer.copy_to(rule.span.end);
            },
        );
    }

    fn rule(&mut self, kind: &'a ConsentRuleKind) {
        match kind {
            ConsentRuleKind::Permit { when, .. } => self.maybe(when.as_ref()),
            ConsentRuleKind::Forbid {
                when,
                between,
                otherwise,
                ..
            } => self.parts([
                when.as_ref().map(Part::Expr),
                between.as_ref().map(|(from, _)| Part::Expr(from)),
                between.as_ref().map(|(_, to)| Part::Expr(to)),
                rest_at_most(otherwise.as_ref()),
            ]),
            ConsentRuleKind::Limit {
                count,
                per,
                per_key,
                otherwise,
            } => self.parts([
                Some(Part::Expr(count)),
                Some(Part::Expr(per)),
                per_key.as_ref().map(Part::Expr),
                rest_at_most(otherwise.as_ref()),
            ]),
        }
    }

    pub(super) fn promise(&mut self, promise: &'a Promise) {
        self.copy_to(promise.title.span.end);
        self.copy_to_block();
        self.block(
            &promise.claims,
            |claim: &Claim| claim.span.start,
            |printer, claim| {
                printer.node(&claim.kind);
                printer.claim(&claim.kind);
                printer.copy_to(claim.span.end);
            },
        );
    }

    fn claim(&mut self, kind: &'a ClaimKind) {
        match kind {
            ClaimKind::AtMost { count, per, .. } => {
                self.expr(count);
                self.expr(per);
            }
            ClaimKind::Never { when, between, .. } => self.parts([
                when.as_ref().map(Part::Expr),
                between.as_ref().map(|(from, _)| Part::Expr(from)),
                between.as_ref().map(|(_, to)| Part::Expr(to)),
            ]),
            ClaimKind::After {
                event,
                filter,
                within,
                ..
            } => self.parts([
                Some(Part::Expr(event)),
                filter.as_ref().map(Part::Expr),
                Some(Part::Expr(within)),
            ]),
            ClaimKind::EndsWithin { within, .. } => self.expr(within),
            ClaimKind::CostsAtMost { amount, .. } => self.expr(amount),
            ClaimKind::NeverWith { .. } => {}
        }
    }

    pub(super) fn test(&mut self, test: &'a Test) {
        self.copy_to(test.journey.span.end);
        self.copy_to_block();
        self.block(
            &test.statements,
            |statement: &TestStatement| statement.span.start,
            |printer, statement| {
                printer.node(&statement.kind);
                printer.test_statement(&statement.kind);
                printer.copy_to(statement.span.end);
            },
        );
    }

    fn test_statement(&mut self, kind: &'a TestStatementKind) {
        match kind {
            TestStatementKind::GivenRow {
                entity,
                bind,
                fields,
            } => {
                self.copy_to(bind.as_ref().unwrap_or(entity).span.end);
                self.record(fields);
            }
            TestStatementKind::GivenDo { action, result } => {
                self.copy_to(action.span.end);
                if let Some(fields) = result {
                    self.record(fields);
                }
            }
            TestStatementKind::Event { event, args } => {
                self.expr(event);
                self.arguments(args);
            }
            TestStatementKind::ExpectSent { at, .. } => self.maybe(at.as_ref()),
            TestStatementKind::GivenSetting { value: expr, .. }
            | TestStatementKind::Clock(expr)
            | TestStatementKind::After(expr)
            | TestStatementKind::Expect(expr) => self.expr(expr),
            TestStatementKind::GivenSplit { .. }
            | TestStatementKind::ExpectRefused { .. }
            | TestStatementKind::ExpectResting(_)
            | TestStatementKind::ExpectLeft(_) => {}
        }
    }
}

/// `D` of `else delay up to D`
fn rest_at_most(otherwise: Option<&Otherwise>) -> Option<Part<'_>> {
    match otherwise? {
        Otherwise::Delay { up_to, .. } => up_to.as_ref().map(Part::Expr),
        Otherwise::Skip { .. } => None,
    }
}
