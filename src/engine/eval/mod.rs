//! The meaning of expressions, over a frame of slots and a snapshot.
//!
//! What may be unknown is `None`, and an operation on something unknown is unknown; `and` and `or`
//! are decided by what is known where that suffices. A condition holds if it is known and yes.

mod clock;
mod constant;
mod functions;
mod operators;
mod rows;

pub(super) use clock::Watch;
pub(super) use operators::compare;

use super::program::Program;
use super::snapshot::Snapshot;
use super::time::Local;
use super::{ConsentRecord, Dep, Row, RowRef, Value};
use crate::plan::{ConsentPart, Expr, FieldRef, Status, Type};
use jiff::Timestamp;
use std::cell::RefCell;
use std::sync::Arc;

/// The values of the slots of a declaration.
pub(super) type Frame = Vec<Option<Value>>;

/// An expression that has no value: the instance that asked cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// A number beyond 64 bits or 28 digits, or an instant beyond the calendar.
    #[error("a calculation overflows")]
    Overflow,
    /// A value that is not in the range, or longer than the bound, of the field it is written to.
    #[error("a value does not fit the field it is set to")]
    Range,
    /// Two amounts in different currencies, which the checker does not let meet.
    #[error("amounts in two currencies meet")]
    Currencies,
    /// A plan that was not made by the checker.
    #[error("the plan is damaged: {0}")]
    Plan(&'static str),
}

/// Who asks, when, and on what data.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub program: &'a Program,
    pub snapshot: Snapshot<'a>,
    pub now: Timestamp,
    pub person: &'a RowRef,
    pub local: Local<'a>,
    /// The instance that asks, if one does.
    pub asking: Option<Asking<'a>>,
    /// The addresses of the person that bounced hard or complained, by channel.
    pub unreachable: &'a [(u32, smol_str::SmolStr)],
    /// Collects what the answer depends on, if it is watched.
    pub watch: Option<&'a RefCell<Watch>>,
}

/// The instance that asks.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub journey: u32,
    pub key: &'a str,
    pub entry: u32,
}

type Answer = Result<Option<Value>, Fault>;

impl Context<'_> {
    /// Whether a condition is known and holds.
    pub(super) fn holds(&self, frame: &mut Frame, condition: &Expr) -> Result<bool, Fault> {
        Ok(self.eval(frame, condition)? == Some(Value::Bool(true)))
    }

    /// Whether a condition that may be left out is, or holds.
    pub(super) fn passes(
        &self,
        frame: &mut Frame,
        condition: Option<&Expr>,
    ) -> Result<bool, Fault> {
        condition.map_or(Ok(true), |condition| self.holds(frame, condition))
    }

    /// The value of an expression.
    pub(super) fn eval(&self, frame: &mut Frame, expr: &Expr) -> Answer {
        match expr {
            Expr::Const(value) => Ok(self.constant(value)),
            Expr::Unknown => Ok(None),
            Expr::Slot(slot) => Ok(frame.get(*slot as usize).cloned().flatten()),
            Expr::Field { of, field } => {
                let Some(Value::Row(row)) = self.eval(frame, of)? else {
                    return Ok(None);
                };
                Ok(self.field(&row, *field))
            }
            Expr::EventField { of, field } => self.of_event(frame, of, |event| {
                event.fields.get(*field as usize).cloned().flatten()
            }),
            Expr::EventSubject(of) => {
                self.of_event(frame, of, |event| Some(Value::Row(event.subject.clone())))
            }
            Expr::EventTime(of) => {
                self.of_event(frame, of, |event| Some(Value::Instant(event.time)))
            }
            Expr::EventPurpose(of) => self.of_event(frame, of, |event| {
                Some(Value::Purpose(event.send.as_ref()?.purpose))
            }),
            Expr::EventParam { of, param } => self.of_event(frame, of, |event| {
                let params = &event.send.as_ref()?.params;
                params.get(*param as usize).cloned().flatten()
            }),
            Expr::ResultField { of, field } => {
                let Some(Value::Result(fields)) = self.eval(frame, of)? else {
                    return Ok(None);
                };
                Ok(fields.get(*field as usize).cloned().flatten())
            }
            Expr::Consent { of, part } => {
                let Some(Value::Consent(record)) = self.eval(frame, of)? else {
                    return Ok(None);
                };
                Ok(consent_part(&record, *part))
            }
            Expr::Setting(setting) => Ok(self.setting(*setting)),
            Expr::Measure { measure, of } => {
                let plan = self.program.plan();
                let derived = plan.measures.get(*measure as usize);
                self.derived(frame, derived, of)
            }
            Expr::InSegment { segment, item } => {
                let plan = self.program.plan();
                let derived = plan.segments.get(*segment as usize);
                self.derived(frame, derived, item)
            }
            Expr::InJourney { journey, item } => {
                let Some(Value::Row(person)) = self.eval(frame, item)? else {
                    return Ok(None);
                };
                self.depends_on_events(&person);
                let inside = self.snapshot.inside(*journey, &person);
                Ok(Some(Value::Bool(inside)))
            }
            Expr::InList { item, list } => {
                let (Some(item), Some(Value::List(list))) =
                    (self.eval(frame, item)?, self.eval(frame, list)?)
                else {
                    return Ok(None);
                };
                let mut found = false;
                for other in list.iter() {
                    found |= self.equal(&item, other)?;
                }
                Ok(Some(Value::Bool(found)))
            }
            Expr::InRange { item, low, high } => self.in_range(frame, item, low, high),
            Expr::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.extend(self.eval(frame, item)?);
                }
                Ok(Some(Value::List(values.into())))
            }
            Expr::Call { function, args } => self.call(frame, *function, args),
            Expr::Permitted {
                message,
                channels,
                person,
            } => {
                let Some(Value::Row(person)) = self.eval(frame, person)? else {
                    return Ok(None);
                };
                self.permitted(*message, channels, &person)
            }
            Expr::Any(rows) => Ok(Some(Value::Bool(self.any(frame, rows)?))),
            Expr::None(rows) => Ok(Some(Value::Bool(!self.any(frame, rows)?))),
            Expr::Count(rows) => self.count(frame, rows),
            Expr::All(rows) => self.all(frame, rows),
            Expr::Sum { value, rows, zero } => self.sum(frame, value, rows, zero),
            Expr::Avg { value, rows } => self.average(frame, value, rows),
            Expr::Lowest { value, rows } => self.extreme(frame, value, rows, false),
            Expr::Highest { value, rows } => self.extreme(frame, value, rows, true),
            Expr::First { by, rows } => self.pick(frame, by, rows, false),
            Expr::Last { by, rows } => self.pick(frame, by, rows, true),
            Expr::Top { count, by, rows } => self.top(frame, *count, by, rows),
            Expr::Not(item) => Ok(match self.eval(frame, item)? {
                Some(Value::Bool(value)) => Some(Value::Bool(!value)),
                _ => None,
            }),
            Expr::Negate(item) => self.negate(frame, item),
            Expr::And(items) => self.decide(frame, items, false),
            Expr::Or(items) => self.decide(frame, items, true),
            Expr::Arithmetic { op, left, right } => {
                let (Some(left), Some(right)) = (self.eval(frame, left)?, self.eval(frame, right)?)
                else {
                    return Ok(None);
                };
                self.arithmetic(*op, left, right)
            }
            Expr::Compare { op, left, right } => self.comparison(frame, *op, left, right),
            Expr::Coalesce(items) => {
                for item in items {
                    let value = self.eval(frame, item)?;
                    if value.is_some() {
                        return Ok(value);
                    }
                }
                Ok(None)
            }
            Expr::IsKnown(item) => Ok(Some(Value::Bool(self.eval(frame, item)?.is_some()))),
            Expr::IsFresh(item) => self.is_fresh(frame, item),
            Expr::Ago(item) => self.clock_and(frame, item, true),
            Expr::FromNow(item) => self.clock_and(frame, item, false),
        }
    }

    /// `and` (decided by the first no) or `or` (by the first yes); else unknown if any is.
    fn decide(&self, frame: &mut Frame, items: &[Expr], decides: bool) -> Answer {
        let mut unknown = false;
        for item in items {
            match self.eval(frame, item)? {
                Some(Value::Bool(value)) if value == decides => {
                    return Ok(Some(Value::Bool(decides)));
                }
                Some(Value::Bool(_)) => {}
                _ => unknown = true,
            }
        }
        Ok((!unknown).then_some(Value::Bool(!decides)))
    }

    fn of_event(
        &self,
        frame: &mut Frame,
        of: &Expr,
        read: impl Fn(&super::EventData) -> Option<Value>,
    ) -> Answer {
        let Some(Value::Event(event)) = self.eval(frame, of)? else {
            return Ok(None);
        };
        Ok(read(&event))
    }

    /// A measure or a segment, for a row.
    fn derived(
        &self,
        frame: &mut Frame,
        derived: Option<&crate::plan::Derived>,
        of: &Expr,
    ) -> Answer {
        let derived = derived.ok_or(Fault::Plan("no such segment or measure"))?;
        let Some(row) = self.eval(frame, of)? else {
            return Ok(None);
        };
        let mut own = new_frame(derived.slots, row);
        self.eval(&mut own, &derived.value)
    }

    /// A field of a row; a record of consent is read as it is now.
    pub(super) fn field(&self, id: &RowRef, field: FieldRef) -> Option<Value> {
        let row = self.row(id)?;
        let declared = self.program.field(field)?;
        let value = row.field(field.field).cloned();
        if declared.ty != Type::Consent {
            return value;
        }
        let record = match value {
            Some(Value::Consent(record)) => record,
            _ => Arc::new(ConsentRecord::of(Status::NeverAsked)),
        };
        Some(Value::Consent(self.effective(record, declared.expires)))
    }

    /// A record of consent with `expired` in place of a grant that is too old, or of unknown age.
    fn effective(
        &self,
        record: Arc<ConsentRecord>,
        expires: Option<crate::plan::Duration>,
    ) -> Arc<ConsentRecord> {
        let (Status::Granted, Some(expires)) = (record.status, expires) else {
            return record;
        };
        let end = record
            .since
            .and_then(|since| self.local.add(since, expires));
        match end {
            Some(end) if end > self.now => {
                self.wake(Some(end));
                record
            }
            _ => {
                let mut record = record;
                Arc::make_mut(&mut record).status = Status::Expired;
                record
            }
        }
    }

    /// A value as one of a type: an instant as the day in the person's zone (`3 days ago` where a
    /// date stands), an `int` as a `decimal`.
    pub(super) fn as_type(&self, ty: &Type, value: Value) -> Value {
        match (ty, value) {
            (Type::Date, Value::Instant(at)) => Value::Date(self.local.civil(at).date()),
            (Type::Decimal, Value::Int(value)) => Value::Decimal(value.into()),
            (_, value) => value,
        }
    }

    /// A row, noted as read.
    pub(super) fn row(&self, id: &RowRef) -> Option<Arc<Row>> {
        let row = self.snapshot.row(id.entity, &id.key);
        if self.watch.is_some() && id != self.person {
            let own = row
                .as_ref()
                .is_some_and(|row| self.program.leads_to(row, self.person));
            if !own {
                self.depend(Dep::Row(id.clone()));
            }
        }
        row
    }

    fn setting(&self, setting: u32) -> Option<Value> {
        let changed = self.snapshot.setting(setting);
        changed.or_else(|| {
            let declared = self.program.plan().settings.get(setting as usize)?;
            self.constant(&declared.value)
        })
    }

    /// Whether the gate would let a message pass in this moment by one of these channels.
    fn permitted(&self, message: u32, channels: &[u32], person: &RowRef) -> Answer {
        let plan = self.program.plan();
        let Some(purpose) = plan
            .messages
            .get(message as usize)
            .and_then(|message| message.purpose)
        else {
            return Ok(None);
        };
        for channel in channels {
            let verdict = super::gate::judge(self, message, purpose, *channel, person)?;
            if let super::gate::Verdict::Pass(_) = verdict {
                return Ok(Some(Value::Bool(true)));
            }
        }
        Ok(Some(Value::Bool(false)))
    }
}

/// A frame for a declaration about one row.
pub(super) fn new_frame(slots: u32, first: Value) -> Frame {
    let mut frame = vec![None; (slots as usize).max(1)];
    if let Some(slot) = frame.first_mut() {
        *slot = Some(first);
    }
    frame
}

/// Writes a slot, growing the frame if the plan's count was too small.
pub(super) fn bind(frame: &mut Frame, slot: u32, value: Option<Value>) -> Option<Value> {
    let slot = slot as usize;
    if frame.len() <= slot {
        frame.resize(slot.saturating_add(1), None);
    }
    frame
        .get_mut(slot)
        .and_then(|place| std::mem::replace(place, value))
}

fn consent_part(record: &ConsentRecord, part: ConsentPart) -> Option<Value> {
    let text = |text: &Option<smol_str::SmolStr>| text.clone().map(Value::Text);
    match part {
        ConsentPart::Status => Some(Value::Status(record.status)),
        ConsentPart::Since => record.since.map(Value::Instant),
        ConsentPart::Basis => text(&record.basis),
        ConsentPart::Source => text(&record.source),
        ConsentPart::Proof => text(&record.proof),
    }
}
