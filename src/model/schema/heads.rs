//! The heads of declarations: subjects, parameters, kinds, labels.

use super::types::{Position, Types};
use super::{misplaced, twice};
use crate::diag::codes::names::{RESERVED_NAME, UNKNOWN_NAME};
use crate::diag::codes::types::{WRONG_DEFAULT, WRONG_RELATION};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::cx::{
    ActionHead, ChannelHead, Cx, EventHead, JourneyHead, Label, MeasureHead, MessageHead, SendHead,
};
use crate::model::hir::{Annotations, Field};
use crate::model::ids::*;
use crate::model::names::{Item, Named, Names};
use crate::model::synonyms;
use crate::model::taken::{Owned, Taken};
use crate::model::types::{ChannelKind, PurposeKind};
use crate::syntax::ast;
use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Fills the heads of everything but enums and entities.
pub(super) fn resolve(cx: &mut Cx<'_>, taken: &Taken, diagnostics: &mut Diagnostics) {
    let names = &cx.names;
    let mut heads = Heads { names, diagnostics };
    cx.channels = heads.all(&names.channels, Heads::channel);
    cx.purposes = heads.all(&names.purposes, Heads::purpose);
    cx.events = heads.all(&names.events, Heads::event);
    cx.messages = heads.taken(&taken.messages, Heads::message);
    cx.actions = heads.all(&names.actions, Heads::action);
    cx.settings = heads.all(&names.settings, |heads, item, types| {
        heads.no_annotations(item, types, "a setting");
        types.resolve(&item.ast.ty, Position::Setting).0
    });
    cx.audiences = heads.all(&names.audiences, |heads, item, types| {
        heads.no_annotations(item, types, "an audience");
        (
            heads.profile(&item.ast.subject, types),
            types.resolve_name(&item.ast.via),
        )
    });
    cx.holdouts = heads.all(&names.holdouts, |heads, item, types| {
        heads.no_annotations(item, types, "a holdout");
        heads.profile(&item.ast.subject, types)
    });
    cx.segments = heads.taken(&taken.segments, |heads, item, types| {
        heads.no_annotations(item, types, "a segment");
        Heads::entity(&item.ast.subject, types)
    });
    cx.measures = heads.taken(&taken.measures, |heads, item, types| {
        heads.no_annotations(item, types, "a measure");
        MeasureHead {
            entity: Heads::entity(&item.ast.subject, types),
            ty: OnceLock::new(),
        }
    });
    cx.journeys = heads.taken(&taken.journeys, Heads::journey);
    heads.all(&names.calendars, |heads, item, types| {
        heads.no_annotations(item, types, "a calendar");
    });
    heads.all(&names.consents, |heads, item, types| {
        heads.no_annotations(item, types, "a consent block");
        heads.profile(&item.ast.subject, types);
    });
}

struct Heads<'n, 'a, 'd> {
    names: &'n Names<'a>,
    diagnostics: &'d mut Diagnostics,
}

impl<'n, 'a> Heads<'n, 'a, '_> {
    /// Runs `f` on every declaration of a list; keeps quiet about the broken ones.
    fn all<T, R>(
        &mut self,
        items: &[Item<'_, T>],
        mut f: impl FnMut(&mut Self, &Item<'_, T>, &mut Types<'n, 'a>) -> R,
    ) -> Vec<R> {
        let items = items.iter();
        items.map(|item| self.one(item, &mut f)).collect()
    }

    /// The same of what is taken, in the order of ids.
    fn taken<T, R>(
        &mut self,
        taken: &[Owned<T>],
        mut f: impl FnMut(&mut Self, &Item<'_, T>, &mut Types<'n, 'a>) -> R,
    ) -> Vec<R> {
        let taken = taken.iter();
        let heads = taken.map(|owned| (owned.index, self.one(&owned.item(), &mut f)));
        let mut heads: Vec<(usize, R)> = heads.collect();
        heads.sort_unstable_by_key(|(index, _)| *index);
        heads.into_iter().map(|(_, head)| head).collect()
    }

    fn one<T, R>(
        &mut self,
        item: &Item<'_, T>,
        f: &mut impl FnMut(&mut Self, &Item<'_, T>, &mut Types<'n, 'a>) -> R,
    ) -> R {
        let mut types = Types {
            names: self.names,
            file: item.file,
            diagnostics: Diagnostics::default(),
        };
        let head = f(self, item, &mut types);
        if !item.broken {
            self.diagnostics.append(types.diagnostics);
        }
        head
    }

    fn no_annotations<T>(&self, item: &Item<'_, T>, types: &mut Types<'_, '_>, what: &str) {
        for annotation in item.annotations {
            types
                .diagnostics
                .push(misplaced(annotation, item.file, what));
        }
    }

    /// The profile or table that a declaration is about.
    fn entity(subject: &ast::Subject, types: &mut Types<'_, '_>) -> Option<EntityId> {
        types.resolve_name(&subject.entity)
    }

    /// The profile that a declaration is about.
    fn profile(&self, subject: &ast::Subject, types: &mut Types<'_, '_>) -> Option<EntityId> {
        let id = Self::entity(subject, types)?;
        if let Some((Named::Table(_), declared)) = self.names.get_with_place(&subject.entity.text) {
            types.diagnostics.push(
                Diagnostic::new(
                    &crate::diag::codes::names::WRONG_KIND,
                    subject.entity.span.in_file(types.file),
                    format!("`{}` is a table, not a profile", subject.entity.text),
                )
                .other(declared, "declared here as a table")
                .help("name a profile: only people are reached"),
            );
            return None;
        }
        Some(id)
    }

    fn channel(&mut self, item: &Item<'_, ast::Channel>, types: &mut Types<'n, 'a>) -> ChannelHead {
        self.no_annotations(item, types, "a channel");
        let word = item.ast.kind.as_ref().unwrap_or(item.name);
        let kind = ChannelKind::from_word(&word.text);
        if kind.is_none() && !word.text.is_empty() {
            let place = word.span.in_file(item.file);
            let diagnostic = if item.ast.kind.is_some() {
                Diagnostic::new(
                    &UNKNOWN_NAME,
                    place,
                    format!("there is no kind of channel `{}`", word.text),
                )
                .help(closest(&word.text, ChannelKind::words()))
            } else {
                Diagnostic::new(
                    &UNKNOWN_NAME,
                    place,
                    format!("the channel `{}` does not say its kind", word.text),
                )
                .help(format!(
                    "write it after a colon: `channel {}: email for ...`; {}",
                    word.text,
                    closest(&word.text, ChannelKind::words())
                ))
            };
            types.diagnostics.push(diagnostic);
        }
        ChannelHead {
            kind,
            profile: self.profile(&item.ast.subject, types),
        }
    }

    fn purpose(
        &mut self,
        item: &Item<'_, ast::Purpose>,
        types: &mut Types<'n, 'a>,
    ) -> Option<PurposeKind> {
        self.no_annotations(item, types, "a purpose");
        let kind = PurposeKind::from_word(&item.ast.kind.text);
        if kind.is_none() && !item.ast.kind.text.is_empty() {
            types.diagnostics.push(
                Diagnostic::new(
                    &UNKNOWN_NAME,
                    item.ast.kind.span.in_file(item.file),
                    format!("there is no kind of purpose `{}`", item.ast.kind.text),
                )
                .help(match synonyms::purpose_called(&item.ast.kind.text) {
                    Some(kind) => format!("write `{kind}`"),
                    None => closest(&item.ast.kind.text, PurposeKind::words()),
                }),
            );
        }
        kind
    }

    fn event(&mut self, item: &Item<'_, ast::Event>, types: &mut Types<'n, 'a>) -> EventHead {
        self.no_annotations(item, types, "an event");
        let subject = Self::entity(&item.ast.subject, types);
        let subject_name = item.ast.subject.name.text.clone();
        for field in &item.ast.fields {
            if field.name.as_str() == "time" || field.name.text == subject_name {
                types.diagnostics.push(
                    Diagnostic::new(
                        &RESERVED_NAME,
                        field.name.span.in_file(item.file),
                        if field.name.as_str() == "time" {
                            "every event has a `time`: when it happened".to_owned()
                        } else {
                            format!("`{subject_name}` is whom the event is about")
                        },
                    )
                    .help("choose another name"),
                );
            }
        }
        let fields = plain_fields(&item.ast.fields, Position::Record, types);
        EventHead {
            subject,
            subject_name,
            by_name: (0..)
                .zip(&fields)
                .map(|(index, field)| (field.name.clone(), index))
                .collect(),
            fields,
            broken: item.broken,
        }
    }

    fn message(&mut self, item: &Item<'_, ast::Message>, types: &mut Types<'n, 'a>) -> MessageHead {
        self.no_annotations(item, types, "a message");
        let mut head = MessageHead {
            name: item.name.text.clone(),
            place: item.place(),
            profile: self.profile(&item.ast.subject, types),
            params: plain_fields(&item.ast.params, Position::Parameter, types),
            purpose: None,
            says_purpose: false,
            channels: Vec::new(),
            external: false,
            broken: item.broken,
        };
        for clause in &item.ast.clauses {
            match clause {
                ast::MessageClause::Purpose { purpose, .. } => {
                    head.says_purpose = true;
                    head.purpose = head.purpose.or_else(|| self.names.lookup(&purpose.text));
                }
                ast::MessageClause::External { .. } => head.external = true,
                ast::MessageClause::Content(content) => {
                    for part in &content.parts {
                        match self.names.lookup::<ChannelId>(&part.channel.text) {
                            Some(id) => head.channels.push(id),
                            None => head
                                .channels
                                .extend(self.names.channels_of_word(&part.channel.text)),
                        }
                    }
                }
            }
        }
        head.channels.sort_unstable();
        head.channels.dedup();
        head.channels.shrink_to_fit();
        head
    }

    fn action(&mut self, item: &Item<'_, ast::Action>, types: &mut Types<'n, 'a>) -> ActionHead {
        self.no_annotations(item, types, "an action");
        ActionHead {
            params: plain_fields(&item.ast.params, Position::Parameter, types),
            returns: plain_fields(
                item.ast.returns.as_deref().unwrap_or_default(),
                Position::Record,
                types,
            ),
            broken: item.broken,
        }
    }

    fn journey(&mut self, item: &Item<'_, ast::Journey>, types: &mut Types<'n, 'a>) -> JourneyHead {
        self.no_annotations(item, types, "a journey");
        let mut head = JourneyHead {
            name: item.name.text.clone(),
            subject: item.ast.subject.clone(),
            profile: self.profile(&item.ast.subject, types),
            params: plain_fields(&item.ast.params, Position::Parameter, types),
            purpose: item
                .ast
                .clauses
                .iter()
                .find_map(|clause| match &clause.kind {
                    ast::JourneyClauseKind::Purpose(name) => self.names.lookup(&name.text),
                    _ => None,
                }),
            has_enter: item
                .ast
                .clauses
                .iter()
                .any(|clause| matches!(clause.kind, ast::JourneyClauseKind::Enter(_))),
            labels: IndexMap::new(),
            sends: Vec::new(),
            broken: item.broken,
        };
        labels(self.names, &item.ast.steps, &mut head);
        for finally in &item.ast.finally {
            labels(self.names, &finally.block.steps, &mut head);
        }
        head
    }
}

/// The labels of steps, in the order of the source. Blocks nest at most as deep as the parser
/// lets them.
fn labels(names: &Names<'_>, steps: &[ast::Step], head: &mut JourneyHead) {
    for step in steps {
        // Of two steps with one label, which is an error, a send is the one that is meant.
        let sends = matches!(step.kind, ast::StepKind::Send(_));
        let is_new = |label: &&ast::Name| match head.labels.get(&label.text) {
            Some(before) => sends && before.send.is_none(),
            None => !label.text.is_empty(),
        };
        let label = step.label.as_ref().filter(is_new);
        if let Some(label) = label {
            let send = match &step.kind {
                ast::StepKind::Send(send) => {
                    let id = SendId(u32::try_from(head.sends.len()).unwrap_or(u32::MAX));
                    head.sends.push(SendHead {
                        label: label.text.clone(),
                        message: names.lookup(&send.message.text),
                    });
                    Some(id)
                }
                _ => None,
            };
            let span = label.span;
            head.labels.insert(label.text.clone(), Label { span, send });
        }
        let mut blocks = Vec::new();
        step.for_each_block(&mut |block| blocks.push(block));
        for block in blocks {
            labels(names, &block.steps, head);
        }
    }
}

/// The fields of an event or a result, or the parameters of something: types only.
fn plain_fields(
    fields: &[ast::Field],
    position: Position,
    types: &mut Types<'_, '_>,
) -> Vec<Field> {
    let mut seen = FxHashMap::default();
    let mut found = Vec::with_capacity(fields.len());
    let (what, on) = match position {
        Position::Parameter => ("parameter", "a parameter"),
        _ => ("field", "a field of an event or a result"),
    };
    for field in fields {
        let file = types.file;
        if let Some(first) = seen.insert(field.name.as_str(), field.name.span) {
            types
                .diagnostics
                .push(twice(what, &field.name, first, file));
            continue;
        }
        let (ty, _) = types.resolve(&field.ty, position);
        if let Some(by) = &field.by {
            types.diagnostics.push(
                Diagnostic::new(
                    &WRONG_RELATION,
                    by.first.span.to(by.second.span).in_file(file),
                    "only a profile or a table has relations",
                )
                .help("remove `by`"),
            );
        }
        if let Some(default) = &field.default {
            types.diagnostics.push(
                Diagnostic::new(
                    &WRONG_DEFAULT,
                    default.span.in_file(file),
                    format!("{on} has no default"),
                )
                .help(format!(
                    "remove it; a {what} that may be left out has a type with `?`"
                )),
            );
        }
        let mut annotations = Annotations::default();
        for annotation in &field.annotations {
            match annotation.name.as_str() {
                "personal" if annotation.argument.is_none() => annotations.personal = true,
                "sensitive" if annotation.argument.is_none() => annotations.sensitive = true,
                _ => types.diagnostics.push(misplaced(annotation, file, on)),
            }
        }
        found.push(Field {
            name: field.name.text.clone(),
            place: field.name.span.in_file(file),
            doc: field.doc.clone(),
            ty,
            relation: None,
            default: None,
            has_default: field.default.is_some(),
            annotations,
            consent: None,
        });
    }
    found
}

/// A help that names the nearest word, or all of them.
fn closest(word: &str, words: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<_> = words.collect();
    did_you_mean(word, words.iter().copied()).unwrap_or_else(|| {
        let all: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        format!("it is one of {}", all.join(", "))
    })
}
