//! The rows and events that a test gives: fields as they are written there.

use crate::model::cx::Cx;
use crate::model::hir::{Expr, ExprKind as Typed, Field, Given};
use crate::model::types::Ty;
use crate::syntax::ast::{Argument, ExprKind};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// The fields of a row, an event or a result as parameters.
///
/// A consent is given by its status. A reference is given by a row that the test has named, or by
/// the key. A relation is not given: it follows from the rows that refer back.
pub(super) fn written_params(cx: &Cx<'_>, fields: &[Field], given: &[Argument]) -> Vec<Field> {
    let literals: FxHashSet<&str> = given
        .iter()
        .filter(|argument| matches!(argument.value.kind, ExprKind::Literal(_)))
        .map(|argument| argument.name.as_str())
        .collect();
    let stored = fields.iter().filter(|field| field.relation.is_none());
    stored
        .map(|field| {
            let mut param = field.clone();
            match field.ty.known() {
                Ty::Consent(_) => param.ty = Ty::Optional(Arc::new(Ty::Status)),
                Ty::Row(target) if literals.contains(field.name.as_str()) => {
                    let key = cx
                        .entity(*target)
                        .and_then(|target| target.fields.get(target.key? as usize))
                        .map_or(Ty::Error, |key| key.ty.clone());
                    param.ty = if field.ty.is_optional() {
                        Ty::Optional(Arc::new(key))
                    } else {
                        key
                    };
                }
                _ => {}
            }
            param
        })
        .collect()
}

/// The values of [`written_params`], by the positions of their fields; what is left out is left out.
pub(super) fn given(fields: &[Field], values: Vec<Expr>) -> Vec<Given> {
    let stored = (0..)
        .zip(fields)
        .filter(|(_, field)| field.relation.is_none());
    stored
        .zip(values)
        .filter(|(_, value)| is_written(value))
        .map(|((field, _), value)| Given { field, value })
        .collect()
}

/// Whether an argument stands in the source.
pub(super) fn is_written(value: &Expr) -> bool {
    !matches!(value.kind, Typed::Unknown)
}
