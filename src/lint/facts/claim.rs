//! A condition without `and`, `or` and `not`: what it says of which value.

use rust_decimal::Decimal;

use super::set::{Set, Spot};
use crate::model::hir::same::{same, within};
use crate::model::hir::{Const, Expr, ExprKind, Model, Rows};
use crate::model::ids::{JourneyId, SegmentId};
use crate::model::types::Ty;
use crate::syntax::ast::{AggregateOp, CompareOp, IsTest};

/// What a claim is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum About<'m> {
    /// A value, compared with written ones.
    Value(&'m Expr),
    /// Whether a value is known.
    Known(&'m Expr),
    /// Whether a condition holds that is not understood any further.
    Holds(&'m Expr),
    Segment(&'m Expr, SegmentId),
    Journey(&'m Expr, JourneyId),
    /// How many rows there are.
    Count(&'m Rows),
}

impl About<'_> {
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a), Self::Value(b))
            | (Self::Known(a), Self::Known(b))
            | (Self::Holds(a), Self::Holds(b)) => same(a, b),
            (Self::Segment(a, f), Self::Segment(b, g)) => f == g && same(a, b),
            (Self::Journey(a, f), Self::Journey(b, g)) => f == g && same(a, b),
            (Self::Count(a), Self::Count(b)) => within(a, b) && within(b, a),
            _ => false,
        }
    }

    /// Whether only whole numbers can be meant.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Value(value) => matches!(value.ty.known(), Ty::Int(_)),
            Self::Count(_) => true,
            _ => false,
        }
    }
}

/// What a condition without `and`, `or` and `not` comes down to.
pub(super) enum Literal<'m> {
    /// It says this of a value.
    Claim(About<'m>, Set),
    /// It is always true, or never.
    Settled(bool),
}

/// What a condition says if it is true, or if it is not.
pub(super) fn literal<'m>(model: &Model, expr: &'m Expr, truth: bool) -> Literal<'m> {
    let holds = || Literal::Claim(About::Holds(expr), Set::truth(truth));
    match &expr.kind {
        ExprKind::Const(Const::Bool(value)) => Literal::Settled(*value == truth),
        ExprKind::Compare { op, left, right } => {
            let said = if truth { *op } else { negated(*op) };
            compared(model, said, left, right).unwrap_or_else(holds)
        }
        ExprKind::InList {
            item,
            list,
            negated,
        } => {
            let ExprKind::List(values) = &list.kind else {
                return holds();
            };
            let spots: Option<Vec<Spot>> = values.iter().map(Spot::of).collect();
            let Some(spots) = spots else { return holds() };
            let mut set = Set::default();
            match *negated == truth {
                true => set.not = spots,
                false => set.only = Some(spots),
            }
            Literal::Claim(about(item), set)
        }
        ExprKind::InRange {
            item,
            low,
            high,
            negated,
        } if *negated != truth => {
            let (Some(low), Some(high)) = (Spot::of(low), Spot::of(high)) else {
                return holds();
            };
            let set = Set {
                low: Some((low, true)),
                high: Some((high, true)),
                ..Set::default()
            };
            Literal::Claim(about(item), set)
        }
        ExprKind::Is {
            item,
            test: test @ (IsTest::Known | IsTest::Unknown),
        } => {
            let known = (*test == IsTest::Known) == truth;
            Literal::Claim(About::Known(item), Set::truth(known))
        }
        ExprKind::InSegment {
            item,
            segment,
            negated,
        } => Literal::Claim(
            About::Segment(item, *segment),
            Set::truth(*negated != truth),
        ),
        ExprKind::InJourney {
            item,
            journey,
            negated,
        } => Literal::Claim(
            About::Journey(item, *journey),
            Set::truth(*negated != truth),
        ),
        ExprKind::Aggregate {
            op: op @ (AggregateOp::Any | AggregateOp::None),
            rows,
            ..
        } => {
            let set = match (*op == AggregateOp::Any) == truth {
                true => Set::at_least(1),
                false => Set::compared(CompareOp::LessEqual, Spot::Number(Decimal::ZERO)),
            };
            Literal::Claim(About::Count(rows), set)
        }
        _ => holds(),
    }
}

/// What a comparison says; `None` if it compares two values that are both not written out.
fn compared<'m>(
    model: &Model,
    op: CompareOp,
    left: &'m Expr,
    right: &'m Expr,
) -> Option<Literal<'m>> {
    match (Spot::of(left), Spot::of(right)) {
        // Two written values: the answer is written too.
        (Some(left), Some(right)) => written(op, &left, &right).map(Literal::Settled),
        (None, Some(spot)) => Some(claimed(model, op, left, spot)),
        (Some(spot), None) => Some(claimed(model, flipped(op), right, spot)),
        (None, None) => same(left, right).then(|| {
            let equal = matches!(
                op,
                CompareOp::Equal | CompareOp::LessEqual | CompareOp::GreaterEqual
            );
            Literal::Settled(equal)
        }),
    }
}

fn claimed<'m>(model: &Model, op: CompareOp, value: &'m Expr, spot: Spot) -> Literal<'m> {
    if let Spot::Word(Const::Bool(wanted)) = spot {
        return literal(model, value, wanted == (op == CompareOp::Equal));
    }
    let Spot::Word(Const::Variant(of, variant)) = spot else {
        return Literal::Claim(about(value), Set::compared(op, spot));
    };
    if matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
        return Literal::Claim(about(value), Set::compared(op, spot));
    }
    // The variants of an ordered enum come one after the other.
    let count = model
        .enums
        .get(of.index())
        .map_or(0, |it| it.variants.len());
    let fits = |other: &u32| match op {
        CompareOp::Less => *other < variant,
        CompareOp::LessEqual => *other <= variant,
        CompareOp::Greater => *other > variant,
        CompareOp::GreaterEqual => *other >= variant,
        CompareOp::Equal | CompareOp::NotEqual => true,
    };
    let all = (0..).take(count).filter(fits);
    let set = Set {
        only: Some(all.map(|n| Spot::Word(Const::Variant(of, n))).collect()),
        ..Set::default()
    };
    Literal::Claim(about(value), set)
}

fn about(value: &Expr) -> About<'_> {
    match &value.kind {
        ExprKind::Known(inner) => about(inner),
        ExprKind::Aggregate {
            op: AggregateOp::Count,
            rows,
            ..
        } => About::Count(rows),
        _ => About::Value(value),
    }
}

/// The answer of a comparison of two written values.
fn written(op: CompareOp, left: &Spot, right: &Spot) -> Option<bool> {
    let order = left.compare(right);
    Some(match op {
        CompareOp::Equal => left.equals(right)?,
        CompareOp::NotEqual => !left.equals(right)?,
        CompareOp::Less => order?.is_lt(),
        CompareOp::LessEqual => order?.is_le(),
        CompareOp::Greater => order?.is_gt(),
        CompareOp::GreaterEqual => order?.is_ge(),
    })
}

const fn negated(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::GreaterEqual,
        CompareOp::LessEqual => CompareOp::Greater,
        CompareOp::Greater => CompareOp::LessEqual,
        CompareOp::GreaterEqual => CompareOp::Less,
    }
}

/// The same comparison read from its other side.
const fn flipped(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal | CompareOp::NotEqual => op,
        CompareOp::Less => CompareOp::Greater,
        CompareOp::LessEqual => CompareOp::GreaterEqual,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::GreaterEqual => CompareOp::LessEqual,
    }
}
