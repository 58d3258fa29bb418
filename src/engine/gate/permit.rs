//! Which permit of a block holds.

use crate::engine::eval::{Context, Fault, new_frame};
use crate::engine::{ConsentRecord, RowRef, Value};
use crate::plan::{Basis, ConsentBlock, FieldRef, RuleKind, Status};
use std::sync::Arc;

/// The first permit of a block that names the channel and purpose and holds, by its position in the
/// block, counted from 1.
pub(super) fn holds(
    context: &Context<'_>,
    block: &ConsentBlock,
    purpose: u32,
    channel: u32,
    person: &RowRef,
) -> Result<Option<usize>, Fault> {
    let record = record(context, channel, purpose, person);
    for (position, rule) in (1..).zip(&block.rules) {
        let RuleKind::Permit { by, when, .. } = &rule.kind else {
            continue;
        };
        if !rule.channels.contains(&channel)
            || !rule.purposes.contains(&purpose)
            || !proves(*by, record.as_deref())
        {
            continue;
        }
        let mut frame = new_frame(block.slots, Value::Row(person.clone()));
        if context.passes(&mut frame, when.as_ref())? {
            return Ok(Some(position));
        }
    }
    Ok(None)
}

/// Whether a record of consent carries a basis; the permit's `when` is not looked at.
///
/// `consent` and `double_opt_in` need a grant with its evidence. `contract` and `exempt` hold
/// without a record and over any. The others need a record that answers for the channel and
/// purpose, and hold unless it is `refused`, `withdrawn` or `objected`.
fn proves(basis: Basis, record: Option<&ConsentRecord>) -> bool {
    let granted = |record: &ConsentRecord| record.status == Status::Granted;
    match (basis, record) {
        (Basis::Contract | Basis::Exempt, _) => true,
        (_, None) => false,
        (Basis::Consent, Some(record)) => granted(record) && record.since.is_some(),
        (Basis::DoubleOptIn, Some(record)) => {
            granted(record) && record.since.is_some() && record.proof.is_some()
        }
        (
            Basis::SoftOptIn
            | Basis::ImpliedBusiness
            | Basis::ImpliedInquiry
            | Basis::ImpliedNonprofit
            | Basis::LegitimateInterest,
            Some(record),
        ) => !matches!(
            record.status,
            Status::Refused | Status::Withdrawn | Status::Objected
        ),
    }
}

/// The record that answers for a channel and purpose, as it is now.
fn record(
    context: &Context<'_>,
    channel: u32,
    purpose: u32,
    person: &RowRef,
) -> Option<Arc<ConsentRecord>> {
    let plan = context.program.plan();
    let profile = plan.entities.get(person.entity as usize)?;
    let (field, _) = (0..).zip(&profile.fields).find(|(_, field)| {
        field
            .consent
            .as_ref()
            .is_some_and(|coverage| coverage.covers(channel, purpose))
    })?;
    let place = FieldRef {
        entity: person.entity,
        field,
    };
    match context.field(person, place)? {
        Value::Consent(record) => Some(record),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn record(status: Status, since: bool, proof: bool) -> ConsentRecord {
        ConsentRecord {
            since: since.then_some(Timestamp::UNIX_EPOCH),
            proof: proof.then(|| "form/1".into()),
            ..ConsentRecord::of(status)
        }
    }

    #[test]
    fn a_grant_needs_its_evidence() {
        let granted = |since, proof| record(Status::Granted, since, proof);
        assert!(proves(Basis::Consent, Some(&granted(true, false))));
        assert!(!proves(Basis::Consent, Some(&granted(false, true))));
        assert!(proves(Basis::DoubleOptIn, Some(&granted(true, true))));
        assert!(!proves(Basis::DoubleOptIn, Some(&granted(true, false))));
    }

    #[test]
    fn a_withdrawal_beats_every_implied_basis_but_not_a_contract() {
        for status in [Status::Refused, Status::Withdrawn, Status::Objected] {
            let record = record(status, true, true);
            for basis in [
                Basis::Consent,
                Basis::DoubleOptIn,
                Basis::SoftOptIn,
                Basis::ImpliedBusiness,
                Basis::ImpliedInquiry,
                Basis::ImpliedNonprofit,
                Basis::LegitimateInterest,
            ] {
                assert!(!proves(basis, Some(&record)), "{basis:?} over {status:?}");
            }
            assert!(proves(Basis::Contract, Some(&record)));
            assert!(proves(Basis::Exempt, Some(&record)));
        }
    }

    #[test]
    fn only_contract_and_exempt_need_no_record() {
        assert!(proves(Basis::Contract, None));
        assert!(proves(Basis::Exempt, None));
        assert!(!proves(Basis::LegitimateInterest, None));
        assert!(!proves(Basis::ImpliedNonprofit, None));
    }
}
