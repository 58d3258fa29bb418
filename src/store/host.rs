//! The shell around the engine that all hosts share: it holds what rests, fires what is due in
//! order, brings each input to those whom it may concern, and records what is decided.

use super::{Store, StoreError};
use crate::engine::{
    Dep, Due, Effect, EventData, EventKind, Failure, HandOver, Input, PersonState, Program, Reach,
    Refusal, Row, RowRef, Value, View, past, reach, step,
};
use crate::plan::Enter;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// Who is told what goes out.
///
/// The calls come in the order in which things happen, each in the moment of the hand-over: the
/// view shows the data that the content is rendered from.
pub trait Outbox {
    /// A message goes out.
    fn hand_over(&mut self, view: &dyn View, hand_over: &HandOver);
    /// A send was refused.
    fn refusal(&mut self, refusal: &Refusal);
    /// An instance was ended by an error.
    fn failure(&mut self, failure: &Failure);
    /// The engine recorded an event: a `sent`, an `entered`, a `left`, a `converted`.
    fn recorded(&mut self, event: &EventData) {
        let _ = event;
    }
}

/// The most steps of other people that one input may cause.
const MOST: usize = 100_000;

/// A plan that runs over a store.
#[derive(Debug)]
pub struct Host<'p, S> {
    program: &'p Program,
    store: S,
    people: FxHashMap<RowRef, Held>,
    due: BTreeSet<(Due, RowRef)>,
    readers: FxHashMap<Dep, BTreeSet<RowRef>>,
    clock: Timestamp,
}

/// One person's state, with what is looked up by it.
#[derive(Debug, Default)]
struct Held {
    state: PersonState,
    due: Option<Due>,
    /// Sorted, each once.
    deps: Vec<Dep>,
}

impl<'p, S: Store> Host<'p, S> {
    /// Goes on from what a store has saved. The clock stands at `clock`, which is not before
    /// anything that has happened.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn new(program: &'p Program, store: S, clock: Timestamp) -> Result<Self, StoreError> {
        let mut host = Self {
            program,
            people: FxHashMap::default(),
            due: BTreeSet::new(),
            readers: FxHashMap::default(),
            clock,
            store,
        };
        for (person, state) in host.store.saved()? {
            host.hold(&person, state);
        }
        Ok(host)
    }

    /// The store.
    pub const fn store(&self) -> &S {
        &self.store
    }

    /// Gives the store back; what rests was saved in it.
    #[must_use]
    pub fn into_store(self) -> S {
        self.store
    }

    /// The store, to write what does not concern any journey.
    pub const fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    /// The latest instant that has been reached.
    #[must_use]
    pub const fn clock(&self) -> Timestamp {
        self.clock
    }

    /// What rests for a person.
    #[must_use]
    pub fn state(&self, person: &RowRef) -> Option<&PersonState> {
        self.people.get(person).map(|held| &held.state)
    }

    /// When the next thing is due, if nothing happens before.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(due, _)| due.at)
    }

    /// An event from before the deployment is recorded; false if it is known. It starts nothing,
    /// but an opt-out withdraws, and an address that bounced hard or complained is unreachable.
    ///
    /// Nothing is made durable before the deployment is.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn history(&mut self, event: &Arc<EventData>) -> Result<bool, StoreError> {
        if !self.store.record_event(event)? {
            return Ok(false);
        }
        let person = &event.subject;
        if !matches!(event.kind, EventKind::Channel { .. })
            || self.store.row(person.entity, &person.key).is_none()
        {
            return Ok(true);
        }
        let mut state = self
            .people
            .get_mut(person)
            .map(|held| std::mem::take(&mut held.state))
            .unwrap_or_default();
        for effect in past(self.program, &self.store, person, &mut state, event) {
            self.store.apply(event.time, &effect)?;
        }
        self.store.save(person, &state)?;
        self.hold(person, state);
        Ok(true)
    }

    /// The plan starts to run for the people and rows that are there.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn deploy(&mut self, at: Timestamp, outbox: &mut dyn Outbox) -> Result<(), StoreError> {
        self.advance_before(at, outbox)?;
        let plan = self.program.plan();
        for (entity, declared) in (0..).zip(&plan.entities) {
            if declared.profile {
                for row in self.store.rows(entity) {
                    self.bring(&row.id, Input::Deployed, outbox)?;
                }
            }
        }
        for entity in self.dated_entities() {
            for row in self.store.rows(entity) {
                let input = Input::Row {
                    id: row.id.clone(),
                    before: Some(Arc::clone(&row)),
                    after: Some(row),
                };
                self.spread(&input, None, outbox)?;
            }
        }
        self.store.commit(self.clock)
    }

    /// The tables whose rows have a date on which someone enters.
    fn dated_entities(&self) -> BTreeSet<u32> {
        self.program
            .journeys()
            .flat_map(|(_, journey)| &journey.enter)
            .filter_map(|clause| match clause {
                Enter::Dated { row, .. } => row.as_ref().map(|row| row.entity),
                _ => None,
            })
            .collect()
    }

    /// A row appears, changes or, without one, disappears.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn row(
        &mut self,
        id: &RowRef,
        row: Option<Arc<Row>>,
        at: Timestamp,
        outbox: &mut dyn Outbox,
    ) -> Result<(), StoreError> {
        self.advance_before(at, outbox)?;
        let before = self.store.row(id.entity, &id.key);
        self.store.write_row(id, row.clone())?;
        let input = Input::Row {
            id: id.clone(),
            before,
            after: row,
        };
        self.spread(&input, None, outbox)?;
        self.store.commit(self.clock)
    }

    /// An event arrives; false if it is known, and nothing is done. A `sent` that a provider
    /// reports about a hand-over is known: the engine has recorded it.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn event(
        &mut self,
        event: &Arc<EventData>,
        outbox: &mut dyn Outbox,
    ) -> Result<bool, StoreError> {
        self.advance_before(event.time, outbox)?;
        let is_sent = matches!(&event.kind, EventKind::Channel { event, .. } if event == "sent");
        if is_sent && event.send.is_some() {
            return Ok(false);
        }
        if !self.store.record_event(event)? {
            return Ok(false);
        }
        self.spread(&Input::Event(Arc::clone(event)), None, outbox)?;
        self.store.commit(self.clock)?;
        Ok(true)
    }

    /// An operator gives a setting another value.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn setting(
        &mut self,
        setting: u32,
        value: Value,
        at: Timestamp,
        outbox: &mut dyn Outbox,
    ) -> Result<(), StoreError> {
        self.advance_before(at, outbox)?;
        self.store.write_setting(setting, value)?;
        self.spread(&Input::Setting(setting), None, outbox)?;
        self.store.commit(self.clock)
    }

    /// The clock reaches an instant: everything due until then, and at it, happens.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn advance(&mut self, until: Timestamp, outbox: &mut dyn Outbox) -> Result<(), StoreError> {
        self.fire(outbox, |at| at <= until)?;
        self.clock = self.clock.max(until);
        self.store.commit(self.clock)
    }

    /// Everything due before an instant happens; what is due at it comes after its inputs.
    ///
    /// Every input does this itself; it is for callers who look something up for an input, such
    /// as the hand-over that an event is about.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn advance_before(
        &mut self,
        at: Timestamp,
        outbox: &mut dyn Outbox,
    ) -> Result<(), StoreError> {
        self.fire(outbox, |due| due < at)?;
        self.clock = self.clock.max(at);
        Ok(())
    }

    fn fire(
        &mut self,
        outbox: &mut dyn Outbox,
        is_due: impl Fn(Timestamp) -> bool,
    ) -> Result<(), StoreError> {
        while let Some((due, person)) = self.due.first() {
            let (due, person) = (*due, person.clone());
            if !is_due(due.at) {
                break;
            }
            self.clock = self.clock.max(due.at);
            self.bring(&person, Input::Clock, outbox)?;
            self.store.commit(self.clock)?;
            if self.due.contains(&(due, person.clone())) {
                let what = format!("what is due for `{}` does not happen", person.key);
                return Err(StoreError::Damaged(what));
            }
        }
        Ok(())
    }

    /// Brings an input to everyone whom it may concern, but for one who has had it.
    fn spread(
        &mut self,
        input: &Input,
        but: Option<&RowRef>,
        outbox: &mut dyn Outbox,
    ) -> Result<(), StoreError> {
        for person in self.concerned(input, but) {
            self.bring(&person, input.clone(), outbox)?;
        }
        Ok(())
    }

    fn concerned(&self, input: &Input, but: Option<&RowRef>) -> BTreeSet<RowRef> {
        let found = reach(self.program, &self.store, input, self.clock);
        let Reach {
            mut people,
            readers,
            everyone,
        } = found;
        if !self.readers.is_empty() {
            for dep in &readers {
                people.extend(self.readers.get(dep).into_iter().flatten().cloned());
            }
        }
        if everyone {
            people.extend(self.people.keys().cloned());
        }
        if let Some(but) = but {
            people.remove(but);
        }
        people
    }

    /// Brings an input to one person, records what is decided, and brings what that causes to
    /// others.
    fn bring(
        &mut self,
        person: &RowRef,
        input: Input,
        outbox: &mut dyn Outbox,
    ) -> Result<(), StoreError> {
        let mut queue = VecDeque::from([(person.clone(), input)]);
        let mut brought = 0;
        while let Some((person, input)) = queue.pop_front() {
            brought += 1;
            if brought > MOST {
                let what = "the consequences of one input go in a circle".to_owned();
                return Err(StoreError::Damaged(what));
            }
            let mut state = self
                .people
                .get_mut(&person)
                .map(|held| std::mem::take(&mut held.state))
                .unwrap_or_default();
            let effects = step(
                self.program,
                &self.store,
                &person,
                &mut state,
                input,
                self.clock,
            );
            for effect in &effects {
                if let Some(input) = self.record(effect, outbox)? {
                    for other in self.concerned(&input, Some(&person)) {
                        queue.push_back((other, input.clone()));
                    }
                }
            }
            self.store.save(&person, &state)?;
            self.hold(&person, state);
        }
        Ok(())
    }

    /// Records one effect, and says what input it is to others.
    fn record(
        &mut self,
        effect: &Effect,
        outbox: &mut dyn Outbox,
    ) -> Result<Option<Input>, StoreError> {
        match effect {
            Effect::HandOver(hand_over) => outbox.hand_over(&self.store, hand_over),
            Effect::Refusal(refusal) => outbox.refusal(refusal),
            Effect::Failed(failure) => outbox.failure(failure),
            Effect::Event(event) => outbox.recorded(event),
            Effect::Write { .. } => {}
        }
        let before = match effect {
            Effect::Write { row, .. } => self.store.row(row.entity, &row.key),
            _ => None,
        };
        self.store.apply(self.clock, effect)?;
        Ok(match effect {
            Effect::Write { row, .. } => Some(Input::Row {
                id: row.clone(),
                before,
                after: self.store.row(row.entity, &row.key),
            }),
            Effect::Event(event) if !self.readers.is_empty() => {
                Some(Input::Event(Arc::clone(event)))
            }
            _ => None,
        })
    }

    /// Keeps a state, and what is looked up by it.
    fn hold(&mut self, person: &RowRef, state: PersonState) {
        let due = state.due(self.program);
        let mut deps: Vec<Dep> = state.foreign().cloned().collect();
        deps.sort_unstable();
        deps.dedup();
        let held = self.people.entry(person.clone()).or_default();
        let old = std::mem::replace(&mut held.due, due);
        let old_deps = std::mem::take(&mut held.deps);
        held.deps.clone_from(&deps);
        held.state = state;
        if old != due {
            if let Some(old) = old {
                self.due.remove(&(old, person.clone()));
            }
            if let Some(due) = due {
                self.due.insert((due, person.clone()));
            }
        }
        if old_deps != deps {
            for dep in old_deps {
                if let Some(people) = self.readers.get_mut(&dep) {
                    people.remove(person);
                    if people.is_empty() {
                        self.readers.remove(&dep);
                    }
                }
            }
            for dep in deps {
                self.readers.entry(dep).or_default().insert(person.clone());
            }
        }
        let empty = self
            .people
            .get(person)
            .is_some_and(|held| held.state.is_empty());
        if empty {
            self.people.remove(person);
        }
    }
}
