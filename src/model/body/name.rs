//! Bare names: variables, fields of the row, variants, codes, settings.

use super::Body;
use crate::diag::codes::names::{AMBIGUOUS_NAME, UNKNOWN_NAME, WRONG_KIND};
use crate::diag::codes::types::TYPE_MISMATCH;
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::codes;
use crate::model::hir::{Const, Expr, ExprKind as Typed, Status};
use crate::model::ids::{ChannelId, PurposeId, SettingId};
use crate::model::names::Named;
use crate::model::types::Ty;
use crate::model::words::weekday;
use crate::source::Span;
use crate::standards;
use crate::syntax::ast::Name;

/// So many variants of an enum are listed for a word that is near none of them.
const FEW_VARIANTS: usize = 8;

/// The words of a consent's status, in the order of the reference page.
pub(super) const STATUSES: &[(&str, Status)] = &[
    ("never_asked", Status::NeverAsked),
    ("requested", Status::Requested),
    ("granted", Status::Granted),
    ("refused", Status::Refused),
    ("withdrawn", Status::Withdrawn),
    ("expired", Status::Expired),
    ("objected", Status::Objected),
];

/// The types that are written in lower case: whoever writes one for a value had a form to fill in.
const TYPE_WORDS: [&str; 14] = [
    "bool", "int", "decimal", "percent", "text", "date", "time", "instant", "duration", "money",
    "phone", "url", "timezone", "country",
];

impl Body<'_, '_> {
    /// Whether a bare name is a value by itself: a field of the row, a variable or a setting.
    pub(super) fn is_value(&self, name: &Name) -> bool {
        self.row_has(name)
            || self.local_named(&name.text).is_some()
            || matches!(self.cx.named(&name.text), Some(Named::Setting(_)))
    }

    /// Whether a name is a value or the name of a declaration, and so no wrong code.
    fn means_something(&self, name: &Name) -> bool {
        self.is_value(name) || self.cx.named(&name.text).is_some() || self.row_is_wrong()
    }

    /// A bare name. Where a code, a channel, a purpose or a status is expected, its word comes
    /// first; else a field of the row, a variable, a variant of the expected enum, a setting.
    pub(super) fn bare_name(&mut self, name: &Name, expected: Option<&Ty>) -> Expr {
        if name.text.is_empty() {
            return Self::erroneous(name.span);
        }
        if let Some(word) = expected.and_then(|ty| self.word(name, ty)) {
            return word;
        }
        let variant = match expected {
            Some(Ty::Enum(of)) => self.cx.variant(*of, &name.text).map(|index| (*of, index)),
            _ => None,
        };
        let value = match self.row_field(name) {
            Some(field) => Some(field),
            None => self
                .local_named(&name.text)
                .map(|local| self.read(local, name.span)),
        };
        match (value, variant) {
            (Some(value), None) => self.narrowed(value),
            (None, Some((of, index))) => Expr {
                kind: Typed::Const(Const::Variant(of, index)),
                ty: Ty::Enum(of),
                span: name.span,
            },
            (Some(value), Some((of, _))) => {
                self.ambiguous(name, &value, self.cx.enum_name(of).to_owned());
                Self::erroneous(name.span)
            }
            (None, None) => match self.cx.names.lookup::<SettingId>(&name.text) {
                Some(setting) => Expr {
                    kind: Typed::Setting(setting),
                    ty: self
                        .cx
                        .settings
                        .get(setting.index())
                        .cloned()
                        .unwrap_or(Ty::Error),
                    span: name.span,
                },
                // What it meets is wrong and reported: it may well be a word of that type.
                None if expected == Some(&Ty::Error) => Self::erroneous(name.span),
                // The rows are wrong and reported: it may well be one of their fields.
                None if self.row_is_wrong() => Self::erroneous(name.span),
                None => {
                    self.no_value(name, expected);
                    Self::erroneous(name.span)
                }
            },
        }
    }

    /// A word that is read by the type that is expected: a code, a channel, a purpose, a status.
    fn word(&mut self, name: &Name, expected: &Ty) -> Option<Expr> {
        let span = name.span;
        let text = name.as_str();
        let constant = |constant: Const, ty: Ty| {
            Some(Expr {
                kind: Typed::Const(constant),
                ty,
                span,
            })
        };
        match expected {
            Ty::Country if !name.quoted && standards::is_country(text) => {
                constant(Const::Country(name.text.clone()), Ty::Country)
            }
            Ty::Country if !self.means_something(name) => {
                self.unknown_country(span, text);
                Some(Self::erroneous(span))
            }
            Ty::Language if !name.quoted && codes::is_bare_language(text) => {
                constant(Const::Language(name.text.clone()), Ty::Language)
            }
            Ty::Language if !self.means_something(name) => {
                self.unknown_language(span, text);
                Some(Self::erroneous(span))
            }
            Ty::Timezone if !self.means_something(name) => {
                self.unknown_zone(span, text);
                Some(Self::erroneous(span))
            }
            Ty::Channel(among) => {
                let id: ChannelId = self.cx.names.lookup(text)?;
                if !among.contains(&id) {
                    let ty = self.cx.ty_name(expected);
                    self.error_with(
                        &TYPE_MISMATCH,
                        span,
                        format!("`{text}` is not one of `{ty}`"),
                        "write one of its channels, or add this one to the type",
                    );
                    return Some(Self::erroneous(span));
                }
                constant(Const::Channel(id), Ty::Channel([id].into()))
            }
            Ty::Purpose => {
                let id: PurposeId = self.cx.names.lookup(text)?;
                constant(Const::Purpose(id), Ty::Purpose)
            }
            // A whole record is never compared; its status is what was meant.
            Ty::Status | Ty::Consent(_) => {
                let (_, status) = STATUSES.iter().find(|(word, _)| *word == text)?;
                constant(Const::Status(*status), Ty::Status)
            }
            _ => None,
        }
    }

    /// A name that is both a value and a variant: both full spellings are shown.
    fn ambiguous(&mut self, name: &Name, value: &Expr, of: String) {
        let text = &name.text;
        let place = self.place(name.span);
        let full = match &value.kind {
            Typed::Local(_) => None,
            _ => self.row.and_then(|row| self.locals.0.get(row.index())),
        };
        let variant = format!("`{of}.{text}` for the variant");
        let (what, help) = match &value.kind {
            Typed::Local(_) => (
                format!("`{text}` is both a variable and a variant of `{of}`"),
                format!("write {variant}, and rename the variable to use it here"),
            ),
            _ => (
                format!("`{text}` is both a field of the row and a variant of `{of}`"),
                match full.filter(|row| !row.name.is_empty()) {
                    Some(row) => format!("write `{}.{text}` for the field, or {variant}", row.name),
                    None => format!(
                        "write {variant}, or name the row (`as row`) and write `row.{text}` for the field"
                    ),
                },
            ),
        };
        self.report(Diagnostic::new(&AMBIGUOUS_NAME, place, what).help(help));
    }

    /// Reports a bare name that is no value, with the best idea of what was meant.
    fn no_value(&mut self, name: &Name, expected: Option<&Ty>) {
        if let Some((named, declared)) = self.cx.names.get_with_place(&name.text) {
            let help = self.how_to_use(named, &name.text);
            let place = self.place(name.span);
            let mut diagnostic = Diagnostic::new(
                &WRONG_KIND,
                place,
                format!("`{}` is {}, not a value", name.text, named.a_kind()),
            )
            .other(declared, format!("declared here as {}", named.a_kind()));
            diagnostic.help = help;
            self.report(diagnostic);
            return;
        }
        let place = self.place(name.span);
        let message = match expected {
            Some(Ty::Enum(of)) => format!(
                "`{}` is no variant of `{}`, and no variable",
                name.text,
                self.cx.enum_name(*of)
            ),
            Some(Ty::Status) => format!("`{}` is no status of a consent", name.text),
            Some(ty @ Ty::Channel(_)) => {
                format!("`{}` is none of `{}`", name.text, self.cx.ty_name(ty))
            }
            Some(Ty::Purpose) => format!("there is no purpose `{}`", name.text),
            _ => format!("nothing is called `{}` here", name.text),
        };
        let mut diagnostic = Diagnostic::new(&UNKNOWN_NAME, place, message);
        diagnostic.help = self.what_was_meant(name, expected);
        self.report(diagnostic);
    }

    fn how_to_use(&self, named: Named, name: &str) -> Option<String> {
        let person = self
            .locals
            .0
            .first()
            .map_or("member", |local| local.name.as_str());
        Some(match named {
            Named::Segment(_) | Named::Journey(_) => format!("ask with `{person} in {name}`"),
            Named::Measure(_) => format!("write `{person}.{name}`"),
            Named::Event(_) => format!("ask with `any({name})`, or bind it with `as`"),
            Named::Enum(id) => {
                let first = self.cx.enums.get(id.index())?.variants.first()?;
                format!("write one of its variants, like `{name}.{}`", first.0)
            }
            Named::Table(_) | Named::Profile(_) => {
                format!("read its rows with `any({name} where ...)`")
            }
            Named::Message(_) | Named::Channel(_) => {
                format!("ask what it reported, like `any({name}.sent)`")
            }
            _ => return None,
        })
    }

    fn what_was_meant(&self, name: &Name, expected: Option<&Ty>) -> Option<String> {
        // A field of the person or of an event, written without whose it is.
        if let Some(path) = self.variable_with(name) {
            return Some(format!("write `{path}`"));
        }
        if expected == Some(&Ty::Time) && weekday(&name.text).is_some() {
            let day = &name.text;
            return Some(format!(
                "write a time of day, like `09:00`; to wait for the day, write `wait until {day} at 09:00`"
            ));
        }
        if TYPE_WORDS.contains(&name.as_str()) {
            let person = self
                .locals
                .0
                .first()
                .map_or("member", |local| local.name.as_str());
            return Some(format!(
                "`{}` is a type: write a value of it, or a field like `{person}.FIELD`",
                name.text
            ));
        }
        if let Some(Ty::Enum(of)) = expected
            && let Some(near) = self.cx.nearest_variant(*of, &name.text)
        {
            return Some(format!("did you mean `{near}`?"));
        }
        let variants: Vec<&str> = match expected {
            // More were looked at, and would not be listed.
            Some(Ty::Enum(of)) => self.cx.enums.get(of.index()).map_or_else(Vec::new, |of| {
                let variants = of.variants.iter().take(FEW_VARIANTS + 1);
                variants.map(|(name, _)| name.as_str()).collect()
            }),
            Some(Ty::Status) => STATUSES.iter().map(|(word, _)| *word).collect(),
            Some(Ty::Channel(among)) => among.iter().map(|id| self.cx.channel_name(*id)).collect(),
            Some(Ty::Purpose) => self.cx.names.of_kind::<PurposeId>().collect(),
            Some(Ty::Bool) if self.cx.variants.contains_key(&name.text) => {
                let variant = &name.text;
                return Some(format!(
                    "compare again, as in `... == {variant}`, or with a list, as in `in [..., {variant}]`"
                ));
            }
            Some(Ty::Bool) => vec!["yes", "no"],
            _ => {
                if let Some((of, _)) = self.cx.variants.get(&name.text).and_then(|of| of.first()) {
                    return Some(format!(
                        "write `{}.{}` if the variant is meant",
                        self.cx.enum_name(*of),
                        name.text
                    ));
                }
                Vec::new()
            }
        };
        let locals = self
            .locals
            .0
            .iter()
            .map(|local| local.name.as_str())
            .filter(|name| !name.is_empty() && self.local_named(name).is_some());
        did_you_mean(
            &name.text,
            variants
                .iter()
                .copied()
                .chain(locals)
                .chain(self.row_field_names())
                .chain(self.cx.names.of_kind::<SettingId>()),
        )
        .or_else(|| {
            let few = !variants.is_empty() && variants.len() <= FEW_VARIANTS;
            few.then(|| {
                let all: Vec<_> = variants.iter().map(|name| format!("`{name}`")).collect();
                format!("it is one of {}", all.join(", "))
            })
        })
        .or_else(|| {
            let fields: Vec<_> = self
                .row_field_names()
                .iter()
                .map(|name| format!("`{name}`"))
                .collect();
            let few = !fields.is_empty() && fields.len() <= 8;
            few.then(|| format!("the fields of the row are {}", fields.join(", ")))
        })
        .or_else(|| self.in_scope(name))
    }

    /// Where a name is a field of rows that a variable leads to, or an aggregate without rows.
    fn in_rows(&self, name: &Name) -> Option<String> {
        let text = &name.text;
        let aggregates = ["count", "any", "none", "all", "sum", "avg", "first", "last"];
        if aggregates.contains(&text.as_str()) {
            return Some(format!(
                "write what it reads behind it, as in `{text}(ROWS where ...)`"
            ));
        }
        self.locals.0.iter().find_map(|local| {
            let Ty::Row(entity) = local.ty else {
                return None;
            };
            let rows = self.relation_with(entity, name)?;
            let rows = format!("{}.{rows}", local.name);
            Some(format!(
                "it is a field of `{rows}`: ask for them, as in `any({rows} where {text} ...)`"
            ))
        })
    }

    /// What may be read here, and how an event comes to be among it.
    pub(super) fn in_scope(&self, name: &Name) -> Option<String> {
        if let Some(help) = self.in_rows(name) {
            return Some(help);
        }
        /// More are not listed.
        const FEW: usize = 6;
        let mut names: Vec<String> = Vec::new();
        for local in &self.locals.0 {
            let text = format!("`{}`", local.name);
            let readable = !local.name.is_empty() && self.local_named(&local.name).is_some();
            if readable && !names.contains(&text) {
                names.push(text);
            }
        }
        if names.is_empty() || names.len() > FEW {
            return None;
        }
        let known = names.join(", ");
        Some(match self.journey {
            Some(_) => format!(
                "what has a name here is {known}; to read an event, give it one: `on EVENT as {}`",
                name.text
            ),
            None => format!("what has a name here is {known}"),
        })
    }

    /// The constant for a variant written in full, `Stage.loyalty`.
    pub(super) fn variant(
        &mut self,
        of: crate::model::ids::EnumId,
        name: &Name,
        span: Span,
    ) -> Expr {
        if let Some(index) = self.cx.variant(of, &name.text) {
            return Expr {
                kind: Typed::Const(Const::Variant(of, index)),
                ty: Ty::Enum(of),
                span,
            };
        }
        let cx = self.cx;
        if let Some(found) = cx.enums.get(of.index()).filter(|found| !found.broken) {
            self.unknown(
                name,
                format!("`{}` has no variant `{}`", found.name, name.text),
                found.variants.iter().map(|(name, _)| name.as_str()),
            );
        }
        Self::erroneous(span)
    }
}
