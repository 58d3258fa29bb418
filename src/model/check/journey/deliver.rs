//! What needs the finished model: whether what a journey sends can be delivered at all, and
//! whether anybody enters it.

use crate::diag::codes::flow::{MISSING_CONTENT, NEVER_ENTERED, UNKNOWN_LINK, UNSPOKEN_SEND};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::check::message::languages_without;
use crate::model::check::reach::purpose_name;
use crate::model::cx::Cx;
use crate::model::hir::{
    Const, EventField, Expr, ExprKind, Journey, Model, RuleKind, Send, SendChannel, StepKind, visit,
};
use crate::model::ids::{ChannelId, JourneyId, MessageId, PurposeId};
use crate::model::types::{EventTy, PurposeKind, Ty};
use crate::source::{FileId, Place};
use rustc_hash::FxHashSet;

/// Reports sends without content or without a permit that names them, links that no message has,
/// and journeys that nobody enters.
pub(super) fn report(cx: &Cx<'_>, model: &Model, out: &mut Diagnostics) {
    let house = House::new(cx, model);
    let mut started: FxHashSet<JourneyId> = FxHashSet::default();
    for journey in &model.journeys {
        visit::each_step(&journey.steps, &mut |step| {
            if let StepKind::Start { journey, .. } = &step.kind {
                started.insert(*journey);
            }
        });
    }
    // A `start` of what is no journey may well have meant one of those that nobody enters.
    let astray = |found: &Diagnostic| {
        let message = &found.message;
        message.starts_with("there is no journey `") || message.ends_with(", not a journey")
    };
    let all_read = model.journeys.iter().all(|journey| !journey.broken) && !out.iter().any(astray);
    for (id, journey) in (0..).map(JourneyId).zip(&model.journeys) {
        if journey.broken {
            continue;
        }
        if all_read && !started.contains(&id) && !has_enter(cx, id) {
            out.push(never_entered(journey));
        }
        house.journey(journey, out);
    }
}

/// Whether an `enter` is written, be it right or wrong.
fn has_enter(cx: &Cx<'_>, id: JourneyId) -> bool {
    let head = cx.journeys.get(id.index());
    head.is_some_and(|head| head.has_enter)
}

fn never_entered(journey: &Journey) -> Diagnostic {
    let help = if journey.params.is_empty() {
        "add an `enter`, or `start` it in another journey"
    } else {
        "`start` it in another journey"
    };
    Diagnostic::new(
        &NEVER_ENTERED,
        journey.place,
        format!("nobody ever enters `{}`", journey.name),
    )
    .help(help)
}

/// What the consent blocks and messages of a project say, as sends look at them.
struct House<'m> {
    cx: &'m Cx<'m>,
    model: &'m Model,
    /// The channels and purposes that some permit names together.
    spoken: FxHashSet<(ChannelId, PurposeId)>,
    /// Whether no consent block had a syntax error.
    complete: bool,
}

impl<'m> House<'m> {
    fn new(cx: &'m Cx<'m>, model: &'m Model) -> Self {
        let mut spoken = FxHashSet::default();
        for rule in model.consents.iter().flat_map(|block| &block.rules) {
            if matches!(rule.kind, RuleKind::Permit { .. }) {
                for channel in &rule.channels {
                    spoken.extend(rule.purposes.iter().map(|purpose| (*channel, *purpose)));
                }
            }
        }
        Self {
            cx,
            model,
            spoken,
            complete: cx.names.consents.iter().all(|item| !item.broken),
        }
    }

    fn journey(&self, journey: &Journey, out: &mut Diagnostics) {
        let file = journey.place.file;
        visit::of_header(journey, &mut |expr| self.links(expr, file, out));
        let finally = journey.finally.iter().flatten();
        for step in journey.steps.iter().chain(finally) {
            visit::each_step(std::slice::from_ref(step), &mut |step| {
                match &step.kind {
                    StepKind::Send(send) => self.send(send, file, out),
                    StepKind::AddTo(audience) => {
                        if let (Some(audience), Some(purpose)) =
                            (self.model.audiences.get(audience.index()), journey.purpose)
                        {
                            self.listed(audience.via, purpose, step.span.in_file(file), out);
                        }
                    }
                    _ => {}
                }
                visit::of_step(step, &mut |expr| self.links(expr, file, out));
            });
        }
    }

    fn send(&self, send: &Send, file: FileId, out: &mut Diagnostics) {
        let place = send.head.in_file(file);
        let mut channels: Vec<ChannelId> = Vec::new();
        for channel in send.by.iter().flatten() {
            let found = match channel {
                SendChannel::Channel(channel) => std::slice::from_ref(channel),
                SendChannel::Dynamic(path) => match path.ty.known() {
                    Ty::Channel(channels) => &**channels,
                    _ => &[],
                },
            };
            for channel in found {
                if !channels.contains(channel) {
                    channels.push(*channel);
                }
            }
        }
        let lacking = self.content(send.message, &channels, place, out);
        // Where there is nothing to send, it matters little whether it may be sent.
        channels.retain(|channel| !lacking.contains(channel));
        if let Some(purpose) = send.purpose {
            self.spoken(&channels, purpose, place, out);
        }
    }

    /// Reports the channels for which a message has no content in one of its languages, and gives them.
    fn content(
        &self,
        id: MessageId,
        channels: &[ChannelId],
        place: Place,
        out: &mut Diagnostics,
    ) -> Vec<ChannelId> {
        let mut lacking = Vec::new();
        let Some(message) = self.model.messages.get(id.index()) else {
            return lacking;
        };
        for channel in channels {
            let name = self.cx.channel_name(*channel);
            let missing: Vec<_> = languages_without(message, *channel).into_iter().collect();
            let quoted: Vec<String> = missing.iter().map(|l| format!("`{l}`")).collect();
            let Some((last, first)) = quoted.split_last() else {
                continue;
            };
            let languages = match first {
                [] => last.clone(),
                _ => format!("{} and {last}", first.join(", ")),
            };
            let contents: Vec<String> = missing.iter().map(|l| format!("`content {l}`")).collect();
            let contents = contents.join(" and ");
            let help = format!("add `{name}` to {contents}, or send it by other channels");
            let message_name = &message.name;
            let text = format!(
                "`{message_name}` may be sent by `{name}`, and has no content for it in {languages}"
            );
            let mut found = Diagnostic::new(&MISSING_CONTENT, place, text).help(help);
            for language in missing {
                let content = message.contents.iter().find(|c| c.language == language);
                if let Some(content) = content {
                    let content = content.span.in_file(message.place.file);
                    found = found.other(content, format!("this content has no `{name}`"));
                }
            }
            out.push(found);
            lacking.push(*channel);
        }
        lacking
    }

    /// An `add to`, whose purpose is of kind `advertising` (another is reported in the journey).
    fn listed(&self, via: ChannelId, purpose: PurposeId, place: Place, out: &mut Diagnostics) {
        let kind = self.cx.purposes.get(purpose.index()).copied().flatten();
        if kind == Some(PurposeKind::Advertising) {
            self.spoken(&[via], purpose, place, out);
        }
    }

    fn spoken(
        &self,
        channels: &[ChannelId],
        purpose: PurposeId,
        place: Place,
        out: &mut Diagnostics,
    ) {
        if !self.complete {
            return;
        }
        let silent: Vec<_> = channels
            .iter()
            .filter(|channel| !self.spoken.contains(&(**channel, purpose)))
            .map(|channel| self.cx.channel_name(*channel))
            .collect();
        let Some(first) = silent.first() else { return };
        let purpose = purpose_name(self.cx, purpose);
        let names: Vec<_> = silent.iter().map(|name| format!("`{name}`")).collect();
        out.push(
            Diagnostic::new(
                &UNSPOKEN_SEND,
                place,
                format!(
                    "no consent block permits {} for `{purpose}`, so this is always refused",
                    names.join(", ")
                ),
            )
            .help(format!(
                "add a rule like `permit {first} for {purpose} by consent` to a consent block"
            )),
        );
    }

    /// Compares the names of links in a condition with those in the message's templates, and the
    /// channels of a `permitted` with its contents.
    fn links(&self, root: &Expr, file: FileId, out: &mut Diagnostics) {
        visit::each_expr(root, |expr| match &expr.kind {
            ExprKind::Compare { left, right, .. } => {
                for (link, name) in [(left, right), (right, left)] {
                    if let Some(message) = linked_message(link) {
                        self.link(message, name, file, out);
                    }
                }
            }
            ExprKind::InList { item, list, .. } => {
                if let (Some(message), ExprKind::List(names)) = (linked_message(item), &list.kind) {
                    for name in names {
                        self.link(message, name, file, out);
                    }
                }
            }
            ExprKind::Permitted {
                message, channels, ..
            } => {
                self.content(*message, channels, expr.span.in_file(file), out);
            }
            _ => {}
        });
    }

    fn link(&self, id: MessageId, name: &Expr, file: FileId, out: &mut Diagnostics) {
        let (ExprKind::Const(Const::Text(name)), span) = (&name.kind, name.span) else {
            return;
        };
        let Some(message) = self.model.messages.get(id.index()) else {
            return;
        };
        if message.external || message.broken {
            return;
        }
        let slots = message.contents.iter().flat_map(|content| &content.parts);
        let mut links: Vec<&str> = slots
            .flat_map(|part| &part.slots)
            .flat_map(|slot| &slot.links)
            .map(smol_str::SmolStr::as_str)
            .collect();
        if links.contains(&name.as_str()) {
            return;
        }
        links.sort_unstable();
        links.dedup();
        let help = did_you_mean(name, links.iter().copied()).unwrap_or_else(|| {
            if links.is_empty() {
                "name a link in the template: `{{ 'https://...' | link: 'NAME' }}`".to_owned()
            } else {
                let all: Vec<_> = links.iter().map(|link| format!("`{link}`")).collect();
                format!("its links are {}", all.join(", "))
            }
        });
        out.push(unknown_link(
            name,
            &message.name,
            span.in_file(file),
            message.place,
            help,
        ));
    }
}

fn unknown_link(name: &str, of: &str, place: Place, message: Place, help: String) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_LINK, place, format!("`{of}` has no link `{name}`"))
        .other(message, "the message")
        .help(help)
}

/// The message whose link an expression reads: the `link` of a click on it.
fn linked_message(expr: &Expr) -> Option<MessageId> {
    let ExprKind::EventField {
        of,
        field: EventField::Field(0),
    } = &expr.kind
    else {
        return None;
    };
    match of.ty.known() {
        Ty::Event(EventTy::Channel {
            event: "clicked",
            message,
            ..
        }) => *message,
        _ => None,
    }
}
