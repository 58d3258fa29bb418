//! Channels, purposes, records of consent, rules, groups, audiences, actions.

use super::Maker;
use super::scope::Scope;
use super::types::{self, Ty};
use super::values::{ATOM, Expr, PRODUCT};
use super::world::{Action, Audience, Channel, Field, Purpose};

const PURPOSE_KINDS: [&str; 6] = [
    "fundraising",
    "marketing",
    "research",
    "relationship",
    "political",
    "tracking",
];

impl Maker {
    pub fn policy(&mut self) {
        for kind in [
            "email", "sms", "push", "print", "call", "whatsapp", "in_app", "web", "wallet",
            "webhook",
        ] {
            if kind == "email" || self.c.once_in(3) {
                self.channel(kind, kind);
            }
        }
        if self.c.once_in(4) {
            let name = self.world.fresh("meta");
            self.channel(&name, "audience");
        }
        for kind in std::iter::once("service").chain(PURPOSE_KINDS) {
            if kind == "service" || kind == "fundraising" || self.c.once_in(4) {
                self.purpose(kind);
            }
        }
        let meta = self
            .world
            .channels
            .iter()
            .position(|of| of.kind == "audience");
        if meta.is_some() {
            self.purpose("advertising");
        }
        self.records();
        self.permits();
        if let Some(channel) = meta {
            let name = self.world.fresh("lookalike");
            let via = self.world.channels[channel].name.clone();
            let (person, of) = self.subject();
            self.write(format!("audience {name} for {person}: {of} via {via}"));
            self.world.audiences.push(Audience { name, channel });
        }
        for _ in 0..self.c.below(3) {
            self.action();
        }
        if self.c.once_in(3) {
            let name = self.world.fresh("control");
            let (person, of) = self.subject();
            let redrawn = self.c.pick(&["", " redrawn every year"]);
            self.write(format!(
                "holdout {name} of {person}: {of} 5% for fundraising{redrawn}"
            ));
            self.world.holdouts.push(name);
        }
    }

    /// What the person is called, and their profile.
    pub fn subject(&self) -> (String, String) {
        (
            self.world.person.clone(),
            self.world.entities[0].name.clone(),
        )
    }

    fn channel(&mut self, name: &str, kind: &'static str) {
        self.world.channels.push(Channel {
            name: name.to_owned(),
            kind,
        });
        let (person, of) = self.subject();
        let mut clauses = Vec::new();
        match kind {
            "email" | "audience" => clauses.push(format!("address {person}.email")),
            "sms" | "whatsapp" | "call" => clauses.push(format!("address {person}.phone")),
            "push" | "print" => clauses.push(format!("address {person}.id")),
            _ => {}
        }
        if kind == "audience" || kind == "webhook" {
            clauses.push(format!("shares hashed {person}.email, phone"));
        }
        if self.c.once_in(2) {
            clauses.push(format!("cost 0.02 {}", self.world.currency));
        }
        if self.c.once_in(4) {
            clauses.push(format!(
                "lead {}",
                types::calendar_length(&self.world, &mut self.c)
            ));
        }
        if self.c.once_in(4) {
            clauses.push(format!(
                "capacity 500 per {}",
                types::exact_length(&mut self.c)
            ));
        }
        if self.c.once_in(3) {
            clauses.push("sender \"Espoir <merci@example.org>\"".to_owned());
        }
        let kind = if name == kind {
            String::new()
        } else {
            format!(": {kind}")
        };
        self.write(format!(
            "channel {name}{kind} for {person}: {of} {{\n  {}\n}}",
            clauses.join("\n  ")
        ));
    }

    fn purpose(&mut self, kind: &'static str) {
        let name = self.world.fresh(&format!("{kind}_letters"));
        let because = if kind == "service" || self.c.once_in(4) {
            " because \"it was asked for\""
        } else {
            ""
        };
        self.write(format!("purpose {name}: {kind}{because}"));
        self.world.purposes.push(Purpose { name, kind });
    }

    /// One record of the profile a channel, for all purposes that are no service.
    fn records(&mut self) {
        let kinds: Vec<&str> = self
            .world
            .purposes
            .iter()
            .map(|purpose| purpose.kind)
            .filter(|kind| *kind != "service")
            .collect();
        let kinds = kinds.join(", ");
        let mut texts = Vec::new();
        for at in 0..self.world.channels.len() {
            let channel = self.world.channels[at].name.clone();
            let name = format!("{channel}_consent");
            let expires = self.c.pick(&["", " @expires(24 months)"]);
            texts.push(format!("{name}: consent({channel} for {kinds}){expires}"));
            self.world.entities[0]
                .fields
                .push(Field::plain(&name, Ty::Consent));
        }
        let channels: Vec<usize> = (0..self.world.channels.len())
            .filter(|at| !matches!(self.world.channels[*at].kind, "audience" | "webhook"))
            .collect();
        if channels.len() > 1 && self.c.once_in(2) {
            let ty = Ty::Channel(channels);
            texts.push(format!("preferred: {}?", ty.text(&self.world)));
            let mut field = Field::plain("preferred", ty);
            field.optional = true;
            self.world.entities[0].fields.push(field);
        }
        let records = format!("  {}\n", texts.join("\n  "));
        for text in &mut self.world.written {
            *text = text.replace("  RECORDS\n", &records);
        }
    }

    fn permits(&mut self) {
        let (person, of) = self.subject();
        let scope = Scope {
            groups: false,
            ..Scope::of_person(&self.world)
        };
        let name = self.world.fresh("canada");
        let mut rules = Vec::new();
        for purpose in 0..self.world.purposes.len() {
            for channel in 0..self.world.channels.len() {
                // The first channel has a permit for everything.
                if channel > 0 && self.c.once_in(4) {
                    continue;
                }
                let kind = self.world.purposes[purpose].kind;
                if (self.world.channels[channel].kind == "audience") != (kind == "advertising") {
                    continue;
                }
                let basis = match kind {
                    "service" => self.c.pick(&["contract", "exempt"]),
                    _ => {
                        self.c
                            .pick(&["consent", "consent", "double_opt_in", "legitimate_interest"])
                    }
                };
                let because = match basis {
                    "exempt" | "legitimate_interest" => " because \"we looked at it\"",
                    _ => "",
                };
                let when = if self.c.once_in(5) {
                    format!(" when {}", self.condition(&scope, 2).text)
                } else {
                    String::new()
                };
                let (to, what) = (
                    &self.world.channels[channel].name,
                    &self.world.purposes[purpose].name,
                );
                rules.push(format!("permit {to} for {what} by {basis}{when}{because}"));
                self.world.permits.push((channel, purpose));
            }
        }
        let dated = self.world.events.iter().find(|event| event.entity == 0);
        if let Some(event) = dated
            .map(|event| event.name.clone())
            .filter(|_| self.c.once_in(3))
        {
            let basis = self.c.pick(&[
                "implied_nonprofit",
                "implied_business",
                "implied_inquiry",
                "soft_opt_in",
            ]);
            rules.push(format!(
                "permit email for fundraising by {basis} when any({event} in last 24 months)"
            ));
        }
        for _ in 0..self.c.below(4) {
            rules.push(self.rule(&scope));
        }
        let to_whom = match self.c.below(4) {
            1 => format!(" where {}", self.condition(&scope, 1).text),
            2 => " under ca_casl, ca_qc".to_owned(),
            _ => String::new(),
        };
        self.write(format!(
            "consent {name} for {person}: {of}{to_whom} {{\n  {}\n}}",
            rules.join("\n  ")
        ));
        if self.c.once_in(2) {
            let name = self.world.fresh("house");
            let rules: Vec<String> = (0..1 + self.c.below(2))
                .map(|_| self.rule(&scope))
                .collect();
            self.write(format!(
                "consent {name} for {person}: {of} {{\n  {}\n}}",
                rules.join("\n  ")
            ));
        }
    }

    /// A prohibition or a limit.
    fn rule(&mut self, scope: &Scope) -> String {
        let channels = self.c.pick(&["any", "email", "email, sms"]);
        let purposes = self
            .c
            .pick(&["fundraising", "any", "fundraising, marketing"]);
        let otherwise = self
            .c
            .pick(&["else skip", "else delay", "else delay up to 2 days"]);
        let about = format!("{channels} for {purposes}");
        match self.c.below(6) {
            0 => {
                let per = self.c.pick(&["7 days", "24 hours", "90 minutes"]);
                let key = match self.c.once_in(4) {
                    true => self.typed(scope, &Ty::Text(None), 0),
                    false => None,
                };
                let key = key.map_or(String::new(), |key| format!(" per {}", key.at(ATOM)));
                format!(
                    "limit {about} to {} per {per}{key} {otherwise}",
                    1 + self.c.below(5)
                )
            }
            1 => format!("forbid {about} between 21:00 and 09:00 {otherwise}"),
            2 => {
                let days = self
                    .c
                    .pick(&["saturday, sunday", "tuesday", "wednesday, thursday"]);
                format!("forbid {about} on {days} {otherwise}")
            }
            3 => match self.world.calendars.first().cloned() {
                Some(calendar) => format!("forbid {about} on holidays of {calendar} {otherwise}"),
                None => format!("forbid {about} between 12:00 and 13:30 on monday {otherwise}"),
            },
            4 => {
                let when = self.condition(scope, 2).text;
                format!("forbid {about} when {when} between 22:00 and 06:00 {otherwise}")
            }
            _ => format!("forbid {about} when {}", self.condition(scope, 2).text),
        }
    }

    fn action(&mut self) {
        let name = self.world.fresh("coupon");
        let (params, texts) = self.loose_fields(2);
        let (result, returns) = self.loose_fields(3);
        let params_text = match texts.is_empty() {
            true => String::new(),
            false => format!("({})", texts.join(", ")),
        };
        let returns = match returns.is_empty() {
            true => String::new(),
            false => format!(" returns {{ {} }}", returns.join("\n  ")),
        };
        let clauses = self.c.pick(&[
            "",
            " timeout 5 seconds",
            " timeout 2 minutes secret COUPON_KEY",
        ]);
        self.write(format!(
            "action {name}{params_text}{returns} {{\n  post \"https://example.org/do\"{clauses}\n}}"
        ));
        self.world.actions.push(Action {
            name,
            params,
            result,
        });
    }

    /// A segment or a measure, which may name those before it.
    pub fn derived(&mut self) {
        let scope = Scope::of_person(&self.world);
        let (person, of) = self.subject();
        if self.c.below(2) == 0 {
            let name = self.world.fresh("lapsing");
            let value = self.condition(&scope, 4).text;
            self.write(format!("segment {name} of {person}: {of} = {value}"));
            self.world.segments.push(name);
            return;
        }
        let ty = self.plain_type();
        let (name, optional) = (self.world.fresh("given"), self.c.once_in(3));
        let unknown = if optional {
            self.maybe_unknown(&scope, &ty, 2)
        } else {
            None
        };
        // A measure says its type by itself.
        let ready = unknown.map(|value| (value, true));
        let made = match (ready, &ty) {
            // A calculation with whole numbers has a range; this has none.
            (_, Ty::Int(_)) => {
                let of = self.must(&scope, &Ty::Decimal, 3).at(PRODUCT);
                Some((Expr::atom(format!("round({of} * 1.5)")), false))
            }
            (Some(made), _) => Some(made),
            (None, _) => self.typed(&scope, &ty, 3).map(|value| (value, false)),
        };
        let ty = if matches!(ty, Ty::Int(_)) {
            Ty::Int(None)
        } else {
            ty
        };
        let Some((value, optional)) = made else {
            return;
        };
        self.write(format!("measure {name} of {person}: {of} = {}", value.text));
        let mut field = Field::plain(&name, ty);
        field.optional = optional;
        self.world.measures.push(field);
    }
}
