//! Promises and tests of a plan.

use super::Check;
use crate::plan::{
    Claim, Const, Given, Journey, Leaving, Plan, Promise, StepKind, Test, TestStatement, Trigger,
};
use std::collections::{BTreeMap, BTreeSet};

/// What tests name by text.
struct Texts<'p> {
    /// How many fields an event has, at most, that some channel reports by this word.
    reported: BTreeMap<&'p str, usize>,
    /// The journeys that have tests, by position.
    journeys: BTreeMap<u32, Places<'p>>,
}

/// Whom a journey is for, and what it calls its places.
#[derive(Default)]
struct Places<'p> {
    profile: u32,
    labels: BTreeSet<&'p str>,
    exits: BTreeSet<&'p str>,
    /// The names of splits and of their arms.
    arms: BTreeSet<(&'p str, &'p str)>,
}

impl<'p> Texts<'p> {
    fn of(plan: &'p Plan) -> Self {
        let mut reported: BTreeMap<&str, usize> = BTreeMap::new();
        for event in plan.channels.iter().flat_map(|channel| &channel.events) {
            let most = reported.entry(&event.name).or_default();
            *most = event.fields.len().max(*most);
        }
        let mut journeys = BTreeMap::new();
        for test in &plan.tests {
            if let Some(journey) = plan.journeys.get(test.journey as usize) {
                let places = journeys.entry(test.journey);
                places.or_insert_with(|| Places::of(journey));
            }
        }
        Self { reported, journeys }
    }
}

impl<'p> Places<'p> {
    fn of(journey: &'p Journey) -> Self {
        let mut places = Self {
            profile: journey.profile,
            ..Self::default()
        };
        for step in &journey.steps {
            if step.labelled {
                places.labels.insert(&step.id);
            }
            match &step.kind {
                StepKind::Exit { name: Some(name) } => {
                    places.exits.insert(name);
                }
                StepKind::Split(split) => {
                    let arms = split.arms.iter().map(|arm| arm.name.as_str());
                    places
                        .arms
                        .extend(arms.map(|arm| (split.name.as_str(), arm)));
                }
                _ => {}
            }
        }
        places
    }
}

impl Check<'_> {
    pub(super) fn claims(&mut self) {
        let plan = self.plan;
        self.titles(
            "promise",
            plan.promises.iter().map(|one| one.title.as_str()),
        );
        self.titles("test", plan.tests.iter().map(|one| one.title.as_str()));
        for promise in &plan.promises {
            self.promise(promise);
        }
        let texts = Texts::of(plan);
        for test in &plan.tests {
            self.test(test, &texts);
        }
    }

    fn titles<'n>(&mut self, kind: &str, titles: impl Iterator<Item = &'n str>) {
        let mut before = "";
        for title in titles {
            if title < before {
                self.part = format!("{kind} `{title}`");
                self.fault("stands out of order: the list is sorted by title");
            }
            before = title;
        }
    }

    fn promise(&mut self, promise: &Promise) {
        self.enter("promise", &promise.title, promise.slots);
        // A promise is about no journey: it has no labelled sends.
        self.sends = 0;
        for person in &promise.people {
            self.slot(person.slot);
            self.profile(person.profile);
        }
        for (position, claim) in promise.claims.iter().enumerate() {
            self.part = format!("promise `{}`, claim {}", promise.title, position + 1);
            self.claim(claim);
        }
    }

    fn claim(&mut self, claim: &Claim) {
        let plan = self.plan;
        let (channels, purposes) = (plan.channels.len(), plan.purposes.len());
        let journeys = plan.journeys.len();
        match claim {
            Claim::AtMost {
                count,
                channels: by,
                purposes: of,
                per,
            } => {
                if *count < 1 {
                    self.fault(format!("claims at most {count}"));
                }
                self.each(by, channels, "channel");
                self.each(of, purposes, "purpose");
                self.duration(*per);
            }
            Claim::Never {
                channels: by,
                purposes: of,
                when,
                ..
            } => {
                self.each(by, channels, "channel");
                self.each(of, purposes, "purpose");
                when.iter().for_each(|when| self.expr(when));
            }
            Claim::After {
                on,
                message,
                within,
                ..
            } => {
                self.on(on);
                self.within(*message, plan.messages.len(), "message");
                self.duration(*within);
            }
            Claim::EndsWithin { journey, within } => {
                self.within(*journey, journeys, "journey");
                self.duration(*within);
            }
            Claim::CostsAtMost { journey, amount } => {
                self.within(*journey, journeys, "journey");
                self.money(amount);
            }
            Claim::NeverWith { journey, other } => {
                self.within(*journey, journeys, "journey");
                self.within(*other, journeys, "journey");
            }
        }
    }

    fn test(&mut self, test: &Test, texts: &Texts<'_>) {
        let plan = self.plan;
        self.part = format!("test `{}`", test.title);
        self.slots = test.slots.len();
        let journey = plan.journeys.get(test.journey as usize);
        let (Some(journey), Some(places)) = (journey, texts.journeys.get(&test.journey)) else {
            self.within(test.journey, plan.journeys.len(), "journey");
            return;
        };
        self.sends = journey.sends.len();
        if test.slots.is_empty() {
            self.fault("has no slot for the person");
        }
        for (position, statement) in test.statements.iter().enumerate() {
            self.part = format!("test `{}`, statement {}", test.title, position + 1);
            self.statement(statement, places, texts);
        }
    }

    fn statement(&mut self, statement: &TestStatement, places: &Places<'_>, texts: &Texts<'_>) {
        let plan = self.plan;
        let messages = plan.messages.len();
        match statement {
            TestStatement::GivenRow {
                entity,
                person,
                slot,
                fields,
            } => {
                slot.iter().for_each(|slot| self.slot(*slot));
                if *person && *entity != places.profile {
                    self.fault("gives a person of another profile than the journey's");
                }
                match plan.entities.get(*entity as usize) {
                    Some(row) => self.given(fields, row.fields.len()),
                    None => self.within(*entity, plan.entities.len(), "entity"),
                }
            }
            TestStatement::GivenSetting { setting, value } => {
                self.within(*setting, plan.settings.len(), "setting");
                self.constant(value);
            }
            TestStatement::GivenSplit { split, arm } => {
                if !places.arms.contains(&(split.as_str(), arm.as_str())) {
                    self.fault(format!(
                        "names the arm `{arm}` of the split `{split}`, which is not there"
                    ));
                }
            }
            TestStatement::GivenDo { action, result } => match plan.actions.get(*action as usize) {
                Some(action) => result
                    .iter()
                    .for_each(|fields| self.given(fields, action.returns.len())),
                None => self.within(*action, plan.actions.len(), "action"),
            },
            TestStatement::Clock(instant) => {
                self.constant(instant);
                if !matches!(instant, Const::Instant { .. }) {
                    self.fault("sets the clock to what is no instant");
                }
            }
            TestStatement::After(length) => self.duration(*length),
            TestStatement::Event {
                trigger,
                subject,
                fields,
            } => {
                self.trigger(trigger);
                subject.iter().for_each(|subject| self.expr(subject));
                self.event_fields(trigger, fields, texts);
            }
            TestStatement::ExpectSent {
                message, by, at, ..
            } => {
                self.within(*message, messages, "message");
                by.iter()
                    .for_each(|by| self.within(*by, plan.channels.len(), "channel"));
                at.iter().for_each(|at| self.expr(at));
            }
            TestStatement::ExpectRefused { message, .. } => {
                self.within(*message, messages, "message");
            }
            TestStatement::ExpectResting(label) => {
                if !places.labels.contains(label.as_str()) {
                    self.fault(format!("names the label `{label}`, which no step has"));
                }
            }
            TestStatement::ExpectLeft {
                because: Some(Leaving::Exit(name)),
            } => {
                if !places.exits.contains(name.as_str()) {
                    self.fault(format!("names the exit `{name}`, which is not there"));
                }
            }
            TestStatement::ExpectLeft { .. } => {}
            TestStatement::Expect(condition) => self.expr(condition),
        }
    }

    fn given(&mut self, fields: &[Given], count: usize) {
        for given in fields {
            self.within(given.field, count, "field");
            self.expr(&given.value);
        }
    }

    fn event_fields(&mut self, trigger: &Trigger, fields: &[Given], texts: &Texts<'_>) {
        let count = match trigger {
            // A trigger that leads nowhere is a fault already.
            Trigger::Event(event) => match self.plan.events.get(*event as usize) {
                Some(event) => event.fields.len(),
                None => return,
            },
            Trigger::Channel { event, .. }
            | Trigger::Message { event, .. }
            | Trigger::Send { event, .. } => {
                texts.reported.get(event.as_str()).copied().unwrap_or(0)
            }
            Trigger::Journey { .. } => {
                self.fault("gives an event of a journey, which follows from what happens in it");
                return;
            }
        };
        self.given(fields, count);
    }
}
