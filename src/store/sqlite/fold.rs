//! Folding the journal into the tables, and reading the tables back.

use super::journal::Record;
use super::tables::{columns_of, quoted};
use super::{SqliteStore, damaged, database};
use crate::engine::{Effect, Row, RowRef, Value, View};
use crate::plan::{Entity, Plan, Type};
use crate::store::{Store, StoreError, wire};
use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{params, params_from_iter};
use std::sync::Arc;

impl SqliteStore {
    /// Writes what changed since the last fold into the tables and empties the journal: all of it
    /// in one transaction.
    pub(super) fn fold(&mut self) -> Result<(), StoreError> {
        if self.rows.is_empty() && self.states.is_empty() && self.history.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction().map_err(database)?;
        for id in &self.rows {
            let Some(entity) = self.plan.entities.get(id.entity as usize) else {
                continue;
            };
            let key = entity
                .fields
                .get(entity.key as usize)
                .map_or("", |key| &key.name);
            let table = quoted(&entity.name);
            let delete = format!("delete from {table} where {} = ?1", quoted(key));
            let mut delete = transaction.prepare_cached(&delete).map_err(database)?;
            delete.execute([id.key.as_str()]).map_err(database)?;
            if let Some(row) = self.memory.row(id.entity, &id.key) {
                let cells = cells(&self.plan, entity, &row)?;
                let names: Vec<String> = columns_of(entity).map(quoted).collect();
                let marks = vec!["?"; cells.len()].join(", ");
                let insert = format!(
                    "insert into {table} ({}, \"jalon_written\") values ({marks})",
                    names.join(", ")
                );
                let mut insert = transaction.prepare_cached(&insert).map_err(database)?;
                insert.execute(params_from_iter(cells)).map_err(database)?;
            }
        }
        for (person, state) in &self.states {
            let entity = self
                .plan
                .entities
                .get(person.entity as usize)
                .map_or("", |e| &e.name);
            if state.is_empty() {
                transaction
                    .prepare_cached("delete from jalon_resting where entity = ?1 and person = ?2")
                    .and_then(|mut delete| delete.execute(params![entity, person.key.as_str()]))
                    .map_err(database)?;
            } else {
                let state = json(state)?;
                transaction
                    .prepare_cached(
                        "insert or replace into jalon_resting (entity, person, state) values (?1, ?2, ?3)",
                    )
                    .and_then(|mut insert| insert.execute(params![entity, person.key.as_str(), state]))
                    .map_err(database)?;
            }
        }
        let (mut next_line, mut next_history) = (self.next_line, self.next_history);
        for record in &self.history {
            if let Record::Line(line) = record {
                transaction
                    .prepare_cached("insert into jalon_outbox (position, line) values (?1, ?2)")
                    .and_then(|mut insert| insert.execute(params![next_line, line]))
                    .map_err(database)?;
                next_line += 1;
            } else {
                let payload = json(record)?;
                transaction
                    .prepare_cached(
                        "insert into jalon_history (position, person, payload) values (?1, ?2, ?3)",
                    )
                    .and_then(|mut insert| {
                        insert.execute(params![next_history, person_of(record), payload])
                    })
                    .map_err(database)?;
                next_history += 1;
            }
        }
        transaction
            .execute("delete from jalon_journal", ())
            .map_err(database)?;
        transaction.commit().map_err(database)?;
        (self.next_line, self.next_history) = (next_line, next_history);
        self.rows.clear();
        self.states.clear();
        self.history.clear();
        self.batches = 0;
        Ok(())
    }

    /// Reads what was folded into memory.
    pub(super) fn read_tables(&mut self) -> Result<(), StoreError> {
        let plan = Arc::clone(&self.plan);
        for (position, entity) in (0_u32..).zip(&plan.entities) {
            for row in self.stored(&plan, position, entity)? {
                let id = row.id.clone();
                self.memory.write_row(&id, Some(Arc::new(row)))?;
            }
        }
        for payload in self.texts("select payload from jalon_history order by position")? {
            let record: Record = serde_json::from_str(&payload)
                .map_err(|error| damaged(format!("a record of the history: {error}")))?;
            self.replay(record)?;
        }
        let resting: Vec<(String, String, String)> = {
            let mut select = self
                .connection
                .prepare("select entity, person, state from jalon_resting")
                .map_err(database)?;
            let rows = select.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            rows.and_then(Iterator::collect).map_err(database)?
        };
        for (entity, person, state) in resting {
            let at = plan.entities.iter().position(|one| one.name == entity);
            let at = at.and_then(|at| u32::try_from(at).ok());
            let at =
                at.ok_or_else(|| damaged(format!("somebody of the unknown `{entity}` rests")))?;
            let state = serde_json::from_str(&state)
                .map_err(|error| damaged(format!("what rests for `{person}`: {error}")))?;
            self.memory.save(&RowRef::new(at, person), &state)?;
        }
        self.next_line = 1 + self.highest("jalon_outbox")?;
        self.next_history = 1 + self.highest("jalon_history")?;
        Ok(())
    }

    fn highest(&self, table: &str) -> Result<i64, StoreError> {
        let select = format!("select coalesce(max(position), 0) from {table}");
        self.connection
            .query_row(&select, (), |row| row.get(0))
            .map_err(database)
    }

    fn texts(&self, select: &str) -> Result<Vec<String>, StoreError> {
        let mut select = self.connection.prepare(select).map_err(database)?;
        let rows = select.query_map((), |row| row.get(0)).map_err(database)?;
        rows.collect::<Result<_, _>>().map_err(database)
    }

    fn stored(&self, plan: &Plan, position: u32, entity: &Entity) -> Result<Vec<Row>, StoreError> {
        let names: Vec<String> = columns_of(entity).map(quoted).collect();
        let table = quoted(&entity.name);
        let select = format!(
            "select {}, \"jalon_written\" from {table}",
            names.join(", ")
        );
        let mut select = self.connection.prepare(&select).map_err(database)?;
        let mut found = Vec::new();
        let mut rows = select.query(()).map_err(database)?;
        while let Some(row) = rows.next().map_err(database)? {
            let mut fields = Vec::with_capacity(entity.fields.len());
            let mut key = None;
            let mut column = 0;
            for (at, field) in (0_u32..).zip(&entity.fields) {
                if field.relation.is_some() {
                    fields.push(None);
                    continue;
                }
                let cell = row.get_ref(column).map_err(database)?;
                column += 1;
                let text = match cell {
                    ValueRef::Null => "",
                    other => other
                        .as_str()
                        .map_err(|_| damaged("a cell is not a text"))?,
                };
                let wrong = |what: String| {
                    damaged(format!(
                        "`{}` of a row of `{}` {what}",
                        field.name, entity.name
                    ))
                };
                let value = match (&field.ty, text) {
                    (_, "") => field.default.as_ref().and_then(wire::from_const),
                    (Type::Consent, text) => {
                        let record = serde_json::from_str(text);
                        let record =
                            record.map_err(|error| wrong(format!("is no consent: {error}")))?;
                        Some(Value::Consent(Arc::new(record)))
                    }
                    (ty, text) => wire::from_text(plan, ty, text).map_err(wrong)?,
                };
                if at == entity.key {
                    key = value.as_ref().map(Value::key);
                }
                fields.push(value);
            }
            let written = row.get_ref(column).map_err(database)?;
            let written: Vec<(u32, Timestamp)> = match written {
                ValueRef::Null => Vec::new(),
                text => serde_json::from_slice(text.as_bytes().unwrap_or_default())
                    .map_err(|error| damaged(format!("when a row was written: {error}")))?,
            };
            let key =
                key.ok_or_else(|| damaged(format!("a row of `{}` has no key", entity.name)))?;
            found.push(Row {
                id: RowRef::new(position, key),
                fields: fields.into(),
                written,
            });
        }
        Ok(found)
    }
}

/// A row as the cells of its table, and when its fields were written.
fn cells(plan: &Plan, entity: &Entity, row: &Row) -> Result<Vec<ToSqlOutput<'static>>, StoreError> {
    let mut cells = Vec::with_capacity(entity.fields.len() + 1);
    for (at, field) in (0_u32..).zip(&entity.fields) {
        if field.relation.is_some() {
            continue;
        }
        let text = match row.field(at) {
            None => None,
            Some(Value::Consent(record)) => Some(json(&**record)?),
            Some(value) => {
                let text = wire::to_text(plan, &field.ty, value);
                Some(text.ok_or_else(|| damaged(format!("`{}` holds no such value", field.name)))?)
            }
        };
        cells.push(text.map_or(ToSqlOutput::from(rusqlite::types::Null), ToSqlOutput::from));
    }
    cells.push(if row.written.is_empty() {
        ToSqlOutput::from(rusqlite::types::Null)
    } else {
        ToSqlOutput::from(json(&row.written)?)
    });
    Ok(cells)
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| damaged(format!("cannot be written: {error}")))
}

/// The key of whom a record is about, for looking it up and for erasing it.
fn person_of(record: &Record) -> &str {
    match record {
        Record::Event(event)
        | Record::Effect {
            effect: Effect::Event(event),
            ..
        } => &event.subject.key,
        Record::Effect { effect, .. } => match effect {
            Effect::HandOver(hand_over) => &hand_over.person.key,
            Effect::Refusal(refusal) => &refusal.person.key,
            Effect::Failed(failure) => &failure.person.key,
            Effect::Write { row, .. } => &row.key,
            Effect::Event(_) => "",
        },
        Record::Row { id, .. } => &id.key,
        Record::State { person, .. } => &person.key,
        Record::Setting { .. } | Record::Line(_) | Record::Seen { .. } => "",
    }
}
