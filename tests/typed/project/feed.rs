//! Rows and events of a project, as they come from outside.

use serde_json::{Map, Value, json};

use super::Maker;
use super::types::Ty;
use super::world::Field;

const PEOPLE: [&str; 3] = ["anne", "bruno", "chloé"];

impl Maker {
    /// A few people and rows, then events: CloudEvents in JSON, one a line, in the order of time.
    pub fn events(&mut self) -> String {
        let mut lines = String::new();
        let mut number = 0;
        let mut put = |kind: &str, subject: &str, hours: usize, data: Map<String, Value>| {
            number += 1;
            let (day, hour) = (1 + hours / 24, hours % 24);
            let (month, day) = (1 + (day - 1) / 28, 1 + (day - 1) % 28);
            let line = json!({
                "specversion": "1.0", "id": number.to_string(), "source": "feed", "type": kind,
                "subject": subject, "time": format!("2026-{month:02}-{day:02}T{hour:02}:30:00Z"),
                "data": data,
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        };
        for person in PEOPLE {
            let (name, fields) = self.known_entity(0);
            let data = self.data(&fields, person);
            put(&format!("{name}.upserted"), person, 0, data);
        }
        let mut clock = 1;
        for _ in 0..self.c.below(24) {
            clock += 1 + self.c.below(60);
            let person = self.c.pick(&PEOPLE);
            let entities = self.world.entities.len();
            match self.c.below(4) {
                0 => {
                    let at = self.c.below(self.world.events.len());
                    let event = &self.world.events[at];
                    let (name, fields) = (event.name.clone(), event.fields.clone());
                    let subject = if event.entity == 0 { person } else { "k1" };
                    let data = self.data(&fields, person);
                    put(&name, subject, clock, data);
                }
                1 => {
                    let (name, fields) = self.known_entity(0);
                    let data = self.data(&fields, person);
                    put(&format!("{name}.upserted"), person, clock, data);
                }
                2 => {
                    let at = 1 + self.c.below((entities - 1).max(1));
                    let (name, fields) = self.known_entity(at.min(entities - 1));
                    let data = self.data(&fields, person);
                    put(&format!("{name}.upserted"), "k1", clock, data);
                }
                _ => {
                    let channels: Vec<usize> = (0..self.world.channels.len()).collect();
                    let at = self.c.pick(&channels);
                    if let Some((event, own)) = self.reported(&[at]) {
                        let name = format!("{}.{event}", self.world.channels[at].name);
                        let data = self.data(&own, person);
                        put(&name, person, clock, data);
                    }
                }
            }
        }
        lines
    }

    fn known_entity(&self, at: usize) -> (String, Vec<Field>) {
        let entity = &self.world.entities[at];
        (entity.name.clone(), entity.fields.clone())
    }

    /// Values for fields; a `@fixed` one is the same for everybody and always.
    fn data(&mut self, fields: &[Field], person: &str) -> Map<String, Value> {
        let mut data = Map::new();
        for field in fields {
            let must = !field.optional && !field.has_default;
            if field.key || !(must || self.c.below(3) > 0) {
                continue;
            }
            let choice = if field.fixed { 0 } else { self.c.below(16) };
            if let Some(value) = self.json(&field.ty, choice, person) {
                data.insert(field.name.clone(), value);
            }
        }
        data
    }

    fn json(&mut self, ty: &Ty, choice: usize, person: &str) -> Option<Value> {
        let pick = |list: &[&str]| Some(Value::from(list[choice % list.len()]));
        match ty {
            Ty::Bool => Some((choice % 2 == 1).into()),
            Ty::Int(None) => Some([0, 1, 20, -3, 9_000_000][choice % 5].into()),
            Ty::Int(Some((low, high))) => Some((low + (choice as i64).min(high - low)).into()),
            Ty::Decimal => pick(&["1.5", "0", "-3.25", "100000.001"]),
            Ty::Percent => pick(&["10%", "0%", "12.5%"]),
            Ty::Text(_) => pick(&["x", "abc", "é🎉", "<b>"]),
            Ty::Date => pick(&["1990-02-28", "2024-02-29", "2026-01-10", "2026-02-20"]),
            Ty::Time => pick(&["09:00", "23:59", "02:30"]),
            Ty::Instant => pick(&[
                "2026-01-05T10:00:00Z",
                "2025-03-30T01:30:00Z",
                "2026-03-08T07:30:00Z",
            ]),
            Ty::Duration => pick(&["3 days", "1 month", "90 minutes"]),
            Ty::Money => {
                Some(format!("{} {}", ["20", "0", "999"][choice % 3], self.world.currency).into())
            }
            Ty::Email => Some(format!("{}@example.org", person.replace('é', "e")).into()),
            Ty::Phone => pick(&["+15145550101", "+15145550102"]),
            Ty::Url => pick(&["https://example.org/a"]),
            Ty::Country => pick(&["CA", "FR"]),
            Ty::Language => pick(&["fr", "en", "fr-CA"]),
            Ty::Timezone => pick(&["America/Toronto", "Europe/Paris", "Asia/Tokyo"]),
            Ty::Channel(of) => {
                let at = of.get(choice % of.len().max(1))?;
                Some(self.world.channels[*at].name.clone().into())
            }
            Ty::Enum(at) => {
                let variants = &self.world.enums[*at].variants;
                Some(variants[choice % variants.len()].clone().into())
            }
            Ty::Row(0) => Some(person.into()),
            Ty::Row(_) => Some("k1".into()),
            Ty::List(_) => Some(json!(["a", "b"])),
            Ty::Rows(_) => None,
            Ty::Consent => (choice > 0).then(
                || json!({"status": "granted", "since": "2026-01-01T00:00:00Z", "proof": "form"}),
            ),
        }
    }
}
