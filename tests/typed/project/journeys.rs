//! Journeys: who enters, when, and the clauses around it.

use super::Maker;
use super::scope::{Is, Scope};
use super::steps::Walk;
use super::types::{self, Ty};
use super::values::{ATOM, ELSE};
use super::world::{Field, Journey};

/// The events that have certainly happened after an entry, and what it binds.
type Bound = (Vec<String>, Option<(String, Is)>);

impl Maker {
    pub fn journey(&mut self) {
        let name = self.world.fresh("welcome");
        let (person, of) = self.subject();
        let mut scope = Scope::of_person(&self.world);
        let started = self.c.once_in(4);
        let (params, texts) = if started {
            self.loose_fields(3)
        } else {
            (Vec::new(), Vec::new())
        };
        for param in &params {
            if !param.sensitive {
                scope = scope.with(&param.name, Is::Value(param.ty.clone(), param.optional));
            }
        }
        let purposes: Vec<usize> = (0..self.world.purposes.len()).collect();
        let purpose = self.c.pick(&purposes);
        let mut header = vec![format!("purpose {}", self.world.purposes[purpose].name)];
        let mut walk = Walk {
            purpose,
            ..Walk::default()
        };
        // What enters by a condition could enter again and again in one moment: not twice, then.
        let mut once = started;
        if !started {
            let entries = if self.c.once_in(4) { 2 } else { 1 };
            for number in 0..entries {
                let (clause, bound) = self.enter(&scope, entries == 1, &mut once);
                header.push(clause);
                if let (0, Some((event, is))) = (number, bound) {
                    walk.certain.extend(event.clone());
                    if let Some((name, is)) = is {
                        scope = scope.with(&name, is);
                    }
                }
            }
        }
        header.push(match self.c.below(3) {
            0 => "reenter never".to_owned(),
            1 => format!(
                "reenter after {}",
                types::calendar_length(&self.world, &mut self.c)
            ),
            _ if once => "reenter never".to_owned(),
            _ => "reenter always".to_owned(),
        });
        if !once && self.c.once_in(4) {
            // A key is a plain value or a row.
            if let Some(key) = self.typed(&scope, &Ty::Text(None), 0) {
                let wins = self.c.pick(&["", ", latest wins"]);
                header.push(format!("one per {}{wins}", key.at(ELSE)));
            }
        }
        self.clauses(&scope, &mut header, &mut walk);
        let mut steps = String::new();
        self.steps(&scope, &mut walk, 3, &mut steps);
        if self.c.once_in(4) {
            let field = self.writable().map(|field| (field.name, field.ty));
            if let Some((field, ty)) = field {
                let bare = Scope::of_person(&self.world);
                let value = self.must(&bare, &ty, 1).text;
                steps += &format!("finally {{\n set {person}.{field} = {value}\n}}\n");
            }
        }
        if let Some(label) = walk.labels.first().filter(|_| self.c.once_in(6)) {
            header.push(format!("renamed an_old_place to {}", label.name));
            header.push(format!("removed another_place to {}", label.name));
            header.push("removed a_gone_place to exit".to_owned());
        }
        let params_text = match texts.is_empty() {
            true => String::new(),
            false => format!("({})", texts.join(", ")),
        };
        self.write(format!(
            "journey {name}{params_text} for {person}: {of} {{\n  {}\n\n{steps}}}",
            header.join("\n  ")
        ));
        self.world.journeys.push(Journey {
            name,
            params: if started { params } else { Vec::new() },
            labels: walk.labels,
            exits: walk.exits,
            splits: walk.splits,
        });
    }

    fn clauses(&mut self, s: &Scope, header: &mut Vec<String>, walk: &mut Walk) {
        let money = self.world.currency.clone();
        let plain = [
            "title \"Un titre\"",
            "owner \"us\"",
            "objective grow",
            "priority 3",
            "active 2026-01-01 to 2026-12-31",
        ];
        for clause in plain {
            if self.c.once_in(4) {
                header.push(clause.to_owned());
            }
        }
        if let Some(holdout) = self.world.holdouts.first().filter(|_| self.c.once_in(4)) {
            header.push(format!("holdout {holdout}"));
        }
        if self.c.once_in(6) {
            let fields = self.world.person_fields().iter();
            let by: Vec<String> = fields
                .filter(|of| !of.optional && !of.sensitive && of.ty.ordered(&self.world))
                .map(|of| format!(" by {}.{}", self.world.person, of.name))
                .collect();
            let by = self.c.maybe(&by).filter(|_| self.c.once_in(2));
            header.push(format!("admit 500 per 24 hours{}", by.unwrap_or_default()));
        }
        if self.c.once_in(6) {
            let rate = self
                .c
                .pick(&["", ", 100 X per 24 hours"])
                .replace('X', &money);
            header.push(format!("budget 1_000 {money}{rate}"));
        }
        if self.c.once_in(4) {
            let held = self.c.pick(&["", " for 2 days"]);
            let when = self.condition(s, 2).text;
            header.push(format!("leave when {when}{held}"));
        }
        if self.c.once_in(4)
            && let Some((event, fields)) = self.event_of_person()
        {
            let filter = self.filter(s, &Is::Record(fields), 2);
            header.push(format!("leave on {event}{filter}"));
        }
        if self.c.once_in(2)
            && let Some((event, fields)) = self.event_of_person()
        {
            let row = Is::Record(fields);
            let filter = self.filter(s, &row, 1);
            let within = self.c.pick(&["", " within 30 days"]);
            let inside = s.within(&row, None);
            let amounts = inside.known_paths(&self.world, &Ty::Money);
            let worth = match self.c.maybe(&amounts).filter(|_| self.c.once_in(2)) {
                Some(amount) => format!(" worth {amount}"),
                None => String::new(),
            };
            walk.goal = true;
            walk.worth |= !worth.is_empty();
            header.push(format!("goal {event}{filter}{within}{worth}"));
        }
    }

    /// ` where C` over a row, or nothing.
    pub fn filter(&mut self, s: &Scope, row: &Is, depth: u8) -> String {
        if self.c.below(2) == 0 {
            return String::new();
        }
        let inside = s.within(row, None);
        format!(" where {}", self.condition(&inside, depth).text)
    }

    /// An event that is about the person: how it is named, and its fields.
    pub fn event_of_person(&mut self) -> Option<(String, Vec<Field>)> {
        let declared: Vec<usize> = (0..self.world.events.len())
            .filter(|at| self.world.events[*at].entity == 0)
            .collect();
        match self.c.below(6) {
            0..=2 => {
                let at = self.c.maybe(&declared)?;
                return Some((self.world.events[at].name.clone(), self.declared_fields(at)));
            }
            3 => return self.event_of_message().or_else(|| self.event_of_channel()),
            4 => return self.event_of_journey().or_else(|| self.event_of_channel()),
            _ => {}
        }
        self.event_of_channel()
    }

    fn event_of_message(&mut self) -> Option<(String, Vec<Field>)> {
        let count = self.world.messages.len();
        let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
        let message = &self.world.messages[at];
        let (name, params) = (message.name.clone(), message.params.clone());
        let channels = message.channels.clone();
        let (event, own) = self.reported(&channels)?;
        let fields = self.event_fields(&own, Some(&params));
        Some((format!("{name}.{event}"), fields))
    }

    fn event_of_journey(&mut self) -> Option<(String, Vec<Field>)> {
        let count = self.world.journeys.len();
        let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
        let event = self.c.pick(&["entered", "left", "converted"]);
        let name = format!("{}.{event}", self.world.journeys[at].name);
        Some((name, vec![Field::plain("time", Ty::Instant)]))
    }

    fn event_of_channel(&mut self) -> Option<(String, Vec<Field>)> {
        let channels: Vec<usize> = (0..self.world.channels.len()).collect();
        let at = self.c.pick(&channels);
        let (event, own) = self.reported(&[at])?;
        let name = format!("{}.{event}", self.world.channels[at].name);
        Some((name, self.event_fields(&own, None)))
    }

    /// An entry for each row of the person.
    fn each_row(&mut self, s: &Scope, at: usize, fields: &[Field]) -> (String, Option<Bound>) {
        let event = self.world.events[at].name.clone();
        let (cause, name) = (self.world.fresh("cause"), self.world.fresh("each"));
        let row = Is::Row(1);
        let inside = s.with(&cause, Is::Record(fields.to_vec()));
        let filter = self.filter(&inside, &row, 2);
        let rows = match self.world.events[at].entity {
            0 => format!("{}.all_rows", self.world.person),
            _ => format!("{cause}.{}", self.world.events[at].subject),
        };
        let text = format!("enter on {event} as {cause} for each {rows} as {name}{filter}");
        (text, Some((self.told(event), Some((name, row)))))
    }

    /// An event that has happened to the person, if it is about them.
    fn told(&self, event: String) -> Vec<String> {
        let of_thing = |of: &super::world::Event| of.name == event && of.entity > 0;
        match self.world.events.iter().any(of_thing) {
            true => Vec::new(),
            false => vec![event],
        }
    }

    /// An entry so long before or after a date of a row of the person.
    fn dated_row(&mut self, s: &Scope, alone: bool) -> Option<(String, Option<Bound>)> {
        let fields = self.world.entities[1].fields.iter();
        let dates: Vec<String> = fields
            .filter(|of| matches!(of.ty, Ty::Date | Ty::Instant) && !of.sensitive)
            .map(|of| of.name.clone())
            .collect();
        let date = self.c.maybe(&dates)?;
        let (table, name) = (
            self.world.entities[1].name.clone(),
            self.world.fresh("dated"),
        );
        let filter = self.filter(s, &Is::Row(1), 2);
        let way = self.c.pick(&["3 days before", "1 month after"]);
        let text = format!("enter {way} {table}.{date} as {name} at 10:00{filter}");
        let bound = alone.then(|| (Vec::new(), Some((name, Is::Row(1)))));
        Some((text, bound))
    }

    /// An `enter` clause; the event that has then certainly happened, and what is bound.
    fn enter(&mut self, s: &Scope, alone: bool, once: &mut bool) -> (String, Option<Bound>) {
        let way = self.c.below(8);
        // The rows of the first table lead to one person.
        let declared: Vec<usize> = (0..self.world.events.len())
            .filter(|at| self.world.events[*at].entity < 2)
            .collect();
        let mut caused = None;
        if way < 2
            && let Some(at) = self.c.maybe(&declared)
        {
            let fields = self.declared_fields(at);
            if alone && self.c.once_in(4) {
                return self.each_row(s, at, &fields);
            }
            caused = Some((self.world.events[at].name.clone(), fields));
        } else if way == 6 {
            // What a journey does may cause it.
            *once = true;
            caused = self.event_of_person();
        }
        if let Some((event, fields)) = caused {
            let name = alone.then(|| self.world.fresh("cause"));
            let named = name
                .as_ref()
                .map_or(String::new(), |name| format!(" as {name}"));
            let is = Is::Record(fields);
            let filter = self.filter(s, &is, 2);
            let late = self.c.pick(&["", " no later than 2 hours"]);
            let bound = alone.then(|| (self.told(event.clone()), name.map(|name| (name, is))));
            return (format!("enter on {event}{named}{filter}{late}"), bound);
        }
        let filter = match self.c.below(2) {
            0 => String::new(),
            _ => format!(" where {}", self.condition(s, 2).text),
        };
        let person = self.world.person.clone();
        let dates: Vec<String> = self
            .world
            .person_fields()
            .iter()
            .filter(|field| matches!(field.ty, Ty::Date | Ty::Instant) && !field.sensitive)
            .map(|field| format!("{person}.{}", field.name))
            .collect();
        let time = self.must(s, &Ty::Time, 0).at(ATOM);
        if way == 7
            && let Some(entered) = self.dated_row(s, alone)
        {
            return entered;
        }
        let text = match way {
            2 => {
                *once = true;
                let (held, already) = (
                    self.c.pick(&["", " for 3 days"]),
                    self.c.pick(&["", " including those already"]),
                );
                let when = self.condition(s, 3).text;
                return (format!("enter when {when}{held}{already}"), None);
            }
            3 => match self.c.maybe(&dates) {
                Some(date) => {
                    let offset = self.c.pick(&["on", "3 days before", "1 week after"]);
                    format!("enter every year {offset} {date} at {time}{filter}")
                }
                None => format!("enter every month on day 31 at {time}{filter}"),
            },
            4 => match self.c.maybe(&dates) {
                Some(date) => format!("enter 2 weeks after {date} at {time}{filter}"),
                None => format!("enter 1 day before (today()) at {time}{filter}"),
            },
            _ => {
                let every = self.c.pick(&["day", "monday", "month on day 1"]);
                format!("enter every {every} at {time}{filter}")
            }
        };
        (text, None)
    }
}
