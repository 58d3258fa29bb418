//! What conditions say of values, and whether they can hold together.
//!
//! A condition is taken apart into claims, each about one value: that it lies between two ends, is one
//! of some values, or is none of them. Claims about the same value meet; if nothing is left, they
//! cannot hold together. Whatever is not understood claims nothing, so what is found to clash does.

mod claim;
mod set;

use std::cmp::Ordering;

use claim::{About, Literal, literal};
use set::{Set, Spot};

use crate::model::hir::same::within;
use crate::model::hir::{Const, Expr, ExprKind, Function, Model};
use crate::model::types::Ty;
use crate::source::Span;

/// So many facts are kept: each new one is held against each.
const MOST: usize = 48;
/// Nobody is older, in years.
const OLDEST: i64 = 130;
/// Enums with more variants are not listed in full.
const MOST_VARIANTS: usize = 64;

/// Why a condition cannot hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clash {
    /// The fact that it cannot hold with, and whether that fact is that it is true; `None` if it
    /// cannot hold by itself.
    pub(crate) with: Option<(Span, bool)>,
}

#[derive(Debug, Clone)]
struct Fact<'m> {
    about: About<'m>,
    set: Set,
    span: Span,
    truth: bool,
    /// Whether it stays true when time passes.
    lasting: bool,
}

/// What is known to be true at one place.
#[derive(Clone)]
pub(crate) struct Facts<'m> {
    model: &'m Model,
    facts: Vec<Fact<'m>>,
}

impl<'m> Facts<'m> {
    /// Nothing is known.
    pub(crate) fn none(model: &'m Model) -> Self {
        Self {
            model,
            facts: Vec::new(),
        }
    }

    /// Forgets what a rest forgets.
    pub(crate) fn forget(&mut self) {
        self.facts.retain(|fact| fact.lasting);
    }

    /// Adds what others say, as far as it can be true besides.
    pub(crate) fn adopt(&mut self, others: &Self) {
        for fact in &others.facts {
            let _ = self.add(fact.clone());
        }
    }

    /// Adds that a condition is true, or that it is not. `lasting` says of a value whether it stays what
    /// it is.
    ///
    /// # Errors
    /// It cannot be.
    pub(crate) fn assume(
        &mut self,
        expr: &'m Expr,
        truth: bool,
        lasting: &impl Fn(&Expr) -> bool,
    ) -> Result<(), Clash> {
        match &expr.kind {
            ExprKind::Not(inner) => self.assume(inner, !truth, lasting),
            ExprKind::Known(inner) => self.assume(inner, truth, lasting),
            ExprKind::And(items) | ExprKind::Or(items) => {
                if matches!(expr.kind, ExprKind::And(_)) == truth {
                    return items
                        .iter()
                        .try_for_each(|item| self.assume(item, truth, lasting));
                }
                self.assume_one_of(items, truth, lasting)
            }
            _ => match literal(self.model, expr, truth) {
                Literal::Settled(true) => Ok(()),
                Literal::Settled(false) => Err(Clash { with: None }),
                Literal::Claim(about, set) => self.add(Fact {
                    about,
                    set,
                    span: expr.span,
                    truth,
                    lasting: lasting(expr),
                }),
            },
        }
    }

    /// One of these is true (or not): if only one can be, it is.
    fn assume_one_of(
        &mut self,
        items: &'m [Expr],
        truth: bool,
        lasting: &impl Fn(&Expr) -> bool,
    ) -> Result<(), Clash> {
        let mut open = None;
        let mut first = None;
        for item in items.iter().take(MOST) {
            match self.clone().assume(item, truth, lasting) {
                Ok(()) if open.is_some() => return Ok(()),
                Ok(()) => open = Some(item),
                Err(clash) => first = first.or(Some(clash)),
            }
        }
        match (open, first) {
            _ if items.len() > MOST => Ok(()),
            (Some(item), _) => self.assume(item, truth, lasting),
            (None, Some(clash)) => Err(clash),
            (None, None) => Ok(()),
        }
    }

    /// Whether a condition without `and`, `or` and `not` can be true, or untrue, besides what is known.
    ///
    /// # Errors
    /// It cannot be.
    pub(crate) fn allow(&self, expr: &'m Expr, truth: bool) -> Result<(), Clash> {
        match literal(self.model, expr, truth) {
            Literal::Settled(true) => Ok(()),
            Literal::Settled(false) => Err(Clash { with: None }),
            Literal::Claim(about, set) => self.meets(&about, &set),
        }
    }

    fn add(&mut self, fact: Fact<'m>) -> Result<(), Clash> {
        self.meets(&fact.about, &fact.set)?;
        if self.facts.len() < MOST {
            self.facts.push(fact);
        }
        Ok(())
    }

    /// Whether a claim can be true besides what is known.
    fn meets(&self, about: &About<'m>, set: &Set) -> Result<(), Clash> {
        let whole = about.is_whole();
        let mut alone = self.base(about);
        alone.meet(set);
        if alone.is_empty(whole) {
            return Err(Clash { with: None });
        }
        let mut together = None;
        let mut last = None;
        for known in &self.facts {
            let with = Some((known.span, known.truth));
            if known.about.is(about) {
                let mut pair = alone.clone();
                pair.meet(&known.set);
                if pair.is_empty(whole) {
                    return Err(Clash { with });
                }
                match &mut together {
                    Some(all) => Set::meet(all, &known.set),
                    None => together = Some(pair),
                }
                last = with;
            } else if let (About::Count(few), About::Count(many)) = (known.about, *about) {
                let clash = (within(few, many) && is_above(&known.set, set))
                    || (within(many, few) && is_above(set, &known.set));
                if clash {
                    return Err(Clash { with });
                }
            }
        }
        match together {
            Some(all) if all.is_empty(whole) => Err(Clash { with: last }),
            _ => Ok(()),
        }
    }

    /// What a value can be at all, by its type.
    fn base(&self, about: &About<'_>) -> Set {
        let value = match about {
            About::Value(value) => value,
            About::Count(_) => return Set::at_least(0),
            About::Known(_) | About::Holds(_) | About::Segment(..) | About::Journey(..) => {
                return Set::default();
            }
        };
        let mut set = Set::default();
        if let ExprKind::Call {
            function: Function::Age,
            ..
        } = &value.kind
        {
            set.low = Some((Spot::Number(0.into()), true));
            set.high = Some((Spot::Number(OLDEST.into()), true));
            return set;
        }
        match value.ty.known() {
            Ty::Int(Some((low, high))) => {
                set.low = Some((Spot::Number((*low).into()), true));
                set.high = Some((Spot::Number((*high).into()), true));
            }
            Ty::Enum(id) => {
                let count = self.model.enums.get(id.index()).map(|it| it.variants.len());
                if let Some(count) = count.filter(|count| *count <= MOST_VARIANTS) {
                    let all = (0..)
                        .take(count)
                        .map(|n| Spot::Word(Const::Variant(*id, n)));
                    set.only = Some(all.collect());
                }
            }
            Ty::Channel(channels) => {
                let all = channels.iter().map(|id| Spot::Word(Const::Channel(*id)));
                set.only = Some(all.collect());
            }
            _ => {}
        }
        set
    }
}

/// Whether the least of one set is more than the most of another.
fn is_above(set: &Set, other: &Set) -> bool {
    let (Some(least), Some(most)) = (set.least(), other.most()) else {
        return false;
    };
    least.compare(most) == Some(Ordering::Greater)
}
