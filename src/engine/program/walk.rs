//! Every expression and row source inside an expression.

use crate::plan::{Expr, Rows, Source};

/// One thing met on a walk.
pub(super) enum Node<'a> {
    Expr(&'a Expr),
    Rows(&'a Rows),
}

/// Visits an expression and everything inside, outermost first.
pub(super) fn walk<'a>(expr: &'a Expr, visit: &mut impl FnMut(Node<'a>)) {
    visit(Node::Expr(expr));
    match expr {
        Expr::Const(_) | Expr::Unknown | Expr::Slot(_) | Expr::Setting(_) => {}
        Expr::Field { of, .. }
        | Expr::EventField { of, .. }
        | Expr::EventParam { of, .. }
        | Expr::ResultField { of, .. }
        | Expr::Consent { of, .. }
        | Expr::Measure { of, .. } => walk(of, visit),
        Expr::EventSubject(of)
        | Expr::EventTime(of)
        | Expr::EventPurpose(of)
        | Expr::Not(of)
        | Expr::Negate(of)
        | Expr::IsKnown(of)
        | Expr::IsFresh(of)
        | Expr::Ago(of)
        | Expr::FromNow(of) => walk(of, visit),
        Expr::InSegment { item, .. } | Expr::InJourney { item, .. } => walk(item, visit),
        Expr::InList { item, list } => {
            walk(item, visit);
            walk(list, visit);
        }
        Expr::InRange { item, low, high } => {
            walk(item, visit);
            walk(low, visit);
            walk(high, visit);
        }
        Expr::List(items) | Expr::And(items) | Expr::Or(items) | Expr::Coalesce(items) => {
            for item in items {
                walk(item, visit);
            }
        }
        Expr::Call { args, .. } => {
            for arg in args {
                walk(arg, visit);
            }
        }
        Expr::Permitted { person, .. } => walk(person, visit),
        Expr::Any(rows) | Expr::None(rows) | Expr::Count(rows) | Expr::All(rows) => {
            walk_rows(rows, visit);
        }
        Expr::Sum { value, rows, .. }
        | Expr::Avg { value, rows }
        | Expr::Lowest { value, rows }
        | Expr::Highest { value, rows } => {
            walk_rows(rows, visit);
            walk(value, visit);
        }
        Expr::First { by, rows } | Expr::Last { by, rows } | Expr::Top { by, rows, .. } => {
            walk_rows(rows, visit);
            walk(by, visit);
        }
        Expr::Arithmetic { left, right, .. } | Expr::Compare { left, right, .. } => {
            walk(left, visit);
            walk(right, visit);
        }
    }
}

/// Visits a row source and everything inside.
pub(super) fn walk_rows<'a>(rows: &'a Rows, visit: &mut impl FnMut(Node<'a>)) {
    visit(Node::Rows(rows));
    match &rows.source {
        Source::Relation { of, .. }
        | Source::Events { of, .. }
        | Source::ChannelEvents { of, .. }
        | Source::MessageEvents { of, .. }
        | Source::JourneyEvents { of, .. }
        | Source::One(of) => walk(of, visit),
        Source::SendEvents { .. } | Source::Table(_) => {}
    }
    if let Some(filter) = &rows.filter {
        walk(filter, visit);
    }
}

/// Whether an expression reads a slot.
pub(in crate::engine) fn reads_slot(expr: &Expr, slot: u32) -> bool {
    let mut found = false;
    walk(expr, &mut |node| {
        if let Node::Expr(Expr::Slot(read)) = node {
            found |= *read == slot;
        }
    });
    found
}
