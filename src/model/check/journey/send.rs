//! `send M(args) by CHANNELS [for P] [within D] [else { }]`.

use super::Walk;
use super::steps::After;
use crate::diag::Diagnostic;
use crate::diag::codes::consent::OTHER_PROFILE;
use crate::diag::codes::flow::{DISGUISED_SERVICE, MISSING_PURPOSE};
use crate::diag::codes::names::MISSING_CLAUSE;
use crate::diag::codes::types::TYPE_MISMATCH;
use crate::model::body::{Known, Length, Missing};
use crate::model::check::reach::repeated;
use crate::model::hir::{Send, SendChannel, StepKind};
use crate::model::ids::{ChannelId, EntityId, MessageId, PurposeId};
use crate::model::types::{PurposeKind, Ty};
use crate::source::{Place, Span};
use crate::syntax::ast::{self, Name};

impl<'a> Walk<'_, 'a> {
    /// A send. It may rest, so what is known after it is what a rest keeps.
    pub(super) fn send(&mut self, send: &'a ast::Send, step: &'a ast::Step) -> Option<StepKind> {
        let message = self.body.resolve::<MessageId>(&send.message);
        let args = match message.and_then(|id| self.cx.messages.get(id.index())) {
            Some(head) => {
                self.same_profile(&send.message, "message", head.profile);
                self.body
                    .arguments(&send.args, &head.params, &send.message, Missing::Reported)
            }
            None => {
                for argument in &send.args {
                    self.body.infer(&argument.value);
                }
                Vec::new()
            }
        };
        let by = self.channels(send);
        let head = Span::new(
            send.message.span.start,
            send.by
                .iter()
                .flat_map(|target| &target.channels)
                .last()
                .map_or(send.message.span.end, |channel| channel.span.end),
        );
        let purpose = self.purpose(send, message, head);
        let within = send
            .within
            .as_ref()
            .and_then(|length| self.body.duration(length, Length::Exact));
        self.body.forget_at_rest();
        let mut after = After::default();
        after.add_known(self.body.known());
        let refused = send.refused.as_ref().map(|block| {
            let (steps, known) = self.block(block, &Known::default());
            after.add(&steps, known);
            steps
        });
        self.body.set_known(after.known());
        let id = step
            .label
            .as_ref()
            .and_then(|label| self.head.labels.get(&label.text))
            .filter(|label| {
                step.label
                    .as_ref()
                    .is_some_and(|own| own.span == label.span)
            })
            .and_then(|label| label.send);
        Some(StepKind::Send(Box::new(Send {
            message: message?,
            args,
            by,
            purpose,
            within,
            refused,
            id,
            head,
        })))
    }

    fn channels(&mut self, send: &'a ast::Send) -> Vec<Vec<SendChannel>> {
        if send.by.is_empty() {
            let channels: Vec<&str> = self.cx.names.of_kind::<ChannelId>().take(2).collect();
            let help = match channels.as_slice() {
                [] => "add `by` and the channels that may be used, the best first".to_owned(),
                [one] => format!("add `by {one}`"),
                [one, ..] => format!(
                    "add `by {one}`, or several channels, the best first: `by {}`",
                    channels.join(", ")
                ),
            };
            self.body.error_with(
                &MISSING_CLAUSE,
                send.message.span,
                format!(
                    "this send of `{}` does not say by which channel",
                    send.message.text
                ),
                help,
            );
        }
        let mut alone: Vec<(ChannelId, Span)> = Vec::new();
        send.by
            .iter()
            .map(|target| {
                // `email and sms, sms` is no repetition: the second is another try.
                let mut together = Vec::new();
                let named = match target.channels.as_slice() {
                    [_] => &mut alone,
                    _ => &mut together,
                };
                let channels = target.channels.iter();
                let mut found = Vec::with_capacity(channels.len());
                found.extend(channels.filter_map(|channel| self.channel(channel, named)));
                found
            })
            .filter(|together| !together.is_empty())
            .collect()
    }

    /// One channel of `by`: its name, or a path of type `channel(...)`.
    fn channel(
        &mut self,
        channel: &'a ast::Expr,
        named: &mut Vec<(ChannelId, Span)>,
    ) -> Option<SendChannel> {
        if let ast::ExprKind::Name(name) = &channel.kind
            && self.body.local_named(&name.text).is_none()
        {
            let id = self.body.resolve::<ChannelId>(name)?;
            if let Some((_, first)) = named.iter().find(|(known, _)| *known == id) {
                let message = format!("`{}` is named twice", name.text);
                repeated(&mut self.body, message, name.span, *first);
            }
            named.push((id, name.span));
            let profile = self
                .cx
                .channels
                .get(id.index())
                .and_then(|head| head.profile);
            self.same_profile(name, "channel", profile);
            return Some(SendChannel::Channel(id));
        }
        let path = self.body.infer(channel);
        match path.ty.known() {
            Ty::Channel(_) => Some(SendChannel::Dynamic(path)),
            Ty::Error => None,
            _ => {
                let ty = self.cx.ty_name(&path.ty);
                self.body.error_with(
                    &TYPE_MISMATCH,
                    channel.span,
                    format!("a `{ty}` stands where a channel is needed"),
                    "name a channel, or a field of type `channel(...)`",
                );
                None
            }
        }
    }

    /// The nearest purpose: the send's, the message's, the journey's.
    fn purpose(
        &mut self,
        send: &'a ast::Send,
        message: Option<MessageId>,
        head: Span,
    ) -> Option<PurposeId> {
        let of_message = message
            .and_then(|id| self.cx.messages.get(id.index()))
            .and_then(|head| head.purpose);
        if let Some(name) = &send.purpose {
            let own = self.body.resolve::<PurposeId>(name)?;
            self.not_disguised(name, own, of_message, message);
            return Some(own);
        }
        let nearest = of_message.or(self.head.purpose);
        let unsure = self.says_purpose(message);
        if nearest.is_none() && !unsure {
            let place = self.body.place(head);
            let mut found = Diagnostic::new(
                &MISSING_PURPOSE,
                place,
                format!(
                    "nothing says for what purpose `{}` is sent",
                    send.message.text
                ),
            )
            .help("add `for PURPOSE` here, or a `purpose` to the message or the journey");
            if let Some(place) = message.and_then(|id| self.message_place(id)) {
                found = found.other(place, "the message has no `purpose`");
            }
            self.body.report(found);
        }
        nearest
    }

    /// Whether the message or the journey says a purpose that is wrong (reported there), or the
    /// message is not known.
    fn says_purpose(&self, message: Option<MessageId>) -> bool {
        let Some(message) = message.and_then(|id| self.cx.messages.get(id.index())) else {
            return true;
        };
        message.broken
            || message.says_purpose
            || self
                .ast
                .clauses
                .iter()
                .any(|clause| matches!(clause.kind, ast::JourneyClauseKind::Purpose(_)))
    }

    fn not_disguised(
        &mut self,
        name: &Name,
        own: PurposeId,
        of_message: Option<PurposeId>,
        message: Option<MessageId>,
    ) {
        let kind = |id: PurposeId| self.cx.purposes.get(id.index()).copied().flatten();
        let (Some(PurposeKind::Service), Some(of_message)) = (kind(own), of_message) else {
            return;
        };
        let Some(other) = kind(of_message).filter(|kind| *kind != PurposeKind::Service) else {
            return;
        };
        let place = self.body.place(name.span);
        let mut found = Diagnostic::new(
            &DISGUISED_SERVICE,
            place,
            format!(
                "`{}` is a service, and the message has a purpose of kind `{}`",
                name.text,
                other.word()
            ),
        )
        .help("send it for the purpose of the message, or write a message of its own");
        if let Some(place) = message.and_then(|id| self.message_place(id)) {
            found = found.other(place, format!("this message is for `{}`", other.word()));
        }
        self.body.report(found);
    }

    fn message_place(&self, id: MessageId) -> Option<Place> {
        let head = self.cx.messages.get(id.index());
        head.map(|head| head.place)
    }

    /// Reports a thing that is about another profile than this journey.
    pub(super) fn same_profile(&mut self, name: &Name, what: &str, profile: Option<EntityId>) {
        let (Some(ours), Some(theirs)) = (self.profile, profile) else {
            return;
        };
        if ours == theirs {
            return;
        }
        let (ours, theirs) = (self.cx.entity_name(ours), self.cx.entity_name(theirs));
        let place = self.body.place(name.span);
        let mut found = Diagnostic::new(
            &OTHER_PROFILE,
            place,
            format!(
                "{what} `{}` is for a `{theirs}`, not for a `{ours}`",
                name.text
            ),
        )
        .help(format!("name a {what} that is for a `{ours}`"));
        if let Some((_, declared)) = self.cx.names.get_with_place(&name.text) {
            found = found.other(declared, "declared here");
        }
        self.body.report(found);
    }
}
