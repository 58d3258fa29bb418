//! The forms of `wait`.

use super::{Kids, Lower, Node};
use crate::syntax::ast::{Arm, ArmKind, Block, Expr, ExprKind, Wait};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

/// The words for the days of the week.
pub(in crate::syntax) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl<'a> Lower<'a> {
    /// A `wait` step.
    pub fn wait(&mut self, kids: &mut Kids<'a>) -> Option<Wait> {
        let node = self.part(kids)?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let wait = match rule {
            Rule::wait_for => Wait::For {
                duration: self.value(&mut kids),
                at: self
                    .opt(&mut kids, &[Rule::at])
                    .map(|part| self.value_of(part)),
            },
            Rule::wait_until => self.wait_until(&mut kids),
            _ => self.wait_up_to(&mut kids),
        };
        self.rest(kids);
        Some(wait)
    }

    fn wait_until(&mut self, kids: &mut Kids<'a>) -> Wait {
        let workday = self.opt(kids, &[Rule::workday_of]);
        let workday = workday.map(|part| self.name_of(part));
        let moment = match workday {
            Some(_) => self.broken(),
            None => self.value(kids),
        };
        let (mut at, mut within, mut then) = (None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::at => {
                    let value = self.value_of(part);
                    self.once(&mut at, value, span);
                }
                Rule::within => {
                    let value = self.value_of(part);
                    self.once(&mut within, value, span);
                }
                _ => {
                    let mut kids = Kids::of(part);
                    let block = self.block(&mut kids);
                    let otherwise = self
                        .opt(&mut kids, &[Rule::otherwise])
                        .map(|part| self.block_of(part));
                    self.rest(kids);
                    self.once(&mut then, (block, otherwise), span);
                }
            }
        }
        let plain = within.is_none() && then.is_none();
        if let Some(calendar) = workday {
            if !plain {
                report::next_day_only(self, calendar.span);
            }
            return Wait::Workday { calendar, at };
        }
        match moment.kind {
            ExprKind::Name(day) if !day.quoted && WEEKDAYS.contains(&day.as_str()) => {
                if !plain {
                    report::next_day_only(self, day.span);
                }
                Wait::Weekday { day, at }
            }
            kind => {
                let (then, otherwise) = then.map_or((None, None), |(t, o)| (Some(t), o));
                Wait::Until {
                    moment: Expr {
                        kind,
                        span: moment.span,
                    },
                    at,
                    within,
                    then,
                    otherwise,
                }
            }
        }
    }

    fn wait_up_to(&mut self, kids: &mut Kids<'a>) -> Wait {
        let limit = self.value(kids);
        if let Some(part) = self.opt(kids, &[Rule::for_event]) {
            let mut inner = Kids::of(part);
            let (event, filter) = self.event_where(&mut inner);
            self.rest(inner);
            return Wait::UpToFor {
                limit,
                event,
                filter,
            };
        }
        let mut arms = Vec::new();
        let mut otherwise: Option<Block> = None;
        if let Some(body) = self.opt(kids, &[Rule::arms]) {
            let mut kids = Kids::of(body);
            while let Some(part) = self.part(&mut kids) {
                let span = self.span(&part);
                if part.as_rule() == Rule::arm_else {
                    let block = self.block_of(part);
                    self.once(&mut otherwise, block, span);
                } else {
                    arms.push(self.arm(part));
                }
            }
        }
        arms.shrink_to_fit();
        Wait::UpTo {
            limit,
            arms,
            otherwise,
        }
    }

    fn arm(&mut self, node: Node<'a>) -> Arm {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let kind = match self.opt(&mut kids, &[Rule::arm_on]) {
            None => ArmKind::When(self.value(&mut kids)),
            Some(part) => {
                let mut inner = Kids::of(part);
                let event = self.path(&mut inner);
                let (mut bind, mut filter) = (None, None);
                while let Some(part) = self.part(&mut inner) {
                    let span = self.span(&part);
                    if part.as_rule() == Rule::as_part {
                        let name = self.bind_of(part);
                        self.once(&mut bind, name, span);
                    } else {
                        let value = self.value_of(part);
                        self.once(&mut filter, value, span);
                    }
                }
                ArmKind::On {
                    event,
                    bind,
                    filter,
                }
            }
        };
        let block = self.block(&mut kids);
        self.rest(kids);
        Arm { kind, block, span }
    }
}
