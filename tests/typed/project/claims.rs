//! Promises and tests.

use super::Maker;
use super::scope::Scope;
use super::types::{self, Ty};
use super::world::Field;

impl Maker {
    pub fn claims(&mut self) {
        if self.c.once_in(2) {
            self.promise();
        }
        for at in 0..self.world.journeys.len() {
            if self.c.once_in(2) {
                self.story(at);
            }
        }
    }

    fn promise(&mut self) {
        let scope = Scope {
            groups: false,
            ..Scope::of_person(&self.world)
        };
        let mut claims = Vec::new();
        for _ in 0..1 + self.c.below(5) {
            let about = self.c.pick(&[
                "any for fundraising",
                "email for any",
                "email, sms for fundraising",
            ]);
            let journeys: Vec<String> = self
                .world
                .journeys
                .iter()
                .map(|of| of.name.clone())
                .collect();
            let journey = self.c.maybe(&journeys);
            let within = types::exact_length(&mut self.c);
            let claim = match (self.c.below(6), journey) {
                (1, _) => {
                    let when = match self.c.below(2) {
                        0 => String::new(),
                        _ => format!(" when {}", self.condition(&scope, 1).text),
                    };
                    format!("never {about}{when} between 21:00 and 09:00")
                }
                (2, Some(journey)) => format!("{journey} ends within {within}"),
                (3, Some(journey)) => format!("{journey} costs at most 3 {}", self.world.currency),
                (4, Some(journey)) if journeys.len() > 1 && journey != journeys[0] => {
                    format!("never {journey} with {}", journeys[0])
                }
                (5, _) => match (
                    self.c.below(self.world.messages.len().max(1)),
                    self.event_of_person(),
                ) {
                    (at, Some((event, _))) if at < self.world.messages.len() => {
                        let message = self.world.messages[at].name.clone();
                        let refused = self.c.pick(&["", " or refused"]);
                        format!("after {event} always {message} within {within}{refused}")
                    }
                    _ => format!("at most 3 {about} per {within}"),
                },
                _ => format!("at most {} {about} per {within}", 1 + self.c.below(9)),
            };
            claims.push(claim);
        }
        self.write(format!(
            "promise \"what people are promised\" {{\n  {}\n}}",
            claims.join("\n  ")
        ));
    }

    /// Fields as a test gives them: those that are required, and some others.
    fn record(&mut self, fields: &[Field]) -> String {
        let mut given = Vec::new();
        for field in fields {
            let required = !field.optional && !field.has_default;
            let value = match &field.ty {
                Ty::Rows(_) => continue,
                Ty::Consent => self.c.pick(&["granted", "withdrawn"]).to_owned(),
                Ty::Row(_) if field.optional => continue,
                Ty::Row(_) => "\"k1\"".to_owned(),
                ty => types::literal(&self.world, &mut self.c, ty).unwrap_or_default(),
            };
            if (required && field.ty != Ty::Consent) || self.c.once_in(3) {
                given.push(format!("{}: {value}", field.name));
            }
        }
        given.join(", ")
    }

    fn story(&mut self, at: usize) {
        let person = self.world.person.clone();
        let fields = self.world.person_fields().to_vec();
        let mut lines = vec![format!("given {person} {{ {} }}", self.record(&fields))];
        if self.world.entities.len() > 1 && self.c.once_in(2) {
            let name = self.world.entities[1].name.clone();
            let fields = self.world.entities[1].fields.clone();
            let slot = match self.c.below(2) {
                0 => String::new(),
                _ => format!(" as {}", self.world.fresh("other")),
            };
            lines.push(format!("given {name}{slot} {{ {} }}", self.record(&fields)));
        }
        if let Some(setting) = self.world.settings.first().cloned() {
            let value = types::literal(&self.world, &mut self.c, &setting.ty).unwrap_or_default();
            lines.push(format!("given setting {} = {value}", setting.name));
        }
        let splits = self.world.journeys[at].splits.clone();
        if let Some((split, arms)) = self.c.maybe(&splits) {
            lines.push(format!("given split {split} = {}", arms[0]));
        }
        if let Some(action) = self.world.actions.first() {
            let (name, result) = (action.name.clone(), action.result.clone());
            lines.push(match self.c.below(2) {
                0 => format!("given do {name} silent"),
                _ => format!("given do {name} {{ {} }}", self.record(&result)),
            });
        }
        lines.push("clock 2026-03-02T14:00[America/Toronto]".to_owned());
        let scope = Scope {
            groups: false,
            ..Scope::of_person(&self.world)
        };
        for _ in 0..1 + self.c.below(6) {
            let line = self.statement(at, &scope);
            lines.extend(line);
        }
        let journey = self.world.journeys[at].name.clone();
        self.write(format!(
            "test \"a story\" of {journey} {{\n  {}\n}}",
            lines.join("\n  ")
        ));
    }

    fn statement(&mut self, at: usize, s: &Scope) -> Option<String> {
        let labels = self.world.journeys[at].labels.clone();
        let messages: Vec<String> = self
            .world
            .messages
            .iter()
            .map(|of| of.name.clone())
            .collect();
        match self.c.below(9) {
            0 => Some(format!(
                "after {}",
                types::calendar_length(&self.world, &mut self.c)
            )),
            1 => {
                let declared: Vec<usize> = (0..self.world.events.len()).collect();
                let event = &self.world.events[self.c.maybe(&declared)?];
                let (name, fields) = (event.name.clone(), event.fields.clone());
                let subject = (event.entity > 0).then(|| format!("{}: \"k1\"", event.subject));
                let given = self.record(&fields);
                let given: Vec<String> = subject
                    .into_iter()
                    .chain((!given.is_empty()).then_some(given))
                    .collect();
                Some(match given.is_empty() {
                    true => name,
                    false => format!("{name}({})", given.join(", ")),
                })
            }
            2 => {
                let sends: Vec<_> = labels
                    .into_iter()
                    .filter(|label| label.send.is_some())
                    .collect();
                let label = self.c.maybe(&sends)?;
                let (event, _) = self.reported(&label.send?.1)?;
                Some(format!("{}.{event}", label.name))
            }
            3 => {
                let not = self.c.pick(&["", "not "]);
                Some(format!(
                    "expect {not}sent {} by email at 09:00",
                    self.c.maybe(&messages)?
                ))
            }
            4 => {
                let because = self.c.pick(&[
                    "", "consent", "limit", "address", "forbid", "language", "holdout", "capacity",
                    "budget", "late",
                ]);
                let message = self.c.maybe(&messages)?;
                Some(match because {
                    "" => format!("expect refused {message}"),
                    because => format!("expect refused {message} because {because}"),
                })
            }
            5 => {
                let rests: Vec<_> = labels.into_iter().filter(|label| label.rests).collect();
                Some(format!("expect resting at {}", self.c.maybe(&rests)?.name))
            }
            6 => {
                let because = self.c.pick(&["leave", "goal", "replaced"]);
                Some(format!("expect left because {because}"))
            }
            7 => {
                let exits = self.world.journeys[at].exits.clone();
                Some(format!("expect left because {}", self.c.maybe(&exits)?))
            }
            _ => Some(format!("expect {}", self.condition(s, 2).text)),
        }
    }
}
