//! `stale-condition`: a condition must hold, or is waited for, shorter than its data are refreshed.
//!
//! `@refreshed(1 day)` says how old a value may be. Whoever waits two hours for it to change sees a change
//! of yesterday, or none.

use crate::diag::codes::lint::STALE_CONDITION;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{
    ArmKind, Duration, Enter, Expr, ExprKind, Field, Journey, Leave, StepKind, Wait, visit,
};
use crate::source::Span;
use crate::syntax::ast::{IsTest, Unit};

/// Looks at conditions that are watched for a length of time.
pub(crate) fn check(whole: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let mut watched: Vec<(&Expr, Duration, Span)> = Vec::new();
    for (enter, span) in &journey.enters {
        if let Enter::When {
            when,
            held: Some(held),
            ..
        } = enter
        {
            watched.push((when, *held, *span));
        }
    }
    for (leave, span) in &journey.leaves {
        if let Leave::When {
            when,
            held: Some(held),
        } = leave
        {
            watched.push((when, *held, *span));
        }
    }
    visit::each_step(&journey.steps, &mut |step| {
        if let StepKind::Wait(wait) = &step.kind
            && let Wait::UpTo { limit, arms, .. } = &**wait
        {
            watched.extend(arms.iter().filter_map(|arm| match &arm.kind {
                ArmKind::When(when) => Some((when, *limit, arm.span)),
                ArmKind::On(_) => None,
            }));
        }
    });
    for (when, length, span) in watched {
        let Some((field, refreshed)) = stale(whole, when, &length) else {
            continue;
        };
        let place = when.span.in_file(journey.place.file);
        out.push(
            Diagnostic::new(
                &STALE_CONDITION,
                if when.span.is_empty() {
                    span.in_file(journey.place.file)
                } else {
                    place
                },
                format!(
                    "this is watched for {}, and `{}` may be {} old",
                    length.words(),
                    field.name,
                    refreshed.words()
                ),
            )
            .other(field.place, format!("`@refreshed({})`", refreshed.words()))
            .help(format!(
                "give it {} or more, or have the field refreshed more often",
                refreshed.words()
            )),
        );
    }
}

/// A field that a condition reads and that is refreshed less often than this; nothing if the condition
/// asks whether one is fresh.
fn stale<'w>(
    whole: &'w Whole<'_>,
    when: &Expr,
    length: &Duration,
) -> Option<(&'w Field, Duration)> {
    let mut found = None;
    let mut asks = false;
    visit::each_expr(when, |expr| match &expr.kind {
        ExprKind::Is {
            test: IsTest::Fresh,
            ..
        } => asks = true,
        ExprKind::Field { field: id, .. } if found.is_none() => {
            let entity = whole.model.entities.get(id.entity.index());
            let field = entity.and_then(|entity| entity.fields.get(id.index as usize));
            found = field.and_then(|field| {
                let refreshed = field.annotations.refreshed?;
                (seconds(&refreshed)? > seconds(length)?).then_some((field, refreshed))
            });
        }
        _ => {}
    });
    found.filter(|_| !asks)
}

/// About how many seconds a length of time has; nothing for workdays.
fn seconds(length: &Duration) -> Option<i64> {
    const DAY: i64 = 24 * 60 * 60;
    let unit = match length.unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 60 * 60,
        Unit::Day => DAY,
        Unit::Week => 7 * DAY,
        Unit::Month => 30 * DAY,
        Unit::Year => 365 * DAY,
        Unit::Workday => return None,
    };
    length.count.checked_mul(unit)
}
