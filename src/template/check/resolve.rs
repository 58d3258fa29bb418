//! From a path to the value it names.

use super::platforms::{root_called, tag_of};
use super::{Checker, SENDER_ADDRESS, UNSUBSCRIBE};
use crate::diag::codes::template as codes;
use crate::diag::{did_you_mean, nearest};
use crate::source::Place;
use crate::template::liquid::{Literal, Path, Segment, Value, ValueKind};
use crate::template::{Type, Var};
use smol_str::{SmolStr, ToSmolStr};

/// A value: its type, whether it may be unknown, and the path it was read from.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The type.
    pub ty: Type,
    /// Whether it may be unknown here.
    pub optional: bool,
    /// The path as written, if it is one.
    pub path: Option<String>,
    /// Whether its declaration says that it may be unknown, whatever is known here.
    pub declared_optional: bool,
    /// Where the last name of the path is declared.
    pub declared: Option<Place>,
}

impl Resolved {
    /// A value that is known and has no path.
    pub fn known(ty: Type) -> Self {
        Self {
            ty,
            optional: false,
            path: None,
            declared_optional: false,
            declared: None,
        }
    }

    /// A value about which an error is already reported.
    pub fn unknown() -> Self {
        Self::known(Type::Unknown)
    }
}

impl Checker<'_> {
    /// The value that stands in the text.
    pub fn value(&mut self, value: &Value) -> Resolved {
        match &value.kind {
            ValueKind::Path(path) => self.path(path),
            ValueKind::Literal(literal) => Resolved::known(match literal {
                Literal::Text(_) => Type::Text,
                Literal::Int(_) => Type::Int,
                Literal::Decimal(_) => Type::Decimal,
                Literal::Bool(_) => Type::Bool,
                Literal::Nil | Literal::Blank | Literal::Empty => {
                    let message = format!(
                        "`{}` is not a value here",
                        value.span.text(self.text).trim()
                    );
                    let finding = self
                        .finding(&codes::TEMPLATE_TYPE, value.span, message)
                        .help("compare with it in a tag: `{% if member.first_name == blank %}`");
                    self.report(finding);
                    Type::Unknown
                }
            }),
        }
    }

    /// Resolves a path, and notes that it is read.
    pub fn path(&mut self, path: &Path) -> Resolved {
        let Some((mut var, mut used)) = self.root(path) else {
            return Resolved::unknown();
        };
        let mut key = path.first.text.to_string();
        if self.refuse_sensitive(&var, &path.first) {
            return Resolved::unknown();
        }
        for segment in &path.rest {
            if var.optional && !self.facts.knows(&key) && !self.lenient {
                self.report_unknown_owner(&key, path, &var);
                return Resolved::unknown();
            }
            let Some(next) = self.member(&var, &key, segment) else {
                return Resolved::unknown();
            };
            if self.refuse_sensitive(&next, segment) {
                return Resolved::unknown();
            }
            var = next;
            key.push('.');
            key.push_str(&segment.text);
            used.push(segment.text.clone());
        }
        if path.first.text != "forloop" {
            let place = self.places.place(path.span);
            self.used.entry(used).or_insert(place);
        }
        Resolved {
            optional: var.optional && !self.facts.knows(&key) && !self.lenient,
            declared_optional: var.optional,
            ty: var.ty,
            path: Some(key),
            declared: var.declared,
        }
    }

    /// The path of the list itself, for the names that a loop over it binds.
    pub fn used_path(&self, path: &Path) -> Vec<SmolStr> {
        let mut used = self
            .locals
            .iter()
            .find(|local| local.name == path.first.text)
            .map_or_else(|| vec![path.first.text.clone()], |local| local.path.clone());
        used.extend(path.rest.iter().map(|segment| segment.text.clone()));
        used
    }

    fn root(&mut self, path: &Path) -> Option<(Var, Vec<SmolStr>)> {
        let name = &path.first;
        if let Some(local) = self.locals.iter().find(|local| local.name == name.text) {
            return Some((local.var.clone(), local.path.clone()));
        }
        let var = match name.text.as_str() {
            UNSUBSCRIBE => {
                self.has_unsubscribe = true;
                Some(Var::known(Type::Url))
            }
            SENDER_ADDRESS => {
                self.has_sender_address = true;
                Some(Var::known(Type::Text))
            }
            // `forloop` itself is no value; its fields are typed in `member`.
            "forloop" if !self.locals.is_empty() && !path.rest.is_empty() => {
                Some(Var::known(Type::Unknown))
            }
            other => self.scope.root(other),
        };
        match var {
            Some(var) => Some((var, vec![name.text.clone()])),
            None if self.refused.contains(&name.text) => None,
            None => {
                self.report_unknown_root(path);
                None
            }
        }
    }

    /// A field of a record, or what can be asked of a list.
    fn member(&mut self, owner: &Var, key: &str, segment: &Segment) -> Option<Var> {
        let name = segment.text.as_str();
        if key == "forloop" && !self.locals.is_empty() {
            let ty = match name {
                "index" | "index0" | "rindex" | "rindex0" | "length" => Type::Int,
                "first" | "last" => Type::Bool,
                _ => {
                    let known = [
                        "index", "index0", "rindex", "rindex0", "length", "first", "last",
                    ];
                    let mut finding = self.finding(
                        &codes::UNKNOWN_VARIABLE,
                        segment.span,
                        format!("`forloop` has no `{name}`"),
                    );
                    finding.help = did_you_mean(name, known)
                        .or_else(|| Some(format!("use one of {}", list(known.iter().copied()))));
                    self.report(finding);
                    return None;
                }
            };
            return Some(Var::known(ty));
        }
        match &owner.ty {
            Type::Unknown => Some(Var::known(Type::Unknown)),
            Type::Record(record) => {
                if let Some(var) = self.scope.field(*record, name) {
                    return Some(var);
                }
                let names = self.scope.field_names(*record);
                let of = self.scope.record_name(*record);
                let mut finding = self.finding(
                    &codes::UNKNOWN_VARIABLE,
                    segment.span,
                    format!("`{of}` has no field `{name}`"),
                );
                let meant = self.field_called(name);
                let meant = meant.filter(|path| path.starts_with(&format!("{key}.")));
                finding.help = did_you_mean(name, names.iter().map(SmolStr::as_str))
                    .or_else(|| meant.map(|path| format!("write `{path}`")))
                    .or_else(|| {
                        Some(format!(
                            "use one of its fields: {}",
                            list(names.iter().map(SmolStr::as_str))
                        ))
                    });
                if let Some(place) = owner.declared {
                    finding = finding.other(place, format!("`{key}` is declared here"));
                }
                self.report(finding);
                None
            }
            Type::List(item) => match name {
                "size" => Some(Var::known(Type::Int)),
                "first" | "last" => Some(Var::optional((**item).clone())),
                _ => {
                    let finding = self
                        .finding(
                            &codes::UNKNOWN_VARIABLE,
                            segment.span,
                            format!("`{key}` is a list and has no `{name}` of its own"),
                        )
                        .help(format!(
                            "go through it: `{{% for item in {key} %}}{{{{ item.{name} }}}}{{% \
                             endfor %}}`"
                        ));
                    self.report(finding);
                    None
                }
            },
            other => {
                let finding = self
                    .finding(
                        &codes::UNKNOWN_VARIABLE,
                        segment.span,
                        format!("`{key}` is {} and has no fields", other.describe()),
                    )
                    .help(format!("write `{key}` alone"));
                self.report(finding);
                None
            }
        }
    }

    fn refuse_sensitive(&mut self, var: &Var, segment: &Segment) -> bool {
        if !var.sensitive {
            return false;
        }
        let mut finding = self
            .finding(
                &codes::SENSITIVE_IN_MESSAGE,
                segment.span,
                format!(
                    "`{}` is sensitive and may not stand in a message",
                    segment.text
                ),
            )
            .help("remove it; what the message says must not depend on it");
        if let Some(place) = var.declared {
            finding = finding.other(place, "declared `@sensitive` here");
        }
        self.report(finding);
        true
    }

    fn report_unknown_owner(&mut self, key: &str, path: &Path, var: &Var) {
        let mut finding = self
            .finding(
                &codes::OPTIONAL_IN_TEMPLATE,
                path.span,
                format!("`{key}` may be unknown, and then it has no fields"),
            )
            .help(format!("write it inside `{{% if {key} %}}`"));
        if let Some(place) = var.declared {
            finding = finding.other(place, "declared with `?` here");
        }
        self.report(finding);
    }

    fn report_unknown_root(&mut self, path: &Path) {
        let name = path.first.text.as_str();
        if let Some(tag) = tag_of(name).filter(|_| path.rest.is_empty()) {
            self.report_tag(path, tag);
            return;
        }
        // What another platform calls it, it is meant to be there.
        self.has_unsubscribe |= name.contains("unsub");
        let mut names = self.scope.names();
        names.extend(self.locals.iter().map(|local| local.name.clone()));
        names.extend([UNSUBSCRIBE.to_smolstr(), SENDER_ADDRESS.to_smolstr()]);
        // A field written without its owner, or behind another platform's word for the person.
        let wanted = path.rest.first().map_or(name, |field| field.text.as_str());
        let mut owners = names.iter().filter_map(|root| {
            let Type::Record(record) = self.scope.root(root)?.ty else {
                return None;
            };
            let fields = self.scope.field_names(record);
            let exact = fields.iter().any(|field| field == wanted);
            let near = || nearest(wanted, fields.iter().map(SmolStr::as_str)).map(str::to_owned);
            let field = if exact {
                Some(wanted.to_owned())
            } else {
                near()
            };
            field.map(|field| format!("did you mean `{root}.{field}`?"))
        });
        let called = path.rest.last().map_or(name, |field| field.text.as_str());
        let called = || {
            let path = self.field_called(called)?;
            Some(format!("did you mean `{path}`?"))
        };
        let direct = did_you_mean(name, names.iter().map(SmolStr::as_str));
        let help = direct.or_else(called).or_else(|| owners.next());
        let last = path.rest.last().map(|field| field.text.as_str());
        let help = help.or_else(|| root_called(name, last));
        let help = help.unwrap_or_else(|| {
            let all = list(names.iter().map(SmolStr::as_str));
            match path.rest.is_empty() {
                true => {
                    format!("use one of {all}, or add `{name}` to the parameters of the message")
                }
                false => format!("use one of {all}, or a parameter of the message"),
            }
        });
        let finding = self
            .finding(
                &codes::UNKNOWN_VARIABLE,
                path.first.span,
                format!("`{name}` is neither a parameter of the message nor the person"),
            )
            .help(help);
        self.report(finding);
    }
}

impl Checker<'_> {
    /// `{{ endif }}`: a tag between two braces. If what it ends was reported, it follows from it.
    fn report_tag(&mut self, path: &Path, tag: &str) {
        if self.unreadable {
            return;
        }
        let name = &path.first.text;
        let finding = self
            .finding(
                &codes::UNKNOWN_VARIABLE,
                path.first.span,
                format!("`{name}` is a tag, and tags stand between `{{%` and `%}}`"),
            )
            .help(format!("write `{{% {tag} %}}`"));
        self.report(finding);
    }
}

/// Names for a help, at most eight.
pub fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let more = names.len() > 8;
    names.truncate(8);
    let mut text = names.join(", ");
    if more {
        text.push_str(", ...");
    }
    text
}
