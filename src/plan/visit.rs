//! Every expression and row source inside an expression.

use super::{Expr, Rows, Source};

/// One thing met on a walk.
pub(crate) enum Node<'a> {
    Expr(&'a Expr),
    Rows(&'a Rows),
}

/// Visits an expression and everything inside, outermost first.
pub(crate) fn walk<'a>(expr: &'a Expr, visit: &mut dyn FnMut(Node<'a>)) {
    visit(Node::Expr(expr));
    children(expr, &mut |child| match child {
        Node::Expr(child) => walk(child, visit),
        Node::Rows(rows) => walk_rows(rows, visit),
    });
}

fn walk_rows<'a>(rows: &'a Rows, visit: &mut dyn FnMut(Node<'a>)) {
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

/// Calls `visit` for each direct part of an expression.
pub(crate) fn children<'a>(expr: &'a Expr, visit: &mut dyn FnMut(Node<'a>)) {
    match expr {
        Expr::Const(_) | Expr::Unknown | Expr::Slot(_) | Expr::Setting(_) => {}
        Expr::Field { of, .. }
        | Expr::EventField { of, .. }
        | Expr::EventTime(of)
        | Expr::EventSubject(of)
        | Expr::EventPurpose(of)
        | Expr::EventParam { of, .. }
        | Expr::ResultField { of, .. }
        | Expr::Consent { of, .. }
        | Expr::Measure { of, .. }
        | Expr::InSegment { item: of, .. }
        | Expr::InJourney { item: of, .. }
        | Expr::Permitted { person: of, .. }
        | Expr::Not(of)
        | Expr::Negate(of)
        | Expr::IsKnown(of)
        | Expr::IsFresh(of)
        | Expr::Ago(of)
        | Expr::FromNow(of) => visit(Node::Expr(of)),
        Expr::InList {
            item: left,
            list: right,
        }
        | Expr::Arithmetic { left, right, .. }
        | Expr::Compare { left, right, .. } => {
            visit(Node::Expr(left));
            visit(Node::Expr(right));
        }
        Expr::InRange { item, low, high } => {
            visit(Node::Expr(item));
            visit(Node::Expr(low));
            visit(Node::Expr(high));
        }
        Expr::List(items) | Expr::And(items) | Expr::Or(items) | Expr::Coalesce(items) => {
            items.iter().for_each(|item| visit(Node::Expr(item)));
        }
        Expr::Call { args, .. } => args.iter().for_each(|arg| visit(Node::Expr(arg))),
        Expr::Any(rows) | Expr::None(rows) | Expr::Count(rows) | Expr::All(rows) => {
            visit(Node::Rows(rows));
        }
        Expr::Sum { value, rows, .. }
        | Expr::Avg { value, rows }
        | Expr::Lowest { value, rows }
        | Expr::Highest { value, rows }
        | Expr::First { by: value, rows }
        | Expr::Last { by: value, rows }
        | Expr::Top {
            by: value, rows, ..
        } => {
            visit(Node::Rows(rows));
            visit(Node::Expr(value));
        }
    }
}
