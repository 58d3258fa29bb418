//! Purposes: their kind, their name, their reason.

use super::reach::ANY;
use crate::diag::codes::consent::MISSING_BECAUSE;
use crate::diag::codes::names::RESERVED_NAME;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir;
use crate::model::names::Item;
use crate::model::types::PurposeKind;
use crate::syntax::ast;

/// Checks one purpose. An unknown kind is reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::Purpose>,
    _index: usize,
) -> (hir::Purpose, Diagnostics) {
    let ast = item.ast;
    let mut body = Body::new(cx, item.file, item.broken);
    let name = &ast.name;
    let means = if name.text == ANY {
        Some("every purpose".to_owned())
    } else {
        PurposeKind::from_word(&name.text).map(|kind| format!("every `{}` purpose", kind.word()))
    };
    if let Some(means) = means {
        let diagnostic = Diagnostic::new(
            &RESERVED_NAME,
            body.place(name.span),
            format!("a purpose cannot be called `{}`", name.text),
        )
        .label(format!("in a rule, `{}` means {means}", name.text))
        .help("choose another name for the purpose");
        body.report(diagnostic);
    }
    let kind = PurposeKind::from_word(&ast.kind.text);
    if kind == Some(PurposeKind::Service) && ast.because.is_none() {
        let diagnostic = Diagnostic::new(
            &MISSING_BECAUSE,
            body.place(ast.kind.span),
            format!("purpose `{}` does not say why it is a `service`", name.text),
        )
        .help(format!(
            "add the reason: `purpose {}: service because \"...\"`",
            name.text
        ));
        body.report(diagnostic);
    }
    let checked = hir::Purpose {
        name: name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        kind: kind.unwrap_or(PurposeKind::Marketing),
        because: ast.because.as_ref().map(|text| text.value.clone()),
    };
    (checked, body.finish().1)
}
