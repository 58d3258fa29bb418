//! Lowering of expressions and row sources.

use super::Unlowered;
use crate::model::hir::{self, ExprKind};
use crate::model::types::{self, Ty};
use crate::plan::{
    ArithmeticOp, CompareOp, ConsentPart, Const, Duration, Expr, FieldRef, Function, JourneyEvent,
    Rows, Source, Status, Unit,
};
use crate::source::Span;
use crate::syntax::ast;
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// Lowers the expressions of one declaration.
pub(super) struct Lowering {
    /// For [`Unlowered`].
    pub declaration: SmolStr,
}

impl Lowering {
    pub fn new(declaration: &SmolStr) -> Self {
        Self {
            declaration: declaration.clone(),
        }
    }

    /// Says that a part should not have passed the check.
    pub fn fault(&self, what: impl Into<String>, span: Span) -> Unlowered {
        Unlowered {
            declaration: self.declaration.clone(),
            what: what.into(),
            span,
        }
    }

    pub fn optional(&self, expr: Option<&hir::Expr>) -> Result<Option<Expr>, Unlowered> {
        expr.map(|expr| self.expr(expr)).transpose()
    }

    pub fn all(&self, exprs: &[hir::Expr]) -> Result<Vec<Expr>, Unlowered> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn boxed(&self, expr: &hir::Expr) -> Result<Box<Expr>, Unlowered> {
        Ok(Box::new(self.expr(expr)?))
    }

    pub fn expr(&self, expr: &hir::Expr) -> Result<Expr, Unlowered> {
        Ok(match &expr.kind {
            ExprKind::Const(value) => Expr::Const(constant(value)),
            ExprKind::Unknown => Expr::Unknown,
            ExprKind::Local(local) => Expr::Slot(local.0),
            ExprKind::Field { of, field } => Expr::Field {
                of: self.boxed(of)?,
                field: field_ref(*field),
            },
            ExprKind::EventField { of, field } => {
                let of = self.boxed(of)?;
                match field {
                    hir::EventField::Subject => Expr::EventSubject(of),
                    hir::EventField::Field(field) => Expr::EventField { of, field: *field },
                    hir::EventField::Time => Expr::EventTime(of),
                    hir::EventField::Purpose => Expr::EventPurpose(of),
                    hir::EventField::Param(param) => Expr::EventParam { of, param: *param },
                }
            }
            ExprKind::ResultField { of, index } => Expr::ResultField {
                of: self.boxed(of)?,
                field: *index,
            },
            ExprKind::ConsentPart { of, part } => Expr::Consent {
                of: self.boxed(of)?,
                part: consent_part(*part),
            },
            ExprKind::Setting(setting) => Expr::Setting(setting.0),
            ExprKind::Measure { measure, of } => Expr::Measure {
                measure: measure.0,
                of: self.boxed(of)?,
            },
            ExprKind::InSegment {
                item,
                segment,
                negated,
            } => negate(
                *negated,
                Expr::InSegment {
                    segment: segment.0,
                    item: self.boxed(item)?,
                },
            ),
            ExprKind::InJourney {
                item,
                journey,
                negated,
            } => negate(
                *negated,
                Expr::InJourney {
                    journey: journey.0,
                    item: self.boxed(item)?,
                },
            ),
            ExprKind::InList {
                item,
                list,
                negated,
            } => {
                let (item, list) = (self.boxed(item)?, self.boxed(list)?);
                negate(*negated, Expr::InList { item, list })
            }
            ExprKind::InRange {
                item,
                low,
                high,
                negated,
            } => {
                let (item, low, high) = (self.boxed(item)?, self.boxed(low)?, self.boxed(high)?);
                negate(*negated, Expr::InRange { item, low, high })
            }
            ExprKind::List(items) => Expr::List(self.all(items)?),
            ExprKind::Call {
                function: call,
                args,
            } => Expr::Call {
                function: function(*call),
                args: self.all(args)?,
            },
            ExprKind::Permitted {
                message,
                channels,
                person,
            } => Expr::Permitted {
                message: message.0,
                channels: channels.iter().map(|channel| channel.0).collect(),
                person: self.boxed(person)?,
            },
            ExprKind::Aggregate { op, value, rows } => {
                self.aggregate(*op, value.as_deref(), rows, expr)?
            }
            ExprKind::Pick { last, rows, by } => {
                let (by, rows) = (self.boxed(by)?, self.boxed_rows(rows)?);
                if *last {
                    Expr::Last { by, rows }
                } else {
                    Expr::First { by, rows }
                }
            }
            ExprKind::Top { count, rows, by } => Expr::Top {
                count: *count,
                by: self.boxed(by)?,
                rows: self.boxed_rows(rows)?,
            },
            ExprKind::Not(item) => Expr::Not(self.boxed(item)?),
            ExprKind::Negate(item) => Expr::Negate(self.boxed(item)?),
            ExprKind::And(items) => Expr::And(self.all(items)?),
            ExprKind::Or(items) => Expr::Or(self.all(items)?),
            ExprKind::Arithmetic { op, left, right } => Expr::Arithmetic {
                op: arithmetic(*op),
                left: self.boxed(left)?,
                right: self.boxed(right)?,
            },
            ExprKind::Coalesce(items) => Expr::Coalesce(self.all(items)?),
            ExprKind::Compare { op, left, right } => Expr::Compare {
                op: compare(*op),
                left: self.boxed(left)?,
                right: self.boxed(right)?,
            },
            ExprKind::Is { item, test } => {
                let item = self.boxed(item)?;
                match test {
                    ast::IsTest::Known => Expr::IsKnown(item),
                    ast::IsTest::Unknown => Expr::Not(Box::new(Expr::IsKnown(item))),
                    ast::IsTest::Fresh => Expr::IsFresh(item),
                }
            }
            ExprKind::Ago(item) => Expr::Ago(self.boxed(item)?),
            ExprKind::FromNow(item) => Expr::FromNow(self.boxed(item)?),
            ExprKind::Known(item) => self.expr(item)?,
            ExprKind::Error => return Err(self.fault("an expression has no meaning", expr.span)),
        })
    }

    fn aggregate(
        &self,
        op: ast::AggregateOp,
        value: Option<&hir::Expr>,
        rows: &hir::Rows,
        whole: &hir::Expr,
    ) -> Result<Expr, Unlowered> {
        use ast::AggregateOp as Op;
        let rows = self.boxed_rows(rows)?;
        let value = || match value {
            Some(value) => self.boxed(value),
            None => Err(self.fault("an aggregate has no value", whole.span)),
        };
        Ok(match op {
            Op::Any => Expr::Any(rows),
            Op::None => Expr::None(rows),
            Op::Count => Expr::Count(rows),
            Op::All => Expr::All(rows),
            Op::Sum => {
                let zero =
                    zero(&whole.ty).ok_or_else(|| self.fault("a sum has no zero", whole.span))?;
                Expr::Sum {
                    value: value()?,
                    rows,
                    zero,
                }
            }
            Op::Avg => Expr::Avg {
                value: value()?,
                rows,
            },
            Op::Lowest => Expr::Lowest {
                value: value()?,
                rows,
            },
            Op::Highest => Expr::Highest {
                value: value()?,
                rows,
            },
        })
    }

    fn boxed_rows(&self, rows: &hir::Rows) -> Result<Box<Rows>, Unlowered> {
        Ok(Box::new(self.rows(rows)?))
    }

    pub fn rows(&self, rows: &hir::Rows) -> Result<Rows, Unlowered> {
        let source = match &rows.source {
            hir::Source::Relation { of, via } => Source::Relation {
                of: self.boxed(of)?,
                via: field_ref(*via),
            },
            hir::Source::Events { event, of } => Source::Events {
                event: event.0,
                of: self.boxed(of)?,
            },
            hir::Source::ChannelEvents { channel, event, of } => Source::ChannelEvents {
                channel: channel.0,
                event: SmolStr::new_static(event),
                of: self.boxed(of)?,
            },
            hir::Source::MessageEvents {
                message, event, of, ..
            } => Source::MessageEvents {
                message: message.0,
                event: SmolStr::new_static(event),
                of: self.boxed(of)?,
            },
            hir::Source::SendEvents { send, event } => Source::SendEvents {
                send: send.0,
                event: SmolStr::new_static(event),
            },
            hir::Source::JourneyEvents { journey, event, of } => Source::JourneyEvents {
                journey: journey.0,
                event: journey_event(*event),
                of: self.boxed(of)?,
            },
            hir::Source::Table(entity) => Source::Table(entity.0),
            hir::Source::One(row) => Source::One(self.boxed(row)?),
        };
        Ok(Rows {
            source,
            slot: rows.row.0,
            last: rows.last.map(duration),
            filter: self.optional(rows.filter.as_ref())?.map(Box::new),
        })
    }
}

fn negate(negated: bool, expr: Expr) -> Expr {
    if negated {
        Expr::Not(Box::new(expr))
    } else {
        expr
    }
}

pub(super) fn constant(value: &hir::Const) -> Const {
    use hir::Const as C;
    match value {
        C::Bool(value) => Const::Bool(*value),
        C::Int(value) => Const::Int(*value),
        C::Decimal(value) => Const::Decimal(*value),
        C::Percent(value) => Const::Percent(*value),
        C::Text(text)
        | C::Country(text)
        | C::Language(text)
        | C::Timezone(text)
        | C::Email(text)
        | C::Phone(text)
        | C::Url(text) => Const::Text(text.clone()),
        C::Date(date) => Const::Date(*date),
        C::Time(time) => Const::Time(*time),
        C::Instant { date, time, zone } => Const::Instant {
            date: *date,
            time: *time,
            zone: zone.clone(),
        },
        C::Duration(value) => Const::Duration(duration(*value)),
        C::Money { amount, currency } => Const::Money {
            amount: *amount,
            currency: SmolStr::new_static(currency.code()),
        },
        C::Variant(of, variant) => Const::Variant {
            of: of.0,
            variant: *variant,
        },
        C::Channel(channel) => Const::Channel(channel.0),
        C::Purpose(purpose) => Const::Purpose(purpose.0),
        C::Status(value) => Const::Status(status(*value)),
        C::List(items) => Const::List(items.iter().map(constant).collect()),
    }
}

pub(super) fn duration(value: hir::Duration) -> Duration {
    let unit = match value.unit {
        ast::Unit::Second => Unit::Second,
        ast::Unit::Minute => Unit::Minute,
        ast::Unit::Hour => Unit::Hour,
        ast::Unit::Day => Unit::Day,
        ast::Unit::Week => Unit::Week,
        ast::Unit::Month => Unit::Month,
        ast::Unit::Year => Unit::Year,
        ast::Unit::Workday => Unit::Workday,
    };
    Duration {
        count: value.count,
        unit,
        calendar: value.calendar.map(|calendar| calendar.0),
    }
}

/// What a sum over no rows is.
fn zero(ty: &Ty) -> Option<Const> {
    Some(match ty {
        Ty::Int(_) => Const::Int(0),
        Ty::Decimal => Const::Decimal(Decimal::ZERO),
        Ty::Percent => Const::Percent(Decimal::ZERO),
        Ty::Money(currency) => Const::Money {
            amount: Decimal::ZERO,
            currency: SmolStr::new_static(currency.code()),
        },
        Ty::Duration => Const::Duration(Duration {
            count: 0,
            unit: Unit::Second,
            calendar: None,
        }),
        Ty::Optional(inner) => return zero(inner),
        _ => return None,
    })
}

pub(super) const fn field_ref(field: crate::model::ids::FieldId) -> FieldRef {
    FieldRef {
        entity: field.entity.0,
        field: field.index,
    }
}

pub(super) const fn journey_event(event: types::JourneyEvent) -> JourneyEvent {
    match event {
        types::JourneyEvent::Entered => JourneyEvent::Entered,
        types::JourneyEvent::Left => JourneyEvent::Left,
        types::JourneyEvent::Converted => JourneyEvent::Converted,
    }
}

const fn status(value: hir::Status) -> Status {
    match value {
        hir::Status::NeverAsked => Status::NeverAsked,
        hir::Status::Requested => Status::Requested,
        hir::Status::Granted => Status::Granted,
        hir::Status::Refused => Status::Refused,
        hir::Status::Withdrawn => Status::Withdrawn,
        hir::Status::Expired => Status::Expired,
        hir::Status::Objected => Status::Objected,
    }
}

const fn consent_part(part: hir::ConsentPart) -> ConsentPart {
    match part {
        hir::ConsentPart::Status => ConsentPart::Status,
        hir::ConsentPart::Since => ConsentPart::Since,
        hir::ConsentPart::Basis => ConsentPart::Basis,
        hir::ConsentPart::Source => ConsentPart::Source,
        hir::ConsentPart::Proof => ConsentPart::Proof,
    }
}

const fn arithmetic(op: ast::ArithmeticOp) -> ArithmeticOp {
    match op {
        ast::ArithmeticOp::Add => ArithmeticOp::Add,
        ast::ArithmeticOp::Subtract => ArithmeticOp::Subtract,
        ast::ArithmeticOp::Multiply => ArithmeticOp::Multiply,
        ast::ArithmeticOp::Divide => ArithmeticOp::Divide,
    }
}

const fn compare(op: ast::CompareOp) -> CompareOp {
    match op {
        ast::CompareOp::Equal => CompareOp::Equal,
        ast::CompareOp::NotEqual => CompareOp::NotEqual,
        ast::CompareOp::Less => CompareOp::Less,
        ast::CompareOp::LessEqual => CompareOp::LessEqual,
        ast::CompareOp::Greater => CompareOp::Greater,
        ast::CompareOp::GreaterEqual => CompareOp::GreaterEqual,
    }
}

const fn function(function: hir::Function) -> Function {
    match function {
        hir::Function::Age => Function::Age,
        hir::Function::Lower => Function::Lower,
        hir::Function::Upper => Function::Upper,
        hir::Function::Trim => Function::Trim,
        hir::Function::Contains => Function::Contains,
        hir::Function::StartsWith => Function::StartsWith,
        hir::Function::Length => Function::Length,
        hir::Function::Round => Function::Round,
        hir::Function::AtLeast => Function::AtLeast,
        hir::Function::AtMost => Function::AtMost,
        hir::Function::Today => Function::Today,
        hir::Function::Now => Function::Now,
    }
}
