//! The gate: whether a message may be handed over by a channel in this moment.
//!
//! A send passes if the address is known and reachable, a block that applies to the person speaks
//! for its channel and purpose, every such block has a permit that holds, no applying block
//! forbids it or has an exhausted limit, and there is content in a language of the person. Only
//! the gate makes a [`Pass`], and a hand-over consumes one.

mod content;
mod limit;
mod permit;
mod window;

use super::eval::{Context, Fault, new_frame};
use super::{Reason, RowRef, Value};
use crate::plan::{ConsentBlock, Duration, Otherwise, Rule, RuleKind};
use jiff::Timestamp;
use smol_str::{SmolStr, format_smolstr};

/// What the gate finds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// It may be handed over now.
    Pass(Pass),
    /// It may not, and waiting is not offered.
    Refused(Refused),
    /// A rule makes it wait.
    Delayed(Delayed),
}

/// The permission for one hand-over, in this moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pass {
    /// The address, for channels that have one.
    pub to: Option<SmolStr>,
    /// The language of the content.
    pub language: Option<SmolStr>,
    /// The content, unless it lives on a platform.
    pub content: Option<u32>,
    /// For each limit with `per EXPR`: the rule's name and the value.
    pub keys: Vec<(SmolStr, SmolStr)>,
    /// The permits that hold, one for each block that speaks for it: `canada#2`.
    pub permits: Vec<SmolStr>,
    _gate: (),
}

/// Why not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    pub reason: Reason,
    pub rule: Option<SmolStr>,
    pub to: Option<SmolStr>,
}

/// Until when.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Delayed {
    /// The first instant at which the rules may let it pass, if nothing changes; none if only a
    /// change of data can.
    pub until: Option<Timestamp>,
    /// The longest that a rule lets it rest, in place of the day of a send without `within`.
    pub up_to: Option<Duration>,
    /// The rule that delays it; of several the first.
    pub rule: SmolStr,
    pub to: Option<SmolStr>,
}

/// Everything that the rules say about one channel.
#[derive(Debug, Default)]
struct Findings {
    refused: Option<(Reason, Option<SmolStr>)>,
    delayed: Option<Delayed>,
    keys: Vec<(SmolStr, SmolStr)>,
    permits: Vec<SmolStr>,
}

/// Judges a message for a purpose by a channel.
pub(super) fn judge(
    context: &Context<'_>,
    message: u32,
    purpose: u32,
    channel: u32,
    person: &RowRef,
) -> Result<Verdict, Fault> {
    let (to, findings) = findings(context, purpose, channel, person)?;
    if let Some((reason, rule)) = findings.refused {
        return Ok(Verdict::Refused(Refused { reason, rule, to }));
    }
    let Some((language, content)) = content::choose(context, message, channel, person)? else {
        return Ok(Verdict::Refused(Refused {
            reason: Reason::Language,
            rule: None,
            to,
        }));
    };
    if let Some(delayed) = findings.delayed {
        return Ok(Verdict::Delayed(delayed));
    }
    Ok(Verdict::Pass(Pass {
        to,
        language,
        content,
        keys: findings.keys,
        permits: findings.permits,
        _gate: (),
    }))
}

/// What still delays a channel, whatever else may refuse it.
pub(super) fn delay(
    context: &Context<'_>,
    purpose: u32,
    channel: u32,
    person: &RowRef,
) -> Result<Option<Delayed>, Fault> {
    Ok(findings(context, purpose, channel, person)?.1.delayed)
}

fn findings(
    context: &Context<'_>,
    purpose: u32,
    channel: u32,
    person: &RowRef,
) -> Result<(Option<SmolStr>, Findings), Fault> {
    let mut found = Findings::default();
    let plan = context.program.plan();
    let declared = plan.channels.get(channel as usize);
    let declared = declared.ok_or(Fault::Plan("no such channel"))?;
    let mut to = None;
    if let Some(address) = &declared.address {
        let mut frame = new_frame(declared.slots, Value::Row(person.clone()));
        to = context.eval(&mut frame, address)?.map(|value| value.key());
        let reachable = to.as_ref().is_some_and(|to| {
            !context
                .unreachable
                .iter()
                .any(|(dead, address)| *dead == channel && address == to)
        });
        if !reachable {
            found.refused = Some((Reason::Address, None));
        }
    }
    let mut applying = Vec::new();
    for block in &plan.consents {
        if block.profile == person.entity && applies(context, block, person)? {
            applying.push(block);
        }
    }
    let names = |rule: &Rule| rule.channels.contains(&channel) && rule.purposes.contains(&purpose);
    let mut spoken = false;
    for block in &applying {
        let mut rules = block.rules.iter().filter(|rule| names(rule));
        if rules.any(|rule| matches!(rule.kind, RuleKind::Permit { .. })) {
            spoken = true;
            match permit::holds(context, block, purpose, channel, person)? {
                Some(position) => found.permits.push(rule_name(block, position)),
                None => {
                    let rule = Some(block.name.clone());
                    found.refused.get_or_insert((Reason::Consent, rule));
                }
            }
        }
    }
    if !spoken {
        found.refused.get_or_insert((Reason::Consent, None));
    }
    for block in applying {
        for (position, rule) in (1..).zip(&block.rules).filter(|(_, rule)| names(rule)) {
            let name = rule_name(block, position);
            rule_says(context, block, rule, name, &to, person, &mut found)?;
        }
    }
    Ok((to, found))
}

/// How the outbox names a rule: its block and its position there, counted from 1.
fn rule_name(block: &ConsentBlock, position: usize) -> SmolStr {
    format_smolstr!("{}#{position}", block.name)
}

/// Whether a block applies to a person.
fn applies(context: &Context<'_>, block: &ConsentBlock, person: &RowRef) -> Result<bool, Fault> {
    let mut frame = new_frame(block.slots, Value::Row(person.clone()));
    context.passes(&mut frame, block.filter.as_ref())
}

/// What a `forbid` or a `limit` says. Of refusals the first is kept.
fn rule_says(
    context: &Context<'_>,
    block: &ConsentBlock,
    rule: &Rule,
    name: SmolStr,
    to: &Option<SmolStr>,
    person: &RowRef,
    found: &mut Findings,
) -> Result<(), Fault> {
    let mut frame = new_frame(block.slots, Value::Row(person.clone()));
    let (otherwise, until, reason) = match &rule.kind {
        RuleKind::Permit { .. } => return Ok(()),
        RuleKind::Forbid {
            when,
            between,
            on,
            otherwise,
        } => {
            if !context.passes(&mut frame, when.as_ref())? {
                return Ok(());
            }
            let timed = between.is_some() || on.is_some();
            let until = if timed {
                let window = window::Window {
                    between: *between,
                    on: on.as_ref(),
                };
                if !window.holds(&context.local, context.now) {
                    context.wake(window.begins(&context.local, context.now));
                    return Ok(());
                }
                let end = window.ends(&context.local, context.now);
                context.wake(end);
                end
            } else {
                None
            };
            (otherwise, until, Reason::Forbid)
        }
        RuleKind::Limit {
            count,
            per,
            key,
            otherwise,
        } => {
            let key = match key {
                Some(key) => {
                    let value = context.eval(&mut frame, key)?;
                    let text = value.map(|value| value.key()).unwrap_or_default();
                    found.keys.push((name.clone(), text.clone()));
                    Some((name.clone(), text))
                }
                None => None,
            };
            let counted = limit::Counted {
                rule,
                key: key.as_ref(),
                per: *per,
            };
            let times = counted.times(context, person, to.as_deref());
            let Some(until) = limit::exhausted(&times, *count, *per) else {
                return Ok(());
            };
            context.wake(until);
            (otherwise, until, Reason::Limit)
        }
    };
    match otherwise {
        Otherwise::Skip => {
            found.refused.get_or_insert((reason, Some(name)));
        }
        Otherwise::Delay { up_to } => match &mut found.delayed {
            Some(delayed) => delayed.also(until, *up_to),
            None => {
                found.delayed = Some(Delayed {
                    until,
                    up_to: *up_to,
                    rule: name,
                    to: to.clone(),
                });
            }
        },
    }
    Ok(())
}

impl Delayed {
    /// Another rule delays it too: it passes when both let it, and rests as long as the longer
    /// `up to`.
    fn also(&mut self, until: Option<Timestamp>, up_to: Option<Duration>) {
        self.until = match (self.until, until) {
            (Some(one), Some(other)) => Some(one.max(other)),
            _ => None,
        };
        self.up_to = longer(self.up_to, up_to);
    }
}

/// The longer of two exact durations.
pub(super) fn longer(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let length = super::time::exact;
            Some(if length(other) > length(one) {
                other
            } else {
                one
            })
        }
        (one, other) => one.or(other),
    }
}
