//! Row sources with their conditions.

use super::{Body, Length};
use crate::diag::Diagnostic;
use crate::diag::codes::types::{
    NO_SUBJECT, TYPE_MISMATCH, UNDATED_ROWS, UNINDEXED_TABLE, WRONG_ROW_SOURCE,
};
use crate::model::hir::visit::each_expr;
use crate::model::hir::{Expr, ExprKind as Typed, Rows, Source, Trigger};
use crate::model::ids::{EntityId, LocalId};
use crate::model::names::Named;
use crate::model::types::{LocalKind, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, CompareOp, ExprKind};

impl Body<'_, '_> {
    /// Types a row source, and runs `f` where its row is in scope: bare names are its fields, and
    /// what `where` proved is known.
    ///
    /// `None` if the source is wrong, which is reported; `f` is not run then.
    pub fn rows<R>(
        &mut self,
        rows: &ast::Rows,
        f: impl FnOnce(&mut Self, &Rows) -> R,
    ) -> Option<(Rows, R)> {
        self.rows_of(rows, false, f)
    }

    /// The rows of `for each`: a source as in [`Body::rows`], or a path to one row. The variable
    /// of the row is of [`LocalKind::Bound`] and stays in scope under `name`.
    pub fn rows_of_each(&mut self, rows: &ast::Rows, name: &ast::Name) -> Option<(Rows, LocalId)> {
        let (rows, ()) = self.rows_of(rows, true, |_, _| ())?;
        let ty = self.local_ty(rows.row);
        let bound = self.declare(name, LocalKind::Bound, ty);
        Some((rows, bound))
    }

    fn rows_of<R>(
        &mut self,
        rows: &ast::Rows,
        one_row: bool,
        f: impl FnOnce(&mut Self, &Rows) -> R,
    ) -> Option<(Rows, R)> {
        let (source, ty) = self.source(&rows.source, rows.of.as_ref(), one_row)?;
        let last = match &rows.last {
            Some(last) => {
                self.dated(&ty, last.span);
                self.duration(last, Length::Calendar)
            }
            None => None,
        };
        Some(self.scoped(|body| {
            let row = match &rows.bind {
                Some(name) => body.declare(name, LocalKind::Row, ty),
                None => body.declare_unnamed(LocalKind::Row, ty, rows.source.span),
            };
            body.with_row(row, |body| {
                let filter = rows.filter.as_ref().map(|filter| {
                    let (filter, facts) = body.condition(filter);
                    body.assume(&facts.when_true);
                    filter
                });
                let typed = Rows {
                    source,
                    row,
                    last,
                    filter,
                    span: rows.span,
                };
                body.indexed(&typed);
                let result = f(body, &typed);
                (typed, result)
            })
        }))
    }

    /// What a source names, and the type of its rows.
    fn source(
        &mut self,
        expr: &ast::Expr,
        of: Option<&ast::Expr>,
        one_row: bool,
    ) -> Option<(Source, Ty)> {
        match &expr.kind {
            ExprKind::Paren(inner) => return self.source(inner, of, one_row),
            ExprKind::Name(name)
                if !self.row_has(name) && self.local_named(&name.text).is_none() =>
            {
                if let Some(Named::Profile(id) | Named::Table(id)) = self.cx.named(&name.text) {
                    self.no_of(of, "all rows of a table are nobody's");
                    return Some((Source::Table(id), Ty::Row(id)));
                }
                return self.event_source(expr, of);
            }
            ExprKind::Field {
                base,
                optional: false,
                ..
            } => {
                if let ExprKind::Name(owner) = &base.kind
                    && self.local_named(&owner.text).is_none()
                    && !self.row_has(owner)
                    && !matches!(self.cx.named(&owner.text), Some(Named::Setting(_)))
                {
                    return self.event_source(expr, of);
                }
            }
            _ => {}
        }
        self.relation(expr, of, one_row)
    }

    /// Rows reached by a relation; with `one_row`, also a path to one row.
    fn relation(
        &mut self,
        expr: &ast::Expr,
        of: Option<&ast::Expr>,
        one_row: bool,
    ) -> Option<(Source, Ty)> {
        let typed = self.infer(expr);
        self.no_of(of, "a path already says whose rows these are");
        if typed.ty.is_error() {
            return None;
        }
        if one_row && let Ty::Row(_) = typed.ty.known() {
            let ty = typed.ty.known().clone();
            return Some((Source::One(Box::new(typed)), ty));
        }
        let typed = self.demand(typed);
        let span = typed.span;
        match (typed.kind, &typed.ty) {
            (Typed::Field { of, field }, Ty::List(row)) => {
                if let Some(via) = self.cx.field(field).and_then(|field| field.relation) {
                    return Some((Source::Relation { of, via }, row.as_ref().clone()));
                }
                self.no_rows(
                    span,
                    "this list holds plain values, not rows",
                    "ask with `in` whether a value is in it",
                )
            }
            (_, Ty::Error) => None,
            (_, other) => {
                let found = self.cx.ty_name(other);
                self.no_rows(
                    span,
                    &format!("this is of type `{found}`, and has no rows"),
                    "name a relation like `member.gifts`, an event, or a table",
                )
            }
        }
    }

    fn no_rows<T>(&mut self, span: Span, message: &str, help: &str) -> Option<T> {
        self.error_with(&WRONG_ROW_SOURCE, span, message, help);
        None
    }

    fn no_of(&mut self, of: Option<&ast::Expr>, why: &str) {
        if let Some(of) = of {
            self.error_with(
                &WRONG_ROW_SOURCE,
                of.span,
                why,
                "remove `of` and what follows it",
            );
        }
    }

    /// Events: declared, of a channel, a message, a labelled send, a journey.
    fn event_source(&mut self, expr: &ast::Expr, of: Option<&ast::Expr>) -> Option<(Source, Ty)> {
        let triggered = self.trigger(expr)?;
        let about = self.cx.event_subject(&triggered.ty);
        let ty = Ty::Event(triggered.ty.clone());
        if let Trigger::Send { send, event } = triggered.trigger {
            self.no_of(of, "a labelled send is this instance's own");
            return Some((Source::SendEvents { send, event }, ty));
        }
        let about = about?;
        let of = Box::new(self.someone(about, of, expr.span)?);
        let source = match triggered.trigger {
            Trigger::Event(event) => Source::Events { event, of },
            Trigger::Channel { channel, event } => Source::ChannelEvents { channel, event, of },
            Trigger::Message { message, event } => Source::MessageEvents {
                message,
                kind: None,
                event,
                of,
            },
            Trigger::Journey { journey, event } => Source::JourneyEvents { journey, event, of },
            Trigger::Send { send, event } => Source::SendEvents { send, event },
        };
        Some((source, ty))
    }

    /// The row whose events are meant: the one after `of`, else the one that the declaration is
    /// about.
    pub(super) fn someone(
        &mut self,
        entity: EntityId,
        of: Option<&ast::Expr>,
        span: Span,
    ) -> Option<Expr> {
        if let Some(of) = of {
            let row = self.infer(of);
            let row = self.demand(row);
            if row.ty.is_error() {
                return None;
            }
            if row.ty != Ty::Row(entity) {
                let (found, wanted) = (
                    self.cx.ty_name(&row.ty),
                    self.cx.entity_name(entity).to_owned(),
                );
                self.error_with(
                    &TYPE_MISMATCH,
                    row.span,
                    format!("these are about a `{wanted}`, and this is of type `{found}`"),
                    format!("write a `{wanted}` after `of`"),
                );
                return None;
            }
            return Some(row);
        }
        let subject = (0..)
            .map(LocalId)
            .zip(&self.locals.0)
            .find(|(_, local)| local.kind == LocalKind::Subject)
            .map(|(id, local)| (id, local.ty.clone(), local.name.clone()));
        match subject {
            Some((_, Ty::Error, _)) => None,
            Some((id, Ty::Row(found), _)) if found == entity => Some(self.read(id, span)),
            other => {
                let wanted = self.cx.entity_name(entity).to_owned();
                let place = self.place(span);
                let mut diagnostic = Diagnostic::new(
                    &NO_SUBJECT,
                    place,
                    format!("this does not say of which `{wanted}`"),
                )
                .help(format!("add `of` and a `{wanted}`"));
                if let Some((id, ty, name)) = other
                    && let Some(local) = self.locals.0.get(id.index())
                {
                    let found = self.cx.ty_name(&ty);
                    diagnostic = diagnostic.other(
                        local.place,
                        format!("this declaration is about `{name}`, a `{found}`"),
                    );
                }
                self.report(diagnostic);
                None
            }
        }
    }

    /// Reports rows that have no time where one is needed.
    fn dated(&mut self, ty: &Ty, span: Span) {
        let Ty::Row(id) = ty else {
            return;
        };
        let Some(entity) = self.cx.entity(*id) else {
            return;
        };
        if entity.occurred.is_some() || entity.broken {
            return;
        }
        let place = self.place(span);
        let diagnostic = Diagnostic::new(
            &UNDATED_ROWS,
            place,
            format!("rows of `{}` do not say when they happened", entity.name),
        )
        .other(entity.place, "declared here")
        .help("mark the field that says when with `@occurred`");
        self.report(diagnostic);
    }

    /// Reports a whole table that is read without an equality on a key or an indexed field.
    fn indexed(&mut self, rows: &Rows) {
        let Source::Table(id) = rows.source else {
            return;
        };
        let Some(entity) = self.cx.entity(id) else {
            return;
        };
        if entity.broken
            || rows
                .filter
                .as_ref()
                .is_some_and(|filter| self.pins(filter, rows.row))
        {
            return;
        }
        let keys: Vec<_> = entity
            .fields
            .iter()
            .filter(|field| field.annotations.key || field.annotations.index)
            .map(|field| format!("`{}`", field.name))
            .collect();
        let place = self.place(rows.span);
        let diagnostic = Diagnostic::new(
            &UNINDEXED_TABLE,
            place,
            format!("this reads every row of `{}`", entity.name),
        )
        .other(entity.place, "declared here")
        .help(format!(
            "add `where` with an equality on a `@key` or `@index` field ({})",
            keys.join(", ")
        ));
        self.report(diagnostic);
    }

    /// Whether a condition demands one value of a key or an indexed field of `row`.
    fn pins(&self, filter: &Expr, row: LocalId) -> bool {
        match &filter.kind {
            Typed::And(items) => items.iter().any(|item| self.pins(item, row)),
            Typed::Compare {
                op: CompareOp::Equal,
                left,
                right,
            } => {
                (self.is_indexed_field(left, row) && !reads(right, row))
                    || (self.is_indexed_field(right, row) && !reads(left, row))
            }
            Typed::Error => true,
            _ => false,
        }
    }

    fn is_indexed_field(&self, expr: &Expr, row: LocalId) -> bool {
        match &expr.kind {
            Typed::Known(inner) => self.is_indexed_field(inner, row),
            Typed::Error => true,
            Typed::Field { of, field } => {
                matches!(of.kind, Typed::Local(local) if local == row)
                    && self
                        .cx
                        .field(*field)
                        .is_some_and(|field| field.annotations.key || field.annotations.index)
            }
            _ => false,
        }
    }
}

/// Whether an expression reads a variable.
fn reads(expr: &Expr, local: LocalId) -> bool {
    let mut found = false;
    each_expr(expr, |part| {
        found |= matches!(part.kind, Typed::Local(read) if read == local);
    });
    found
}
