//! Reads the values of a TOML table and reports each that is not what it should be.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Located;
use crate::diag::codes::config as codes;
use crate::diag::{Diagnostic, Diagnostics, Level, did_you_mean};
use crate::source::{FileId, Place, Span};

/// Collects the findings about one `jalon.toml`.
pub(super) struct Reader {
    file: FileId,
    pub(super) diagnostics: Diagnostics,
}

/// A range of the TOML reader as a span.
pub(super) fn span(range: &Range<usize>) -> Span {
    let offset = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Span::new(offset(range.start), offset(range.end))
}

impl Reader {
    pub(super) fn new(file: FileId) -> Self {
        Self {
            file,
            diagnostics: Diagnostics::default(),
        }
    }

    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        span(range).in_file(self.file)
    }

    /// Reports what the TOML reader could not read.
    pub(super) fn invalid_toml(&mut self, error: &toml::de::Error) {
        // What follows the first place that is not TOML follows from it.
        if !self.diagnostics.is_empty() {
            return;
        }
        let place = self.place(&error.span().unwrap_or(0..0));
        // After the first words come those of the parser: what it expected.
        let reason = error.message().lines().next().unwrap_or_default();
        let reason = reason.split(", expected").next().unwrap_or_default();
        let (reason, help) = match reason {
            "invalid boolean" | "string values must be quoted" => (
                "a text has no quotes",
                "write double quotes around it, as in `name = \"my-project\"`",
            ),
            "invalid unquoted key" | "key with no value" => (
                "a line is no `key = value`",
                "write `[project]`, and below it a line like `name = \"my-project\"` for each setting",
            ),
            "duplicate key" => (
                "a key or a table is written twice",
                "remove one of the two, or write the lines of both below one of them",
            ),
            _ => (
                reason,
                "texts stand between double quotes, lists between `[` and `]`",
            ),
        };
        self.diagnostics.push(
            Diagnostic::new(
                &codes::INVALID_TOML,
                place,
                format!("jalon.toml cannot be read: {reason}"),
            )
            .help(help),
        );
    }

    /// Reports every key that is not in `known`; `table` is its name, empty for the whole file.
    pub(super) fn known_keys(&mut self, found: &DeTable<'_>, table: &str, known: &[&str]) {
        for key in found.keys() {
            let word = key.get_ref().as_ref();
            if known.contains(&word) {
                continue;
            }
            let what = if table.is_empty() {
                format!("jalon.toml has no table or key called `{word}`")
            } else {
                format!("`[{table}]` has no key called `{word}`")
            };
            let all = known
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ");
            let help = did_you_mean(word, known.iter().copied())
                .unwrap_or_else(|| format!("remove it; known here: {all}"));
            let place = self.place(&key.span());
            self.diagnostics
                .push(Diagnostic::new(&codes::UNKNOWN_SETTING, place, what).help(help));
        }
    }

    /// The table that `value` must be.
    pub(super) fn table<'a, 'i>(
        &mut self,
        value: &'a Spanned<DeValue<'i>>,
        name: &str,
    ) -> Option<&'a DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(
                value,
                name,
                "a table",
                &format!("start a line with `[{name}]` and write its keys below"),
            );
        }
        table
    }

    /// The text under `key`, if the key is there.
    pub(super) fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<Located<String>> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str().map(ToOwned::to_owned);
        let place = self.place(&value.span());
        match text {
            None => {
                self.wrong(value, key, "a text", &format!("write `{key} = \"...\"`"));
                None
            }
            Some(text) if text.trim().is_empty() => {
                self.diagnostics.push(
                    Diagnostic::new(&codes::WRONG_SETTING, place, format!("`{key}` is empty"))
                        .help("write its value between the quotes, or remove the line"),
                );
                None
            }
            Some(value) => Some(Located { value, place }),
        }
    }

    /// The list of texts under `key`; empty if the key is not there.
    pub(super) fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Located<String>> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let help = format!("write `{key} = [\"...\", \"...\"]`");
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, key, "a list of texts", &help);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Located {
                    value: text.to_owned(),
                    place: self.place(&item.span()),
                }),
                None => self.wrong(item, key, "a list of texts", &help),
            }
        }
        texts
    }

    /// The level of a code in `[lints]`.
    pub(super) fn level(&mut self, value: &Spanned<DeValue<'_>>, name: &str) -> Option<Level> {
        match value.get_ref().as_str() {
            Some("allow") => Some(Level::Allow),
            Some("note") => Some(Level::Note),
            Some("warn") => Some(Level::Warn),
            Some("error") => Some(Level::Error),
            _ => {
                self.wrong(
                    value,
                    name,
                    "a level",
                    "write \"allow\", \"note\", \"warn\" or \"error\"",
                );
                None
            }
        }
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, name: &str, wanted: &str, help: &str) {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("`{text}`"),
            DeValue::Integer(_) | DeValue::Float(_) => "a number".to_owned(),
            DeValue::Boolean(_) => "`true` or `false`".to_owned(),
            DeValue::Datetime(_) => "a date".to_owned(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        let place = self.place(&value.span());
        self.diagnostics.push(
            Diagnostic::new(
                &codes::WRONG_SETTING,
                place,
                format!("`{name}` must be {wanted}, not {found}"),
            )
            .help(help),
        );
    }
}
