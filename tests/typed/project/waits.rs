//! Steps that rest, and steps that branch.

use super::Maker;
use super::scope::{Is, Scope};
use super::steps::{After, Walk};
use super::types::{self, Ty};
use super::values::ELSE;

impl Maker {
    pub fn wait(&mut self, s: &mut Scope, walk: &mut Walk, out: &mut String) {
        if self.c.below(2) == 0 {
            let label = self.label(walk, None, true);
            out.push_str(&format!("{label}: "));
        }
        let at = match self.c.below(3) {
            0 => String::new(),
            1 => " at 10:00".to_owned(),
            _ => format!(" at {}", self.must(s, &Ty::Time, 1).at(ELSE)),
        };
        let text = match self.c.below(7) {
            0 | 1 => format!(
                "wait {}{at}",
                types::calendar_length(&self.world, &mut self.c)
            ),
            2 => format!("wait until {}", self.must(s, &Ty::Time, 0).at(ELSE)),
            3 => {
                let day = self
                    .c
                    .pick(&["monday", "tuesday", "wednesday", "thursday", "friday"]);
                format!("wait until {day}{at}")
            }
            4 => match self.world.calendars.first() {
                Some(calendar) => format!("wait until workday of {calendar}{at}"),
                None => format!("wait until sunday{at}"),
            },
            5 => {
                let until = self.typed(s, &Ty::Date, 1);
                let until = until.map_or("2026-12-25".to_owned(), |date| date.at(ELSE));
                format!("wait until {until}{at} within 300 days")
            }
            _ => {
                let until = self.typed(s, &Ty::Instant, 1);
                let until = until.map_or("now()".to_owned(), |date| date.at(ELSE));
                let mut text = format!("wait until {until} {{\n");
                self.rested(s);
                self.set(&mut s.clone(), &mut text);
                text + "} else {\n exit late\n}"
            }
        };
        out.push_str(&text);
        out.push('\n');
        self.rested(s);
    }

    pub fn wait_up_to(
        &mut self,
        s: &mut Scope,
        walk: &mut Walk,
        depth: u8,
        out: &mut String,
    ) -> After {
        let label = self.label(walk, None, true);
        let length = types::calendar_length(&self.world, &mut self.c);
        out.push_str(&format!("{label}: wait up to {length}"));
        self.rested(s);
        let certain = walk.certain.clone();
        if self.c.once_in(3)
            && let Some((event, fields)) = self.awaited(s)
        {
            let filter = self.filter(s, &Is::Record(fields), 1);
            out.push_str(&format!(" for {event}{filter}\n"));
            return After::GoesOn;
        }
        out.push_str(" {\n");
        let mut all_left = true;
        // Of two arms for the same, nobody comes into the second.
        let mut awaited = std::collections::BTreeSet::new();
        for _ in 0..1 + self.c.below(2) {
            let event = self.awaited(s).filter(|_| self.c.below(3) < 2);
            let inner = match event.filter(|(event, _)| awaited.insert(event.clone())) {
                Some((event, fields)) => {
                    let name = self.world.fresh("heard");
                    let is = Is::Record(fields);
                    let filter = self.filter(s, &is, 1);
                    out.push_str(&format!("on {event} as {name}{filter} "));
                    walk.certain.push(event);
                    s.with(&name, is)
                }
                None => {
                    let when = self.condition(s, 2).text;
                    if !awaited.insert(when.clone()) {
                        continue;
                    }
                    out.push_str(&format!("when {when} "));
                    s.clone()
                }
            };
            all_left &= self.block(&inner, walk, depth, out) == After::Left;
            walk.certain.clone_from(&certain);
        }
        if self.c.below(3) > 0 {
            out.push_str("else ");
            all_left &= self.block(s, walk, depth, out) == After::Left;
        } else {
            all_left = false;
        }
        out.push_str("}\n");
        self.rested(s);
        if all_left { After::Left } else { After::GoesOn }
    }

    /// An event to wait for: of the person, or of a send that was surely handed over.
    fn awaited(&mut self, s: &Scope) -> Option<(String, Vec<super::world::Field>)> {
        if self.c.below(2) == 0
            && let Some(sent) = self.c.maybe(&s.sent)
        {
            let (event, own) = self.reported(&sent.channels)?;
            let params = self.world.messages[sent.message].params.clone();
            return Some((
                format!("{}.{event}", sent.label),
                self.event_fields(&own, Some(&params)),
            ));
        }
        self.event_of_person()
    }

    pub fn branch(&mut self, s: &mut Scope, walk: &mut Walk, depth: u8, out: &mut String) -> After {
        let unknown: Vec<String> = s
            .paths(&self.world)
            .into_iter()
            .filter(|path| path.optional)
            .map(|path| path.text)
            .collect();
        let known = self.c.maybe(&unknown).filter(|_| self.c.once_in(2));
        let (test, inner) = match &known {
            Some(path) => (format!("{path} is known"), s.knows(path)),
            None => (self.condition(s, 3).text, s.clone()),
        };
        out.push_str(&format!("if {test} "));
        let mut left = self.block(&inner, walk, depth, out) == After::Left;
        if self.c.once_in(3) {
            let test = self.condition(s, 2).text;
            out.push_str(&format!("else if {test} "));
            left &= self.block(s, walk, depth, out) == After::Left;
        }
        if self.c.below(2) == 0 {
            left = false;
        } else {
            out.push_str("else ");
            left &= self.block(s, walk, depth, out) == After::Left;
        }
        // What the branches keep in common is not followed here.
        s.known.clear();
        if left { After::Left } else { After::GoesOn }
    }

    /// An `if` without `else`, so that people go on.
    pub fn branch_without_end(&mut self, s: &Scope, walk: &mut Walk, depth: u8, out: &mut String) {
        let test = self.condition(s, 2).text;
        out.push_str(&format!("if {test} "));
        self.block(s, walk, depth, out);
    }

    pub fn choice(&mut self, s: &mut Scope, walk: &mut Walk, depth: u8, out: &mut String) -> After {
        let paths = s.paths(&self.world).into_iter();
        let of: Vec<(String, Vec<String>)> = paths
            .filter(|path| !path.optional)
            .filter_map(|path| match path.ty {
                Ty::Enum(at) => Some((path.text, self.world.enums[at].variants.clone())),
                Ty::Bool => Some((path.text, vec!["yes".to_owned(), "no".to_owned()])),
                _ => None,
            })
            .collect();
        let Some((value, arms)) = self.c.maybe(&of) else {
            return self.branch(s, walk, depth, out);
        };
        out.push_str(&format!("match {value} {{\n"));
        let (first, others) = (arms[0].clone(), arms[1..].join(", "));
        out.push_str(&format!("{first} "));
        let mut left = self.block(s, walk, depth, out) == After::Left;
        let rest = self.c.pick(&[others, "else".to_owned()]);
        out.push_str(&format!("{rest} "));
        left &= self.block(s, walk, depth, out) == After::Left;
        out.push_str("}\n");
        s.known.clear();
        if left { After::Left } else { After::GoesOn }
    }

    pub fn split(&mut self, s: &mut Scope, walk: &mut Walk, depth: u8, out: &mut String) -> After {
        let best = self.c.once_in(3);
        let mut left = true;
        let mut arms = Vec::new();
        if best {
            let name = self.world.fresh("trial");
            let mut by = vec!["clicked"];
            by.extend(walk.goal.then_some("goal"));
            by.extend(walk.worth.then_some("worth"));
            let by = self.c.pick(&by);
            let more = self.c.pick(&["", " or 1_000 people", " keeping 5%"]);
            out.push_str(&format!(
                "split {name} best by {by} after 2 days{more} {{\n"
            ));
            for share in ["10%", "25.5%"] {
                let arm = self.world.fresh("arm");
                out.push_str(&format!("{share} {arm} "));
                left &= self.block(s, walk, depth, out) == After::Left;
                arms.push(arm);
            }
            out.push_str("rest\n}\n");
            walk.splits.push((name, arms));
        } else {
            let named = self.c.once_in(2);
            let name = self.world.fresh("halves");
            let drawn = self.c.pick(&["", " drawn each time"]);
            let shown = if named {
                format!(" {name}")
            } else {
                String::new()
            };
            out.push_str(&format!("split{shown}{drawn} {{\n"));
            for share in ["50%", "30%", "20%"] {
                let arm = self.world.fresh("arm");
                out.push_str(&format!("{share} {arm} "));
                left &= self.block(s, walk, depth, out) == After::Left;
                arms.push(arm);
            }
            out.push_str("}\n");
            if named {
                walk.splits.push((name, arms));
            }
        }
        s.known.clear();
        if left { After::Left } else { After::GoesOn }
    }
}
