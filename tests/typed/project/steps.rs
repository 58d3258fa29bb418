//! Steps, one after another: what is known, what was sent, and that nobody is past the end.

use super::Maker;
use super::scope::{Is, Scope, Sent};
use super::types::{self, Ty};
use super::world::{Field, Label};

/// What is made of a journey so far.
#[derive(Debug, Default, Clone)]
pub struct Walk {
    pub purpose: usize,
    pub goal: bool,
    pub worth: bool,
    /// Events that have certainly happened.
    pub certain: Vec<String>,
    pub labels: Vec<Label>,
    pub exits: Vec<String>,
    pub splits: Vec<(String, Vec<String>)>,
}

/// Whether everyone has left behind a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum After {
    GoesOn,
    Left,
}

impl Maker {
    /// A few steps; says whether everyone leaves in them. What they make known stays in them.
    pub fn steps(&mut self, s: &Scope, walk: &mut Walk, depth: u8, out: &mut String) -> After {
        let mut scope = s.clone();
        for _ in 0..1 + self.c.below(4) {
            if self.step(&mut scope, walk, depth, out) == After::Left {
                return After::Left;
            }
        }
        After::GoesOn
    }

    /// The same between braces.
    pub fn block(&mut self, s: &Scope, walk: &mut Walk, depth: u8, out: &mut String) -> After {
        out.push_str("{\n");
        let after = self.steps(s, walk, depth, out);
        out.push_str("}\n");
        after
    }

    /// `else { exit NAME }`, or an `else` in which people stay.
    fn otherwise(&mut self, s: &Scope, walk: &mut Walk, leave: bool, out: &mut String) {
        out.push_str(" else {\n");
        if leave {
            self.exit(walk, out);
        } else if self.c.below(2) == 0 {
            self.set(&mut s.clone(), out);
        }
        out.push_str("}\n");
    }

    fn exit(&mut self, walk: &mut Walk, out: &mut String) {
        let name = self.c.pick(&["", " silent", " done", " unreachable"]);
        if !name.is_empty() && !walk.exits.contains(&name.trim().to_owned()) {
            walk.exits.push(name.trim().to_owned());
        }
        out.push_str(&format!("exit{name}\n"));
    }

    fn step(&mut self, s: &mut Scope, walk: &mut Walk, depth: u8, out: &mut String) -> After {
        let ways = if depth == 0 { 5 } else { 14 };
        match self.c.below(ways) {
            0 => self.wait(s, walk, out),
            1 => self.set(s, out),
            2 | 3 => self.send(s, walk, out),
            4 => {
                if self.c.once_in(3) {
                    self.exit(walk, out);
                    return After::Left;
                }
                self.consent(s, walk, out);
            }
            5 | 6 => return self.branch(s, walk, depth - 1, out),
            7 => return self.choice(s, walk, depth - 1, out),
            8 => return self.split(s, walk, depth - 1, out),
            9 => self.repeat(s, walk, depth - 1, out),
            10 => self.action_step(s, walk, out),
            11 => self.start(s, out),
            _ => return self.wait_up_to(s, walk, depth - 1, out),
        }
        After::GoesOn
    }

    /// What a rest keeps.
    pub fn rested(&self, s: &mut Scope) {
        let kept: Vec<String> = s
            .paths(&self.world)
            .into_iter()
            .filter(|path| path.kept)
            .map(|path| path.text)
            .collect();
        let bound: Vec<String> = s
            .vars
            .iter()
            .filter(|var| matches!(var.is, Is::Record(_)))
            .map(|var| format!("{}.", var.name))
            .collect();
        s.known.retain(|path| {
            let of_bound = bound.iter().any(|start| path.starts_with(start));
            kept.contains(path) || (of_bound && path.matches('.').count() == 1)
        });
    }

    pub fn label(
        &mut self,
        walk: &mut Walk,
        send: Option<(usize, Vec<usize>)>,
        rests: bool,
    ) -> String {
        let name = self.world.fresh("place");
        walk.labels.push(Label {
            name: name.clone(),
            send,
            rests,
        });
        name
    }

    /// Arguments for parameters: those that may be unknown are left out, or given.
    pub fn arguments(&mut self, s: &Scope, params: &[Field]) -> String {
        let mut given = Vec::new();
        for param in params {
            if param.optional && self.c.below(2) == 0 {
                continue;
            }
            if matches!(param.ty, Ty::Rows(_)) {
                let rows = self.listed(s).expect("the person is in scope");
                given.push(format!("{}: {rows}", param.name));
                continue;
            }
            let unknown = if param.optional {
                self.maybe_unknown(s, &param.ty, 1)
            } else {
                None
            };
            let value = match unknown.filter(|_| !matches!(param.ty, Ty::Int(_) | Ty::Text(_))) {
                Some(value) => value,
                None => self.must(s, &param.ty, 2),
            };
            given.push(format!("{}: {}", param.name, value.text));
        }
        match given.is_empty() {
            true => String::new(),
            false => format!("({})", given.join(", ")),
        }
    }

    fn send(&mut self, s: &mut Scope, walk: &mut Walk, out: &mut String) {
        // A message, its purpose, and the channels that have both a content and a permit.
        let messages: Vec<usize> = (0..self.world.messages.len()).collect();
        let Some(at) = self.c.maybe(&messages) else {
            return self.set(s, out);
        };
        let message = &self.world.messages[at];
        let purpose = message.purpose.unwrap_or(walk.purpose);
        let channels: Vec<usize> = message
            .channels
            .iter()
            .copied()
            .filter(|channel| self.world.permits.contains(&(*channel, purpose)))
            .collect();
        if channels.is_empty() {
            return self.set(s, out);
        }
        let (name, params) = (message.name.clone(), message.params.clone());
        let mut by = vec![self.c.pick(&channels)];
        let second = self.c.pick(&channels);
        let mut words = self.world.channels[by[0]].name.clone();
        if !by.contains(&second) {
            by.push(second);
            let join = self.c.pick(&[", ", " and "]);
            words += &format!("{join}{}", self.world.channels[second].name);
        } else {
            let preferred = self
                .world
                .person_fields()
                .iter()
                .find(|field| field.name == "preferred");
            if let Some(Ty::Channel(all)) = preferred.map(|field| &field.ty)
                && all.iter().all(|one| channels.contains(one))
                && self.c.once_in(2)
            {
                by = all.clone();
                words = format!("{}.preferred", self.world.person);
            }
        }
        let arguments = self.arguments(s, &params);
        let mut text = format!("send {name}{arguments} by {words}");
        if self.world.messages[at].purpose.is_none() && self.c.once_in(3) {
            text += &format!(" for {}", self.world.purposes[purpose].name);
        }
        if self.c.once_in(4) {
            text += &format!(" within {}", types::exact_length(&mut self.c));
        }
        let labelled = self.c.below(3);
        let label = (labelled > 0).then(|| self.label(walk, Some((at, by.clone())), true));
        if let Some(label) = &label {
            out.push_str(&format!("{label}: "));
        }
        out.push_str(&text);
        self.rested(s);
        match (labelled, label) {
            (2, Some(label)) => {
                self.otherwise(s, walk, true, out);
                s.sent.push(Sent {
                    label,
                    message: at,
                    channels: by,
                });
            }
            (1, _) => self.otherwise(s, walk, false, out),
            _ => out.push('\n'),
        }
    }

    /// A field that a journey may write.
    pub fn writable(&mut self) -> Option<Field> {
        let fields: Vec<Field> = self
            .world
            .person_fields()
            .iter()
            .filter(|field| !field.key && !field.fixed && !field.sourced && !field.sensitive)
            .filter(|field| !matches!(field.ty, Ty::Rows(_) | Ty::Consent | Ty::Row(_)))
            .cloned()
            .collect();
        self.c.maybe(&fields)
    }

    pub fn set(&mut self, s: &mut Scope, out: &mut String) {
        let Some(field) = self.writable() else {
            return self.nothing(out);
        };
        let path = format!("{}.{}", self.world.person, field.name);
        let adds = match field.ty {
            Ty::Int(_) => Some("1"),
            Ty::Decimal => Some("0.5"),
            Ty::Percent => Some("1%"),
            Ty::Date | Ty::Instant => Some("2 days"),
            _ => None,
        };
        let known = !field.optional || s.known.contains(&path);
        match adds.filter(|_| known && self.c.once_in(2)) {
            Some(by) => {
                let sign = self.c.pick(&["+=", "-="]);
                out.push_str(&format!("set {path} {sign} {by}\n"));
            }
            None => {
                let value = self.must(s, &field.ty, 2).text;
                out.push_str(&format!("set {path} = {value}\n"));
            }
        }
        // Forget what was known of it, of what it leads to and of measures.
        let measures: Vec<String> = self
            .world
            .measures
            .iter()
            .map(|of| format!(".{}", of.name))
            .collect();
        s.known.retain(|known| {
            known != &path && !measures.iter().any(|measure| known.ends_with(measure))
        });
    }

    fn nothing(&mut self, out: &mut String) {
        out.push_str("wait 1 hour\n");
    }

    fn consent(&mut self, s: &mut Scope, walk: &mut Walk, out: &mut String) {
        let records: Vec<String> = self
            .world
            .person_fields()
            .iter()
            .filter(|field| field.ty == Ty::Consent)
            .map(|field| field.name.clone())
            .collect();
        match (self.c.maybe(&records), self.c.maybe(&walk.certain)) {
            (Some(record), Some(event)) => {
                let word = self.c.pick(&["grant", "withdraw"]);
                out.push_str(&format!(
                    "{word} {}.{record} from {event}\n",
                    self.world.person
                ));
            }
            _ => self.audience(s, walk, out),
        }
    }

    fn audience(&mut self, s: &mut Scope, walk: &Walk, out: &mut String) {
        let Some(audience) = self.world.audiences.first() else {
            return self.set(s, out);
        };
        let may = self
            .world
            .permits
            .contains(&(audience.channel, walk.purpose));
        let name = audience.name.clone();
        if may && self.world.purposes[walk.purpose].kind == "advertising" && self.c.below(2) == 0 {
            out.push_str(&format!("add to {name}\n"));
        } else {
            out.push_str(&format!("remove from {name}\n"));
        }
    }

    fn action_step(&mut self, s: &mut Scope, walk: &mut Walk, out: &mut String) {
        let Some(action) = self.world.actions.first() else {
            return self.wait(s, walk, out);
        };
        let (name, params, result) = (
            action.name.clone(),
            action.params.clone(),
            action.result.clone(),
        );
        let arguments = self.arguments(s, &params);
        let label = self.label(walk, None, true);
        let bound = self.world.fresh("answer");
        out.push_str(&format!("{label}: do {name}{arguments} as {bound}"));
        self.rested(s);
        self.otherwise(s, walk, true, out);
        *s = s.with(&bound, Is::Record(result));
    }

    fn start(&mut self, s: &mut Scope, out: &mut String) {
        let targets: Vec<usize> = (0..self.world.journeys.len()).collect();
        let Some(at) = self.c.maybe(&targets) else {
            return self.set(s, out);
        };
        let journey = &self.world.journeys[at];
        let (name, params) = (journey.name.clone(), journey.params.clone());
        let arguments = self.arguments(s, &params);
        out.push_str(&format!("start {name}{arguments}\n"));
    }

    fn repeat(&mut self, s: &mut Scope, walk: &mut Walk, depth: u8, out: &mut String) {
        let every = self.c.pick(&["", " every 2 days"]);
        // At the start of a pass only what a rest keeps is known.
        self.rested(s);
        let until = match self.c.below(2) {
            0 => String::new(),
            _ => format!(" until {}", self.condition(s, 2).text),
        };
        out.push_str(&format!(
            "repeat up to {} times{every}{until} {{\n",
            1 + self.c.below(4)
        ));
        let mut inner = s.clone();
        self.wait(&mut inner, walk, out);
        if depth > 0 {
            self.branch_without_end(&inner, walk, depth - 1, out);
        }
        out.push_str("}\n");
        self.rested(s);
    }
}
