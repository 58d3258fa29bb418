//! From a name that somebody types to the thing that it stands for.

use super::facts::Which;
use super::item::Facts;
use super::{Inventory, Item, Kind};
use crate::diag::did_you_mean;
use crate::model::ids::*;
use crate::model::names::{Named, name_of};
use crate::model::uses::Thing;
use crate::source::{Place, Span};
use crate::syntax::ast::{Decl, DeclKind, Field, Step};

/// Nothing has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What was looked for, in a sentence.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Inventory<'_> {
    /// The thing with a name: a declaration (`gift_made`), something of one after a dot
    /// (`Member.email`, `welcome.thanks`), or a promise or test by its title; with its source.
    ///
    /// # Errors
    /// There is none. The help names the nearest, if one is near.
    pub fn show(&self, name: &str) -> Result<Item, Unknown> {
        let which = |name: &str| self.which(name);
        if let Some(which) = which(name) {
            let mut item = self.item(which).ok_or_else(|| self.unknown(name))?;
            item.source = self.source_of(which);
            return Ok(item);
        }
        let Some((owner, member)) = name.split_once('.') else {
            return Err(self.unknown(name));
        };
        match which(owner) {
            Some(Which::Named(named)) => self
                .member(named, member)
                .ok_or_else(|| self.unknown_member(named, member)),
            _ => Err(self.unknown(owner)),
        }
    }

    fn which(&self, name: &str) -> Option<Which> {
        Kind::LISTED
            .iter()
            .flat_map(|kind| self.all(*kind))
            .find(|which| self.title(*which) == name)
    }

    pub(super) fn title(&self, which: Which) -> &str {
        match which {
            Which::Named(named) => self.name(named),
            Which::Promise(id) => {
                let promise = self.model.promises.get(id as usize);
                promise.map_or("", |it| it.title.as_str())
            }
            Which::Test(id) => {
                let test = self.model.tests.get(id as usize);
                test.map_or("", |it| it.title.as_str())
            }
        }
    }

    fn unknown(&self, name: &str) -> Unknown {
        let known: Vec<Which> = Kind::LISTED
            .iter()
            .flat_map(|kind| self.all(*kind))
            .collect();
        let known = known.iter().map(|which| self.title(*which));
        Unknown {
            message: format!("nothing is called `{name}` in this project"),
            help: did_you_mean(name, known)
                .unwrap_or_else(|| "run `jalon list` for what there is".to_owned()),
        }
    }

    fn unknown_member(&self, named: Named, member: &str) -> Unknown {
        let known: Vec<&str> = self.decl(named).map(members).unwrap_or_default();
        let owner = self.name(named);
        let help = did_you_mean(member, known.iter().copied())
            .unwrap_or_else(|| format!("run `jalon show {owner}` for what belongs to it"));
        Unknown {
            message: format!("`{owner}` has nothing called `{member}`"),
            help,
        }
    }

    fn decl(&self, named: Named) -> Option<&Decl> {
        let mut facts = Facts::default();
        let place = self.facts(named, &mut facts)?;
        self.decl_at(place)
    }

    /// The declaration's text.
    fn source_of(&self, which: Which) -> Option<String> {
        let place = match which {
            Which::Named(named) => self.facts(named, &mut Facts::default())?,
            Which::Promise(id) => self.model.promises.get(id as usize)?.place,
            Which::Test(id) => self.model.tests.get(id as usize)?.place,
        };
        let decl = self.decl_at(place)?;
        Some(self.block(place, decl.span))
    }

    /// Several lines of source, without the indentation of the first.
    fn block(&self, place: Place, span: Span) -> String {
        let Some(file) = self.sources.get(place.file) else {
            return String::new();
        };
        let line = file.lines().line_of(span.start);
        let before = Span::new(file.lines().line_start(line), span.start).text(&file.text);
        let indent = before.len() - before.trim_start().len();
        let lines = span.text(&file.text).lines().enumerate();
        let lines = lines.map(|(number, line)| match line.get(..indent) {
            Some(start) if number > 0 && start.trim().is_empty() => {
                line.get(indent..).unwrap_or("")
            }
            _ => line,
        });
        lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Something of a declaration: a field, a parameter, a variant, a labelled step.
    fn member(&self, named: Named, member: &str) -> Option<Item> {
        let decl = self.decl(named)?;
        let at = |fields: &[Field]| fields.iter().position(|field| field.name.text == member);
        let found = |fields: &[Field]| {
            let index = at(fields)?;
            let field = fields.get(index)?;
            Some((
                u32::try_from(index).ok()?,
                field.name.span,
                field.span,
                field.doc.clone(),
            ))
        };
        let (kind, things, name, span, doc) = match named {
            Named::Profile(entity) | Named::Table(entity) => {
                let (index, name, span, doc) = found(fields(&decl.kind))?;
                let mut things = vec![Thing::Field(FieldId { entity, index })];
                let model = self.model.entities.get(entity.index());
                let field = model.and_then(|it| it.fields.get(index as usize));
                things.extend(field.and_then(|field| field.relation).map(Thing::Field));
                (Kind::Field, things, name, span, doc)
            }
            Named::Event(event) => {
                let (index, name, span, doc) = found(fields(&decl.kind))?;
                (
                    Kind::Field,
                    vec![Thing::EventField(event, index)],
                    name,
                    span,
                    doc,
                )
            }
            Named::Message(message) => {
                let (index, name, span, doc) = found(params(&decl.kind))?;
                (
                    Kind::Parameter,
                    vec![Thing::MessageParam(message, index)],
                    name,
                    span,
                    doc,
                )
            }
            Named::Action(action) => match found(params(&decl.kind)) {
                Some((index, name, span, doc)) => (
                    Kind::Parameter,
                    vec![Thing::ActionParam(action, index)],
                    name,
                    span,
                    doc,
                ),
                None => {
                    let (index, name, span, doc) = found(returns(&decl.kind))?;
                    (
                        Kind::Result,
                        vec![Thing::ResultField(action, index)],
                        name,
                        span,
                        doc,
                    )
                }
            },
            Named::Enum(id) => {
                let DeclKind::Enum(it) = &decl.kind else {
                    return None;
                };
                let index = it.variants.iter().position(|name| name.text == member)?;
                let span = it.variants.get(index)?.span;
                let thing = Thing::Variant(id, u32::try_from(index).ok()?);
                (Kind::Variant, vec![thing], span, span, None)
            }
            Named::Journey(id) => match found(params(&decl.kind)) {
                Some((index, name, span, doc)) => (
                    Kind::Parameter,
                    vec![Thing::JourneyParam(id, index)],
                    name,
                    span,
                    doc,
                ),
                None => self.step(id, decl, member)?,
            },
            Named::Channel(_)
            | Named::Purpose(_)
            | Named::Consent(_)
            | Named::Segment(_)
            | Named::Measure(_)
            | Named::Audience(_)
            | Named::Calendar(_)
            | Named::Setting(_)
            | Named::Holdout(_) => return None,
        };
        let file = self.facts(named, &mut Facts::default())?.file;
        let place = self.locate(name.in_file(file));
        let mut uses = self.uses_of(&things);
        // A relation names the reference that it goes by: that is what it is, and no use of it.
        uses.retain(|found| found.place != place);
        Some(Item {
            kind,
            name: format!("{}.{member}", self.name(named)),
            place,
            doc,
            facts: Vec::new(),
            uses,
            source: Some(self.block(span.in_file(file), span)),
        })
    }

    /// The step with a label; if it is a send, with its uses.
    fn step(&self, id: JourneyId, decl: &Decl, label: &str) -> Option<Member> {
        let DeclKind::Journey(journey) = &decl.kind else {
            return None;
        };
        let step = labelled(&journey.steps, label)?;
        let name = step.label.as_ref()?.span;
        let sends = &self.model.journeys.get(id.index())?.sends;
        let send = sends.iter().position(|(known, _)| known == label);
        let send = send.and_then(|at| u32::try_from(at).ok());
        let things = send.map(|at| Thing::Send(id, SendId(at)));
        Some((
            Kind::Step,
            things.into_iter().collect(),
            name,
            step.span,
            None,
        ))
    }
}

/// A member: its kind, what it is used as, its name, its text, its documentation.
type Member = (Kind, Vec<Thing>, Span, Span, Option<String>);

fn labelled<'a>(steps: &'a [Step], label: &str) -> Option<&'a Step> {
    let mut open: Vec<&Step> = steps.iter().collect();
    while let Some(step) = open.pop() {
        if step.label.as_ref().is_some_and(|name| name.text == label) {
            return Some(step);
        }
        step.for_each_block(&mut |block| open.extend(&block.steps));
    }
    None
}

/// Where the name of a declaration stands, or the title of a promise or test.
pub(super) fn head(decl: &Decl) -> Span {
    match &decl.kind {
        DeclKind::Promise(it) => it.title.span,
        DeclKind::Test(it) => it.title.span,
        kind => name_of(kind).map_or(decl.span, |name| name.span),
    }
}

/// The fields of a profile, table or event.
pub(super) fn fields(kind: &DeclKind) -> &[Field] {
    match kind {
        DeclKind::Profile(it) | DeclKind::Table(it) => &it.fields,
        DeclKind::Event(it) => &it.fields,
        _ => &[],
    }
}

/// The parameters of a message, action or journey.
pub(super) fn params(kind: &DeclKind) -> &[Field] {
    match kind {
        DeclKind::Message(it) => &it.params,
        DeclKind::Action(it) => &it.params,
        DeclKind::Journey(it) => &it.params,
        _ => &[],
    }
}

/// The fields of an action's result.
pub(super) fn returns(kind: &DeclKind) -> &[Field] {
    match kind {
        DeclKind::Action(it) => it.returns.as_deref().unwrap_or_default(),
        _ => &[],
    }
}

/// The names that may stand after the dot.
fn members(decl: &Decl) -> Vec<&str> {
    let kind = &decl.kind;
    let all = [fields(kind), params(kind), returns(kind)];
    let mut names: Vec<&str> = all
        .into_iter()
        .flatten()
        .map(|field| field.name.as_str())
        .collect();
    match kind {
        DeclKind::Enum(it) => names.extend(it.variants.iter().map(|name| name.as_str())),
        DeclKind::Journey(it) => {
            let mut open: Vec<&Step> = it.steps.iter().collect();
            while let Some(step) = open.pop() {
                names.extend(step.label.as_ref().map(|label| label.as_str()));
                step.for_each_block(&mut |block| open.extend(&block.steps));
            }
        }
        _ => {}
    }
    names
}
