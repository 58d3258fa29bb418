//! Walks over expressions and steps, for checks that look for a thing wherever it stands.

use super::{
    Arm, ArmKind, Enter, Expr, ExprKind, Journey, Leave, On, Rows, Send, SendChannel, Source, Step,
    StepKind, Wait,
};

/// Calls `found` with `root` and every expression inside it, outer ones first.
///
/// Keeps its own stack, so that a long chain of operators cannot overflow the program's.
pub fn each_expr<'a>(root: &'a Expr, mut found: impl FnMut(&'a Expr)) {
    let mut open = vec![root];
    while let Some(expr) = open.pop() {
        found(expr);
        let from = open.len();
        children(expr, &mut |child| open.push(child));
        if let Some(added) = open.get_mut(from..) {
            added.reverse();
        }
    }
}

/// Calls `found` with the expressions directly inside `expr`, in the order of the source.
pub fn children<'a>(expr: &'a Expr, found: &mut impl FnMut(&'a Expr)) {
    match &expr.kind {
        ExprKind::Const(_)
        | ExprKind::Local(_)
        | ExprKind::Setting(_)
        | ExprKind::Unknown
        | ExprKind::Error => {}
        ExprKind::Field { of, .. }
        | ExprKind::EventField { of, .. }
        | ExprKind::ResultField { of, .. }
        | ExprKind::ConsentPart { of, .. }
        | ExprKind::Measure { of, .. }
        | ExprKind::Not(of)
        | ExprKind::Negate(of)
        | ExprKind::Ago(of)
        | ExprKind::FromNow(of)
        | ExprKind::Known(of)
        | ExprKind::Is { item: of, .. }
        | ExprKind::Permitted { person: of, .. }
        | ExprKind::InSegment { item: of, .. }
        | ExprKind::InJourney { item: of, .. } => found(of),
        ExprKind::InList { item, list, .. } => {
            found(item);
            found(list);
        }
        ExprKind::InRange {
            item, low, high, ..
        } => {
            found(item);
            found(low);
            found(high);
        }
        ExprKind::List(items)
        | ExprKind::And(items)
        | ExprKind::Or(items)
        | ExprKind::Coalesce(items)
        | ExprKind::Call { args: items, .. } => items.iter().for_each(found),
        ExprKind::Aggregate { value, rows, .. } => {
            value.iter().for_each(|value| found(value));
            of_rows(rows, found);
        }
        ExprKind::Pick { rows, by, .. } | ExprKind::Top { rows, by, .. } => {
            of_rows(rows, found);
            found(by);
        }
        ExprKind::Arithmetic { left, right, .. } | ExprKind::Compare { left, right, .. } => {
            found(left);
            found(right);
        }
    }
}

/// Calls `found` with the expressions directly inside a row source.
pub fn of_rows<'a>(rows: &'a Rows, found: &mut impl FnMut(&'a Expr)) {
    match &rows.source {
        Source::Relation { of, .. }
        | Source::Events { of, .. }
        | Source::ChannelEvents { of, .. }
        | Source::MessageEvents { of, .. }
        | Source::JourneyEvents { of, .. }
        | Source::One(of) => found(of),
        Source::SendEvents { .. } | Source::Table(_) => {}
    }
    rows.filter.iter().for_each(found);
}

/// Calls `found` with the expressions of a step itself, without those of the blocks inside it.
pub fn of_step<'a>(step: &'a Step, found: &mut impl FnMut(&'a Expr)) {
    match &step.kind {
        StepKind::Send(send) => of_send(send, found),
        StepKind::Wait(wait) => of_wait(wait, found),
        StepKind::If { branches, .. } => branches.iter().for_each(|(when, _)| found(when)),
        StepKind::Match { value, .. } => found(value),
        StepKind::Repeat { until, .. } => until.iter().for_each(found),
        StepKind::Set { of, value, .. } => {
            found(of);
            found(value);
        }
        StepKind::Grant { of, .. } | StepKind::Withdraw { of, .. } => found(of),
        StepKind::Do { args, .. } | StepKind::Start { args, .. } => args.iter().for_each(found),
        StepKind::Split(_) | StepKind::AddTo(_) | StepKind::RemoveFrom(_) | StepKind::Exit(_) => {}
    }
}

fn of_send<'a>(send: &'a Send, found: &mut impl FnMut(&'a Expr)) {
    send.args.iter().for_each(&mut *found);
    for channel in send.by.iter().flatten() {
        if let SendChannel::Dynamic(path) = channel {
            found(path);
        }
    }
}

fn of_wait<'a>(wait: &'a Wait, found: &mut impl FnMut(&'a Expr)) {
    match wait {
        Wait::For { at, .. } | Wait::Weekday { at, .. } | Wait::Workday { at, .. } => {
            at.iter().for_each(found);
        }
        Wait::Time { time } => found(time),
        Wait::Until { moment, at, .. } => {
            found(moment);
            at.iter().for_each(found);
        }
        Wait::UpTo { arms, .. } => {
            for Arm { kind, .. } in arms {
                match kind {
                    ArmKind::On(On { filter, .. }) => filter.iter().for_each(&mut *found),
                    ArmKind::When(when) => found(when),
                }
            }
        }
    }
}

/// Calls `found` with the expressions of a journey's header clauses.
pub fn of_header<'a>(journey: &'a Journey, found: &mut impl FnMut(&'a Expr)) {
    for (enter, _) in &journey.enters {
        of_enter(enter, found);
    }
    journey.one_per.iter().for_each(|one| found(&one.key));
    for (leave, _) in &journey.leaves {
        match leave {
            Leave::When { when, .. } => found(when),
            Leave::On(on) => on.filter.iter().for_each(&mut *found),
        }
    }
    for goal in &journey.goals {
        goal.on.filter.iter().for_each(&mut *found);
        goal.worth.iter().for_each(&mut *found);
    }
    journey
        .admit
        .iter()
        .for_each(|admit| admit.by.iter().for_each(&mut *found));
}

fn of_enter<'a>(enter: &'a Enter, found: &mut impl FnMut(&'a Expr)) {
    match enter {
        Enter::On {
            on, each, person, ..
        } => {
            each.iter().for_each(|(rows, _)| of_rows(rows, found));
            on.filter.iter().for_each(&mut *found);
            found(person);
        }
        Enter::When { when, .. } => found(when),
        Enter::Every { at, filter, .. } => {
            found(at);
            filter.iter().for_each(found);
        }
        Enter::Yearly {
            date, at, filter, ..
        } => {
            found(date);
            found(at);
            filter.iter().for_each(found);
        }
        Enter::Dated {
            date,
            person,
            at,
            filter,
            ..
        } => {
            found(date);
            found(person);
            found(at);
            filter.iter().for_each(found);
        }
    }
}

/// Calls `found` with the blocks directly inside a step, in the order of the source.
pub fn blocks<'a>(step: &'a Step, mut found: impl FnMut(&'a [Step])) {
    match &step.kind {
        StepKind::Send(send) => send.refused.iter().for_each(|block| found(block)),
        StepKind::Wait(wait) => match &**wait {
            Wait::Until {
                then, otherwise, ..
            } => then.iter().chain(otherwise).for_each(|block| found(block)),
            Wait::UpTo {
                arms, otherwise, ..
            } => {
                arms.iter().for_each(|arm| found(&arm.steps));
                otherwise.iter().for_each(|block| found(block));
            }
            Wait::For { .. } | Wait::Time { .. } | Wait::Weekday { .. } | Wait::Workday { .. } => {}
        },
        StepKind::If {
            branches,
            otherwise,
        } => {
            branches.iter().for_each(|(_, block)| found(block));
            otherwise.iter().for_each(|block| found(block));
        }
        StepKind::Match {
            arms, otherwise, ..
        } => {
            arms.iter().for_each(|(_, block)| found(block));
            otherwise.iter().for_each(|block| found(block));
        }
        StepKind::Split(split) => split.arms.iter().for_each(|arm| found(&arm.steps)),
        StepKind::Repeat { steps, .. } => found(steps),
        StepKind::Do { no_answer, .. } => no_answer.iter().for_each(|block| found(block)),
        StepKind::Set { .. }
        | StepKind::Grant { .. }
        | StepKind::Withdraw { .. }
        | StepKind::AddTo(_)
        | StepKind::RemoveFrom(_)
        | StepKind::Start { .. }
        | StepKind::Exit(_) => {}
    }
}

/// Calls `found` with every step, outer ones first. The parser bounds how deep blocks nest.
pub fn each_step<'a>(steps: &'a [Step], found: &mut impl FnMut(&'a Step)) {
    for step in steps {
        found(step);
        let mut inner = Vec::new();
        blocks(step, |block| inner.push(block));
        for block in inner {
            each_step(block, found);
        }
    }
}
