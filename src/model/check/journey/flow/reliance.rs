//! Steps that rely on a labelled send having happened.
//!
//! A wait for the click on a send, or a reminder to who did not click, means nothing for a person
//! to whom the send was refused. This walk knows, at every step, whether a send was handed over on
//! each way that leads there, on some, or on none. `any(ask.sent)` adds to it, and so does a send
//! whose `else` leaves.

use crate::diag::codes::flow::{SEND_NOT_REACHED, UNHANDLED_REFUSAL};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::hir::{
    Arm, ArmKind, Const, Expr, ExprKind, Journey, Rows, Send, Source, Step, StepKind, Trigger,
    Wait, visit,
};
use crate::model::ids::SendId;
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, CompareOp};

/// What is known of each labelled send at one place; `None` is a place that nobody reaches.
type State = Option<Sends>;

/// Two sets of sends, by id: tried on some way here, handed over on every way here.
#[derive(Clone)]
struct Sends {
    tried: Box<[u64]>,
    sent: Box<[u64]>,
}

impl Sends {
    fn none(count: usize) -> Self {
        let words = vec![0; count.div_ceil(64)].into_boxed_slice();
        Self {
            tried: words.clone(),
            sent: words,
        }
    }

    fn add(set: &mut [u64], send: SendId) {
        if let Some(word) = set.get_mut(send.index() / 64) {
            *word |= 1 << (send.0 % 64);
        }
    }

    fn has(set: &[u64], send: SendId) -> bool {
        set.get(send.index() / 64)
            .is_some_and(|word| word >> (send.0 % 64) & 1 == 1)
    }

    fn meet(&mut self, other: &Self) {
        for (mine, theirs) in self.tried.iter_mut().zip(&other.tried) {
            *mine |= theirs;
        }
        for (mine, theirs) in self.sent.iter_mut().zip(&other.sent) {
            *mine &= theirs;
        }
    }
}

/// Joins the ways that lead to one place.
fn meet(into: &mut State, other: State) {
    match (into.as_mut(), other) {
        (Some(into), Some(other)) => into.meet(&other),
        (None, other) => *into = other,
        (Some(_), None) => {}
    }
}

/// Reports the steps of a journey that rely on a send that may not have happened.
pub fn report(journey: &Journey, out: &mut Diagnostics) {
    if journey.sends.is_empty() {
        return;
    }
    let mut walk = Walk {
        journey,
        places: vec![None; journey.sends.len()],
        out,
    };
    visit::each_step(&journey.steps, &mut |step| {
        if let StepKind::Send(send) = &step.kind
            && let Some(place) = send.id.and_then(|id| walk.places.get_mut(id.index()))
        {
            *place = Some((step.span, send.refused.is_some()));
        }
    });
    let start = Some(Sends::none(journey.sends.len()));
    walk.block(&journey.steps, start);
}

struct Walk<'a> {
    journey: &'a Journey,
    /// Where each labelled send stands, and whether it has an `else`.
    places: Vec<Option<(Span, bool)>>,
    out: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn block(&mut self, steps: &[Step], mut state: State) -> State {
        for step in steps {
            if state.is_none() {
                break;
            }
            state = self.step(step, state);
        }
        state
    }

    fn step(&mut self, step: &Step, mut state: State) -> State {
        match &step.kind {
            StepKind::Exit(_) => None,
            StepKind::Send(send) => {
                self.own_exprs(step, &state);
                self.send(send, state)
            }
            StepKind::If {
                branches,
                otherwise,
            } => {
                let mut after = None;
                for (when, block) in branches {
                    self.reads(when, &state);
                    let mut inside = state.clone();
                    learn(when, true, &mut inside);
                    learn(when, false, &mut state);
                    meet(&mut after, self.block(block, inside));
                }
                match otherwise {
                    Some(block) => meet(&mut after, self.block(block, state)),
                    None => meet(&mut after, state),
                }
                after
            }
            StepKind::Match {
                arms, otherwise, ..
            } => {
                self.own_exprs(step, &state);
                let blocks = arms.iter().map(|(_, block)| block).chain(otherwise);
                self.branches(blocks.map(Vec::as_slice), &state)
            }
            StepKind::Split(split) => {
                self.branches(split.arms.iter().map(|arm| arm.steps.as_slice()), &state)
            }
            StepKind::Repeat { until, steps, .. } => {
                // A later pass comes here with what an earlier one tried.
                let mut inside = state;
                visit::each_step(steps, &mut |step| {
                    if let (StepKind::Send(send), Some(sends)) = (&step.kind, inside.as_mut())
                        && let Some(id) = send.id
                    {
                        Sends::add(&mut sends.tried, id);
                    }
                });
                let after = self.block(steps, inside);
                if let (Some(until), Some(_)) = (until, &after) {
                    self.reads(until, &after);
                }
                after
            }
            StepKind::Wait(wait) => self.wait(step, wait, state),
            StepKind::Do { no_answer, .. } => {
                self.own_exprs(step, &state);
                if let Some(block) = no_answer {
                    let other = self.block(block, state.clone());
                    meet(&mut state, other);
                }
                state
            }
            _ => {
                self.own_exprs(step, &state);
                state
            }
        }
    }

    fn branches<'s>(&mut self, blocks: impl Iterator<Item = &'s [Step]>, state: &State) -> State {
        let mut after = None;
        let mut any = false;
        for block in blocks {
            any = true;
            meet(&mut after, self.block(block, state.clone()));
        }
        if any { after } else { state.clone() }
    }

    fn send(&mut self, send: &Send, mut state: State) -> State {
        let Some(id) = send.id else {
            if let Some(block) = &send.refused {
                let other = self.block(block, state.clone());
                meet(&mut state, other);
            }
            return state;
        };
        let mut refused = state.clone();
        if let Some(sends) = &mut refused {
            Sends::add(&mut sends.tried, id);
        }
        let other = match &send.refused {
            Some(block) => self.block(block, refused),
            None => refused,
        };
        if let Some(sends) = &mut state {
            Sends::add(&mut sends.tried, id);
            Sends::add(&mut sends.sent, id);
        }
        meet(&mut state, other);
        state
    }

    fn wait(&mut self, step: &Step, wait: &Wait, state: State) -> State {
        match wait {
            Wait::UpTo {
                arms, otherwise, ..
            } => {
                let mut after = match otherwise {
                    Some(block) => self.block(block, state.clone()),
                    None => state.clone(),
                };
                for Arm { kind, steps, span } in arms {
                    let mut inside = state.clone();
                    match kind {
                        ArmKind::On(on) => {
                            if let Trigger::Send { send, event } = on.trigger {
                                self.relies(send, event, *span, &state);
                                if let Some(sends) = &mut inside {
                                    Sends::add(&mut sends.sent, send);
                                }
                            }
                            if let Some(filter) = &on.filter {
                                self.reads(filter, &inside);
                            }
                        }
                        ArmKind::When(when) => {
                            self.reads(when, &state);
                            learn(when, true, &mut inside);
                        }
                    }
                    meet(&mut after, self.block(steps, inside));
                }
                after
            }
            Wait::Until {
                then, otherwise, ..
            } => {
                self.own_exprs(step, &state);
                let mut after = match then {
                    Some(block) => self.block(block, state.clone()),
                    None => state.clone(),
                };
                let other = match otherwise {
                    Some(block) => self.block(block, state),
                    None => state,
                };
                meet(&mut after, other);
                after
            }
            Wait::For { .. } | Wait::Time { .. } | Wait::Weekday { .. } | Wait::Workday { .. } => {
                self.own_exprs(step, &state);
                state
            }
        }
    }

    fn own_exprs(&mut self, step: &Step, state: &State) {
        let mut exprs = Vec::new();
        visit::of_step(step, &mut |expr| exprs.push(expr));
        for expr in exprs {
            self.reads(expr, state);
        }
    }

    /// Looks for events of sends in a condition or value. Inside `and`, `or` and `not` what stands
    /// left is known on the right.
    fn reads(&mut self, expr: &Expr, state: &State) {
        match &expr.kind {
            ExprKind::And(items) | ExprKind::Or(items) => {
                let holds = matches!(expr.kind, ExprKind::And(_));
                let mut state = state.clone();
                for item in items {
                    self.reads(item, &state);
                    learn(item, holds, &mut state);
                }
            }
            ExprKind::Not(of) => self.reads(of, state),
            _ => {
                let mut uses = Vec::new();
                visit::each_expr(expr, |inner| {
                    if let Some((rows, send, event)) = send_rows(inner) {
                        uses.push((rows.span, send, event));
                    }
                });
                for (span, send, event) in uses {
                    self.relies(send, event, span, state);
                }
            }
        }
    }

    fn relies(&mut self, send: SendId, event: &'static str, span: Span, state: &State) {
        let Some(sends) = state else { return };
        let (Some((label, _)), Some(place)) = (
            self.journey.sends.get(send.index()),
            self.places.get(send.index()),
        ) else {
            return;
        };
        let file = self.journey.place.file;
        let here = span.in_file(file);
        if !Sends::has(&sends.tried, send) {
            let mut found = Diagnostic::new(
                &SEND_NOT_REACHED,
                here,
                format!("the send `{label}` is on no way that leads here"),
            )
            .help("use the label after its send");
            if let Some((send, _)) = place {
                found = found.other(send.in_file(file), "the send is here");
            }
            self.out.push(found);
        } else if !is_hand_over(event) && !Sends::has(&sends.sent, send) {
            let mut found = Diagnostic::new(
                &UNHANDLED_REFUSAL,
                here,
                format!(
                    "this relies on the send `{label}`, which may have been refused or left out"
                ),
            )
            .label(format!("needs `{label}` to have been sent"))
            .help(format!(
                "write `else {{ exit }}` behind the send, or ask first: `if any({label}.sent) {{ ... }}`"
            ));
            if let Some((send, has_else)) = place {
                found = found.other(
                    send.in_file(file),
                    if *has_else {
                        "who is refused here may go on"
                    } else {
                        "nothing says what happens when this send is refused"
                    },
                );
            }
            self.out.push(found);
        }
    }
}

/// Events that say that a send happened, one for each kind of channel.
fn is_hand_over(event: &str) -> bool {
    matches!(
        event,
        "sent" | "posted" | "queued" | "shown" | "added" | "called"
    )
}

/// The rows of an aggregate or pick over the events of one labelled send.
fn send_rows(expr: &Expr) -> Option<(&Rows, SendId, &'static str)> {
    let (ExprKind::Aggregate { rows, .. }
    | ExprKind::Pick { rows, .. }
    | ExprKind::Top { rows, .. }) = &expr.kind
    else {
        return None;
    };
    match rows.source {
        Source::SendEvents { send, event } => Some((rows, send, event)),
        _ => None,
    }
}

/// Adds what a condition says of sends when it is `holds`.
fn learn(when: &Expr, holds: bool, state: &mut State) {
    match &when.kind {
        ExprKind::Not(of) => learn(of, !holds, state),
        ExprKind::And(items) if holds => items.iter().for_each(|item| learn(item, true, state)),
        ExprKind::Or(items) if !holds => items.iter().for_each(|item| learn(item, false, state)),
        ExprKind::Compare { op, left, right } => {
            // `count(ask.sent) > 0` and the like.
            let least = match (&right.kind, op, holds) {
                (ExprKind::Const(Const::Int(n)), CompareOp::Greater, true) => *n >= 0,
                (ExprKind::Const(Const::Int(n)), CompareOp::GreaterEqual, true) => *n >= 1,
                (ExprKind::Const(Const::Int(n)), CompareOp::Equal, true) => *n >= 1,
                (ExprKind::Const(Const::Int(n)), CompareOp::Equal, false) => *n == 0,
                (ExprKind::Const(Const::Int(n)), CompareOp::NotEqual, true) => *n == 0,
                _ => false,
            };
            if least {
                happened(left, AggregateOp::Count, state);
            }
        }
        ExprKind::Aggregate { op, .. } => match (op, holds) {
            (AggregateOp::Any, true) => happened(when, AggregateOp::Any, state),
            (AggregateOp::None, false) => happened(when, AggregateOp::None, state),
            _ => {}
        },
        _ => {}
    }
}

/// Any event of a send, whichever it is, shows that the send was handed over.
fn happened(expr: &Expr, with: AggregateOp, state: &mut State) {
    if let ExprKind::Aggregate { op, .. } = &expr.kind
        && *op == with
        && let Some((_, send, _)) = send_rows(expr)
        && let Some(sends) = state
    {
        Sends::add(&mut sends.sent, send);
    }
}
