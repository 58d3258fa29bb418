//! `enter`: the ways in, and the names that they bind for the steps.

use super::Walk;
use super::each::Each;
use crate::diag::Diagnostic;
use crate::diag::codes::flow::{ENTER_WITH_PARAMETERS, UNSHARED_BINDING};
use crate::model::body::{Known, Length};
use crate::model::hir::{self, Expr, ExprKind, Journey, On, Trigger, visit};
use crate::model::ids::LocalId;
use crate::model::types::{LocalKind, Ty};
use crate::source::Span;
use crate::syntax::ast::{Enter, JourneyClauseKind, Name};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// The names that every `enter` binds.
#[derive(Default)]
pub(super) struct Shared {
    names: FxHashMap<SmolStr, SharedName>,
    /// Those that only some bind, and to what.
    others: Vec<(Name, Ty)>,
}

struct SharedName {
    local: LocalId,
    /// What the first `enter` binds it to, and where.
    first: Option<(Ty, Span)>,
}

impl<'a> Walk<'_, 'a> {
    /// Checks every `enter`. After it, the names that all of them bind are in scope, and what all
    /// of them tell is known.
    pub(super) fn entries(&mut self, journey: &mut Journey) {
        let ast = self.ast;
        let enters: Vec<(&'a Enter, Span)> = ast
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                JourneyClauseKind::Enter(enter) => Some((&**enter, clause.span)),
                _ => None,
            })
            .collect();
        if let (Some((_, span)), Some(param)) = (enters.first(), ast.params.first()) {
            let (place, param) = (self.body.place(*span), self.body.place(param.span));
            self.body.report(
                Diagnostic::new(
                    &ENTER_WITH_PARAMETERS,
                    place,
                    format!(
                        "`{}` has parameters, so only `start` can enter it",
                        ast.name.text
                    ),
                )
                .other(param, "nothing gives this a value at an `enter`")
                .help("remove the `enter`, or the parameters"),
            );
        }
        let mut shared = self.shared_names(&enters);
        let mut known: Option<Known> = None;
        let mut events: Option<Vec<Trigger>> = None;
        for (enter, span) in enters {
            let mark = self.body.mark();
            let (checked, told) = self.enter(enter, &mut shared);
            self.body.leave(mark);
            known = Some(match known {
                Some(known) => known.or(&told),
                None => told,
            });
            let trigger = match &checked {
                Some(hir::Enter::On { on, .. }) => Some(on.trigger.clone()),
                _ => None,
            };
            match &mut events {
                Some(events) => events.retain(|known| trigger.as_ref() == Some(known)),
                None => events = Some(trigger.into_iter().collect()),
            }
            if let Some(checked) = checked {
                journey.enters.push((checked, span));
            }
        }
        self.events = events.unwrap_or_default();
        self.body.set_known(known.unwrap_or_default());
        for (name, ty) in shared.others {
            if self.cx.named(&name.text).is_none() && self.body.local_named(&name.text).is_none() {
                let local = self.body.declare(&name, LocalKind::Bound, ty);
                self.only_some.push((local, name.span));
            }
        }
    }

    /// Makes the variables of the names that all `enter` clauses bind: they are one variable,
    /// whichever way a person comes in.
    fn shared_names(&mut self, enters: &[(&'a Enter, Span)]) -> Shared {
        let mut count: FxHashMap<&str, usize> = FxHashMap::default();
        for (enter, _) in enters {
            let mut own: Vec<&str> = binds(enter).map(Name::as_str).collect();
            own.sort_unstable();
            own.dedup();
            for name in own {
                *count.entry(name).or_default() += 1;
            }
        }
        let mut shared = Shared::default();
        for name in enters.iter().flat_map(|(enter, _)| binds(enter)) {
            if count.get(name.as_str()) == Some(&enters.len())
                && !shared.names.contains_key(&name.text)
            {
                let local = self.body.declare(name, LocalKind::Bound, Ty::Error);
                shared
                    .names
                    .insert(name.text.clone(), SharedName { local, first: None });
            }
        }
        shared
    }

    /// Binds a name of an `enter`.
    pub(super) fn bind(&mut self, name: &'a Name, ty: Ty, shared: &mut Shared) -> LocalId {
        let Some(found) = shared.names.get_mut(&name.text) else {
            shared.others.push((name.clone(), ty.clone()));
            return self.body.declare(name, LocalKind::Bound, ty);
        };
        match &found.first {
            None => {
                found.first = Some((ty.clone(), name.span));
                if let Some(local) = self.body.locals.0.get_mut(found.local.index()) {
                    local.ty = ty;
                }
            }
            Some((first, _)) if *first == ty || first.is_error() || ty.is_error() => {}
            Some((first, span)) => {
                let (place, other) = (self.body.place(name.span), self.body.place(*span));
                let (first, ty) = (self.cx.ty_name(first), self.cx.ty_name(&ty));
                self.body.report(
                    Diagnostic::new(
                        &UNSHARED_BINDING,
                        place,
                        format!("`{}` is a `{ty}` here and a `{first}` there", name.text),
                    )
                    .label(format!("a `{ty}`"))
                    .other(other, format!("a `{first}`"))
                    .help("give the two different names"),
                );
            }
        }
        found.local
    }

    /// One `enter`, with what it tells of who comes in by it.
    fn enter(&mut self, enter: &'a Enter, shared: &mut Shared) -> (Option<hir::Enter>, Known) {
        self.body.set_known(Known::default());
        match enter {
            Enter::On {
                event,
                bind,
                each,
                filter,
                no_later_than,
            } => {
                let no_later_than = no_later_than
                    .as_ref()
                    .and_then(|length| self.body.duration(length, Length::Calendar));
                let triggered = self.body.trigger(event);
                let ty = triggered
                    .as_ref()
                    .map_or(Ty::Error, |found| Ty::Event(found.ty.clone()));
                let local = match bind {
                    Some(name) => self.bind(name, ty, shared),
                    None => self.unnamed(ty, event.span),
                };
                let subject = triggered
                    .as_ref()
                    .and_then(|found| self.cx.event_subject(&found.ty));
                let each = match each {
                    Some(each) => self.each(each, filter.as_ref(), shared),
                    None => {
                        let (filter, known) = self.filter(filter.as_ref(), local);
                        self.body.set_known(known.clone());
                        let row = Expr {
                            kind: ExprKind::Local(LocalId(0)),
                            ty: subject.map_or(Ty::Error, Ty::Row),
                            span: event.span,
                        };
                        let person = self.person_from(row, event.span);
                        Each {
                            rows: None,
                            filter,
                            known,
                            person,
                        }
                    }
                };
                let enter = triggered.map(|found| hir::Enter::On {
                    on: On {
                        trigger: found.trigger,
                        event: local,
                        filter: each.filter,
                    },
                    each: each.rows,
                    person: each.person,
                    no_later_than,
                });
                (enter, each.known)
            }
            Enter::When {
                when,
                held,
                including_those_already,
            } => {
                let (when, facts) = self.body.condition(when);
                let held = held
                    .as_ref()
                    .and_then(|length| self.body.duration(length, Length::Exact));
                let enter = hir::Enter::When {
                    when,
                    held,
                    including_those_already: *including_those_already,
                };
                (Some(enter), facts.when_true)
            }
            Enter::Every { .. } | Enter::Yearly { .. } | Enter::Dated { .. } => {
                self.scheduled(enter, shared)
            }
        }
    }

    /// Reports the steps that read a name which only some entries bind.
    pub(super) fn report_unshared(&mut self, journey: &Journey) {
        if self.only_some.is_empty() {
            return;
        }
        let mut reads: FxHashMap<LocalId, Span> = FxHashMap::default();
        let mut look = |root: &Expr| {
            visit::each_expr(root, |expr| {
                if let ExprKind::Local(local) = &expr.kind {
                    reads.entry(*local).or_insert(expr.span);
                }
            });
        };
        visit::of_header(journey, &mut |expr| look(expr));
        let finally = journey.finally.iter().flatten();
        for step in journey.steps.iter().chain(finally) {
            visit::each_step(std::slice::from_ref(step), &mut |step| {
                visit::of_step(step, &mut |expr| look(expr));
            });
        }
        for (local, bound) in std::mem::take(&mut self.only_some) {
            let Some(read) = reads.get(&local).copied() else {
                continue;
            };
            let (place, bound) = (self.body.place(read), self.body.place(bound));
            let name = self
                .body
                .locals
                .0
                .get(local.index())
                .map_or("", |local| local.name.as_str());
            let message = format!("`{name}` is not bound by every `enter`");
            self.body.report(
                Diagnostic::new(&UNSHARED_BINDING, place, message)
                    .other(bound, "bound by this `enter` only")
                    .help("bind the name in every `enter`, or write a journey for each way in"),
            );
        }
    }
}

/// The names that an `enter` binds.
fn binds(enter: &Enter) -> impl Iterator<Item = &Name> {
    let (first, second) = match enter {
        Enter::On { bind, each, .. } => (bind.as_ref(), each.as_ref().map(|each| &each.1)),
        Enter::Dated { bind, .. } => (bind.as_ref(), None),
        Enter::When { .. } | Enter::Every { .. } | Enter::Yearly { .. } => (None, None),
    };
    first
        .into_iter()
        .chain(second)
        .filter(|name| !name.text.is_empty())
}
