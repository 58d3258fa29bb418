//! Conditions: what may be compared with what, and what a condition makes known.

use super::Checker;
use super::facts::{Learned, both};
use super::resolve::Resolved;
use crate::diag::codes::template as codes;
use crate::source::Span;
use crate::template::Type;
use crate::template::liquid::{Comparator, Condition, Literal, Test, Value, ValueKind};

impl Checker<'_> {
    /// Checks a condition.
    pub fn condition(&mut self, condition: &Condition) -> Learned {
        let mut whole: Option<Learned> = None;
        let mut not_before: Vec<String> = Vec::new();
        for all in &condition.any {
            let learned = self.conjunction(all);
            self.facts.add(&learned.if_false);
            not_before.extend(learned.if_false.iter().cloned());
            whole = Some(match whole {
                None => learned,
                Some(before) => Learned {
                    if_true: both(&before.if_true, &learned.if_true),
                    if_false: before
                        .if_false
                        .into_iter()
                        .chain(learned.if_false)
                        .collect(),
                },
            });
        }
        self.facts.remove(&not_before);
        whole.unwrap_or_default()
    }

    fn conjunction(&mut self, all: &[Test]) -> Learned {
        let mut whole: Option<Learned> = None;
        let mut before: Vec<String> = Vec::new();
        for test in all {
            let learned = self.test(test);
            self.facts.add(&learned.if_true);
            before.extend(learned.if_true.iter().cloned());
            whole = Some(match whole {
                None => learned,
                Some(whole) => Learned {
                    if_true: Vec::new(),
                    if_false: both(&whole.if_false, &learned.if_false),
                },
            });
        }
        self.facts.remove(&before);
        Learned {
            if_true: before,
            if_false: whole.map(|whole| whole.if_false).unwrap_or_default(),
        }
    }

    fn test(&mut self, test: &Test) -> Learned {
        let Some((comparator, right)) = &test.right else {
            return self.bare(&test.left);
        };
        // `x == nil` and `x == blank` ask whether x is known.
        if let (Some(path), ValueKind::Literal(Literal::Nil | Literal::Blank | Literal::Empty)) =
            (path_of(&test.left), &right.kind)
        {
            let left = self.path(path);
            return self.emptiness(&left, *comparator, right, test.span);
        }
        let left = self.value(&test.left);
        if left.optional {
            self.report_optional(&left, test.left.span);
        }
        self.compare(&left, *comparator, right, test.span);
        Learned::default()
    }

    /// A value alone: whether it is known, or for a yes-or-no whether it is yes.
    fn bare(&mut self, value: &Value) -> Learned {
        let ValueKind::Path(path) = &value.kind else {
            let finding = self
                .finding(
                    &codes::TEMPLATE_TYPE,
                    value.span,
                    "this condition says the same for everybody",
                )
                .help("test a field: `{% if member.first_name %}`");
            self.report(finding);
            return Learned::default();
        };
        let tested = self.path(path);
        let name = path.text();
        match &tested.ty {
            Type::Bool | Type::Unknown => {}
            Type::List(_) => {
                let finding = self
                    .finding(
                        &codes::TEMPLATE_TYPE,
                        value.span,
                        format!("`{name}` is a list, and Liquid takes even an empty one for yes"),
                    )
                    .help(format!("write `{{% if {name}.size > 0 %}}`"));
                self.report(finding);
            }
            _ if !tested.declared_optional && !self.lenient => {
                let mut finding = self
                    .finding(
                        &codes::TEMPLATE_TYPE,
                        value.span,
                        format!("`{name}` is always known, so this always holds"),
                    )
                    .help(format!(
                        "compare it, as in `{{% if {name} == ... %}}`, or show it without `if`"
                    ));
                if let Some(place) = tested.declared {
                    finding = finding.other(place, "declared here without `?`");
                }
                self.report(finding);
            }
            _ => {}
        }
        Learned {
            if_true: tested.path.into_iter().collect(),
            if_false: Vec::new(),
        }
    }

    fn emptiness(
        &mut self,
        left: &Resolved,
        comparator: Comparator,
        right: &Value,
        span: Span,
    ) -> Learned {
        let word = right.span.text(self.text).trim();
        let path: Vec<String> = left.path.clone().into_iter().collect();
        let (problem, help) = match (&right.kind, comparator) {
            (_, Comparator::Equal | Comparator::NotEqual) => match &right.kind {
                ValueKind::Literal(Literal::Empty)
                    if !(left.ty.is_textual() || matches!(left.ty, Type::List(_))) =>
                {
                    (
                        Some(format!("{} is never `empty`", left.ty.describe())),
                        "compare with `nil` to ask whether it is known",
                    )
                }
                ValueKind::Literal(Literal::Empty) if left.optional => {
                    self.report_optional(left, span);
                    (None, "")
                }
                ValueKind::Literal(Literal::Nil)
                    if !left.declared_optional && left.ty != Type::Unknown =>
                {
                    (
                        Some("this is always known, so it is never `nil`".to_owned()),
                        "compare it with a value, or remove the condition",
                    )
                }
                _ => (None, ""),
            },
            _ => (
                Some(format!("nothing is more or less than `{word}`")),
                "write `==` or `!=`",
            ),
        };
        if let Some(message) = problem {
            let finding = self
                .finding(&codes::TEMPLATE_TYPE, span, message)
                .help(help);
            self.report(finding);
        }
        let asks_known = !matches!(right.kind, ValueKind::Literal(Literal::Empty));
        match comparator {
            Comparator::Equal if asks_known => Learned {
                if_true: Vec::new(),
                if_false: path,
            },
            Comparator::NotEqual if asks_known => Learned {
                if_true: path,
                if_false: Vec::new(),
            },
            _ => Learned::default(),
        }
    }

    /// Checks that a value can be compared with what stands right of the comparator.
    pub fn compare(&mut self, left: &Resolved, comparator: Comparator, right: &Value, span: Span) {
        let found = self.value(right);
        if found.optional {
            self.report_optional(&found, right.span);
        }
        if found.ty == Type::Unknown || left.ty == Type::Unknown {
            return;
        }
        let name = left.path.clone().unwrap_or_else(|| "this".to_owned());
        if let (Type::Choice(choice), ValueKind::Literal(Literal::Text(written))) =
            (&left.ty, &right.kind)
        {
            let names = self.scope.choices(*choice);
            self.check_choice(&names, written, right, &name);
        }
        if fits(&left.ty, comparator, &found.ty, right) {
            return;
        }
        let message = match (&left.ty, comparator) {
            (Type::List(_) | Type::Record(_), Comparator::Contains) => {
                format!(
                    "`{name}` is {}, and `contains` looks into texts",
                    left.ty.describe()
                )
            }
            (Type::List(_) | Type::Record(_), _) => {
                format!("`{name}` is {} and cannot be compared", left.ty.describe())
            }
            _ => format!(
                "`{name}` is {} and cannot be compared by `{}` with {}",
                left.ty.describe(),
                comparator.text(),
                found.ty.describe()
            ),
        };
        let help = match (&left.ty, &found.ty) {
            (Type::Money(a), Type::Money(b)) if a != b => {
                "compare two amounts in the same currency".to_owned()
            }
            (Type::Money(currency), _) => {
                format!("write a number: `{name} > 50` means 50 {}", currency.code())
            }
            (Type::Int | Type::Decimal | Type::Percent, _) => {
                format!("write a number without quotes: `{name} > 50`")
            }
            (Type::Date, _) => format!("write a date in quotes: `{name} > '2026-12-25'`"),
            (Type::Time, _) => format!("write a time in quotes: `{name} > '09:00'`"),
            (Type::Bool, _) => format!("write `{{% if {name} %}}` or `{{% unless {name} %}}`"),
            (Type::List(_), _) => format!("compare how many there are: `{name}.size > 0`"),
            (Type::Record(_), _) => format!("compare one of its fields: `{name}.id`"),
            (left, _) if left.is_textual() => {
                format!("write a text in quotes: `{name} == '...'`")
            }
            _ => "decide it in the journey, and send another message".to_owned(),
        };
        let finding = self
            .finding(&codes::TEMPLATE_TYPE, span, message)
            .help(help);
        self.report(finding);
    }
}

fn path_of(value: &Value) -> Option<&crate::template::liquid::Path> {
    match &value.kind {
        ValueKind::Path(path) => Some(path),
        ValueKind::Literal(_) => None,
    }
}

fn fits(left: &Type, comparator: Comparator, right: &Type, written: &Value) -> bool {
    let literal = match &written.kind {
        ValueKind::Literal(literal) => Some(literal),
        ValueKind::Path(_) => None,
    };
    let equality = matches!(comparator, Comparator::Equal | Comparator::NotEqual);
    if comparator == Comparator::Contains {
        return match left {
            Type::List(item) => item.is_textual() && right.is_textual(),
            left => left.is_textual() && right.is_textual(),
        };
    }
    match (left, right) {
        (Type::Int | Type::Decimal, Type::Int | Type::Decimal)
        | (Type::Percent, Type::Percent)
        | (Type::Instant, Type::Instant)
        | (Type::Date, Type::Date)
        | (Type::Time, Type::Time) => true,
        (Type::Money(a), Type::Money(b)) => a == b,
        (Type::Money(_) | Type::Percent, Type::Int | Type::Decimal) => literal.is_some(),
        (Type::Date, Type::Text) => {
            matches!(literal, Some(Literal::Text(text)) if text.parse::<jiff::civil::Date>().is_ok())
        }
        (Type::Time, Type::Text) => {
            matches!(literal, Some(Literal::Text(text)) if text.parse::<jiff::civil::Time>().is_ok())
        }
        (Type::Bool, Type::Bool) => equality,
        (left, right) if left.is_textual() && right.is_textual() => equality,
        _ => false,
    }
}
