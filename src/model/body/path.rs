//! Paths: `member.country`, `gift.member?.email`, `click.link`, `Stage.loyalty`.

use super::{Body, Path};
use crate::diag::codes::names::{UNKNOWN_NAME, WRONG_KIND};
use crate::diag::codes::types::{
    ALWAYS_KNOWN, CIRCULAR_DEFINITION, OUT_OF_RANGE, TYPE_MISMATCH, UNHANDLED_UNKNOWN,
};
use crate::diag::{Diagnostic, Fix, did_you_mean};
use crate::model::channel_events;
use crate::model::hir::{ConsentPart, EventField, Expr, ExprKind as Typed};
use crate::model::ids::{ActionId, EntityId, LocalId, MeasureId, SettingId};
use crate::model::names::Named;
use crate::model::types::{EventTy, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, Name};

/// More steps than this in one path are refused: the checked form nests them.
const LONGEST_PATH: usize = 32;

/// The parts of a consent record, in the order of the reference page.
const CONSENT_PARTS: &[(&str, ConsentPart)] = &[
    ("status", ConsentPart::Status),
    ("since", ConsentPart::Since),
    ("basis", ConsentPart::Basis),
    ("source", ConsentPart::Source),
    ("proof", ConsentPart::Proof),
];

/// One `.name` or `?.name` and the place of the path up to it.
struct Segment<'e> {
    name: &'e Name,
    optional: bool,
    span: Span,
}

impl Body<'_, '_> {
    /// A path of one or more dots.
    pub(super) fn path(&mut self, expr: &ast::Expr) -> Expr {
        let mut segments = Vec::new();
        let mut base = expr;
        while let ExprKind::Field {
            base: inner,
            optional,
            name,
        } = &base.kind
        {
            segments.push(Segment {
                name,
                optional: *optional,
                span: base.span,
            });
            base = inner;
        }
        segments.reverse();
        if segments.len() > LONGEST_PATH {
            self.error_with(
                &OUT_OF_RANGE,
                expr.span,
                format!("this path has more than {LONGEST_PATH} steps"),
                "write a shorter one",
            );
            return Self::erroneous(expr.span);
        }
        let mut rest = segments.iter();
        let mut value = match &base.kind {
            ExprKind::Name(name) => match self.path_base(name, segments.first()) {
                Some(Base::Value(value)) => value,
                Some(Base::Enum(of)) => match rest.next() {
                    Some(variant) => self.variant(of, variant.name, variant.span),
                    None => Self::erroneous(expr.span),
                },
                None => return Self::erroneous(expr.span),
            },
            _ => self.infer(base),
        };
        for segment in rest {
            value = self.step(value, segment);
            if value.ty.is_error() {
                value.span = expr.span;
                return value;
            }
        }
        value
    }

    /// What a path starts from: a variable, else a field of the row, a setting or an enum.
    fn path_base(&mut self, name: &Name, next: Option<&Segment<'_>>) -> Option<Base> {
        if name.text.is_empty() {
            return None;
        }
        if let Some(local) = self.local_named(&name.text) {
            return Some(Base::Value(self.read(local, name.span)));
        }
        if let Some(field) = self.row_field(name) {
            return Some(Base::Value(self.narrowed(field)));
        }
        match self.cx.names.get_with_place(&name.text) {
            Some((Named::Enum(of), _)) => Some(Base::Enum(of)),
            Some((Named::Setting(setting), _)) => {
                Some(Base::Value(self.setting(setting, name.span)))
            }
            Some((
                named @ (Named::Channel(_) | Named::Message(_) | Named::Journey(_)),
                declared,
            )) => {
                let place = self.place(name.span);
                self.report(
                    Diagnostic::new(
                        &WRONG_KIND,
                        place,
                        format!(
                            "`{}` is {}, and its events are no value",
                            name.text,
                            named.a_kind()
                        ),
                    )
                    .other(declared, "declared here")
                    .help(
                        "ask for its events with `any(...)`, `count(...)` or `last(... by time)`",
                    ),
                );
                None
            }
            Some((named, declared)) => {
                let place = self.place(name.span);
                let mut diagnostic = Diagnostic::new(
                    &WRONG_KIND,
                    place,
                    format!("`{}` is {}, not a value", name.text, named.a_kind()),
                )
                .other(declared, format!("declared here as {}", named.a_kind()));
                if let Named::Profile(_) | Named::Table(_) = named
                    && let Some(person) =
                        self.locals.0.first().filter(|local| !local.name.is_empty())
                {
                    diagnostic = diagnostic.help(format!("write `{}`", person.name));
                }
                if matches!(named, Named::Event(_)) {
                    diagnostic = diagnostic.help("bind one event with `as`, or read them with `any(...)` or `last(... by time)`");
                }
                self.report(diagnostic);
                None
            }
            None => {
                self.unknown_base(name, next.map(|segment| segment.name));
                None
            }
        }
    }

    fn unknown_base(&mut self, name: &Name, next: Option<&Name>) {
        let label = self
            .journey
            .and_then(|id| self.cx.journeys.get(id.index()))
            .is_some_and(|journey| journey.labels.contains_key(&name.text));
        let place = self.place(name.span);
        if label {
            self.report(
                Diagnostic::new(
                    &WRONG_KIND,
                    place,
                    format!("`{}` is a label, not a value", name.text),
                )
                .help(format!(
                    "ask for what a labelled send reported, like `any({}.sent)`",
                    name.text
                )),
            );
            return;
        }
        let mut diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            place,
            format!("nothing is called `{}` here", name.text),
        );
        let locals = self
            .locals
            .0
            .iter()
            .map(|local| local.name.as_str())
            .filter(|name| !name.is_empty() && self.local_named(name).is_some());
        diagnostic.help = did_you_mean(&name.text, locals.chain(self.row_field_names()))
            .or_else(|| {
                self.cx
                    .names
                    .suggest::<crate::model::ids::EnumId>(&name.text)
            })
            .or_else(|| {
                let path = self.variable_with(next?)?;
                let (variable, _) = path.split_once('.')?;
                Some(format!("write `{variable}`"))
            })
            .or_else(|| {
                let path = self.variable_with(name)?;
                Some(format!("write `{path}`"))
            })
            .or_else(|| self.in_scope(name));
        self.report(diagnostic);
    }

    fn setting(&self, setting: SettingId, span: Span) -> Expr {
        Expr {
            kind: Typed::Setting(setting),
            ty: self
                .cx
                .settings
                .get(setting.index())
                .cloned()
                .unwrap_or(Ty::Error),
            span,
        }
    }

    /// One step of a path, from a value to a part of it.
    fn step(&mut self, of: Expr, segment: &Segment<'_>) -> Expr {
        let span = segment.span;
        if of.ty.is_error() || segment.name.text.is_empty() {
            return Self::erroneous(span);
        }
        let through = of.ty.is_optional();
        if through && !segment.optional {
            let quoted = self.quote(of.span).unwrap_or_else(|| "...".to_owned());
            let through = format!("`{quoted}?.{}`", segment.name.text);
            let is_path = Path::of(&of).is_some();
            let what = format!("`{quoted}` may be unknown");
            let found = Diagnostic::new(&UNHANDLED_UNKNOWN, self.place(of.span), what);
            let found = match self.corrected(&quoted).filter(|_| is_path) {
                Some((part, said)) => {
                    let asked = format!("{quoted} is known and ");
                    let help = format!("write `{asked}{said}`");
                    let at = self.place(Span::at(part.start));
                    found.help(help.clone()).fix(Fix::chosen(help, at, asked))
                }
                None => found.help(format!("write {through}, which may be unknown too")),
            };
            self.report(found);
            return Self::erroneous(span);
        }
        if segment.optional && !through {
            let quoted = self
                .quote(of.span)
                .unwrap_or_else(|| "this value".to_owned());
            self.error_with(
                &ALWAYS_KNOWN,
                of.span,
                format!("`{quoted}` is always known here"),
                format!("write `.{}`", segment.name.text),
            );
        }
        let Some((kind, ty)) = self.part(of, segment.name) else {
            return Self::erroneous(span);
        };
        let ty = if through { ty.optional() } else { ty };
        self.narrowed(Expr { kind, ty, span })
    }

    /// The part of a value that a name stands for; an unknown one is reported.
    fn part(&mut self, of: Expr, name: &Name) -> Option<(Typed, Ty)> {
        let ty = of.ty.known().clone();
        let of = Box::new(of);
        match &ty {
            Ty::Row(entity) => self.row_part(of, *entity, name),
            Ty::Event(event) => {
                let Some((field, ty)) = self.event_field(event, name.as_str()) else {
                    self.unknown_event_field(event, name);
                    return None;
                };
                Some((Typed::EventField { of, field }, ty))
            }
            Ty::Result(action) => self.result_part(of, *action, name),
            Ty::Consent(_) => {
                let Some((_, part)) = CONSENT_PARTS
                    .iter()
                    .find(|(word, _)| *word == name.as_str())
                else {
                    self.unknown(
                        name,
                        format!("a record of consent has no `{}`", name.text),
                        CONSENT_PARTS.iter().map(|(word, _)| *word),
                    );
                    return None;
                };
                let ty = match part {
                    ConsentPart::Status => Ty::Status,
                    ConsentPart::Since => Ty::Instant.optional(),
                    ConsentPart::Basis | ConsentPart::Source | ConsentPart::Proof => {
                        Ty::Text(None).optional()
                    }
                };
                Some((Typed::ConsentPart { of, part: *part }, ty))
            }
            Ty::Error => None,
            other => {
                let found = self.cx.ty_name(other);
                let value = self.quote(of.span).unwrap_or_else(|| "...".to_owned());
                let length = matches!(name.as_str(), "length" | "size" | "count" | "len");
                let help = match other {
                    Ty::List(_) if length => format!("write `count({value})`"),
                    Ty::List(_) => format!(
                        "read its rows, as in `any({value} where ...)` or `last({value} by FIELD)`"
                    ),
                    Ty::Text(_) if length => format!("write `length({value})`"),
                    _ => "remove the dot and what follows it".to_owned(),
                };
                self.error_with(
                    &TYPE_MISMATCH,
                    name.span,
                    format!("a value of type `{found}` has no fields"),
                    help,
                );
                None
            }
        }
    }

    fn row_part(&mut self, of: Box<Expr>, entity: EntityId, name: &Name) -> Option<(Typed, Ty)> {
        if let Some(field) = self.cx.field_named(entity, &name.text) {
            let ty = self.cx.field(field)?.ty.clone();
            return Some((Typed::Field { of, field }, ty));
        }
        if let Some(measure) = self.cx.measure_named(entity, &name.text) {
            let ty = self.measure_ty(measure, name)?;
            return Some((Typed::Measure { measure, of }, ty));
        }
        let cx = self.cx;
        let found = cx.entity(entity)?;
        if found.broken {
            return None;
        }
        if let Some(Named::Segment(_) | Named::Journey(_)) = cx.named(&name.text) {
            let quoted = self.quote(of.span).unwrap_or_else(|| "member".to_owned());
            self.error_with(
                &WRONG_KIND,
                name.span,
                format!("`{}` is a group of people, not a field", name.text),
                format!("ask with `{quoted} in {}`", name.text),
            );
            return None;
        }
        let quoted = self.quote(of.span).unwrap_or_else(|| "...".to_owned());
        let message = format!("`{}` has no field or measure `{}`", found.name, name.text);
        if let Some(help) = self.field_elsewhere(&quoted, entity, name) {
            self.error_with(&UNKNOWN_NAME, name.span, message, help);
            return None;
        }
        let measures = cx.names.of_kind::<MeasureId>();
        self.unknown(
            name,
            message,
            found
                .fields
                .iter()
                .map(|field| field.name.as_str())
                .chain(measures.filter(|measure| cx.measure_named(entity, measure).is_some())),
        );
        None
    }

    fn measure_ty(&mut self, measure: MeasureId, name: &Name) -> Option<Ty> {
        let cx = self.cx;
        if let Some(ty) = cx.measures.get(measure.index())?.ty.get() {
            return Some(ty.clone());
        }
        let place = self.place(name.span);
        let mut diagnostic = Diagnostic::new(
            &CIRCULAR_DEFINITION,
            place,
            format!("the measure `{}` leads back to itself", name.text),
        )
        .help("define it without reading itself, directly or through others");
        if let Some((_, declared)) = cx.names.get_with_place(&name.text) {
            diagnostic = diagnostic.other(declared, "declared here");
        }
        self.report(diagnostic);
        None
    }

    fn result_part(&mut self, of: Box<Expr>, action: ActionId, name: &Name) -> Option<(Typed, Ty)> {
        let cx = self.cx;
        let head = cx.actions.get(action.index())?;
        let found = (0..)
            .zip(&head.returns)
            .find(|(_, field)| field.name == name.text);
        if let Some((index, field)) = found {
            return Some((Typed::ResultField { of, index }, field.ty.clone()));
        }
        if !head.broken {
            self.unknown(
                name,
                format!("the result has no field `{}`", name.text),
                head.returns.iter().map(|field| field.name.as_str()),
            );
        }
        None
    }

    /// A field of an event: its own, `time`, whom it is about, the `purpose` of the send, a
    /// parameter of the message.
    #[must_use]
    pub fn event_field(&self, event: &EventTy, name: &str) -> Option<(EventField, Ty)> {
        if name == "time" {
            return Some((EventField::Time, Ty::Instant));
        }
        match event {
            EventTy::Declared(id) => {
                let head = self.cx.events.get(id.index())?;
                if let Some(index) = head.by_name.get(name) {
                    let field = head.fields.get(*index as usize)?;
                    return Some((EventField::Field(*index), field.ty.clone()));
                }
                (head.subject_name == name).then(|| {
                    let ty = head.subject.map_or(Ty::Error, Ty::Row);
                    (EventField::Subject, ty)
                })
            }
            EventTy::Channel {
                kind,
                event,
                message,
            } => {
                let found = channel_events::find(*kind, event)?;
                if let Some((index, ty)) = found.field(name) {
                    return Some((EventField::Field(index), ty.clone()));
                }
                if name == "purpose" {
                    return Some((EventField::Purpose, Ty::Purpose));
                }
                let params = &self.cx.messages.get(message.as_ref()?.index())?.params;
                let (index, param) = (0..).zip(params).find(|(_, param)| param.name == name)?;
                Some((EventField::Param(index), param.ty.clone()))
            }
            EventTy::Journey(..) => None,
        }
    }

    fn unknown_event_field(&mut self, event: &EventTy, name: &Name) {
        if let EventTy::Declared(id) = event
            && self
                .cx
                .events
                .get(id.index())
                .is_some_and(|head| head.broken)
        {
            return;
        }
        let names = self.event_field_names(event);
        let what = self.cx.event_name(event);
        let all: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        let place = self.place(name.span);
        let mut diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            place,
            format!("`{what}` has no field `{}`", name.text),
        );
        diagnostic.help = did_you_mean(&name.text, names.iter().copied())
            .or_else(|| Some(format!("it has {}", all.join(", "))));
        self.report(diagnostic);
    }

    fn event_field_names(&self, event: &EventTy) -> Vec<&str> {
        let mut names = vec!["time"];
        match event {
            EventTy::Declared(id) => {
                if let Some(head) = self.cx.events.get(id.index()) {
                    names.extend(head.fields.iter().map(|field| field.name.as_str()));
                    names.push(&head.subject_name);
                }
            }
            EventTy::Channel {
                kind,
                event,
                message,
            } => {
                names.push("purpose");
                if let Some(found) = channel_events::find(*kind, event) {
                    names.extend(found.fields.iter().map(|(name, _)| *name));
                }
                let message = message.and_then(|id| self.cx.messages.get(id.index()));
                if let Some(message) = message {
                    names.extend(message.params.iter().map(|param| param.name.as_str()));
                }
            }
            EventTy::Journey(..) => {}
        }
        names
    }

    /// The names of the fields of the row that bare names read.
    pub(super) fn row_field_names(&self) -> Vec<&str> {
        let row = self.row.and_then(|row| self.locals.0.get(row.index()));
        match row.map(|row| &row.ty) {
            Some(Ty::Row(entity)) => self.cx.entity(*entity).map_or_else(Vec::new, |entity| {
                entity
                    .fields
                    .iter()
                    .map(|field| field.name.as_str())
                    .collect()
            }),
            Some(Ty::Event(event)) => self.event_field_names(event),
            _ => Vec::new(),
        }
    }

    /// Whether the row in scope has a field of this name.
    pub(super) fn row_has(&self, name: &Name) -> bool {
        self.row
            .is_some_and(|row| self.row_part_ty(row, name).is_some())
    }

    /// Whether the row in scope is of something that was reported already.
    pub(super) fn row_is_wrong(&self) -> bool {
        let local = self.row.and_then(|row| self.locals.0.get(row.index()));
        local.is_some_and(|row| row.ty.is_error())
    }

    fn row_part_ty(&self, row: LocalId, name: &Name) -> Option<()> {
        match &self.locals.0.get(row.index())?.ty {
            Ty::Row(entity) => self.cx.field_named(*entity, &name.text).map(|_| ()),
            Ty::Event(event) => self.event_field(event, &name.text).map(|_| ()),
            _ => None,
        }
    }

    /// The field of the row in scope that a bare name reads, before narrowing.
    pub(super) fn row_field(&self, name: &Name) -> Option<Expr> {
        let row = self.row?;
        let of = Box::new(self.read(row, name.span));
        let (kind, ty) = match &of.ty {
            Ty::Row(entity) => {
                let field = self.cx.field_named(*entity, &name.text)?;
                let ty = self.cx.field(field)?.ty.clone();
                (Typed::Field { of, field }, ty)
            }
            Ty::Event(event) => {
                let (field, ty) = self.event_field(event, &name.text)?;
                (Typed::EventField { of, field }, ty)
            }
            _ => return None,
        };
        Some(Expr {
            kind,
            ty,
            span: name.span,
        })
    }

    /// The same value without `?`, where it is known.
    pub(super) fn narrowed(&self, expr: Expr) -> Expr {
        if !expr.ty.is_optional() || self.known.is_empty() {
            return expr;
        }
        let known = Path::of(&expr).is_some_and(|path| self.known.contains(&path));
        if !known {
            return expr;
        }
        Expr {
            ty: expr.ty.known().clone(),
            span: expr.span,
            kind: Typed::Known(Box::new(expr)),
        }
    }
}

/// What a path starts from.
enum Base {
    Value(Expr),
    Enum(crate::model::ids::EnumId),
}
