//! Types, constants and expressions of a plan.

use super::Check;
use crate::plan::visit::{Node, children, walk};
use crate::plan::{Const, Expr, Type};
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
            Node::Expr(child) => self.expr(child),
            Node::Rows(rows) => self.rows(rows),
        });
    }
}

/// The segments and measures that an expression reads: segments by position, measures after them.
pub(super) fn derived_read(expr: &Expr, segments: usize) -> BTreeSet<usize> {
    let mut read = BTreeSet::new();
    walk(expr, &mut |node| match node {
        Node::Expr(Expr::InSegment { segment, .. }) => {
            read.insert(*segment as usize);
        }
        Node::Expr(Expr::Measure { measure, .. }) => {
            read.insert(segments + *measure as usize);
        }
        Node::Expr(_) | Node::Rows(_) => {}
    });
    read
}
