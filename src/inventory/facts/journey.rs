//! Journeys: who enters, what they get, and how long it takes.

use super::{after, money};
use crate::inventory::{Inventory, item::Facts, longest};
use crate::model::hir::{Journey, OnePer, Reenter, Step, StepKind, visit};
use crate::model::ids::JourneyId;
use crate::model::names::Named;
use crate::source::Place;

impl Inventory<'_> {
    pub(super) fn journey(&self, id: JourneyId, facts: &mut Facts) -> Option<Place> {
        let it = self.model.journeys.get(id.index())?;
        let file = it.place.file;
        let text = |text: &Option<smol_str::SmolStr>| text.as_ref().map(ToString::to_string);
        facts.one("title", text(&it.title));
        facts.one("owner", text(&it.owner));
        facts.one("objective", text(&it.objective));
        let purpose = it
            .purpose
            .map(|id| self.name(Named::Purpose(id)).to_owned());
        facts.one("purpose", purpose);
        if it.priority != 0 {
            facts.one("priority", it.priority.to_string());
        }
        facts.many(
            "parameters",
            self.fields(it.place, crate::inventory::find::params),
        );
        let enters = it.enters.iter().map(|(_, span)| self.line(file, *span));
        facts.many("enters", enters.map(|clause| after("enter", clause)));
        facts.one(
            "one per",
            it.one_per.as_ref().map(|one| self.one_per(it, one)),
        );
        facts.one(
            "reenters",
            it.reenter.as_ref().map(|again| match again {
                Reenter::Never => "never".to_owned(),
                Reenter::Always => "always".to_owned(),
                Reenter::After(length) => format!("after {}", self.duration(length)),
            }),
        );
        let leaves = it.leaves.iter().map(|(_, span)| self.line(file, *span));
        facts.many("leaves", leaves.map(|clause| after("leave", clause)));
        let goals = it.goals.iter().map(|goal| self.line(file, goal.span));
        facts.many("goal", goals.map(|clause| after("goal", clause)));
        facts.one(
            "holdout",
            it.holdout
                .map(|id| self.name(Named::Holdout(id)).to_owned()),
        );
        facts.one(
            "active",
            it.active.map(|(from, to)| format!("{from} to {to}")),
        );
        facts.one(
            "budget",
            it.budget.as_ref().and_then(|budget| money(&budget.total)),
        );
        facts.many("sends", self.sends(it));
        self.other_effects(it, facts);
        facts.many("exits", exits(&it.steps));
        let rests = longest::of_steps(&it.steps).filter(|seconds| *seconds > 0);
        facts.one(
            "waits",
            rests.map(|seconds| format!("{} at most", longest::words(seconds))),
        );
        Some(it.place)
    }

    fn one_per(&self, journey: &Journey, one: &OnePer) -> String {
        let key = self.expr(journey.place.file, &one.key);
        if one.latest_wins {
            format!("{key}, latest wins")
        } else {
            key
        }
    }

    /// What a journey starts, asks of other systems, and puts on lists, each name once.
    fn other_effects(&self, journey: &Journey, facts: &mut Facts) {
        let (mut starts, mut does, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        visit::each_step(&journey.steps, &mut |step| {
            let (names, named) = match &step.kind {
                StepKind::Start { journey, .. } => (&mut starts, Named::Journey(*journey)),
                StepKind::Do { action, .. } => (&mut does, Named::Action(*action)),
                StepKind::AddTo(id) => (&mut lists, Named::Audience(*id)),
                _ => return,
            };
            let name = self.name(named).to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        });
        facts.one("starts", starts.join(", "));
        facts.one("does", does.join(", "));
        facts.one("adds to", lists.join(", "));
    }

    /// Each send as it is written, up to its channels, after its label.
    fn sends(&self, journey: &Journey) -> Vec<String> {
        let mut sends = Vec::new();
        visit::each_step(&journey.steps, &mut |step| {
            if let StepKind::Send(send) = &step.kind {
                let head = self.line(journey.place.file, send.head);
                sends.push(match &step.label {
                    Some(label) => format!("{label}: {head}"),
                    None => head,
                });
            }
        });
        sends
    }
}

/// The names of the exits, each once, in the order of the source.
fn exits(steps: &[Step]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    visit::each_step(steps, &mut |step| {
        if let StepKind::Exit(Some(name)) = &step.kind
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
    });
    (!names.is_empty()).then(|| names.join(", "))
}
