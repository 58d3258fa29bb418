//! Messages: their contents, language by language.

use super::clauses::{Clauses, missing};
use super::message_part::Parts;
use super::message_scope::MessageScope;
use crate::diag::codes::template::{EXTERNAL_WITH_CONTENT, LANGUAGE_NEVER_CHOSEN, MISPLACED_ONLY};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::{self, Const};
use crate::model::ids::{ChannelId, EntityId, PurposeId};
use crate::model::names::Item;
use crate::model::types::{LocalKind, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, Literal, MessageClause, Text};
use smol_str::SmolStr;
use std::cell::Cell;

/// Checks one message. Its parameters, and an unknown profile, are reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Message>,
    index: usize,
) -> (hir::Message, Diagnostics) {
    let ast = item.ast;
    let head = cx.messages.get(index);
    let profile = head.and_then(|head| head.profile);
    let params = head.map_or(&[][..], |head| &head.params);
    let mut body = Body::about(cx, item.file, item.broken, &ast.subject, profile);
    for (param, field) in ast.params.iter().zip(params) {
        body.declare(&param.name, LocalKind::Param, field.ty.clone());
    }
    let scope = MessageScope::new(cx, &ast.subject.name.text, profile, params);
    let parts = Parts {
        scope: &scope,
        profile,
        file: item.file,
        incomplete: Cell::new(false),
    };
    let mut clauses = Clauses::default();
    let mut contents: Vec<hir::Content> = Vec::new();
    let mut external: Option<Span> = None;
    for clause in &ast.clauses {
        match clause {
            MessageClause::Purpose { purpose, span } => {
                if clauses.first(&mut body, "purpose", *span) {
                    body.resolve::<PurposeId>(purpose);
                }
            }
            MessageClause::External { span } => {
                if clauses.first(&mut body, "external", *span) {
                    external = Some(*span);
                }
            }
            MessageClause::Content(content) => {
                if let Some(content) = one_content(
                    &mut body,
                    &mut clauses,
                    &parts,
                    content,
                    contents.is_empty(),
                ) {
                    contents.push(content);
                }
            }
        }
    }
    let has_contents = ast
        .clauses
        .iter()
        .any(|clause| matches!(clause, MessageClause::Content(_)));
    match external {
        Some(span) if has_contents => {
            let diagnostic = Diagnostic::new(
                &EXTERNAL_WITH_CONTENT,
                body.place(span),
                format!(
                    "message `{}` is external and has contents too",
                    ast.name.text
                ),
            )
            .help("leave out `external`, or the contents");
            body.report(diagnostic);
        }
        None if !has_contents => missing(
            &mut body,
            ast.name.span,
            format!("message `{}` has no content", ast.name.text),
            "add `content LANGUAGE { ... }`, or `external` if a platform has the contents",
        ),
        _ => {}
    }
    never_chosen(&mut body, profile, &contents);
    contents.shrink_to_fit();
    let message = hir::Message {
        name: ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        subject: ast.subject.name.text.clone(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        params: params.to_vec(),
        purpose: head.and_then(|head| head.purpose),
        external: external.is_some(),
        contents,
        broken: item.broken || parts.incomplete.get(),
    };
    (message, body.finish().1)
}

/// The content of one language. A second one of the language is reported and left out.
fn one_content(
    body: &mut Body<'_, '_>,
    clauses: &mut Clauses,
    parts: &Parts<'_>,
    content: &ast::Content,
    first: bool,
) -> Option<hir::Content> {
    let Some(language) = language(body, content) else {
        parts.incomplete.set(true);
        return None;
    };
    if !clauses.first(body, &format!("content {language}"), content.language.span) {
        return None;
    }
    if content.only && !first {
        let diagnostic = Diagnostic::new(
            &MISPLACED_ONLY,
            body.place(content.language.span),
            "`only` stands on the first content: it takes away the fallback, which is the first",
        )
        .help("move `only` to the first content, or leave it out");
        body.report(diagnostic);
    }
    if content.parts.is_empty() {
        missing(
            body,
            content.language.span,
            format!("the content in `{language}` is empty"),
            "add a part for each channel, like `sms \"...\"`",
        );
    }
    Some(hir::Content {
        language,
        only: content.only,
        parts: parts.check(body, content),
        span: content.span,
    })
}

/// A language as a BCP 47 code.
fn language(body: &mut Body<'_, '_>, content: &ast::Content) -> Option<SmolStr> {
    let name = &content.language;
    if name.text.is_empty() {
        return None;
    }
    let kind = if content.language_is_text {
        ExprKind::Literal(Literal::Text(Text {
            value: name.text.clone(),
            span: name.span,
            block: false,
        }))
    } else {
        ExprKind::Name(name.clone())
    };
    let expr = ast::Expr {
        kind,
        span: name.span,
    };
    match body.constant(&expr, &Ty::Language)? {
        Const::Language(code) => Some(code),
        _ => None,
    }
}

/// Without a field of type `language`, the first content is the only one that anybody sees.
fn never_chosen(body: &mut Body<'_, '_>, profile: Option<EntityId>, contents: &[hir::Content]) {
    let cx = body.cx;
    let Some(entity) = profile.and_then(|id| cx.entity(id)) else {
        return;
    };
    if entity.language.is_some() || entity.broken {
        return;
    }
    let [first, second, ..] = contents else {
        return;
    };
    let diagnostic = Diagnostic::new(
        &LANGUAGE_NEVER_CHOSEN,
        body.place(second.span),
        format!(
            "nobody gets the content in `{}`: `{}` has no field of type `language`",
            second.language, entity.name
        ),
    )
    .other(body.place(first.span), "everybody gets this one")
    .other(entity.place, "the profile")
    .help("add a field like `language: language = fr` to the profile");
    body.report(diagnostic);
}

/// What the contents of a message lack for a channel: the languages without a part for it.
///
/// Nothing is lacking in an external message, or one with errors of its own.
#[must_use]
pub fn languages_without(message: &hir::Message, channel: ChannelId) -> Vec<&str> {
    if message.external || message.broken {
        return Vec::new();
    }
    let lacking = message.contents.iter().filter(|content| {
        // One without any part is reported as such.
        !content.parts.is_empty()
            && !content
                .parts
                .iter()
                .any(|part| part.channels.contains(&channel))
    });
    lacking.map(|content| content.language.as_str()).collect()
}
