//! `set`, `add to` and `remove from`.

use super::Walk;
use crate::diag::codes::flow::{NOT_ADVERTISING, NOT_WRITABLE};
use crate::diag::codes::names::UNKNOWN_NAME;
use crate::diag::codes::types::{NOT_CALCULABLE, UNHANDLED_UNKNOWN};
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::body::{Body, Known, Part, Path};
use crate::model::hir::{Expr, StepKind};
use crate::model::ids::{AudienceId, FieldId, LocalId};
use crate::model::types::{PurposeKind, Ty};
use crate::source::Span;
use crate::syntax::ast::{self, Name, SetOp};

impl<'a> Walk<'_, 'a> {
    /// A `set` of a field of the person. The steps after it see the value.
    pub(super) fn set(
        &mut self,
        target: &'a ast::Expr,
        op: SetOp,
        value: &'a ast::Expr,
    ) -> Option<StepKind> {
        let Some((field, of)) = self.own_field(target) else {
            self.body.check(value, &Ty::Error);
            return None;
        };
        let ty = self.cx.field(field).map_or(Ty::Error, |f| f.ty.clone());
        let writable = self.is_writable(field, target.span);
        let value = match op {
            // It is written by `grant`: what is set does not matter.
            SetOp::Assign if matches!(ty, Ty::Consent(_)) => Body::erroneous(value.span),
            SetOp::Assign => self.body.check(value, &ty),
            SetOp::Add | SetOp::Subtract => {
                let step = self.step_of(&ty, field, target.span);
                match step {
                    Some(step) => self.body.check(value, &step),
                    None => self.body.infer(value),
                }
            }
        };
        self.body.forget_field(field);
        if op == SetOp::Assign && !value.ty.is_optional() && !value.ty.is_error() {
            self.body.assume(&Known::one(person_field(field)));
        }
        writable.then_some(StepKind::Set {
            field,
            of,
            op,
            value,
        })
    }

    /// `member.field`: a field of the person's own row.
    pub(super) fn own_field(&mut self, target: &'a ast::Expr) -> Option<(FieldId, Expr)> {
        if let ast::ExprKind::Field {
            base,
            name,
            optional: false,
        } = &target.kind
            && let ast::ExprKind::Name(variable) = &base.kind
            && self.body.local_named(&variable.text) == Some(LocalId(0))
        {
            let profile = self.profile?;
            let of = self.body.read(LocalId(0), base.span);
            if let Some(field) = self.cx.field_named(profile, &name.text) {
                return Some((field, of));
            }
            let fields = self.cx.entity(profile).into_iter().flat_map(|e| &e.fields);
            let names: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
            let message = format!(
                "`{}` has no field `{}`",
                self.cx.entity_name(profile),
                name.text
            );
            let help = match self.cx.measure_named(profile, &name.text) {
                Some(_) => format!(
                    "write a field: `{}` is a measure, which is calculated whenever it is read",
                    name.text
                ),
                None => did_you_mean(&name.text, names).unwrap_or_else(|| {
                    let profile = self.cx.entity_name(profile);
                    format!("declare the field in `{profile}`, or write another")
                }),
            };
            self.body
                .error_with(&UNKNOWN_NAME, name.span, message, help);
            return None;
        }
        if !matches!(target.kind, ast::ExprKind::Broken) {
            let person = &self.ast.subject.name.text;
            let field = match &target.kind {
                ast::ExprKind::Field { name, .. } | ast::ExprKind::Name(name)
                    if self.profile.is_some_and(|profile| {
                        self.cx.field_named(profile, &name.text).is_some()
                    }) =>
                {
                    name.as_str()
                }
                _ => "FIELD",
            };
            let help = format!("write `{person}.{field}`");
            self.body.error_with(
                &NOT_WRITABLE,
                target.span,
                "only a field of the person can be written",
                help,
            );
        }
        None
    }

    fn is_writable(&mut self, id: FieldId, span: Span) -> bool {
        let Some(field) = self.cx.field(id) else {
            return false;
        };
        let (why, help) = if field.annotations.key {
            ("is the `@key`, which never changes", "write another field")
        } else if field.annotations.fixed {
            (
                "is `@fixed`: it never changes",
                "write another field, or remove `@fixed`",
            )
        } else if field.annotations.source.is_some() {
            (
                "is owned by another system (`@source`)",
                "write a field of your own, or let that system change it",
            )
        } else if field.relation.is_some() {
            (
                "is a relation, which stores nothing",
                "write the reference in the other row",
            )
        } else if matches!(field.ty, Ty::Consent(_)) {
            (
                "is a record of consent, which needs an event behind it",
                "write `grant ... from EVENT` or `withdraw ... from EVENT`",
            )
        } else {
            return true;
        };
        let message = format!("`{}` {why}", field.name);
        let (place, declared) = (self.body.place(span), field.place);
        self.body.report(
            Diagnostic::new(&NOT_WRITABLE, place, message)
                .other(declared, "declared here")
                .help(help),
        );
        false
    }

    /// What `+=` adds to a field of a type.
    fn step_of(&mut self, ty: &Ty, field: FieldId, span: Span) -> Option<Ty> {
        let is_known = !ty.is_optional() || self.body.known().contains(&person_field(field));
        if !is_known {
            self.body.error_with(
                &UNHANDLED_UNKNOWN,
                span,
                "this field may be unknown, and there is nothing to add to then",
                "ask `if ... is known` first, or write `= (... ?? 0) + ...`",
            );
            return None;
        }
        match ty.known() {
            Ty::Int(_) => Some(Ty::Int(None)),
            Ty::Decimal | Ty::Percent | Ty::Money(_) | Ty::Duration => Some(ty.known().clone()),
            Ty::Date | Ty::Instant => Some(Ty::Duration),
            Ty::Error => None,
            other => {
                let message = format!("nothing can be added to a `{}`", self.cx.ty_name(other));
                self.body.error_with(
                    &NOT_CALCULABLE,
                    span,
                    message,
                    "write the whole value with `=`",
                );
                None
            }
        }
    }

    /// An audience of the same profile.
    pub(super) fn audience(&mut self, name: &'a Name) -> Option<AudienceId> {
        let id = self.body.resolve::<AudienceId>(name)?;
        let profile = self.cx.audiences.get(id.index()).and_then(|found| found.0);
        self.same_profile(name, "audience", profile);
        Some(id)
    }

    /// `add to A`: passes the gate for the journey's purpose, which is advertising.
    pub(super) fn add_to(&mut self, name: &'a Name) -> Option<StepKind> {
        let id = self.audience(name)?;
        let purpose = self.head.purpose;
        let kind = purpose.and_then(|id| self.cx.purposes.get(id.index()).copied().flatten());
        let says_other = self
            .ast
            .clauses
            .iter()
            .any(|clause| matches!(clause.kind, ast::JourneyClauseKind::Purpose(_)));
        if kind != Some(PurposeKind::Advertising) && (kind.is_some() || !says_other) {
            let message = match kind {
                Some(kind) => format!(
                    "people are added to `{}` for a purpose of kind `{}`",
                    name.text,
                    kind.word()
                ),
                None => format!(
                    "nothing says for what purpose people are added to `{}`",
                    name.text
                ),
            };
            let help = "give the journey a `purpose` of kind `advertising`";
            self.body
                .error_with(&NOT_ADVERTISING, name.span, message, help);
        }
        Some(StepKind::AddTo(id))
    }
}

fn person_field(field: FieldId) -> Path {
    Path {
        local: LocalId(0),
        parts: vec![Part::Field(field)],
    }
}
