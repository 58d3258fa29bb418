//! Calendars: weekend days and holidays.

use super::clauses::Clauses;
use super::reach::{repeated, unknown_word};
use crate::diag::Diagnostics;
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::{self, Const};
use crate::model::names::Item;
use crate::model::types::Ty;
use crate::model::words::{WEEKDAYS, weekday};
use crate::source::Span;
use crate::syntax::ast::{self, CalendarClause};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Checks one calendar.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Calendar>,
    _index: usize,
) -> (hir::Calendar, Diagnostics) {
    let mut body = Body::new(cx, item.file, item.broken);
    let mut calendar = hir::Calendar {
        name: item.ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        weekend: Vec::new(),
        holidays: Vec::new(),
    };
    let mut clauses = Clauses::default();
    for clause in &item.ast.clauses {
        match clause {
            CalendarClause::Weekend { days, span } => {
                if clauses.first(&mut body, "weekend", *span) {
                    calendar.weekend = weekdays(&mut body, days);
                }
            }
            CalendarClause::Holidays { dates, span } => {
                if clauses.first(&mut body, "holidays", *span) {
                    calendar.holidays = holidays(&mut body, dates);
                }
            }
        }
    }
    (calendar, body.finish().1)
}

/// Days of the week by their words, each once, Monday first.
pub(super) fn weekdays(body: &mut Body<'_, '_>, words: &[ast::Name]) -> Vec<Weekday> {
    let mut found: BTreeMap<i8, (Weekday, Span)> = BTreeMap::new();
    for word in words {
        let Some(day) = weekday(&word.text) else {
            let words = WEEKDAYS.iter().map(|(word, _)| *word);
            unknown_word(body, word, "a day of the week", words);
            continue;
        };
        let order = day.to_monday_zero_offset();
        if let Some((_, first)) = found.get(&order).copied() {
            repeated(
                body,
                format!("`{}` is named twice", word.text),
                word.span,
                first,
            );
        } else {
            found.insert(order, (day, word.span));
        }
    }
    found.into_values().map(|(day, _)| day).collect()
}

/// The dates, each once, in order.
fn holidays(body: &mut Body<'_, '_>, dates: &[ast::Expr]) -> Vec<Date> {
    let mut found: BTreeMap<Date, Span> = BTreeMap::new();
    for expr in dates {
        let Some(Const::Date(date)) = body.constant(expr, &Ty::Date) else {
            continue;
        };
        if let Some(first) = found.get(&date).copied() {
            repeated(body, format!("{date} is named twice"), expr.span, first);
        } else {
            found.insert(date, expr.span);
        }
    }
    found.into_keys().collect()
}
