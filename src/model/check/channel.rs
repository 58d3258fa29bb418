//! Channels: kind and name, address, cost, capacity, what leaves the house.

use super::clauses::{self, Clauses, missing};
use super::reach::ANY;
use crate::diag::codes::consent::{CHANNEL_KIND_TAKEN, CLAUSE_NOT_FOR_KIND, SENSITIVE_SHARED};
use crate::diag::codes::names::RESERVED_NAME;
use crate::diag::codes::types::{OUT_OF_RANGE, TYPE_MISMATCH};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::{Body, Length};
use crate::model::cx::Cx;
use crate::model::hir::{self, ExprKind};
use crate::model::ids::{EntityId, FieldId, LocalId};
use crate::model::names::Item;
use crate::model::types::{ChannelKind, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, ChannelClauseKind};
use rustc_hash::FxHashMap;

/// Checks one channel. Wrong kinds and profiles are reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Channel>,
    index: usize,
) -> (hir::Channel, Diagnostics) {
    let ast = item.ast;
    let head = cx.channels.get(index);
    let kind = head.and_then(|head| head.kind);
    let profile = head.and_then(|head| head.profile);
    let mut body = Body::about(cx, item.file, item.broken, &ast.subject, profile);
    name(&mut body, ast, kind);
    let mut channel = hir::Channel {
        name: ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        kind: kind.unwrap_or(ChannelKind::Email),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        locals: hir::Locals::default(),
        address: None,
        sender: None,
        cost: None,
        lead: None,
        capacity: None,
        shares: Vec::new(),
        broken: item.broken,
    };
    let mut clauses = Clauses::default();
    for clause in &ast.clauses {
        if !clauses.first(&mut body, word(&clause.kind), clause.span) {
            continue;
        }
        match &clause.kind {
            ChannelClauseKind::Address(expr) => {
                channel.address = Some(address(&mut body, expr, kind));
            }
            ChannelClauseKind::Sender(text) => channel.sender = Some(text.value.clone()),
            ChannelClauseKind::Cost(expr) => channel.cost = cost(&mut body, expr),
            ChannelClauseKind::Lead(expr) => {
                channel.lead = body.duration(expr, Length::Calendar);
            }
            ChannelClauseKind::Capacity { count, per } => {
                let count = clauses::count(&mut body, count);
                let per = body.duration(per, Length::Exact);
                channel.capacity = count.zip(per);
            }
            ChannelClauseKind::Shares(fields) => {
                channel.shares = shares(&mut body, ast, kind, profile, fields, clause.span);
            }
        }
    }
    if let Some((what, ty)) = kind.and_then(needed_address)
        && !clauses.has("address")
    {
        let (name, subject) = (&ast.name, &ast.subject.name.text);
        missing(
            &mut body,
            name.span,
            format!("channel `{}` has no address", name.text),
            format!("add `address {subject}.{what}`, of type `{ty}`"),
        );
    }
    let (locals, diagnostics) = body.finish();
    channel.locals = locals;
    (channel, diagnostics)
}

fn word(clause: &ChannelClauseKind) -> &'static str {
    match clause {
        ChannelClauseKind::Address(_) => "address",
        ChannelClauseKind::Sender(_) => "sender",
        ChannelClauseKind::Cost(_) => "cost",
        ChannelClauseKind::Lead(_) => "lead",
        ChannelClauseKind::Capacity { .. } => "capacity",
        ChannelClauseKind::Shares(_) => "shares",
    }
}

/// A name that is a kind belongs to the only channel of that kind.
fn name(body: &mut Body<'_, '_>, ast: &ast::Channel, kind: Option<ChannelKind>) {
    let cx = body.cx;
    let name = &ast.name;
    let named = ChannelKind::from_word(&name.text);
    if name.text == ANY || (named.is_some() && named != kind && kind.is_some()) {
        let all = if name.text == ANY {
            "every channel that delivers to the person".to_owned()
        } else {
            format!("every channel of kind `{}`", name.text)
        };
        let diagnostic = Diagnostic::new(
            &RESERVED_NAME,
            body.place(name.span),
            format!("this channel cannot be called `{}`", name.text),
        )
        .label(format!("in a rule, `{}` means {all}", name.text))
        .help("choose another name for the channel");
        body.report(diagnostic);
        return;
    }
    let Some(kind) = named else { return };
    let other = cx
        .channels_of(kind)
        .into_iter()
        .filter_map(|other| cx.names.channels.get(other.index()))
        .find(|other| other.name.text != name.text);
    let Some(other) = other else { return };
    let diagnostic = Diagnostic::new(
        &CHANNEL_KIND_TAKEN,
        body.place(name.span),
        format!(
            "`{}` cannot be the name of a channel beside `{}`, which is of that kind too",
            name.text, other.name.text
        ),
    )
    .label(format!("in a rule, `{}` means both", name.text))
    .other(other.place(), "the other channel")
    .help(format!(
        "give this one a name of its own: `channel NAME: {}`",
        name.text
    ));
    body.report(diagnostic);
}

/// The usual field and the type of an address that a kind cannot do without.
fn needed_address(kind: ChannelKind) -> Option<(&'static str, &'static str)> {
    match kind {
        ChannelKind::Email => Some(("email", "email")),
        ChannelKind::Sms | ChannelKind::Whatsapp | ChannelKind::Call => Some(("phone", "phone")),
        ChannelKind::Push => Some(("push_token", "text")),
        ChannelKind::Print => Some(("postal_address", "text")),
        ChannelKind::InApp
        | ChannelKind::Web
        | ChannelKind::Wallet
        | ChannelKind::Audience
        | ChannelKind::Webhook => None,
    }
}

/// An address may be unknown; it is then out of reach, not wrong.
fn address(body: &mut Body<'_, '_>, expr: &ast::Expr, kind: Option<ChannelKind>) -> hir::Expr {
    let expected = match kind {
        Some(ChannelKind::Email) => Ty::Email,
        Some(ChannelKind::Sms | ChannelKind::Whatsapp | ChannelKind::Call) => Ty::Phone,
        Some(ChannelKind::Push | ChannelKind::Print) => Ty::Text(None),
        _ => {
            let found = body.infer(expr);
            let plain = match &found.ty {
                Ty::Optional(inner) => inner,
                ty => ty,
            };
            if matches!(
                plain,
                Ty::Row(_) | Ty::List(_) | Ty::Consent(_) | Ty::Event(_)
            ) {
                let ty = body.cx.ty_name(&found.ty);
                let diagnostic = Diagnostic::new(
                    &TYPE_MISMATCH,
                    body.place(expr.span),
                    format!("an address is a plain value, and this is `{ty}`"),
                )
                .help("name a field that holds the address, like a text");
                body.report(diagnostic);
            }
            return found;
        }
    };
    body.check(expr, &Ty::Optional(expected.into()))
}

/// A constant amount of money, in whatever currency, that is not negative.
fn cost(body: &mut Body<'_, '_>, expr: &ast::Expr) -> Option<hir::Const> {
    let money = clauses::money(body, expr)?;
    if let hir::Const::Money { amount, .. } = &money
        && amount.is_sign_negative()
        && !amount.is_zero()
    {
        let place = body.place(expr.span);
        let message = "a hand-over cannot cost less than nothing";
        body.report(Diagnostic::new(&OUT_OF_RANGE, place, message).help("write what one costs"));
    }
    Some(money)
}

fn shares(
    body: &mut Body<'_, '_>,
    ast: &ast::Channel,
    kind: Option<ChannelKind>,
    profile: Option<EntityId>,
    fields: &[ast::SharedField],
    clause: Span,
) -> Vec<(FieldId, bool)> {
    if kind.is_some_and(ChannelKind::reaches_person) {
        let word = kind.map_or("", ChannelKind::word);
        let diagnostic = Diagnostic::new(
            &CLAUSE_NOT_FOR_KIND,
            body.place(clause),
            format!("a channel of kind `{word}` shares nothing with a third party"),
        )
        .other(body.place(ast.name.span), "this channel")
        .help("leave `shares` out; it belongs to channels of kind `audience` and `webhook`");
        body.report(diagnostic);
    }
    let mut found: Vec<(FieldId, bool)> = Vec::new();
    let mut spans: FxHashMap<FieldId, Span> = FxHashMap::default();
    for shared in fields {
        let Some(field) = shared_field(body, &shared.field, profile) else {
            continue;
        };
        if let Some(first) = spans.get(&field).copied() {
            let name = body.cx.field(field).map(|field| field.name.clone());
            let name = name.unwrap_or_default();
            let message = format!("`{name}` is shared twice");
            super::reach::repeated(body, message, shared.field.span, first);
            continue;
        }
        found.push((field, shared.hashed));
        spans.insert(field, shared.field.span);
    }
    found
}

/// A field of the profile: `member.email`, or its bare name.
fn shared_field(
    body: &mut Body<'_, '_>,
    expr: &ast::Expr,
    profile: Option<EntityId>,
) -> Option<FieldId> {
    // A bare name is a field of the person, like the fields of a row in a `where`.
    let person = LocalId(0);
    let read = body.with_row(person, |body| body.infer(expr));
    let field = match &read.kind {
        ExprKind::Error => return None,
        ExprKind::Field { of, field } if matches!(of.kind, ExprKind::Local(local) if local == person) => {
            *field
        }
        _ => {
            let name = profile.map_or("the profile", |id| body.cx.entity_name(id));
            let diagnostic = Diagnostic::new(
                &TYPE_MISMATCH,
                body.place(expr.span),
                "only a field of the person can be shared",
            )
            .help(format!("name a field of `{name}`"));
            body.report(diagnostic);
            return None;
        }
    };
    let declared = body.cx.field(field)?;
    if declared.annotations.sensitive {
        let diagnostic = Diagnostic::new(
            &SENSITIVE_SHARED,
            body.place(expr.span),
            format!(
                "`{}` is `@sensitive` and never leaves the house",
                declared.name
            ),
        )
        .other(declared.place, "declared here")
        .help("leave it out of `shares`");
        body.report(diagnostic);
    }
    Some(field)
}
