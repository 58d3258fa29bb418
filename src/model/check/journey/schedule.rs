//! `enter every ...` and `enter D before DATE`: entries by the clock.

use super::Walk;
use super::entry::Shared;
use crate::diag::Diagnostic;
use crate::diag::codes::types::TYPE_MISMATCH;
use crate::model::body::{Body, Known, Length};
use crate::model::check::reach::unknown_word;
use crate::model::hir::{self, Duration, Expr, ExprKind, Schedule};
use crate::model::ids::{EntityId, LocalId};
use crate::model::names::Named;
use crate::model::types::Ty;
use crate::model::words::{WEEKDAYS, weekday};
use crate::syntax::ast::{self, Enter, Name, Offset};
use jiff::civil::Weekday;

/// A date by which people enter.
struct Dated {
    date: Expr,
    row: Option<(EntityId, LocalId)>,
    person: Expr,
}

impl<'a> Walk<'_, 'a> {
    /// The forms of `enter` that the clock triggers, with what their condition tells.
    pub(super) fn scheduled(
        &mut self,
        enter: &'a Enter,
        shared: &mut Shared,
    ) -> (Option<hir::Enter>, Known) {
        match enter {
            Enter::Every {
                schedule,
                at,
                filter,
            } => {
                let schedule = self.schedule(schedule);
                let at = self.time(at);
                let (filter, known) = self.condition(filter.as_ref());
                let enter = schedule.map(|schedule| hir::Enter::Every {
                    schedule,
                    at,
                    filter,
                });
                (enter, known)
            }
            Enter::Yearly {
                offset,
                date,
                at,
                filter,
            } => {
                let offset = offset.as_ref().map(|offset| self.offset(offset));
                let date = self.date(date);
                let at = self.time(at);
                let (filter, known) = self.condition(filter.as_ref());
                let enter = match offset {
                    Some(None) => None,
                    offset => Some(hir::Enter::Yearly {
                        offset: offset.flatten(),
                        date,
                        at,
                        filter,
                    }),
                };
                (enter, known)
            }
            Enter::Dated {
                offset,
                date,
                bind,
                at,
                filter,
            } => {
                let offset = self.offset(offset);
                let dated = self.dated(date, bind.as_ref(), shared);
                let at = self.time(at);
                let (filter, known) = match dated.row {
                    Some((_, row)) => self.filter(filter.as_ref(), row),
                    None => self.condition(filter.as_ref()),
                };
                let enter = offset.map(|offset| hir::Enter::Dated {
                    offset,
                    date: dated.date,
                    row: dated.row,
                    person: dated.person,
                    at,
                    filter,
                });
                (enter, known)
            }
            Enter::On { .. } | Enter::When { .. } => (None, Known::default()),
        }
    }

    fn schedule(&mut self, schedule: &'a ast::Schedule) -> Option<Schedule> {
        match schedule {
            ast::Schedule::Day => Some(Schedule::Day),
            ast::Schedule::Weekday(day) => self.weekday(day).map(Schedule::Weekday),
            // The parser has held it to 1 to 31.
            ast::Schedule::MonthDay(day) => Some(Schedule::MonthDay(*day)),
        }
    }

    /// A day of the week by its name.
    pub(super) fn weekday(&mut self, name: &Name) -> Option<Weekday> {
        let day = weekday(&name.text);
        if day.is_none() {
            let words = WEEKDAYS.iter().map(|(word, _)| *word);
            unknown_word(&mut self.body, name, "a day of the week", words);
        }
        day
    }

    /// A time of day: any expression of that type.
    pub(super) fn time(&mut self, at: &'a ast::Expr) -> Expr {
        self.body.check(at, &Ty::Time)
    }

    fn condition(&mut self, filter: Option<&'a ast::Expr>) -> (Option<Expr>, Known) {
        let Some(filter) = filter else {
            return (None, Known::default());
        };
        let (filter, facts) = self.body.condition(filter);
        (Some(filter), facts.when_true)
    }

    fn offset(&mut self, offset: &'a Offset) -> Option<(Duration, bool)> {
        let duration = self.body.duration(&offset.duration, Length::Calendar)?;
        Some((duration, offset.before))
    }

    /// A date or an instant, known or not.
    fn date(&mut self, date: &'a ast::Expr) -> Expr {
        let found = self.body.infer(date);
        self.is_date(found)
    }

    fn is_date(&mut self, found: Expr) -> Expr {
        if matches!(found.ty.known(), Ty::Date | Ty::Instant | Ty::Error) {
            return found;
        }
        let (place, ty) = (self.body.place(found.span), self.cx.ty_name(&found.ty));
        self.body.report(
            Diagnostic::new(
                &TYPE_MISMATCH,
                place,
                format!("a `{ty}` stands where a date is needed"),
            )
            .help("name a field of type `date` or `instant`"),
        );
        Body::erroneous(found.span)
    }

    /// The date of `enter D before DATE`: of the person, or of a table whose rows lead to one.
    fn dated(&mut self, date: &'a ast::Expr, bind: Option<&'a Name>, shared: &mut Shared) -> Dated {
        if let ast::ExprKind::Field { base, name, .. } = &date.kind
            && let ast::ExprKind::Name(table) = &base.kind
            && self.body.local_named(&table.text).is_none()
            && let Some(Named::Table(entity) | Named::Profile(entity)) = self.cx.named(&table.text)
        {
            let row = match bind {
                Some(bind) => self.bind(bind, Ty::Row(entity), shared),
                None => self.unnamed(Ty::Row(entity), table.span),
            };
            let of = self.body.read(row, table.span);
            let person = self.person_from(of.clone(), table.span);
            return Dated {
                date: self.field_of(entity, of, name, date),
                row: Some((entity, row)),
                person,
            };
        }
        if let Some(bind) = bind {
            // Only the row of a table can be named.
            self.bind(bind, Ty::Error, shared);
            let place = self.body.place(bind.span);
            self.body.report(
                Diagnostic::new(
                    &crate::diag::codes::names::WRONG_KIND,
                    place,
                    format!(
                        "`{}` would name a row, and this date is of the person",
                        bind.text
                    ),
                )
                .help("leave out the `as`, or name a date of a table, like `Gift.made_at`"),
            );
        }
        let date = self.date(date);
        let person = self.body.read(LocalId(0), date.span);
        Dated {
            date,
            row: None,
            person,
        }
    }

    fn field_of(&mut self, entity: EntityId, of: Expr, name: &Name, whole: &ast::Expr) -> Expr {
        let Some(field) = self.cx.field_named(entity, &name.text) else {
            let fields = self.cx.entity(entity).into_iter().flat_map(|e| &e.fields);
            let message = format!(
                "`{}` has no field `{}`",
                self.cx.entity_name(entity),
                name.text
            );
            let names: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
            self.body.unknown(name, message, names);
            return Body::erroneous(whole.span);
        };
        let ty = self.cx.field(field).map_or(Ty::Error, |f| f.ty.clone());
        self.is_date(Expr {
            kind: ExprKind::Field {
                of: Box::new(of),
                field,
            },
            ty,
            span: whole.span,
        })
    }
}
