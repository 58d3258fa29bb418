//! `idle-permit`: a permit that a `forbid` of its own block takes back for everybody, at all times.

use std::collections::BTreeMap;

use crate::diag::codes::lint::IDLE_PERMIT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Rule, RuleKind};
use crate::model::ids::{ChannelId, PurposeId};

/// Looks at each consent block.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    for block in &whole.model.consents {
        let mut forbidden: BTreeMap<(ChannelId, PurposeId), &Rule> = BTreeMap::new();
        for rule in block.rules.iter().filter(|rule| always_forbids(rule)) {
            for pair in pairs(rule) {
                forbidden.entry(pair).or_insert(rule);
            }
        }
        if forbidden.is_empty() {
            continue;
        }
        for rule in &block.rules {
            if !matches!(rule.kind, RuleKind::Permit { .. }) {
                continue;
            }
            let mut by = None;
            let idle = pairs(rule).all(|pair| {
                by = forbidden.get(&pair).copied().or(by);
                forbidden.contains_key(&pair)
            });
            if let Some(forbid) = by.filter(|_| idle) {
                let file = block.place.file;
                out.push(
                    Diagnostic::new(
                        &IDLE_PERMIT,
                        rule.span.in_file(file),
                        "this `permit` lets nothing pass",
                    )
                    .other(
                        forbid.span.in_file(file),
                        "this forbids the same, to everybody and at all times",
                    )
                    .help("say in the `forbid` when it holds, with `when`, `between` or `on`, or remove one of the two"),
                );
            }
        }
    }
}

fn always_forbids(rule: &Rule) -> bool {
    matches!(
        rule.kind,
        RuleKind::Forbid {
            when: None,
            between: None,
            days: None,
            ..
        }
    )
}

fn pairs(rule: &Rule) -> impl Iterator<Item = (ChannelId, PurposeId)> {
    rule.channels
        .iter()
        .flat_map(|channel| rule.purposes.iter().map(|purpose| (*channel, *purpose)))
}
