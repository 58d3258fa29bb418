//! Consent blocks: to whom they apply, the regimes they stand under, their rules.

use super::reach::{repeated, unknown_word};
use super::{evidence, rule};
use crate::diag::codes::consent::BASIS_WITHOUT_EVIDENCE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::body::Body;
use crate::model::cx::Cx;
use crate::model::hir::{self, Basis, RuleKind};
use crate::model::ids::EntityId;
use crate::model::names::{Item, Named};
use crate::model::words::REGIMES;
use crate::source::FileId;
use crate::syntax::ast;
use smol_str::SmolStr;

/// Checks one block. An unknown profile is reported with the heads.
pub fn check(
    cx: &Cx<'_>,
    item: &Item<'_, ast::ConsentBlock>,
    _index: usize,
) -> (hir::ConsentBlock, Diagnostics) {
    let ast = item.ast;
    let profile = match cx.named(&ast.subject.entity.text) {
        Some(Named::Profile(id)) => Some(id),
        _ => None,
    };
    let mut body = Body::about(cx, item.file, item.broken, &ast.subject, profile);
    let filter = ast.filter.as_ref().map(|filter| body.condition(filter));
    let mut block = hir::ConsentBlock {
        name: item.name.text.clone(),
        place: item.place(),
        doc: item.doc.cloned(),
        profile: profile.unwrap_or(EntityId(u32::MAX)),
        locals: hir::Locals::default(),
        filter: None,
        under: regimes(&mut body, &ast.under),
        rules: Vec::new(),
    };
    // Whom the block applies to is known in its rules.
    if let Some((filter, facts)) = filter {
        body.assume(&facts.when_true);
        block.filter = Some(filter);
    }
    let rules = ast.rules.iter();
    block.rules = rules
        .filter_map(|written| body.scoped(|body| rule::check(body, profile, written)))
        .collect();
    let (locals, diagnostics) = body.finish();
    block.locals = locals;
    (block, diagnostics)
}

/// The regimes that a block names, each once, in the order it names them.
fn regimes(body: &mut Body<'_, '_>, names: &[ast::Name]) -> Vec<SmolStr> {
    let mut known: Vec<&ast::Name> = Vec::new();
    for name in names {
        if !REGIMES.contains(&name.as_str()) {
            unknown_word(
                body,
                name,
                "a regime that Jalon knows",
                REGIMES.iter().copied(),
            );
        } else if let Some(first) = known.iter().find(|first| first.text == name.text) {
            let message = format!("`{}` is named twice", name.text);
            repeated(body, message, name.span, first.span);
        } else {
            known.push(name);
        }
    }
    known.into_iter().map(|name| name.text.clone()).collect()
}

/// What needs the finished model: the evidence of permits that rest on what happened.
pub fn whole(cx: &Cx<'_>, model: &hir::Model, diagnostics: &mut Diagnostics) {
    for (block, item) in model.consents.iter().zip(&cx.names.consents) {
        if item.broken {
            continue;
        }
        for rule in &block.rules {
            let RuleKind::Permit { basis, when, .. } = &rule.kind else {
                continue;
            };
            let needs = matches!(
                basis,
                Basis::SoftOptIn
                    | Basis::ImpliedBusiness
                    | Basis::ImpliedInquiry
                    | Basis::ImpliedNonprofit
            );
            let dated = when.as_ref().map(|when| evidence::is_dated(model, when));
            if needs && dated != Some(true) {
                diagnostics.push(undated(item.file, rule, *basis, when.as_ref()));
            }
        }
    }
}

fn undated(file: FileId, rule: &hir::Rule, basis: Basis, when: Option<&hir::Expr>) -> Diagnostic {
    let word = basis.word();
    let place = rule.span.in_file(file);
    let help =
        "say what happened and how long it counts, like `when any(bought in last 24 months)`";
    match when {
        None => Diagnostic::new(
            &BASIS_WITHOUT_EVIDENCE,
            place,
            format!(
                "a permit by `{word}` has no `when`: it holds because of something that happened"
            ),
        ),
        Some(when) => Diagnostic::new(
            &BASIS_WITHOUT_EVIDENCE,
            when.span.in_file(file),
            format!("a permit by `{word}` has a `when` that looks at no dated row or event"),
        )
        .label("nothing dated is read here"),
    }
    .help(help)
}
