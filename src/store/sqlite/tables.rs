//! The tables of the file: its own, and one for each profile and table of the schema.

use super::{damaged, database};
use crate::plan::{Entity, Plan, Type};
use crate::store::StoreError;
use rusqlite::Connection;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// The tables of the store itself.
pub(super) const OWN: &str = "
    create table if not exists jalon_word (name text primary key, value text not null) without rowid;
    create table if not exists jalon_journal (position integer primary key, payload blob not null);
    create table if not exists jalon_history (
        position integer primary key, person text not null, payload text not null);
    create index if not exists jalon_history_of on jalon_history (person);
    create table if not exists jalon_outbox (position integer primary key, line text not null);
    create table if not exists jalon_resting (
        entity text not null, person text not null, state text not null,
        primary key (entity, person)) without rowid;
";

/// Makes the tables of the schema, and the columns that they lack.
pub(super) fn prepare(connection: &Connection, plan: &Plan) -> Result<(), StoreError> {
    for entity in &plan.entities {
        let table = quoted(&entity.name);
        let key = entity.fields.get(entity.key as usize);
        let key = quoted(&key.ok_or_else(|| damaged("a table without a key"))?.name);
        // Rows of a person stand together: the first reference leads the primary key.
        let first = entity
            .fields
            .iter()
            .find(|field| matches!(field.ty, Type::Row(_)) && !field.optional)
            .map(|field| format!("{}, ", quoted(&field.name)))
            .unwrap_or_default();
        let columns: Vec<String> = columns_of(entity)
            .map(|name| format!("{} text", quoted(name)))
            .collect();
        connection
            .execute_batch(&format!(
                "create table if not exists {table} ({}, \"jalon_written\" text,
                 primary key ({first}{key})) without rowid;
                 create unique index if not exists {} on {table} ({key});",
                columns.join(", "),
                index_of(&entity.name),
            ))
            .map_err(database)?;
        let mut present = FxHashSet::default();
        {
            let mut select = connection
                .prepare("select name from pragma_table_info(?1)")
                .map_err(database)?;
            let names = select
                .query_map([stored_name(&entity.name)], |row| row.get::<_, String>(0))
                .map_err(database)?;
            for name in names {
                present.insert(name.map_err(database)?);
            }
        }
        for name in columns_of(entity).filter(|name| !present.contains(stored_name(name).as_ref()))
        {
            let add = format!("alter table {table} add column {} text", quoted(name));
            connection.execute_batch(&add).map_err(database)?;
        }
    }
    Ok(())
}

/// Makes the file say a word about itself.
pub(super) fn set_word(connection: &Connection, name: &str, value: &str) -> Result<(), StoreError> {
    connection
        .execute(
            "insert into jalon_word (name, value) values (?1, ?2)
             on conflict (name) do update set value = excluded.value",
            [name, value],
        )
        .map(|_| ())
        .map_err(database)
}

/// The columns of an entity: its fields without the relations, by name.
pub(super) fn columns_of(entity: &Entity) -> impl Iterator<Item = &str> {
    entity
        .fields
        .iter()
        .filter(|field| field.relation.is_none())
        .map(|field| field.name.as_str())
}

/// The name of a table or column for a name of the project: the same, unless SQLite or the store
/// keeps such names for itself. No name of a project has a `~` in it.
fn stored_name(name: &str) -> Cow<'_, str> {
    let kept = ["sqlite_", "jalon_"].iter().any(|prefix| {
        name.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    });
    if kept {
        Cow::Owned(format!("~{name}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// A name of the project as SQL reads it, whatever is in it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", stored_name(name).replace('"', "\"\""))
}

/// The index over the keys of an entity, as SQL reads it.
fn index_of(entity: &str) -> String {
    format!("\"jalon_key_of_{}\"", entity.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_that_are_kept_are_written_otherwise() {
        assert_eq!(quoted("Gift"), "\"Gift\"");
        assert_eq!(quoted("sqlite_x"), "\"~sqlite_x\"");
        assert_eq!(quoted("Jalon_written"), "\"~Jalon_written\"");
        assert_eq!(quoted("jalon"), "\"jalon\"");
    }
}
