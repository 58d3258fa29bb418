//! `unhashed-share`: a personal field that goes to an advertising platform as it is.
//!
//! Platforms that match people by address or number take digests of them, and need no more. A
//! `webhook` is another matter: what answers there may need the value.

use crate::diag::codes::lint::UNHASHED_SHARE;
use crate::diag::{Diagnostic, Diagnostics, Fix};
use crate::lint::{Whole, words};
use crate::model::hir::Channel;
use crate::model::types::{ChannelKind, Ty};
use crate::source::{Place, Span};

/// Looks at what the channels of lists share.
pub(crate) fn check(whole: &Whole<'_>, out: &mut Diagnostics) {
    let channels = whole.model.channels.iter();
    for channel in channels.filter(|channel| channel.kind == ChannelKind::Audience) {
        let mut plain = channel.shares.iter().filter_map(|(id, hashed)| {
            let entity = whole.model.entities.get(id.entity.index())?;
            let field = entity.fields.get(id.index as usize)?;
            let matched = matches!(field.ty.known(), Ty::Email | Ty::Phone);
            let personal = matched || field.annotations.personal;
            (!hashed && personal).then(|| Some((field, written(whole, channel, &field.name)?)))?
        });
        let Some((field, place)) = plain.next() else {
            continue;
        };
        let before = |place: Place| Span::at(place.span.start).in_file(place.file);
        let path = whole.source(place);
        let help =
            format!("write `hashed {path}`: a digest is enough to find the same person there");
        let mut fix = Fix::chosen(format!("write `hashed {path}`"), before(place), "hashed ");
        let mut named = format!("`{}`", field.name);
        let mut found = Vec::new();
        for (field, place) in plain {
            named += &format!(" and `{}`", field.name);
            fix = fix.and(before(place), "hashed ");
            found.push(place);
        }
        let leaves = if found.is_empty() { "leaves" } else { "leave" };
        let message = format!(
            "{named} {leaves} the house as they are, for `{}`",
            channel.name
        );
        let message = match found.is_empty() {
            true => message.replace("as they are", "as it is"),
            false => message,
        };
        let diagnostic = Diagnostic::new(&UNHASHED_SHARE, place, message)
            .help(help)
            .fix(fix);
        out.push(found.into_iter().fold(diagnostic, |diagnostic, place| {
            diagnostic.other(place, "and this")
        }));
    }
}

/// Where `person.field` stands among what a channel shares.
fn written(whole: &Whole<'_>, channel: &Channel, field: &str) -> Option<Place> {
    let file = channel.place.file;
    let text = whole.scale.text(file);
    let end = u32::try_from(text.len()).ok()?;
    let behind = words(text, Span::new(channel.place.span.end, end));
    let mut shared = behind
        .take_while(|word| word.text(text) != "}")
        .skip_while(|word| word.text(text) != "shares");
    let mut first = shared.next()?;
    let mut before = first;
    for word in shared {
        if word.text(text) == field && before.text(text) == "." {
            return Some(first.to(word).in_file(file));
        }
        if before.text(text) != "." && word.text(text) != "." {
            first = word;
        }
        before = word;
    }
    None
}
