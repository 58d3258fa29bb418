//! Questions about rows and events.

use super::Maker;
use super::scope::{Is, Scope};
use super::types::{self, Ty};
use super::values::{ELSE, Expr, SUM};
use super::world::Field;

/// Where rows come from: how it is written, what a row is, whether rows have a time, and the
/// condition that their `where` must begin with.
struct Source {
    text: String,
    row: Is,
    dated: bool,
    pinned: Option<String>,
}

/// What each kind of channel reports: the event, and its own fields.
pub fn reports(kind: &str) -> Vec<(&'static str, Vec<Field>)> {
    let link = || {
        vec![
            Field::plain("link", Ty::Text(None)),
            Field::plain("url", Ty::Url),
        ]
    };
    let text = |name| vec![Field::plain(name, Ty::Text(None))];
    let yes = |name| vec![Field::plain(name, Ty::Bool)];
    match kind {
        "email" => vec![
            ("sent", vec![]),
            ("delivered", vec![]),
            ("bounced", yes("hard")),
            ("opened", yes("machine")),
            ("clicked", link()),
            ("unsubscribed", vec![]),
        ],
        "sms" | "whatsapp" => vec![
            ("sent", vec![]),
            ("delivered", vec![]),
            ("failed", text("reason")),
            ("clicked", link()),
            ("replied", text("text")),
            ("stopped", vec![]),
        ],
        "push" | "in_app" => vec![("sent", vec![]), ("opened", vec![]), ("dismissed", vec![])],
        "print" => vec![("posted", vec![]), ("returned", vec![])],
        "call" => vec![("queued", vec![]), ("answered", text("outcome"))],
        "wallet" => vec![("installed", vec![]), ("removed", vec![])],
        "web" => vec![("shown", vec![]), ("clicked", link())],
        _ => vec![("failed", text("reason"))],
    }
}

impl Maker {
    /// An event that some channel of a list, or all of them, report: its name and fields.
    pub fn reported(&mut self, channels: &[usize]) -> Option<(&'static str, Vec<Field>)> {
        let kinds: Vec<&str> = channels
            .iter()
            .map(|at| self.world.channels[*at].kind)
            .collect();
        let (first, others) = kinds.split_first()?;
        let mut shared = reports(first);
        shared.retain(|(event, _)| {
            let has = |kind: &&str| reports(kind).iter().any(|(other, _)| other == event);
            others.iter().all(has)
        });
        self.c.maybe(&shared)
    }

    /// The fields of an event: its own, its time, and what a message gives it.
    pub fn event_fields(&self, own: &[Field], params: Option<&[Field]>) -> Vec<Field> {
        let (from_message, params) = (params.is_some(), params.unwrap_or_default());
        let mut fields = own.to_vec();
        fields.push(Field::plain("time", Ty::Instant));
        // A link of a message is compared with those that it has, not with any text.
        if from_message {
            fields.retain(|field| field.name != "link");
        }
        // A list of rows is no relation, and is only shown.
        let taken = |name: &str| own.iter().any(|field| field.name == name) || name == "purpose";
        let usable = |param: &&Field| !taken(&param.name) && !matches!(param.ty, Ty::Rows(_));
        fields.extend(params.iter().filter(usable).cloned());
        fields
    }

    /// The fields of a declared event, its subject among them.
    pub fn declared_fields(&self, at: usize) -> Vec<Field> {
        let event = &self.world.events[at];
        let mut fields = self.event_fields(&event.fields, None);
        fields.push(Field::plain(&event.subject, Ty::Row(event.entity)));
        fields
    }

    fn source(&mut self, s: &Scope) -> Option<Source> {
        if !s.sent.is_empty() && self.c.once_in(3) {
            return self.of_label(s);
        }
        match self.c.below(7) {
            0 | 1 => self.relation(s),
            2 => self.declared(s),
            3 => self.of_channel(s),
            4 => self.of_message(s),
            5 => self.of_journey(s),
            _ => self.table(s),
        }
    }

    /// What the `where` over the events of sends may begin with.
    fn of_purpose(&mut self) -> Option<String> {
        let purposes: Vec<String> = self
            .world
            .purposes
            .iter()
            .map(|of| of.name.clone())
            .collect();
        let purpose = self.c.maybe(&purposes).filter(|_| self.c.once_in(4))?;
        let test = self.c.pick(&["== X", "!= X", "in [X]"]);
        Some(format!("purpose {}", test.replace('X', &purpose)))
    }

    fn of_journey(&mut self, s: &Scope) -> Option<Source> {
        let count = self.world.journeys.len();
        let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
        let event = self.c.pick(&["entered", "left", "converted"]);
        (s.person && s.groups).then(|| Source {
            text: format!("{}.{event}", self.world.journeys[at].name),
            row: Is::Record(vec![Field::plain("time", Ty::Instant)]),
            dated: true,
            pinned: None,
        })
    }

    fn relation(&mut self, s: &Scope) -> Option<Source> {
        let found: Vec<(String, usize)> = s
            .paths(&self.world)
            .into_iter()
            .filter_map(|path| match path.ty {
                Ty::Rows(at) if !path.optional => Some((path.text, at)),
                _ => None,
            })
            .collect();
        let (text, at) = self.c.maybe(&found)?;
        Some(Source {
            text,
            row: Is::Row(at),
            dated: self.world.entities[at].occurred,
            pinned: None,
        })
    }

    fn declared(&mut self, s: &Scope) -> Option<Source> {
        let count = self.world.events.len();
        let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
        let (name, entity) = (
            self.world.events[at].name.clone(),
            self.world.events[at].entity,
        );
        let rows = s.rows(&self.world, entity);
        let about_subject = s.person && entity == 0;
        let of = match self.c.maybe(&rows) {
            Some(row) if !about_subject || self.c.once_in(3) => format!(" of {row}"),
            _ if about_subject => String::new(),
            _ => return None,
        };
        Some(Source {
            text: format!("{name}{of}"),
            row: Is::Record(self.declared_fields(at)),
            dated: true,
            pinned: None,
        })
    }

    fn of_channel(&mut self, s: &Scope) -> Option<Source> {
        let count = self.world.channels.len();
        let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
        let (event, own) = self.reported(&[at])?;
        s.person.then(|| Source {
            text: format!("{}.{event}", self.world.channels[at].name),
            row: Is::Record(self.event_fields(&own, None)),
            dated: true,
            pinned: self.of_purpose(),
        })
    }

    fn of_message(&mut self, s: &Scope) -> Option<Source> {
        let count = self.world.messages.len();
        let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
        let channels = self.world.messages[at].channels.clone();
        let (event, own) = self.reported(&channels)?;
        let params = self.world.messages[at].params.clone();
        (s.person && s.groups).then(|| Source {
            text: format!("{}.{event}", self.world.messages[at].name),
            row: Is::Record(self.event_fields(&own, Some(&params))),
            dated: true,
            pinned: self.of_purpose(),
        })
    }

    fn of_label(&mut self, s: &Scope) -> Option<Source> {
        let sent = self.c.maybe(&s.sent)?;
        let (event, own) = self.reported(&sent.channels)?;
        let params = self.world.messages[sent.message].params.clone();
        Some(Source {
            text: format!("{}.{event}", sent.label),
            row: Is::Record(self.event_fields(&own, Some(&params))),
            dated: true,
            pinned: None,
        })
    }

    fn table(&mut self, s: &Scope) -> Option<Source> {
        let count = self.world.entities.len();
        let at = self.c.maybe(&(1..count).collect::<Vec<_>>())?;
        let row = Is::Row(at);
        // What the key is compared with must not read the row.
        let inside = s.within(&row, None);
        let pins: Vec<_> = inside
            .paths(&self.world)
            .into_iter()
            .filter(|path| path.pins)
            .collect();
        let pin = self.c.maybe(&pins)?;
        if pin.optional {
            return None;
        }
        let outside = Scope {
            row: None,
            ..s.clone()
        };
        let value = self.value(&outside, &pin.ty, 0)?;
        // The person's name may be that of a field, which then comes first.
        if self.world.entities[at]
            .fields
            .iter()
            .any(|field| field.name == value.text.trim_matches(['(', ')']))
        {
            return None;
        }
        Some(Source {
            text: self.world.entities[at].name.clone(),
            row,
            dated: self.world.entities[at].occurred,
            pinned: Some(format!("{} == {}", pin.text, value.at(ELSE))),
        })
    }

    /// `SOURCE [as NAME] [in last D] [where C]`, and the scope of its rows.
    fn source_text(&mut self, s: &Scope, claims: bool, depth: u8) -> Option<(String, Scope)> {
        let source = self.source(s)?;
        let name = self.c.once_in(4).then(|| self.world.fresh("row"));
        let scope = s.within(&source.row, name.as_deref());
        let mut text = source.text;
        if let Some(name) = &name {
            text += &format!(" as {name}");
        }
        if source.dated && self.c.once_in(3) {
            text += &format!(
                " in last {}",
                types::calendar_length(&self.world, &mut self.c)
            );
        }
        let wanted = claims || self.c.once_in(2);
        let filter = wanted.then(|| self.condition(&scope, depth));
        match (source.pinned, filter) {
            (Some(pinned), Some(filter)) => {
                text += &format!(" where {pinned} and {}", filter.at(super::values::NOT));
            }
            (Some(pinned), None) => text += &format!(" where {pinned}"),
            (None, Some(filter)) => text += &format!(" where {}", filter.text),
            (None, None) => {}
        }
        // What the `where` tells is not relied on.
        Some((text, scope))
    }

    /// `any(S)`, `none(S)`, `all(S)`.
    pub fn asked(&mut self, s: &Scope, depth: u8) -> Option<Expr> {
        let word = self.c.pick(&["any", "none", "all"]);
        let (text, _) = self.source_text(s, word == "all", depth)?;
        Some(Expr::atom(format!("{word}({text})")))
    }

    pub fn counted(&mut self, s: &Scope, depth: u8) -> Option<Expr> {
        let (text, _) = self.source_text(s, false, depth)?;
        Some(Expr::atom(format!("count({text})")))
    }

    /// `sum(X of S)`, which is never unknown.
    pub fn summed(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let (text, scope) = self.source_text(s, false, depth)?;
        let value = self.typed(&scope, ty, depth)?;
        Some(Expr::atom(format!("sum({} of {text})", value.text)))
    }

    /// `first(S by F)?.field`, `highest(X of S)`: may be unknown.
    pub fn picked(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let (text, scope) = self.source_text(s, false, depth)?;
        if self.c.below(2) == 0 && ty.ordered(&self.world) {
            let value = self.typed(&scope, ty, depth)?;
            let word = match ty {
                Ty::Money | Ty::Percent | Ty::Decimal => self.c.pick(&["highest", "lowest", "avg"]),
                _ => self.c.pick(&["highest", "lowest"]),
            };
            return Some(Expr::atom(format!("{word}({} of {text})", value.text)));
        }
        let inside = Scope {
            vars: Vec::new(),
            known: Vec::new(),
            groups: false,
            ..scope.clone()
        };
        let known: Vec<_> = inside.paths(&self.world);
        let settings: Vec<&str> = self
            .world
            .settings
            .iter()
            .map(|of| of.name.as_str())
            .collect();
        let own = |text: &str| !text.contains('.') && !settings.contains(&text);
        let by: Vec<String> = known
            .iter()
            .filter(|path| own(&path.text) && !path.optional && path.ty.ordered(&self.world))
            .map(|path| path.text.clone())
            .collect();
        let fields: Vec<String> = known
            .iter()
            .filter(|path| own(&path.text) && path.ty == *ty)
            .map(|path| path.text.trim_matches('`').to_owned())
            .collect();
        let (by, field) = (self.c.maybe(&by)?, self.c.maybe(&fields)?);
        let word = self.c.pick(&["first", "last"]);
        Some(Expr::atom(format!("{word}({text} by {by})?.{field}")))
    }

    /// The rows of the person in a list: those with the largest values of a field, or all.
    pub fn listed(&mut self, s: &Scope) -> Option<String> {
        let all: Vec<String> = s
            .paths(&self.world)
            .into_iter()
            .filter(|path| path.ty == Ty::Rows(1) && !path.optional)
            .map(|path| path.text)
            .collect();
        let all = self.c.maybe(&all)?;
        let fields = self.world.entities[1].fields.iter();
        let by: Vec<String> = fields
            .filter(|of| !of.optional && !of.sensitive && of.ty.ordered(&self.world))
            .map(|of| super::world::bare(&of.name))
            .collect();
        Some(match self.c.maybe(&by).filter(|_| self.c.below(3) > 0) {
            Some(by) => format!("top {} {all} by {by}", 1 + self.c.below(9)),
            None => all,
        })
    }

    /// A value that may be unknown, for what takes one.
    pub fn maybe_unknown(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let unknown = s.paths(&self.world).into_iter();
        let unknown = unknown.filter(|path| path.optional && path.ty == *ty);
        let unknown: Vec<String> = unknown.map(|path| path.text).collect();
        match self.c.below(3) {
            0 => self.c.maybe(&unknown).map(Expr::atom),
            1 => self.picked(s, ty, depth),
            _ => {
                let text = self.c.maybe(&unknown)?;
                let next = self.picked(s, ty, depth)?;
                Some(Expr::new(ELSE, format!("{text} ?? {}", next.at(SUM))))
            }
        }
    }
}
