//! Visiting every part of a typed expression.

use super::{Expr, ExprKind, Rows, Source};

impl Expr {
    /// Calls `f` on this expression and on every one inside it, each before its parts.
    pub fn for_each<'e>(&'e self, f: &mut impl FnMut(&'e Self)) {
        let mut stack = vec![self];
        while let Some(expr) = stack.pop() {
            f(expr);
            let from = stack.len();
            expr.push_parts(&mut stack);
            if let Some(parts) = stack.get_mut(from..) {
                parts.reverse();
            }
        }
    }

    fn push_parts<'e>(&'e self, stack: &mut Vec<&'e Self>) {
        match &self.kind {
            ExprKind::Const(_)
            | ExprKind::Local(_)
            | ExprKind::Setting(_)
            | ExprKind::Unknown
            | ExprKind::Error => {}
            ExprKind::Field { of, .. }
            | ExprKind::EventField { of, .. }
            | ExprKind::ResultField { of, .. }
            | ExprKind::ConsentPart { of, .. }
            | ExprKind::Measure { of, .. } => stack.push(of),
            ExprKind::InSegment { item, .. }
            | ExprKind::InJourney { item, .. }
            | ExprKind::Is { item, .. } => stack.push(item),
            ExprKind::InList { item, list, .. } => stack.extend([item.as_ref(), list]),
            ExprKind::InRange {
                item, low, high, ..
            } => stack.extend([item.as_ref(), low, high]),
            ExprKind::List(items)
            | ExprKind::And(items)
            | ExprKind::Or(items)
            | ExprKind::Coalesce(items)
            | ExprKind::Call { args: items, .. } => stack.extend(items),
            ExprKind::Permitted { person, .. } => stack.push(person),
            ExprKind::Aggregate { value, rows, .. } => {
                rows.push_parts(stack);
                stack.extend(value.as_deref());
            }
            ExprKind::Pick { rows, by, .. } | ExprKind::Top { rows, by, .. } => {
                rows.push_parts(stack);
                stack.push(by);
            }
            ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Ago(inner)
            | ExprKind::FromNow(inner)
            | ExprKind::Known(inner) => stack.push(inner),
            ExprKind::Arithmetic { left, right, .. } | ExprKind::Compare { left, right, .. } => {
                stack.extend([left.as_ref(), right]);
            }
        }
    }
}

impl Rows {
    /// The expressions of the source and the filter.
    fn push_parts<'e>(&'e self, stack: &mut Vec<&'e Expr>) {
        match &self.source {
            Source::Relation { of, .. }
            | Source::Events { of, .. }
            | Source::ChannelEvents { of, .. }
            | Source::MessageEvents { of, .. }
            | Source::JourneyEvents { of, .. }
            | Source::One(of) => stack.push(of),
            Source::SendEvents { .. } | Source::Table(_) => {}
        }
        stack.extend(&self.filter);
    }
}
