//! What each kind of channel reports about a send, and the fields of each report.
//!
//! Every event also has a time and the purpose of the send; reached by message or label, it has
//! the message's parameters too. Those are not listed here.

use super::types::{ChannelKind, Ty};

/// One event that a kind of channel reports.
#[derive(Debug)]
pub struct ChannelEvent {
    /// The word after the dot: `clicked`.
    pub name: &'static str,
    /// Its own fields, in order: name and type. None of them is optional.
    pub fields: &'static [(&'static str, Ty)],
}

const fn plain(name: &'static str) -> ChannelEvent {
    ChannelEvent { name, fields: &[] }
}

const fn with(name: &'static str, fields: &'static [(&'static str, Ty)]) -> ChannelEvent {
    ChannelEvent { name, fields }
}

static LINK: &[(&str, Ty)] = &[("link", Ty::Text(None)), ("url", Ty::Url)];
static REASON: &[(&str, Ty)] = &[("reason", Ty::Text(None))];
static OUTCOME: &[(&str, Ty)] = &[("outcome", Ty::Text(None))];
static TEXT: &[(&str, Ty)] = &[("text", Ty::Text(None))];

static EMAIL: &[ChannelEvent] = &[
    plain("sent"),
    plain("delivered"),
    with("bounced", &[("hard", Ty::Bool)]),
    with("opened", &[("machine", Ty::Bool)]),
    with("clicked", LINK),
    plain("complained"),
    plain("unsubscribed"),
];

static SMS: &[ChannelEvent] = &[
    plain("sent"),
    plain("delivered"),
    with("failed", REASON),
    with("clicked", LINK),
    with("replied", TEXT),
    plain("stopped"),
];

/// The language page lists none: those of a text message, and the read receipt.
static WHATSAPP: &[ChannelEvent] = &[
    plain("sent"),
    plain("delivered"),
    plain("opened"),
    with("failed", REASON),
    with("clicked", LINK),
    with("replied", TEXT),
    plain("stopped"),
];

static PUSH: &[ChannelEvent] = &[
    plain("sent"),
    plain("delivered"),
    plain("opened"),
    plain("dismissed"),
];

static PRINT: &[ChannelEvent] = &[plain("posted"), plain("returned")];

static CALL: &[ChannelEvent] = &[
    plain("queued"),
    with("answered", OUTCOME),
    with("refused", OUTCOME),
];

static WALLET: &[ChannelEvent] = &[plain("installed"), plain("updated"), plain("removed")];

static WEB: &[ChannelEvent] = &[plain("shown"), with("clicked", LINK)];

static AUDIENCE: &[ChannelEvent] = &[plain("added"), plain("removed"), with("failed", REASON)];

static WEBHOOK: &[ChannelEvent] = &[plain("called"), with("failed", REASON)];

/// All events of a kind, in the order of the reference page.
#[must_use]
pub fn of(kind: ChannelKind) -> &'static [ChannelEvent] {
    match kind {
        ChannelKind::Email => EMAIL,
        ChannelKind::Sms => SMS,
        ChannelKind::Whatsapp => WHATSAPP,
        ChannelKind::Push | ChannelKind::InApp => PUSH,
        ChannelKind::Web => WEB,
        ChannelKind::Print => PRINT,
        ChannelKind::Call => CALL,
        ChannelKind::Wallet => WALLET,
        ChannelKind::Audience => AUDIENCE,
        ChannelKind::Webhook => WEBHOOK,
    }
}

/// The event of a kind with this name.
#[must_use]
pub fn find(kind: ChannelKind, name: &str) -> Option<&'static ChannelEvent> {
    of(kind).iter().find(|event| event.name == name)
}

impl ChannelEvent {
    /// The position and type of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(u32, &'static Ty)> {
        (0..)
            .zip(self.fields)
            .find(|(_, (field, _))| *field == name)
            .map(|(index, (_, ty))| (index, ty))
    }

    /// Whether by it the person opts out of the channel: it withdraws every record of consent
    /// that covers the channel.
    #[must_use]
    pub fn opts_out(&self) -> bool {
        matches!(self.name, "unsubscribed" | "stopped" | "complained")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name() {
        let clicked = find(ChannelKind::Email, "clicked").unwrap();
        assert_eq!(clicked.field("url"), Some((1, &Ty::Url)));
        assert_eq!(clicked.field("href"), None);
        assert!(find(ChannelKind::Print, "clicked").is_none());
    }
}
