//! Types as written: resolved against the declared names.

use crate::diag::codes::names::{UNKNOWN_NAME, UNKNOWN_STANDARD_CODE, WRONG_KIND};
use crate::diag::codes::types::WRONG_FIELD_TYPE;
use crate::diag::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::hir::ConsentField;
use crate::model::ids::{ChannelId, EntityId, EnumId, FieldId, PurposeId};
use crate::model::names::{Declared, Named, Names};
use crate::model::synonyms;
use crate::model::types::Ty;
use crate::source::{FileId, Span};
use crate::syntax::ast::{self, TypeExpr, TypeKind};
use iso_currency::Currency;
use std::sync::Arc;

/// The names of the types that are always there.
pub(super) const BUILT_IN: &[&str] = &[
    "bool", "int", "decimal", "percent", "text", "date", "time", "instant", "duration", "money",
    "email", "phone", "url", "country", "language", "timezone", "channel", "consent",
];

/// Where a type stands, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// A field of a profile.
    Profile(FieldId),
    /// A field of a table.
    Table,
    /// A field of an event or of an action's result.
    Record,
    /// A parameter.
    Parameter,
    /// A setting.
    Setting,
}

/// Resolves the types of one declaration.
pub(super) struct Types<'n, 'a> {
    pub names: &'n Names<'a>,
    pub file: FileId,
    pub diagnostics: Diagnostics,
}

impl Types<'_, '_> {
    fn report(
        &mut self,
        code: &'static crate::diag::Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Ty {
        self.diagnostics
            .push(Diagnostic::new(code, span.in_file(self.file), message).help(help));
        Ty::Error
    }

    /// The declaration of one kind that a name stands for; what is wrong is reported.
    pub fn resolve_name<I: Declared>(&mut self, name: &ast::Name) -> Option<I> {
        if name.text.is_empty() {
            return None;
        }
        match self.names.resolve(name, self.file) {
            Ok(id) => Some(id),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    /// The type that is written, and for a consent what it answers for.
    pub fn resolve(&mut self, ty: &TypeExpr, position: Position) -> (Ty, Option<ConsentField>) {
        if let TypeKind::Consent { channels, purposes } = &ty.kind {
            return self.consent(ty, channels, purposes, position);
        }
        let inner = self.plain(ty, position);
        if ty.optional {
            if position == Position::Setting {
                self.report(
                    &WRONG_FIELD_TYPE,
                    ty.span,
                    "a setting always has a value",
                    "leave out the `?`",
                );
            }
            return (inner.optional(), None);
        }
        (inner, None)
    }

    fn plain(&mut self, ty: &TypeExpr, position: Position) -> Ty {
        match &ty.kind {
            TypeKind::Named(name) => self.named(name, position),
            // The parser reads no empty range and no bound of 0.
            TypeKind::IntRange { low, high } => Ty::Int(Some((*low, *high))),
            TypeKind::TextBound(bound) => Ty::Text(Some(*bound)),
            TypeKind::Money(code) => Currency::from_code(&code.text).map_or_else(
                || {
                    self.report(
                        &UNKNOWN_STANDARD_CODE,
                        code.span,
                        format!("`{}` is not a currency of ISO 4217", code.text),
                        "write its three capitals, like `CAD` or `EUR`",
                    )
                },
                Ty::Money,
            ),
            TypeKind::Channel(names) => {
                let mut channels: Vec<ChannelId> = Vec::new();
                for name in names {
                    match self.names.resolve::<ChannelId>(name, self.file) {
                        Ok(id) if channels.contains(&id) => {
                            self.report(
                                &crate::diag::codes::names::DUPLICATE_NAME,
                                name.span,
                                format!("`{}` is named twice", name.text),
                                "name each channel once",
                            );
                        }
                        Ok(id) => channels.push(id),
                        Err(diagnostic) => self.diagnostics.push(*diagnostic),
                    }
                }
                if channels.is_empty() {
                    Ty::Error
                } else {
                    Ty::Channel(channels.into())
                }
            }
            TypeKind::List(item) => self.list(item, position),
            TypeKind::Consent { .. } => self.report(
                &WRONG_FIELD_TYPE,
                ty.span,
                "a record of consent cannot be part of another type",
                "make it a field of the profile",
            ),
            TypeKind::Broken => Ty::Error,
        }
    }

    fn list(&mut self, item: &TypeExpr, position: Position) -> Ty {
        if item.optional {
            return self.report(
                &WRONG_FIELD_TYPE,
                item.span,
                "what stands in a list is known",
                "leave out the `?`",
            );
        }
        if matches!(item.kind, TypeKind::List(_)) {
            return self.report(
                &WRONG_FIELD_TYPE,
                item.span,
                "a list cannot stand in a list",
                "declare a table, and a relation to it",
            );
        }
        let inner = self.plain(item, position);
        if inner.is_error() {
            return Ty::Error;
        }
        Ty::List(Arc::new(inner))
    }

    fn consent(
        &mut self,
        ty: &TypeExpr,
        channels: &[ast::Name],
        purposes: &[ast::Name],
        position: Position,
    ) -> (Ty, Option<ConsentField>) {
        let Position::Profile(field) = position else {
            let error = self.report(
                &WRONG_FIELD_TYPE,
                ty.span,
                "only a profile has records of consent",
                "make it a field of the profile",
            );
            return (error, None);
        };
        if ty.optional {
            self.report(
                &WRONG_FIELD_TYPE,
                ty.span,
                "a record of consent is always there: nobody was asked yet is `never_asked`",
                "leave out the `?`",
            );
        }
        let channels: Vec<ChannelId> = self.all(channels);
        let purposes: Vec<PurposeId> = self.purposes(purposes);
        (
            Ty::Consent(field),
            Some(ConsentField { channels, purposes }),
        )
    }

    /// The channels of a consent: channels, or kinds that stand for all channels of theirs.
    fn all(&mut self, names: &[ast::Name]) -> Vec<ChannelId> {
        let mut found = Vec::new();
        for name in names {
            match self.names.resolve::<ChannelId>(name, self.file) {
                Ok(id) => found.push(id),
                Err(diagnostic) => {
                    let of_kind = self.names.channels_of_word(&name.text);
                    if of_kind.is_empty() {
                        self.diagnostics.push(*diagnostic);
                    }
                    found.extend(of_kind);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The purposes of a consent: purposes, or kinds that stand for all purposes of theirs.
    fn purposes(&mut self, names: &[ast::Name]) -> Vec<PurposeId> {
        let mut found = Vec::new();
        for name in names {
            if let Some(of_kind) = self.names.purposes_of_word(&name.text) {
                found.extend(of_kind);
                continue;
            }
            match self.names.resolve::<PurposeId>(name, self.file) {
                Ok(id) => found.push(id),
                Err(diagnostic) => self.diagnostics.push(*diagnostic),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn named(&mut self, name: &ast::Name, position: Position) -> Ty {
        if name.text.is_empty() {
            return Ty::Error;
        }
        match name.as_str() {
            "bool" => Ty::Bool,
            "int" => Ty::Int(None),
            "decimal" => Ty::Decimal,
            "percent" => Ty::Percent,
            "text" => Ty::Text(None),
            "date" => Ty::Date,
            "time" => Ty::Time,
            "instant" => Ty::Instant,
            "duration" => Ty::Duration,
            "email" => Ty::Email,
            "phone" => Ty::Phone,
            "url" => Ty::Url,
            "country" => Ty::Country,
            "language" => Ty::Language,
            "timezone" => Ty::Timezone,
            "money" => self.report(
                &WRONG_FIELD_TYPE,
                name.span,
                "an amount of money has a currency",
                "write the currency: `money(CAD)`",
            ),
            "channel" => self.report(
                &WRONG_FIELD_TYPE,
                name.span,
                "a channel type names its channels",
                "write them: `channel(email, sms)`",
            ),
            "consent" => self.report(
                &WRONG_FIELD_TYPE,
                name.span,
                "a record of consent says what it is for",
                "write its channels and purposes: `consent(email for fundraising)`",
            ),
            _ => self.declared(name, position),
        }
    }

    fn declared(&mut self, name: &ast::Name, position: Position) -> Ty {
        match self.names.get_with_place(&name.text) {
            Some((Named::Enum(id), _)) => Ty::Enum(id),
            Some((Named::Profile(id) | Named::Table(id), _)) => {
                if position == Position::Setting {
                    return self.report(
                        &WRONG_FIELD_TYPE,
                        name.span,
                        "a setting holds a plain value, not a row",
                        "give the setting a plain type",
                    );
                }
                Ty::Row(id)
            }
            Some((named, declared)) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        &WRONG_KIND,
                        name.span.in_file(self.file),
                        format!("`{}` is {}, not a type", name.text, named.a_kind()),
                    )
                    .other(declared, format!("declared here as {}", named.a_kind())),
                );
                Ty::Error
            }
            None => {
                let mut diagnostic = Diagnostic::new(
                    &UNKNOWN_NAME,
                    name.span.in_file(self.file),
                    format!("there is no type `{}`", name.text),
                );
                diagnostic.help = synonyms::type_called(&name.text)
                    .map(|meant| format!("write `{meant}`"))
                    .or_else(|| did_you_mean(&name.text, BUILT_IN.iter().copied()))
                    .or_else(|| self.names.suggest::<EnumId>(&name.text))
                    .or_else(|| self.names.suggest::<EntityId>(&name.text))
                    .or_else(|| {
                        Some(format!(
                            "write a type like `text`, `int`, `date` or `bool`, or declare \
                             `enum {} {{ ... }}`",
                            name.text
                        ))
                    });
                self.diagnostics.push(diagnostic);
                Ty::Error
            }
        }
    }
}
