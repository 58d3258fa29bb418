//! The rules of a consent block: `permit`, `forbid`, `limit`.

use super::calendar::weekdays;
use super::reach::{self, purpose_name, unknown_word};
use crate::diag::Diagnostic;
use crate::diag::codes::consent::{
    DELAY_WITHOUT_END, EMPTY_WINDOW, MISSING_BECAUSE, MISSING_OTHERWISE, NO_CONSENT_RECORD,
};
use crate::diag::codes::types::TYPE_MISMATCH;
use crate::model::body::{Body, Length};
use crate::model::hir::{self, Basis, Const, Days, RuleKind};
use crate::model::ids::{ChannelId, EntityId, PurposeId};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, ConsentRule, ConsentRuleKind, DayRule};
use jiff::civil::Time;
use smol_str::SmolStr;

/// Checks one rule of a block about `profile`. A rule that cannot be kept is reported, and left
/// out.
pub(super) fn check(
    body: &mut Body<'_, '_>,
    profile: Option<EntityId>,
    rule: &ConsentRule,
) -> Option<hir::Rule> {
    let channels = reach::channels(body, &rule.channels, profile);
    let purposes = reach::purposes(body, &rule.purposes);
    let kind = match &rule.kind {
        ConsentRuleKind::Permit {
            basis,
            when,
            because,
        } => {
            let when = when.as_ref().map(|when| body.condition(when).0);
            let found = Basis::from_word(&basis.text);
            if found.is_none() {
                unknown_word(body, basis, "a basis of a permit", Basis::words());
            }
            let because = because.as_ref().map(|text| text.value.clone());
            let permit = Permit {
                rule,
                word: basis,
                basis: found?,
                because: because.as_ref(),
            };
            permit.evidence(body, profile, &channels, &purposes);
            RuleKind::Permit {
                basis: permit.basis,
                when,
                because,
            }
        }
        ConsentRuleKind::Forbid {
            when,
            between,
            on,
            otherwise,
        } => {
            let timed = between.is_some() || on.is_some();
            let when = when.as_ref().map(|when| body.condition(when).0);
            let window = between.as_ref().map(|(from, to)| window(body, from, to));
            let days = on.as_ref().map(|on| days(body, on));
            let written = otherwise.as_ref().map(|found| outcome(body, found));
            if written.is_none() && timed {
                missing_otherwise(body, rule.span, "a `forbid` with a time");
            }
            if let (Some(ast::Otherwise::Delay { span, .. }), None, false) =
                (otherwise, &when, timed)
            {
                delay_without_end(body, *span);
            }
            RuleKind::Forbid {
                when,
                between: window.flatten(),
                days: days.flatten(),
                otherwise: written.unwrap_or(hir::Otherwise::Skip),
            }
        }
        ConsentRuleKind::Limit {
            count,
            per,
            per_key,
            otherwise,
        } => {
            let count = super::clauses::count(body, count);
            let per = body.duration(per, Length::Exact);
            let per_key = per_key.as_ref().map(|key| limit_key(body, key));
            let written = otherwise.as_ref().map(|found| outcome(body, found));
            if written.is_none() {
                missing_otherwise(body, rule.span, "a `limit`");
            }
            RuleKind::Limit {
                count: count?,
                per: per?,
                per_key,
                otherwise: written.unwrap_or(hir::Otherwise::Skip),
            }
        }
    };
    let source = body.cx.input.sources.text(body.file);
    Some(hir::Rule {
        span: rule.span,
        text: on_one_line(rule.span.text(source)),
        channels,
        purposes,
        kind,
    })
}

/// What a limit counts apart for: a plain value or a row. An unknown one is one more value.
fn limit_key(body: &mut Body<'_, '_>, key: &ast::Expr) -> hir::Expr {
    let found = body.infer(key);
    let plain = !matches!(
        found.ty.known(),
        Ty::List(_) | Ty::Consent(_) | Ty::Event(_) | Ty::Result(_)
    );
    if !plain {
        let ty = body.cx.ty_name(&found.ty);
        let diagnostic = Diagnostic::new(
            &TYPE_MISMATCH,
            body.place(key.span),
            format!("a limit cannot be counted apart for each value of `{ty}`"),
        )
        .help("name a plain value or a row, like `member.household`");
        body.report(diagnostic);
    }
    found
}

/// A permit whose basis is known.
struct Permit<'r> {
    rule: &'r ConsentRule,
    word: &'r ast::Name,
    basis: Basis,
    because: Option<&'r SmolStr>,
}

impl Permit<'_> {
    /// Reports what the basis demands and the source does not have.
    fn evidence(
        &self,
        body: &mut Body<'_, '_>,
        profile: Option<EntityId>,
        channels: &[ChannelId],
        purposes: &[PurposeId],
    ) {
        match self.basis {
            Basis::Contract => self.contract(body, purposes),
            Basis::LegitimateInterest | Basis::Exempt => self.reason(body),
            // What must have happened for the others is looked for in the finished model.
            _ => {}
        }
        if self.basis.needs_record()
            && let Some(profile) = profile
        {
            self.record(body, profile, channels, purposes);
        }
    }

    fn contract(&self, body: &mut Body<'_, '_>, purposes: &[PurposeId]) {
        let cx = body.cx;
        let mut items = purposes
            .iter()
            .filter_map(|id| cx.names.purposes.get(id.index()));
        // A service without a reason is reported at its own declaration.
        let without =
            items.find(|item| item.ast.because.is_none() && item.ast.kind.text != "service");
        let Some(item) = without else { return };
        let diagnostic = Diagnostic::new(
            &MISSING_BECAUSE,
            body.place(self.word.span),
            format!(
                "`contract` covers `{}`, which gives no reason",
                item.name.text
            ),
        )
        .other(item.place(), "no `because` here")
        .help(format!(
            "say what was agreed: `purpose {}: {} because \"...\"`, or use another basis",
            item.name.text, item.ast.kind.text
        ));
        body.report(diagnostic);
    }

    fn reason(&self, body: &mut Body<'_, '_>) {
        if self.because.is_some() {
            return;
        }
        let word = self.basis.word();
        let diagnostic = Diagnostic::new(
            &MISSING_BECAUSE,
            body.place(self.word.span),
            format!("a permit by `{word}` gives no reason"),
        )
        .help("end the permit with `because \"...\"`");
        body.report(diagnostic);
    }

    fn record(
        &self,
        body: &mut Body<'_, '_>,
        profile: EntityId,
        channels: &[ChannelId],
        purposes: &[PurposeId],
    ) {
        let cx = body.cx;
        if cx.entity(profile).is_none_or(|entity| entity.broken) {
            return;
        }
        let mut lacking = channels
            .iter()
            .flat_map(|channel| purposes.iter().map(|purpose| (*channel, *purpose)))
            .filter(|(channel, purpose)| cx.record(profile, *channel, *purpose).is_none());
        let Some((channel, purpose)) = lacking.next() else {
            return;
        };
        let more = lacking.count();
        let (channel, purpose) = (cx.channel_name(channel), purpose_name(cx, purpose));
        let mut message = format!(
            "no field of `{}` holds the consent to `{channel}` for `{purpose}`",
            cx.entity_name(profile)
        );
        if more > 0 {
            message.push_str(&format!(", nor for {more} more of the pairs named here"));
        }
        let mut diagnostic = Diagnostic::new(
            &NO_CONSENT_RECORD,
            body.place(self.rule.span),
            message,
        )
        .help(format!(
            "add a field like `{channel}_consent: consent({channel} for {purpose})` to the profile",
        ));
        if let Some(item) = cx.names.entities.get(profile.index()) {
            diagnostic = diagnostic.other(item.place(), "the profile");
        }
        body.report(diagnostic);
    }
}

/// Both ends of a `between`, which differ.
pub(super) fn window(
    body: &mut Body<'_, '_>,
    from: &ast::Expr,
    to: &ast::Expr,
) -> Option<(Time, Time)> {
    let ends = (body.constant(from, &Ty::Time), body.constant(to, &Ty::Time));
    let (Some(Const::Time(start)), Some(Const::Time(end))) = ends else {
        return None;
    };
    if start == end {
        let diagnostic = Diagnostic::new(
            &EMPTY_WINDOW,
            body.place(from.span.to(to.span)),
            "this window begins and ends at the same time",
        )
        .help("write two times that differ, or leave `between` out to mean the whole day");
        body.report(diagnostic);
    }
    Some((start, end))
}

fn days(body: &mut Body<'_, '_>, on: &DayRule) -> Option<Days> {
    match on {
        DayRule::Weekdays(words) => Some(Days::Weekdays(weekdays(body, words))),
        DayRule::Holidays(calendar) => body.resolve(calendar).map(Days::Holidays),
    }
}

fn outcome(body: &mut Body<'_, '_>, written: &ast::Otherwise) -> hir::Otherwise {
    match written {
        ast::Otherwise::Skip { .. } => hir::Otherwise::Skip,
        ast::Otherwise::Delay { up_to, .. } => hir::Otherwise::Delay {
            up_to: up_to
                .as_ref()
                .and_then(|up_to| body.duration(up_to, Length::Exact)),
        },
    }
}

fn missing_otherwise(body: &mut Body<'_, '_>, rule: Span, what: &str) {
    let diagnostic = Diagnostic::new(
        &MISSING_OTHERWISE,
        body.place(rule),
        format!("{what} says what becomes of a send that it stops"),
    )
    .help("end the rule with `else skip` to refuse the send, or `else delay` to let it rest");
    body.report(diagnostic);
}

fn delay_without_end(body: &mut Body<'_, '_>, span: Span) {
    let diagnostic = Diagnostic::new(
        &DELAY_WITHOUT_END,
        body.place(span),
        "this rule never lets a send pass, so it cannot delay one",
    )
    .help("leave `else delay` out, or say when the rule holds with `when`, `between` or `on`");
    body.report(diagnostic);
}

/// A rule as written, comments left out and every stretch of white space one space.
fn on_one_line(written: &str) -> String {
    let mut line = String::with_capacity(written.len());
    let mut quoted = false;
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => {
                line.push(c);
                line.extend(chars.next());
            }
            '"' => {
                quoted = !quoted;
                line.push(c);
            }
            '/' if !quoted && chars.peek() == Some(&'/') => {
                while chars.next_if(|next| *next != '\n').is_some() {}
            }
            c if c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_becomes_one_line() {
        let written =
            "permit email // all of them\n    for marketing\n\tby exempt because \"see // 4\"";
        assert_eq!(
            on_one_line(written),
            "permit email for marketing by exempt because \"see // 4\""
        );
    }
}
