//! Promises: claims, named and typed. Proving them is later work.

use super::clauses::{count, money};
use super::{reach, rule};
use crate::diag::codes::consent::{OTHER_PROFILE, UNANALYSED_PROMISE};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::{Body, Length};
use crate::model::cx::Cx;
use crate::model::hir::{Model, Titled};
use crate::model::ids::{EntityId, JourneyId, MessageId};
use crate::model::names::Named;
use crate::model::types::{LocalKind, Ty};
use crate::source::FileId;
use crate::syntax::ast::{self, ClaimKind, Name};
use std::collections::BTreeMap;

/// Checks one promise.
pub fn check(
    cx: &Cx<'_>,
    file: FileId,
    decl: &ast::Decl,
    ast: &ast::Promise,
) -> (Titled, Diagnostics) {
    let mut body = Body::new(cx, file, decl.broken);
    for claim in &ast.claims {
        body.scoped(|body| one(body, &claim.kind));
    }
    if ast.claims.is_empty() {
        super::clauses::missing(
            &mut body,
            ast.title.span,
            "this promise claims nothing",
            "add a claim, like `at most 3 any for marketing per 7 days`",
        );
    }
    let titled = Titled {
        title: ast.title.value.clone(),
        place: ast.title.span.in_file(file),
        file,
    };
    (titled, body.finish().1)
}

fn one(body: &mut Body<'_, '_>, claim: &ClaimKind) {
    match claim {
        ClaimKind::AtMost {
            count: number,
            channels,
            purposes,
            per,
        } => {
            count(body, number);
            reach::channels(body, channels, None);
            reach::purposes(body, purposes);
            body.duration(per, Length::Exact);
        }
        ClaimKind::Never {
            channels,
            purposes,
            when,
            between,
        } => {
            reach::channels(body, channels, None);
            reach::purposes(body, purposes);
            if let Some(when) = when {
                declare_people(body, when);
                body.condition(when);
            }
            if let Some((from, to)) = between {
                rule::window(body, from, to);
            }
        }
        ClaimKind::After {
            event,
            filter,
            message,
            within,
            ..
        } => {
            let triggered = body.trigger(event);
            if let Some(filter) = filter {
                let ty = triggered.map_or(Ty::Error, |found| Ty::Event(found.ty));
                declare_people(body, filter);
                let row = body.declare_unnamed(LocalKind::Row, ty, event.span);
                body.with_row(row, |body| body.condition(filter));
            }
            body.resolve::<MessageId>(message);
            body.duration(within, Length::Exact);
        }
        ClaimKind::EndsWithin { journey, within } => {
            body.resolve::<JourneyId>(journey);
            body.duration(within, Length::Exact);
        }
        ClaimKind::CostsAtMost { journey, amount } => {
            body.resolve::<JourneyId>(journey);
            money(body, amount);
        }
        ClaimKind::NeverWith { journey, other } => {
            let pair = (
                body.resolve::<JourneyId>(journey),
                body.resolve::<JourneyId>(other),
            );
            if let (Some(first), Some(second)) = pair {
                never_with(body, (journey, first), (other, second));
            }
        }
    }
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
    let subjects = names.journeys.iter().map(|item| &item.ast.subject);
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
    let Some(first) = model.promises.first().or(model.tests.first()) else {
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
    diagnostics.push(
        Diagnostic::new(&UNANALYSED_PROMISE, first.place, message).label("the first of them"),
    );
}

fn many(count: usize, one: &str, several: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {several}")
    }
}
