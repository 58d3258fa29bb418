//! `for each ROWS as NAME`: the rows of an entry, each of which leads to one person.

use super::Walk;
use super::entry::Shared;
use crate::diag::Diagnostic;
use crate::diag::codes::types::{UNDATED_ROWS, UNINDEXED_TABLE};
use crate::model::body::{Known, Length};
use crate::model::hir::{self, Expr, ExprKind, Source};
use crate::model::ids::{EntityId, FieldId, LocalId};
use crate::model::names::Named;
use crate::model::types::{LocalKind, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, CompareOp, Name, Rows};

/// A checked `for each`.
pub(super) struct Each {
    /// The rows and the variable that holds one; `None` if they are wrong, which is reported.
    pub(super) rows: Option<(hir::Rows, LocalId)>,
    /// The condition of the entry, which reads the row.
    pub(super) filter: Option<Expr>,
    /// What the condition tells.
    pub(super) known: Known,
    /// From the row to the person.
    pub(super) person: Expr,
}

impl<'a> Walk<'_, 'a> {
    /// `for each ROWS as NAME [where C]`.
    pub(super) fn each(
        &mut self,
        each: &'a (Rows, Name),
        filter: Option<&'a ast::Expr>,
        shared: &mut Shared,
    ) -> Each {
        let (rows, name) = each;
        let checked = self.each_rows(rows);
        let ty = checked
            .as_ref()
            .map_or(Ty::Error, |rows| self.body.local_ty(rows.row));
        let local = self.bind(name, ty, shared);
        let (filter, known) = self.filter(filter, local);
        self.body.set_known(known.clone());
        if let Some(rows) = &checked
            && let Source::Table(table) = rows.source
            && rows.filter.is_none()
        {
            self.by_index(table, local, filter.as_ref(), rows.span);
        }
        let row = self.body.read(local, rows.span);
        let person = self.person_from(row, rows.span);
        Each {
            rows: checked.map(|rows| (rows, local)),
            filter,
            known,
            person,
        }
    }

    fn each_rows(&mut self, rows: &'a Rows) -> Option<hir::Rows> {
        if rows.filter.is_none() && rows.of.is_none() {
            match &rows.source.kind {
                // The equality that a whole table needs stands in the `where` of the entry.
                ast::ExprKind::Name(name) => {
                    if let Some(Named::Table(table) | Named::Profile(table)) =
                        self.cx.named(&name.text)
                    {
                        return Some(self.whole_table(rows, table));
                    }
                }
                ast::ExprKind::Field { .. } => {
                    if let Some(row) = self.one_row(rows) {
                        return Some(row);
                    }
                }
                _ => {}
            }
        }
        self.body.rows(rows, |_, _| ()).map(|(rows, ())| rows)
    }

    fn whole_table(&mut self, rows: &'a Rows, table: EntityId) -> hir::Rows {
        let last = rows
            .last
            .as_ref()
            .and_then(|length| self.body.duration(length, Length::Calendar));
        if rows.last.is_some() && self.cx.entity(table).is_some_and(|t| t.occurred.is_none()) {
            let place = self.body.place(rows.span);
            let message = format!(
                "a `{}` has no field that says when it happened",
                self.cx.entity_name(table)
            );
            self.body.report(
                Diagnostic::new(&UNDATED_ROWS, place, message)
                    .help("mark its instant with `@occurred`, or leave out `in last`"),
            );
        }
        hir::Rows {
            source: Source::Table(table),
            row: self.unnamed(Ty::Row(table), rows.source.span),
            last,
            filter: None,
            span: rows.span,
        }
    }

    /// A path to one row: `gift.product`, `theft.card.account`.
    fn one_row(&mut self, rows: &'a Rows) -> Option<hir::Rows> {
        let ty = self.ty_of_path(&rows.source)?;
        let Ty::Row(entity) = ty.known() else {
            return None;
        };
        let entity = *entity;
        let path = self.body.infer(&rows.source);
        Some(hir::Rows {
            source: Source::One(Box::new(path)),
            row: self.unnamed(Ty::Row(entity), rows.source.span),
            last: None,
            filter: None,
            span: rows.span,
        })
    }

    /// The type of a path that starts at a variable, without a report; nothing if it is no path.
    fn ty_of_path(&self, expr: &ast::Expr) -> Option<Ty> {
        let (mut start, mut names) = (expr, Vec::new());
        while let ast::ExprKind::Field { base, name, .. } = &start.kind {
            names.push(name);
            start = base;
        }
        let ast::ExprKind::Name(variable) = &start.kind else {
            return None;
        };
        let mut ty = self.body.local_ty(self.body.local_named(&variable.text)?);
        for name in names.into_iter().rev() {
            ty = self.ty_of_field(&ty, &name.text)?;
        }
        Some(ty)
    }

    fn ty_of_field(&self, ty: &Ty, name: &str) -> Option<Ty> {
        match ty.known() {
            Ty::Row(entity) => {
                let field = self.cx.field_named(*entity, name)?;
                Some(self.cx.field(field)?.ty.clone())
            }
            Ty::Event(crate::model::types::EventTy::Declared(event)) => {
                let head = self.cx.events.get(event.index())?;
                if head.subject_name == name {
                    return Some(Ty::Row(head.subject?));
                }
                let field = head.fields.iter().find(|field| field.name == name)?;
                Some(field.ty.clone())
            }
            _ => None,
        }
    }

    /// Reports a whole table that no equality on a `@key` or `@index` field narrows.
    fn by_index(&mut self, table: EntityId, row: LocalId, filter: Option<&Expr>, span: Span) {
        let conjuncts = match filter.map(|filter| (&filter.kind, filter)) {
            Some((ExprKind::And(items), _)) => items.iter().collect(),
            Some((_, filter)) => vec![filter],
            None => Vec::new(),
        };
        let found = conjuncts.into_iter().any(|item| match &item.kind {
            ExprKind::Compare {
                op: CompareOp::Equal,
                left,
                right,
            } => self.is_indexed(left, row) || self.is_indexed(right, row),
            ExprKind::Error => true,
            _ => false,
        });
        if found {
            return;
        }
        let fields: Vec<_> = self
            .cx
            .entity(table)
            .into_iter()
            .flat_map(|table| &table.fields)
            .filter(|field| field.annotations.key || field.annotations.index)
            .map(|field| format!("`{}`", field.name))
            .collect();
        let place = self.body.place(span);
        let message = format!(
            "every `{}` of the project would be read for each event",
            self.cx.entity_name(table)
        );
        self.body.report(
            Diagnostic::new(&UNINDEXED_TABLE, place, message).help(format!(
                "add a `where` with `==` on {}, or mark another field with `@index`",
                fields.join(" or ")
            )),
        );
    }

    fn is_indexed(&self, expr: &Expr, row: LocalId) -> bool {
        let (mut expr, mut field): (&Expr, Option<FieldId>) = (expr, None);
        loop {
            match &expr.kind {
                ExprKind::Known(of) => expr = of,
                ExprKind::Field { of, field: found } if field.is_none() => {
                    field = Some(*found);
                    expr = of;
                }
                ExprKind::Local(local) => {
                    return *local == row
                        && field
                            .and_then(|field| self.cx.field(field))
                            .is_some_and(|f| f.annotations.key || f.annotations.index);
                }
                _ => return false,
            }
        }
    }

    /// A variable for a row or an event that nobody names: read in its `where` and `worth`.
    pub(super) fn unnamed(&mut self, ty: Ty, span: Span) -> LocalId {
        self.body.declare_unnamed(LocalKind::Row, ty, span)
    }
}
