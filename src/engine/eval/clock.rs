//! What an answer depends on: when the clock may change it, and what it read of others.

use super::{Answer, Context, Fault, Frame};
use crate::engine::{Dep, RowRef, Value};
use crate::plan::{ArithmeticOp, Const, Duration, Expr, Function, Unit};
use jiff::{SignedDuration, Timestamp};

/// What a watched condition depends on.
#[derive(Debug, Default)]
pub(in crate::engine) struct Watch {
    /// The first instant later than now at which the answer may differ though nothing happens.
    pub wake: Option<Timestamp>,
    /// What it read that is not the person's own.
    pub deps: Vec<Dep>,
}

/// A side of a comparison that moves with the clock.
#[derive(Clone, Copy)]
enum Moving {
    /// `now()` and a duration, or less one.
    Shifted(Duration, bool),
    /// `now()`
    Now,
}

impl Context<'_> {
    /// Notes an instant at which the answer may differ.
    pub(in crate::engine) fn wake(&self, at: Option<Timestamp>) {
        let (Some(watch), Some(at)) = (self.watch, at) else {
            return;
        };
        if at > self.now {
            let mut watch = watch.borrow_mut();
            watch.wake = Some(watch.wake.map_or(at, |wake| wake.min(at)));
        }
    }

    /// Notes something of others that was read.
    pub(in crate::engine) fn depend(&self, dep: Dep) {
        if let Some(watch) = self.watch {
            let mut watch = watch.borrow_mut();
            if !watch.deps.contains(&dep) {
                watch.deps.push(dep);
            }
        }
    }

    /// Notes that the events about someone or something were read.
    pub(in crate::engine) fn depends_on_events(&self, subject: &RowRef) {
        if subject != self.person {
            self.depend(Dep::Events(subject.clone()));
        }
    }

    /// `D ago` (back) or `D from now`. Read outside a comparison that is understood, it is looked
    /// at again at each full minute.
    pub(super) fn clock_and(&self, frame: &mut Frame, of: &Expr, back: bool) -> Answer {
        self.wake_each_minute();
        let Some(Value::Duration(duration)) = self.eval(frame, of)? else {
            return Ok(None);
        };
        self.shifted(Moving::Shifted(duration, back))
            .map(|at| Some(Value::Instant(at)))
    }

    pub(super) fn wake_each_minute(&self) {
        if self.watch.is_some() {
            let second = self.now.as_second();
            let next = second.div_euclid(60).saturating_add(1).saturating_mul(60);
            self.wake(Timestamp::from_second(next).ok());
        }
    }

    pub(super) fn wake_each_day(&self) {
        if self.watch.is_some() {
            self.wake(self.local.midnight_after(self.now));
        }
    }

    fn shifted(&self, moving: Moving) -> Result<Timestamp, Fault> {
        let shifted = match moving {
            Moving::Now => Some(self.now),
            Moving::Shifted(duration, true) => self.local.subtract(self.now, duration),
            Moving::Shifted(duration, false) => self.local.add(self.now, duration),
        };
        shifted.ok_or(Fault::Overflow)
    }

    /// A side of a comparison that is the clock, perhaps with a constant duration.
    fn moving(expr: &Expr) -> Option<Moving> {
        let duration = |expr: &Expr| match expr {
            Expr::Const(Const::Duration(duration)) => Some(*duration),
            _ => None,
        };
        match expr {
            Expr::Call {
                function: Function::Now,
                ..
            } => Some(Moving::Now),
            Expr::Ago(of) => Some(Moving::Shifted(duration(of)?, true)),
            Expr::FromNow(of) => Some(Moving::Shifted(duration(of)?, false)),
            Expr::Arithmetic { op, left, right } => {
                let (Some(Moving::Now), Some(duration)) = (Self::moving(left), duration(right))
                else {
                    return None;
                };
                match op {
                    ArithmeticOp::Add => Some(Moving::Shifted(duration, false)),
                    ArithmeticOp::Subtract => Some(Moving::Shifted(duration, true)),
                    ArithmeticOp::Multiply | ArithmeticOp::Divide => None,
                }
            }
            _ => None,
        }
    }

    /// The two sides of a comparison; where one is the clock, notes when the answer may differ.
    pub(super) fn sides(
        &self,
        frame: &mut Frame,
        left: &Expr,
        right: &Expr,
    ) -> Result<(Option<Value>, Option<Value>), Fault> {
        match (Self::moving(left), Self::moving(right)) {
            (Some(moving), None) => {
                let fixed = self.eval(frame, right)?;
                let clock = self.against(moving, fixed.as_ref())?;
                Ok((Some(clock), fixed))
            }
            (None, Some(moving)) => {
                let fixed = self.eval(frame, left)?;
                let clock = self.against(moving, fixed.as_ref())?;
                Ok((fixed, Some(clock)))
            }
            _ => Ok((self.eval(frame, left)?, self.eval(frame, right)?)),
        }
    }

    /// The clock's side, noting when it passes the other.
    fn against(&self, moving: Moving, fixed: Option<&Value>) -> Result<Value, Fault> {
        let clock = self.shifted(moving)?;
        if self.watch.is_some() {
            match fixed {
                Some(Value::Instant(fixed)) => self.watch_crossing(moving, clock, *fixed),
                // An instant compares with a date by its day.
                Some(_) => self.wake_each_day(),
                None => {}
            }
        }
        Ok(Value::Instant(clock))
    }

    fn watch_crossing(&self, moving: Moving, clock: Timestamp, fixed: Timestamp) {
        if clock == fixed {
            let tick = SignedDuration::from_nanos(1);
            self.wake(self.now.checked_add(tick).ok());
            return;
        }
        if clock < fixed {
            self.wake(match moving {
                Moving::Now => Some(fixed),
                Moving::Shifted(duration, true) => self.local.leaves(self.now, fixed, duration),
                Moving::Shifted(duration, false) => self.local.reaches(self.now, fixed, duration),
            });
        } else if let Moving::Shifted(duration, true) = moving {
            self.wake(self.local.returns(self.now, fixed, duration));
        } else if let Moving::Shifted(duration, false) = moving
            && matches!(duration.unit, Unit::Month | Unit::Year | Unit::Workday)
        {
            // A month's end clamps: the sum may fall back.
            self.wake_each_day();
        }
    }

    /// Whether a field was written within its `refreshed`.
    pub(super) fn is_fresh(&self, frame: &mut Frame, item: &Expr) -> Answer {
        let stale = Ok(Some(Value::Bool(false)));
        let Expr::Field { of, field } = item else {
            return Err(Fault::Plan("`is fresh` of something that is not a field"));
        };
        let Some(Value::Row(id)) = self.eval(frame, of)? else {
            return stale;
        };
        let refreshed = self.program.field(*field).and_then(|field| field.refreshed);
        let written = self.row(&id).and_then(|row| row.written(field.field));
        let (Some(refreshed), Some(written)) = (refreshed, written) else {
            return stale;
        };
        let end = self.local.add_exact(written, refreshed);
        let end = end.ok_or(Fault::Overflow)?;
        self.wake(Some(end));
        Ok(Some(Value::Bool(end > self.now)))
    }
}
