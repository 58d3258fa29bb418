//! Entries: events, conditions, schedules and dates; who may enter, and who is turned away.

use super::{Moment, Run, journey_event};
use crate::engine::eval::{Fault, Frame, Watch, bind};
use crate::engine::program::EntryLink;
use crate::engine::{EntryWatch, EventData, EventKind, Input, Instance, Rest, Value};
use crate::plan::{Enter, Expr, Journey, JourneyEvent, On, Reenter, Trigger};
use smol_str::SmolStr;
use std::cell::RefCell;
use std::sync::Arc;

impl Moment<'_> {
    /// Every way in that an input or the clock opens, journey by journey.
    pub(super) fn entries(&mut self, input: &Input) {
        let program = self.program;
        for (position, journey) in program.journeys() {
            if journey.profile != self.person.entity {
                continue;
            }
            if let Input::Event(event) = input {
                for clause in &journey.enter {
                    if let Enter::On {
                        on,
                        person,
                        no_later_than,
                        ..
                    } = clause
                    {
                        let turn =
                            self.enter_on(position, journey, on, person, *no_later_than, event);
                        self.report(position, turn);
                    }
                }
            }
            let links = program.links(position);
            for link in links
                .map(|links| links.entries.as_slice())
                .unwrap_or_default()
            {
                let Some(clause) = journey.enter.get(link.enter as usize) else {
                    continue;
                };
                let turn = match clause {
                    Enter::On { .. } => Ok(()),
                    Enter::When {
                        when,
                        including_those_already,
                        ..
                    } => self.enter_when(
                        position,
                        journey,
                        link,
                        when,
                        *including_those_already,
                        input,
                    ),
                    Enter::Every { .. } | Enter::Yearly { .. } | Enter::Dated { .. } => {
                        self.enter_timed(position, journey, link, clause, input)
                    }
                };
                self.report(position, turn);
            }
        }
    }

    fn report(&mut self, journey: u32, turn: Result<(), Fault>) {
        if let Err(fault) = turn {
            self.failed(journey, "", "enter", super::sentence(&fault));
        }
    }

    fn enter_on(
        &mut self,
        position: u32,
        journey: &Journey,
        on: &On,
        person: &Expr,
        no_later_than: crate::plan::Duration,
        event: &Arc<EventData>,
    ) -> Result<(), Fault> {
        // An event about something else leads to the person by an expression.
        let is_declared = matches!(
            (&on.trigger, &event.kind),
            (Trigger::Event(wanted), EventKind::Declared(happened)) if wanted == happened
        );
        if !is_declared && !self.is_trigger(&on.trigger, event, None) {
            return Ok(());
        }
        let oldest = self
            .program
            .local(&self.zone)
            .subtract(self.now, no_later_than)
            .ok_or(Fault::Overflow)?;
        if event.time < oldest {
            return Ok(());
        }
        let mut frame = self.bound(position, on.slot, event);
        let context = self.context(None, None);
        bind(&mut frame, 0, Some(Value::Row(event.subject.clone())));
        let led_to = context.eval(&mut frame, person)?;
        if led_to != Some(Value::Row(self.person.clone())) {
            return Ok(());
        }
        bind(&mut frame, 0, led_to);
        if !context.passes(&mut frame, on.filter.as_ref())? {
            return Ok(());
        }
        let bound = vec![(on.slot, Value::Event(Arc::clone(event)))];
        self.enter(position, journey, frame, bound)
    }

    fn enter_when(
        &mut self,
        position: u32,
        journey: &Journey,
        link: &EntryLink,
        when: &Expr,
        including_those_already: bool,
        input: &Input,
    ) -> Result<(), Fault> {
        let place = self.watch_of(position, link.enter, None);
        let known = place.and_then(|place| self.state.entries.get(place));
        let woken = known.is_some_and(|watch| watch.at.is_some_and(|at| at <= self.now));
        if known.is_some() && !woken && !link.reads.touched_by(input) {
            return Ok(());
        }
        let last = known.map(|watch| watch.truth);
        let mut frame = self.frame(position, &[]);
        let watch = RefCell::new(Watch::default());
        let truth = self.context(None, Some(&watch)).holds(&mut frame, when);
        let Watch { wake, deps } = watch.into_inner();
        // Who appears was not there before, so that what holds for them becomes true.
        let before = last.unwrap_or_else(|| {
            let appears = matches!(input, Input::Row { id, before: None, .. } if id == self.person);
            !appears && !including_those_already
        });
        self.keep(
            place,
            EntryWatch {
                journey: position,
                enter: link.enter,
                row: None,
                truth: matches!(truth, Ok(true)),
                at: wake,
                foreign: (!deps.is_empty()).then(|| deps.into_boxed_slice()),
            },
        );
        if truth? && !before {
            self.enter(position, journey, frame, Vec::new())?;
        }
        Ok(())
    }

    /// The place of a watched entry in the state.
    pub(super) fn watch_of(&self, journey: u32, enter: u32, row: Option<&str>) -> Option<usize> {
        self.state.entries.iter().position(|watch| {
            watch.journey == journey && watch.enter == enter && watch.row.as_deref() == row
        })
    }

    /// Stores a watched entry, in place of what was known of it.
    pub(super) fn keep(&mut self, place: Option<usize>, watch: EntryWatch) {
        let known = place.and_then(|place| self.state.entries.get_mut(place));
        match known {
            Some(known) => *known = watch,
            None => {
                let order = |it: &EntryWatch| (it.journey, it.enter, it.row.clone());
                let place = self
                    .state
                    .entries
                    .partition_point(|it| order(it) < order(&watch));
                self.state.entries.insert(place, watch);
            }
        }
    }

    /// Lets someone enter, if the journey takes them now; what turns them away is final.
    pub(super) fn enter(
        &mut self,
        position: u32,
        journey: &Journey,
        frame: Frame,
        bound: Vec<(u32, Value)>,
    ) -> Result<(), Fault> {
        let mut frame = frame;
        let local = self.program.local(&self.zone);
        if let Some((first, last)) = journey.active {
            let today = local.civil(self.now).date();
            if today < first || last < today {
                return Ok(());
            }
        }
        let key = match &journey.one_per {
            Some(per) => {
                let value = self.context(None, None).eval(&mut frame, &per.key)?;
                match value {
                    Some(value) => value.key(),
                    None => return Ok(()),
                }
            }
            None => self.person.key.clone(),
        };
        if self.instance(position, &key).is_some() {
            return Ok(());
        }
        let past = self
            .context(None, None)
            .snapshot
            .past(position, self.person, &key);
        let may_again = match (journey.reenter, past.ended) {
            _ if past.entries == 0 => true,
            (Reenter::Never, _) | (_, None) => false,
            (Reenter::Always, _) => true,
            (Reenter::After(after), Some(ended)) => local
                .add(ended, after)
                .is_some_and(|again| again <= self.now),
        };
        if !may_again {
            return Ok(());
        }
        let mut run = Run {
            instance: Instance {
                journey: position,
                key,
                entry: past.entries.saturating_add(1),
                entered: self.now,
                slots: Vec::new(),
                converted: false,
                rest: Rest::none(self.now),
            },
            frame,
        };
        for (slot, value) in bound {
            self.remember(&mut run, slot, value);
        }
        if self.leaves_at_the_door(journey, &mut run)? {
            return Ok(());
        }
        let event = journey_event(
            self.program,
            self.person,
            &run.instance,
            JourneyEvent::Entered,
            None,
            self.now,
        );
        self.record(event);
        self.run(run, journey.first);
        Ok(())
    }

    /// Evaluates a condition that may be left out, for an entry that binds a row.
    pub(super) fn entry_passes(
        &self,
        frame: &mut Frame,
        filter: Option<&Expr>,
    ) -> Result<bool, Fault> {
        self.context(None, None).passes(frame, filter)
    }

    /// The keys of the rows that an entry by a date of a row watches.
    pub(super) fn watched_rows(&self, journey: u32, enter: u32) -> Vec<SmolStr> {
        self.state
            .entries
            .iter()
            .filter(|watch| watch.journey == journey && watch.enter == enter)
            .filter_map(|watch| watch.row.clone())
            .collect()
    }
}
