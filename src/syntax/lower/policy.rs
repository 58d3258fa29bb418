//! Consent blocks, holdouts and promises.

use super::{Kids, Lower, Node};
use crate::source::Span;
use crate::syntax::ast::{
    Claim, ClaimKind, ConsentBlock, ConsentRule, ConsentRuleKind, DayRule, Expr, Holdout, Name,
    Otherwise, Promise,
};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

impl<'a> Lower<'a> {
    /// A consent block, behind its name.
    pub fn consent(&mut self, name: Name, kids: &mut Kids<'a>) -> ConsentBlock {
        let subject = self.subject(kids);
        let mut filter = None;
        let mut under = None;
        let mut rules = Vec::new();
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::where_part => {
                    let value = self.value_of(part);
                    self.once(&mut filter, value, span);
                }
                Rule::under => {
                    let mut kids = Kids::of(part);
                    let names = self.names(&mut kids);
                    self.once(&mut under, names, span);
                }
                Rule::rules => {
                    let mut kids = Kids::of(part);
                    while let Some(node) = self.part(&mut kids) {
                        rules.extend(self.consent_rule(node));
                    }
                }
                _ => {}
            }
        }
        ConsentBlock {
            name,
            subject,
            filter,
            under: under.unwrap_or_default(),
            rules,
        }
    }

    fn consent_rule(&mut self, node: Node<'a>) -> Option<ConsentRule> {
        let span = self.span(&node);
        let node = node.into_inner().next()?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let channels = self.names(&mut kids);
        let purposes = self.for_names(&mut kids);
        let kind = match rule {
            Rule::permit => self.permit(&mut kids, span),
            Rule::forbid => self.forbid(&mut kids),
            _ => self.limit(&mut kids),
        };
        self.rest(kids);
        Some(ConsentRule {
            doc: self.doc(span.start),
            channels,
            purposes,
            kind,
            span,
        })
    }

    /// The next `for PURPOSES`.
    fn for_names(&mut self, kids: &mut Kids<'a>) -> Vec<Name> {
        let Some(part) = self.opt(kids, &[Rule::for_names]) else {
            return Vec::new();
        };
        let mut kids = Kids::of(part);
        let names = self.names(&mut kids);
        self.rest(kids);
        names
    }

    fn permit(&mut self, kids: &mut Kids<'a>, place: Span) -> ConsentRuleKind {
        let (mut basis, mut when, mut because) = (None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::permit_by => {
                    let name = self.name_of(part);
                    self.once(&mut basis, name, span);
                }
                Rule::when_part => {
                    let value = self.value_of(part);
                    self.once(&mut when, value, span);
                }
                _ => {
                    let text = self.text_of(part);
                    self.once(&mut because, text, span);
                }
            }
        }
        if basis.is_none() {
            report::no_basis(self, place);
        }
        ConsentRuleKind::Permit {
            basis: basis.unwrap_or_else(|| self.nothing()),
            when,
            because,
        }
    }

    fn forbid(&mut self, kids: &mut Kids<'a>) -> ConsentRuleKind {
        let (mut when, mut between, mut on, mut otherwise) = (None, None, None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::when_part => {
                    let value = self.value_of(part);
                    self.once(&mut when, value, span);
                }
                Rule::between => {
                    let times = self.between(part);
                    self.once(&mut between, times, span);
                }
                Rule::on_days => {
                    let days = self.on_days(part);
                    self.once(&mut on, days, span);
                }
                _ => {
                    if let Some(rule) = self.rule_else(part) {
                        self.once(&mut otherwise, rule, span);
                    }
                }
            }
        }
        ConsentRuleKind::Forbid {
            when,
            between,
            on,
            otherwise,
        }
    }

    fn limit(&mut self, kids: &mut Kids<'a>) -> ConsentRuleKind {
        let count = self.value(kids);
        let per = self.per(kids);
        let (mut per_key, mut otherwise) = (None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            if part.as_rule() == Rule::per_key {
                let value = self.value_of(part);
                self.once(&mut per_key, value, span);
            } else if let Some(rule) = self.rule_else(part) {
                self.once(&mut otherwise, rule, span);
            }
        }
        ConsentRuleKind::Limit {
            count,
            per,
            per_key,
            otherwise,
        }
    }

    /// `between T and T`
    fn between(&mut self, part: Node<'a>) -> (Expr, Expr) {
        let mut kids = Kids::of(part);
        let times = (self.value(&mut kids), self.value(&mut kids));
        self.rest(kids);
        times
    }

    fn on_days(&mut self, part: Node<'a>) -> DayRule {
        let mut kids = Kids::of(part);
        let days = match self.opt(&mut kids, &[Rule::holidays_of]) {
            Some(part) => DayRule::Holidays(self.name_of(part)),
            None => DayRule::Weekdays(self.names(&mut kids)),
        };
        self.rest(kids);
        days
    }

    /// `else skip`, `else delay [up to D]`
    fn rule_else(&mut self, part: Node<'a>) -> Option<Otherwise> {
        let span = self.span(&part);
        let mut kids = Kids::of(part);
        let node = self.part(&mut kids)?;
        if node.as_rule() == Rule::skip {
            return Some(Otherwise::Skip { span });
        }
        let mut kids = Kids::of(node);
        let up_to = self
            .opt(&mut kids, &[Rule::delay_up_to])
            .map(|part| self.value_of(part));
        self.rest(kids);
        Some(Otherwise::Delay { up_to, span })
    }

    /// A holdout, behind its name.
    pub fn holdout(&mut self, name: Name, kids: &mut Kids<'a>) -> Holdout {
        let subject = self.subject(kids);
        let share = self.value(kids);
        let purposes = self.for_names(kids);
        let redrawn = self.opt(kids, &[Rule::redrawn]).map(|part| {
            let kids = Kids::of(part);
            self.rest(kids);
        });
        Holdout {
            name,
            subject,
            share,
            purposes,
            redrawn: redrawn.is_some(),
        }
    }

    /// A promise.
    pub fn promise(&mut self, kids: &mut Kids<'a>) -> Promise {
        let title = self.text(kids);
        let mut claims = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::claims]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                let span = self.span(&node);
                if let Some(kind) = self.claim(node) {
                    claims.push(Claim { kind, span });
                }
            }
        }
        Promise { title, claims }
    }

    fn claim(&mut self, node: Node<'a>) -> Option<ClaimKind> {
        let node = node.into_inner().next()?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let kind = match rule {
            Rule::at_most => ClaimKind::AtMost {
                count: self.value(&mut kids),
                channels: self.names(&mut kids),
                purposes: self.for_names(&mut kids),
                per: self.per(&mut kids),
            },
            Rule::never => self.never(&mut kids)?,
            Rule::after_claim => {
                let event = self.path(&mut kids);
                let filter = self
                    .opt(&mut kids, &[Rule::where_part])
                    .map(|part| self.value_of(part));
                let message = self.name(&mut kids);
                let within = match self.opt(&mut kids, &[Rule::within]) {
                    Some(part) => self.value_of(part),
                    None => self.broken(),
                };
                let or_refused = self.opt(&mut kids, &[Rule::or_refused]);
                ClaimKind::After {
                    event,
                    filter,
                    message,
                    within,
                    or_refused: or_refused.is_some_and(|part| {
                        self.rest(Kids::of(part));
                        true
                    }),
                }
            }
            _ => self.journey_claim(&mut kids)?,
        };
        self.rest(kids);
        Some(kind)
    }

    fn never(&mut self, kids: &mut Kids<'a>) -> Option<ClaimKind> {
        let channels = self.names(kids);
        if let Some(part) = self.opt(kids, &[Rule::with]) {
            let other = self.name_of(part);
            return match <[Name; 1]>::try_from(channels) {
                Ok([journey]) => Some(ClaimKind::NeverWith { journey, other }),
                Err(names) => {
                    report::one_journey(self, &names);
                    None
                }
            };
        }
        let purposes = self.for_names(kids);
        let (mut when, mut between) = (None, None);
        while let Some(part) = self.part(kids) {
            let span = self.span(&part);
            if part.as_rule() == Rule::when_part {
                let value = self.value_of(part);
                self.once(&mut when, value, span);
            } else {
                let times = self.between(part);
                self.once(&mut between, times, span);
            }
        }
        Some(ClaimKind::Never {
            channels,
            purposes,
            when,
            between,
        })
    }

    fn journey_claim(&mut self, kids: &mut Kids<'a>) -> Option<ClaimKind> {
        let journey = self.name(kids);
        let part = self.part(kids)?;
        let rule = part.as_rule();
        let mut inner = Kids::of(part);
        let claim = if rule == Rule::ends {
            let within = match self.opt(&mut inner, &[Rule::within]) {
                Some(part) => self.value_of(part),
                None => self.broken(),
            };
            ClaimKind::EndsWithin { journey, within }
        } else {
            let amount = self.value(&mut inner);
            ClaimKind::CostsAtMost { journey, amount }
        };
        self.rest(inner);
        Some(claim)
    }
}
