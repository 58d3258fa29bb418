//! `only-at-night`: a rule that forbids the day, so that messages go out at night alone.

use crate::diag::codes::lint::ONLY_AT_NIGHT;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{Rule, RuleKind};
use crate::model::types::ChannelKind;
use jiff::civil::{Time, time};

/// The hours that everybody calls the day.
const DAY: (Time, Time) = (time(10, 0, 0, 0), time(17, 0, 0, 0));

/// Looks at the windows of consent blocks for channels that ring.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    for block in &whole.model.consents {
        for rule in &block.rules {
            let RuleKind::Forbid {
                between: Some((from, to)),
                ..
            } = &rule.kind
            else {
                continue;
            };
            if !(from < to && *from <= DAY.0 && *to >= DAY.1 && rings(whole, rule)) {
                continue;
            }
            let clock = |time: &Time| format!("{:02}:{:02}", time.hour(), time.minute());
            let (from, to) = (clock(from), clock(to));
            out.push(
                Diagnostic::new(
                    &ONLY_AT_NIGHT,
                    rule.span.in_file(block.place.file),
                    format!("this forbids the day, and lets messages out between {to} and {from}"),
                )
                .help(format!(
                    "write `between {to} and {from}`: the hours are those in which nothing may go out"
                )),
            );
        }
    }
}

/// Whether a rule is about channels that make a phone ring or light up.
fn rings(whole: &Whole<'_>, rule: &Rule) -> bool {
    rule.channels.iter().any(|id| {
        let channel = whole.model.channels.get(id.index());
        channel.is_some_and(|channel| match channel.kind {
            ChannelKind::Sms | ChannelKind::Push | ChannelKind::Whatsapp | ChannelKind::Call => {
                true
            }
            ChannelKind::Email
            | ChannelKind::InApp
            | ChannelKind::Web
            | ChannelKind::Print
            | ChannelKind::Wallet
            | ChannelKind::Audience
            | ChannelKind::Webhook => false,
        })
    })
}
