//! Actions: work that another system does.

use super::clauses::{Clauses, missing};
use crate::diag::codes::types::WRONG_VALUE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::{Body, Length};
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::names::Item;
use crate::syntax::ast::{self, ActionClause, Text};
use smol_str::SmolStr;

/// Checks one action. Parameters and results are reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Action>,
    index: usize,
) -> (hir::Action, Diagnostics) {
    let ast = item.ast;
    let head = cx.actions.get(index);
    let mut body = Body::new(cx, item.file, item.broken);
    let mut action = hir::Action {
        name: ast.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        params: head.map(|head| head.params.clone()).unwrap_or_default(),
        returns: head.map(|head| head.returns.clone()).unwrap_or_default(),
        post: None,
        timeout: None,
        secret: None,
        broken: item.broken,
    };
    let mut clauses = Clauses::default();
    for clause in &ast.clauses {
        match clause {
            ActionClause::Post(url) => {
                if clauses.first(&mut body, "post", url.span) {
                    action.post = post(&mut body, url);
                }
            }
            ActionClause::Timeout { duration, span } => {
                if clauses.first(&mut body, "timeout", *span) {
                    action.timeout = body.duration(duration, Length::Exact);
                }
            }
            ActionClause::Secret { variable, span } => {
                if clauses.first(&mut body, "secret", *span) {
                    action.secret = Some(variable.text.clone());
                }
            }
        }
    }
    if !clauses.has("post") {
        missing(
            &mut body,
            ast.name.span,
            format!("action `{}` does not say where to post", ast.name.text),
            "add `post \"https://...\"`",
        );
    }
    (action, body.finish().1)
}

/// Where to post: an address that begins with `https://` and has a host.
fn post(body: &mut Body<'_, '_>, url: &Text) -> Option<SmolStr> {
    let host = url.value.strip_prefix("https://").unwrap_or("");
    let first = host.chars().next();
    if first.is_some_and(char::is_alphanumeric) && !host.contains(char::is_whitespace) {
        return Some(url.value.clone());
    }
    let diagnostic = Diagnostic::new(
        &WRONG_VALUE,
        body.place(url.span),
        format!("`{}` is not an https address", url.value),
    )
    .help("write the whole address: `\"https://host/path\"`");
    body.report(diagnostic);
    None
}
