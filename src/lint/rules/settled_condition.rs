//! `settled-condition`: a condition that is always true, or never, whoever it is asked about.
//!
//! What is held against a condition: the types of its values, its own other parts, and in a journey
//! what must be true to come to it: the conditions around it and before it in the same moment, what
//! the entry demands of its event, and that nobody is inside who fulfils a `leave when`.

use crate::diag::codes::lint::SETTLED_CONDITION;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::lint::facts::{Clash, Facts};
use crate::model::hir::same::same;
use crate::model::hir::{
    ArmKind, ClaimKind, Enter, Expr, ExprKind, Function, Journey, Leave, Locals, On, RuleKind,
    Step, StepKind, Wait, visit,
};
use crate::model::types::{LocalKind, Ty};
use crate::source::{FileId, Span};

/// Looks at the conditions of a journey.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let mut look = Look {
        locals: Some(&journey.locals),
        leaves: journey.leaves.iter().map(|(_, span)| *span).collect(),
        ..Look::new(whole, journey.place.file, out)
    };
    let mut inside = Facts::none(whole.model);
    for (leave, _) in &journey.leaves {
        if let Leave::When { when, held } = leave {
            look.condition(when, &Facts::none(whole.model));
            if held.is_none() {
                let _ = inside.assume(when, false, &|_| false);
            }
        }
    }
    let mut entered = inside.clone();
    for (enter, _) in &journey.enters {
        let mut facts = inside.clone();
        if let Some(when) = entry(enter)
            && !look.entry(when, &facts)
            && facts.assume(when, true, &|expr| look.lasts(expr)).is_ok()
            && journey.enters.len() == 1
        {
            entered = facts;
        }
    }
    if journey.admit.is_some() {
        // People may wait at the door.
        entered.forget();
    }
    for (leave, _) in &journey.leaves {
        if let Leave::On(on) = leave {
            look.event(on, &Facts::none(whole.model));
        }
    }
    for goal in &journey.goals {
        look.event(&goal.on, &Facts::none(whole.model));
    }
    visit::of_header(journey, &mut |expr| look.inside(expr));
    let mut walk = Walk { look, inside };
    walk.steps(&journey.steps, &mut entered);
}

/// Looks at the conditions that stand outside of journeys.
pub(crate) fn check_others(whole: &Whole<'_>, out: &mut Diagnostics) {
    let model = whole.model;
    let nothing = Facts::none(model);
    for derived in model.segments.iter().chain(&model.measures) {
        let mut look = Look::new(whole, derived.place.file, out);
        if derived.value.ty == Ty::Bool {
            look.condition(&derived.value, &nothing);
        }
        look.inside(&derived.value);
    }
    for block in &model.consents {
        let mut look = Look::new(whole, block.place.file, out);
        let mut applies = nothing.clone();
        if let Some(filter) = &block.filter {
            look.condition(filter, &nothing);
            look.inside(filter);
            let _ = applies.assume(filter, true, &|_| true);
        }
        for rule in &block.rules {
            let (RuleKind::Permit { when, .. } | RuleKind::Forbid { when, .. }) = &rule.kind else {
                continue;
            };
            if let Some(when) = when {
                look.condition(when, &applies);
                look.inside(when);
            }
        }
    }
    for promise in &model.promises {
        let mut look = Look::new(whole, promise.place.file, out);
        for claim in &promise.claims {
            match &claim.kind {
                ClaimKind::Never {
                    when: Some(when), ..
                } => {
                    look.condition(when, &nothing);
                    look.inside(when);
                }
                ClaimKind::After { on, .. } => look.event(on, &nothing),
                ClaimKind::AtMost { .. }
                | ClaimKind::Never { .. }
                | ClaimKind::EndsWithin { .. }
                | ClaimKind::CostsAtMost { .. }
                | ClaimKind::NeverWith { .. } => {}
            }
        }
    }
}

/// The condition of an entry.
fn entry(enter: &Enter) -> Option<&Expr> {
    match enter {
        Enter::On { on, .. } => on.filter.as_ref(),
        Enter::When { when, .. } => Some(when),
        Enter::Every { filter, .. }
        | Enter::Yearly { filter, .. }
        | Enter::Dated { filter, .. } => filter.as_ref(),
    }
}

/// What a condition comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Always,
    Never,
    /// It stands there twice.
    Again,
}

struct Look<'w, 'm, 'o> {
    whole: &'w Whole<'m>,
    file: FileId,
    /// The variables, in a journey.
    locals: Option<&'w Locals>,
    /// Where the clauses stand that say who leaves.
    leaves: Vec<Span>,
    out: &'o mut Diagnostics,
}

impl<'w, 'm, 'o> Look<'w, 'm, 'o> {
    fn new(whole: &'w Whole<'m>, file: FileId, out: &'o mut Diagnostics) -> Self {
        Self {
            whole,
            file,
            locals: None,
            leaves: Vec::new(),
            out,
        }
    }

    /// The condition of an entry. That it keeps out whoever would leave at once is as it should be.
    fn entry(&mut self, when: &'w Expr, inside: &Facts<'w>) -> bool {
        if self.condition(when, &Facts::none(self.whole.model)) {
            return true;
        }
        let never = inside.clone().assume(when, true, &|_| false);
        if let Err(clash) = never {
            self.report(Answer::Never, when, clash);
        }
        never.is_err()
    }

    /// The condition of an event.
    fn event(&mut self, on: &'w On, facts: &Facts<'w>) {
        if let Some(filter) = &on.filter {
            self.condition(filter, facts);
        }
    }

    /// The conditions on rows inside an expression.
    fn inside(&mut self, root: &'w Expr) {
        let nothing = Facts::none(self.whole.model);
        visit::each_expr(root, |expr| {
            if let ExprKind::Aggregate { rows, .. }
            | ExprKind::Pick { rows, .. }
            | ExprKind::Top { rows, .. } = &expr.kind
                && let Some(filter) = &rows.filter
            {
                self.condition(filter, &nothing);
            }
        });
    }

    /// Reports a condition that is settled where these facts hold, or the parts of it that are; says
    /// whether it did.
    fn condition(&mut self, expr: &'w Expr, facts: &Facts<'w>) -> bool {
        let items = match &expr.kind {
            ExprKind::Not(inner) | ExprKind::Known(inner) => return self.condition(inner, facts),
            ExprKind::And(items) | ExprKind::Or(items) => items,
            _ => return self.literal(expr, facts),
        };
        let all = matches!(expr.kind, ExprKind::And(_));
        let mut together = facts.clone();
        let mut reported = false;
        for (at, item) in items.iter().enumerate() {
            if self.condition(item, facts) {
                reported = true;
            }
            if reported {
                continue;
            }
            // A long list is a table of its own.
            let earlier = items
                .iter()
                .take(at.min(16))
                .find(|other| same(item, other));
            if let Some(earlier) = earlier {
                let clash = Clash {
                    with: Some((earlier.span, true)),
                };
                self.report(Answer::Again, item, clash);
                reported = true;
            } else if let Err(clash) = together.assume(item, all, &|_| true) {
                let answer = if all { Answer::Never } else { Answer::Always };
                self.report(answer, item, clash);
                reported = true;
            }
        }
        reported
    }

    fn literal(&mut self, expr: &'w Expr, facts: &Facts<'w>) -> bool {
        if let Err(clash) = facts.allow(expr, true) {
            self.report(Answer::Never, expr, clash);
        } else if let Err(clash) = facts.allow(expr, false)
            && !self.leaves_on(clash)
        {
            self.report(Answer::Always, expr, clash);
        } else {
            return false;
        }
        true
    }

    /// Whether a condition is settled by a `leave when`. To ask again who is still inside does no harm.
    fn leaves_on(&self, clash: Clash) -> bool {
        let with = clash.with.map(|(span, _)| span);
        with.is_some_and(|with| {
            let mut leaves = self.leaves.iter();
            leaves.any(|leave| leave.start <= with.start && with.end <= leave.end)
        })
    }

    fn report(&mut self, answer: Answer, expr: &Expr, clash: Clash) {
        let text = self.whole.sources.text(self.file);
        let written = expr.span.text(text);
        let short = written.len() <= 60 && !written.contains('\n');
        let what = match short {
            true => format!("`{written}`"),
            false => "this condition".to_owned(),
        };
        let here = if clash.with.is_some() { " here" } else { "" };
        let (message, help) = match answer {
            Answer::Always => (
                format!("{what} is always true{here}"),
                "correct it, or leave it out: it keeps nobody away",
            ),
            Answer::Never => (
                format!("{what} is never true{here}"),
                "correct it: as it stands, it is true of nobody",
            ),
            Answer::Again => (
                format!("{what} is asked twice"),
                "correct one of the two, or leave it out",
            ),
        };
        let mut found =
            Diagnostic::new(&SETTLED_CONDITION, expr.span.in_file(self.file), message).help(help);
        match clash.with {
            Some((span, truth)) => {
                let label = match (answer, truth) {
                    (Answer::Again, _) => "it is asked here already",
                    _ if self.leaves_on(clash) => "whoever fulfils this leaves, or does not enter",
                    (_, true) => "because this is true",
                    (_, false) => "because this is not true",
                };
                found = found.other(span.in_file(self.file), label);
            }
            None => {
                if let Some(reason) = self.reason(expr) {
                    found = found.label(reason);
                }
            }
        }
        self.out.push(found);
    }

    /// What of a value settles the question about it.
    fn reason(&self, expr: &Expr) -> Option<String> {
        let ExprKind::Compare { left, right, .. } = &expr.kind else {
            return None;
        };
        if same(left, right) {
            return Some("both sides are the same".to_owned());
        }
        let text = self.whole.sources.text(self.file);
        [left, right].into_iter().find_map(|side| {
            let written = side.span.text(text);
            if let ExprKind::Call {
                function: Function::Age,
                ..
            } = &side.kind
            {
                return Some("nobody is of such an age".to_owned());
            }
            match side.ty.known() {
                Ty::Int(Some((0, i64::MAX))) => Some("a count is never less than 0".to_owned()),
                Ty::Int(Some((low, high))) if low != high && !written.contains('\n') => {
                    Some(format!("`{written}` lies between {low} and {high}"))
                }
                Ty::Int(_) if !matches!(side.kind, ExprKind::Const(_)) => {
                    Some(format!("`{written}` is a whole number"))
                }
                _ => None,
            }
        })
    }

    /// Whether the value of a condition stays what it is: it reads nothing but bound events, results,
    /// parameters, and fields that never change.
    fn lasts(&self, expr: &Expr) -> bool {
        let mut lasts = true;
        visit::each_expr(expr, |part| {
            lasts &= match &part.kind {
                ExprKind::Local(local) => self.locals.is_some_and(|locals| {
                    let local = locals.0.get(local.index());
                    local.is_some_and(|local| local.kind != LocalKind::Row)
                }),
                ExprKind::Field { field, .. } => {
                    let model = self.whole.model;
                    let entity = model.entities.get(field.entity.index());
                    let field = entity.and_then(|it| it.fields.get(field.index as usize));
                    field.is_some_and(|it| it.annotations.key || it.annotations.fixed)
                }
                ExprKind::Const(_)
                | ExprKind::EventField { .. }
                | ExprKind::ResultField { .. }
                | ExprKind::InList { .. }
                | ExprKind::InRange { .. }
                | ExprKind::List(_)
                | ExprKind::Not(_)
                | ExprKind::Negate(_)
                | ExprKind::And(_)
                | ExprKind::Or(_)
                | ExprKind::Coalesce(_)
                | ExprKind::Compare { .. }
                | ExprKind::Arithmetic { .. }
                | ExprKind::Is { .. }
                | ExprKind::Known(_) => true,
                ExprKind::ConsentPart { .. }
                | ExprKind::Setting(_)
                | ExprKind::Measure { .. }
                | ExprKind::InSegment { .. }
                | ExprKind::InJourney { .. }
                | ExprKind::Call { .. }
                | ExprKind::Permitted { .. }
                | ExprKind::Aggregate { .. }
                | ExprKind::Pick { .. }
                | ExprKind::Top { .. }
                | ExprKind::Ago(_)
                | ExprKind::FromNow(_)
                | ExprKind::Unknown
                | ExprKind::Error => false,
            };
        });
        lasts
    }
}

/// The way through the steps of a journey.
struct Walk<'w, 'm, 'o> {
    look: Look<'w, 'm, 'o>,
    /// True whenever a moment begins.
    inside: Facts<'w>,
}

impl<'w> Walk<'w, '_, '_> {
    /// Looks at steps, of which the first is reached where these facts hold; leaves in them what
    /// holds after the last.
    fn steps(&mut self, steps: &'w [Step], facts: &mut Facts<'w>) {
        for step in steps {
            visit::of_step(step, &mut |expr| self.look.inside(expr));
            self.step(step, facts);
        }
    }

    fn step(&mut self, step: &'w Step, facts: &mut Facts<'w>) {
        match &step.kind {
            StepKind::If {
                branches,
                otherwise,
            } => self.choice(branches, otherwise.as_deref(), facts),
            StepKind::Repeat { until, steps, .. } => {
                // What holds before the first turn need not hold before the second.
                facts.forget();
                if let Some(until) = until {
                    self.look.condition(until, facts);
                }
                self.steps(steps, &mut facts.clone());
            }
            StepKind::Wait(wait) => {
                facts.forget();
                self.wait(wait, facts);
                if matches!(**wait, Wait::For { .. }) {
                    facts.adopt(&self.inside);
                }
            }
            StepKind::Match { .. }
            | StepKind::Split(_)
            | StepKind::Send(_)
            | StepKind::Do { .. } => {
                if matches!(step.kind, StepKind::Send(_) | StepKind::Do { .. }) {
                    facts.forget();
                }
                visit::blocks(step, |block| self.steps(block, &mut facts.clone()));
                facts.forget();
            }
            StepKind::Set { .. } | StepKind::Grant { .. } | StepKind::Withdraw { .. } => {
                facts.forget();
            }
            StepKind::AddTo(_)
            | StepKind::RemoveFrom(_)
            | StepKind::Start { .. }
            | StepKind::Exit(_) => {}
        }
    }

    fn choice(
        &mut self,
        branches: &'w [(Expr, Vec<Step>)],
        otherwise: Option<&'w [Step]>,
        facts: &mut Facts<'w>,
    ) {
        let mut not = facts.clone();
        let mut all_leave = true;
        for (when, block) in branches {
            let mut here = not.clone();
            if !self.look.condition(when, &not) {
                let lasts = |expr: &Expr| self.look.lasts(expr);
                let _ = here.assume(when, true, &lasts);
                let mut after = not.clone();
                if after.assume(when, false, &lasts).is_ok() {
                    not = after;
                }
            }
            self.steps(block, &mut here);
            all_leave &=
                matches!(block.last(), Some(step) if matches!(step.kind, StepKind::Exit(_)));
        }
        if let Some(block) = otherwise {
            self.steps(block, &mut not.clone());
        }
        if all_leave && otherwise.is_none() {
            // Who goes on fulfilled none of the conditions.
            *facts = not;
        } else {
            facts.forget();
        }
    }

    fn wait(&mut self, wait: &'w Wait, facts: &Facts<'w>) {
        match wait {
            Wait::UpTo {
                arms, otherwise, ..
            } => {
                for arm in arms {
                    match &arm.kind {
                        ArmKind::On(on) => self.look.event(on, facts),
                        ArmKind::When(when) => {
                            self.look.condition(when, facts);
                        }
                    }
                    self.steps(&arm.steps, &mut facts.clone());
                }
                if let Some(block) = otherwise {
                    let mut late = facts.clone();
                    late.adopt(&self.inside);
                    self.steps(block, &mut late);
                }
            }
            Wait::Until {
                then, otherwise, ..
            } => {
                for block in then.iter().chain(otherwise) {
                    self.steps(block, &mut facts.clone());
                }
            }
            Wait::For { .. } | Wait::Time { .. } | Wait::Weekday { .. } | Wait::Workday { .. } => {}
        }
    }
}
