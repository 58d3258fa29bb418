//! Enums, profiles, tables, events, settings, calendars.

use super::Maker;
use super::types::{self, Ty};
use super::world::{Entity, Enum, Event, Field};

const FIELD_WORDS: [&str; 16] = [
    "points",
    "note",
    "amount",
    "born",
    "wake",
    "made_at",
    "ratio",
    "campaign",
    "événement",
    "for",
    "where",
    "active",
    "site",
    "score",
    "quantity",
    "match",
];

impl Maker {
    pub fn schema(&mut self) {
        self.world.person = self.c.pick(&["member", "donateur", "person"]).to_owned();
        let person = self.world.person.clone();
        self.world.fresh(&person);
        self.world.currency = self.c.pick(&["CAD", "EUR", "JPY"]).to_owned();
        for _ in 0..1 + self.c.below(3) {
            self.enumeration();
        }
        if self.c.once_in(2) {
            self.calendar();
        }
        // The person comes first, and refers to tables that come later.
        let tables = 1 + self.c.below(3);
        for word in ["Member", "Gift", "Product", "Visit"]
            .into_iter()
            .take(1 + tables)
        {
            let name = self.world.fresh_type(word);
            self.world.entities.push(Entity {
                name,
                fields: Vec::new(),
                occurred: false,
            });
        }
        for at in 0..=tables {
            self.entity(at);
        }
        for _ in 0..1 + self.c.below(3) {
            self.event();
        }
        for _ in 0..self.c.below(3) {
            self.setting();
        }
    }

    fn doc(&mut self) -> String {
        self.c
            .pick(&[
                "",
                "",
                "/// What it is.\n",
                "// A remark.\n",
                "/// Two\n/// lines.\n",
            ])
            .to_owned()
    }

    pub fn write(&mut self, text: String) {
        let doc = self.doc();
        self.world.written.push(format!("{doc}{text}\n"));
    }

    fn enumeration(&mut self) {
        let word = self.c.pick(&["Stage", "Reason", "Étape"]);
        let name = self.world.fresh_type(word);
        let count = 2 + self.c.below(4);
        let words = ["discovery", "loyalty", "lapsed", "naïve", "other"];
        let variants: Vec<String> = words
            .iter()
            .take(count)
            .map(|word| self.world.fresh(word))
            .collect();
        let ordered = self.c.once_in(2);
        let mark = if ordered { "@ordered " } else { "" };
        let comma = if self.c.once_in(3) { "," } else { "" };
        self.write(format!(
            "{mark}enum {name} {{ {}{comma} }}",
            variants.join(", ")
        ));
        self.world.enums.push(Enum {
            name,
            variants,
            ordered,
        });
    }

    fn calendar(&mut self) {
        let name = self.world.fresh("quebec");
        let clauses = self.c.pick(&[
            "weekend saturday, sunday",
            "weekend friday\n  holidays 2026-12-25, 2027-01-01",
            "holidays 2026-12-25",
        ]);
        self.write(format!("calendar {name} {{\n  {clauses}\n}}"));
        self.world.calendars.push(name);
    }

    /// A type of plain values.
    pub fn plain_type(&mut self) -> Ty {
        match self.c.below(19) {
            0 => Ty::Int(None),
            1 => Ty::Text(Some(40)),
            2 => Ty::Money,
            3 => Ty::Enum(self.c.below(self.world.enums.len())),
            4 => Ty::Bool,
            5 => Ty::Date,
            6 => Ty::Instant,
            7 => Ty::Text(None),
            8 => Ty::Decimal,
            9 => Ty::Percent,
            10 => Ty::Time,
            11 => Ty::Duration,
            12 => Ty::Int(Some((0, 100_000))),
            13 => Ty::Int(Some((-5, 10))),
            14 => Ty::Country,
            15 => Ty::Url,
            16 => Ty::Text(Some(7)),
            17 => Ty::Email,
            _ => Ty::Language,
        }
    }

    fn field_name(&mut self, fields: &[Field]) -> String {
        let word = self.c.pick(&FIELD_WORDS);
        let mut name = word.to_owned();
        let mut number = 2;
        while fields.iter().any(|field| field.name == name) {
            name = format!("{word}_{number}");
            number += 1;
        }
        name
    }

    /// A field that stores a value, and how it is written.
    fn stored(&mut self, fields: &[Field], entity: bool) -> (Field, String) {
        let name = self.field_name(fields);
        let mut ty = self.plain_type();
        // A profile has one language at most, which is made apart.
        if entity && ty == Ty::Language {
            ty = Ty::Phone;
        }
        if entity && self.c.once_in(8) {
            ty = Ty::List(Box::new(Ty::Text(None)));
        }
        let mut field = Field::plain(&name, ty);
        let mut text = format!("{name}: {}", field.ty.text(&self.world));
        match self.c.below(3) {
            1 => {
                field.optional = true;
                text.push('?');
            }
            2 if entity => {
                if let Some(default) = types::literal(&self.world, &mut self.c, &field.ty) {
                    field.has_default = true;
                    text += &format!(" = {default}");
                }
            }
            _ => {}
        }
        if self.c.once_in(3) {
            text += " @personal";
        }
        if entity {
            match self.c.below(10) {
                1 => {
                    field.fixed = true;
                    text += " @fixed";
                }
                2 => {
                    field.refreshed = true;
                    text += " @refreshed(1 day)";
                }
                3 => {
                    field.sourced = true;
                    text += " @source(\"crm.field\")";
                }
                4 if !matches!(field.ty, Ty::List(_)) => {
                    field.index = true;
                    text += " @index";
                }
                5 => {
                    field.sensitive = true;
                    text += " @sensitive";
                }
                _ => {}
            }
        }
        (field, text)
    }

    /// Fields of an event, a result, or parameters: at most so many.
    pub fn loose_fields(&mut self, most: usize) -> (Vec<Field>, Vec<String>) {
        let (mut fields, mut texts) = (Vec::new(), Vec::new());
        for _ in 0..self.c.below(most + 1) {
            let (field, text) = self.stored(&fields, false);
            fields.push(field);
            texts.push(text);
        }
        (fields, texts)
    }

    fn entity(&mut self, at: usize) {
        let person = at == 0;
        let mut fields = Vec::new();
        let mut texts = vec!["id: text @key".to_owned()];
        fields.push(Field {
            key: true,
            ..Field::plain("id", Ty::Text(None))
        });
        let mut put = |field: Field, text: String, fields: &mut Vec<Field>| {
            fields.push(field);
            texts.push(text);
        };
        if person {
            let mut optional = |name: &str, ty: Ty, text: &str, fields: &mut Vec<Field>| {
                let mut field = Field::plain(name, ty);
                field.optional = true;
                put(field, text.to_owned(), fields);
            };
            optional("email", Ty::Email, "email: email? @personal", &mut fields);
            optional("phone", Ty::Phone, "phone: phone?", &mut fields);
            let mut zone = Field::plain("timezone", Ty::Timezone);
            zone.has_default = true;
            put(
                zone,
                "timezone: timezone = \"America/Toronto\"".to_owned(),
                &mut fields,
            );
            if self.c.once_in(2) {
                let mut language = Field::plain("language", Ty::Language);
                language.has_default = true;
                put(language, "language: language = fr".to_owned(), &mut fields);
            }
        } else {
            let to = self.world.person.clone();
            if at == 1 || self.c.once_in(2) {
                let mut field = Field::plain(&to, Ty::Row(0));
                field.index = self.c.once_in(2);
                let mark = if field.index { " @index" } else { "" };
                let text = format!("{to}: {}{mark}", self.world.entities[0].name);
                put(field, text, &mut fields);
            }
            if self.c.once_in(2) {
                let mut field = Field::plain("made_on", Ty::Instant);
                field.fixed = self.c.once_in(2);
                let mark = if field.fixed { " @fixed" } else { "" };
                put(
                    field,
                    format!("made_on: instant @occurred{mark}"),
                    &mut fields,
                );
                self.world.entities[at].occurred = true;
            }
        }
        for _ in 0..2 + self.c.below(6) {
            let (field, text) = self.stored(&fields, true);
            put(field, text, &mut fields);
        }
        if at + 1 < self.world.entities.len() && self.c.once_in(2) {
            let mut field = Field::plain("leads_to", Ty::Row(at + 1));
            field.optional = self.c.once_in(2);
            let mark = if field.optional { "?" } else { "" };
            let text = format!("leads_to: {}{mark}", self.world.entities[at + 1].name);
            put(field, text, &mut fields);
        }
        if person {
            let relation = Field::plain("all_rows", Ty::Rows(1));
            let name = &self.world.entities[1].name;
            let text = format!("all_rows: [{name}] by {name}.{}", self.world.person);
            put(relation, text, &mut fields);
        }
        self.world.entities[at].fields = fields;
        let word = if person { "profile" } else { "table" };
        let name = self.world.entities[at].name.clone();
        // The person's records of consent are written when channels and purposes are known.
        let marker = if person { "  RECORDS\n" } else { "" };
        self.write(format!(
            "{word} {name} {{\n  {}\n{marker}}}",
            texts.join("\n  ")
        ));
    }

    fn event(&mut self) {
        let word = self.c.pick(&["gift_made", "signed_up", "restocked"]);
        let name = self.world.fresh(word);
        let count = self.world.entities.len();
        let entity = if self.c.once_in(4) {
            self.c.below(count)
        } else {
            0
        };
        let subject = match entity {
            0 => self.world.person.clone(),
            _ => self.world.fresh("thing"),
        };
        let (fields, texts) = self.loose_fields(4);
        let of = self.world.entities[entity].name.clone();
        let body = match texts.is_empty() {
            true => "{}".to_owned(),
            false => format!("{{\n  {}\n}}", texts.join("\n  ")),
        };
        self.write(format!("event {name} for {subject}: {of} {body}"));
        self.world.events.push(Event {
            name,
            subject,
            entity,
            fields,
        });
    }

    fn setting(&mut self) {
        let name = self.world.fresh("threshold");
        let ty = self.plain_type();
        let value = types::literal(&self.world, &mut self.c, &ty).unwrap_or_default();
        self.write(format!(
            "setting {name}: {} = {value}",
            ty.text(&self.world)
        ));
        self.world.settings.push(Field::plain(&name, ty));
    }
}
