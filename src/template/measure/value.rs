//! What a value can be: every form that counts, by its type and bound.

use super::{Cause, Extent, FORLOOP, Reach, Shown, Walk};
use crate::source::Place;
use crate::template::liquid::{Literal, Path, Value, ValueKind};
use crate::template::{Bound, SENDER_ADDRESS, Type, UNSUBSCRIBE, Var};
use smol_str::{SmolStr, ToSmolStr};

/// A name that a loop binds.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) name: SmolStr,
    pub(super) item: Option<Var>,
    /// How often the loop goes around at most, if that is known.
    pub(super) rounds: Option<i64>,
}

/// One of the forms of a value. A value with several is one of them.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// This text. `own` if it is written in the template.
    Exact { text: SmolStr, own: bool },
    /// A value of a type that the language shows.
    Shown(Shown),
    /// A text, known by how long it can get.
    Text(Reach),
    /// Something without a bound, which usually has so many characters.
    Open {
        cause: Cause,
        path: String,
        declared: Option<Place>,
        usual: u64,
    },
    /// A list of such items.
    List(Var, String),
    /// What shows nothing: a yes-or-no, a record, something with an error.
    Silent,
}

/// How long what has no bound usually is.
const USUAL_TEXT: u64 = 20;
const USUAL_URL: u64 = 40;
/// The longest address that data may have: 64 bytes, `@`, 253 bytes.
const EMAIL: u64 = 64 + 1 + 253;
const USUAL_EMAIL: u64 = 25;
/// `+` and 15 digits (E.164).
const PHONE: u64 = 16;
/// The longest code of those that say no bound.
const CODE: u64 = 40;

/// A text of up to `most` characters of any kind, which usually has so many of the alphabet.
pub(super) fn any_text(usual: u64, most: u64) -> Form {
    Form::Text(Reach {
        usual: Extent::plain(usual, 1),
        most: Extent::any(most, 4),
    })
}

fn plain(chars: u64) -> Form {
    Form::Text(Reach::same(Extent::plain(chars, 1)))
}

impl Walk<'_> {
    /// The forms of a value where it stands.
    pub(super) fn value(&mut self, value: &Value) -> Vec<Form> {
        match &value.kind {
            ValueKind::Path(path) => self.path(path),
            ValueKind::Literal(literal) => vec![match literal {
                Literal::Text(text) => Form::Exact {
                    text: text.clone(),
                    own: true,
                },
                Literal::Int(number) => Form::Shown(Shown::Int(*number, *number)),
                Literal::Decimal(_) => Form::Shown(Shown::Decimal),
                Literal::Bool(_) | Literal::Nil | Literal::Blank | Literal::Empty => Form::Silent,
            }],
        }
    }

    /// The forms of what a path names.
    pub(super) fn path(&mut self, path: &Path) -> Vec<Form> {
        if path.rest.is_empty() {
            let settings = &self.measurer.settings;
            if path.first.text == UNSUBSCRIBE {
                let url = settings.unsubscribe_url.chars().count() as u64;
                return vec![Form::Open {
                    cause: Cause::Unsubscribe,
                    path: UNSUBSCRIBE.to_owned(),
                    declared: None,
                    usual: url.saturating_add(USUAL_URL),
                }];
            }
            if path.first.text == SENDER_ADDRESS {
                return vec![Form::Exact {
                    text: settings.sender_address.to_smolstr(),
                    own: true,
                }];
            }
        }
        match self.var(path) {
            Some(var) => self.forms(&var, &path.text()),
            None => vec![Form::Silent],
        }
    }

    /// What a path names, if it names something.
    fn var(&self, path: &Path) -> Option<Var> {
        let first = &path.first.text;
        let local = self.locals.iter().rev().find(|local| local.name == *first);
        if local.is_none() && *first == FORLOOP {
            let rounds = self.locals.last()?.rounds.unwrap_or(i64::MAX);
            return Some(Var {
                bound: Bound::Range(0, rounds),
                ..Var::known(Type::Int)
            });
        }
        let mut var = match local {
            Some(local) => local.item.clone()?,
            None => self.scope.root(first)?,
        };
        for segment in &path.rest {
            let name = segment.text.as_str();
            var = match (&var.ty, name) {
                (Type::Record(record), _) => self.scope.field(*record, name)?,
                (Type::List(_), "size") => Var {
                    bound: Bound::Range(0, i64::MAX),
                    ..Var::known(Type::Int)
                },
                (Type::List(_), _) => item(&var)?,
                _ => return None,
            };
        }
        Some(var)
    }

    /// The items of a list that a loop goes through, and where it is declared.
    pub(super) fn item_of(&self, list: &Path) -> (Option<Var>, Option<Place>) {
        let var = self.var(list);
        let declared = var.as_ref().and_then(|var| var.declared);
        (var.as_ref().and_then(item), declared)
    }

    /// The forms of a value of a type.
    pub(super) fn forms(&self, var: &Var, path: &str) -> Vec<Form> {
        let open = |cause, usual| Form::Open {
            cause,
            path: path.to_owned(),
            declared: var.declared,
            usual,
        };
        vec![match (&var.ty, var.bound) {
            (Type::Text, Bound::Chars(most)) => any_text(u64::from(most), u64::from(most)),
            (Type::Text, _) => open(Cause::Text, USUAL_TEXT),
            (Type::Code, Bound::Plain(most)) => plain(u64::from(most)),
            (Type::Code, _) => plain(CODE),
            (Type::Url, _) => open(Cause::Address, USUAL_URL),
            (Type::Email, _) => any_text(USUAL_EMAIL, EMAIL),
            (Type::Phone, _) => plain(PHONE),
            (Type::Int, Bound::Range(least, most)) => Form::Shown(Shown::Int(least, most)),
            (ty, _) => match shown(ty) {
                Some(shown) => Form::Shown(shown),
                None => match ty {
                    Type::Choice(choice) => {
                        let names = self.scope.choices(*choice).into_iter();
                        return names.map(|text| Form::Exact { text, own: false }).collect();
                    }
                    Type::List(_) => Form::List(var.clone(), path.to_owned()),
                    _ => Form::Silent,
                },
            },
        }]
    }
}

/// How a value is shown that has conventions in each language.
pub(super) fn shown(ty: &Type) -> Option<Shown> {
    Some(match ty {
        Type::Int => Shown::Int(i64::MIN, i64::MAX),
        Type::Decimal => Shown::Decimal,
        Type::Percent => Shown::Percent,
        Type::Money(currency) => Shown::Money(*currency),
        Type::Date => Shown::Date(None),
        Type::Time => Shown::Time(None),
        Type::Instant => Shown::Instant(None),
        _ => return None,
    })
}

/// An item of a list, which has the list's bound.
pub(super) fn item(list: &Var) -> Option<Var> {
    let Type::List(item) = &list.ty else {
        return None;
    };
    Some(Var {
        ty: (**item).clone(),
        ..list.clone()
    })
}
