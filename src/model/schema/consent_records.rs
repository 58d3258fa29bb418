//! Which record of consent answers for a channel and purpose.

use crate::diag::codes::types::OVERLAPPING_CONSENT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::cx::Cx;
use crate::model::ids::{EntityId, FieldId};
use rustc_hash::FxHashMap;

/// Fills the index of records; two that answer for one pair are reported, once per pair of fields.
pub(super) fn index(cx: &mut Cx<'_>, diagnostics: &mut Diagnostics) {
    let mut records = FxHashMap::default();
    for (entity_id, entity) in (0..).map(EntityId).zip(&cx.entities) {
        for (index, field) in (0..).zip(&entity.fields) {
            let Some(consent) = &field.consent else {
                continue;
            };
            let id = FieldId {
                entity: entity_id,
                index,
            };
            let mut reported = None;
            for channel in &consent.channels {
                for purpose in &consent.purposes {
                    let first = *records.entry((entity_id, *channel, *purpose)).or_insert(id);
                    if first == id || reported == Some(first) || entity.broken {
                        continue;
                    }
                    reported = Some(first);
                    let Some(other) = cx.field(first) else {
                        continue;
                    };
                    let purpose = cx
                        .names
                        .purposes
                        .get(purpose.index())
                        .map_or("", |item| item.name.as_str());
                    diagnostics.push(
                        Diagnostic::new(
                            &OVERLAPPING_CONSENT,
                            field.place,
                            format!(
                                "`{}` and `{}` both answer for `{}` by `{}`",
                                other.name,
                                field.name,
                                purpose,
                                cx.channel_name(*channel)
                            ),
                        )
                        .other(other.place, "the other record")
                        .help("take the channel or the purpose out of one of them"),
                    );
                }
            }
        }
    }
    cx.records = records;
}
