//! Row sources: where rows come from, their window and filter, and what is asked of them.

use super::{Answer, Context, Fault, Frame, bind, compare};
use crate::engine::{Dep, EventData, EventKind, Money, RowRef, Value};
use crate::plan::{
    ArithmeticOp, CompareOp, Const, Duration, Expr, FieldRef, JourneyEvent, Rows, Source, Type,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

/// What to do after a row.
enum Flow {
    Next,
    Stop,
}

impl Context<'_> {
    pub(super) fn any(&self, frame: &mut Frame, rows: &Rows) -> Result<bool, Fault> {
        let mut found = false;
        self.each(frame, rows, |_, _| {
            found = true;
            Ok(Flow::Stop)
        })?;
        Ok(found)
    }

    pub(super) fn count(&self, frame: &mut Frame, rows: &Rows) -> Answer {
        let mut count = 0;
        self.each(frame, rows, |_, _| {
            count += 1;
            Ok(Flow::Next)
        })?;
        Ok(Some(Value::Int(count)))
    }

    pub(super) fn all(&self, frame: &mut Frame, rows: &Rows) -> Answer {
        let bare = Rows {
            filter: None,
            ..rows.clone()
        };
        let mut all = true;
        self.each(frame, &bare, |frame, _| {
            all = all && self.passes(frame, rows.filter.as_deref())?;
            Ok(Flow::Next)
        })?;
        Ok(Some(Value::Bool(all)))
    }

    pub(super) fn sum(&self, frame: &mut Frame, value: &Expr, rows: &Rows, zero: &Const) -> Answer {
        let mut sum = self.constant(zero);
        self.each(frame, rows, |frame, _| {
            if let (Some(value), Some(so_far)) = (self.eval(frame, value)?, sum.take()) {
                sum = self.arithmetic(ArithmeticOp::Add, so_far.clone(), value)?;
            }
            Ok(Flow::Next)
        })?;
        Ok(sum)
    }

    /// The mean of the known values; unknown without one. Of whole numbers it is a decimal.
    pub(super) fn average(&self, frame: &mut Frame, value: &Expr, rows: &Rows) -> Answer {
        let mut sum: Option<Value> = None;
        let mut count = 0_i64;
        self.each(frame, rows, |frame, _| {
            if let Some(value) = self.eval(frame, value)? {
                count += 1;
                sum = match sum.take() {
                    Some(sum) => self.arithmetic(ArithmeticOp::Add, sum, value)?,
                    None => Some(value),
                };
            }
            Ok(Flow::Next)
        })?;
        let by = Decimal::from(count);
        let divided = |sum: Decimal| sum.checked_div(by).map(super::operators::rounded);
        Ok(match sum {
            Some(Value::Int(sum)) => divided(Decimal::from(sum)).map(Value::Decimal),
            Some(Value::Decimal(sum)) => divided(sum).map(Value::Decimal),
            Some(Value::Percent(sum)) => divided(sum).map(Value::Percent),
            Some(Value::Money(sum)) => divided(sum.amount).map(|amount| {
                Value::Money(Money {
                    amount,
                    currency: sum.currency,
                })
            }),
            Some(Value::Duration(sum)) => sum
                .count
                .checked_div(count)
                .map(|count| Value::Duration(Duration { count, ..sum })),
            _ => None,
        })
    }

    pub(super) fn extreme(
        &self,
        frame: &mut Frame,
        value: &Expr,
        rows: &Rows,
        highest: bool,
    ) -> Answer {
        let wanted = if highest {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        let mut best: Option<Value> = None;
        self.each(frame, rows, |frame, _| {
            if let Some(value) = self.eval(frame, value)? {
                let better = match &best {
                    Some(best) => compare(&value, best)? == Some(wanted),
                    None => true,
                };
                if better {
                    best = Some(value);
                }
            }
            Ok(Flow::Next)
        })?;
        Ok(best)
    }

    /// The row with the smallest (of equals the first) or largest (of equals the last) `by`.
    pub(super) fn pick(&self, frame: &mut Frame, by: &Expr, rows: &Rows, last: bool) -> Answer {
        let mut best: Option<(Value, Value)> = None;
        self.each(frame, rows, |frame, row| {
            let Some(by) = self.eval(frame, by)? else {
                return Ok(Flow::Next);
            };
            let better = match &best {
                Some((best, _)) => {
                    let order = compare(&by, best)?;
                    if last {
                        order.is_some_and(Ordering::is_ge)
                    } else {
                        order.is_some_and(Ordering::is_lt)
                    }
                }
                None => true,
            };
            if better {
                best = Some((by, row.clone()));
            }
            Ok(Flow::Next)
        })?;
        Ok(best.map(|(_, row)| row))
    }

    pub(super) fn top(&self, frame: &mut Frame, count: u32, by: &Expr, rows: &Rows) -> Answer {
        let mut found: Vec<(Value, Value)> = Vec::new();
        self.each(frame, rows, |frame, row| {
            if let Some(by) = self.eval(frame, by)? {
                found.push((by, row.clone()));
            }
            Ok(Flow::Next)
        })?;
        let mut fault = None;
        found.sort_by(|(left, _), (right, _)| match compare(right, left) {
            Ok(order) => order.unwrap_or(Ordering::Equal),
            Err(error) => {
                fault = Some(error);
                Ordering::Equal
            }
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        let rows: Vec<Value> = found
            .into_iter()
            .take(count as usize)
            .map(|(_, row)| row)
            .collect();
        Ok(Some(Value::List(rows.into())))
    }

    /// Visits the rows of a source that are in the window and pass the filter, each in its slot.
    fn each(
        &self,
        frame: &mut Frame,
        rows: &Rows,
        mut visit: impl FnMut(&mut Frame, &Value) -> Result<Flow, Fault>,
    ) -> Result<(), Fault> {
        let start = match rows.last {
            Some(last) => Some(self.local.subtract(self.now, last).ok_or(Fault::Overflow)?),
            None => None,
        };
        let items = self.source(frame, rows, start)?;
        let outer = bind(frame, rows.slot, None);
        let mut result = Ok(());
        for item in items {
            if !self.in_window(&item, start, rows.last) {
                continue;
            }
            bind(frame, rows.slot, Some(item.clone()));
            let flow = self
                .passes(frame, rows.filter.as_deref())
                .and_then(|passes| {
                    if passes {
                        visit(frame, &item)
                    } else {
                        Ok(Flow::Next)
                    }
                });
            match flow {
                Ok(Flow::Next) => {}
                Ok(Flow::Stop) => break,
                Err(fault) => {
                    result = Err(fault);
                    break;
                }
            }
        }
        bind(frame, rows.slot, outer);
        result
    }

    /// Whether a row happened in `in last D`: later than the instant D before now, and not later
    /// than now. A row without a time never did. Notes when that changes.
    fn in_window(&self, item: &Value, start: Option<Timestamp>, last: Option<Duration>) -> bool {
        let (Some(start), Some(last)) = (start, last) else {
            return true;
        };
        let Some(time) = self.time_of(item) else {
            return false;
        };
        let inside = time > start && time <= self.now;
        if self.watch.is_some() {
            self.wake(if inside {
                self.local.leaves(self.now, time, last)
            } else if time > self.now {
                Some(time)
            } else {
                self.local.returns(self.now, time, last)
            });
        }
        inside
    }

    /// When a row or event happened; a date is the start of its day.
    fn time_of(&self, item: &Value) -> Option<Timestamp> {
        match item {
            Value::Event(event) => Some(event.time),
            Value::Row(id) => {
                let entity = self.program.plan().entities.get(id.entity as usize)?;
                let row = self.row(id)?;
                match row.field(entity.occurred?)? {
                    Value::Instant(at) => Some(*at),
                    Value::Date(date) => self.local.start_of(*date),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The rows of a source, unfiltered; events at or before `start` may be left out.
    fn source(
        &self,
        frame: &mut Frame,
        rows: &Rows,
        start: Option<Timestamp>,
    ) -> Result<Vec<Value>, Fault> {
        // A watched window looks at what has just left, too: a month's end may bring it back.
        let start = match (self.watch, rows.last) {
            (Some(_), Some(last)) => start.and_then(|start| self.local.margin(start, last)),
            _ => start,
        };
        match &rows.source {
            Source::Relation { of, via } => {
                let Some(Value::Row(of)) = self.eval(frame, of)? else {
                    return Ok(Vec::new());
                };
                if of != *self.person {
                    self.depend(Dep::Related(via.entity, of.clone()));
                }
                let found = self.snapshot.related(*via, &of.key);
                Ok(found.iter().map(|row| Value::Row(row.id.clone())).collect())
            }
            Source::Events { event, of } => {
                let Some(Value::Row(of)) = self.eval(frame, of)? else {
                    return Ok(Vec::new());
                };
                self.depends_on_events(&of);
                let found = self.snapshot.events(*event, &of, start);
                Ok(found
                    .iter()
                    .filter(|event| event.time <= self.now)
                    .map(|event| Value::Event(Arc::clone(event)))
                    .collect())
            }
            Source::ChannelEvents { channel, event, of } => {
                let wanted = event;
                self.reported(frame, of, start, |event| {
                    matches!(&event.kind, EventKind::Channel { channel: of, event }
                        if of == channel && event == wanted)
                })
            }
            Source::MessageEvents { message, event, of } => {
                let wanted = event;
                self.reported(frame, of, start, |event| {
                    matches!(&event.kind, EventKind::Channel { event, .. } if event == wanted)
                        && event
                            .send
                            .as_ref()
                            .is_some_and(|send| send.message == *message)
                })
            }
            Source::SendEvents { send, event } => Ok(self
                .send_events(*send, event)?
                .into_iter()
                .map(Value::Event)
                .collect()),
            Source::JourneyEvents { journey, event, of } => {
                self.journey_events(frame, *journey, *event, of, start)
            }
            Source::Table(entity) => self.table(frame, *entity, rows),
            Source::One(row) => Ok(match self.eval(frame, row)? {
                Some(Value::List(items)) => items.to_vec(),
                Some(row @ (Value::Row(_) | Value::Event(_))) => vec![row],
                _ => Vec::new(),
            }),
        }
    }

    /// Channel events about someone.
    fn reported(
        &self,
        frame: &mut Frame,
        of: &Expr,
        start: Option<Timestamp>,
        wanted: impl Fn(&EventData) -> bool,
    ) -> Result<Vec<Value>, Fault> {
        let Some(Value::Row(of)) = self.eval(frame, of)? else {
            return Ok(Vec::new());
        };
        self.depends_on_events(&of);
        let found = self.snapshot.channel_events(&of, start);
        Ok(found
            .iter()
            .filter(|event| wanted(event))
            .map(|event| Value::Event(Arc::clone(event)))
            .collect())
    }

    /// The events about a labelled send of the instance that asks.
    pub(in crate::engine) fn send_events(
        &self,
        send: u32,
        wanted: &str,
    ) -> Result<Vec<Arc<EventData>>, Fault> {
        let Some(asking) = self.asking else {
            return Ok(Vec::new());
        };
        let journey = self.program.journey(asking.journey);
        let step = journey.and_then(|journey| journey.sends.get(send as usize));
        let step = *step.ok_or(Fault::Plan("no such labelled send"))?;
        let found: Cow<'_, [Arc<EventData>]> = self.snapshot.channel_events(self.person, None);
        Ok(found
            .iter()
            .filter(|event| {
                let right =
                    matches!(&event.kind, EventKind::Channel { event, .. } if event == wanted);
                right
                    && event.send.as_ref().is_some_and(|send| {
                        send.journey == asking.journey
                            && send.entry == asking.entry
                            && send.key == asking.key
                            && send.step == step
                    })
            })
            .cloned()
            .collect())
    }

    /// What happened to someone in a journey, without the asking instance's own entry.
    fn journey_events(
        &self,
        frame: &mut Frame,
        journey: u32,
        wanted: JourneyEvent,
        of: &Expr,
        start: Option<Timestamp>,
    ) -> Result<Vec<Value>, Fault> {
        let Some(Value::Row(of)) = self.eval(frame, of)? else {
            return Ok(Vec::new());
        };
        self.depends_on_events(&of);
        let found = self.snapshot.journey_events(&of, start);
        let own = |of: u32, key: &str, entry: u32| {
            self.asking.is_some_and(|asking| {
                asking.journey == of && asking.key == key && asking.entry == entry
            })
        };
        Ok(found
            .iter()
            .filter(|happened| match &happened.kind {
                EventKind::Journey {
                    journey: of,
                    event,
                    key,
                    entry,
                } => *of == journey && *event == wanted && !own(*of, key, *entry),
                EventKind::Declared(_) | EventKind::Channel { .. } => false,
            })
            .map(|event| Value::Event(Arc::clone(event)))
            .collect())
    }

    /// The rows of a table; an equality on its key or an indexed field finds them without
    /// looking at the others.
    fn table(&self, frame: &mut Frame, entity: u32, rows: &Rows) -> Result<Vec<Value>, Fault> {
        let declared = self.program.plan().entities.get(entity as usize);
        let declared = declared.ok_or(Fault::Plan("no such table"))?;
        let filters = match rows.filter.as_deref() {
            Some(Expr::And(items)) => items.as_slice(),
            Some(filter) => std::slice::from_ref(filter),
            None => &[],
        };
        for filter in filters {
            let Expr::Compare {
                op: CompareOp::Equal,
                left,
                right,
            } = filter
            else {
                continue;
            };
            let Some((field, value)) =
                own_field(left, right, rows.slot).or_else(|| own_field(right, left, rows.slot))
            else {
                continue;
            };
            let is_key = field.field == declared.key;
            let is_indexed = declared
                .fields
                .get(field.field as usize)
                .is_some_and(|field| {
                    field.relation.is_none() && (field.index || matches!(field.ty, Type::Row(_)))
                });
            if !is_key && !is_indexed {
                continue;
            }
            let Some(value) = self.eval(frame, value)? else {
                return Ok(Vec::new());
            };
            if is_key {
                let id = RowRef::new(entity, value.key());
                if self.watch.is_some() {
                    self.depend(Dep::Row(id.clone()));
                }
                let found = self.snapshot.row(entity, &id.key).is_some();
                return Ok(found.then_some(Value::Row(id)).into_iter().collect());
            }
            self.depend(Dep::Table(entity));
            let found = self.snapshot.indexed(field, &value);
            return Ok(found.iter().map(|row| Value::Row(row.id.clone())).collect());
        }
        self.depend(Dep::Table(entity));
        let found = self.snapshot.rows(entity);
        Ok(found.iter().map(|row| Value::Row(row.id.clone())).collect())
    }
}

/// The field of the row in a slot, and what it is compared with, if that does not read the row.
fn own_field<'a>(field: &Expr, other: &'a Expr, slot: u32) -> Option<(FieldRef, &'a Expr)> {
    let Expr::Field { of, field } = field else {
        return None;
    };
    (**of == Expr::Slot(slot) && !crate::engine::program::reads_slot(other, slot))
        .then_some((*field, other))
}
