//! The rows and events that a test gives: fields as they are written there.

use crate::model::cx::Cx;
use crate::model::hir::Field;
use crate::model::types::Ty;
use crate::syntax::ast::{Argument, ExprKind};
use std::sync::Arc;

/// The fields of a row, an event or a result as parameters.
///
/// A consent is given by its status. A reference is given by a row that the test has named, or by
/// the key. A relation is not given: it follows from the rows that refer back.
pub(super) fn written_params(cx: &Cx<'_>, fields: &[Field], given: &[Argument]) -> Vec<Field> {
    let stored = fields.iter().filter(|field| field.relation.is_none());
    stored
        .map(|field| {
            let mut param = field.clone();
            match field.ty.known() {
                Ty::Consent(_) => param.ty = Ty::Optional(Arc::new(Ty::Status)),
                Ty::Row(target) if by_key(given, field) => {
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

/// Whether a reference is given by a literal.
fn by_key(given: &[Argument], field: &Field) -> bool {
    let argument = given
        .iter()
        .find(|argument| argument.name.text == field.name);
    argument.is_some_and(|argument| matches!(argument.value.kind, ExprKind::Literal(_)))
}
