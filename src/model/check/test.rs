//! Tests: what is given, what happens, what is expected; named and typed. Running them is later
//! work.

use super::reach::unknown_word;
use super::test_given::given_do;
use crate::diag::codes::names::UNKNOWN_NAME;
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::body::{Body, Length};
use crate::model::cx::Cx;
use crate::model::hir::{self, Leaving, Refusal, TestStatementKind as Typed};
use crate::model::ids::{ChannelId, EntityId, JourneyId, MessageId, SettingId};
use crate::model::types::{LocalKind, Ty};
use crate::source::FileId;
use crate::syntax::ast::{self, Name, Step, StepKind, TestStatement, TestStatementKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// Why a send is refused, in the words of `expect refused M because ...`.
const REFUSALS: [(&str, Refusal); 9] = [
    ("consent", Refusal::Consent),
    ("forbid", Refusal::Forbid),
    ("limit", Refusal::Limit),
    ("address", Refusal::Address),
    ("language", Refusal::Language),
    ("holdout", Refusal::Holdout),
    ("capacity", Refusal::Capacity),
    ("budget", Refusal::Budget),
    ("late", Refusal::Late),
];
/// Why a person leaves, besides the names of exits.
const LEAVINGS: [(&str, Leaving); 3] = [
    ("goal", Leaving::Goal),
    ("leave", Leaving::Leave),
    ("replaced", Leaving::Replaced),
];

/// The trees of journeys by their positions.
pub type Journeys<'a> = FxHashMap<usize, &'a ast::Journey>;

/// Checks one test, of one of these journeys.
pub fn check(
    cx: &Cx<'_>,
    journeys: &Journeys<'_>,
    file: FileId,
    decl: &ast::Decl,
    ast: &ast::Test,
) -> (hir::Test, Diagnostics) {
    let mut body = Body::new(cx, file, decl.broken);
    let journey = body.resolve::<JourneyId>(&ast.journey);
    if let Some(id) = journey {
        body.use_labels_of(id);
    }
    let head = journey.and_then(|id| cx.journeys.get(id.index()));
    let tree = journey.and_then(|id| journeys.get(&id.index()).copied());
    let test = Test::new(journey, tree, head.and_then(|head| head.profile));
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
    let mut statements = Vec::new();
    if test.journey.is_some() && head.is_some_and(|head| !head.broken) {
        let typed = ast.statements.iter().filter_map(|statement| {
            let kind = test.statement(&mut body, statement)?;
            let span = statement.span;
            Some(hir::TestStatement { kind, span })
        });
        statements.extend(typed);
    }
    let broken = decl.broken || statements.len() < ast.statements.len();
    let (locals, found) = body.finish();
    let checked = hir::Test {
        title: ast.title.value.clone(),
        place: ast.title.span.in_file(file),
        journey,
        locals,
        statements,
        broken,
    };
    (checked, found)
}

/// The journey of a test.
pub(super) struct Test<'a> {
    pub(super) journey: Option<&'a ast::Journey>,
    id: Option<JourneyId>,
    pub(super) profile: Option<EntityId>,
    /// The named splits; of two with one name the first.
    pub(super) splits: FxHashMap<&'a str, &'a ast::Split>,
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

    /// Types one statement. Everything in it is looked at before a part that is missing leaves it
    /// out.
    fn statement(&self, body: &mut Body<'_, '_>, statement: &TestStatement) -> Option<Typed> {
        Some(match &statement.kind {
            TestStatementKind::GivenRow {
                entity,
                bind,
                fields,
            } => self.given_row(body, entity, bind.as_ref(), fields)?,
            TestStatementKind::GivenSetting { name, value } => {
                let cx = body.cx;
                let setting = body.resolve::<SettingId>(name)?;
                let ty = cx.settings.get(setting.index())?;
                let value = body.constant(value, ty.known())?;
                Typed::GivenSetting { setting, value }
            }
            TestStatementKind::GivenSplit { name, arm } => self.given_split(body, name, arm)?,
            TestStatementKind::GivenDo { action, result } => {
                given_do(body, action, result.as_deref())?
            }
            TestStatementKind::Clock(instant) => {
                Typed::Clock(body.constant(instant, &Ty::Instant)?)
            }
            TestStatementKind::After(duration) => {
                Typed::After(body.duration(duration, Length::Calendar)?)
            }
            TestStatementKind::Event { event, args } => self.event(body, event, args)?,
            TestStatementKind::ExpectSent {
                negated,
                message,
                by,
                at,
            } => {
                let message = body.resolve::<MessageId>(message);
                let by = by.as_ref().map(|by| body.resolve::<ChannelId>(by));
                let at = at.as_ref().map(|at| body.check(at, &Ty::Time));
                Typed::ExpectSent {
                    negated: *negated,
                    message: message?,
                    by: all_or_nothing(by)?,
                    at,
                }
            }
            TestStatementKind::ExpectRefused { message, because } => {
                let message = body.resolve::<MessageId>(message);
                let because = because.as_ref().map(|word| refusal(body, word));
                Typed::ExpectRefused {
                    message: message?,
                    because: all_or_nothing(because)?,
                }
            }
            TestStatementKind::ExpectResting(label) => {
                Typed::ExpectResting(self.label(body, label)?)
            }
            TestStatementKind::ExpectLeft(because) => {
                let because = because.as_ref().map(|word| self.left(body, word));
                Typed::ExpectLeft(all_or_nothing(because)?)
            }
            TestStatementKind::Expect(condition) => Typed::Expect(body.condition(condition).0),
        })
    }

    /// The label, if the journey has it.
    fn label(&self, body: &mut Body<'_, '_>, label: &Name) -> Option<SmolStr> {
        let cx = body.cx;
        let head = self.id.and_then(|id| cx.journeys.get(id.index()))?;
        if head.labels.contains_key(&label.text) {
            return Some(label.text.clone());
        }
        let message = format!("the journey has no label `{}`", label.text);
        body.unknown(label, message, head.labels.keys().map(|name| name.as_str()));
        None
    }

    /// Why a person left: one of the closed reasons, or the name of an exit.
    fn left(&self, body: &mut Body<'_, '_>, word: &Name) -> Option<Leaving> {
        if word.text.is_empty() {
            return None;
        }
        if let Some((_, reason)) = LEAVINGS.iter().find(|(known, _)| word.text == *known) {
            return Some(reason.clone());
        }
        if self.exits.contains(word.as_str()) {
            return Some(Leaving::Exit(word.text.clone()));
        }
        let mut known: Vec<&str> = self.exits.iter().copied().collect();
        known.sort_unstable();
        known.extend(LEAVINGS.map(|(known, _)| known));
        let help = did_you_mean(&word.text, known.iter().copied()).unwrap_or_else(|| {
            "write `goal`, `leave`, `replaced`, or the name of an `exit` of the journey".to_owned()
        });
        let diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            body.place(word.span),
            format!("nobody leaves this journey because of `{}`", word.text),
        );
        body.report(diagnostic.help(help));
        None
    }
}

/// The reason that a word says.
fn refusal(body: &mut Body<'_, '_>, word: &Name) -> Option<Refusal> {
    let found = REFUSALS.iter().find(|(known, _)| word.text == *known);
    if found.is_none() {
        let words = REFUSALS.iter().map(|(known, _)| *known);
        unknown_word(body, word, "a reason of a refusal", words);
    }
    found.map(|(_, reason)| *reason)
}

/// A part that may be left out: `None` if it stands and is wrong.
fn all_or_nothing<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        Some(found) => found.map(Some),
        None => Some(None),
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
