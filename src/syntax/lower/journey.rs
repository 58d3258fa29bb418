//! Journeys: the header clauses and how they stand among the steps.

use super::{Kids, Lower, Node};
use crate::syntax::ast::{
    Enter, Expr, ExprKind, Finally, Journey, JourneyClause, JourneyClauseKind, Literal, Name,
    Offset, Reenter, RemovedTo, Rows, Schedule, Step,
};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

/// What stands in the body of a journey.
#[derive(Default)]
pub(in crate::syntax) struct Items {
    pub steps: Vec<Step>,
    pub clauses: Vec<JourneyClause>,
    pub finally: Vec<Finally>,
}

impl<'a> Lower<'a> {
    /// A journey, behind its name.
    pub fn journey(&mut self, name: Name, kids: &mut Kids<'a>) -> Journey {
        let params = self.params(kids);
        let subject = self.subject(kids);
        let mut items = Items::default();
        let mut body = crate::source::Span::at(self.base);
        if let Some(node) = self.opt(kids, &[Rule::journey_body]) {
            body = self.span(&node);
            self.items(node, &mut items);
            report::behind_steps(self, &items.clauses, &items.steps);
        }
        Journey {
            name,
            params,
            subject,
            clauses: items.clauses,
            steps: items.steps,
            finally: items.finally,
            body,
        }
    }

    /// A header clause; nothing if it could not be read at all.
    pub fn clause(&mut self, node: Node<'a>) -> Option<JourneyClauseKind> {
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let kids_ref = &mut kids;
        let kind = match rule {
            Rule::title => JourneyClauseKind::Title(self.text(kids_ref)),
            Rule::owner => JourneyClauseKind::Owner(self.text(kids_ref)),
            Rule::objective => JourneyClauseKind::Objective(self.name(kids_ref)),
            Rule::journey_purpose => JourneyClauseKind::Purpose(self.name(kids_ref)),
            Rule::priority => JourneyClauseKind::Priority(self.value(kids_ref)),
            Rule::enter => JourneyClauseKind::Enter(Box::new(self.enter(kids_ref)?)),
            Rule::one_per => JourneyClauseKind::OnePer {
                key: self.value(kids_ref),
                latest_wins: self.flag(kids_ref, Rule::latest),
            },
            Rule::reenter => JourneyClauseKind::Reenter(self.reenter(kids_ref)?),
            Rule::leave => self.leave(kids_ref)?,
            Rule::goal => self.goal(kids_ref),
            Rule::journey_holdout => JourneyClauseKind::Holdout(self.name(kids_ref)),
            Rule::active => JourneyClauseKind::Active {
                from: self.value(kids_ref),
                to: Box::new(self.value(kids_ref)),
            },
            Rule::admit => JourneyClauseKind::Admit {
                count: self.value(kids_ref),
                per: Box::new(self.per(kids_ref)),
                by: self.opt(kids_ref, &[Rule::admit_by]).map(|part| {
                    let mut kids = Kids::of(part);
                    let by = self.path(&mut kids);
                    self.rest(kids);
                    Box::new(by)
                }),
            },
            Rule::budget => {
                let total = self.value(kids_ref);
                let rate = self.opt(kids_ref, &[Rule::budget_rate]).map(|part| {
                    let mut kids = Kids::of(part);
                    let rate = (self.value(&mut kids), self.per(&mut kids));
                    self.rest(kids);
                    Box::new(rate)
                });
                JourneyClauseKind::Budget { total, rate }
            }
            Rule::renamed => JourneyClauseKind::Renamed {
                from: self.name(kids_ref),
                to: self.name(kids_ref),
            },
            _ => {
                let from = self.name(kids_ref);
                let to = match self.opt(kids_ref, &[Rule::exit_word]) {
                    Some(node) => RemovedTo::Exit(self.at(&node)),
                    None => RemovedTo::Label(self.name(kids_ref)),
                };
                JourneyClauseKind::Removed { from, to }
            }
        };
        self.rest(kids);
        Some(kind)
    }

    /// Whether the next node is `rule`; what is missing in it is reported.
    pub fn flag(&mut self, kids: &mut Kids<'a>, rule: Rule) -> bool {
        let part = self.opt(kids, &[rule]);
        part.is_some_and(|part| {
            self.rest(Kids::of(part));
            true
        })
    }

    fn reenter(&mut self, kids: &mut Kids<'a>) -> Option<Reenter> {
        let node = self.part(kids)?;
        Some(match (node.as_rule(), node.as_str()) {
            (Rule::reenter_after, _) => Reenter::After(self.value_of(node)),
            (_, "never") => Reenter::Never,
            _ => Reenter::Always,
        })
    }

    fn leave(&mut self, kids: &mut Kids<'a>) -> Option<JourneyClauseKind> {
        let node = self.part(kids)?;
        let rule = node.as_rule();
        let mut inner = Kids::of(node);
        let clause = if rule == Rule::leave_when {
            JourneyClauseKind::LeaveWhen {
                when: self.value(&mut inner),
                held: self
                    .opt(&mut inner, &[Rule::held])
                    .map(|part| Box::new(self.value_of(part))),
            }
        } else {
            let (event, filter) = self.event_where(&mut inner);
            let filter = filter.map(Box::new);
            JourneyClauseKind::LeaveOn { event, filter }
        };
        self.rest(inner);
        Some(clause)
    }

    /// `EVENT [where C]`
    pub fn event_where(&mut self, kids: &mut Kids<'a>) -> (Expr, Option<Expr>) {
        let event = self.path(kids);
        let filter = self
            .opt(kids, &[Rule::where_part])
            .map(|part| self.value_of(part));
        (event, filter)
    }

    fn goal(&mut self, kids: &mut Kids<'a>) -> JourneyClauseKind {
        let event = self.path(kids);
        let (mut filter, mut within, mut worth) = (None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            let rule = part.as_rule();
            let value = Box::new(self.value_of(part));
            let slot = match rule {
                Rule::where_part => &mut filter,
                Rule::within => &mut within,
                _ => &mut worth,
            };
            self.once(slot, value, span);
        }
        JourneyClauseKind::Goal {
            event,
            filter,
            within,
            worth,
        }
    }

    // ---- enter -------------------------------------------------------------------------------

    fn enter(&mut self, kids: &mut Kids<'a>) -> Option<Enter> {
        let node = self.part(kids)?;
        let rule = node.as_rule();
        let place = self.span(&node);
        let mut kids = Kids::of(node);
        let enter = match rule {
            Rule::enter_on => self.enter_on(&mut kids),
            Rule::enter_when => {
                let when = self.value(&mut kids);
                let mut held = None;
                let mut including_those_already = false;
                while let Some(part) = self.part(&mut kids) {
                    let span = self.span(&part);
                    if part.as_rule() == Rule::held {
                        let value = self.value_of(part);
                        self.once(&mut held, value, span);
                    } else {
                        self.rest(Kids::of(part));
                        including_those_already = true;
                    }
                }
                Enter::When {
                    when,
                    held,
                    including_those_already,
                }
            }
            Rule::enter_every => {
                let schedule = self.schedule(&mut kids)?;
                let (_, at, filter) = self.entry_parts(&mut kids);
                Enter::Every {
                    schedule,
                    at: at.unwrap_or_else(|| report::no_entry_time(self, place)),
                    filter,
                }
            }
            Rule::enter_yearly => {
                let offset = self.offset(&mut kids);
                let date = self.value(&mut kids);
                let (_, at, filter) = self.entry_parts(&mut kids);
                Enter::Yearly {
                    offset,
                    date,
                    at: at.unwrap_or_else(|| report::no_entry_time(self, place)),
                    filter,
                }
            }
            _ => {
                let Some(offset) = self.offset(&mut kids) else {
                    self.rest(kids);
                    return None;
                };
                let date = self.value(&mut kids);
                let (bind, at, filter) = self.entry_parts(&mut kids);
                Enter::Dated {
                    offset,
                    date,
                    bind,
                    at: at.unwrap_or_else(|| report::no_entry_time(self, place)),
                    filter,
                }
            }
        };
        self.rest(kids);
        Some(enter)
    }

    fn enter_on(&mut self, kids: &mut Kids<'a>) -> Enter {
        let event = self.path(kids);
        let (mut bind, mut each, mut filter, mut no_later_than) = (None, None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::as_part => {
                    let name = self.bind_of(part);
                    self.once(&mut bind, name, span);
                }
                Rule::for_each => {
                    let rows = Box::new(self.for_each(part));
                    self.once(&mut each, rows, span);
                }
                Rule::where_part => {
                    let value = self.value_of(part);
                    self.once(&mut filter, value, span);
                }
                _ => {
                    let value = self.value_of(part);
                    self.once(&mut no_later_than, value, span);
                }
            }
        }
        Enter::On {
            event,
            bind,
            each,
            filter,
            no_later_than,
        }
    }

    /// `for each ROWS as NAME`
    fn for_each(&mut self, part: Node<'a>) -> (Rows, Name) {
        let mut kids = Kids::of(part);
        let source = self.path(&mut kids);
        let of = self
            .opt(&mut kids, &[Rule::of_part])
            .map(|part| self.value_of(part));
        let span = of
            .as_ref()
            .map_or(source.span, |of| source.span.to(of.span));
        let name = match self.opt(&mut kids, &[Rule::as_part]) {
            Some(part) => self.bind_of(part),
            None => self.nothing(),
        };
        self.rest(kids);
        let rows = Rows {
            source,
            of,
            bind: None,
            last: None,
            filter: None,
            span,
        };
        (rows, name)
    }

    /// `[as NAME] [at TIME] [where C]`
    fn entry_parts(&mut self, kids: &mut Kids<'a>) -> (Option<Name>, Option<Expr>, Option<Expr>) {
        let (mut bind, mut at, mut filter) = (None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::as_part => {
                    let name = self.bind_of(part);
                    self.once(&mut bind, name, span);
                }
                Rule::at => {
                    let value = self.value_of(part);
                    self.once(&mut at, value, span);
                }
                _ => {
                    let value = self.value_of(part);
                    self.once(&mut filter, value, span);
                }
            }
        }
        (bind, at, filter)
    }

    fn schedule(&mut self, kids: &mut Kids<'a>) -> Option<Schedule> {
        let Some(part) = self.opt(kids, &[Rule::month_day]) else {
            let name = self.name(kids);
            return match name.as_str() {
                "" => None,
                "day" => Some(Schedule::Day),
                _ => {
                    report::weekday(self, &name);
                    Some(Schedule::Weekday(name))
                }
            };
        };
        let mut kids = Kids::of(part);
        let day = self.value(&mut kids);
        self.rest(kids);
        match day.kind {
            ExprKind::Literal(Literal::Int(day @ 1..=31)) => {
                u32::try_from(day).ok().map(Schedule::MonthDay)
            }
            ExprKind::Broken => None,
            _ => {
                report::month_day(self, day.span);
                None
            }
        }
    }

    /// The next `D before` or `D after`.
    fn offset(&mut self, kids: &mut Kids<'a>) -> Option<Offset> {
        let part = self.opt(kids, &[Rule::offset])?;
        let mut kids = Kids::of(part);
        let duration = self.value(&mut kids);
        let before = self
            .opt(&mut kids, &[Rule::direction])
            .is_some_and(|node| node.as_str() == "before");
        self.rest(kids);
        Some(Offset { duration, before })
    }
}
