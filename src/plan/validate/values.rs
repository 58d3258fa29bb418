//! Types, constants and expressions of a plan.

use super::Check;
use crate::plan::{Const, Expr, Rows, Source, Type};
use std::collections::BTreeSet;

impl Check<'_> {
    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Channel(channels) => {
                self.each(channels, self.plan.channels.len(), "channel");
            }
            Type::Enum(position) => self.within(*position, self.plan.enums.len(), "enum"),
            Type::Row(position) => self.within(*position, self.plan.entities.len(), "entity"),
            Type::List(inner) => self.ty(inner),
            Type::Int {
                range: Some((low, high)),
            } if low > high => {
                self.fault(format!("has the empty range {low} to {high}"));
            }
            _ => {}
        }
    }

    pub(super) fn constant(&mut self, value: &Const) {
        match value {
            Const::Variant { of, variant } => match self.plan.enums.get(*of as usize) {
                Some(one) => self.within(*variant, one.variants.len(), "variant"),
                None => self.within(*of, self.plan.enums.len(), "enum"),
            },
            Const::Channel(channel) => self.within(*channel, self.plan.channels.len(), "channel"),
            Const::Purpose(purpose) => self.within(*purpose, self.plan.purposes.len(), "purpose"),
            Const::Duration(duration) => self.duration(*duration),
            Const::List(items) => items.iter().for_each(|item| self.constant(item)),
            Const::Instant { zone, .. } if jiff::tz::TimeZone::get(zone).is_err() => {
                self.fault(format!("names the unknown time zone `{zone}`"));
            }
            _ => {}
        }
    }

    pub(super) fn money(&mut self, value: &Const) {
        if !matches!(value, Const::Money { .. }) {
            self.fault("has an amount that is not money");
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        let plan = self.plan;
        match expr {
            Expr::Const(value) => self.constant(value),
            Expr::Slot(slot) => self.slot(*slot),
            Expr::Field { field, .. } => self.field(*field),
            Expr::Setting(setting) => self.within(*setting, plan.settings.len(), "setting"),
            Expr::Measure { measure, .. } => {
                self.within(*measure, plan.measures.len(), "measure");
            }
            Expr::InSegment { segment, .. } => {
                self.within(*segment, plan.segments.len(), "segment");
            }
            Expr::InJourney { journey, .. } => {
                self.within(*journey, plan.journeys.len(), "journey");
            }
            Expr::Permitted {
                message, channels, ..
            } => {
                self.within(*message, plan.messages.len(), "message");
                self.each(channels, plan.channels.len(), "channel");
            }
            Expr::Sum { zero, .. } => self.constant(zero),
            _ => {}
        }
        children(expr, &mut |child| match child {
            Child::Expr(child) => self.expr(child),
            Child::Rows(rows) => self.rows(rows),
        });
    }
}

/// A direct part of an expression.
enum Child<'e> {
    Expr(&'e Expr),
    Rows(&'e Rows),
}

/// Calls `visit` for each direct part of an expression.
fn children<'e>(expr: &'e Expr, visit: &mut dyn FnMut(Child<'e>)) {
    match expr {
        Expr::Const(_) | Expr::Unknown | Expr::Slot(_) | Expr::Setting(_) => {}
        Expr::Field { of, .. }
        | Expr::EventField { of, .. }
        | Expr::EventTime(of)
        | Expr::EventSubject(of)
        | Expr::EventPurpose(of)
        | Expr::EventParam { of, .. }
        | Expr::ResultField { of, .. }
        | Expr::Consent { of, .. }
        | Expr::Measure { of, .. }
        | Expr::InSegment { item: of, .. }
        | Expr::InJourney { item: of, .. }
        | Expr::Permitted { person: of, .. }
        | Expr::Not(of)
        | Expr::Negate(of)
        | Expr::IsKnown(of)
        | Expr::IsFresh(of)
        | Expr::Ago(of)
        | Expr::FromNow(of) => visit(Child::Expr(of)),
        Expr::InList {
            item: left,
            list: right,
        }
        | Expr::Arithmetic { left, right, .. }
        | Expr::Compare { left, right, .. } => {
            visit(Child::Expr(left));
            visit(Child::Expr(right));
        }
        Expr::InRange { item, low, high } => {
            visit(Child::Expr(item));
            visit(Child::Expr(low));
            visit(Child::Expr(high));
        }
        Expr::List(items) | Expr::And(items) | Expr::Or(items) | Expr::Coalesce(items) => {
            items.iter().for_each(|item| visit(Child::Expr(item)));
        }
        Expr::Call { args, .. } => args.iter().for_each(|arg| visit(Child::Expr(arg))),
        Expr::Any(rows) | Expr::None(rows) | Expr::Count(rows) | Expr::All(rows) => {
            visit(Child::Rows(rows));
        }
        Expr::Sum { value, rows, .. }
        | Expr::Avg { value, rows }
        | Expr::Lowest { value, rows }
        | Expr::Highest { value, rows }
        | Expr::First { by: value, rows }
        | Expr::Last { by: value, rows }
        | Expr::Top {
            by: value, rows, ..
        } => {
            visit(Child::Rows(rows));
            visit(Child::Expr(value));
        }
    }
}

/// The segments and measures that an expression reads: segments by position, measures after them.
pub(super) fn derived_read(expr: &Expr, segments: usize) -> BTreeSet<usize> {
    fn walk(expr: &Expr, segments: usize, read: &mut BTreeSet<usize>) {
        match expr {
            Expr::InSegment { segment, .. } => {
                read.insert(*segment as usize);
            }
            Expr::Measure { measure, .. } => {
                read.insert(segments + *measure as usize);
            }
            _ => {}
        }
        children(expr, &mut |child| match child {
            Child::Expr(child) => walk(child, segments, read),
            Child::Rows(rows) => {
                rows.filter
                    .iter()
                    .for_each(|filter| walk(filter, segments, read));
                match &rows.source {
                    Source::Relation { of, .. }
                    | Source::Events { of, .. }
                    | Source::ChannelEvents { of, .. }
                    | Source::MessageEvents { of, .. }
                    | Source::JourneyEvents { of, .. }
                    | Source::One(of) => walk(of, segments, read),
                    Source::SendEvents { .. } | Source::Table(_) => {}
                }
            }
        });
    }
    let mut read = BTreeSet::new();
    walk(expr, segments, &mut read);
    read
}
