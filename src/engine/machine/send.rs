//! Sends: alternatives, the gate, hand-over, refusal, and resting in between.

use super::run::Next;
use super::{Moment, Run, instance_id};
use crate::engine::eval::Fault;
use crate::engine::gate::{Delayed, Pass, Refused, Verdict, judge, longer};
use crate::engine::{
    Effect, EventData, EventKind, HandOver, Reason, Refusal, Rest, RestKind, SendRef, SendRest,
    Value,
};
use crate::plan::{ChannelKind, Duration, Edge, Send, SendChannel, StepKind, Unit};
use jiff::Timestamp;
use smol_str::{SmolStr, format_smolstr};
use std::sync::Arc;

/// How long a send may rest if nothing says it: 1 day.
const DAY: Duration = Duration {
    count: 1,
    unit: Unit::Day,
    calendar: None,
};

/// A send that is being tried.
struct Attempt<'a> {
    step: u32,
    send: &'a Send,
    args: Vec<Option<Value>>,
    since: Timestamp,
    /// The longest `up to` of the rules that have delayed it.
    up_to: Option<Duration>,
    /// The channels that it rested for.
    waiting: Vec<u32>,
    /// The channels of the alternative taken that are done, and whether they were handed over.
    done: Vec<(u32, bool)>,
}

impl Moment<'_> {
    /// A send is reached: its arguments are what they are now.
    pub(super) fn start_send(
        &mut self,
        run: &mut Run,
        step: u32,
        send: &Send,
    ) -> Result<Next, Fault> {
        let context = self.for_instance(&run.instance);
        let mut args = Vec::with_capacity(send.args.len());
        let message = self.program.plan().messages.get(send.message as usize);
        let params = message.map_or(&[][..], |message| &message.params);
        for (arg, param) in send.args.iter().zip(params) {
            let value = context.eval(&mut run.frame, arg)?;
            args.push(value.map(|value| context.as_type(&param.ty, value)));
        }
        let attempt = Attempt {
            step,
            send,
            args,
            since: self.now,
            up_to: None,
            waiting: Vec::new(),
            done: Vec::new(),
        };
        self.attempt(run, attempt)
    }

    /// A send that rests is tried again.
    pub(super) fn resume_send(&mut self, run: Run) {
        let mut run = run;
        let position = run.instance.rest.step;
        let step = self
            .program
            .journey(run.instance.journey)
            .and_then(|journey| journey.steps.get(position as usize));
        let (Some(step), RestKind::Send(rest)) = (step, run.instance.rest.kind.clone()) else {
            return self.fail(run, "", &Fault::Plan("a send rests at no step"));
        };
        let StepKind::Send(send) = &step.kind else {
            return self.fail(run, &step.id, &Fault::Plan("a send rests at another step"));
        };
        let attempt = Attempt {
            step: position,
            send,
            args: rest.args,
            since: run.instance.rest.since,
            up_to: rest.up_to,
            waiting: rest.waiting,
            done: rest.done,
        };
        let start = self.checkpoint();
        match self.attempt(&mut run, attempt) {
            Ok(Next::Follow(next)) => self.run_on(run, next, start),
            Ok(Next::Rest(rest)) => {
                run.instance.rest = rest;
                self.settle(run);
            }
            Ok(Next::End(because)) => self.end(run, because),
            Err(fault) => {
                self.roll_back(start);
                self.fail(run, &step.id, &fault);
            }
        }
    }

    fn attempt(&mut self, run: &mut Run, attempt: Attempt<'_>) -> Result<Next, Fault> {
        let mut attempt = attempt;
        let mut refused: Vec<(u32, Refused)> = Vec::new();
        for group in self.alternatives(run, &attempt)? {
            let mut delays: Vec<(u32, Delayed)> = Vec::new();
            let mut not: Vec<(u32, Refused)> = Vec::new();
            for channel in group {
                if let Some((_, earlier)) = refused.iter().find(|(of, _)| *of == channel) {
                    not.push((channel, earlier.clone()));
                    continue;
                }
                let context = self.for_instance(&run.instance);
                let send = attempt.send;
                match judge(&context, send.message, send.purpose, channel, self.person)? {
                    Verdict::Pass(pass) => {
                        self.hand_over(run, &attempt, channel, pass);
                        attempt.done.push((channel, true));
                    }
                    Verdict::Refused(why) => not.push((channel, why)),
                    Verdict::Delayed(delayed) => delays.push((channel, delayed)),
                }
            }
            if delays.is_empty() && attempt.done.is_empty() {
                // No channel of this alternative; the same channel is listed once.
                not.retain(|(channel, _)| refused.iter().all(|(of, _)| of != channel));
                refused.extend(not);
                continue;
            }
            for (channel, why) in not {
                self.refuse(run, &attempt, Some(channel), why);
                attempt.done.push((channel, false));
            }
            if delays.is_empty() {
                return Ok(Next::Follow(self.after(&attempt)));
            }
            return self.delayed(run, attempt, delays);
        }
        if refused.is_empty() {
            let why = Refused {
                reason: Reason::Address,
                rule: None,
                to: None,
            };
            self.refuse(run, &attempt, None, why);
        }
        for (channel, why) in refused {
            self.refuse(run, &attempt, Some(channel), why);
        }
        Ok(Next::Follow(attempt.send.refused))
    }

    /// The alternatives to try, by their channels. Once a channel of one is done, only the rest
    /// of that one is left.
    fn alternatives(&self, run: &mut Run, attempt: &Attempt<'_>) -> Result<Vec<Vec<u32>>, Fault> {
        if !attempt.done.is_empty() {
            return Ok(vec![attempt.waiting.clone()]);
        }
        let context = self.for_instance(&run.instance);
        let mut groups = Vec::with_capacity(attempt.send.by.len());
        'alternatives: for group in &attempt.send.by {
            let mut channels = Vec::with_capacity(group.len());
            for channel in group {
                let channel = match channel {
                    SendChannel::Channel(channel) => *channel,
                    SendChannel::Dynamic(expr) => match context.eval(&mut run.frame, expr)? {
                        Some(Value::Channel(channel)) => channel,
                        _ => continue 'alternatives,
                    },
                };
                if !channels.contains(&channel) {
                    channels.push(channel);
                }
            }
            groups.push(channels);
        }
        Ok(groups)
    }

    /// Rests, unless it has rested as long as it may.
    fn delayed(
        &mut self,
        run: &mut Run,
        attempt: Attempt<'_>,
        delays: Vec<(u32, Delayed)>,
    ) -> Result<Next, Fault> {
        let mut attempt = attempt;
        for (_, delay) in &delays {
            attempt.up_to = longer(attempt.up_to, delay.up_to);
        }
        let longest = attempt.send.within.or(attempt.up_to).unwrap_or(DAY);
        let local = self.program.local(&self.zone);
        let deadline = local
            .add_exact(attempt.since, longest)
            .ok_or(Fault::Overflow)?;
        if deadline <= self.now {
            for (channel, delay) in delays {
                let why = Refused {
                    reason: Reason::Late,
                    rule: Some(delay.rule),
                    to: delay.to,
                };
                self.refuse(run, &attempt, Some(channel), why);
                attempt.done.push((channel, false));
            }
            return Ok(Next::Follow(self.after(&attempt)));
        }
        let earliest = delays.iter().filter_map(|(_, delay)| delay.until).min();
        let until = earliest.map_or(deadline, |until| until.min(deadline));
        Ok(Next::Rest(Rest {
            step: attempt.step,
            until: Some(until),
            kind: RestKind::Send(Box::new(SendRest {
                args: attempt.args,
                deadline,
                up_to: attempt.up_to,
                waiting: delays.iter().map(|(channel, _)| *channel).collect(),
                done: attempt.done,
            })),
            ..Rest::none(attempt.since)
        }))
    }

    /// What follows a send that is done.
    fn after(&self, attempt: &Attempt<'_>) -> Edge {
        if attempt.done.iter().any(|(_, handed)| *handed) {
            attempt.send.next
        } else {
            attempt.send.refused
        }
    }

    fn hand_over(&mut self, run: &Run, attempt: &Attempt<'_>, channel: u32, pass: Pass) {
        let send = Arc::new(SendRef {
            id: self.outbox_id(run, attempt.step, Some(channel)),
            journey: run.instance.journey,
            key: run.instance.key.clone(),
            entry: run.instance.entry,
            step: attempt.step,
            message: attempt.send.message,
            purpose: attempt.send.purpose,
            channel,
            to: pass.to,
            params: attempt.args.clone().into_boxed_slice(),
        });
        self.effects.push(Effect::HandOver(Box::new(HandOver {
            at: self.now,
            person: self.person.clone(),
            send: Arc::clone(&send),
            language: pass.language,
            content: pass.content,
            keys: pass.keys,
            permits: pass.permits,
        })));
        let declared = self.program.plan().channels.get(channel as usize);
        if declared.is_some_and(|channel| reports_sent(channel.kind)) {
            self.record(EventData {
                source: SmolStr::new_static("jalon"),
                id: format_smolstr!("{}/sent", send.id),
                time: self.now,
                subject: self.person.clone(),
                kind: EventKind::Channel {
                    channel,
                    event: SmolStr::new_static("sent"),
                },
                fields: Box::new([]),
                send: Some(send),
            });
        }
    }

    fn refuse(&mut self, run: &Run, attempt: &Attempt<'_>, channel: Option<u32>, why: Refused) {
        self.effects.push(Effect::Refusal(Box::new(Refusal {
            id: self.outbox_id(run, attempt.step, channel),
            at: self.now,
            person: self.person.clone(),
            journey: run.instance.journey,
            step: attempt.step,
            message: attempt.send.message,
            channel,
            to: why.to,
            reason: why.reason,
            rule: why.rule,
        })));
    }

    /// `JOURNEY/KEY/ENTRY/STEP/N/CHANNEL`
    fn outbox_id(&self, run: &Run, step: u32, channel: Option<u32>) -> SmolStr {
        let plan = self.program.plan();
        let instance = &run.instance;
        let Some(journey) = self.program.journey(instance.journey) else {
            return SmolStr::default();
        };
        let start = instance_id(journey, &instance.key, instance.entry);
        let step_id = journey
            .steps
            .get(step as usize)
            .map_or("", |step| step.id.as_str());
        let channel = channel
            .and_then(|channel| plan.channels.get(channel as usize))
            .map_or("none", |channel| channel.name.as_str());
        // A step runs once in an entry: nothing goes in a circle but `repeat`.
        format_smolstr!("{start}/{step_id}/1/{channel}")
    }
}

/// Whether a hand-over is itself what the channel calls `sent`.
const fn reports_sent(kind: ChannelKind) -> bool {
    matches!(
        kind,
        ChannelKind::Email
            | ChannelKind::Sms
            | ChannelKind::Whatsapp
            | ChannelKind::Push
            | ChannelKind::InApp
    )
}
