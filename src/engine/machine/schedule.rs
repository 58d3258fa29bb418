//! Entries at a time: every day, every year on a date, a while before or after a date.

use super::Moment;
use crate::engine::eval::{Fault, Frame, Watch, bind};
use crate::engine::program::EntryLink;
use crate::engine::{Dep, EntryWatch, Input, RowRef, Value};
use crate::plan::{DatedRow, Enter, Expr, Journey, Offset, Schedule};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use smol_str::SmolStr;
use std::cell::RefCell;

/// From when a time counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// This instant, too: the person or the row has just appeared.
    Now,
    /// Later than this instant.
    Later,
}

impl Moment<'_> {
    pub(super) fn enter_timed(
        &mut self,
        position: u32,
        journey: &Journey,
        link: &EntryLink,
        clause: &Enter,
        input: &Input,
    ) -> Result<(), Fault> {
        let touched = link.reads.touched_by(input);
        let Enter::Dated { row: Some(row), .. } = clause else {
            return self.timed(position, journey, link, clause, None, touched);
        };
        let mut keys = self.watched_rows(position, link.enter);
        let mut changed: Option<&SmolStr> = None;
        if let Input::Row { id, .. } = input
            && Some(id.entity) == link.entity
        {
            changed = Some(&id.key);
            if !keys.contains(&id.key) {
                keys.push(id.key.clone());
            }
        }
        for key in keys {
            let touched = touched || changed == Some(&key);
            if touched && !self.leads_here(position, row, &key)? {
                if let Some(place) = self.watch_of(position, link.enter, Some(&key)) {
                    self.state.entries.remove(place);
                }
                continue;
            }
            self.timed(position, journey, link, clause, Some((row, &key)), touched)?;
        }
        Ok(())
    }

    /// Whether a row is there and leads to this person.
    fn leads_here(&self, journey: u32, row: &DatedRow, key: &str) -> Result<bool, Fault> {
        if self.view.row(row.entity, key).is_none() {
            return Ok(false);
        }
        let mut frame = self.frame(journey, &[]);
        let id = RowRef::new(row.entity, key);
        bind(&mut frame, row.slot, Some(Value::Row(id)));
        let person = self.context(None, None).eval(&mut frame, &row.person)?;
        Ok(person == Some(Value::Row(self.person.clone())))
    }

    /// One timed entry, of the person or of one row.
    fn timed(
        &mut self,
        position: u32,
        journey: &Journey,
        link: &EntryLink,
        clause: &Enter,
        row: Option<(&DatedRow, &SmolStr)>,
        touched: bool,
    ) -> Result<(), Fault> {
        let key = row.map(|(_, key)| key.as_str());
        let place = self.watch_of(position, link.enter, key);
        let known = place.and_then(|place| self.state.entries.get(place));
        let due = known.is_some_and(|watch| watch.at.is_some_and(|at| at <= self.now));
        if known.is_some() && !due && !touched {
            return Ok(());
        }
        let from = if known.is_some() {
            From::Later
        } else {
            From::Now
        };
        let mut frame = self.frame(position, &[]);
        let mut bound = Vec::new();
        if let Some((row, key)) = row {
            let value = Value::Row(RowRef::new(row.entity, key.clone()));
            bind(&mut frame, row.slot, Some(value.clone()));
            bound.push((row.slot, value));
        }
        let watch = RefCell::new(Watch::default());
        let next = self.next_time(&mut frame, clause, from, &watch);
        let mut deps = watch.into_inner().deps;
        if let Some((row, key)) = row {
            // Found again by the row when it leads to someone else, or is gone.
            deps.push(Dep::Row(RowRef::new(row.entity, key.clone())));
        }
        self.keep(
            place,
            EntryWatch {
                journey: position,
                enter: link.enter,
                row: key.map(SmolStr::new),
                truth: false,
                at: match &next {
                    Ok(next) => *next,
                    Err(_) => None,
                },
                foreign: (!deps.is_empty()).then(|| deps.into_boxed_slice()),
            },
        );
        if due && self.entry_passes(&mut frame, filter_of(clause))? {
            self.enter(position, journey, frame, bound)?;
        }
        next.map(|_| ())
    }

    /// When a timed entry is next.
    fn next_time(
        &self,
        frame: &mut Frame,
        clause: &Enter,
        from: From,
        watch: &RefCell<Watch>,
    ) -> Result<Option<Timestamp>, Fault> {
        let context = self.context(None, Some(watch));
        let local = context.local;
        let fits = |at: Timestamp| at > self.now || (from == From::Now && at == self.now);
        // The schedules look for what is later than an instant: that before now includes now.
        let after = match from {
            From::Later => self.now,
            From::Now => before(self.now),
        };
        let (at, date, offset) = match clause {
            Enter::On { .. } | Enter::When { .. } => return Ok(None),
            Enter::Every { schedule, at, .. } => {
                let Some(time) = time(context.eval(frame, at)?) else {
                    return Ok(None);
                };
                return Ok(match schedule {
                    Schedule::Day => local.time_after(after, time),
                    Schedule::Weekday(day) => local.weekday_after(after, *day, time),
                    Schedule::MonthDay(day) => local.month_day_after(after, *day, time),
                });
            }
            Enter::Yearly {
                offset, date, at, ..
            } => (at, date, *offset),
            Enter::Dated {
                offset, date, at, ..
            } => (at, date, Some(*offset)),
        };
        let date = match context.eval(frame, date)? {
            Some(Value::Date(date)) => date,
            Some(Value::Instant(at)) => local.civil(at).date(),
            _ => return Ok(None),
        };
        let Some(time) = time(context.eval(frame, at)?) else {
            return Ok(None);
        };
        let offset = match offset {
            Some(offset) => Some(signed(offset)?),
            None => None,
        };
        Ok(if matches!(clause, Enter::Yearly { .. }) {
            local.anniversary(date, offset, time, self.now, fits)
        } else {
            let at: Date = date;
            local.dated(at, offset, time).filter(|at| fits(*at))
        })
    }
}

fn time(value: Option<Value>) -> Option<Time> {
    match value {
        Some(Value::Time(time)) => Some(time),
        _ => None,
    }
}

fn before(at: Timestamp) -> Timestamp {
    let tick = jiff::SignedDuration::from_nanos(1);
    at.checked_sub(tick).unwrap_or(Timestamp::MIN)
}

fn signed(offset: Offset) -> Result<crate::plan::Duration, Fault> {
    if offset.before {
        crate::engine::time::negated(offset.duration).ok_or(Fault::Overflow)
    } else {
        Ok(offset.duration)
    }
}

fn filter_of(clause: &Enter) -> Option<&Expr> {
    match clause {
        Enter::Every { filter, .. }
        | Enter::Yearly { filter, .. }
        | Enter::Dated { filter, .. } => filter.as_ref(),
        Enter::On { .. } | Enter::When { .. } => None,
    }
}
