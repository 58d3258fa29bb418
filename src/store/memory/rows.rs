//! Rows, with an index for each reference and each `@index` field.

use crate::engine::{Row, RowRef, Value};
use crate::plan::{FieldRef, Plan, Type};
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The rows of all entities.
#[derive(Debug, Default)]
pub(super) struct Rows {
    entities: Vec<BTreeMap<SmolStr, Arc<Row>>>,
    /// The fields that are looked up by value, by entity.
    indexed: Vec<Vec<u32>>,
    /// For an indexed field, the keys of the rows with a value.
    index: FxHashMap<FieldRef, FxHashMap<SmolStr, BTreeSet<SmolStr>>>,
    /// The fields whose time of writing is kept.
    refreshed: FxHashSet<FieldRef>,
}

impl Rows {
    pub(super) fn new(plan: &Plan) -> Self {
        let mut rows = Self::default();
        for (entity, declared) in (0..).zip(&plan.entities) {
            let mut indexed = Vec::new();
            for (field, declaration) in (0..).zip(&declared.fields) {
                if declaration.relation.is_none()
                    && (declaration.index || matches!(declaration.ty, Type::Row(_)))
                {
                    indexed.push(field);
                }
                if declaration.refreshed.is_some() {
                    rows.refreshed.insert(FieldRef { entity, field });
                }
            }
            rows.indexed.push(indexed);
            rows.entities.push(BTreeMap::new());
        }
        rows
    }

    pub(super) fn get(&self, entity: u32, key: &str) -> Option<&Arc<Row>> {
        self.entities.get(entity as usize)?.get(key)
    }

    pub(super) fn all(&self, entity: u32) -> impl Iterator<Item = &Arc<Row>> {
        self.entities
            .get(entity as usize)
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    /// The rows with a value in an indexed field, by key. A field that is not indexed is scanned.
    pub(super) fn with(&self, field: FieldRef, value: &str) -> Vec<Arc<Row>> {
        let is_indexed = self
            .indexed
            .get(field.entity as usize)
            .is_some_and(|fields| fields.contains(&field.field));
        if !is_indexed {
            return self
                .all(field.entity)
                .filter(|row| row.field(field.field).is_some_and(|it| it.key() == value))
                .cloned()
                .collect();
        }
        self.index
            .get(&field)
            .and_then(|values| values.get(value))
            .into_iter()
            .flatten()
            .filter_map(|key| self.get(field.entity, key).cloned())
            .collect()
    }

    pub(super) fn write(&mut self, id: &RowRef, row: Option<Arc<Row>>) {
        let fields = self
            .indexed
            .get(id.entity as usize)
            .cloned()
            .unwrap_or_default();
        let before = self.get(id.entity, &id.key).cloned();
        for field in fields {
            let place = FieldRef {
                entity: id.entity,
                field,
            };
            let value = |row: &Option<Arc<Row>>| Some(row.as_ref()?.field(field)?.key());
            let (old, new) = (value(&before), value(&row));
            if old == new {
                continue;
            }
            let index = self.index.entry(place).or_default();
            if let Some(old) = old
                && let Some(keys) = index.get_mut(&old)
            {
                keys.remove(&id.key);
                if keys.is_empty() {
                    index.remove(&old);
                }
            }
            if let Some(new) = new {
                index.entry(new).or_default().insert(id.key.clone());
            }
        }
        if let Some(rows) = self.entities.get_mut(id.entity as usize) {
            match row {
                Some(row) => rows.insert(id.key.clone(), row),
                None => rows.remove(&id.key),
            };
        }
    }

    /// Changes fields of a row that is there.
    pub(super) fn change(&mut self, id: &RowRef, fields: &[(u32, Option<Value>)], at: Timestamp) {
        let Some(row) = self.get(id.entity, &id.key) else {
            return;
        };
        let mut row = Row::clone(row);
        for (field, value) in fields {
            let place = FieldRef {
                entity: id.entity,
                field: *field,
            };
            let kept = self.refreshed.contains(&place).then_some(at);
            row.write(*field, value.clone(), kept);
        }
        self.write(id, Some(Arc::new(row)));
    }
}
