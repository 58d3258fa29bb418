//! Events from outside: CloudEvents 1.0 in JSON, one a line.
//!
//! `type` is a declared event (`gift_made`), a change of rows (`Gift.upserted`, `Gift.deleted`) or
//! what a channel reports (`email.clicked`); `subject` is the key; `time` is required; `data` is an
//! object. The attributes that CloudEvents requires are required here too (CloudEvents 1.0.2,
//! sections 3.1 and, for JSON, 3.1 of the JSON format).

use super::rows::{self, Patch, Problem};
use crate::diag::nearest;
use crate::engine::{EventData, EventKind, RowRef, SendRef, Value};
use crate::plan::{Field, Plan};
use crate::store::wire;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;
use std::str::FromStr;
use std::sync::Arc;

/// One line, understood.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Who sent it.
    pub source: SmolStr,
    /// Unique within the source.
    pub id: SmolStr,
    /// When it happened.
    pub time: Timestamp,
    /// What happened.
    pub what: What,
    /// Members of `data` that the schema does not know: left out.
    pub ignored: Vec<String>,
}

/// What a line says.
#[derive(Debug, Clone)]
pub enum What {
    /// `TABLE.upserted`
    Upserted(Patch),
    /// `TABLE.deleted`
    Deleted(RowRef),
    /// A declared event.
    Declared {
        /// Position in the plan.
        event: u32,
        /// Whom or what it is about.
        subject: RowRef,
        /// The fields, by position.
        fields: Box<[Option<Value>]>,
    },
    /// What a channel reports.
    Channel {
        /// Position in the plan.
        channel: u32,
        /// `clicked`
        event: SmolStr,
        /// The person.
        person: RowRef,
        /// The event's own fields, by position.
        fields: Box<[Option<Value>]>,
        /// The outbox id of the send that it is about.
        send: Option<SmolStr>,
    },
}

#[derive(Deserialize)]
struct Envelope {
    specversion: Option<Json>,
    id: Option<Json>,
    source: Option<Json>,
    #[serde(rename = "type")]
    kind: Option<Json>,
    subject: Option<Json>,
    time: Option<Json>,
    data: Option<Json>,
    data_base64: Option<Json>,
}

/// Reads one line.
///
/// # Errors
/// Why the line is set aside: one sentence.
pub fn read(plan: &Plan, line: &str) -> Result<Incoming, String> {
    if !line.starts_with('{') {
        return Err("is not a CloudEvent in JSON, which is an object in one line".into());
    }
    let envelope: Envelope = serde_json::from_str(line).map_err(|error| {
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
        format!("is not a CloudEvent in JSON: {reason}")
    })?;
    let required = |value: Option<Json>, name: &str| {
        attribute(value, name)?
            .ok_or_else(|| format!("has no `{name}`, which every CloudEvent has"))
    };
    let version = required(envelope.specversion, "specversion")?;
    if version != "1.0" {
        return Err(format!("has `specversion` `{version}`; only 1.0 is known"));
    }
    let id = required(envelope.id, "id")?;
    let source = required(envelope.source, "source")?;
    let kind = required(envelope.kind, "type")?;
    let time = attribute(envelope.time, "time")?
        .ok_or("has no `time`: without it no wait or window can be right")?;
    let time = Timestamp::from_str(&time)
        .map_err(|_| format!("has the time `{time}`, which is not an instant in RFC 3339"))?;
    let subject = attribute(envelope.subject, "subject")?;
    let subject = subject.ok_or("has no `subject`: whom or what is it about?")?;
    if envelope.data_base64.is_some() {
        return Err("has its data in `data_base64`; only JSON `data` is read".into());
    }
    let data = match envelope.data {
        None | Some(Json::Null) => Map::new(),
        Some(Json::Object(data)) => data,
        Some(_) => return Err("has `data` that is not an object".into()),
    };
    let mut ignored = Vec::new();
    let what = understand(plan, &kind, &subject, data, &mut ignored)?;
    Ok(Incoming {
        source: source.into(),
        id: id.into(),
        time,
        what,
        ignored,
    })
}

/// An attribute, which is a text; nothing if it is left out or empty.
fn attribute(value: Option<Json>, name: &str) -> Result<Option<String>, String> {
    match value {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(_) => Err(format!("has a `{name}` that is not a text")),
    }
}

fn understand(
    plan: &Plan,
    kind: &str,
    subject: &str,
    data: Map<String, Json>,
    ignored: &mut Vec<String>,
) -> Result<What, String> {
    let Some((first, second)) = kind.split_once('.') else {
        let Some((event, declared)) = named(&plan.events, kind, |event| &event.name) else {
            return Err(unknown(plan, kind));
        };
        let fields = event_fields(plan, &declared.fields, &data, true, ignored)?;
        let subject = RowRef::new(declared.subject, subject);
        return Ok(What::Declared {
            event,
            subject,
            fields,
        });
    };
    if let Some((entity, table)) = named(&plan.entities, first, |entity| &entity.name) {
        return match second {
            "upserted" => upserted(plan, entity, subject, data, ignored).map(What::Upserted),
            "deleted" => Ok(What::Deleted(RowRef::new(entity, subject))),
            _ => Err(format!(
                "has the type `{kind}`; of `{}` there are `{0}.upserted` and `{0}.deleted`",
                table.name
            )),
        };
    }
    if let Some((channel, of)) = named(&plan.channels, first, |channel| &channel.name) {
        let Some(event) = of.events.iter().find(|event| event.name == second) else {
            let names: Vec<&str> = of.events.iter().map(|event| event.name.as_str()).collect();
            return Err(format!(
                "has the type `{kind}`; `{first}` reports {}",
                names.join(", ")
            ));
        };
        let mut data = data;
        let send = match data.remove("send") {
            None | Some(Json::Null) => None,
            Some(Json::String(id)) => Some(SmolStr::from(id)),
            Some(_) => return Err("has a `data.send` that is not the id of an outbox line".into()),
        };
        return Ok(What::Channel {
            channel,
            event: event.name.clone(),
            person: RowRef::new(of.profile, subject),
            fields: event_fields(plan, &event.fields, &data, false, ignored)?,
            send,
        });
    }
    Err(unknown(plan, kind))
}

fn named<'t, T>(list: &'t [T], name: &str, of: impl Fn(&T) -> &SmolStr) -> Option<(u32, &'t T)> {
    // The lists of a plan are sorted by name.
    let at = list
        .binary_search_by(|one| of(one).as_str().cmp(name))
        .ok()?;
    Some((u32::try_from(at).ok()?, list.get(at)?))
}

fn unknown(plan: &Plan, kind: &str) -> String {
    let rows = plan
        .entities
        .iter()
        .map(|entity| format!("{}.upserted", entity.name));
    let channels = plan.channels.iter().flat_map(|channel| {
        channel
            .events
            .iter()
            .map(move |event| format!("{}.{}", channel.name, event.name))
    });
    let declared = plan.events.iter().map(|event| event.name.to_string());
    let all: Vec<String> = declared.chain(rows).chain(channels).collect();
    match nearest(kind, all.iter().map(String::as_str)) {
        Some(near) => format!("has the unknown type `{kind}`; did you mean `{near}`?"),
        None => format!("has the type `{kind}`, which the project does not declare"),
    }
}

fn upserted(
    plan: &Plan,
    entity: u32,
    subject: &str,
    mut data: Map<String, Json>,
    ignored: &mut Vec<String>,
) -> Result<Patch, String> {
    let Some(table) = plan.entities.get(entity as usize) else {
        return Err("is about a table that the plan does not have".into());
    };
    data.retain(|name, _| {
        let known = table.fields.iter().any(|field| field.name == name.as_str())
            || rows::column(table, name).is_ok();
        if !known {
            ignored.push(name.clone());
        }
        known
    });
    if let Some(key) = table.fields.get(table.key as usize) {
        match data.get(key.name.as_str()) {
            None => {
                data.insert(key.name.to_string(), Json::String(subject.to_owned()));
            }
            Some(given) => {
                let given = wire::from_json(plan, &key.ty, given).ok().flatten();
                if given.is_none_or(|given| given.key() != subject) {
                    return Err(format!(
                        "gives the row `{subject}` another `{}`: a key cannot change",
                        key.name
                    ));
                }
            }
        }
    }
    rows::from_object(plan, entity, &data).map_err(|problems| sentences(&problems))
}

/// The problems of one row or event, as one sentence.
#[must_use]
pub fn sentences(problems: &[Problem]) -> String {
    let all: Vec<String> = problems.iter().map(Problem::sentence).collect();
    all.join("; ")
}

/// What providers report differs, so that a field of a channel's event may be left out.
fn event_fields(
    plan: &Plan,
    fields: &[Field],
    data: &Map<String, Json>,
    required: bool,
    ignored: &mut Vec<String>,
) -> Result<Box<[Option<Value>]>, String> {
    let mut problems = Vec::new();
    let mut values = Vec::with_capacity(fields.len());
    for field in fields {
        let given = data.get(field.name.as_str()).unwrap_or(&Json::Null);
        let value = match wire::from_json(plan, &field.ty, given) {
            Ok(Some(value)) => Some(value),
            Ok(None) => field.default.as_ref().and_then(wire::from_const),
            Err(what) => {
                problems.push(Problem::of(&format!("data.{}", field.name), what));
                None
            }
        };
        if required && value.is_none() && !field.optional && problems.is_empty() {
            problems.push(Problem::of(&format!("data.{}", field.name), "is missing"));
        }
        values.push(value);
    }
    let known = |name: &str| fields.iter().any(|field| field.name == name);
    ignored.extend(data.keys().filter(|name| !known(name)).cloned());
    if problems.is_empty() {
        Ok(values.into())
    } else {
        Err(sentences(&problems))
    }
}

impl Incoming {
    /// The event's type, as its line says it.
    #[must_use]
    pub fn name(&self, plan: &Plan) -> String {
        let entity = |at: u32| {
            plan.entities
                .get(at as usize)
                .map_or_else(String::new, |one| one.name.to_string())
        };
        match &self.what {
            What::Upserted(patch) => format!("{}.upserted", entity(patch.id.entity)),
            What::Deleted(id) => format!("{}.deleted", entity(id.entity)),
            What::Declared { event, .. } => {
                let event = plan.events.get(*event as usize);
                event.map_or_else(String::new, |event| event.name.to_string())
            }
            What::Channel { channel, event, .. } => {
                let channel = plan.channels.get(*channel as usize);
                format!(
                    "{}.{event}",
                    channel.map_or("", |channel| channel.name.as_str())
                )
            }
        }
    }

    /// The row whose absence makes an event wait; nothing for a change of rows.
    #[must_use]
    pub fn about(&self) -> Option<&RowRef> {
        match &self.what {
            What::Declared { subject, .. } => Some(subject),
            What::Channel { person, .. } => Some(person),
            What::Upserted(_) | What::Deleted(_) => None,
        }
    }

    /// The event for the engine, about `send` if it is about one; nothing for a change of rows.
    #[must_use]
    pub fn event(&self, send: Option<Arc<SendRef>>) -> Option<EventData> {
        let (subject, kind, fields) = match &self.what {
            What::Declared {
                event,
                subject,
                fields,
            } => (subject, EventKind::Declared(*event), fields),
            What::Channel {
                channel,
                event,
                person,
                fields,
                ..
            } => (
                person,
                EventKind::Channel {
                    channel: *channel,
                    event: event.clone(),
                },
                fields,
            ),
            What::Upserted(_) | What::Deleted(_) => return None,
        };
        Some(EventData {
            source: self.source.clone(),
            id: self.id.clone(),
            time: self.time,
            subject: subject.clone(),
            kind,
            fields: fields.clone(),
            send,
        })
    }
}
