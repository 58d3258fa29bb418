//! What a message shows: the values of a moment, and the texts made of them.
//!
//! The values are taken when a message is handed over and kept with its line of the outbox; the
//! texts are made from them whenever the outbox is read, so no store holds a rendered content.

use crate::engine::{Row, RowRef, Value, View};
use crate::plan::{Content, Field, Message, Plan, Type};
use crate::store::wire;
use crate::template::{RenderContext, RenderValue, Renderer, encode};
use indexmap::IndexMap;
use iso_currency::Currency;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// How far a template may follow references from the person.
const DEPTH: u32 = 4;

/// A value as a template reads it. Enums and channels are their names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Used {
    /// Unknown.
    Nil,
    /// `bool`
    Bool(bool),
    /// `int`
    Int(i64),
    /// `decimal`
    Decimal(Decimal),
    /// `percent`
    Percent(Decimal),
    /// An amount and its ISO 4217 code.
    Money(Decimal, SmolStr),
    /// A text, a code, a name.
    Text(SmolStr),
    /// `date`
    Date(Date),
    /// `time`
    Time(Time),
    /// `instant`
    Instant(Timestamp),
    /// A row.
    Record(IndexMap<SmolStr, Used>),
    /// Rows or plain values.
    List(Vec<Used>),
}

/// The values that one content of a message uses, at one moment.
pub struct Taker<'a> {
    plan: &'a Plan,
    view: &'a dyn View,
    /// The prepared templates of the content: only the fields that they name are taken.
    templates: Vec<&'a str>,
}

impl<'a> Taker<'a> {
    /// Takes values for a channel's part of a content.
    pub fn new(plan: &'a Plan, view: &'a dyn View, content: &'a Content, channel: u32) -> Self {
        let parts = content
            .parts
            .iter()
            .filter(|part| part.channels.contains(&channel));
        let slots = parts.flat_map(|part| &part.slots);
        Self {
            plan,
            view,
            templates: slots.map(|slot| slot.template.as_str()).collect(),
        }
    }

    /// The message's parameters and the person, by their names in the templates.
    pub fn take(
        &self,
        message: &Message,
        params: &[Option<Value>],
        person: &RowRef,
    ) -> IndexMap<SmolStr, Used> {
        let mut values = IndexMap::new();
        for (field, value) in message.params.iter().zip(params) {
            let used = self.value(&field.ty, value.as_ref(), DEPTH);
            values.insert(field.name.clone(), used);
        }
        if !values.contains_key(&message.subject) {
            values.insert(message.subject.clone(), self.row_of(person, DEPTH));
        }
        values
    }

    fn names(&self, field: &Field) -> bool {
        let name = encode(&field.name);
        self.templates
            .iter()
            .any(|template| template.contains(name.as_str()))
    }

    fn row_of(&self, id: &RowRef, depth: u32) -> Used {
        match self.view.row(id.entity, &id.key) {
            Some(row) if depth > 0 => self.record(&row, depth - 1),
            _ => Used::Nil,
        }
    }

    fn record(&self, row: &Row, depth: u32) -> Used {
        let mut fields = IndexMap::new();
        let entity = self.plan.entities.get(row.id.entity as usize);
        for (position, field) in (0_u32..).zip(entity.map_or(&[][..], |entity| &entity.fields)) {
            if !self.names(field) {
                continue;
            }
            let used = match field.relation {
                Some(via) if depth > 0 => {
                    let rows = self.view.related(via, &row.id.key);
                    Used::List(rows.iter().map(|row| self.record(row, depth - 1)).collect())
                }
                Some(_) => Used::List(Vec::new()),
                None => self.value(&field.ty, row.field(position), depth),
            };
            fields.insert(field.name.clone(), used);
        }
        Used::Record(fields)
    }

    fn value(&self, ty: &Type, value: Option<&Value>, depth: u32) -> Used {
        let Some(value) = value else {
            return Used::Nil;
        };
        match value {
            Value::Bool(value) => Used::Bool(*value),
            Value::Int(value) => Used::Int(*value),
            Value::Decimal(value) => Used::Decimal(*value),
            Value::Percent(value) => Used::Percent(*value),
            Value::Money(value) => Used::Money(value.amount, value.currency.code().into()),
            Value::Text(text) => Used::Text(text.clone()),
            Value::Date(date) => Used::Date(*date),
            Value::Time(time) => Used::Time(*time),
            Value::Instant(instant) => Used::Instant(*instant),
            Value::Duration(duration) => {
                let text = wire::duration_text(self.plan, *duration);
                text.map_or(Used::Nil, |text| Used::Text(text.into()))
            }
            Value::Variant(variant) => {
                let name = wire::variant_name(self.plan, ty, *variant);
                name.map_or(Used::Nil, |name| Used::Text(name.clone()))
            }
            Value::Channel(channel) => {
                let channel = self.plan.channels.get(*channel as usize);
                channel.map_or(Used::Nil, |channel| Used::Text(channel.name.clone()))
            }
            Value::Purpose(purpose) => {
                let purpose = self.plan.purposes.get(*purpose as usize);
                purpose.map_or(Used::Nil, |purpose| Used::Text(purpose.name.clone()))
            }
            Value::Row(id) => self.row_of(id, depth),
            Value::List(items) => {
                let inner = if let Type::List(inner) = ty {
                    inner
                } else {
                    ty
                };
                Used::List(
                    items
                        .iter()
                        .map(|item| self.value(inner, Some(item), depth))
                        .collect(),
                )
            }
            // No field or parameter that a template can name holds these.
            Value::Status(_) | Value::Event(_) | Value::Consent(_) | Value::Result(_) => Used::Nil,
        }
    }
}

impl Used {
    fn to_render(&self) -> RenderValue {
        match self {
            Self::Nil => RenderValue::Nil,
            Self::Bool(value) => RenderValue::Bool(*value),
            Self::Int(value) => RenderValue::Int(*value),
            Self::Decimal(value) => RenderValue::Decimal(*value),
            Self::Percent(value) => RenderValue::Percent(*value),
            Self::Money(amount, code) => match Currency::from_code(code) {
                Some(currency) => RenderValue::Money {
                    amount: *amount,
                    currency,
                },
                None => RenderValue::Text(format!("{amount} {code}")),
            },
            Self::Text(text) => RenderValue::Text(text.to_string()),
            Self::Date(date) => RenderValue::Date(*date),
            Self::Time(time) => RenderValue::Time(*time),
            Self::Instant(instant) => RenderValue::Instant(*instant),
            Self::Record(fields) => RenderValue::Record(
                fields
                    .iter()
                    .map(|(name, value)| (name.clone(), value.to_render()))
                    .collect(),
            ),
            Self::List(items) => RenderValue::List(items.iter().map(Self::to_render).collect()),
        }
    }
}

/// The texts of a message on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// By slot: `subject`, `body`...
    pub content: IndexMap<SmolStr, String>,
    /// The links, each once: name and URL.
    pub links: IndexMap<SmolStr, String>,
}

/// Makes the texts of a content for a channel.
///
/// # Errors
/// One sentence: a value that the template needs is not there, or a text grows without bound.
pub fn show(
    renderer: &Renderer,
    plan: &Plan,
    content: &Content,
    channel: u32,
    values: &IndexMap<SmolStr, Used>,
    id: &str,
    zone: &str,
) -> Result<Shown, String> {
    let values: IndexMap<SmolStr, RenderValue> = values
        .iter()
        .map(|(name, value)| (name.clone(), value.to_render()))
        .collect();
    let context = RenderContext {
        language: content.language.clone(),
        zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
        unsubscribe: plan
            .project
            .unsubscribe_url
            .as_deref()
            .map_or_else(String::new, |url| unsubscribe(url, id)),
        sender_address: plan.project.sender_address.clone().unwrap_or_default(),
    };
    let mut shown = Shown {
        content: IndexMap::new(),
        links: IndexMap::new(),
    };
    let parts = content
        .parts
        .iter()
        .filter(|part| part.channels.contains(&channel));
    for slot in parts.flat_map(|part| &part.slots) {
        let rendered = renderer
            .render(&slot.template, &values, &context)
            .map_err(|error| format!("`{}`: {error}", slot.name))?;
        shown.content.insert(slot.name.clone(), rendered.text);
        for link in rendered.links {
            shown.links.entry(link.name).or_insert(link.url);
        }
    }
    Ok(shown)
}

/// The URL with the outbox id as the parameter `send`, percent-encoded (RFC 3986, section 2.3).
fn unsubscribe(url: &str, id: &str) -> String {
    let (base, fragment) = url
        .split_once('#')
        .map_or((url, None), |(base, end)| (base, Some(end)));
    let mut out = String::from(base);
    out.push(if base.contains('?') { '&' } else { '?' });
    out.push_str("send=");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}
