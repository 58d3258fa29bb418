//! Promises: claims, named and typed. Proving them is later work.

use super::clauses::{count, money};
use super::{reach, rule};
use crate::diag::codes::consent::{OTHER_PROFILE, UNANALYSED_PROMISE};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::{Body, Length};
use crate::model::cx::Cx;
use crate::model::hir::{Claim, ClaimKind, Model, On, Promise};
use crate::model::ids::{EntityId, JourneyId, MessageId};
use crate::model::names::Named;
use crate::model::types::{LocalKind, Ty};
use crate::source::FileId;
use crate::syntax::ast::{self, Name};
use std::collections::BTreeMap;

/// Checks one promise.
pub fn check(
    cx: &Cx<'_>,
    file: FileId,
    decl: &ast::Decl,
    ast: &ast::Promise,
) -> (Promise, Diagnostics) {
    let mut body = Body::new(cx, file, decl.broken);
    let typed = ast.claims.iter().filter_map(|claim| {
        let kind = body.scoped(|body| one(body, &claim.kind))?;
        let span = claim.span;
        Some(Claim { kind, span })
    });
    let claims: Vec<Claim> = typed.collect();
    if ast.claims.is_empty() {
        super::clauses::missing(
            &mut body,
            ast.title.span,
            "this promise claims nothing",
            "add a claim, like `at most 3 any for marketing per 7 days`",
        );
    }
    let broken = decl.broken || claims.len() < ast.claims.len();
    let (locals, found) = body.finish();
    let promise = Promise {
        title: ast.title.value.clone(),
        place: ast.title.span.in_file(file),
        locals,
        claims,
        broken,
    };
    (promise, found)
}

/// Types one claim. Everything in it is looked at before a part that is missing leaves it out.
fn one(body: &mut Body<'_, '_>, claim: &ast::ClaimKind) -> Option<ClaimKind> {
    Some(match claim {
        ast::ClaimKind::AtMost {
            count: number,
            channels,
            purposes,
            per,
        } => {
            let count = count(body, number);
            let channels = reach::channels(body, channels, None);
            let purposes = reach::purposes(body, purposes);
            let per = body.duration(per, Length::Exact);
            ClaimKind::AtMost {
                count: count?,
                channels,
                purposes,
                per: per?,
            }
        }
        ast::ClaimKind::Never {
            channels,
            purposes,
            when,
            between,
        } => {
            let channels = reach::channels(body, channels, None);
            let purposes = reach::purposes(body, purposes);
            let when = when.as_ref().map(|when| {
                declare_people(body, when);
                body.condition(when).0
            });
            let between = match between {
                Some((from, to)) => rule::window(body, from, to).map(Some),
                None => Some(None),
            };
            ClaimKind::Never {
                channels,
                purposes,
                when,
                between: between?,
            }
        }
        ast::ClaimKind::After {
            event,
            filter,
            message,
            within,
            or_refused,
        } => {
            let triggered = body.trigger(event);
            let ty = triggered
                .as_ref()
                .map_or(Ty::Error, |found| Ty::Event(found.ty.clone()));
            if let Some(filter) = filter {
                declare_people(body, filter);
            }
            let row = body.declare_unnamed(LocalKind::Row, ty, event.span);
            let filter = filter
                .as_ref()
                .map(|filter| body.with_row(row, |body| body.condition(filter).0));
            let message = body.resolve::<MessageId>(message);
            let within = body.duration(within, Length::Exact);
            ClaimKind::After {
                on: On {
                    trigger: triggered?.trigger,
                    event: row,
                    filter,
                },
                message: message?,
                within: within?,
                or_refused: *or_refused,
            }
        }
        ast::ClaimKind::EndsWithin { journey, within } => {
            let journey = body.resolve::<JourneyId>(journey);
            let within = body.duration(within, Length::Exact);
            ClaimKind::EndsWithin {
                journey: journey?,
                within: within?,
            }
        }
        ast::ClaimKind::CostsAtMost { journey, amount } => {
            let journey = body.resolve::<JourneyId>(journey);
            let amount = money(body, amount);
            ClaimKind::CostsAtMost {
                journey: journey?,
                amount: amount?,
            }
        }
        ast::ClaimKind::NeverWith { journey, other } => {
            let first = body.resolve::<JourneyId>(journey);
            let second = body.resolve::<JourneyId>(other);
            let (first, second) = (first?, second?);
            never_with(body, (journey, first), (other, second));
            ClaimKind::NeverWith {
                journey: first,
                other: second,
            }
        }
    })
}

fn never_with(
    body: &mut Body<'_, '_>,
    (name, journey): (&Name, JourneyId),
    (other_name, other): (&Name, JourneyId),
) {
    let cx = body.cx;
    if journey == other {
        let message = format!("`{}` is named twice", name.text);
        reach::repeated(body, message, other_name.span, name.span);
        return;
    }
    let profile = |id: JourneyId| cx.journeys.get(id.index()).and_then(|head| head.profile);
    if let (Some(first), Some(second)) = (profile(journey), profile(other))
        && first != second
    {
        let (first, second) = (cx.entity_name(first), cx.entity_name(second));
        let diagnostic = Diagnostic::new(
            &OTHER_PROFILE,
            body.place(other_name.span),
            format!(
                "`{}` is for a `{second}`, not for a `{first}`",
                other_name.text
            ),
        )
        .other(
            body.place(name.span),
            format!("this one is for a `{first}`"),
        )
        .help("name two journeys of one profile");
        body.report(diagnostic);
    }
}

/// A promise has no subject of its own: a condition calls the person by a name that declarations
/// of the project call a person by.
fn declare_people(body: &mut Body<'_, '_>, condition: &ast::Expr) {
    for (name, profile) in people(body.cx) {
        let name = Name {
            text: name.into(),
            span: condition.span,
            quoted: false,
        };
        if body.cx.named(&name.text).is_none() {
            body.declare(&name, LocalKind::Subject, Ty::Row(profile));
        }
    }
}

/// The names by which channels, consent blocks and journeys call a person, and of which profile.
fn people<'c>(cx: &'c Cx<'_>) -> BTreeMap<&'c str, EntityId> {
    let names = &cx.names;
    let subjects = cx.journeys.iter().map(|head| &head.subject);
    let subjects = subjects
        .chain(names.consents.iter().map(|item| &item.ast.subject))
        .chain(names.channels.iter().map(|item| &item.ast.subject));
    let mut found = BTreeMap::new();
    for subject in subjects {
        if let Some(Named::Profile(id)) = cx.named(&subject.entity.text) {
            found.entry(subject.name.as_str()).or_insert(id);
        }
    }
    found
}

/// One note for the whole project: promises and tests are typed, and not analysed further.
pub fn whole(model: &Model, diagnostics: &mut Diagnostics) {
    let (promises, tests) = (model.promises.len(), model.tests.len());
    let promised = model.promises.first().map(|promise| promise.place);
    let Some(first) = promised.or(model.tests.first().map(|test| test.place)) else {
        return;
    };
    let promises_are = many(promises, "promise is", "promises are");
    let tests_are = many(tests, "test is", "tests are");
    let message = match (promises, tests) {
        (_, 0) => format!("{promises_are} checked for names and types, not proved yet"),
        (0, _) => format!("{tests_are} checked for names and types, not run yet"),
        _ => format!(
            "{promises_are} checked for names and types, not proved yet; {tests_are} not run yet"
        ),
    };
    diagnostics
        .push(Diagnostic::new(&UNANALYSED_PROMISE, first, message).label("the first of them"));
}

fn many(count: usize, one: &str, several: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {several}")
    }
}
