//! What filters do to the length of a value.
//!
//! A text that is written in the template goes through the filter itself. Of a value, only a bound
//! is known: each filter says how many characters it can make of so many, and `truncate` and
//! `slice` give a bound to what had none.

use super::value::{Form, any_text, item, shown};
use super::{Cause, Extent, Reach, Shown, Walk};
use crate::template::check::arithmetic;
use crate::template::filters::{self, Count, Gives};
use crate::template::liquid::{Chain, FilterCall, Literal, Value, ValueKind};
use crate::template::render::{RenderContext, RenderValue};
use crate::template::{Bound, Format, Type};
use indexmap::IndexMap;
use jiff::tz::TimeZone;
use smol_str::{SmolStr, format_smolstr};

impl Walk<'_> {
    /// The forms of what a chain gives.
    pub(super) fn chain(&mut self, chain: &Chain) -> Vec<Form> {
        let mut forms = self.value(&chain.value);
        for call in &chain.filters {
            forms = self.apply(forms, call);
        }
        forms
    }

    fn apply(&mut self, forms: Vec<Form>, call: &FilterCall) -> Vec<Form> {
        let name = call.name.text.as_str();
        match name {
            "link" => return forms,
            // Everything is escaped when it is shown, and once is enough.
            "escape" if self.format.escapes() => return forms,
            "default" => {
                let mut both = forms;
                for value in call.args.iter().take(1) {
                    both.extend(self.value(value));
                }
                // Nothing is left unknown, so what shows nothing is not among them.
                both.retain(|form| !matches!(form, Form::Silent));
                return both;
            }
            _ => {}
        }
        let Some(filter) = filters::find(name) else {
            return vec![Form::Silent];
        };
        let mut given = Vec::new();
        for form in forms {
            match filter.gives {
                Gives::Text if name == "date" => given.push(moment(form, call)),
                Gives::Text => self.text(name, form, call, &mut given),
                Gives::Int => given.push(Form::Shown(Shown::Int(0, size(&form)))),
                Gives::Count(how) => given.push(self.count_with(how, name, form, call)),
                Gives::Item => match form {
                    Form::List(list, path) => match item(&list) {
                        Some(item) => given.extend(self.forms(&item, &path)),
                        None => given.push(Form::Silent),
                    },
                    _ => given.push(Form::Silent),
                },
                // A list of texts is only ever joined, measured or taken from.
                Gives::Texts => given.push(Form::List(
                    crate::template::Var {
                        bound: Bound::Chars(u32::try_from(chars(&form)).unwrap_or(u32::MAX)),
                        ..crate::template::Var::known(Type::List(Box::new(Type::Text)))
                    },
                    call.span.text(self.text).to_owned(),
                )),
                Gives::Same => given.push(same(name, form)),
                Gives::Default => given.push(form),
            }
        }
        given
    }

    /// A filter from text to text.
    fn text(&mut self, name: &str, form: Form, call: &FilterCall, given: &mut Vec<Form>) {
        if let Form::Exact { text, own } = &form
            && let Some(text) = self.applied(name, text, call)
        {
            given.push(Form::Exact { text, own: *own });
            return;
        }
        if let ("join", Form::List(list, path)) = (name, &form) {
            given.push(Form::Open {
                cause: Cause::List,
                path: path.clone(),
                declared: list.declared,
                usual: 0,
            });
            return;
        }
        if matches!(form, Form::Silent | Form::List(..)) {
            given.push(Form::Silent);
            return;
        }
        if matches!(name, "append" | "prepend") {
            let beside = call.args.first().map(|value| self.value(value));
            for other in beside.unwrap_or_default() {
                given.push(self.joined(&form, &other, name == "prepend"));
            }
            return;
        }
        let arg = |at: usize| call.args.get(at);
        let number = |at: usize, default: u64| match arg(at).map(|value| &value.kind) {
            Some(ValueKind::Literal(Literal::Int(number))) => {
                Some(u64::try_from(*number).unwrap_or(0))
            }
            Some(_) => None,
            None => Some(default),
        };
        let length = |walk: &mut Self, at: usize, default: u64| match arg(at) {
            Some(value) => walk.longest_of(value),
            None => Some(default),
        };
        let limit = match name {
            "truncate" => number(0, 50)
                .zip(length(self, 1, 3))
                .map(|(most, ellipsis)| most.max(ellipsis)),
            "slice" => number(1, 1),
            _ => None,
        };
        if let (Form::Open { usual, .. }, Some(limit)) = (&form, limit) {
            given.push(any_text((*usual).min(limit), limit));
            return;
        }
        let Form::Text(reach) = self.reach(&form) else {
            given.push(form);
            return;
        };
        let most = reach.most.longest().chars;
        let most = match name {
            // `ŉ` and the ligatures become up to three capitals, `İ` two small letters.
            "upcase" => most.saturating_mul(3),
            "downcase" => most.saturating_mul(2),
            "capitalize" => most.saturating_add(2),
            "escape" => most.saturating_mul(6),
            "url_encode" => most.saturating_mul(12),
            "truncatewords" => most.saturating_add(length(self, 1, 3).unwrap_or(u64::MAX)),
            "replace" => {
                let by = length(self, 1, 0).unwrap_or(u64::MAX);
                let each = by.saturating_add(1);
                most.saturating_mul(each).saturating_add(by)
            }
            "replace_first" => most.saturating_add(length(self, 1, 0).unwrap_or(u64::MAX)),
            _ => limit.map_or(most, |limit| most.min(limit)),
        };
        let usual = limit.map_or(reach.usual, |limit| {
            if reach.usual.longest().chars > limit {
                Extent::plain(limit, 1)
            } else {
                reach.usual
            }
        });
        given.push(Form::Text(Reach {
            usual,
            most: Extent::any(most, 4),
        }));
    }

    /// A text from the template after a filter whose arguments stand in the template too.
    fn applied(&self, name: &str, text: &SmolStr, call: &FilterCall) -> Option<SmolStr> {
        let mut liquid = format!("{{{{ v | {name}");
        let mut values =
            IndexMap::from([(SmolStr::from("v"), RenderValue::Text(text.to_string()))]);
        for (position, arg) in call.args.iter().enumerate() {
            let ValueKind::Literal(literal) = &arg.kind else {
                return None;
            };
            let value = match literal {
                Literal::Text(text) => RenderValue::Text(text.to_string()),
                Literal::Int(number) => RenderValue::Int(*number),
                _ => return None,
            };
            liquid.push_str(if position == 0 { ": " } else { ", " });
            let name = format_smolstr!("a{position}");
            liquid.push_str(&name);
            values.insert(name, value);
        }
        liquid.push_str(" | __text }}");
        let context = RenderContext {
            language: self.language.into(),
            zone: TimeZone::UTC,
            unsubscribe: String::new(),
            sender_address: String::new(),
        };
        let rendered = self.measurer.renderer().render(&liquid, &values, &context);
        rendered.ok().map(|rendered| rendered.text.into())
    }

    /// Two texts in a row.
    fn joined(&mut self, form: &Form, other: &Form, before: bool) -> Form {
        let (first, second) = if before { (other, form) } else { (form, other) };
        if let (Form::Exact { text: a, own }, Form::Exact { text: b, own: too }) = (first, second) {
            return Form::Exact {
                text: format_smolstr!("{a}{b}"),
                own: *own && *too,
            };
        }
        match (self.reach(first), self.reach(second)) {
            (Form::Text(first), Form::Text(second)) => Form::Text(Reach {
                usual: first.usual.then(second.usual),
                most: first.most.then(second.most),
            }),
            (open @ Form::Open { .. }, _) | (_, open @ Form::Open { .. }) => open,
            _ => Form::Silent,
        }
    }

    /// A form as a text of which only the length is known.
    fn reach(&self, form: &Form) -> Form {
        let text = Format::Text;
        match form {
            Form::Exact { text, .. } => Form::Text(Reach::same(Extent::of(text))),
            Form::Shown(shown) => {
                let longest = &self.measurer.longest;
                let mut reach = longest.of(self.language, text, shown);
                // A filter that makes text of a whole number takes its plain digits, whatever
                // digits the language shows.
                if let Shown::Int(least, most) = shown {
                    let digits = |number: &i64| Extent::of(&number.to_string());
                    let plain = Reach::same(digits(least).or(digits(most)));
                    reach.usual = reach.usual.or(plain.usual);
                    reach.most = reach.most.or(plain.most);
                }
                Form::Text(reach)
            }
            other => other.clone(),
        }
    }

    /// The most characters of an argument, if it has a bound.
    fn longest_of(&mut self, value: &Value) -> Option<u64> {
        let forms = self.value(value);
        forms
            .iter()
            .map(|form| match self.reach(form) {
                Form::Text(reach) => Some(reach.most.longest().chars),
                Form::Silent => Some(0),
                _ => None,
            })
            .try_fold(0, |most, chars| Some(chars?.max(most)))
    }

    /// What counting gives: an interval of whole numbers where both are, else any of the type.
    fn count_with(&mut self, how: Count, name: &str, form: Form, call: &FilterCall) -> Form {
        let right = call.args.first().map(|value| self.value(value));
        let right = right.and_then(|forms| match forms.as_slice() {
            [form] => Some(form.clone()),
            _ => None,
        });
        if let (Form::Shown(Shown::Int(a, b)), Some(Form::Shown(Shown::Int(c, d)))) =
            (&form, &right)
        {
            let (least, most) = match name {
                // What overflows is not sent.
                "plus" => (a.saturating_add(*c), b.saturating_add(*d)),
                "minus" => (a.saturating_sub(*d), b.saturating_sub(*c)),
                "at_least" => (*a.max(c), *b.max(d)),
                "at_most" => (*a.min(c), *b.min(d)),
                "times" => {
                    let ends = [(a, c), (a, d), (b, c), (b, d)].map(|(x, y)| x.saturating_mul(*y));
                    let least = ends.into_iter().min().unwrap_or(i64::MIN);
                    (least, ends.into_iter().max().unwrap_or(i64::MAX))
                }
                _ => (i64::MIN, i64::MAX),
            };
            return Form::Shown(Shown::Int(least, most));
        }
        let ty = |form: &Form| match form {
            Form::Shown(Shown::Int(..)) => Type::Int,
            Form::Shown(Shown::Decimal) => Type::Decimal,
            Form::Shown(Shown::Percent) => Type::Percent,
            Form::Shown(Shown::Money(currency)) => Type::Money(*currency),
            _ => Type::Unknown,
        };
        let right = right.as_ref().map_or(Type::Unknown, ty);
        let result = arithmetic::count(how, &ty(&form), &right).ok();
        result
            .and_then(|ty| shown(&ty))
            .map_or(Form::Silent, Form::Shown)
    }
}

/// A filter that keeps the type: `abs` is the one that changes a range.
fn same(name: &str, form: Form) -> Form {
    match form {
        Form::Shown(Shown::Int(least, most)) if name == "abs" => {
            let largest = least.saturating_abs().max(most.saturating_abs());
            Form::Shown(Shown::Int(0, largest))
        }
        other => other,
    }
}

/// `date: 'long'`
fn moment(form: Form, call: &FilterCall) -> Form {
    let pattern = match call.args.first().map(|value| &value.kind) {
        Some(ValueKind::Literal(Literal::Text(pattern))) => Some(pattern.clone()),
        _ => None,
    };
    match form {
        Form::Shown(Shown::Date(_)) => Form::Shown(Shown::Date(pattern)),
        Form::Shown(Shown::Time(_)) => Form::Shown(Shown::Time(pattern)),
        Form::Shown(Shown::Instant(_)) => Form::Shown(Shown::Instant(pattern)),
        Form::Open { .. } => form,
        _ => Form::Silent,
    }
}

/// The most characters of a form; what has no bound has more than can be counted.
fn chars(form: &Form) -> u64 {
    match form {
        Form::Exact { text, .. } => text.chars().count() as u64,
        Form::Text(reach) => reach.most.longest().chars,
        _ => u64::MAX,
    }
}

fn size(form: &Form) -> i64 {
    match form {
        Form::List(..) => i64::MAX,
        other => i64::try_from(chars(other)).unwrap_or(i64::MAX),
    }
}
