//! Rows from outside: what a CSV line or a JSON object changes, and what the row is then.

use crate::engine::{ConsentRecord, Row, RowRef, Value};
use crate::plan::{Entity, Field, Plan, Status, Type};
use crate::store::wire;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;
use std::str::FromStr;

/// One thing that is wrong with a row: the field, if it is about one, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// As the data names it; empty if it is about the whole row.
    pub field: SmolStr,
    /// Half a sentence that follows the field's name.
    pub what: String,
}

impl Problem {
    /// A problem of a field.
    pub(super) fn of(field: &str, what: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            what: what.into(),
        }
    }

    /// The sentence: `` `amount` is missing ``.
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.field.is_empty() {
            self.what.clone()
        } else {
            format!("`{}` {}", self.field, self.what)
        }
    }
}

/// What a line changes: the fields that are present.
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    /// Which row.
    pub id: RowRef,
    changes: Vec<(u32, Change)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Change {
    Value(Option<Value>),
    /// Parts of a consent record, those that are present.
    Consent(Vec<(ConsentColumn, Option<SmolStr>)>),
}

/// A part of a consent record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ConsentColumn {
    Status,
    Since,
    Basis,
    Source,
    Proof,
}

impl ConsentColumn {
    const ALL: [(&'static str, Self); 5] = [
        ("status", Self::Status),
        ("since", Self::Since),
        ("basis", Self::Basis),
        ("source", Self::Source),
        ("proof", Self::Proof),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(word, _)| *word == name)
            .map(|(_, column)| *column)
    }
}

/// Where a column of a table goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    field: u32,
    part: Option<ConsentColumn>,
}

/// Finds the field of a column: `amount`, `email_consent.status`.
///
/// # Errors
/// There is no such field, or nothing can be loaded into it.
pub fn column(entity: &Entity, name: &str) -> Result<Column, Problem> {
    let (field_name, part) = match name.split_once('.') {
        Some((field, part)) => (field, Some(part)),
        None => (name, None),
    };
    let Some((position, field)) = position(&entity.fields, field_name) else {
        let names = entity
            .fields
            .iter()
            .filter(|field| field.relation.is_none());
        let near = crate::diag::nearest(field_name, names.map(|field| field.name.as_str()));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Problem::of(
            name,
            format!("is no field of `{}`{hint}", entity.name),
        ));
    };
    if let Some(relation) = field.relation {
        let _ = relation;
        let what = "is a relation: it has no values of its own, load the rows that refer to it";
        return Err(Problem::of(name, what));
    }
    let part = match (part, &field.ty) {
        (None, _) => None,
        (Some(part), Type::Consent) => Some(ConsentColumn::named(part).ok_or_else(|| {
            Problem::of(
                name,
                "is no part of a consent: status, since, basis, source, proof",
            )
        })?),
        (Some(_), _) => return Err(Problem::of(name, "has a part, but is no consent")),
    };
    Ok(Column {
        field: position,
        part,
    })
}

fn position<'f>(fields: &'f [Field], name: &str) -> Option<(u32, &'f Field)> {
    let at = fields.iter().position(|field| field.name == name)?;
    Some((u32::try_from(at).ok()?, fields.get(at)?))
}

/// Reads a line of a table. An empty cell is unknown.
///
/// # Errors
/// Everything that is wrong with the cells.
pub fn from_cells<'c>(
    plan: &Plan,
    entity: u32,
    columns: &[Column],
    cells: impl Iterator<Item = &'c str>,
) -> Result<Patch, Vec<Problem>> {
    let mut reader = Reader::new(plan, entity)?;
    for (column, cell) in columns.iter().zip(cells) {
        reader.cell(*column, cell);
    }
    reader.finish()
}

/// Reads an object.
///
/// # Errors
/// Everything that is wrong with its members.
pub fn from_object(
    plan: &Plan,
    entity: u32,
    object: &Map<String, Json>,
) -> Result<Patch, Vec<Problem>> {
    let mut reader = Reader::new(plan, entity)?;
    for (name, json) in object {
        match column(reader.of, name) {
            Ok(column) => reader.member(column, name, json),
            Err(problem) => reader.problems.push(problem),
        }
    }
    reader.finish()
}

struct Reader<'p> {
    plan: &'p Plan,
    entity: u32,
    of: &'p Entity,
    changes: Vec<(u32, Change)>,
    problems: Vec<Problem>,
}

impl<'p> Reader<'p> {
    fn new(plan: &'p Plan, entity: u32) -> Result<Self, Vec<Problem>> {
        let of = plan.entities.get(entity as usize);
        let of = of.ok_or_else(|| vec![Problem::of("", "this table is not in the plan")])?;
        Ok(Self {
            plan,
            entity,
            of,
            changes: Vec::new(),
            problems: Vec::new(),
        })
    }

    fn part(&mut self, field: u32, part: ConsentColumn, text: Option<SmolStr>) {
        let known = self.changes.iter_mut().find(|(at, _)| *at == field);
        if let Some((_, Change::Consent(parts))) = known {
            parts.push((part, text));
        } else {
            self.changes
                .push((field, Change::Consent(vec![(part, text)])));
        }
    }

    fn cell(&mut self, column: Column, cell: &str) {
        let Some(field) = self.of.fields.get(column.field as usize) else {
            return;
        };
        let part = column
            .part
            .or((field.ty == Type::Consent).then_some(ConsentColumn::Status));
        if let Some(part) = part {
            let text = (!cell.is_empty()).then(|| SmolStr::new(cell));
            self.part(column.field, part, text);
            return;
        }
        match wire::from_text(self.plan, &field.ty, cell) {
            Ok(value) => self.changes.push((column.field, Change::Value(value))),
            Err(what) => self.problems.push(Problem::of(&field.name, what)),
        }
    }

    fn member(&mut self, column: Column, name: &str, json: &Json) {
        let Some(field) = self.of.fields.get(column.field as usize) else {
            return;
        };
        match (column.part.is_some() || field.ty == Type::Consent, json) {
            (true, Json::Object(parts)) if column.part.is_none() => {
                for (part, json) in parts {
                    match (ConsentColumn::named(part), text_of(json)) {
                        (Some(part), Ok(text)) => self.part(column.field, part, text),
                        (Some(_), Err(what)) => {
                            self.problems
                                .push(Problem::of(&format!("{name}.{part}"), what));
                        }
                        (None, _) => self.problems.push(Problem::of(
                            &format!("{name}.{part}"),
                            "is no part of a consent: status, since, basis, source, proof",
                        )),
                    }
                }
            }
            (true, json) => match text_of(json) {
                Ok(text) => {
                    self.part(
                        column.field,
                        column.part.unwrap_or(ConsentColumn::Status),
                        text,
                    );
                }
                Err(what) => self.problems.push(Problem::of(name, what)),
            },
            (false, json) => match wire::from_json(self.plan, &field.ty, json) {
                Ok(value) => self.changes.push((column.field, Change::Value(value))),
                Err(what) => self.problems.push(Problem::of(name, what)),
            },
        }
    }

    fn finish(mut self) -> Result<Patch, Vec<Problem>> {
        let key_name = self
            .of
            .fields
            .get(self.of.key as usize)
            .map_or("", |key| &key.name);
        let key = self
            .changes
            .iter()
            .find_map(|(field, change)| match change {
                Change::Value(Some(value)) if *field == self.of.key => Some(value.key()),
                _ => None,
            });
        if key.is_none()
            && !self
                .problems
                .iter()
                .any(|problem| problem.field == key_name)
        {
            self.problems
                .push(Problem::of(key_name, "is missing: it is the key"));
        }
        match key {
            Some(key) if self.problems.is_empty() => Ok(Patch {
                id: RowRef::new(self.entity, key),
                changes: self.changes,
            }),
            _ => Err(self.problems),
        }
    }
}

fn text_of(json: &Json) -> Result<Option<SmolStr>, String> {
    match json {
        Json::Null => Ok(None),
        Json::String(text) if text.is_empty() => Ok(None),
        Json::String(text) => Ok(Some(text.into())),
        _ => Err("is not a text".into()),
    }
}

/// The row after a patch: a new one takes its defaults, an existing one keeps what is not present.
///
/// # Errors
/// A required value is missing or unknown, a `@fixed` one would change, a consent is not one.
pub fn applied(
    plan: &Plan,
    patch: &Patch,
    before: Option<&Row>,
    at: Timestamp,
) -> Result<Row, Vec<Problem>> {
    let Some(entity) = plan.entities.get(patch.id.entity as usize) else {
        return Err(vec![Problem::of("", "this table is not in the plan")]);
    };
    let mut row = before.cloned().unwrap_or_else(|| Row {
        id: patch.id.clone(),
        fields: entity.fields.iter().map(default).collect(),
        written: Vec::new(),
    });
    let mut problems = Vec::new();
    for (position, change) in &patch.changes {
        let Some(field) = entity.fields.get(*position as usize) else {
            continue;
        };
        let old = before.and_then(|row| row.field(*position));
        let value = match change {
            Change::Value(None) => default(field),
            Change::Value(value) => value.clone(),
            Change::Consent(parts) => match consent(old, parts) {
                Ok(record) => Some(record),
                Err(mut problem) => {
                    problem.field = format!("{}{}", field.name, problem.field).into();
                    problems.push(problem);
                    continue;
                }
            },
        };
        if field.fixed && old.is_some() && old != value.as_ref() {
            problems.push(Problem::of(
                &field.name,
                "is `@fixed` and known: it cannot change",
            ));
            continue;
        }
        row.write(*position, value, field.refreshed.map(|_| at));
    }
    for (position, field) in (0_u32..).zip(&entity.fields) {
        let required = !field.optional && field.relation.is_none() && field.ty != Type::Consent;
        let named = |problem: &Problem| problem.field == field.name;
        if required && row.field(position).is_none() && !problems.iter().any(named) {
            let present = patch
                .changes
                .iter()
                .any(|(changed, _)| *changed == position);
            let what = if present {
                "is unknown, but required"
            } else {
                "is missing"
            };
            problems.push(Problem::of(&field.name, what));
        }
    }
    if problems.is_empty() {
        Ok(row)
    } else {
        Err(problems)
    }
}

fn default(field: &Field) -> Option<Value> {
    field.default.as_ref().and_then(wire::from_const)
}

fn consent(
    old: Option<&Value>,
    parts: &[(ConsentColumn, Option<SmolStr>)],
) -> Result<Value, Problem> {
    let mut record = match old {
        Some(Value::Consent(record)) => (**record).clone(),
        _ => ConsentRecord::of(Status::NeverAsked),
    };
    for (part, text) in parts {
        match part {
            ConsentColumn::Status => {
                record.status = match text.as_deref() {
                    None => Status::NeverAsked,
                    Some(word) => status(word).ok_or_else(|| {
                        Problem::of("", format!("is `{word}`, not one of {}", statuses()))
                    })?,
                };
            }
            ConsentColumn::Since => {
                record.since = match text.as_deref() {
                    None => None,
                    Some(text) => Some(Timestamp::from_str(text).map_err(|_| {
                        Problem::of(".since", format!("is `{text}`, not an instant in RFC 3339"))
                    })?),
                };
            }
            ConsentColumn::Basis => record.basis.clone_from(text),
            ConsentColumn::Source => record.source.clone_from(text),
            ConsentColumn::Proof => record.proof.clone_from(text),
        }
    }
    Ok(Value::Consent(record.into()))
}

const STATUSES: [(&str, Status); 7] = [
    ("never_asked", Status::NeverAsked),
    ("requested", Status::Requested),
    ("granted", Status::Granted),
    ("refused", Status::Refused),
    ("withdrawn", Status::Withdrawn),
    ("expired", Status::Expired),
    ("objected", Status::Objected),
];

fn status(word: &str) -> Option<Status> {
    STATUSES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, status)| *status)
}

fn statuses() -> String {
    STATUSES.map(|(name, _)| name).join(", ")
}
