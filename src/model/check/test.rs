//! Tests: what is given, what happens, what is expected; named and typed. Running them is later
//! work.

use super::reach::unknown_word;
use super::test_row::written_params;
use crate::diag::codes::names::{UNKNOWN_NAME, WRONG_KIND};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::body::{Body, Length, Missing};
use crate::model::channel_events;
use crate::model::cx::Cx;
use crate::model::hir::{Annotations, Field, Titled};
use crate::model::ids::{ActionId, ChannelId, EntityId, JourneyId, MessageId, SettingId};
use crate::model::types::{EventTy, LocalKind, Ty};
use crate::source::FileId;
use crate::syntax::ast::{
    self, Argument, ExprKind, Name, Step, StepKind, TestStatement, TestStatementKind,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Why a send is refused, in the words of `expect refused M because ...`.
const REFUSALS: [&str; 9] = [
    "consent", "forbid", "limit", "address", "language", "holdout", "capacity", "budget", "late",
];
/// Why a person leaves, besides the names of exits.
const LEAVINGS: [&str; 3] = ["goal", "leave", "replaced"];

/// Checks one test.
pub fn check(
    cx: &Cx<'_>,
    file: FileId,
    decl: &ast::Decl,
    ast: &ast::Test,
) -> (Titled, Diagnostics) {
    let mut body = Body::new(cx, file, decl.broken);
    let journey = body.resolve::<JourneyId>(&ast.journey);
    if let Some(id) = journey {
        body.use_labels_of(id);
    }
    let head = journey.and_then(|id| cx.journeys.get(id.index()));
    let tree = journey.and_then(|id| cx.names.journeys.get(id.index()));
    let test = Test::new(
        journey,
        tree.map(|item| item.ast),
        head.and_then(|head| head.profile),
    );
    if let Some(tree) = test.journey {
        let subject = Name {
            text: tree.subject.name.text.clone(),
            span: ast.journey.span,
            quoted: false,
        };
        let ty = test.profile.map_or(Ty::Error, Ty::Row);
        body.declare(&subject, LocalKind::Subject, ty);
    }
    // Without its journey, nothing that a test says can be judged.
    if test.journey.is_some() && head.is_some_and(|head| !head.broken) {
        for statement in &ast.statements {
            test.statement(&mut body, statement);
        }
    }
    let titled = Titled {
        title: ast.title.value.clone(),
        place: ast.title.span.in_file(file),
        file,
    };
    (titled, body.finish().1)
}

/// The journey of a test.
struct Test<'a> {
    journey: Option<&'a ast::Journey>,
    id: Option<JourneyId>,
    profile: Option<EntityId>,
    /// The named splits; of two with one name the first.
    splits: FxHashMap<&'a str, &'a ast::Split>,
    /// The names of the exits.
    exits: FxHashSet<&'a str>,
}

impl<'a> Test<'a> {
    fn new(
        id: Option<JourneyId>,
        journey: Option<&'a ast::Journey>,
        profile: Option<EntityId>,
    ) -> Self {
        let mut test = Self {
            journey,
            id,
            profile,
            splits: FxHashMap::default(),
            exits: FxHashSet::default(),
        };
        each_step(journey, &mut |step| match &step.kind {
            StepKind::Split(split) => {
                if let Some(name) = &split.name {
                    test.splits.entry(name.as_str()).or_insert(split);
                }
            }
            StepKind::Exit(Some(exit)) => {
                test.exits.insert(exit.as_str());
            }
            _ => {}
        });
        test
    }

    fn statement(&self, body: &mut Body<'_, '_>, statement: &TestStatement) {
        match &statement.kind {
            TestStatementKind::GivenRow {
                entity,
                bind,
                fields,
            } => self.given_row(body, entity, bind.as_ref(), fields),
            TestStatementKind::GivenSetting { name, value } => {
                let cx = body.cx;
                let ty = body
                    .resolve::<SettingId>(name)
                    .and_then(|id| cx.settings.get(id.index()));
                if let Some(ty) = ty {
                    body.constant(value, ty.known());
                }
            }
            TestStatementKind::GivenSplit { name, arm } => self.given_split(body, name, arm),
            TestStatementKind::GivenDo { action, result } => {
                let cx = body.cx;
                let head = body
                    .resolve::<ActionId>(action)
                    .and_then(|id| cx.actions.get(id.index()));
                if let (Some(head), Some(result)) = (head, result)
                    && !head.broken
                {
                    let params = written_params(cx, &head.returns, result);
                    body.arguments(result, &params, action, Missing::Reported);
                }
            }
            TestStatementKind::Clock(instant) => {
                body.constant(instant, &Ty::Instant);
            }
            TestStatementKind::After(duration) => {
                body.duration(duration, Length::Calendar);
            }
            TestStatementKind::Event { event, args } => self.event(body, event, args),
            TestStatementKind::ExpectSent {
                message, by, at, ..
            } => {
                body.resolve::<MessageId>(message);
                if let Some(by) = by {
                    body.resolve::<ChannelId>(by);
                }
                if let Some(at) = at {
                    body.check(at, &Ty::Time);
                }
            }
            TestStatementKind::ExpectRefused { message, because } => {
                body.resolve::<MessageId>(message);
                if let Some(word) = because
                    && !REFUSALS.contains(&word.as_str())
                {
                    unknown_word(body, word, "a reason of a refusal", REFUSALS.into_iter());
                }
            }
            TestStatementKind::ExpectResting(label) => self.label(body, label),
            TestStatementKind::ExpectLeft(because) => {
                if let Some(word) = because {
                    self.left(body, word);
                }
            }
            TestStatementKind::Expect(condition) => {
                body.condition(condition);
            }
        }
    }

    /// `given member { ... }`, `given Gift { ... }`, `given Member as friend { ... }`.
    fn given_row(
        &self,
        body: &mut Body<'_, '_>,
        entity: &Name,
        bind: Option<&Name>,
        fields: &[Argument],
    ) {
        let cx = body.cx;
        let subject = self.journey.map(|tree| &tree.subject.name.text);
        let id = if subject == Some(&entity.text) {
            self.profile
        } else {
            body.resolve::<EntityId>(entity)
        };
        let row = id.and_then(|id| cx.entity(id)).filter(|row| !row.broken);
        if let Some(row) = row {
            let params = written_params(cx, &row.fields, fields);
            body.arguments(fields, &params, entity, Missing::Reported);
        }
        if let Some(bind) = bind {
            body.declare(bind, LocalKind::Bound, id.map_or(Ty::Error, Ty::Row));
        }
    }

    fn given_split(&self, body: &mut Body<'_, '_>, name: &Name, arm: &Name) {
        let Some(split) = self.splits.get(name.as_str()) else {
            let mut known: Vec<&str> = self.splits.keys().copied().collect();
            known.sort_unstable();
            let message = format!("the journey has no split `{}`", name.text);
            body.unknown(name, message, known);
            return;
        };
        let arms: Vec<&str> = split
            .arms
            .iter()
            .filter_map(|arm| arm.label.as_ref())
            .map(Name::as_str)
            .collect();
        if !arms.contains(&arm.as_str()) {
            let message = format!("split `{}` has no arm `{}`", name.text, arm.text);
            body.unknown(arm, message, arms);
        }
    }

    /// An event as a statement. What a channel reports may leave its fields out.
    fn event(&self, body: &mut Body<'_, '_>, event: &ast::Expr, args: &[Argument]) {
        let cx = body.cx;
        let Some(found) = body.trigger(event) else {
            return;
        };
        let callee = match &event.kind {
            ExprKind::Name(name) | ExprKind::Field { name, .. } => name,
            _ => return,
        };
        match found.ty {
            EventTy::Declared(id) => {
                let Some(head) = cx.events.get(id.index()).filter(|head| !head.broken) else {
                    return;
                };
                let mut params = head.fields.clone();
                let ours = head.subject.is_some() && head.subject == self.profile;
                if let Some(subject) = head.subject {
                    // Left out, it is about the person of the test.
                    let ty = Ty::Row(subject);
                    let ty = if ours { Ty::Optional(Arc::new(ty)) } else { ty };
                    let place = cx.names.events.get(id.index()).map_or_else(
                        || body.place(event.span),
                        |item| item.ast.subject.name.span.in_file(item.file),
                    );
                    params.push(plain(&head.subject_name, ty, place));
                }
                let params = written_params(cx, &params, args);
                body.arguments(args, &params, callee, Missing::Reported);
            }
            EventTy::Channel {
                kind, event: word, ..
            } => {
                let fields = channel_events::find(kind, word).map_or(&[][..], |event| event.fields);
                let place = body.place(event.span);
                let params: Vec<Field> = fields
                    .iter()
                    .map(|(name, ty)| plain(name, ty.clone(), place))
                    .collect();
                body.arguments(args, &params, callee, Missing::Allowed);
            }
            EventTy::Journey(..) => {
                let diagnostic = Diagnostic::new(
                    &WRONG_KIND,
                    body.place(event.span),
                    "a journey's events follow from what happens in it",
                )
                .help("write what makes it happen, or `expect` it");
                body.report(diagnostic);
            }
        }
    }

    fn label(&self, body: &mut Body<'_, '_>, label: &Name) {
        let cx = body.cx;
        let head = self.id.and_then(|id| cx.journeys.get(id.index()));
        let Some(head) = head else { return };
        if !head.labels.contains_key(&label.text) {
            let message = format!("the journey has no label `{}`", label.text);
            body.unknown(label, message, head.labels.keys().map(|name| name.as_str()));
        }
    }

    /// Why a person left: one of the closed reasons, or the name of an exit.
    fn left(&self, body: &mut Body<'_, '_>, word: &Name) {
        let word_text = word.as_str();
        if LEAVINGS.contains(&word_text) || self.exits.contains(word_text) || word_text.is_empty() {
            return;
        }
        let mut known: Vec<&str> = self.exits.iter().copied().collect();
        known.sort_unstable();
        known.extend(LEAVINGS);
        let help = did_you_mean(&word.text, known.iter().copied()).unwrap_or_else(|| {
            "write `goal`, `leave`, `replaced`, or the name of an `exit` of the journey".to_owned()
        });
        let diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            body.place(word.span),
            format!("nobody leaves this journey because of `{}`", word.text),
        );
        body.report(diagnostic.help(help));
    }
}

fn plain(name: &str, ty: Ty, place: crate::source::Place) -> Field {
    Field {
        name: name.into(),
        place,
        doc: None,
        ty,
        relation: None,
        default: None,
        annotations: Annotations::default(),
        consent: None,
    }
}

/// Every step of a journey, outer ones first.
fn each_step<'a>(journey: Option<&'a ast::Journey>, found: &mut impl FnMut(&'a Step)) {
    let Some(journey) = journey else { return };
    let mut open: Vec<&'a Step> = journey.steps.iter().rev().collect();
    while let Some(step) = open.pop() {
        found(step);
        let from = open.len();
        step.for_each_block(&mut |block| open.extend(&block.steps));
        if let Some(inner) = open.get_mut(from..) {
            inner.reverse();
        }
    }
}
