//! Tests.

use super::{Kids, Lower, Node};
use crate::syntax::ast::{Argument, Expr, Name, Test, TestStatement, TestStatementKind};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

impl<'a> Lower<'a> {
    /// A test.
    pub fn test(&mut self, kids: &mut Kids<'a>) -> Test {
        let title = self.text(kids);
        let journey = self.name(kids);
        let mut statements = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::test_body]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                let span = self.span(&node);
                if let Some(kind) = self.statement(node) {
                    statements.push(TestStatement { kind, span });
                }
            }
        }
        Test {
            title,
            journey,
            statements,
        }
    }

    fn statement(&mut self, node: Node<'a>) -> Option<TestStatementKind> {
        let node = node.into_inner().next()?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let kind = match rule {
            Rule::given => self.given(&mut kids)?,
            Rule::expect => self.expect(&mut kids)?,
            Rule::clock => TestStatementKind::Clock(self.value(&mut kids)),
            Rule::after => TestStatementKind::After(self.value(&mut kids)),
            _ => {
                let event = self.path(&mut kids);
                if kids.peek().is_none() {
                    report::bare_event(self, &event);
                }
                let args = self.args(&mut kids);
                TestStatementKind::Event { event, args }
            }
        };
        self.rest(kids);
        Some(kind)
    }

    fn given(&mut self, kids: &mut Kids<'a>) -> Option<TestStatementKind> {
        let node = self.part(kids)?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let given = match rule {
            Rule::given_setting => TestStatementKind::GivenSetting {
                name: self.name(&mut kids),
                value: self.value(&mut kids),
            },
            Rule::given_split => TestStatementKind::GivenSplit {
                name: self.name(&mut kids),
                arm: self.name(&mut kids),
            },
            Rule::given_do => TestStatementKind::GivenDo {
                action: self.name(&mut kids),
                result: match self.opt(&mut kids, &[Rule::silent]) {
                    Some(_) => None,
                    None => Some(self.record(&mut kids)),
                },
            },
            _ => TestStatementKind::GivenRow {
                entity: self.name(&mut kids),
                bind: self
                    .opt(&mut kids, &[Rule::as_part])
                    .map(|part| self.bind_of(part)),
                fields: self.record(&mut kids),
            },
        };
        self.rest(kids);
        Some(given)
    }

    /// The next `{ field: value, ... }`.
    fn record(&mut self, kids: &mut Kids<'a>) -> Vec<Argument> {
        let mut fields = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::record]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                let mut kids = Kids::of(node);
                fields.push(Argument {
                    name: self.name(&mut kids),
                    value: self.value(&mut kids),
                });
                self.rest(kids);
            }
        }
        fields
    }

    fn expect(&mut self, kids: &mut Kids<'a>) -> Option<TestStatementKind> {
        let node = self.part(kids)?;
        let rule = node.as_rule();
        if rule == Rule::expr {
            return Some(TestStatementKind::Expect(self.expr(node)));
        }
        let mut kids = Kids::of(node);
        let expect = match rule {
            Rule::sent | Rule::not_sent => {
                let message = self.name(&mut kids);
                let (by, at) = self.expect_parts(&mut kids);
                TestStatementKind::ExpectSent {
                    negated: rule == Rule::not_sent,
                    message,
                    by,
                    at,
                }
            }
            Rule::refused => TestStatementKind::ExpectRefused {
                message: self.name(&mut kids),
                because: self.because_word(&mut kids),
            },
            Rule::resting => TestStatementKind::ExpectResting(self.name(&mut kids)),
            _ => TestStatementKind::ExpectLeft(self.because_word(&mut kids)),
        };
        self.rest(kids);
        Some(expect)
    }

    fn expect_parts(&mut self, kids: &mut Kids<'a>) -> (Option<Name>, Option<Expr>) {
        let (mut by, mut at) = (None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            if part.as_rule() == Rule::expect_by {
                let name = self.name_of(part);
                self.once(&mut by, name, span);
            } else {
                let value = self.value_of(part);
                self.once(&mut at, value, span);
            }
        }
        (by, at)
    }

    fn because_word(&mut self, kids: &mut Kids<'a>) -> Option<Name> {
        let part = self.opt(kids, &[Rule::because_word])?;
        Some(self.name_of(part))
    }
}
