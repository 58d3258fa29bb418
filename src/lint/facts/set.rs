//! Values as they are compared, and sets of them.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::model::hir::{Const, Expr, ExprKind, Function};
use crate::model::types::Ty;
use crate::syntax::ast::{ArithmeticOp, CompareOp, Unit};

/// A value as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Spot {
    Number(Decimal),
    /// So long after now, negative for before, in the smallest unit of a family.
    Clock(Unit, i64),
    /// A written date, time or instant, in a form that sorts as time passes.
    Moment(SmolStr, String),
    /// A value without an order.
    Word(Const),
}

impl Spot {
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        if let Ty::Int(Some((low, high))) = expr.ty
            && low == high
        {
            return Some(Self::Number(low.into()));
        }
        Some(match &expr.kind {
            ExprKind::Known(of) => return Self::of(of),
            ExprKind::Const(value) => Self::of_const(value)?,
            ExprKind::Ago(length) => Self::clock(length, -1)?,
            ExprKind::FromNow(length) => Self::clock(length, 1)?,
            ExprKind::Arithmetic { op, left, right } => {
                let sign = match op {
                    ArithmeticOp::Add => 1,
                    ArithmeticOp::Subtract => -1,
                    ArithmeticOp::Multiply | ArithmeticOp::Divide => return None,
                };
                match Self::of(left)? {
                    // `3 days ago`, where a date is needed.
                    Self::Clock(_, 0) => Self::clock(right, sign)?,
                    _ => return None,
                }
            }
            ExprKind::Call {
                function: Function::Today | Function::Now,
                ..
            } => Self::Clock(Unit::Day, 0),
            _ => return None,
        })
    }

    fn of_const(value: &Const) -> Option<Self> {
        Some(match value {
            Const::Int(value) => Self::Number((*value).into()),
            Const::Decimal(value) | Const::Percent(value) => Self::Number(*value),
            Const::Money { amount, .. } => Self::Number(*amount),
            Const::Date(date) => Self::Moment("date".into(), date.to_string()),
            Const::Time(time) => Self::Moment("time".into(), time.to_string()),
            Const::Instant { date, time, zone } => {
                Self::Moment(zone.clone(), format!("{date}T{time}"))
            }
            Const::Bool(_)
            | Const::Text(_)
            | Const::Country(_)
            | Const::Language(_)
            | Const::Timezone(_)
            | Const::Email(_)
            | Const::Phone(_)
            | Const::Url(_)
            | Const::Variant(..)
            | Const::Channel(_)
            | Const::Purpose(_)
            | Const::Status(_) => Self::Word(value.clone()),
            Const::Duration(_) | Const::List(_) => return None,
        })
    }

    fn clock(length: &Expr, sign: i64) -> Option<Self> {
        let ExprKind::Const(Const::Duration(length)) = &length.kind else {
            return None;
        };
        if length.calendar.is_some() {
            return None;
        }
        let (unit, length) = length.measured();
        Some(Self::Clock(unit, length?.checked_mul(sign)?))
    }

    /// Which comes first; `None` if that cannot be said.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            (Self::Clock(f, a), Self::Clock(g, b)) => {
                // Before now is before now in whatever unit.
                (f == g || a.signum() != b.signum()).then(|| a.cmp(b))
            }
            (Self::Moment(f, a), Self::Moment(g, b)) => (f == g).then(|| a.cmp(b)),
            _ => None,
        }
    }

    /// Whether they are the same value; `None` if that cannot be said.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Word(a), Self::Word(b)) => Some(a == b),
            _ => self.compare(other).map(Ordering::is_eq),
        }
    }
}

/// An end of a range, and whether it belongs to it.
pub(super) type End = Option<(Spot, bool)>;

/// The values that a claim leaves.
#[derive(Debug, Clone, Default)]
pub(super) struct Set {
    pub(super) low: End,
    pub(super) high: End,
    /// One of these, if there is a list.
    pub(super) only: Option<Vec<Spot>>,
    /// None of these.
    pub(super) not: Vec<Spot>,
}

impl Set {
    pub(super) fn one(spot: Spot) -> Self {
        Self {
            only: Some(vec![spot]),
            ..Self::default()
        }
    }

    pub(super) fn truth(truth: bool) -> Self {
        Self::one(Spot::Word(Const::Bool(truth)))
    }

    pub(super) fn at_least(number: i64) -> Self {
        Self {
            low: Some((Spot::Number(number.into()), true)),
            ..Self::default()
        }
    }

    pub(super) fn compared(op: CompareOp, spot: Spot) -> Self {
        let mut set = Self::default();
        match op {
            CompareOp::Equal => set.only = Some(vec![spot]),
            CompareOp::NotEqual => set.not.push(spot),
            CompareOp::Less => set.high = Some((spot, false)),
            CompareOp::LessEqual => set.high = Some((spot, true)),
            CompareOp::Greater => set.low = Some((spot, false)),
            CompareOp::GreaterEqual => set.low = Some((spot, true)),
        }
        set
    }

    /// A value that none of these is below.
    pub(super) fn least(&self) -> Option<&Spot> {
        self.low
            .as_ref()
            .map_or(self.single(), |(spot, _)| Some(spot))
    }

    /// A value that none of these is above.
    pub(super) fn most(&self) -> Option<&Spot> {
        self.high
            .as_ref()
            .map_or(self.single(), |(spot, _)| Some(spot))
    }

    fn single(&self) -> Option<&Spot> {
        match self.only.as_deref() {
            Some([spot]) => Some(spot),
            _ => None,
        }
    }

    /// Leaves what another leaves too, or more.
    pub(super) fn meet(&mut self, other: &Self) {
        narrow(&mut self.low, &other.low, Ordering::Greater);
        narrow(&mut self.high, &other.high, Ordering::Less);
        match (&mut self.only, &other.only) {
            (Some(mine), Some(theirs)) => {
                mine.retain(|spot| theirs.iter().any(|it| spot.equals(it) != Some(false)));
            }
            (mine @ None, Some(theirs)) => *mine = Some(theirs.clone()),
            (_, None) => {}
        }
        self.not.extend(other.not.iter().cloned());
    }

    /// Whether surely no value is left.
    pub(super) fn is_empty(&self, whole: bool) -> bool {
        if let Some(only) = &self.only {
            return only.iter().all(|spot| self.leaves_out(spot, whole));
        }
        let (Some((low, with_low)), Some((high, with_high))) = (&self.low, &self.high) else {
            return false;
        };
        match low.compare(high) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => !with_low || !with_high || self.leaves_out(low, whole),
            Some(Ordering::Less) if whole => match (low, high) {
                (Spot::Number(low), Spot::Number(high)) => {
                    let first = match *with_low {
                        true => low.ceil(),
                        false => low.floor() + Decimal::ONE,
                    };
                    first > *high || (first == *high && !with_high)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn leaves_out(&self, spot: &Spot, whole: bool) -> bool {
        let fraction = matches!(spot, Spot::Number(number) if whole && !number.is_integer());
        let before = self.low.as_ref().is_some_and(|(low, with)| {
            matches!(spot.compare(low), Some(Ordering::Less))
                || (!with && spot.compare(low) == Some(Ordering::Equal))
        });
        let behind = self.high.as_ref().is_some_and(|(high, with)| {
            matches!(spot.compare(high), Some(Ordering::Greater))
                || (!with && spot.compare(high) == Some(Ordering::Equal))
        });
        let named = self.not.iter().any(|not| spot.equals(not) == Some(true));
        fraction || before || behind || named
    }
}

/// Moves an end to another one if that leaves less.
fn narrow(end: &mut End, other: &End, further: Ordering) {
    let Some((spot, with)) = other else { return };
    let moves = match end {
        None => true,
        Some((mine, with_mine)) => match spot.compare(mine) {
            Some(Ordering::Equal) => *with_mine && !with,
            found => found == Some(further),
        },
    };
    if moves {
        *end = Some((spot.clone(), *with));
    }
}
