//! Lowering of promises and tests.

use super::Unlowered;
use super::expr::{Lowering, constant, duration};
use super::journey::{on, trigger};
use super::policy::slots;
use crate::model::hir::visit::each_expr;
use crate::model::hir::{self, ClaimKind, ExprKind, TestStatementKind};
use crate::model::ids::LocalId;
use crate::model::types::{LocalKind, Ty};
use crate::plan::{Claim, Given, Leaving, PersonSlot, Promise, Refusal, Test, TestStatement};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// The promises by title; those of one title by what they claim, so that the order of files does
/// not matter.
pub(super) fn promises(model: &hir::Model) -> Result<Vec<Promise>, Unlowered> {
    let mut promises: Vec<Promise> = super::each(&model.promises, promise)?;
    by_title(&mut promises, |promise| &promise.title);
    Ok(promises)
}

/// The tests, in the order of [`promises`].
pub(super) fn tests(model: &hir::Model) -> Result<Vec<Test>, Unlowered> {
    let mut tests: Vec<Test> = super::each(&model.tests, test)?;
    by_title(&mut tests, |test| &test.title);
    Ok(tests)
}

fn by_title<T: serde::Serialize>(items: &mut [T], title: impl Fn(&T) -> &SmolStr) {
    // Serialising to memory fails only for maps with keys that are not text; a plan has none.
    let content = |item: &T| serde_json::to_string(item).unwrap_or_default();
    items.sort_by(|a, b| {
        let titles = title(a).cmp(title(b));
        titles.then_with(|| content(a).cmp(&content(b)))
    });
}

fn promise(of: &hir::Promise) -> Result<Promise, Unlowered> {
    let lowering = Lowering::new(&of.title);
    if of.broken {
        return Err(lowering.fault("a claim has no meaning", of.place.span));
    }
    let claims = of.claims.iter().map(|one| claim(&lowering, &one.kind));
    Ok(Promise {
        title: of.title.clone(),
        slots: slots(&of.locals),
        people: people(of),
        claims: claims.collect::<Result<_, _>>()?,
    })
}

/// The variables that hold the person: of all names that stand for one, those that are read.
fn people(of: &hir::Promise) -> Vec<PersonSlot> {
    let mut read: BTreeSet<LocalId> = BTreeSet::new();
    for claim in &of.claims {
        let condition = match &claim.kind {
            ClaimKind::Never { when, .. } => when.as_ref(),
            ClaimKind::After { on, .. } => on.filter.as_ref(),
            _ => None,
        };
        if let Some(condition) = condition {
            each_expr(condition, |expr| {
                if let ExprKind::Local(local) = expr.kind {
                    read.insert(local);
                }
            });
        }
    }
    let person = |id: LocalId| match of.locals.0.get(id.index())? {
        hir::Local {
            kind: LocalKind::Subject,
            ty: Ty::Row(profile),
            ..
        } => Some(PersonSlot {
            slot: id.0,
            profile: profile.0,
        }),
        _ => None,
    };
    read.into_iter().filter_map(person).collect()
}

fn claim(lowering: &Lowering, of: &ClaimKind) -> Result<Claim, Unlowered> {
    Ok(match of {
        ClaimKind::AtMost {
            count,
            channels,
            purposes,
            per,
        } => Claim::AtMost {
            count: *count,
            channels: channels.iter().map(|channel| channel.0).collect(),
            purposes: purposes.iter().map(|purpose| purpose.0).collect(),
            per: duration(*per),
        },
        ClaimKind::Never {
            channels,
            purposes,
            when,
            between,
        } => Claim::Never {
            channels: channels.iter().map(|channel| channel.0).collect(),
            purposes: purposes.iter().map(|purpose| purpose.0).collect(),
            when: lowering.optional(when.as_ref())?,
            between: *between,
        },
        ClaimKind::After {
            on: event,
            message,
            within,
            or_refused,
        } => Claim::After {
            on: on(lowering, event)?,
            message: message.0,
            within: duration(*within),
            or_refused: *or_refused,
        },
        ClaimKind::EndsWithin { journey, within } => Claim::EndsWithin {
            journey: journey.0,
            within: duration(*within),
        },
        ClaimKind::CostsAtMost { journey, amount } => Claim::CostsAtMost {
            journey: journey.0,
            amount: constant(amount),
        },
        ClaimKind::NeverWith { journey, other } => Claim::NeverWith {
            journey: journey.0,
            other: other.0,
        },
    })
}

fn test(of: &hir::Test) -> Result<Test, Unlowered> {
    let lowering = Lowering::new(&of.title);
    let journey = of.journey.filter(|_| !of.broken);
    let journey =
        journey.ok_or_else(|| lowering.fault("a statement has no meaning", of.place.span))?;
    let statements = of.statements.iter();
    let statements = statements.map(|one| statement(&lowering, &one.kind));
    Ok(Test {
        title: of.title.clone(),
        journey: journey.0,
        slots: of.locals.0.iter().map(|local| local.name.clone()).collect(),
        statements: statements.collect::<Result<_, _>>()?,
    })
}

fn statement(lowering: &Lowering, of: &TestStatementKind) -> Result<TestStatement, Unlowered> {
    Ok(match of {
        TestStatementKind::GivenRow {
            entity,
            person,
            bind,
            fields,
        } => TestStatement::GivenRow {
            entity: entity.0,
            person: *person,
            slot: bind.map(|local| local.0),
            fields: given(lowering, fields)?,
        },
        TestStatementKind::GivenSetting { setting, value } => TestStatement::GivenSetting {
            setting: setting.0,
            value: constant(value),
        },
        TestStatementKind::GivenSplit { split, arm } => TestStatement::GivenSplit {
            split: split.clone(),
            arm: arm.clone(),
        },
        TestStatementKind::GivenDo { action, result } => {
            let result = result.as_ref().map(|fields| given(lowering, fields));
            TestStatement::GivenDo {
                action: action.0,
                result: result.transpose()?,
            }
        }
        TestStatementKind::Clock(instant) => TestStatement::Clock(constant(instant)),
        TestStatementKind::After(length) => TestStatement::After(duration(*length)),
        TestStatementKind::Event {
            trigger: event,
            subject,
            fields,
        } => TestStatement::Event {
            trigger: trigger(event),
            subject: lowering.optional(subject.as_ref())?,
            fields: given(lowering, fields)?,
        },
        TestStatementKind::ExpectSent {
            negated,
            message,
            by,
            at,
        } => TestStatement::ExpectSent {
            negated: *negated,
            message: message.0,
            by: by.map(|channel| channel.0),
            at: lowering.optional(at.as_ref())?,
        },
        TestStatementKind::ExpectRefused { message, because } => TestStatement::ExpectRefused {
            message: message.0,
            because: because.map(refusal),
        },
        TestStatementKind::ExpectResting(label) => TestStatement::ExpectResting(label.clone()),
        TestStatementKind::ExpectLeft(because) => TestStatement::ExpectLeft {
            because: because.as_ref().map(leaving),
        },
        TestStatementKind::Expect(condition) => TestStatement::Expect(lowering.expr(condition)?),
    })
}

fn given(lowering: &Lowering, fields: &[hir::Given]) -> Result<Vec<Given>, Unlowered> {
    let given = fields.iter().map(|one| {
        Ok(Given {
            field: one.field,
            value: lowering.expr(&one.value)?,
        })
    });
    given.collect()
}

const fn refusal(of: hir::Refusal) -> Refusal {
    match of {
        hir::Refusal::Consent => Refusal::Consent,
        hir::Refusal::Forbid => Refusal::Forbid,
        hir::Refusal::Limit => Refusal::Limit,
        hir::Refusal::Address => Refusal::Address,
        hir::Refusal::Language => Refusal::Language,
        hir::Refusal::Holdout => Refusal::Holdout,
        hir::Refusal::Capacity => Refusal::Capacity,
        hir::Refusal::Budget => Refusal::Budget,
        hir::Refusal::Late => Refusal::Late,
    }
}

fn leaving(of: &hir::Leaving) -> Leaving {
    match of {
        hir::Leaving::Goal => Leaving::Goal,
        hir::Leaving::Leave => Leaving::Leave,
        hir::Leaving::Replaced => Leaving::Replaced,
        hir::Leaving::Exit(name) => Leaving::Exit(name.clone()),
    }
}
