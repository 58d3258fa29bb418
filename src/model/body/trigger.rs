//! Expressions that name a kind of event: `gift_made`, `email.clicked`, `ask.clicked`.

use super::Body;
use crate::diag::Diagnostic;
use crate::diag::codes::names::{UNKNOWN_NAME, WRONG_KIND};
use crate::diag::codes::types::WRONG_ROW_SOURCE;
use crate::diag::did_you_mean;
use crate::model::channel_events::{self, ChannelEvent};
use crate::model::hir::Trigger;
use crate::model::ids::{ChannelId, JourneyId, MessageId, SendId};
use crate::model::names::Named;
use crate::model::types::{ChannelKind, EventTy, JourneyEvent};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind};

/// What an event expression names.
#[derive(Debug, Clone)]
pub struct Triggered {
    /// The events themselves.
    pub trigger: Trigger,
    /// The type of one of them: what a variable that is bound to it has.
    pub ty: EventTy,
}

/// What stands before the dot of an event expression.
enum Owner {
    Channel(ChannelId),
    Message(MessageId),
    Send(SendId),
    Journey(JourneyId),
}

impl Body<'_, '_> {
    /// Resolves an event expression. What is wrong with it is reported.
    ///
    /// Whether the event is about the right person is for the caller to check, with
    /// [`crate::model::cx::Cx::event_subject`]: an entry may come from another row's event.
    pub fn trigger(&mut self, expr: &ast::Expr) -> Option<Triggered> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.trigger(inner),
            ExprKind::Name(name) => self.declared_event(name),
            ExprKind::Field {
                base,
                optional: false,
                name,
            } => match &base.kind {
                ExprKind::Name(owner) => self.owned_event(owner, name),
                _ => self.no_event(expr.span),
            },
            ExprKind::Broken => None,
            _ => self.no_event(expr.span),
        }
    }

    fn no_event<T>(&mut self, span: Span) -> Option<T> {
        let place = self.place(span);
        self.report(
            Diagnostic::new(&WRONG_ROW_SOURCE, place, "this does not name an event").help(
                "write a declared event like `gift_made`, or what a channel, a message, a labelled send or a journey reports, like `email.clicked`",
            ),
        );
        None
    }

    fn declared_event(&mut self, name: &ast::Name) -> Option<Triggered> {
        if let Some(Named::Channel(_) | Named::Message(_) | Named::Journey(_)) =
            self.cx.named(&name.text)
        {
            let word = self.first_event_of(&name.text);
            let place = self.place(name.span);
            self.report(
                Diagnostic::new(
                    &WRONG_KIND,
                    place,
                    format!("`{}` by itself is no event", name.text),
                )
                .help(format!("say which: `{}.{word}`", name.text)),
            );
            return None;
        }
        let event = self.resolve(name)?;
        Some(Triggered {
            trigger: Trigger::Event(event),
            ty: EventTy::Declared(event),
        })
    }

    /// Some event of a channel, message or journey, for a suggestion.
    fn first_event_of(&self, name: &str) -> &'static str {
        match self.cx.named(name) {
            Some(Named::Channel(id)) => self
                .cx
                .channels
                .get(id.index())
                .and_then(|head| head.kind)
                .and_then(|kind| channel_events::of(kind).first())
                .map_or("sent", |event| event.name),
            Some(Named::Message(_)) => "clicked",
            _ => "entered",
        }
    }

    fn owned_event(&mut self, owner: &ast::Name, event: &ast::Name) -> Option<Triggered> {
        match self.event_owner(owner, event)? {
            Owner::Channel(channel) => {
                let kind = self.cx.channels.get(channel.index())?.kind?;
                let found = channel_events::find(kind, &event.text);
                let Some(found) = found else {
                    return self.unknown_event(owner, event, &[kind]);
                };
                Some(Triggered {
                    trigger: Trigger::Channel {
                        channel,
                        event: found.name,
                    },
                    ty: EventTy::Channel {
                        kind,
                        event: found.name,
                        message: None,
                    },
                })
            }
            Owner::Message(message) => {
                let (kind, found) = self.message_event(owner, event, message)?;
                Some(Triggered {
                    trigger: Trigger::Message {
                        message,
                        event: found.name,
                    },
                    ty: EventTy::Channel {
                        kind,
                        event: found.name,
                        message: Some(message),
                    },
                })
            }
            Owner::Send(send) => {
                let journey = self.cx.journeys.get(self.journey?.index())?;
                let message = journey.sends.get(send.index())?.message?;
                let (kind, found) = self.message_event(owner, event, message)?;
                Some(Triggered {
                    trigger: Trigger::Send {
                        send,
                        event: found.name,
                    },
                    ty: EventTy::Channel {
                        kind,
                        event: found.name,
                        message: Some(message),
                    },
                })
            }
            Owner::Journey(journey) => {
                let Some(found) = JourneyEvent::from_word(&event.text) else {
                    let words = JourneyEvent::ALL.map(JourneyEvent::word);
                    self.no_such_event(owner, event, &words);
                    return None;
                };
                Some(Triggered {
                    trigger: Trigger::Journey {
                        journey,
                        event: found,
                    },
                    ty: EventTy::Journey(journey, found),
                })
            }
        }
    }

    /// What the name before the dot stands for: a label first, then a declaration.
    fn event_owner(&mut self, name: &ast::Name, event: &ast::Name) -> Option<Owner> {
        if name.text.is_empty() {
            return None;
        }
        let journey = self.journey.and_then(|id| self.cx.journeys.get(id.index()));
        if let Some(label) = journey.and_then(|journey| journey.labels.get(&name.text)) {
            if let Some(send) = label.send {
                return Some(Owner::Send(send));
            }
            let (place, declared) = (self.place(name.span), self.place(label.span));
            self.report(
                Diagnostic::new(
                    &WRONG_KIND,
                    place,
                    format!("`{}` is the label of a step that sends nothing", name.text),
                )
                .other(declared, "this step")
                .help("name the label of a `send`"),
            );
            return None;
        }
        match self.cx.names.get_with_place(&name.text) {
            Some((Named::Channel(id), _)) => Some(Owner::Channel(id)),
            Some((Named::Message(id), _)) => Some(Owner::Message(id)),
            Some((Named::Journey(id), _)) => Some(Owner::Journey(id)),
            Some((named, declared)) => {
                let place = self.place(name.span);
                self.report(
                    Diagnostic::new(
                        &WRONG_KIND,
                        place,
                        format!(
                            "`{}` is {}, which reports no events",
                            name.text,
                            named.a_kind()
                        ),
                    )
                    .other(declared, format!("declared here as {}", named.a_kind())),
                );
                None
            }
            None => {
                if journey.is_some_and(|journey| journey.broken) {
                    return None;
                }
                let place = self.place(name.span);
                let mut diagnostic = Diagnostic::new(
                    &UNKNOWN_NAME,
                    place,
                    format!(
                        "there is no channel, message, labelled send or journey `{}`",
                        name.text
                    ),
                );
                let cx = self.cx;
                diagnostic.help = self.kind_help(&name.text).or_else(|| {
                    let labels = journey
                        .into_iter()
                        .flat_map(|journey| journey.sends.iter())
                        .map(|send| send.label.as_str());
                    did_you_mean(
                        &name.text,
                        labels
                            .chain(cx.names.of_kind::<ChannelId>())
                            .chain(cx.names.of_kind::<MessageId>())
                            .chain(cx.names.of_kind::<JourneyId>()),
                    )
                });
                if diagnostic.help.is_none() {
                    diagnostic.help = Some(self.label_help(&name.text, &event.text, journey));
                }
                self.report(diagnostic);
                None
            }
        }
    }

    /// A kind in place of a channel: says which channels are of that kind.
    fn kind_help(&self, name: &str) -> Option<String> {
        let kind = ChannelKind::from_word(name)?;
        let channels: Vec<_> = self
            .cx
            .channels_of(kind)
            .into_iter()
            .map(|id| format!("`{}`", self.cx.channel_name(id)))
            .collect();
        Some(if channels.is_empty() {
            format!("declare `channel {name} for ...`")
        } else {
            format!(
                "`{name}` is a kind: name the channel, {}",
                channels.join(" or ")
            )
        })
    }

    /// The kinds of channels that a message may be sent by: those of its contents, or all if its
    /// contents are not known.
    pub(super) fn kinds_of_message(&self, message: MessageId) -> Vec<ChannelKind> {
        let Some(head) = self.cx.messages.get(message.index()) else {
            return Vec::new();
        };
        let mut kinds: Vec<_> = head
            .channels
            .iter()
            .filter_map(|id| self.cx.channels.get(id.index())?.kind)
            .collect();
        if kinds.is_empty() {
            kinds = self
                .cx
                .channels
                .iter()
                .filter_map(|head| head.kind)
                .collect();
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The event of a message: of the kinds that report it, the one with the fewest fields, so
    /// that only what all of them report is read.
    fn message_event(
        &mut self,
        owner: &ast::Name,
        event: &ast::Name,
        message: MessageId,
    ) -> Option<(ChannelKind, &'static ChannelEvent)> {
        let kinds = self.kinds_of_message(message);
        let found = kinds
            .iter()
            .filter_map(|kind| Some((*kind, channel_events::find(*kind, &event.text)?)))
            .min_by_key(|(_, found)| found.fields.len());
        if found.is_none() && !self.cx.messages.get(message.index())?.broken {
            return self.unknown_event(owner, event, &kinds);
        }
        found
    }

    fn unknown_event<T>(
        &mut self,
        owner: &ast::Name,
        event: &ast::Name,
        kinds: &[ChannelKind],
    ) -> Option<T> {
        let mut words: Vec<&'static str> = Vec::new();
        for found in kinds.iter().flat_map(|kind| channel_events::of(*kind)) {
            if !words.contains(&found.name) {
                words.push(found.name);
            }
        }
        self.no_such_event(owner, event, &words);
        None
    }

    fn no_such_event(&mut self, owner: &ast::Name, event: &ast::Name, words: &[&'static str]) {
        if event.text.is_empty() {
            return;
        }
        let mut diagnostic = Diagnostic::new(
            &UNKNOWN_NAME,
            self.place(event.span),
            format!("`{}` reports no event `{}`", owner.text, event.text),
        );
        diagnostic.help = did_you_mean(&event.text, words.iter().copied()).or_else(|| {
            let all: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            (!all.is_empty()).then(|| format!("it reports {}", all.join(", ")))
        });
        self.report(diagnostic);
    }
}
