//! Whether two expressions ask for the same thing, wherever they stand.

use super::{Expr, ExprKind, On, Rows, Source};
use crate::model::ids::LocalId;
use std::mem::discriminant;

/// Deeper expressions are taken to differ: comparing must not use up the stack.
const DEEPEST: usize = 64;

/// Whether two expressions of one declaration always have the same value in one moment. Where that
/// cannot be seen, they are taken to differ.
#[must_use]
pub fn same(one: &Expr, other: &Expr) -> bool {
    Pairs::default().exprs(one, other, 0)
}

/// Whether every row of `few` is surely one of `many`.
#[must_use]
pub fn within(few: &Rows, many: &Rows) -> bool {
    let mut pairs = Pairs::default();
    if !pairs.sources(&few.source, &many.source, 0) {
        return false;
    }
    let shorter = match (&few.last, &many.last) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(few), Some(many)) => few.is_at_most(many) == Some(true),
    };
    if !shorter {
        return false;
    }
    let Some(wanted) = &many.filter else {
        return true;
    };
    pairs.0.push((few.row, many.row));
    let Some(had) = &few.filter else { return false };
    conjuncts(wanted).all(|wanted| conjuncts(had).any(|had| pairs.exprs(had, wanted, 0)))
}

/// Whether every event that `second` waits for is surely one that `first` waits for.
#[must_use]
pub fn takes_all(first: &On, second: &On) -> bool {
    if first.trigger != second.trigger {
        return false;
    }
    let mut pairs = Pairs(vec![(first.event, second.event)]);
    match (&first.filter, &second.filter) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wanted), Some(had)) => {
            conjuncts(wanted).all(|wanted| conjuncts(had).any(|had| pairs.exprs(wanted, had, 0)))
        }
    }
}

/// The conditions that hold together if `expr` holds.
fn conjuncts(expr: &Expr) -> impl Iterator<Item = &Expr> {
    match &expr.kind {
        ExprKind::And(items) => items.iter(),
        _ => std::slice::from_ref(expr).iter(),
    }
}

/// The rows that stand for each other: each aggregate has a variable of its own.
#[derive(Default)]
struct Pairs(Vec<(LocalId, LocalId)>);

impl Pairs {
    fn exprs(&mut self, one: &Expr, other: &Expr, depth: usize) -> bool {
        use ExprKind as E;
        if depth > DEEPEST {
            return false;
        }
        let depth = depth + 1;
        match (&one.kind, &other.kind) {
            // That a value is known does not change it.
            (E::Known(of), _) => self.exprs(of, other, depth),
            (_, E::Known(of)) => self.exprs(one, of, depth),
            (E::Const(a), E::Const(b)) => a == b,
            (E::Local(a), E::Local(b)) => self.locals(*a, *b),
            (E::Field { of: a, field: f }, E::Field { of: b, field: g }) => {
                f == g && self.exprs(a, b, depth)
            }
            (E::EventField { of: a, field: f }, E::EventField { of: b, field: g }) => {
                f == g && self.exprs(a, b, depth)
            }
            (E::ResultField { of: a, index: f }, E::ResultField { of: b, index: g }) => {
                f == g && self.exprs(a, b, depth)
            }
            (E::ConsentPart { of: a, part: f }, E::ConsentPart { of: b, part: g }) => {
                f == g && self.exprs(a, b, depth)
            }
            (E::Setting(a), E::Setting(b)) => a == b,
            (E::Measure { measure: f, of: a }, E::Measure { measure: g, of: b }) => {
                f == g && self.exprs(a, b, depth)
            }
            (
                E::InSegment {
                    item: a,
                    segment: f,
                    negated: m,
                },
                E::InSegment {
                    item: b,
                    segment: g,
                    negated: n,
                },
            ) => f == g && m == n && self.exprs(a, b, depth),
            (
                E::InJourney {
                    item: a,
                    journey: f,
                    negated: m,
                },
                E::InJourney {
                    item: b,
                    journey: g,
                    negated: n,
                },
            ) => f == g && m == n && self.exprs(a, b, depth),
            (
                E::InList {
                    item: a,
                    list: f,
                    negated: m,
                },
                E::InList {
                    item: b,
                    list: g,
                    negated: n,
                },
            ) => m == n && self.exprs(a, b, depth) && self.exprs(f, g, depth),
            (
                E::InRange {
                    item: a,
                    low: f,
                    high: h,
                    negated: m,
                },
                E::InRange {
                    item: b,
                    low: g,
                    high: i,
                    negated: n,
                },
            ) => {
                m == n
                    && self.exprs(a, b, depth)
                    && self.exprs(f, g, depth)
                    && self.exprs(h, i, depth)
            }
            (E::List(a), E::List(b))
            | (E::And(a), E::And(b))
            | (E::Or(a), E::Or(b))
            | (E::Coalesce(a), E::Coalesce(b)) => self.lists(a, b, depth),
            (
                E::Call {
                    function: f,
                    args: a,
                },
                E::Call {
                    function: g,
                    args: b,
                },
            ) => f == g && self.lists(a, b, depth),
            (
                E::Permitted {
                    message: f,
                    channels: c,
                    person: a,
                },
                E::Permitted {
                    message: g,
                    channels: d,
                    person: b,
                },
            ) => f == g && c == d && self.exprs(a, b, depth),
            (
                E::Aggregate {
                    op: f,
                    value: v,
                    rows: a,
                },
                E::Aggregate {
                    op: g,
                    value: w,
                    rows: b,
                },
            ) => {
                let values = [v.as_deref(), w.as_deref()];
                f == g && self.rows(a, b, values, depth)
            }
            (
                E::Pick {
                    last: f,
                    rows: a,
                    by: v,
                },
                E::Pick {
                    last: g,
                    rows: b,
                    by: w,
                },
            ) => f == g && self.rows(a, b, [Some(v), Some(w)], depth),
            (
                E::Top {
                    count: f,
                    rows: a,
                    by: v,
                },
                E::Top {
                    count: g,
                    rows: b,
                    by: w,
                },
            ) => f == g && self.rows(a, b, [Some(v), Some(w)], depth),
            (E::Not(a), E::Not(b))
            | (E::Negate(a), E::Negate(b))
            | (E::Ago(a), E::Ago(b))
            | (E::FromNow(a), E::FromNow(b)) => self.exprs(a, b, depth),
            (
                E::Arithmetic {
                    op: f,
                    left: a,
                    right: c,
                },
                E::Arithmetic {
                    op: g,
                    left: b,
                    right: d,
                },
            ) => f == g && self.exprs(a, b, depth) && self.exprs(c, d, depth),
            (
                E::Compare {
                    op: f,
                    left: a,
                    right: c,
                },
                E::Compare {
                    op: g,
                    left: b,
                    right: d,
                },
            ) => f == g && self.exprs(a, b, depth) && self.exprs(c, d, depth),
            (E::Is { item: a, test: f }, E::Is { item: b, test: g }) => {
                f == g && self.exprs(a, b, depth)
            }
            _ => false,
        }
    }

    fn locals(&self, one: LocalId, other: LocalId) -> bool {
        let pair = self.0.iter().find(|(a, b)| *a == one || *b == other);
        pair.map_or(one == other, |pair| *pair == (one, other))
    }

    fn lists(&mut self, one: &[Expr], other: &[Expr], depth: usize) -> bool {
        one.len() == other.len()
            && one
                .iter()
                .zip(other)
                .all(|(one, other)| self.exprs(one, other, depth))
    }

    fn rows(&mut self, one: &Rows, other: &Rows, values: [Option<&Expr>; 2], depth: usize) -> bool {
        if one.last != other.last || !self.sources(&one.source, &other.source, depth) {
            return false;
        }
        self.0.push((one.row, other.row));
        let both = |pairs: &mut Self, a: Option<&Expr>, b: Option<&Expr>| match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => pairs.exprs(a, b, depth),
            _ => false,
        };
        let [value, other_value] = values;
        let same = both(self, one.filter.as_ref(), other.filter.as_ref())
            && both(self, value, other_value);
        self.0.pop();
        same
    }

    fn sources(&mut self, one: &Source, other: &Source, depth: usize) -> bool {
        use Source as S;
        if discriminant(one) != discriminant(other) {
            return false;
        }
        match (one, other) {
            (S::Relation { of: a, via: f }, S::Relation { of: b, via: g }) => {
                f == g && self.exprs(a, b, depth)
            }
            (S::Events { event: f, of: a }, S::Events { event: g, of: b }) => {
                f == g && self.exprs(a, b, depth)
            }
            (
                S::ChannelEvents {
                    channel: f,
                    event: h,
                    of: a,
                },
                S::ChannelEvents {
                    channel: g,
                    event: i,
                    of: b,
                },
            ) => f == g && h == i && self.exprs(a, b, depth),
            (
                S::MessageEvents {
                    message: f,
                    kind: k,
                    event: h,
                    of: a,
                },
                S::MessageEvents {
                    message: g,
                    kind: l,
                    event: i,
                    of: b,
                },
            ) => f == g && k == l && h == i && self.exprs(a, b, depth),
            (S::SendEvents { send: f, event: h }, S::SendEvents { send: g, event: i }) => {
                f == g && h == i
            }
            (
                S::JourneyEvents {
                    journey: f,
                    event: h,
                    of: a,
                },
                S::JourneyEvents {
                    journey: g,
                    event: i,
                    of: b,
                },
            ) => f == g && h == i && self.exprs(a, b, depth),
            (S::Table(a), S::Table(b)) => a == b,
            (S::One(a), S::One(b)) => self.exprs(a, b, depth),
            _ => false,
        }
    }
}
